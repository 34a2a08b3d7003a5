#!/usr/bin/env python3
"""exports_peers.py PEERS OURS [--sizes 10,100,1000] [--reps 3] [--only dot,ours] [--timeout 300]

Holds our exports against other programs that make pictures and documents of journeys, side by
side in one run: processor time of the whole process with all that it starts, as of a command
typed in a shell, and the size of the file. Prints the medians.

PEERS is a folder with gen.py (one journey as Mermaid, DOT, PlantUML and flat ODG) and mermaid.mjs;
OURS is the program (`cargo build --release --no-default-features`). Ours gets the tasks and
the links of the same DOT file as steps that lead to each other, with a team a lane beneath them.
What is not installed is left out, and said.
"""
import argparse, os, pathlib, re, shutil, statistics, subprocess, sys, tempfile, time


def our_map(folder):
    """Tasks, stages and links of g.dot as a map of ours."""
    dot = (folder / "g.dot").read_text()
    stages, steps, stage = [], [], None
    for line in dot.split(";"):
        if found := re.search(r'label="(Stage \d+)"$', line.strip()):
            stage = len(stages)
            stages.append(found[1])
        elif found := re.search(r'n(\d+)\[label="(.*?)\\n(.*?)"\]', line):
            steps.append((int(found[1]), found[2], found[3], stage))
    links = sorted({(int(a), int(b)) for a, b in re.findall(r"n(\d+)->n(\d+)", dot)})
    teams = sorted({who for _, _, who, _ in steps})
    # Order keys: fractions that sort as texts and do not end in 0.
    key = lambda at: f"a{at:05d}1"
    out = ['(\n    format: 1,\n    title: "Customer journey",\n    stages: {']
    out += [f'        "stage-{k}": (name: "{name}", order: "{key(k)}"),' for k, name in enumerate(stages)]
    out += ["    },\n    steps: {"]
    out += [f'        "n{i}": (name: "{text}", stage: "stage-{s}", order: "{key(i)}"),'
            for i, text, _, s in sorted(steps)]
    out += ["    },\n    systems: {"]
    out += [f'        "team-{who.lower()}": (name: "{who}", class: Team),' for who in teams]
    out += ["    },\n    links: {"]
    out += [f'        "n{a}-n{b}": (from: "n{a}", to: "n{b}", kind: Next()),' for a, b in links]
    out += [f'        "n{i}-team": (from: "n{i}", to: "team-{who.lower()}", kind: DependsOn()),'
            for i, _, who, _ in sorted(steps)]
    path = folder / "map.ron"
    (folder / "map.ron").write_text("\n".join(out + ["    },\n)\n"]))
    return len(steps), len(links)


def jobs(peers, ours, d):
    """By format: who makes it, the command, and the file that it writes."""
    own = lambda ending, *more: ([ours, "export", f"{d}/map.ron", "-o", f"{d}/ours.{ending}", *more], f"ours.{ending}")
    dot = lambda to: (["dot", f"-T{to}", f"{d}/g.dot", "-o", f"{d}/dot.{to}"], f"dot.{to}")
    office = lambda to: (["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{d}/profile",
                          "--convert-to", to, "--outdir", str(d), f"{d}/g.fodg"], f"g.{to}")
    mermaid = lambda to: (["node", str(peers / "mermaid.mjs"), f"{d}/journey.mmd", f"{d}/mermaid.{to}", "1"],
                          f"mermaid.{to}")
    plant = lambda to: (["plantuml", f"-t{to}", "-nometadata", f"{d}/act.puml"], f"act.{to}")
    return {
        "SVG": {"ours": own("svg"), "dot": dot("svg"), "LibreOffice Draw": office("svg"),
                "mermaid journey": mermaid("svg"), "plantuml": plant("svg")},
        "PDF": {"ours": own("pdf"), "dot": dot("pdf"), "LibreOffice Draw": office("pdf"),
                "mermaid journey": mermaid("pdf")},
        "PNG, 3840 wide": {"ours": own("png", "--width", "3840")},
        "PNG": {"dot": dot("png"), "LibreOffice Draw": office("png"), "mermaid journey": mermaid("png"),
                "plantuml": plant("png")},
        "PPTX": {"ours, a whole deck": own("pptx")},
        "HTML, interactive": {"ours": own("html")},
    }


def cpu_of(pid, seen):
    """Remembers the processor time of a process and all beneath it, while they live."""
    kids, stats = {}, {}
    for p in filter(str.isdigit, os.listdir("/proc")):
        try:
            stat = open(f"/proc/{p}/stat").read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        kids.setdefault(int(stat[1]), []).append(int(p))
        stats[int(p)] = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    todo = [pid]
    while todo:
        at = todo.pop()
        todo += kids.get(at, [])
        if at in stats:
            seen[at] = stats[at]


def run(command, out, timeout):
    """Seconds of processor time, seconds on the clock, bytes; or why not."""
    out.unlink(missing_ok=True)
    seen, start = {}, time.perf_counter()
    env = dict(os.environ, PLANTUML_LIMIT_SIZE="65536", JAVA_TOOL_OPTIONS="-Djava.awt.headless=true")
    env.pop("DISPLAY", None)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env)
    usage = None
    while usage is None:
        cpu_of(process.pid, seen)
        pid, status, rusage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            usage = rusage
        elif time.perf_counter() - start > timeout:
            process.kill()
            os.wait4(process.pid, 0)
            return f"over {timeout} s"
        else:
            time.sleep(0.02)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or not out.exists():
        said = process.stderr.read().decode(errors="replace").strip().splitlines()
        return (said or [f"exit {process.returncode}"])[-1][:60]
    # What was waited for is in its own account; renderers of browsers are not.
    cpu = max(usage.ru_utime + usage.ru_stime, sum(seen.values()))
    return cpu, wall, out.stat().st_size


def main():
    a = argparse.ArgumentParser()
    a.add_argument("peers", type=pathlib.Path); a.add_argument("ours")
    a.add_argument("--sizes", default="10,100,1000"); a.add_argument("--reps", type=int, default=3)
    a.add_argument("--only", default=""); a.add_argument("--timeout", type=int, default=300)
    a = a.parse_args()
    wanted = [it for it in a.only.split(",") if it]
    with tempfile.TemporaryDirectory() as folder:
        for n in map(int, a.sizes.split(",")):
            d = pathlib.Path(folder) / str(n)
            subprocess.run([sys.executable, str(a.peers / "gen.py"), str(n), str(d)], check=True)
            steps, links = our_map(d)
            print(f"\n### {steps} tasks, {links} links, median of {a.reps}\n")
            print("| format | program | CPU ms | wall ms | KB |\n|---|---|---:|---:|---:|")
            for form, programs in jobs(a.peers, a.ours, d).items():
                for name, (command, out) in programs.items():
                    if wanted and not any(it in name for it in wanted):
                        continue
                    if not shutil.which(command[0]) or command[0] == "node" and not (a.peers / "node_modules").exists():
                        print(f"| {form} | {name} | not installed | | |")
                        continue
                    runs = [run(command, d / out, a.timeout) for _ in range(a.reps)]
                    failed = [it for it in runs if isinstance(it, str)]
                    if failed:
                        print(f"| {form} | {name} | {failed[0]} | | |", flush=True)
                        continue
                    cpu, wall, size = (statistics.median(it[k] for it in runs) for k in range(3))
                    print(f"| {form} | {name} | {cpu * 1e3:,.0f} | {wall * 1e3:,.0f} | {size / 1e3:,.0f} |", flush=True)


main()
