# SPDX-License-Identifier: GPL-3.0-or-later
"""Files from another program: an app lands where it is dropped, another version asks first, a canvas is offered to be
imported, what is neither is told; and nothing moves when they leave again."""
import io
import json
import pathlib
import subprocess
import sys
import tarfile
import time
import zipfile

import harness


def open_files(world, *paths):
    """Another program with these files, at the display's corner; where to take hold of them."""
    world._spawn([sys.executable, str(pathlib.Path(__file__).with_name("drag_files.py")), *map(str, paths)])
    window = harness.wait_until("the other window", lambda: subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "^Files$"], capture_output=True, text=True,
        check=False).stdout.split())[0]
    subprocess.run(["xdotool", "windowmove", "--sync", window, "0", "0", "windowraise", window], check=True)
    return 70, 80


def counter(version):
    """The files of an app that shows its version."""
    manifest = {"sdk": 1, "id": "com.example.counter", "name": "Counter", "version": version, "description": "Counts.",
                "author": "Example", "license": "MIT", "entryPoint": "index.html", "permissions": [],
                "security": {"sandboxLevel": "strict"}, "ui": {"defaultSize": {"w": 2, "h": 2}}}
    page = f"<!doctype html><title>C</title><body bgcolor={'red' if version == '2.0.0' else 'green'}>{version}"
    return {"manifest.json": json.dumps(manifest), "index.html": page}


def make_tgz(path, files):
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return path


