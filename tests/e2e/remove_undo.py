# SPDX-License-Identifier: GPL-3.0-or-later
"""A removed tile comes back, with its place and what it kept, by the toast’s button."""
import harness


def remove_undo(world):
    world.seed("clock", "todo")
    world.start()
    world.wait_running(2)
    before = world.places()

    world.open_menu("Todo")
    world.picture("remove-menu")
    world.key("Up", "Return")  # the last item
    world.see("Todo removed|removed.*Todo")
    harness.wait_until("one tile left", lambda: list(world.places()) == ["tile-0"])
    world.pages(1)
    world.picture("remove-toast")

    world.click(max(world.see_all("^Undo", ".*button"), key=lambda button: world.centre(button)[1]))
    harness.wait_until("the tile as it was", lambda: world.places() == before)
    world.tile("Todo")
    world.wait_running(2)
