# SPDX-License-Identifier: GPL-3.0-or-later
"""Near the upper and the lower edge every drag scrolls: of a tile, of a marquee, of a card out of the Add panel."""
import harness

ROW_OF_LAST = 9  # two rows of tiles are above it, each four cells high


def bottom(world):
    x, y, width, height = world.box(world.see(".", "frame"))
    return x + width // 2, y + height - 12


def row_of(world, title):
    return int(world.tile(title).name.split(" row ")[1].split(",")[0])


def drag_scrolls(world):
    start = world.point_in("Clock", 0.5, 0.5)
    end = (start[0], bottom(world)[1])
    world.press(*start)
    world.glide(start, end)
    harness.wait_until("the clock below all others", lambda: row_of(world, "Clock") > ROW_OF_LAST)
    world.picture("auto_scroll-drag")
    world.key("Escape")
    world.release()
    world.see("^Clock, column 1 row 1,", "panel")


def marquee_scrolls(world):
    """From the gap beside the clock to what was out of view."""
    x, y, width, height = world.resting_box("Clock")
    start, end = (x + width + 10, y + 100), (x + width // 2, bottom(world)[1])
    world.press(*start)
    world.glide(start, end)
    world.see("^Event Monitor, .*, selected$", "panel")
    world.picture("auto_scroll-marquee")
    world.release()
    world.key("Escape")


def catalogue_scrolls(world):
    before = world.operations()
    world.click(world.button("Add a widget"))
    start, end = world.centre(world.see("^Calculator$", "label")), bottom(world)
    world.press(*start)
    world.glide(start, end)
    harness.wait_until("what was out of view", lambda: world.see_all("^Event Monitor,", "panel")
                       and world.box(world.tile("Event Monitor"))[1] < end[1] - 200)
    world.picture("auto_scroll-catalogue")
    world.key("Escape")
    world.release()
    assert world.operations() == before


def to_the_top(world):
    world.scroll(*bottom(world), -60)
    harness.wait_until("the top", lambda: world.box(world.tile("Clock"))[1] > 90)


def auto_scroll(world):
    world.seed("clock", "todo", "notes", "calendar", "calculator", "todo", "notes", "calendar", "events")
    world.start()
    world.wait_running(8)
    world.key("ctrl+e")
    drag_scrolls(world)
    to_the_top(world)
    marquee_scrolls(world)
    to_the_top(world)
    catalogue_scrolls(world)
