# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures EventEmitter2 with the work of bench-bus; prints a JSON array of how much slower it is.

Usage: bus_peers.py FIGURES DIRECTORY PACKAGES-DIRECTORY: the figures that bench-bus printed, what is not used here, and where
the packages may be installed; they are looked for on the network once.
"""
import json
import pathlib
import sys

import peers

WORK = "with wildcards, 10000 subscriptions, 10 matches a publish"

# The ratio's name, our own figure, what that did, the goal.
RATIOS = (
    ("queued-ratio", "bus.queued", "matched and queued", 6),
    ("deliveries-ratio", "bus.deliveries", "matched, queued and handed out by the main loop", None),
)


def figures(ours, speed, why):
    peer = f"EventEmitter2 {peers.versions()['eventemitter2']}"
    if why is None:
        yield {"id": "bus.eventemitter2", "what": f"{peer}: deliveries a second, {WORK}", "value": speed, "unit": "/s",
               "better": "more", "goal": None, "met": None}
    for name, own, what, goal in RATIOS:
        ratio = {"id": f"bus.{name}", "what": f"How many times as many deliveries as {peer}, {what}", "value": None,
                 "unit": "x", "better": "more", "goal": goal, "met": None}
        if why is not None:
            yield ratio | {"why": why}
            continue
        ratio["value"] = ours[own] / speed
        ratio["met"] = None if goal is None else ratio["value"] >= goal
        yield ratio


def main():
    own_figures, _, folder = map(pathlib.Path, sys.argv[1:])
    ours = {entry["id"]: entry["value"] for entry in json.loads(own_figures.read_text(encoding="utf-8"))}
    speeds, why = peers.measure("bus-peers.mjs", (), folder)
    json.dump(list(figures(ours, speeds.get("eventemitter2-deliveries"), why)), sys.stdout)


main()
