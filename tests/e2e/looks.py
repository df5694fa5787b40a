# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever lies over the canvas has its place: in a narrow and in a wide window, in both directions of reading, light and
dark, with large text, and with names that are too long for it."""
import functools
import subprocess

import harness
from rtl import hebrew

WORLD = functools.partial(harness.World, size=(1640, 900))
LONG = "Quarterly figures of all departments, north and south"


def set_text_size(world, percent):
    subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER",
                    f"Xft.dpi:\t{96 * percent // 100}\n"], check=True)


def window_box(world):
    return world.box(world.see("^Token Nexus Canvas$", "frame"))


def assert_inside(outer, inner, what):
    assert outer[0] <= inner[0] and inner[0] + inner[2] <= outer[0] + outer[2], (what, outer, inner)
    assert outer[1] <= inner[1] and inner[1] + inner[3] <= outer[1] + outer[3], (what, outer, inner)


def assert_in_window(world, *nodes):
    for node in nodes:
        assert_inside(window_box(world), world.box(node), node.name)


def look(world, what):
    world.wait_still()
    world.picture(f"looks-{world.look}-{what}")


def long_name(world):
    """The name dialog comes from the switcher."""
    world.key("ctrl+t")
    world.see("^Canvas Canvas, 2 of 2")
    world.click(world.see(r"^Canvas Canvas, 2 of 2"))
    world.see("^New Canvas", ".*button")
    look(world, "switcher")
    world.key("F2")
    world.see("^Rename the Canvas$")
    world.type(LONG)
    look(world, "name")
    world.key("Return")
    world.see(f"^Canvas {LONG}, 2 of 2")
    assert_in_window(world, *world.see_all(LONG, ".*button"), world.see("^Main menu$", ".*button"))
    world.key("ctrl+1")
    world.tile("Clock")


def strip(world):
    """Nothing of the canvas is under it."""
    x, y, width, _ = world.resting_box("Clock")
    start = (x + width // 2, y + 16)
    world.press(*start)
    world.glide(start, (start[0], start[1] + 120))
    chip = world.see("^Quarterly", "label")
    look(world, "strip")
    assert_in_window(world, chip)
    chip_box = world.box(chip)
    assert chip_box[1] + chip_box[3] <= y, (chip_box, y)
    world.key("Escape")
    world.release()
    world.see_gone("^Quarterly", "label")


def bar_and_toast(world):
    world.open_menu("Notes")
    world.key("Up", "Return")
    said = world.see("^Notes removed$", "label")
    world.key("ctrl+a")
    bar = world.see("^Selected widgets$")
    look(world, "selection")
    assert_in_window(world, bar, said)
    assert world.box(said)[1] + world.box(said)[3] < world.box(bar)[1], (world.box(said), world.box(bar))
    lefts = [world.box(world.see(f"^Align {side}$", "push button"))[0] for side in ("Left", "Centers", "Right")]
    assert lefts == sorted(lefts), lefts
    world.key("ctrl+shift+a", "ctrl+z")
    world.see_gone("^Selected widgets$")
    world.tile("Notes")


def overview(world):
    world.key("ctrl+shift+o")
    home, other = world.see("^Home$", "table cell"), world.see(f"^{LONG}$", "table cell")
    world.see("^4 widgets$", "label")
    look(world, "overview")
    assert_in_window(world, home, other)
    assert world.box(home)[1] == world.box(other)[1], "side by side"
    name, more = world.box(world.see(f"^{LONG}$", "label")), world.box(world.see(f"^What to do with {LONG}"))
    assert name[0] + name[2] <= more[0] or more[0] + more[2] <= name[0], (name, more)
    assert_inside(world.box(other), more, "the menu")
    world.key("Escape")
    world.see_gone("^New Canvas$", "table cell")


def history(world):
    """No more than two lines for what was done, and one for where."""
    world.key("ctrl+h")
    long, short = (world.see(name, "list item") for name in ("^Renamed a canvas", "^Created “Home”"))
    look(world, "history")
    assert world.box(long)[3] < 2 * world.box(short)[3], (world.box(long), world.box(short))
    assert_in_window(world, long)
    world.click(short)
    world.see("^As it was at")
    look(world, "look-back")
    world.click(world.see("^Close the look back$", "push button"))
    world.see_gone("^As it was at")
    world.key("ctrl+h")
    world.see_gone("^Created “Home”", "list item")


def dialogs(world):
    world.key("F11")
    world.see("^Seconds for each canvas", "spin button")
    look(world, "kiosk")
    world.key("Escape")
    world.see_gone("^Seconds for each canvas", "spin button")
    world.open_menu("Clock")
    world.key("m")
    world.see("^Move or Resize$", "label")
    look(world, "placer")
    world.key("Escape")
    world.see_gone("^Move or Resize$", "label")


def walk(world, name, size, text=100, environment=None):
    world.look = name
    set_text_size(world, text)
    world.start(environment=environment)
    world.tile("Clock")
    world.resize_window(*size)
    harness.wait_until("the size", lambda: world._geometry(world.window)[2:] == size)
    long_name(world)
    for step in (strip, bar_and_toast, overview, history, dialogs):
        step(world)
    world.key("ctrl+2")
    world.see(f"^Canvas {LONG}, 2 of 2")
    world.key("ctrl+z", "ctrl+z", "ctrl+z")
    world.see("^Canvas Home, 1 of 1")


def looks(world):
    world.seed("clock", "todo", "calendar", "notes")
    walk(world, "narrow-large", (360, 720), 200)
    world.stop()
    walk(world, "wide-large", (1600, 860), 200, {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    world.stop()
    walk(world, "narrow-rtl-dark", (360, 720), environment={**hebrew(world), "ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
