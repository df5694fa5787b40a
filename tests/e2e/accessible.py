# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever does not see the window hears what is in it: every control has a name and a role that says what it is."""
import harness

# What holds others and is nothing by itself.
CONTAINERS = {"filler", "panel", "scroll pane", "viewport", "list", "frame", "dialog", "separator", "popup menu"}
UNKNOWN = {"", "unknown", "invalid", "redundant object", "generic"}


def is_control(node):
    import pyatspi
    states = node.getState()
    return states.contains(pyatspi.STATE_FOCUSABLE) or node.getRoleName() in (
        "push button", "toggle button", "menu item", "spin button", "entry", "text", "check box")


def describe(node):
    path = []
    while node is not None and node.getRoleName() != "application":
        path.insert(0, f"{node.getRoleName()} “{node.name}”")
        node = node.parent
    return " › ".join(path)


def is_named(node):
    """By its own words, or by a label that stands for it."""
    import pyatspi
    if (node.name or "").strip():
        return True
    labels = [relation for relation in node.getRelationSet()
              if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY]
    return any(relation.getTarget(0).name.strip() for relation in labels)


def faults(world):
    for node in world.tree():
        if not is_control(node):
            continue
        role = node.getRoleName()
        if role in UNKNOWN:
            yield f"no role: {describe(node)}"
        if role not in CONTAINERS and not is_named(node):
            yield f"no name: {describe(node)}"
        if role == "panel" and not is_named(node):
            yield f"focus goes to nothing: {describe(node)}"


def look(world, where):
    found = sorted(set(faults(world)))
    assert not found, f"{where}:\n" + "\n".join(found)


def tiles_say_what_they_are(world):
    import pyatspi
    world.hold("ctrl")
    world.click_at(*world.point_in("Clock", 0.5, 0.6))
    world.let_go("ctrl")
    node = world.see("^Clock, column 1 row 1, 3 by 4, selected$", "panel")
    harness.wait_until("the state", lambda: node.getState().contains(pyatspi.STATE_SELECTED))
    assert not world.tile("Todo").getState().contains(pyatspi.STATE_SELECTED)
    world.key("Escape")


def accessible(world):
    world.seed("clock", "todo", "notes")
    world.start()
    world.wait_running(3)
    look(world, "at the start")
    world.key("ctrl+e")
    tiles_say_what_they_are(world)
    look(world, "while arranging")
    world.open_menu("Todo")
    look(world, "in a widget’s menu")
    world.key("m")
    world.see("^Move or Resize$", "dialog")
    world.see(r"^_?Place\b", ".*button")
    look(world, "in Move or Resize")
    world.key("Escape")
    world.see_gone(r"^_?Place\b", ".*button")
    world.open_menu("Todo")
    world.key("n")
    world.see("^Rename$", "dialog")
    world.see("^Title$")
    look(world, "in Rename")
    world.key("ctrl+a")
    world.type("Errands")
    world.key("Return")
    world.tile("Errands")
    world.click(world.button("Add a widget"))
    world.button("Add Calculator")
    look(world, "in the Add panel")