def make_folder(path, files):
    path.mkdir()
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def make_xdc(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.toml", 'name = "Chess"\n')
        archive.writestr("index.html", "<!doctype html><title>Chess</title><p>Chess")
    return path


def drop(world, end, *paths):
    """Drags the files out of another program onto a point of this one."""
    other = open_files(world, *paths)
    window = world.children[-1]
    world.drag(other, end, steps=30)
    time.sleep(0.3)
    window.kill()
    window.wait()


def leaves_again(world):
    before = world.places()
    package = world.root / "thing.tgz"
    package.write_bytes(b"nothing yet")
    start = open_files(world, package)
    end = world.point_in("Todo", 0.5, 0.1)
    world.press(*start)
    world.glide(start, end, steps=30)
    harness.wait_until("room made for it", lambda: not world.see_all("^Todo, column 4 row 1,", "panel"))
    world.picture("drop_files-over")
    world.glide(end, start)
    world.see("^Todo, column 4 row 1,", "panel")
    world.release()
    assert world.places() == before
    assert world.operations() == ["canvas.create"]
    world.children[-1].kill()


def apps_are_placed(world, free):
    drop(world, free, make_tgz(world.root / "counter.tgz", counter("1.0.0")))
    world.tile("Counter")
    world.wait_running(3)
    assert (world.workspace / "mine" / "com.example.counter" / "index.html").exists()
    drop(world, world.beside(free, 0, 3), make_xdc(world.root / "chess.xdc"),
         make_folder(world.root / "folder", {**counter("2.0.0"),
                                             "manifest.json": counter("2.0.0")["manifest.json"].replace("counter", "other")
                                             .replace("Counter", "Other")}))
    world.tile("Chess")
    world.tile("Other")
    world.wait_running(5)
    world.picture("drop_files-placed")
    assert world.operations() == ["canvas.create"] + ["tile.add"] * 3, world.operations()


def another_version_asks(world, free):
    kept = world.workspace / "mine" / "com.example.counter" / "index.html"
    package = make_tgz(world.root / "counter-2.tgz", counter("2.0.0"))
    drop(world, free, package)
    world.see("^Replace the App")
    world.see("version 1.0.0.*version 2.0.0")
    time.sleep(0.3)
    world.picture("drop_files-replace")
    world.key("Return")
    world.see_gone("^Replace the App")
    assert "1.0.0" in kept.read_text(encoding="utf-8")
    drop(world, free, package)
    world.see("^Replace the App")
    time.sleep(0.3)
    world.key("alt+r")
    harness.wait_until("the new version", lambda: "2.0.0" in kept.read_text(encoding="utf-8"))
    world.see("^Counter replaced")
    x, y, width, _ = world.box(world.tile("Counter"))
    harness.wait_until("the new page", lambda: world.colour(x + width // 2, y + 48) == (255, 0, 0))
    world.wait_running(5)
    assert len(world.places()) == 5, world.places()
    world.picture("drop_files-replaced")


def what_is_no_app_is_told(world, free):
    before = world.operations()
    drop(world, free, make_tgz(world.root / "none.tgz", {"readme.txt": "Nothing here"}))
    world.see("^The App Can’t Be Added$")
    world.see("none.tgz.*no manifest.json")
    time.sleep(0.3)
    world.picture("drop_files-broken")
    world.key("Escape")
    board = world.root / "Team.json"
    board.write_text(json.dumps([{"x": 0, "y": 0, "w": 4, "h": 2, "content": "Plan"}]), encoding="utf-8")
    (world.root / "bad.json").write_text("{", encoding="utf-8")
    drop(world, free, world.root / "bad.json", board)
    world.see("bad.json.*line 1")
    world.key("Escape")
    world.see("^Import “Team” as a New Canvas")
    time.sleep(0.3)
    world.picture("drop_files-board")
    assert world.operations() == before
    world.key("Return")
    world.see("^Canvas Team, 2 of 2")
    assert world.operations() == before + ["canvas.import"]


GREEN, BLUE = (0, 128, 0), (0, 0, 255)
BIRD = """
  if (WILD) {
    document.open();
    document.close();
  }
  let caught = false;
  const paint = colour => { document.body.style.background = caught ? 'red' : colour; };
  const on = (name, heard) => document.addEventListener(name, heard);
  on('pointerdown', () => paint('blue'));
  on('pointerup', () => paint('green'));
  on('dragstart', event => {
    caught ||= !WILD;
    event.dataTransfer.effectAllowed = 'all';
    event.dataTransfer.setData('text/plain', 'secret');
    event.dataTransfer.setData('text/uri-list', PATH);
    paint('blue');
  });
  for (const name of ['dragenter', 'dragover', 'drop'])
    on(name, event => {
      event.preventDefault();
      caught = true;
      paint('red');
    });
  document.body.draggable = true;
  document.body.style.height = '90vh';
  paint('green');
"""


def bird(name, path, wild):
    """The files of an app all of which can be dragged, as a file that it knows of. It is green, blue while it is held, and red
    for good once it hears of a drag. One that is wild rids itself of what keeps pages from dragging, and does."""
    script = BIRD.replace("WILD", json.dumps(wild)).replace("PATH", json.dumps(path.as_uri()))
    files = {key: text.replace("counter", name.lower()).replace("Counter", name) for key, text in counter("1.0.0").items()}
    return {**files, "app.js": script, "index.html": "<!doctype html><body><script type=module src=app.js></script>"}


def wait_colour(world, point, colour):
    try:
        harness.wait_until(f"{colour}", lambda: world.colour(*point) == colour)
    except AssertionError as error:
        raise AssertionError(f"{error}, but {world.colour(*point)}") from None


def hold_over(world, start, end):
    world.press(*start)
    world.glide(start, end)
    wait_colour(world, start, BLUE)
    world.wait_still()
    world.picture("drop_files-page")
    world.release()


def pages_hand_nothing_on(world, free):
    """What a page lets be dragged comes to no page, not even to itself, and is no file for the canvas."""
    world.key("ctrl+t")
    world.see("^Canvas .*, 3 of 3")
    package = world.root / "counter.tgz"
    drop(world, free, make_folder(world.root / "wild", bird("Magpie", package, True)),
         make_folder(world.root / "tame", bird("Dove", package, False)))
    wild, tame = [world.point_in(title, 0.5, 0.6) for title in ("Magpie", "Dove")]
    wait_colour(world, wild, GREEN)
    wait_colour(world, tame, GREEN)
    before = world.operations()
    hold_over(world, tame, wild)
    wait_colour(world, tame, GREEN)
    wait_colour(world, wild, GREEN)
    for end in (tame, world.beside(wild, 0, 3, "Magpie"), (wild[0] + 50, wild[1] + 20)):
        hold_over(world, wild, end)
        wait_colour(world, tame, GREEN)
        wait_colour(world, wild, BLUE)
    world.key("ctrl+t")
    world.see("^Canvas .*, 4 of 4")
    assert world.operations() == before + ["canvas.create"]


def drop_files(world):
    world.seed("clock", "todo")
    world.start()
    world.wait_running(2)
    x, y, width, _ = world.resting_box("Todo")
    free = x + width + 200, y + 60
    leaves_again(world)
    apps_are_placed(world, free)
    another_version_asks(world, free)
    what_is_no_app_is_told(world, free)
    pages_hand_nothing_on(world, free)
