# SPDX-License-Identifier: GPL-3.0-or-later
"""A window of another program with a file to be dragged out of it: drag_files.py FILE"""
import sys

import gi

gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, Gtk  # noqa: E402


def activate(application):
    files = Gdk.FileList.new_from_list([Gio.File.new_for_path(path) for path in sys.argv[1:]])
    source = Gtk.DragSource(content=Gdk.ContentProvider.new_for_value(files), actions=Gdk.DragAction.COPY)
    label = Gtk.Label(label="Drag me", hexpand=True, vexpand=True)
    label.add_controller(source)
    Gtk.ApplicationWindow(application=application, title="Files", default_width=120, default_height=80,
                          child=label).present()


program = Gtk.Application(application_id="org.example.Files")
program.connect("activate", activate)
program.run([])
