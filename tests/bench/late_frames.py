# SPDX-License-Identifier: GPL-3.0-or-later
"""Drags a tile among others in a large window, and prints two numbers: the share of frames in % that took longer than
the display gives them, from the first thing that the pointer did to the end of painting; and the milliseconds that the
processor worked for a frame, 99th percentile, which is the same whatever else the machine does.

Usage: late_frames.py BUILD-DIRECTORY APP-ID…
"""
import os
import pathlib
import statistics
import subprocess
import sys
import time

os.environ["TN_BUILD_ROOT"] = str(pathlib.Path(sys.argv[1]).resolve())
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402

WINDOW = (1280, 1240)  # all of twelve tiles is in view, and of fifty small ones 42
DISPLAY = (1400, 1340)
DRAGS = 6
STEPS = 100
PAUSE = 0.012
SETTLING = 0.05  # seconds until the tile is in hand
LATE_MS = 16.7


def start(world, log, apps):
    subprocess.run([harness.SEED, world.workspace, *apps], check=True)
    world.start(environment={"LD_PRELOAD": str(harness.BUILD / "tests" / "bench" / "frames.so"), "TN_FRAMES": str(log)})
    world.resize_window(*WINDOW)
    world.wait_running(sum(not app.startswith(":") for app in apps))
    time.sleep(5)
    world.key("ctrl+e")
    time.sleep(2)


def drags(world):
    """Drags to and fro; the microseconds from which and to which a tile was on its way."""
    x, y, width, height = world.box(world.see(".", "frame"))
    ends = [(round(x + width * across), round(y + height * down)) for across, down in ((0.15, 0.3), (0.8, 0.6))]
    for drag in range(DRAGS):
        here, there = ends if drag % 2 == 0 else reversed(ends)
        world.press(*here)
        began = time.monotonic() + SETTLING
        world.glide(here, there, steps=STEPS, pause=PAUSE)
        yield began * 1e6, time.monotonic() * 1e6
        world.release()
        time.sleep(0.5)


def late(world, apps):
    log = world.root / "frames"
    start(world, log, apps)
    spans = list(drags(world))
    frames = [tuple(map(int, line.split())) for line in log.read_text(encoding="ascii").splitlines()]
    frames = [frame for frame in frames if any(first < frame[0] < last for first, last in spans)]
    assert len(frames) > DRAGS * STEPS / 2, f"too few frames to say: {len(frames)}"
    share = sum(end - begin > LATE_MS * 1000 for begin, end, _ in frames) / len(frames) * 100
    return share, statistics.quantiles((worked / 1000 for _, _, worked in frames), n=100)[98]


harness.become_reaper()
world = harness.World("frames", size=DISPLAY)
try:
    print(*late(world, sys.argv[2:]))
finally:
    world.close()
