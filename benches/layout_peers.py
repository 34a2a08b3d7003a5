#!/usr/bin/env python3
"""layout_peers.py PEERS OURS [--sizes 50,200,500] [--seeds 20] [--engines a,b] [--cpu 120] [--raw FILE]

Holds the ecosystem's layout against other engines on the same graphs and prints medians.

PEERS is a folder with gen.py (generator), run.py (engines) and score.py (scorer), built as its
README says; OURS is the bench binary of this package (`cargo bench --no-run` names it).
Peers draw left to right with 57.6 to 60 between layers and 28.8 to 40 between boxes of 150 by 52.
Ours draws top to bottom, every layer a band, with 24 between boxes, 44 to 70 between rows of a
layer and 56 to 70 between bands. Engines with -partition, -layers or -bands have the layers given,
as ours has; the others choose their own.
"""
import argparse, json, pathlib, random, statistics, subprocess, sys, tempfile

COLUMNS = [("crossings", "crossings", "{:,.0f}"), ("mean_len_in_node_widths", "mean length", "{:.2f}"),
           ("overlaps", "overlaps", "{:.0f}"), ("aspect", "aspect", "{:.2f}"), ("cpu_s", "CPU s", "{:.3f}")]
ENGINES = "ours,dot,dot-bands,elkrs,elkrs-partition,ogdf-sugiyama,dagre,rust-sugiyama,igraph-sugiyama-layers"


def load(path):
    """The functions of a script, without running its main."""
    names = {"__name__": "peer", "__file__": str(path)}
    exec(compile(path.read_text().rsplit("\nmain()", 1)[0], str(path), "exec"), names)
    return names


def write_dot(path, nodes, edges, bands):
    """The graph as gen.py writes it; with the layers given where asked."""
    w, h = nodes[0]["w"] / 72, nodes[0]["h"] / 72
    out = ["digraph G{rankdir=LR;node[shape=box,fixedsize=true,width=%.4f,height=%.4f,label=\"\"];"
           "ranksep=0.8;nodesep=0.4;" % (w, h)]
    out += [f"n{d['id']};" for d in nodes] + [f"n{a}->n{b};" for a, b in edges]
    if bands:
        layers = sorted({d["layer"] for d in nodes})
        first = [[d["id"] for d in nodes if d["layer"] == k] for k in layers]
        out += ["{rank=same;" + ";".join(f"n{i}" for i in ids) + "}" for ids in first]
        out += [f"n{a[0]}->n{b[0]}[style=invis,weight=0];" for a, b in zip(first, first[1:])]
    path.write_text("\n".join(out + ["}"]))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("peers", type=pathlib.Path); a.add_argument("ours")
    a.add_argument("--sizes", default="50,200,500"); a.add_argument("--seeds", type=int, default=20)
    a.add_argument("--engines", default=ENGINES); a.add_argument("--cpu", type=int, default=120)
    a.add_argument("--raw")
    a = a.parse_args()
    sys.path.insert(0, str(a.peers))
    gen, peers = load(a.peers / "gen.py"), load(a.peers / "run.py")
    from score import score
    engines = dict(peers["ENG"])
    engines["ours"] = lambda i, o, k: ([a.ours, "--graph", i, o], "json")
    engines["dot-bands"] = lambda i, o, k: (["dot", "-Tplain", i[:-5] + ".bands", "-o", o], "plain")
    raw = open(a.raw, "a") if a.raw else None
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for n in map(int, a.sizes.split(",")):
            rows = {e: [] for e in a.engines.split(",")}
            failed = {}
            for seed in range(a.seeds):
                nodes, edges = gen["ecosystem"](n, random.Random(1000 + n + 7919 * seed))
                graph = dict(kind="ecosystem", nodes=nodes, edges=edges)
                path = folder / "graph.json"
                path.write_text(json.dumps(graph))
                write_dot(folder / "graph.dot", nodes, edges, False)
                write_dot(folder / "graph.bands", nodes, edges, True)
                for e in rows:
                    if e in failed:
                        continue
                    out = folder / f"{e}.out"
                    out.unlink(missing_ok=True)
                    cmd, form = engines[e](str(path), str(out), "ecosystem")
                    wall, cpu, rss, status = peers["run"](cmd, a.cpu, a.cpu * 6, str(folder / "err"))
                    if status != 0:
                        failed[e] = f"exit {status} after {cpu:.0f} s"
                        continue
                    pos, ms, note = peers["positions"](str(out), form, n)
                    row = dict(engine=e, n=n, seed=seed, cpu_s=cpu, layout_ms=ms, **score(graph, pos))
                    rows[e].append(row)
                    if raw:
                        raw.write(json.dumps(row) + "\n"); raw.flush()
            print(f"\n### {n} nodes, {len(edges)} links, median of {a.seeds} graphs\n")
            print("| engine | " + " | ".join(c[1] for c in COLUMNS) + " |\n|---|" + "---:|" * len(COLUMNS))
            for e, all in rows.items():
                if e in failed:
                    print(f"| {e} | {failed[e]} |" + " |" * (len(COLUMNS) - 1))
                    continue
                cells = [form.format(statistics.median(r[key] for r in all)) for key, _, form in COLUMNS]
                print(f"| {e} | " + " | ".join(cells) + " |", flush=True)


main()
