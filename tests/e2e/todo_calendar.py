# SPDX-License-Identifier: GPL-3.0-or-later
"""A todo with a due date appears in the calendar at once, and in the event monitor."""
import harness


def kept(world, tile, key):
    rows = world.rows("SELECT value FROM kv WHERE owner = ? AND key = ?", tile, key)
    return rows[0][0] if rows else ""


def write_task(world):
    x, y, width, _ = world.resting_box("Todo")
    world.click_at(x + width // 3, y + 82)  # the field “Add a task”
    world.type("Water the plants")


def todo_calendar(world):
    world.seed("todo", "calendar", "events")
    world.start()
    world.wait_running(3)
    write_task(world)
    world.picture("todo_calendar-writing")
    world.key("Tab", "Tab")
    world.type("today")
    world.key("Return")

    harness.wait_until("the task in Todo", lambda: "Water the plants" in kept(world, "tile-0", "todo"))
    harness.wait_until("the task in Calendar", lambda: "Water the plants" in kept(world, "tile-1", "todos"))
    key = world.rows("SELECT app_key FROM tile WHERE id = 'tile-0'")[0][0]
    logged = harness.wait_until("the event in the log", lambda: world.rows(
        "SELECT json FROM event WHERE type = 'todo.item.changed'"))
    assert len(logged) == 1, logged
    assert f'"tn:/{key}/tile-0"' in logged[0][0] and "Water the plants" in logged[0][0], logged
