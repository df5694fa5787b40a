# SPDX-License-Identifier: GPL-3.0-or-later
"""A drag over the empty canvas selects what it touches; with Ctrl it adds; a click there clears; it scrolls at the edge."""
import harness


def selected(world):
    return sorted(node.name.split(",")[0] for node in world.see_all(", selected$", "panel"))


def wait_selected(world, *titles):
    harness.wait_until(f"{titles} selected", lambda: selected(world) == sorted(titles))


def below(world, title, pixels):
    """A point of the empty canvas under a tile."""
    x, y, width, height = world.resting_box(title)
    return x + width // 2, y + height + pixels


def ctrl_click(world):
    """A page has the pointer in it, also with Ctrl; its title selects, and all of it while arranging."""
    world.hold("ctrl")
    world.click_at(*world.point_in("Todo", 0.5, 0.8))
    x, y, _, _ = world.resting_box("Clock")
    world.click_at(x + 60, y + 16)
    wait_selected(world, "Clock")
    world.let_go("ctrl")
    world.key("ctrl+e")
    world.hold("ctrl")
    world.click_at(*world.point_in("Todo", 0.5, 0.8))
    wait_selected(world, "Clock", "Todo")
    world.let_go("ctrl")
    world.key("ctrl+e")
    world.key("ctrl+shift+a")
    wait_selected(world)


def marquee(world):
    world.seed("clock", "todo", "notes")
    world.start()
    world.wait_running(3)
    start, end = below(world, "Todo", 200), world.point_in("Clock", 0.5, 0.9)
    world.press(*start)
    world.glide(start, end)
    wait_selected(world, "Clock", "Todo")
    world.picture("marquee-under-way")
    world.release()

    world.hold("ctrl")
    start = below(world, "Notes", 150)
    world.press(*start)
    world.glide(start, world.point_in("Notes", 0.5, 0.9))
    wait_selected(world, "Clock", "Todo", "Notes")
    world.picture("marquee-adds")
    world.release()
    world.let_go("ctrl")
    world.click_at(*below(world, "Todo", 200))
    wait_selected(world)

    start = below(world, "Todo", 200)
    world.press(*start)
    world.glide(start, world.point_in("Todo", 0.5, 0.8))
    wait_selected(world, "Todo")
    world.key("Escape")
    wait_selected(world)
    world.release()
    wait_selected(world)
    ctrl_click(world)
    assert "tiles.move" not in world.operations()
