# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened is listed, searched, looked at and checked, all by keyboard; a row that somebody changed is found out."""
import sqlite3
import subprocess

import harness

TNC = harness.BUILD / "src" / "cli" / "tnc"


def look(world, name):
    world.key("F10")
    world.see("Tidy Up", "menu item")
    world.key("a")
    world.see("as they were written", "label")
    world.see("^Shown to be locked in", "label")
    world.see("· Canary", "label")  # the page that tries to get out
    world.picture(name)


def search(world):
    world.type("no such thing")
    world.see("^No Entries$", "label")
    world.picture("audit-empty")
    world.key("ctrl+a", "BackSpace")
    world.see("^Shown to be locked in", "label")
    world.type("workspace")
    world.see_gone("^Shown to be locked in", "label")
    world.see("^Workspace opened", "label")
    world.key("ctrl+a", "BackSpace")
    world.see("^Shown to be locked in", "label")


def details(world):
    world.key("Tab", "Tab", "Tab", "Tab", "Down")
    world.see("^[0-9a-f]{64}$", "label")
    world.picture("audit-details")


def tampered(world):
    with sqlite3.connect(world.workspace / "canvas.db") as database:
        database.execute("UPDATE audit SET subject = 'nothing' WHERE seq = 1")
    assert subprocess.run([TNC, "audit", "--verify"], check=False).returncode == 6
    world.key("F10")
    world.see("Check Again", "menu item")
    world.key("c")
    world.see("^Entry 1 is not what was written", "label")
    world.picture("audit-broken")


def closed(world):
    world.key("Escape")
    world.see_gone("^Entry 1 is not", "label")


def look_again(world, name):
    world.key("F10")
    world.see("Tidy Up", "menu item")
    world.key("a")
    world.see("^Entry 1 is not what was written", "label")
    world.see("^Workspace opened", "label")
    world.picture(name)
    closed(world)


def audit(world):
    world.seed("clock", "todo", "calendar")
    world.start()
    world.wait_running(3)
    look(world, "audit-light")
    search(world)
    details(world)
    tampered(world)
    closed(world)
    world.stop()
    world.start(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    world.wait_running(3)
    look_again(world, "audit-dark")
    world.resize_window(360, 700)
    world.see("^Clock, column 1 row 1, 2 by 4", "panel")
    look_again(world, "audit-narrow")
