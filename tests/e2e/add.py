# SPDX-License-Identifier: GPL-3.0-or-later
"""The Add panel finds an app; Enter places it, and a card can be dragged onto the canvas."""
import harness


def tiles_of(world, app):
    return world.rows("SELECT id FROM tile WHERE app_id = ?", f"com.tokennexus.{app}")


def add(world):
    world.seed("clock")
    world.start()
    world.wait_running(1)
    world.click(world.button("Add a widget"))
    card = world.see("^Calculator", "list item|table cell|push button")
    world.picture("add-panel")

    world.type("calc")
    world.see_gone("^Calendar", "list item|table cell|push button")
    world.key("Return")
    harness.wait_until("a calculator on the canvas", lambda: tiles_of(world, "calculator"))
    world.tile("Calculator")
    assert world.operations()[-1] == "tile.add"

    world.key("ctrl+a", "BackSpace")
    world.type("notes")
    card = world.see("^Notes", "list item|table cell|push button")
    x, y, width, height = world.box(world.see(".", "frame"))
    world.drag(world.centre(card), (round(x + width * 0.75), round(y + height * 0.7)))
    harness.wait_until("notes on the canvas", lambda: tiles_of(world, "notes"))
    world.wait_running(3)
    world.places()


harness.run(add)
