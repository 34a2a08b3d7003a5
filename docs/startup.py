#!/usr/bin/env python3
"""How long the window takes to show a map, and what memory it holds then.

    docs/startup.py [PROGRAM] [MAP] [--reps N]

Starts the program (target/release/throughline) under an Xvfb of its own and watches the frame
buffer, which costs neither of them anything. Prints the medians of: the first change on the
screen, the last change before 1.5 s of rest, CPU time, resident and proportional memory.
Needs Xvfb and nothing of Python but its standard library.
"""

import argparse
import mmap
import os
import pathlib
import re
import statistics
import struct
import subprocess
import tempfile
import time

WIDTH, HEIGHT = 1280, 800
REST_S = 1.5
LIMIT_S = 60.0


def start_server(folder):
    """An Xvfb with its frame buffer in a file; its display number."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24",
         "-fbdir", folder, "-nolisten", "tcp", "-noreset"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as said:
        display = said.readline().strip()
    if not display:
        raise SystemExit("Xvfb did not start")
    return server, display


def frame_buffer(folder):
    """The pixels of the screen, as they are at any time."""
    with open(os.path.join(folder, "Xvfb_screen0"), "rb") as file:
        buffer = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    # An XWD header: its own size, and the number of colours behind it.
    header = struct.unpack(">I", buffer[:4])[0]
    colours = struct.unpack(">I", buffer[76:80])[0]
    return memoryview(buffer)[header + 12 * colours:]


def memory_mb(pid):
    text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return [int(re.search(rf"^{key}:\s+(\d+)", text, re.M)[1]) / 1024 for key in ("Rss", "Pss")]


def cpu_s(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(program, map_file):
    with tempfile.TemporaryDirectory() as home:
        server, display = start_server(home)
        app = None
        try:
            pixels = frame_buffer(home)
            os.mkdir(f"{home}/run", 0o700)
            env = dict(os.environ, DISPLAY=f":{display}", HOME=home, XDG_CONFIG_HOME=home,
                       XDG_DATA_HOME=home, XDG_CACHE_HOME=home, XDG_STATE_HOME=home,
                       XDG_RUNTIME_DIR=f"{home}/run", LIBGL_ALWAYS_SOFTWARE="1")
            env.pop("WAYLAND_DISPLAY", None)
            seen = bytes(pixels)
            began = last = time.perf_counter()
            app = subprocess.Popen([program, map_file], env=env, stdout=subprocess.DEVNULL)
            first = None
            while True:
                now = time.perf_counter()
                if pixels != seen:
                    seen, last = bytes(pixels), now
                    first = first or now
                if first and now - last > REST_S:
                    break
                if app.poll() is not None or now - began > LIMIT_S:
                    raise SystemExit(f"no window: the program ended with {app.poll()}")
                time.sleep(0.002)
            resident, proportional = memory_mb(app.pid)
            return ((first - began) * 1e3, (last - began) * 1e3, cpu_s(app.pid) * 1e3,
                    resident, proportional)
        finally:
            if app:
                app.terminate()
                app.wait()
            server.terminate()
            server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", default="target/release/throughline")
    parser.add_argument("map", nargs="?", default="maps/home-movie-night.ron")
    parser.add_argument("--reps", type=int, default=5)
    args = parser.parse_args()
    rows = [measure(os.path.abspath(args.program), os.path.abspath(args.map))
            for _ in range(args.reps)]
    names = ["first change ms", "settled ms", "CPU ms until rest", "resident MB", "proportional MB"]
    for name, values in zip(names, zip(*rows)):
        print(f"{name:<20}{statistics.median(values):>8.0f}")


if __name__ == "__main__":
    main()
