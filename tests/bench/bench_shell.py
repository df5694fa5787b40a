# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the whole program from outside, on a virtual display and with built-in tiles; prints a JSON array.

Usage: bench_shell.py BUILD-DIRECTORY
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

os.environ["TN_BUILD_ROOT"] = sys.argv[1]
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402

APPS = ("clock", "todo", "calendar", "notes", "calculator", "events", "clock", "notes")
RUNS = 5
CROWD = 1000
IDLE_SECONDS = 30
DRAGS = 6
PING_SECONDS = 0.004
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def measure_starts(world):
    reports = []
    for run in range(RUNS):
        path = world.root / f"report-{run}.json"
        world.call("--report", path)
        reports.append(json.loads(path.read_text(encoding="utf-8")))
    for report in reports:
        states = [tile["state"] for tile in report["tiles"]]
        assert states == ["running"] * len(APPS), f"tiles that are not running: {states}"
    yield "shell.window", statistics.median(report["window_ms"] for report in reports)
    yield "shell.last-mount", statistics.median(report["last_mount_ms"] for report in reports)
    yield "shell.web-pss", statistics.median(tile["pss_kib"] for report in reports for tile in report["tiles"])
    yield "shell.host-pss", statistics.median(report["host_pss_kib"] for report in reports)


def processor_ticks(pids):
    """User and system time of those processes, proc(5)."""
    total = 0
    for pid in pids:
        try:
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total


def measure_idle(world):
    pids = [world.program.pid, *world.descendants()]
    before = processor_ticks(pids)
    time.sleep(IDLE_SECONDS)
    yield "shell.idle-cpu", (processor_ticks(pids) - before) / TICKS_PER_SECOND / IDLE_SECONDS * 100


class Pinger:
    """Asks the program's main loop something on a fixed beat and notes how long it took to answer.

    The beat does not wait for answers, so a stall is seen as long as it was by every question asked during it.
    """

    def __init__(self):
        from gi.repository import Gio, GLib
        self.glib = GLib
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        self.waits = []

    def ask(self):
        asked = time.monotonic()
        self.bus.call(harness.APP_ID, "/" + harness.APP_ID.replace(".", "/"), "org.gtk.Actions", "List", None, None, 0,
                      5000, None, self.answered, asked)
        return self.glib.SOURCE_CONTINUE

    def answered(self, bus, result, asked):
        bus.call_finish(result)
        self.waits.append((time.monotonic() - asked) * 1000)

    def during(self, child):
        """Pings until @child ends."""
        source = self.glib.timeout_add(round(PING_SECONDS * 1000), self.ask)
        context = self.glib.MainContext.default()
        while child.poll() is None:
            context.iteration(True)
        self.glib.source_remove(source)


def newest_operation(world):
    return world.rows("SELECT max(seq) FROM operation")[0][0]


def time_to_disk(world):
    before = newest_operation(world)
    released = time.monotonic()
    world.release()
    harness.wait_until("the change on disk", lambda: newest_operation(world) != before, pause=0.0005)
    return (time.monotonic() - released) * 1000


def measure_drags(world):
    world.key("ctrl+e")
    pinger, commits = Pinger(), []
    places = [(0.2, 0.3), (0.8, 0.7)]
    x, y, width, height = world.box(world.see(".", "frame"))
    for drag in range(DRAGS):
        start, end = places if drag % 2 == 0 else reversed(places)
        points = [(round(x + width * across), round(y + height * down)) for across, down in (start, end)]
        world.press(*points[0])
        pinger.during(world.begin_glide(*points, steps=60, pause=0.016))
        commits.append(time_to_disk(world))
        time.sleep(0.5)
    yield "canvas.drag-gap-p99", statistics.quantiles(pinger.waits, n=100)[98]
    yield "store.commit", statistics.median(commits)


def late_frames(*apps):
    """In a program of its own: what sees a window by its accessible tree stays with the first display."""
    script = pathlib.Path(__file__).with_name("late_frames.py")
    done = subprocess.run([sys.executable, script, sys.argv[1], *apps], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr.strip().rpartition("\n")[2]
    return map(float, done.stdout.split())


def measure_frames():
    kinds = {"panels": [":grafana:timeseries"] * 50, "live": [f"com.tokennexus.{app}" for app in APPS[:6] * 2]}
    for kind, apps in kinds.items():
        late, worked = late_frames(*apps)
        yield f"canvas.frames-{kind}", late
        yield f"canvas.frame-{kind}-p99", worked


def measure_crowd():
    world = harness.World("crowd")
    try:
        subprocess.run([harness.SEED, world.workspace, *[":grafana:timeseries"] * CROWD], check=True)
        starts = []
        for run in range(RUNS):
            path = world.root / f"report-{run}.json"
            world.call("--report", path)
            starts.append(json.loads(path.read_text(encoding="utf-8"))["window_ms"])
        yield "canvas.crowd", statistics.median(starts)
    finally:
        world.close()


FIGURES = {
    "shell.window": ("Start to window drawn, 8 tiles saved", "ms", 600),
    "shell.last-mount": ("Start to the last of 8 tiles mounted", "ms", 1500),
    "shell.web-pss": ("PSS per web process, software rendering", "KiB", 46080),
    "shell.host-pss": ("PSS of the program itself", "KiB", None),
    "shell.idle-cpu": (f"Idle, 8 tiles, {IDLE_SECONDS} s: share of a core", "%", 1),
    "canvas.drag-gap-p99": ("Drag over 8 live tiles: main-loop gap, 99th percentile", "ms", 33),
    "canvas.frames-panels": ("Drag among 50 placeholder tiles: frames over 16.7 ms, software rendering", "%", 1),
    "canvas.frame-panels-p99": ("… processor time of a frame, 99th percentile", "ms", None),
    "canvas.frames-live": ("Drag among 12 live tiles: frames over 16.7 ms, software rendering", "%", 5),
    "canvas.frame-live-p99": ("… processor time of a frame, 99th percentile", "ms", None),
    "canvas.crowd": (f"Start to window drawn, {CROWD:,} placeholder tiles, accessibility on", "ms", 1000),
    "store.commit": ("A layout change on disk after release", "ms", 50),
}


def figure(name, value, why=None):
    what, unit, goal = FIGURES[name]
    entry = {"id": name, "what": what, "value": None if value is None else round(value, 2), "unit": unit, "goal": goal,
             "better": "less", "met": None if goal is None or value is None else value <= goal}
    return entry | ({"why": why} if why else {})


def measure(world):
    world.seed(*APPS)
    yield from measure_starts(world)
    world.start()
    world.wait_running(len(APPS))
    world.pages(len(APPS))
    time.sleep(10)
    yield from measure_idle(world)
    yield from measure_drags(world)


def main():
    found, why = {}, "the program did not come that far"
    world = harness.World("bench")
    try:
        for name, value in measure(world):
            found[name] = value
        world.close()
        found.update(measure_crowd())
        found.update(measure_frames())
    except (AssertionError, OSError, subprocess.SubprocessError) as error:
        why = str(error)
    finally:
        world.close()
    json.dump([figure(name, found.get(name), None if name in found else why) for name in FIGURES], sys.stdout)


harness.become_reaper()
main()
