# SPDX-License-Identifier: GPL-3.0-or-later
"""A person in front of the program: a display, a pointer, a keyboard, and eyes (the accessible tree and pictures).

A scenario is a file with a function that gets a World; run() gives it one and clears everything away afterwards.
Nothing here knows the program's inside but three things: its folders, its database and its processes.
"""
import contextlib
import ctypes
import math
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

APP_ID = "com.tokennexus.Canvas"
BUILD = pathlib.Path(os.environ["TN_BUILD_ROOT"])
SOURCE = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = BUILD / "src" / "shell" / "token-nexus-canvas"
SEED = BUILD / "tests" / "bench" / "seed-canvas"
PICTURES = BUILD / "tests" / "e2e" / "pictures"
PATIENCE = 15.0
GAP = 12  # between tiles, in pixels

# prctl(2)
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LIBC = ctypes.CDLL(None)


def wait_until(what, look, patience=PATIENCE, pause=0.05):
    """Looks again and again until there is something to see, and returns it."""
    end = time.monotonic() + patience
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > end:
            raise AssertionError(f"not seen within {patience:g} s: {what}")
        time.sleep(pause)


def die_with_the_test():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def become_reaper():
    """Orphans of what is started come to this process, and being stopped is no reason to leave them behind."""
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped from outside"))


