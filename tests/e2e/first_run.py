# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start shows a canvas that already works; the next one shows the same."""


def first_run(world):
    world.start()
    for title in ("Clock", "Todo", "Calendar", "Notes"):
        world.tile(title)
    for button in ("Add a widget", "Undo", "Redo", "Arrange widgets", "Main menu"):
        world.button(button)
    world.wait_running(4)
    world.picture("first_run-new")

    world.pages(4)
    places = world.places()
    assert len(places) == 4, places
    assert world.rows("SELECT count(*) FROM canvas") == [(1,)]

    world.stop()
    world.start()
    world.wait_running(4)
    assert world.places() == places
