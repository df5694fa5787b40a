# SPDX-License-Identifier: GPL-3.0-or-later
"""The developer panel lists what pages say on their consoles, safe to read, and finds, pauses, clears and copies it; it
shows what a page holds and puts back what it held before; and it closes when the mode opens it no longer."""
import json
import sqlite3

import harness
from rtl import hebrew

ID = "com.example.speaker"
FLOOD = 10000

SCRIPT = """
console.info('counted from one');
console.warn('<b>bold</b> \\u202Eevil\\u0007 ' + 'long '.repeat(400) + 'end');
console.error('broken', { code: 7 });
new Image().src = 'https://tracker.example/pixel.png';
let count = 1;
const show = () => { document.body.textContent = `count ${count}`; return nexus.storage.set('count', count); };
document.documentElement.style.height = '100%%';
document.documentElement.addEventListener('click', () => {
  count += 1;
  show();
  for (let i = 0; i < %d; i++)
    console.log(`flood ${i}`);
});
nexus.register({
  onMount: show,
  getState: () => ({ count, list: ['one', '\\u202Etwo'] }),
  setState: state => { count = state.count; return show(); },
});
""" % FLOOD


def write_app(world):
    folder = world.workspace / "mine" / ID
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({
        "sdk": 1, "id": ID, "name": "Speaker", "version": "1.0.0",
        "permissions": [{"type": "data", "resource": "self", "actions": ["read", "write"], "reason": "Keeps the count."}],
    }), encoding="utf-8")
    (folder / "index.html").write_text("<!doctype html><title>Speaker</title><body><script type=module src=app.js></script>",
                                       encoding="utf-8")
    (folder / "app.js").write_text(SCRIPT, encoding="utf-8")


def set_mode(world, mode):
    """As it is kept, before the program starts."""
    with sqlite3.connect(world.workspace / "canvas.db") as database:
        database.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('mode', ?)", (mode,))


def add_speaker(world):
    world.click(world.button("Add a widget"))
    world.button("Add Clock")
    world.type("speaker")
    world.see_gone("^Add Clock")
    world.button("Add Speaker")
    world.key("Return")
    world.wait_running(2)
    world.key("Escape")


def wait_count(world, count):
    harness.wait_until(f"a count of {count}", lambda: world.rows("SELECT value FROM kv WHERE key = 'count'") == [(str(count),)])


def panel_window(world, main):
    """The window that is not the program's main one."""
    def others():
        found = world._xdotool("search", "--onlyvisible", "--pid", str(world.program.pid), check=False).split()
        return [int(window) for window in found if int(window) != int(main)]
    return str(max(harness.wait_until("the panel’s window", others)))


def open_panel(world, main):
    world.window = main
    world._xdotool("windowactivate", "--sync", main)
    world.click(world.see("^Developer Panel", ".*button"))
    world.see(r"^\d+ entr", "label")
    world.window = panel_window(world, main)


def entries(world):
    return int(world.see(r"^\d+ entr", "label").name.split()[0])


def lists_what_was_said(world):
    world.see("^counted from one$", "label")
    world.see(r'^broken \{"code":7\}$', "label")
    world.see("^img-src blocked https://tracker.example", "label")
    world.see("^Content Policy$", "label")
    world.see("^Error$", "label")
    world.see(r"· Speaker · app\.js:4$", "label")
    hostile = world.see(r"^<b>bold</b> \\u\{202E\}evil\\u\{7\} long", "label")
    assert len(hostile.name) <= 301, hostile.name
    world.wait_still()
    world.picture("developer-light")
    world.click(hostile)
    world.see(r"^<b>bold</b> \\u\{202E\}evil.* long end$", "label")
    world.wait_still()
    world.picture("developer-details")


def finds(world):
    world.click(world.see("^Search the log", ".*"))
    world.type("TRACKER")
    world.see_gone("^counted from one$", "label")
    world.see("^img-src blocked https://tracker.example", "label")
    world.key("ctrl+a")
    world.type("no such thing")
    world.see("^No Entries$", "label")
    world.picture("developer-empty")
    world.key("ctrl+a", "BackSpace")
    world.see("^counted from one$", "label")