def descendants_of(ancestor):
    """All processes below one, children before their own children."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                parents.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [ancestor]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def is_sensitive(node):
    import pyatspi
    return node.getState().contains(pyatspi.STATE_SENSITIVE)


class World:
    """A display with a window manager, a session bus and folders of its own; at most one program runs in it."""

    def __init__(self, name, size=(1280, 900)):
        self.name = name
        self.size = size
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="token-nexus-e2e."))
        self.children = []
        self.program = None
        self.window = None
        self.log = self.root / "program.log"
        self._make_environment()
        try:
            self._start_display()
            self._start_bus()
            self._start_window_manager()
        except BaseException:
            self.close()
            raise

    # The ground

    def _make_environment(self):
        for part in ("home", "data", "config", "cache", "state", "runtime"):
            (self.root / part).mkdir(mode=0o700)
        settings = self.root / "config" / "gtk-4.0" / "settings.ini"
        settings.parent.mkdir()
        settings.write_text("[Settings]\ngtk-font-name=Cantarell 11\n", encoding="utf-8")
        for unwanted in ("WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS",
                         "G_DEBUG", "GSETTINGS_BACKEND"):
            os.environ.pop(unwanted, None)
        os.environ.update({
            "HOME": str(self.root / "home"),
            "XDG_DATA_HOME": str(self.root / "data"),
            "XDG_CONFIG_HOME": str(self.root / "config"),
            "XDG_CACHE_HOME": str(self.root / "cache"),
            "XDG_STATE_HOME": str(self.root / "state"),
            "XDG_RUNTIME_DIR": str(self.root / "runtime"),
            "TN_DATA_DIR": str(SOURCE / "data"),
            "TN_PAGE_DIR": str(BUILD / "src" / "runtime" / "page"),
            "TN_PROGRAM_DIR": str(BUILD / "src" / "canvas" / "icon"),
            "GSETTINGS_SCHEMA_DIR": str(BUILD / "data"),
            "GSETTINGS_BACKEND": "keyfile",
            "GDK_BACKEND": "x11",
            "GTK_A11Y": "atspi",
            "ADW_DISABLE_PORTAL": "1",
            "LC_ALL": "C.UTF-8",
        })

    def _spawn(self, command, **options):
        with open(self.root / f"{pathlib.Path(command[0]).name}.log", "ab") as log:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log, start_new_session=True,
                                     preexec_fn=die_with_the_test, **{"stdout": log, **options})
        self.children.append(child)
        return child

    def _start_display(self):
        read_end, write_end = os.pipe()
        width, height = self.size
        self._spawn(["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
                    pass_fds=[write_end])
        os.close(write_end)
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        assert number, "the virtual display did not start"
        os.environ["DISPLAY"] = f":{number}"

    def _start_window_manager(self):
        """A window that asks to be shown before the manager is ready may never be."""
        self._spawn(["openbox", "--sm-disable"])
        wait_until("the window manager", lambda: "window id" in subprocess.run(
            ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True, text=True, check=False).stdout)

    def _start_bus(self):
        bus = self._spawn(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE,
                          text=True)
        address = bus.stdout.readline().strip()
        assert address, "the session bus did not start"
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
        subprocess.run(["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus",
                        "--method", "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", "IsEnabled",
                        "<true>"], check=True, stdout=subprocess.DEVNULL)

    @property
    def workspace(self):
        return self.root / "data" / "token-nexus-canvas" / "default"

    def seed(self, *apps):
        """Makes a canvas with these bundled apps, before the first start."""
        subprocess.run([SEED, self.workspace, *(f"com.tokennexus.{app}" for app in apps)], check=True)

    def set(self, **keys):
        """Writes the program's settings, before it starts."""
        path = self.root / "config" / "glib-2.0" / "settings" / "keyfile"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{key.replace('_', '-')}={value}" for key, value in keys.items()]
        path.write_text("\n".join([f"[{APP_ID.replace('.', '/')}]", *lines, ""]), encoding="utf-8")

    # The program

    def start(self, *arguments, environment=None):
        """Starts the program and waits for its window."""
        command = environment.pop("TN_E2E_COMMAND", None) if environment else None
        self.program = self._spawn([*(command or [PROGRAM]), *arguments], env={**os.environ, **(environment or {})})
        self.window = wait_until("the program's window", self._find_window)
        return self.window

    def call(self, *arguments, expect=0):
        """Runs the program with arguments that make it end by itself; what it wrote to standard output."""
        self.program = self._spawn([PROGRAM, *arguments], stdout=subprocess.PIPE, text=True)
        try:
            output, _ = self.program.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the program did not end by itself with {arguments}") from None
        code, self.program = self.program.returncode, None
        assert code == expect, f"the program ended with {code}: {self.output()}"
        return output

    def _find_window(self):
        if self.program.poll() is not None:
            raise AssertionError(f"the program ended with {self.program.returncode}: {self.output()}")
        found = self._xdotool("search", "--onlyvisible", "--pid", str(self.program.pid), check=False).split()
        sized = [(self._geometry(window), window) for window in found]
        return max(sized, key=lambda pair: pair[0][2] * pair[0][3])[1] if sized else None

    def stop(self):
        """Closes the window by its button, and waits for the program's end."""
        self.click(self.see("^Close$", "push button"))
        try:
            self.program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError("the program did not end after its window was closed") from None
        code, self.program, self.window = self.program.returncode, None, None
        assert code == 0, f"the program ended with {code}: {self.output()}"

    def kill(self, pid=None):
        """SIGKILL, to the program or to a process of it."""
        os.kill(pid or self.program.pid, signal.SIGKILL)
        if pid is None:
            self.program.wait()
            self.program = self.window = None

    def complaints(self):
        """What GTK and the libraries under it found wrong with the program."""
        log = self.root / f"{PROGRAM.name}.log"
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        return [line for line in lines if re.search(rf"\({PROGRAM.name}:\d+\): [\w-]+-(WARNING|CRITICAL) \*\*", line)]

    def output(self):
        return (self.root / f"{PROGRAM.name}.log").read_text(errors="replace")[-4000:]

    # Eyes

    def tree(self):
        """Every accessible node of the program's windows."""
        import pyatspi
        desktop = pyatspi.Registry.getDesktop(0)
        for application in desktop:
            with contextlib.suppress(Exception):
                if application and application.get_process_id() == self.program.pid:
                    yield from self._walk(application)

    def _walk(self, node):
        # GTK 4.8 says of top-level windows only that they are showing.
        import pyatspi
        for index in range(node.childCount):
            child = node.getChildAtIndex(index)
            if child is not None and child.getState().contains(pyatspi.STATE_VISIBLE):
                yield child
                yield from self._walk(child)

    @staticmethod
    def _matches(node, role, name):
        with contextlib.suppress(Exception):
            return (re.fullmatch(role or ".*", node.getRoleName()) is not None and
                    re.search(name, node.name or "") is not None and node.queryComponent().getSize()[0] > 0)
        return False

    def see_all(self, name, role=None):
        """What is showing now with a name that one regular expression finds, and a role that another one matches."""
        return [node for node in self.tree() if self._matches(node, role, name)]

    def see(self, name, role=None, patience=PATIENCE):
        """The first of these, waited for."""
        return wait_until(f"{role or 'something'} called {name!r}", lambda: self.see_all(name, role), patience)[0]

    def button(self, name):
        """A button by its words: GTK 4.8 appends the text within to a label of its own, underline and all."""
        return self.see(rf"^_?{name}\b", ".*button")

    def see_gone(self, name, role=None, patience=PATIENCE):
        wait_until(f"no more {role or 'thing'} called {name!r}", lambda: not self.see_all(name, role), patience)

    def box(self, node):
        """Where a node is on the screen: x, y, width, height."""
        import pyatspi
        extents = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        left, top = self._window_origin()
        return left + extents.x, top + extents.y, extents.width, extents.height

    def centre(self, node):
        x, y, width, height = self.box(node)
        return x + width // 2, y + height // 2

    def tile(self, title):
        """The tile whose accessible name begins so: “Todo, column 1 row 1, 3 by 4”."""
        return self.see(rf"^{title}, column \d+ row \d+", "panel")

    def point_in(self, title, across=0.5, down=0.5):
        """A point of a tile, in parts of its size."""
        x, y, width, height = self.resting_box(title)
        return round(x + width * across), round(y + height * down)

    def resting_box(self, title):
        """Where a tile is once it slides no more."""
        seen = []

        def rests():
            with contextlib.suppress(NotImplementedError):
                seen.append(self.box(self.tile(title)))
            return len(seen) > 1 and seen[-2] == seen[-1] and seen[-1]
        return wait_until(f"{title} at rest", rests, pause=0.15)

    def beside(self, point, columns, rows=0, title="Clock"):
        """A point so many cells away from another one."""
        across, down = self.cell(title)
        return round(point[0] + across * columns), round(point[1] + down * rows)

    def wait_places(self, what, **expected):
        """Waits until these tiles, by their numbers, are kept where they are expected."""
        def there():
            places = self.places()
            return all(places.get(f"tile-{number[1:]}") == place for number, place in expected.items())
        try:
            wait_until(what, there)
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.places()}") from None

    def wait_running(self, count):
        """Waits until so many tiles say that they run."""
        wait_until(f"{count} tiles running", lambda: len(self.see_all("^Running, locked in$")) == count)

    def cell(self, title):
        """How far apart cells are around a tile, in pixels across and down."""
        node = self.tile(title)
        _, _, width, height = self.box(node)
        columns, rows = map(int, re.search(r"(\d+) by (\d+)\b", node.name).groups())
        return (width + GAP) / columns, (height + GAP) / rows

    def picture(self, name=None):
        """Keeps a picture of the display as an artifact of the test."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name or self.name}.png"
        subprocess.run(["import", "-window", "root", path], check=True)
        return path

    def colour(self, x, y):
        """What the display shows at a point: red, green, blue."""
        answer = subprocess.run(["import", "-window", "root", "-crop", f"1x1+{x}+{y}", "-depth", "8", "rgb:-"],
                                check=True, capture_output=True).stdout
        return tuple(answer[:3])

    def _geometry(self, window):
        answer = self._xdotool("getwindowgeometry", "--shell", window)
        values = dict(line.split("=") for line in answer.split() if "=" in line)
        return int(values["X"]), int(values["Y"]), int(values["WIDTH"]), int(values["HEIGHT"])

    def _window_origin(self):
        x, y, _, _ = self._geometry(self.window)
        shadow = subprocess.run(["xprop", "-id", self.window, "-notype", "_GTK_FRAME_EXTENTS"], capture_output=True,
                                text=True, check=True).stdout
        numbers = [int(number) for number in re.findall(r"\d+", shadow)]
        left, _, top, _ = numbers if len(numbers) == 4 else (0, 0, 0, 0)
        return x + left, y + top

    # Hands

    def _xdotool(self, *arguments, check=True):
        done = subprocess.run(["xdotool", *map(str, arguments)], capture_output=True, text=True, check=False)
        assert done.returncode == 0 or not check, f"xdotool {arguments}: {done.stderr}"
        return done.stdout

    def move(self, x, y):
        self._xdotool("mousemove", x, y)

    def click(self, node):
        self.click_at(*self.centre(node))

    def click_at(self, x, y):
        self._xdotool("mousemove", x, y, "sleep", 0.1, "click", 1)

    def click_here(self, button):
        """With another button than the first, where the pointer is."""
        self._xdotool("click", button)

    def scroll(self, x, y, clicks):
        """Turns the wheel there: down, or up where @clicks is less than nothing."""
        self._xdotool("mousemove", x, y, "click", "--repeat", abs(clicks), "--delay", 20, 5 if clicks > 0 else 4)

    def press(self, x, y):
        self._xdotool("mousemove", x, y, "sleep", 0.1, "mousedown", 1)

    def begin_glide(self, start, end, steps=20, pause=0.02):
        """Moves the pointer as a hand does, in small steps; returns the process that does."""
        chain = ["xdotool"]
        for step in range(1, steps + 1):
            chain += ["mousemove", round(start[0] + (end[0] - start[0]) * step / steps),
                      round(start[1] + (end[1] - start[1]) * step / steps), "sleep", pause]
        return subprocess.Popen(list(map(str, chain)))

    def glide(self, start, end, steps=20, pause=0.02):
        assert self.begin_glide(start, end, steps, pause).wait() == 0

    def release(self):
        self._xdotool("mouseup", 1)

    def drag(self, start, end, steps=20):
        self.press(*start)
        self.glide(start, end, steps)
        time.sleep(0.2)
        self.release()

    def hold(self, *keys):
        self._xdotool("keydown", *keys)

    def let_go(self, *keys):
        self._xdotool("keyup", *keys)

    def key(self, *keys):
        for name in keys:
            self._xdotool("key", name)

    @staticmethod
    def wait_still():
        """For a picture: what slides or fades has come to rest."""
        time.sleep(0.5)

    def resize_window(self, width, height):
        """Gives the program's window another size."""
        self._xdotool("windowsize", "--sync", self.window, width, height)
        time.sleep(0.3)

    def minimize(self):
        self._xdotool("windowminimize", "--sync", self.window)

    def restore(self):
        self._xdotool("windowactivate", "--sync", self.window)

    def open_menu(self, title):
        """Opens a tile's menu by the button that shows when the pointer is over the tile's header."""
        x, y, width, _ = self.resting_box(title)
        middle = (x + width // 2, y + 16)
        self.move(*middle)

        def nearest():
            # What just fades away has no place any more.
            with contextlib.suppress(NotImplementedError):
                return min(map(self.centre, self.see_all("^Widget menu")), key=lambda centre: math.dist(centre, middle))
        self.click_at(*wait_until("the menu's button", nearest))
        self.see("Reload", "menu item")

    def type(self, text):
        self._xdotool("type", "--delay", 20, text)

    # What is kept, and what runs

    def rows(self, sql, *values):
        """Reads the program's database; nothing while there is none."""
        path = self.workspace / "canvas.db"
        if not path.exists():
            return []
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as db:
            return db.execute(sql, values).fetchall()

    def places(self):
        """Where the tiles are kept to be, by their ids: (x, y, w, h). No two may overlap."""
        places = {row[0]: row[1:] for row in
                  self.rows("SELECT tile_id, x, y, w, h FROM place WHERE layout = 'wide' ORDER BY tile_id")}
        for one, (x, y, w, h) in places.items():
            for other, (ox, oy, ow, oh) in places.items():
                assert one >= other or x + w <= ox or ox + ow <= x or y + h <= oy or oy + oh <= y, \
                    f"{one} and {other} overlap: {places}"
        return places

    def operations(self):
        """What was done and not taken back, oldest first."""
        return [row[0] for row in self.rows("SELECT kind FROM operation WHERE undone = 0 ORDER BY seq")]

    def web_processes(self):
        """The outermost process ids of the pages, of which each runs in a namespace of its own."""
        return [pid for pid in self.descendants() if self._command(pid) == "WebKitWebProces"]

    def pages(self, count):
        """Their ids, once there are just so many: the program's own trial page is gone after its start."""
        wait_until(f"{count} web processes", lambda: len(self.web_processes()) == count)
        return set(self.web_processes())

    def descendants(self):
        return descendants_of(self.program.pid)

    @staticmethod
    def _command(pid):
        with contextlib.suppress(OSError):
            return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
        return ""

    # The end

    def close(self):
        """Ends everything that was started here, and what these started: the orphans have come to this process."""
        while below := descendants_of(os.getpid()):
            for pid in below:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, 0)[0]:
                    pass
        shutil.rmtree(self.root, ignore_errors=True)


def run(scenario, make_world):
    """Runs one scenario as the whole of a test program."""
    name = scenario.__name__
    become_reaper()
    world = make_world(name)
    try:
        scenario(world)
        if world.program is not None:
            assert world.program.poll() is None, "the program has ended by itself"
            world.picture()
        assert not world.complaints(), world.complaints()
    except BaseException:
        with contextlib.suppress(Exception):
            world.picture(f"{name}-failed")
            print("\n".join(f"{node.getRoleName()}: {node.name}" for node in world.tree()), file=sys.stderr)
        with contextlib.suppress(OSError):
            print(world.output(), file=sys.stderr)
        if world.program is not None and world.program.poll() is not None:
            print(f"the program ended with {world.program.returncode}", file=sys.stderr)
        raise
    finally:
        world.close()
