# SPDX-License-Identifier: GPL-3.0-or-later
"""With a keyring the heads of the audit are signed: a record that was rewritten as a whole is found out."""
import os
import shutil
import signal
import sqlite3
import subprocess

import harness

TNC = harness.BUILD / "src" / "cli" / "tnc"
NAME = "org.freedesktop.secrets"


def unlock_keyring(world):
    """Its daemon, at the head of a group of processes."""
    daemon = world._spawn(["sh", "-c", "printf password | gnome-keyring-daemon --unlock --components=secrets --foreground"])
    ask = ["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
           "org.freedesktop.DBus.NameHasOwner", NAME]
    harness.wait_until("the keyring", lambda: "true" in subprocess.run(ask, capture_output=True, text=True,
                                                                       check=True).stdout)
    return daemon


def verify(world):
    done = subprocess.run([TNC, "audit", "--verify", "--against", world.workspace / "heads.jsonl"],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def look(world, words, name):
    world.key("F10")
    world.see("Tidy Up", "menu item")
    world.key("a")
    world.see(words, "label")
    world.picture(name)
    world.key("Escape")
    world.see_gone(words, "label")


def audit_signed(world):
    if shutil.which("gnome-keyring-daemon") is None:
        print("gnome-keyring-daemon is not installed")
        return
    keyring = unlock_keyring(world)
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

    # The keyring goes: the key that was read signs on, and the next start says that it has none.
    os.killpg(keyring.pid, signal.SIGKILL)
    heads = (world.workspace / "heads.jsonl").read_text(encoding="utf-8").count("\n")
    look(world, "Signed heads that confirm it", "audit-keyring-gone")
    world.stop()
    assert (world.workspace / "heads.jsonl").read_text(encoding="utf-8").count("\n") > heads
    code, said = verify(world)
    assert code == 0 and "not whose it is" in said, said
    world.start()
    world.wait_running(1)
    look(world, "not known whose signatures", "audit-no-keyring")
    world.stop()
    unlock_keyring(world)

    with sqlite3.connect(world.workspace / "canvas.db") as database:
        database.execute("DELETE FROM audit")
        database.execute("DELETE FROM sqlite_sequence")
    world.start()
    world.wait_running(1)
    look(world, "^The audit was", "audit-rewritten")
    world.stop()
    code, said = verify(world)
    assert code == 6 and "The audit was" in said, said
