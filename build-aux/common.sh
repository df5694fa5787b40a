# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What run, test and bench share: the packages of Debian 12, the build, and a world with a display.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/_build

# To configure and compile; the validators are looked for at configuration.
build_packages=(
  appstream desktop-file-utils gcc gettext libadwaita-1-dev libarchive-dev libc6-dev libglib2.0-bin libgnutls28-dev
  libgtk-4-bin libgtk-4-dev libjson-glib-dev libsecret-1-dev libsoup-3.0-dev libsqlite3-dev libwebkitgtk-6.0-dev meson ninja-build pkg-config python3
)
# To start: WebKit's sandbox, a session bus, icons, a font, and a display where there is none.
run_packages=(
  adwaita-icon-theme bubblewrap dbus fonts-cantarell glib-networking librsvg2-common xdg-dbus-proxy xvfb
)
# To test a window from outside: its accessible tree, a pointer, a window manager, pictures, a finger.
test_packages=(
  at-spi2-core curl gir1.2-atspi-2.0 gir1.2-gdkpixbuf-2.0 gir1.2-gtk-4.0 gnome-keyring imagemagick locales mutter nodejs openbox
  pipewire python3-gi python3-pyatspi x11-utils xauth xdotool
)

# To make the fuzzers.
fuzz_packages=(clang libclang-rt-14-dev)

say () {
  printf '%s\n' "$*" >&2
}

die () {
  say "$(basename "$0"): $*"
  exit 1
}

is_installed () {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Installs those of the named packages that are missing; asks a person who is not root first.
need_packages () {
  local missing=() package answer as_root=()
  command -v apt-get >/dev/null || return 0
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing, and there is no sudo to install them: ${missing[*]}"
    as_root=(sudo)
    if [ "${CI:-}" != true ]; then
      [ -t 0 ] || die "these packages are missing: run “sudo apt-get install ${missing[*]}”, or set CI=true"
      read -r -p "Install with sudo: ${missing[*]}? [Y/n] " answer
      [[ $answer =~ ^([Yy]|$) ]] || die "not installed; nothing was changed"
    fi
  fi
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -q >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >&2
}

# need_build DIRECTORY [OPTION…]: configured where it is not yet. What this prints is no part of a command's output.
need_build () {
  local directory=$1
  shift
  [ -f "$directory/build.ninja" ] || meson setup "$directory" "$root" "$@" >&2
}

# The environment of a program that runs from the build directory, as meson knows it.
use_devenv () {
  eval "$(meson devenv -C "$1" --dump)"
}

# What was begun here ends with the script, in whatever way that ends.
started=()
world=
end_world () {
  local pid
  for pid in "${started[@]}"; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  [ -z "$world" ] || rm -rf "$world"
}
trap end_world EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

make_world () {
  [ -n "$world" ] || world=$(mktemp -d "${TMPDIR:-/tmp}/token-nexus.XXXXXX")
}

# wait_for_answer NAME: what the newest of those that were started wrote into that file of the world.
wait_for_answer () {
  for _ in $(seq 100); do
    [ ! -s "$world/$1" ] || return 0
    kill -0 "${started[-1]}" 2>/dev/null || die "the virtual $1 did not start: $(cat "$world/$1.log")"
    sleep 0.1
  done
  die "the virtual $1 did not start within 10 s"
}

# A virtual display on a number that is free, with the font that a GNOME session would name.
start_display () {
  make_world
  Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>"$world/display" 2>"$world/display.log" &
  started+=($!)
  wait_for_answer display
  mkdir -p "$world/xdg/gtk-4.0"
  printf '[Settings]\ngtk-font-name=Cantarell 11\n' >"$world/xdg/gtk-4.0/settings.ini"
  unset WAYLAND_DISPLAY XAUTHORITY
  DISPLAY=:$(cat "$world/display")
  export DISPLAY GDK_BACKEND=x11 XDG_CONFIG_DIRS=$world/xdg:${XDG_CONFIG_DIRS:-/etc/xdg}
}

# A session bus; what it starts on demand says nothing here.
start_bus () {
  make_world
  dbus-daemon --session --nofork --print-address=3 3>"$world/bus" 2>"$world/bus.log" &
  started+=($!)
  wait_for_answer bus
  DBUS_SESSION_BUS_ADDRESS=$(cat "$world/bus")
  export DBUS_SESSION_BUS_ADDRESS
}

# Sockets and locks need a folder that is the person's alone.
need_runtime_dir () {
  [ -z "${XDG_RUNTIME_DIR:-}" ] || [ ! -w "$XDG_RUNTIME_DIR" ] || return 0
  make_world
  mkdir -m 700 "$world/runtime"
  export XDG_RUNTIME_DIR=$world/runtime
}
