# SPDX-License-Identifier: GPL-3.0-or-later
"""What is dragged onto another canvas goes there, all of the selection at once; leaving it again, the drag goes on."""
import harness


def on_canvas(world):
    """How many tiles each canvas has, by its name."""
    return dict(world.rows("SELECT name, count(tile.id) FROM canvas LEFT JOIN tile ON canvas.id = canvas_id GROUP BY name"))


def wait_on_canvas(world, **expected):
    harness.wait_until(f"tiles on {expected}", lambda: on_canvas(world) == expected)


def grip(world, title):
    x, y, _, _ = world.resting_box(title)
    return x + 60, y + 18


def select(world, *titles):
    world.hold("ctrl")
    for title in titles:
        world.click_at(*grip(world, title))
    world.let_go("ctrl")
    for title in titles:
        world.see(f"^{title}, .*, selected$", "panel")


def carry(world, title):
    """Takes a tile to the other canvas's place in the strip; where that is, and where the empty canvas is."""
    start = grip(world, title)
    aside = world.beside(start, 3, 4)
    world.press(*start)
    world.glide(start, aside)
    target = world.centre(world.see("^Canvas$", "label"))
    world.glide(aside, target)
    return target, aside


def leave_again(world):
    target, aside = carry(world, "Todo")
    world.see("^Todo, column 4 row 1,", "panel")
    world.glide(target, aside)
    world.see("^Todo, column 7 row 5,", "panel")
    world.glide(aside, target)
    world.see("^Todo, column 4 row 1,", "panel")
    world.key("Escape")
    world.release()
    assert on_canvas(world) == {"Home": 3, "Canvas": 0}


def send_canvas(world):
    world.seed("clock", "todo", "calendar")
    world.start()
    world.wait_running(3)
    before = world.places()
    world.key("ctrl+t", "ctrl+1")
    wait_on_canvas(world, Home=3, Canvas=0)
    world.tile("Clock")
    leave_again(world)

    select(world, "Clock", "Todo")
    carry(world, "Todo")
    world.picture("send_canvas-over")
    world.release()
    wait_on_canvas(world, Home=1, Canvas=2)
    assert world.operations()[-1] == "tile.send"
    world.see_gone("^Clock, column", "panel")

    world.key("ctrl+z")
    wait_on_canvas(world, Home=3, Canvas=0)
    assert world.places() == before
    world.tile("Clock")
