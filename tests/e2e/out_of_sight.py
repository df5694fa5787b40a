# SPDX-License-Identifier: GPL-3.0-or-later
"""What is scrolled out of sight is held still after a while and goes on when it is seen; so does all of a minimized
window, and what the person pauses. When the program is killed nothing that was held still stays behind."""
import contextlib
import pathlib

import harness


def states(pids):
    """The letter that proc(5) has for each: T is stopped by a signal."""
    found = ""
    for pid in pids:
        with contextlib.suppress(OSError):
            found += pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    return found


def wait_held(world, pids, count):
    harness.wait_until(f"{count} processes held still", lambda: states(pids).count("T") == count)


def out_of_sight(world):
    world.set(suspend_seconds="uint32 1")
    world.seed("clock", "todo", "notes", "calendar", "calculator", "todo", "notes", "calendar", "events")
    world.start()
    world.wait_running(8)
    first = world.pages(8)
    here = world.point_in("Clock")

    world.scroll(*here, 60)
    world.tile("Event Monitor")
    wait_held(world, first, 4)
    world.scroll(*here, -60)
    wait_held(world, first, 0)
    world.wait_running(8)
    assert first <= world.pages(9)
    world.wait_still()
    world.picture("out_of_sight-back")

    world.minimize()
    wait_held(world, first, 8)
    world.restore()
    wait_held(world, first, 0)

    world.open_menu("Clock")
    world.key("u")
    world.see("You paused this app")
    wait_held(world, first, 1)
    world.wait_still()
    world.picture("out_of_sight-paused")
    world.click(world.button("Go On"))
    world.wait_running(8)
    wait_held(world, first, 0)

    world.minimize()
    wait_held(world, first, 8)
    world.kill()
    harness.wait_until("no process left behind", lambda: not states(first).strip("Z"))
