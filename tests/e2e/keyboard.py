# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that the pointer arranges, the keyboard does too, and each step is said to those who do not see it."""
import re

import harness


def said(world, title):
    """What a screen reader reads out of a tile now."""
    return world.tile(title).description


def hear(world, title, words):
    harness.wait_until(f"“{words}”", lambda: said(world, title) == words)


def step(world, key, words, title="Clock"):
    world.key(key)
    try:
        hear(world, title, words)
    except AssertionError as error:
        raise AssertionError(f"{error}; heard “{said(world, title)}”") from None


def lift_and_move(world):
    world.key("Return")
    harness.wait_until("how to go on", lambda: said(world, "Clock").startswith("Lifted. Arrow keys move it"))
    step(world, "Left", "Clock, at the left edge")
    step(world, "Right", "Clock, column 2 row 1, pushes Todo and Notes to the right")
    world.picture("keyboard-lifted")
    step(world, "Down", "Clock, column 2 row 2, pushes Todo and Notes to the right")
    step(world, "Escape", "Put back.")
    assert world.operations() == ["canvas.create"], world.operations()


def resize_and_drop(world):
    world.key("Return")
    step(world, "shift+Down", "Clock, 3 by 5")
    step(world, "Return", "Dropped.")
    world.wait_places("a higher clock", t0=(0, 0, 3, 5))
    assert world.operations()[-1] == "tile.resize"
    world.key("ctrl+z")


def select_and_move(world):
    step(world, "ctrl+space", "1 widget selected")
    world.key("F6")
    step(world, "ctrl+space", "2 widgets selected", "Todo")
    world.key("Return")
    harness.wait_until("how many", lambda: said(world, "Todo").startswith("2 widgets lifted."))
    step(world, "Down", "Todo and 1 more, column 4 row 2", "Todo")
    step(world, "Return", "Dropped.", "Todo")
    world.wait_places("both moved", t0=(0, 1, 3, 4), t1=(3, 1, 3, 4))
    assert world.operations()[-1] == "tiles.move"
    step(world, "Escape", "Nothing selected", "Todo")


def cells_in_tree(world):
    """Row and column of each tile, as a screen reader goes through them."""
    return [tuple(map(int, re.search(r"row (\d+)", node.name).groups() + re.search(r"column (\d+)", node.name).groups()))
            for node in world.see_all(r", column \d+ row \d+", "panel")]


def read_in_order(world):
    """Notes, which came last, is above the others now."""
    cells = cells_in_tree(world)
    assert len(cells) == 3 and cells == sorted(cells), cells


def move_dialog(world):
    """Four numbers, by keyboard alone."""
    world.key("shift+F10")
    world.see("^_?Move or Resize", "menu item")
    world.key("m")
    world.see("^_?Column", "spin button")
    world.picture("keyboard-numbers")
    world.key("ctrl+a")
    world.type("7")
    world.key("Return")
    harness.wait_until("the place by number", lambda: world.places()["tile-1"][0] == 6)


def keyboard(world):
    world.seed("clock", "todo", "notes")
    world.start()
    world.wait_running(3)
    world.key("F6")
    lift_and_move(world)
    resize_and_drop(world)
    select_and_move(world)
    read_in_order(world)
    move_dialog(world)
