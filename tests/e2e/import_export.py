# SPDX-License-Identifier: GPL-3.0-or-later
"""Canvases of other programs come in through the chooser, what they say too much is listed; canvases go out again."""
import contextlib
import json
import time

import harness

BOARDS = harness.SOURCE / "tests" / "store" / "boards"


def names(world):
    return [row[0] for row in world.rows("SELECT name FROM canvas ORDER BY position, id")]


def choose_file(world, keys, path):
    """In the chooser: the whole path typed into its entry, for opening behind Ctrl+L."""
    world.key(keys)
    if keys == "ctrl+o":
        world.see("^Import a Canvas$")
        time.sleep(0.5)
        world.key("ctrl+l")
    else:
        world.see("^Export the Canvas$")
        time.sleep(0.5)
        world.key("ctrl+a")
    world.type(str(path))


def accept(world, key="Return"):
    """Enter may first be for what completes the path."""
    for _ in range(5):
        world.key(key)
        with contextlib.suppress(AssertionError):
            world.see_gone("^(Import a|Export the) Canvas$", patience=2)
            return


def import_gridstack(world):
    choose_file(world, "ctrl+o", write_sales(world))
    world.picture("import_export-chooser")
    accept(world)
    world.see("^Canvas Sales, 2 of 2")
    world.see(r"^\d things were changed or kept aside")
    world.see("^/2")
    time.sleep(0.5)
    world.picture("import_export-gridstack")
    world.key("Escape")
    world.see_gone("were changed or kept aside")
    assert names(world) == ["Home", "Sales"], names(world)
    assert world.operations() == ["canvas.create", "canvas.import"]
    world.key("ctrl+z")
    world.see("^Canvas Home, 1 of 1")
    world.key("ctrl+shift+z")
    world.see("^Canvas Sales, 2 of 2")
    world.tile("Map")


def write_sales(world):
    """Two of the three are in each other's way, and one is wider than a canvas."""
    path = world.root / "Sales.json"
    path.write_text(json.dumps([{"x": 0, "y": 0, "w": 4, "h": 2, "id": "1", "content": "Sales"},
                                {"x": 2, "y": 1, "w": 4, "h": 2, "id": "1", "content": "Map"},
                                {"x": 0, "y": 5, "w": 90, "h": 2, "id": "3", "content": "Wide"}]), encoding="utf-8")
    return path


def narrow_and_dark(world):
    world.stop()
    world.start(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    world.see("^Canvas Home")
    world.resize_window(360, 700)
    choose_file(world, "ctrl+o", write_sales(world))
    accept(world)
    world.see(r"^\d things were changed or kept aside")
    time.sleep(0.5)
    world.picture("import_export-narrow")
    world.key("Escape")
    world.see_gone("were changed or kept aside")
    (world.root / "broken.json").write_text("[", encoding="utf-8")
    choose_file(world, "ctrl+o", world.root / "broken.json")
    accept(world)
    world.see("^The File Can’t Be Imported$")
    time.sleep(0.5)
    world.picture("import_export-narrow-broken")
    world.key("Escape")


def import_grafana(world):
    choose_file(world, "ctrl+o", BOARDS / "grafana.json")
    accept(world)
    world.see("^Canvas Node .*, 3 of 3")
    world.see(r"^\d things were changed or kept aside")
    world.see("^/panels/9/collapsed")
    time.sleep(0.5)
    world.picture("import_export-grafana")
    world.key("Escape")
    world.see_gone("were changed or kept aside")
    world.tile("CPU")


def broken_changes_nothing(world):
    before = names(world)
    shown = world.see(r"^Canvas .*, 3 of 3").name
    broken = world.root / "broken.json"
    for text, words in (('{"panels": [', "line 1"), ('{"some": "thing"}', "no canvas"), ("views:\n  - title: x\n", "YAML")):
        broken.write_text(text, encoding="utf-8")
        choose_file(world, "ctrl+o", broken)
        accept(world)
        world.see("^The File Can’t Be Imported$")
        world.see(f"broken.json.*{words}")
        time.sleep(0.3)
        world.picture(f"import_export-{words.replace(' ', '-')}")
        world.key("Escape")
        world.see_gone("^The File Can’t Be Imported$")
    assert names(world) == before
    assert world.see(r"^Canvas .*, 3 of 3").name == shown


def choose_format(world, index):
    """From the name backwards: past both buttons and the kind of files."""
    world.key(*["shift+Tab"] * 4, "space")
    time.sleep(0.5)
    world.key(*["Down"] * index, "Return")
    time.sleep(0.3)


def export(world):
    world.key("ctrl+1")
    world.see("^Canvas Home, 1 of 3")
    native = world.root / "home.json"
    choose_file(world, "ctrl+shift+s", native)
    world.picture("import_export-save")
    accept(world)
    world.see("Exported “Home”")
    document = json.loads(native.read_text(encoding="utf-8"))
    assert document["format"] == "token-nexus-canvas", document

    grafana = world.root / "grafana.json"
    choose_file(world, "ctrl+shift+s", grafana)
    choose_format(world, 2)
    world.picture("import_export-format")
    accept(world, "alt+e")
    document = json.loads(harness.wait_until("the file", lambda: grafana.exists() and grafana.read_text("utf-8")))
    assert document["title"] == "Home" and len(document["panels"]) == 2, document
    world.see("^3 things mean nothing to other programs")
    time.sleep(0.5)
    world.picture("import_export-exported")
    world.key("Escape")
    world.see_gone("^3 things mean nothing")


def import_export(world):
    world.seed("clock", "todo")
    world.start()
    world.wait_running(2)
    import_gridstack(world)
    import_grafana(world)
    broken_changes_nothing(world)
    export(world)
    narrow_and_dark(world)
