#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test program in a virtual display as an ordinary user: root is not the one whose sandbox counts.
set -euo pipefail
program=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/home" "$scratch/run" "$scratch/data"
cp "$program" "$scratch/program"
cp -r "$TN_DATA_DIR/sdk" "$scratch/data/"
mkdir "$scratch/page"
cp "$TN_PAGE_DIR"/*.so "$scratch/page/"
chmod 755 "$scratch"
chmod 700 "$scratch/run"
become=()
if [ "$(id -u)" = 0 ]; then
    chown -R nobody:nogroup "$scratch"
    become=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
cd "$scratch/home"
env -u XDG_DATA_HOME -u XDG_CACHE_HOME -u XDG_CONFIG_HOME -u TMPDIR HOME="$scratch/home" XDG_RUNTIME_DIR="$scratch/run" \
    TN_DATA_DIR="$scratch/data" TN_PAGE_DIR="$scratch/page" "${become[@]}" \
    xvfb-run -a -s '-screen 0 1280x900x24' dbus-run-session -- "$scratch/program" "$@"
