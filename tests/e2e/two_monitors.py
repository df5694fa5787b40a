# SPDX-License-Identifier: GPL-3.0-or-later
"""The window goes to the other of two monitors, alike as they are in an office, and each keeps its own layout."""
import harness
import monitors
import touchscreen


class TwoMonitors(touchscreen.TouchWorld):
    monitors = ((1280, 800), (1280, 800))


WORLD = TwoMonitors


def pull_right(world, columns):
    x, y, _, _ = world.resting_box("Clock")
    across, _ = world.cell("Clock")
    world.drag((x + 60, y + 16), (round(x + 60 + across * columns), y + 16))


def two_monitors(world):
    world.seed("clock")
    world.start()
    world.wait_running(1)
    home = harness.wait_until("the first monitor taken for home", monitors.home)
    pull_right(world, 3)
    world.see("^Clock, column 4 row 1,")
    at_home = harness.wait_until("the move kept", lambda: monitors.layouts(world).get("wide"))

    world.go_right(1)
    world.see("^Clock, column 4 row 1,")
    pull_right(world, 5)
    world.see("^Clock, column 9 row 1,")
    abroad = f"wide@{home}-Meta-1"
    there = harness.wait_until("a layout of its own", lambda: monitors.layouts(world).get(abroad))
    assert monitors.layouts(world)["wide"] == at_home
    assert monitors.home() == home

    world.go_right(-1)
    world.see("^Clock, column 4 row 1,")
    world.go_right(1)
    world.see("^Clock, column 9 row 1,")
    assert (monitors.layouts(world)["wide"], monitors.layouts(world)[abroad]) == (at_home, there)
