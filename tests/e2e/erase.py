# SPDX-License-Identifier: GPL-3.0-or-later
"""An app is removed and comes back; it is erased, from its page and by tnc, and no byte of what it kept is left."""
import json
import sqlite3
import subprocess

import harness

TNC = harness.BUILD / "src" / "cli" / "tnc"
ID = "com.example.diary"
CANARY = "Kanarienvogel"

MANIFEST = {
    "sdk": 1, "id": ID, "name": "Diary", "version": "1.0.0", "description": CANARY,
}

# In every place that a page can write to; "done" when it is there.
SCRIPT = """
const canary = '%s';
function keep() {
  return new Promise((done, failed) => {
    const opening = indexedDB.open('diary', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('pages');
    opening.onerror = failed;
    opening.onsuccess = () => {
      const writing = opening.result.transaction('pages', 'readwrite');
      writing.objectStore('pages').put(canary, 1);
      writing.oncomplete = done;
      writing.onerror = failed;
    };
  });
}
nexus.register({
  async onMount() {
    document.body.textContent = canary;
    localStorage.setItem('page', canary);
    await keep();
    await nexus.storage.set('page', canary);
    await nexus.shared.set('page', canary);
    await nexus.storage.set('done', 'yes');
  },
  getState: () => ({ canary }),
});
""" % CANARY


def write_app(world):
    folder = world.workspace / "mine" / ID
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (folder / "index.html").write_text("<!doctype html><title>Diary</title><script type=module src=app.js></script>",
                                       encoding="utf-8")
    (folder / "app.js").write_text(SCRIPT, encoding="utf-8")


def places(world):
    """The files below the person's folders that hold the canary, in either of the ways that WebKit writes text."""
    found = []
    for part in ("data", "cache", "state", "config", "runtime", "home"):
        for path in sorted((world.root / part).rglob("*")):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                if CANARY.encode() in content or CANARY.encode("utf-16-le") in content:
                    found.append(str(path.relative_to(world.root)))
    return found


def add(world):
    world.click(world.button("Add a widget"))
    world.button("Add Clock")
    world.type("diary")
    world.see_gone("^Add Clock")
    world.button("Add Diary")
    world.key("Return")
    wait_kept(world)
    world.key("Escape")


def wait_kept(world):
    harness.wait_until("all of it written", lambda: world.rows("SELECT value FROM kv WHERE key = 'done'") == [('"yes"',)])
    world.wait_running(2)


def open_page(world):
    world.open_menu("Diary")
    world.key("p")
    world.see("^Destroys all that it has kept")


def erase_without_tile(world):
    """Its last widget is removed, and what it kept is still there: its card leads to its page."""
    world.open_menu("Diary")
    world.key("Up", "Return")  # the last item
    wait_tiles(world, "clock")
    assert places(world) != []
    world.click(world.button("Add a widget"))
    world.button("Permissions and Data of Diary")
    world.wait_still()
    world.picture("card")
    world.key("Down", "Tab", "space")
    world.see("^Destroys all that it has kept")
    world.key("alt+e")
    world.see("This can’t be undone")
    world.key("alt+e")
    world.see("^Diary erased")
    assert_nowhere(world)
    world.click(world.see("^Search widgets$", "entry"))
    world.key("ctrl+a", "BackSpace")
    world.button("Add Clock")
    world.key("Escape")


def tell_of_what_is_left(world):
    """Somebody else reads the file, so it can't be written anew."""
    with sqlite3.connect(world.workspace / "canvas.db") as noting:
        noting.execute("INSERT INTO erasure (app_key, app_id) VALUES ('abcdefghijklmnop', ?)", (ID,))
    noting.close()
    reader = sqlite3.connect(world.workspace / "canvas.db")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM tile").fetchall()
    world.start()
    world.see("^An app that was erased is not all gone yet")
    world.wait_still()
    world.picture("left")
    reader.close()
    world.stop()
    world.start()
    world.wait_running(1)
    harness.wait_until("the erasure at its end", lambda: world.rows("SELECT 1 FROM erasure") == [])
    world.stop()


def wait_tiles(world, *titles):
    harness.wait_until(f"only {titles}", lambda: sorted(
        title.split(".")[-1] for (title,) in world.rows("SELECT app_id FROM tile")) == sorted(titles))


def assert_nowhere(world):
    assert places(world) == [], places(world)


def erase(world):
    write_app(world)
    world.seed("clock")
    world.start()
    world.wait_running(1)
    add(world)
    kept = places(world)
    assert any("/web/" in path and "IndexedDB" in path for path in kept), kept
    assert any("canvas.db" in path for path in kept), kept

    open_page(world)
    world.wait_still()
    world.picture("app-page")
    world.key("alt+r")
    world.see("^Diary removed")
    wait_tiles(world, "clock")
    harness.wait_until("the package aside", lambda: not (world.workspace / "mine" / ID).exists())
    world.key("ctrl+z")
    wait_tiles(world, "clock", "diary")
    wait_kept(world)

    # Cancel is what Escape means.
    open_page(world)
    world.key("alt+e")
    world.see("This can’t be undone")
    world.wait_still()
    world.picture("erase")
    world.key("Escape")
    world.see_gone("This can’t be undone")
    wait_tiles(world, "clock", "diary")
    open_page(world)
    world.key("alt+e")
    world.see("This can’t be undone")
    world.key("alt+e")
    world.see("^Diary erased")
    wait_tiles(world, "clock")
    assert_nowhere(world)
    world.picture("erased")

    # Once more, asked for by tnc while it runs.
    write_app(world)
    subprocess.run([TNC, "list"], check=True, stdout=subprocess.DEVNULL)
    world.stop()
    assert_nowhere_but_package(world)
    world.start(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    world.wait_running(1)
    add(world)
    erase_without_tile(world)
    write_app(world)
    add(world)
    world.resize_window(360, 700)
    open_page(world)
    world.wait_still()
    world.picture("app-page-narrow")
    world.key("alt+e")
    world.see("This can’t be undone")
    world.wait_still()
    world.picture("erase-narrow-dark")
    world.key("Escape")
    assert places(world) != []
    subprocess.run([TNC, "erase", ID, "--yes"], check=True)
    wait_tiles(world, "clock")
    assert_nowhere(world)
    world.stop()
    assert_nowhere(world)
    tell_of_what_is_left(world)
    subprocess.run([TNC, "audit", "--verify"], check=True)


def assert_nowhere_but_package(world):
    left = [path for path in places(world) if f"/mine/{ID}/" not in path]
    assert left == [], left
