"""Betweenness of the example maps as networkx has it, for tests/insight/betweenness.tsv.

    python3 tests/insight/betweenness.py maps/*.ron > tests/insight/betweenness.tsv

Reads the canonical form of the files by its lines, so that nothing of the program is in it.
"""

import re
import sys
from pathlib import Path

import networkx as nx

NODES = ("steps", "touchpoints", "influencers", "systems")


def records(text):
    """Section, id and lines of each record."""
    section = None
    for line in text.splitlines():
        if head := re.fullmatch(r"    (\w+): \{", line):
            section = head[1]
        elif head := re.fullmatch(r'        "([^"]+)": \(', line):
            lines = []
            yield section, head[1], lines
        elif line.startswith("            "):
            lines.append(line.strip())


def rests_on(path):
    """A link from each node to what it rests on."""
    graph = nx.DiGraph()
    links = []
    for section, name, lines in list(records(path.read_text())):
        if section in NODES:
            graph.add_node(name)
        elif section == "links":
            links.append(dict(re.findall(r'(from|to|via): "([^"]+)"', "\n".join(lines)))
                         | {"kind": re.search(r"kind: (\w+)", "\n".join(lines))[1]})
    for link in links:
        if link["kind"] in ("Uses", "DependsOn") and link["from"] != link["to"]:
            graph.add_edge(link["from"], link["to"])
        elif link["kind"] == "Influences" and "via" in link:
            graph.add_edge(link["from"], link["via"])
    return graph


print(f"# networkx {nx.__version__}, betweenness_centrality of the directed graph; made by betweenness.py")
print("# map, node, value; nodes that are not here have 0")
for path in map(Path, sys.argv[1:]):
    graph = rests_on(path)
    print(f"# {path.stem}: {graph.number_of_nodes()} nodes, {graph.number_of_edges()} links")
    for node, value in sorted(nx.betweenness_centrality(graph).items()):
        if value > 0:
            print(path.stem, node, repr(float(value)), sep="\t")
