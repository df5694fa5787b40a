# SPDX-License-Identifier: GPL-3.0-or-later
"""In the dark style the window and the pages are dark, and stay readable."""


def brightness(colour):
    return sum(colour) / 3


def corner_of(world, title):
    """A point of a page that has nothing on it but its background."""
    x, y, width, height = world.box(world.tile(title))
    return x + 8, y + height // 2


def look(world, scheme):
    world.start(environment={"ADW_DEBUG_COLOR_SCHEME": scheme})
    world.wait_running(4)
    x, y, width, height = world.box(world.see(".", "frame"))
    canvas = world.colour(x + 4, y + height - 6)
    pages = [world.colour(*corner_of(world, title)) for title in ("Clock", "Todo", "Calendar", "Notes")]
    world.picture(f"{scheme}")
    world.stop()
    return [brightness(colour) for colour in (canvas, *pages)]


def dark(world):
    world.seed("clock", "todo", "calendar", "notes")
    light = look(world, "prefer-light")
    assert min(light) > 200, light
    darkness = look(world, "prefer-dark")
    assert max(darkness) < 80, darkness
