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
    world.button("Add Calculator")
    world.picture("add-panel")

    world.type("calc")
    world.see_gone("^Add Calendar")
    world.key("Return")
    harness.wait_until("a calculator on the canvas", lambda: tiles_of(world, "calculator"))
    world.tile("Calculator")
    assert world.operations()[-1] == "tile.add"

    if not world.see_all("^Add Calculator"):
        world.click(world.button("Add a widget"))
    world.click(world.see("^Search widgets$", "entry"))
    world.key("ctrl+a")
    world.type("notes")
    world.see_gone("^Add Calculator")
    card = world.see("^Notes$", "label")
    x, y, width, height = world.box(world.see(".", "frame"))
    world.drag(world.centre(card), (round(x + width * 0.75), round(y + height * 0.7)))
    harness.wait_until("notes on the canvas", lambda: tiles_of(world, "notes"))
    world.wait_running(3)
    world.places()