def copies(world):
    world.click(world.see("^Menu$", ".*button"))
    world.see("Copy What Is Listed", "menu item")
    world.key("c")
    world.see("^Copied$", "label")
    world.see_gone("Copy What Is Listed", "menu item")


def make_room(world):
    """The panel keeps above the program's window: it is put where the pages are not."""
    world.resize_window(520, 560)
    world._xdotool("windowmove", "--sync", world.window, 720, 300)
    world.wait_still()


def flooded(world, main):
    """Ten thousand at once: the page’s side cuts most of them short, and the list is at its end."""
    world.window = main
    world.click_at(*world.point_in("Speaker", 0.5, 0.7))
    wait_count(world, 2)
    world.window = panel_window(world, main)
    last = world.see("messages were left out", "label")
    harness.wait_until("the end of the list", lambda: world.box(last)[1] + world.box(last)[3] <= world.box(
        world.see("^Pause the log", ".*button"))[1])
    world.wait_still()
    world.picture("developer-flood")


def pauses_and_clears(world, main):
    world.click(world.see("^Pause the log", ".*button"))
    world.see(r"· Paused$", "label")
    before = entries(world)
    world.window = main
    world.click_at(*world.point_in("Speaker", 0.5, 0.7))
    wait_count(world, 3)
    world.window = panel_window(world, main)
    assert entries(world) == before
    world.click(world.see("^Clear the log", ".*button"))
    world.see("^No Entries$", "label")
    world.click(world.see("^Pause the log", ".*button"))
    world.see_gone(r"· Paused$", "label")


def travels(world, main):
    """What the page holds, each time that it changed; the second of three is handed back."""
    world.window = main
    world.open_menu("Speaker")
    world.key("c")
    world.window = panel_window(world, main)
    world.click(world.see("^_?State", "(radio|toggle) button|page tab"))
    world.see("^Now$", "label")
    world.window = main
    world.click_at(*world.point_in("Speaker", 0.5, 0.7))
    wait_count(world, 4)
    world.window = panel_window(world, main)
    harness.wait_until("two moments", lambda: len(world.see_all(r"^\d+ bytes$", "label")) == 2)
    world.wait_still()
    world.picture("developer-state")
    older = max(world.see_all(r"^\d+ bytes$", "label"), key=lambda label: world.box(label)[1])
    world.click(older)
    world.see("^As it was at", "label")
    world.picture("developer-state-before")
    world.click(world.see("^_?Restore", ".*button"))
    wait_count(world, 3)
    harness.wait_until("three moments", lambda: len(world.see_all(r"^\d+ bytes$", "label")) == 3)
    assert world.rows("SELECT count(*) FROM audit WHERE kind = 'develop.restored'") == [(1,)] or harness.wait_until(
        "the row", lambda: world.rows("SELECT count(*) FROM audit WHERE kind = 'develop.restored'") == [(1,)])


def closes_with_the_mode(world, main):
    world.window = main
    world._xdotool("windowactivate", "--sync", main)
    world.click(world.see("Back to Isolation", ".*button"))
    world.see_gone("^Now$|^As it was at", "label")
    world.see_gone("^Development: every")


def developer(world):
    write_app(world)
    world.seed("clock")
    set_mode(world, "development")
    main = world.start()
    world.wait_running(1)
    add_speaker(world)
    wait_count(world, 1)
    open_panel(world, main)
    lists_what_was_said(world)
    finds(world)
    copies(world)
    make_room(world)
    flooded(world, main)
    pauses_and_clears(world, main)
    travels(world, main)
    closes_with_the_mode(world, main)
    world.wait_running(2)
    world.stop()

    set_mode(world, "development")
    main = world.start(environment=hebrew(world) | {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    world.wait_running(2)
    open_panel(world, main)
    world.see("^counted from one$", "label")
    world.wait_still()
    world.picture("developer-dark-rtl")
    world.resize_window(360, 560)
    world.wait_still()
    world.picture("developer-narrow")
    world.click(max(world.see_all("^_?State", "page tab"), key=lambda tab: world.box(tab)[1]))
    world.see("^Choose a Widget$", "label")
    world.picture("developer-narrow-state")
