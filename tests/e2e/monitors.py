# SPDX-License-Identifier: GPL-3.0-or-later
"""Each monitor keeps its own layouts: what is arranged on one leaves the other as it was.

The virtual display has one monitor. That the window is on another one than at home is made so by telling the settings
that home is elsewhere.
"""
import os
import pathlib
import re

import harness


def settings():
    return pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0" / "settings" / "keyfile"


def home():
    match = re.search("^home-monitor='(.*)'$", settings().read_text() if settings().exists() else "", re.MULTILINE)
    return match and match[1]


def move_home(name):
    settings().write_text(re.sub("^home-monitor=.*$", f"home-monitor='{name}'", settings().read_text(),
                                 flags=re.MULTILINE))


def layouts(world):
    return {row[0]: row[1] for row in
            world.rows("SELECT layout, group_concat(tile_id || x || ',' || y) FROM place GROUP BY layout")}


def drag_clock(world, columns):
    x, y, _, _ = world.resting_box("Clock")
    across, _ = world.cell("Clock")
    world.drag((x + 60, y + 16), (round(x + 60 + across * columns), y + 16))


def start(world):
    world.start()
    world.wait_running(2)


def monitors(world):
    world.seed("clock", "todo")
    start(world)
    here = harness.wait_until("the first monitor taken for home", home)
    drag_clock(world, 3)
    world.see("^Clock, column 4 row 1,")
    at_home = harness.wait_until("the move kept", lambda: "tile-03" in layouts(world)["wide"] and layouts(world))
    world.stop()

    move_home("elsewhere")
    start(world)
    world.see("^Clock, column 4 row 1,")
    assert layouts(world) == at_home
    drag_clock(world, 5)
    world.see("^Clock, column 9 row 1,")
    abroad = harness.wait_until("a layout of its own", lambda: layouts(world).get(f"wide@{here}"))
    assert {name: places for name, places in layouts(world).items() if "@" not in name} == at_home
    world.key("ctrl+z")
    world.see("^Clock, column 4 row 1,")
    world.key("ctrl+shift+z")
    world.see("^Clock, column 9 row 1,")
    world.stop()

    move_home(here)
    start(world)
    world.see("^Clock, column 4 row 1,")
    assert layouts(world)[f"wide@{here}"] == abroad
