# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the engines of others with the moves of bench-grid; prints a JSON array of how much slower they are.

Usage: grid_peers.py FIGURES MOVES-DIRECTORY PACKAGES-DIRECTORY: the figures that bench-grid printed, the moves that it
wrote, and where the packages may be installed; they are looked for on the network once.
"""
import json
import pathlib
import sys

import peers

# Name of the peer's time, its package, what is measured of it, our own figure, the goal.
PEERS = (
    ("rgl-1000-p95", "react-grid-layout", "fast compactor, 1000 tiles, 95th percentile", "grid.solve-1000-p95", 100),
    ("rgl-2000-p95", "react-grid-layout", "fast compactor, 2000 tiles, 95th percentile", "grid.solve-2000-p95", 100),
    ("gridstack-200-median", "gridstack", "200 tiles, median", "grid.solve-200-median", 2000),
)


def figures(ours, times, why):
    for name, package, what, own, goal in PEERS:
        peer = f"{package} {peers.versions()[package]}"
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
    times, why = peers.measure("grid-peers.mjs", (moves.resolve(),), folder)
    json.dump(list(figures(ours, times, why)), sys.stdout)


main()
