# SPDX-License-Identifier: GPL-3.0-or-later
"""A canvas as a whole: what happens to widgets in the way, tidied up, locked, copied; each in the history, each undone."""
import harness


def choose(world, *keys):
    """From the main menu, by the letters of its words."""
    world.key("F10")
    world.see("Tidy Up", "menu item")
    world.key(*keys)
    world.see_gone("Tidy Up", "menu item")


def canvas(world, column):
    return world.rows(f"SELECT {column} FROM canvas WHERE id = 'home'")[0][0]


def wait_canvas(world, column, value):
    harness.wait_until(f"{column} {value}", lambda: canvas(world, column) == value)


def undo(world, kind):
    """Takes that change back, and nothing else."""
    before = world.operations()
    assert before[-1] == kind, before
    world.key("ctrl+z")
    harness.wait_until(f"{kind} undone", lambda: world.operations() == before[:-1])


def make_a_hole(world):
    """The list is further down than it must be."""
    world.click(world.button("Arrange widgets"))
    start = world.point_in("Todo")
    world.drag(start, world.beside(start, 0, 3, "Todo"))
    world.wait_places("moved down", t1=(3, 3, 3, 4))


def policies(world):
    assert canvas(world, "policy") == "push"
    world.key("F10", "g")
    world.see("Keep Compact", ".*menu item")
    world.picture("arrangement-menu")
    world.key("k")
    world.see_gone("Keep Compact", ".*menu item")
    wait_canvas(world, "policy", "compact")
    world.wait_places("compact", t1=(3, 0, 3, 4))
    undo(world, "canvas.policy")
    wait_canvas(world, "policy", "push")
    world.wait_places("the hole again", t1=(3, 3, 3, 4))

    world.key("F10", "g")
    world.see("Swap", ".*menu item")
    world.key("s")
    world.see_gone("Swap", ".*menu item")
    wait_canvas(world, "policy", "swap")
    start = world.point_in("Clock")
    world.drag(start, world.beside(start, 3, 3))
    world.wait_places("swapped", t0=(3, 3, 3, 4), t1=(0, 0, 3, 4))
    undo(world, "tile.move")
    undo(world, "canvas.policy")
    wait_canvas(world, "policy", "push")


def tidy(world):
    choose(world, "t")
    world.wait_places("tidy", t1=(3, 0, 3, 4))
    undo(world, "canvas.tidy")
    world.wait_places("the hole again", t1=(3, 3, 3, 4))


def lock(world):
    choose(world, "l")
    wait_canvas(world, "locked", 1)
    start = world.point_in("Clock")
    world.drag(start, world.beside(start, 6, 0))
    assert world.operations()[-1] == "canvas.lock"
    undo(world, "canvas.lock")
    wait_canvas(world, "locked", 0)
    world.drag(start, world.beside(start, 6, 0))
    world.wait_places("free to move", t0=(6, 0, 3, 4))
    undo(world, "tile.move")


def duplicate(world):
    choose(world, "d")
    world.see("^Canvas .*, 2 of 2")
    assert world.rows("SELECT count(*) FROM tile") == [(4,)]
    undo(world, "canvas.duplicate")
    world.see("^Canvas Home, 1 of 1")


def words(world):
    """Each once more, for the list of changes; the copy comes last, since it is what is in view then."""
    for key in ("t", "l", "l"):
        before = len(world.operations())
        choose(world, key)
        harness.wait_until("done", lambda: len(world.operations()) > before)
    choose(world, "d")
    world.see("^Canvas .*, 2 of 2")
    world.key("ctrl+h")
    for said in ("Duplicated as “", "Locked or unlocked “Home”", "Tidied “Home” up", "Moved Todo"):
        world.see(f"^{said}", "list item")
    world.picture("arrangement-history")


def arrangement(world):
    world.seed("clock", "todo")
    world.start()
    world.wait_running(2)
    make_a_hole(world)
    policies(world)
    tidy(world)
    lock(world)
    duplicate(world)
    words(world)
