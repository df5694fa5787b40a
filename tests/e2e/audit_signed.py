# SPDX-License-Identifier: GPL-3.0-or-later
"""With a keyring the heads of the audit are signed: a record that was rewritten as a whole is found out."""
import shutil
import sqlite3
import subprocess

import harness

TNC = harness.BUILD / "src" / "cli" / "tnc"
NAME = "org.freedesktop.secrets"


def unlock_keyring(world):
    world._spawn(["sh", "-c", "printf password | gnome-keyring-daemon --unlock --components=secrets --foreground"])
    ask = ["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
           "org.freedesktop.DBus.NameHasOwner", NAME]
    harness.wait_until("the keyring", lambda: "true" in subprocess.run(ask, capture_output=True, text=True,
                                                                       check=True).stdout)


def verify(world):
    done = subprocess.run([TNC, "audit", "--verify", "--against", world.workspace / "heads.jsonl"],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def look(world, words, name):
    world.key("F10")
    world.see("Tidy Up", "menu item")
    world.key("u")
    world.see(words, "label")
    world.picture(name)
    world.key("Escape")
    world.see_gone(words, "label")


def audit_signed(world):
    if shutil.which("gnome-keyring-daemon") is None:
        print("gnome-keyring-daemon is not installed")
        return
    unlock_keyring(world)
    world.seed("clock")
    world.start()
    world.wait_running(1)
    look(world, "as they were written", "audit-first")
    world.stop()
    code, said = verify(world)
    assert code == 0 and "not whose it is" not in said, said
    world.start()
    world.wait_running(1)
    look(world, "Signed heads that confirm it", "audit-signed")
    world.stop()

    with sqlite3.connect(world.workspace / "canvas.db") as database:
        database.execute("DELETE FROM audit")
        database.execute("DELETE FROM sqlite_sequence")
    world.start()
    world.wait_running(1)
    look(world, "^The audit was", "audit-rewritten")
    world.stop()
    code, said = verify(world)
    assert code == 6 and "The audit was" in said, said
