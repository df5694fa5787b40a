# SPDX-License-Identifier: GPL-3.0-or-later
"""All canvases side by side, to choose, sort, name and delete; a strip of them to drop on while something is dragged."""
import harness


def names(world):
    return [row[0] for row in world.rows("SELECT name FROM canvas ORDER BY position, id")]


def wait_names(world, *expected):
    harness.wait_until(f"the canvases {expected}", lambda: names(world) == list(expected))


def card(world, name):
    return world.see(f"^{name}$", "table cell")


def where(world, tile):
    return world.rows("SELECT name FROM tile JOIN canvas ON canvas.id = canvas_id WHERE tile.id = ?", tile)[0][0]


def send_by_drag(world, tile, title, chip):
    x, y, _, _ = world.resting_box(title)
    start = (x + 60, y + 16)
    world.press(*start)
    world.glide(start, (start[0] + 200, start[1] + 150))
    world.wait_still()
    target = world.centre(min(world.see_all(f"^{chip}$", "label"), key=lambda label: abs(world.centre(label)[1] - 25)))
    world.glide((start[0] + 200, start[1] + 150), target)
    world.picture(f"strip-{tile}")
    world.release()


def strip(world):
    world.key("ctrl+t")
    world.see("^Canvas Canvas, 2 of 2")
    world.key("ctrl+1")
    world.tile("Clock")
    send_by_drag(world, "tile-0", "Clock", "Canvas")
    harness.wait_until("the clock there", lambda: where(world, "tile-0") == "Canvas")
    send_by_drag(world, "tile-1", "Todo", "New Canvas")
    harness.wait_until("the list there", lambda: where(world, "tile-1") == "Canvas 2")
    wait_names(world, "Home", "Canvas", "Canvas 2")
    world.key("ctrl+z")
    wait_names(world, "Home", "Canvas")
    assert where(world, "tile-1") == "Home"
    world.key("ctrl+shift+z")
    harness.wait_until("the list there again", lambda: where(world, "tile-1") == "Canvas 2")


def many(world):
    """In a narrow window, too, every place to drop on is inside it, once the first row has been pointed at."""
    world.key("Escape")
    world.see_gone("^New Canvas$", "table cell")
    for count in range(3, 13):
        world.key("ctrl+t")
        world.see(f"^Canvas .*, {count} of {count}$")
    world.key("ctrl+1")
    x, y, _, _ = world.resting_box("Clock")
    world.press(x + 60, y + 16)
    world.glide((x + 60, y + 16), (x + 120, y + 400))
    world.wait_still()
    world.picture("strip-many")
    before, first = where(world, "tile-0"), world.centre(world.see("^Canvas 2$", "label"))
    world.glide((x + 120, y + 400), first)
    world.wait_still()
    world.picture("strip-many-open")
    left, top, width, height = world.box(world.see("^Token Nexus Canvas$", "frame"))
    chips = [world.box(world.see(f"^{name}$", "label")) for name in ("Canvas 2", "Canvas 10", "New Canvas")]
    for chip_x, chip_y, chip_width, chip_height in chips:
        assert left <= chip_x and chip_x + chip_width <= left + width
        assert top <= chip_y and chip_y + chip_height <= top + height
    world.glide(first, world.centre(world.see("^New Canvas$", "label")))
    world.release()
    harness.wait_until("the clock elsewhere", lambda: where(world, "tile-0") != before)
    assert len(names(world)) == 13, names(world)


def drawn_width(world, name):
    return world.box(world.see(rf"^{name}, \d widget"))[2]


def carry(world, name, end):
    start = world.centre(card(world, name))
    world.press(*start)
    world.glide(start, end)
    world.wait_still()


def over_a_page(world, point):
    """What was let go of where a page lies under the overview stays under the pointer, for GTK: the page hears of the next
    drag that it leaves, though it never came."""
    world.key("Escape")
    world.see_gone("^New Canvas$", "table cell")
    x, y, width, height = world.resting_box("Clock")
    assert x < point[0] < x + width and y + 40 < point[1] < y + height, (point, world.box(world.tile("Clock")))
    world.key("ctrl+shift+o")
    carry(world, "Canvas", (point[0], point[1] + 400))
    world.release()


def sort_by_drag(world, front):
    """Escape leaves all as it was, the overview open."""
    done = world.operations()
    carry(world, "Canvas", front)
    world.key("Escape")
    world.wait_still()
    world.release()
    world.wait_still()
    card(world, "New Canvas")
    assert world.operations() == done, world.operations()
    carry(world, "Canvas", front)
    world.picture("overview-sorting")
    world.release()
    wait_names(world, "Canvas", "Home", "Lists")


def delete_the_first(world):
    """The one that takes its place has the focus then."""
    world.key("Left", "Left", "Delete")
    wait_names(world, "Home", "Lists")
    world.key("Return")
    world.see("^Canvas Home, 1 of 2")
    world.key("ctrl+z")
    world.see("^Canvas Canvas, 1 of 3")
    world.key("ctrl+3")
    world.see("^Canvas Lists, 3 of 3")
    world.key("ctrl+shift+o")
    card(world, "New Canvas")
    world.wait_still()


def overview(world):
    world.seed("clock", "todo", "calendar")
    world.start()
    world.wait_running(3)
    strip(world)
    world.key("ctrl+2")
    world.tile("Clock")
    world.key("ctrl+shift+o")
    card(world, "New Canvas")
    world.wait_still()
    world.picture("overview")
    world.key("Right")
    world.key("ctrl+shift+Prior")
    wait_names(world, "Home", "Canvas 2", "Canvas")
    world.key("F2")
    world.see("^Rename the Canvas$")
    world.type("Lists")
    world.key("Return")
    wait_names(world, "Home", "Lists", "Canvas")
    front = world.centre(card(world, "Home"))
    sort_by_drag(world, front)
    over_a_page(world, front)
    world.click(card(world, "Lists"))
    world.see("^Canvas Lists, 3 of 3")
    world.tile("Todo")
    world.key("ctrl+shift+o")
    card(world, "New Canvas")
    world.wait_still()
    wide = drawn_width(world, "Home")
    world.resize_window(360, 640)
    harness.wait_until("what a narrow window shows", lambda: drawn_width(world, "Home") < wide)
    world.wait_still()
    world.picture("overview-narrow")
    delete_the_first(world)
    world.key("Delete")
    wait_names(world, "Canvas", "Home")
    many(world)
