# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the engines of others with the moves of bench-grid; prints a JSON array of how much slower they are.

Usage: grid_peers.py FIGURES MOVES-DIRECTORY PACKAGES-DIRECTORY: the figures that bench-grid printed, the moves that it
wrote, and where the packages may be installed; they are looked for on the network once.
"""
import json
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
INSTALL = ("npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--silent")
SECONDS = 600

# Name of the peer's time, its package, what is measured of it, our own figure, the goal.
PEERS = (
    ("rgl-1000-p95", "react-grid-layout", "fast compactor, 1000 tiles, 95th percentile", "grid.solve-1000-p95", 100),
    ("rgl-2000-p95", "react-grid-layout", "fast compactor, 2000 tiles, 95th percentile", "grid.solve-2000-p95", 100),
    ("gridstack-200-median", "gridstack", "200 tiles, median", "grid.solve-200-median", 2000),
)


def versions():
    return json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]


def is_installed(folder, package, version):
    installed = folder / "node_modules" / package / "package.json"
    return installed.is_file() and json.loads(installed.read_text(encoding="utf-8"))["version"] == version


def run(*command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
        raise RuntimeError(f"{command[0]} failed: {lines[0]}")
    return done.stdout


def measure(moves, folder):
    """Milliseconds by name; RuntimeError, OSError or a timeout where that can't be."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise RuntimeError(f"{program} is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "grid-peers.mjs"):
        shutil.copy(HERE / name, folder)
    if not all(is_installed(folder, package, version) for package, version in versions().items()):
        run(*INSTALL, cwd=folder)
    return json.loads(run("node", "grid-peers.mjs", str(moves), cwd=folder))


def figures(ours, times, why):
    for name, package, what, own, goal in PEERS:
        peer = f"{package} {versions()[package]}"
        entry = {"id": f"grid.{name}", "what": f"{peer}: {what}", "value": times.get(name), "unit": "ms",
                 "better": "less", "goal": None, "met": None}
        ratio = {"id": f"grid.{name}-ratio", "what": f"How many times faster than {peer} ({what})", "value": None,
                 "unit": "x", "better": "more", "goal": goal, "met": None}
        if why is None:
            ratio["value"] = times[name] / ours[own]
            ratio["met"] = ratio["value"] >= goal
            yield from (entry, ratio)
        else:
            yield ratio | {"why": why}


def main():
    own_figures, moves, folder = map(pathlib.Path, sys.argv[1:])
    ours = {entry["id"]: entry["value"] for entry in json.loads(own_figures.read_text(encoding="utf-8"))}
    times, why = {}, None
    try:
        times = measure(moves.resolve(), folder)
    except (RuntimeError, OSError, ValueError, subprocess.TimeoutExpired) as error:
        why = str(error)
    json.dump(list(figures(ours, times, why)), sys.stdout)


main()
