# SPDX-License-Identifier: GPL-3.0-or-later
"""A person with a finger instead of a pointer: Mutter without a screen, which takes touches over D-Bus.

Under Xvfb nothing touches. The window is maximized, so that its corner is that of its monitor.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import time

import harness

NEEDED = ("mutter", "pipewire")
SKIPPED = 77  # what Meson takes for a test that did not run
REMOTE = "org.gnome.Mutter.RemoteDesktop"
CAST = "org.gnome.Mutter.ScreenCast"
SLOT = 0
KEYS = {"ctrl": 0xffe3, "shift": 0xffe1, "super": 0xffeb, "Left": 0xff51, "Right": 0xff53, "Escape": 0xff1b, "Return": 0xff0d}


class TouchWorld(harness.World):
    """A world whose display is Mutter's, with one finger; points are those of the monitor that the window is on."""

    monitors = ((1280, 800),)  # from left to right; Mutter says of all that they are of one kind

    def __init__(self, name):
        missing = [program for program in NEEDED if shutil.which(program) is None]
        if missing:
            print(f"{name} was skipped: it needs {' and '.join(missing)}", file=sys.stderr)
            sys.exit(SKIPPED)
        self.monitor = 0  # where the window is
        super().__init__(name, size=self.monitors[0])

    # The ground

    def _start_display(self):
        """Mutter needs the bus first; what that starts must not look at any other display."""
        os.environ.pop("DISPLAY", None)

    def _start_window_manager(self):
        os.environ["GDK_BACKEND"] = "wayland"
        self._spawn(["pipewire"])
        runtime = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
        harness.wait_until("PipeWire's socket", (runtime / "pipewire-0").exists)
        sizes = [word for width, height in self.monitors for word in ("--virtual-monitor", f"{width}x{height}")]
        self._spawn(["mutter", "--headless", "--wayland", "--no-x11", "--wayland-display", "touch-0", *sizes])
        harness.wait_until("Mutter's socket", (runtime / "touch-0").exists)
        os.environ["WAYLAND_DISPLAY"] = "touch-0"
        settings = self.root / "config" / "glib-2.0" / "settings" / "keyfile"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("[com/tokennexus/Canvas]\nmaximized=true\n", encoding="utf-8")
        self._start_remote()

    def _call(self, name, path, interface, method, parameters=None):
        from gi.repository import Gio
        return self.bus.call_sync(name, path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, 10000,
                                  None).unpack()

    def _start_remote(self):
        """Touches are told in the coordinates of a monitor that is recorded."""
        from gi.repository import Gio, GLib
        self.bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        harness.wait_until("Mutter's remote desktop", lambda: self._has_name(REMOTE) and self._has_name(CAST))
        self.session, = self._call(REMOTE, "/org/gnome/Mutter/RemoteDesktop", REMOTE, "CreateSession")
        session_id, = self._call(REMOTE, self.session, "org.freedesktop.DBus.Properties", "Get",
                                 GLib.Variant("(ss)", (REMOTE + ".Session", "SessionId")))
        cast, = self._call(CAST, "/org/gnome/Mutter/ScreenCast", CAST, "CreateSession", GLib.Variant(
            "(a{sv})", ({"remote-desktop-session-id": GLib.Variant("s", session_id)},)))
        self.streams = [self._call(CAST, cast, CAST + ".Session", "RecordMonitor",
                                   GLib.Variant("(sa{sv})", (f"Meta-{number}", {})))[0]
                        for number in range(len(self.monitors))]
        self._call(REMOTE, self.session, REMOTE + ".Session", "Start")
        # Only with the first touch and the first key is there anything for programs to hear of.
        self.click_at(1, 1)
        self.key("Escape")

    def _has_name(self, name):
        from gi.repository import GLib
        return self._call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                          GLib.Variant("(s)", (name,)))[0]

    def _find_window(self):
        if self.program.poll() is not None:
            raise AssertionError(f"the program ended with {self.program.returncode}: {self.output()}")
        return self.see_all("", "frame")

    def _window_origin(self):
        return 0, 0

    def go_right(self, monitors):
        """Moves the window so many monitors to the right, or to the left where that is less than nothing."""
        self.key(*["super+shift+Right" if monitors > 0 else "super+shift+Left"] * abs(monitors))
        self.monitor += monitors

    # The finger

    def _remote(self, method, signature, *values):
        from gi.repository import GLib
        self._call(REMOTE, self.session, REMOTE + ".Session", method, GLib.Variant(signature, values))

    def press(self, x, y):
        self._remote("NotifyTouchDown", "(sudd)", self.streams[self.monitor], SLOT, x, y)

    def glide(self, start, end, steps=20, pause=0.02):
        for step in range(1, steps + 1):
            time.sleep(pause)
            self._remote("NotifyTouchMotion", "(sudd)", self.streams[self.monitor], SLOT,
                         start[0] + (end[0] - start[0]) * step / steps, start[1] + (end[1] - start[1]) * step / steps)

    def release(self):
        self._remote("NotifyTouchUp", "(u)", SLOT)

    def click_at(self, x, y):
        self.press(x, y)
        time.sleep(0.05)
        self.release()

    def key(self, *keys):
        for chord in keys:
            symbols = [KEYS.get(name) or ord(name) for name in chord.split("+")]
            for symbol, down in [*((s, True) for s in symbols), *((s, False) for s in reversed(symbols))]:
                self._remote("NotifyKeyboardKeysym", "(ub)", symbol, down)

    def picture(self, name=None):
        """Nothing takes pictures of Mutter's monitors that is small enough to be asked for."""
