# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the runtime with real pages on a virtual display; prints a JSON array. Chromium is measured in the same run
where it is installed: the same pages in as many frames, each of a site of its own and so in a process of its own.

Usage: bench_runtime.py BUILD-DIRECTORY
"""
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import time

os.environ["TN_BUILD_ROOT"] = str(pathlib.Path(sys.argv[1]).resolve())
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402

APPS = ("clock", "todo", "calendar", "notes", "calculator", "events")
TILES = 20
IN_VIEW = 8
SETTLE_SECONDS = 10
PATIENCE = 60

# What a page of ours finds there instead of its host; storage is empty.
STUB = """<script>
const none = () => Promise.resolve();
window.nexus = {sdk: 1, register(c) { addEventListener('load', () => c.onMount?.({tileId: 't', sdk: 1, locale: 'en',
  size: {columns: 3, rows: 4, width: 280, height: 320}, config: {}, granted: [], theme: {dark: false}})); },
  emit: none, subscribe: () => () => {}, config: {get: async () => ({})},
  storage: {get: none, set: none, delete: none, keys: async () => []}};
window.nexus.shared = window.nexus.storage;
</script>"""


def app_of(number):
    return APPS[number % len(APPS)]


def pss_kib(pids):
    """Of all of them together, smaps_rollup of proc(5); what is gone by now has none."""
    total = 0
    for pid in pids:
        try:
            text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total


def measure_lives():
    """The smaller program says what it found as one JSON object."""
    done = subprocess.run([harness.BUILD / "tests" / "bench" / "lives"], capture_output=True, text=True, timeout=300,
                          check=False)
    assert done.returncode == 0, f"lives ended with {done.returncode}: {done.stderr.strip()[-200:]}"
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure_canvas(world):
    world.seed(*(app_of(number) for number in range(TILES)))
    world.start()
    world.wait_running(IN_VIEW)
    world.pages(IN_VIEW)
    time.sleep(SETTLE_SECONDS)
    total = pss_kib([world.program.pid, *world.descendants()])
    world.kill()
    return total


class Pages(http.server.BaseHTTPRequestHandler):
    """tile-N.example is the app of that number; any other host is the page that has all of them in frames."""

    served = set()
    types = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

    def do_GET(self):
        host = self.headers.get("Host", "").partition(":")[0]
        if host.startswith("tile-"):
            body, kind = self.page(int(host.removeprefix("tile-").partition(".")[0]))
        else:
            port = self.server.server_address[1]
            frames = "".join(f'<iframe width=280 height=320 src="http://tile-{n}.site-{n}:{port}/index.html"></iframe>'
                             for n in range(TILES))
            body, kind = f"<!doctype html>{frames}".encode(), "text/html"
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body or b"")

    def page(self, number):
        name = self.path.lstrip("/").partition("?")[0] or "index.html"
        path = harness.SOURCE / "data" / "apps" / f"com.tokennexus.{app_of(number)}" / pathlib.PurePath(name).name
        if not path.is_file():
            return None, "text/plain"
        body = path.read_bytes()
        if path.name == "index.html":
            body = body.replace(b"<head>", b"<head>" + STUB.encode(), 1) if b"<head>" in body else STUB.encode() + body
        elif path.name == "app.js":
            self.served.add(number)
        return body, self.types.get(path.suffix, "application/octet-stream")

    def log_message(self, *_):
        pass


def measure_chromium(world, program):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    command = [program, "--no-sandbox", "--no-proxy-server", "--site-per-process", "--no-first-run", "--disable-gpu", "--password-store=basic", "--ozone-platform=x11",
               "--host-resolver-rules=MAP * 127.0.0.1", f"--user-data-dir={world.root / 'chromium'}",
               "--window-size=1200,800", f"http://board:{server.server_address[1]}/"]
    before = set(harness.descendants_of(os.getpid()))
    browser = world._spawn(command)
    try:
        harness.wait_until("all frames in Chromium", lambda: len(Pages.served) == TILES, PATIENCE)
        time.sleep(SETTLE_SECONDS)
        return pss_kib(set(harness.descendants_of(os.getpid())) - before)
    finally:
        browser.kill()
        server.shutdown()


FIGURES = {
    "runtime.suspended-cpu": ("Processor time of a suspended tile over 10 s", "ms", 0, "less"),
    "runtime.return-picture": ("Back in sight: its picture drawn, median of 10", "ms", 300, "less"),
    "runtime.suspended-life": ("Suspended, back in sight: drawn anew, median of 5", "ms", 800, "less"),
    "runtime.discarded-life": ("Discarded, back in sight: drawn anew, median of 5", "ms", 800, "less"),
    "runtime.bomb-ended": ("Memory bomb ended after it crossed its limit, the slowest of 4 kinds", "s", 0.3, "less"),
    "runtime.bomb-overshoot": ("… the most it had by then, against its limit", "x", None, "less"),
    "runtime.canvas-pss": (f"{TILES} tiles, {IN_VIEW} in view: PSS of everything together", "MiB", None, "less"),
    "runtime.canvas-pss-chromium": (f"… against {TILES} isolated frames of the same pages in Chromium", "x", 0.75, "less"),
}


def figure(name, value, why):
    what, unit, goal, better = FIGURES[name]
    met = None if goal is None or value is None else value <= goal
    entry = {"id": name, "what": what, "value": None if value is None else round(value, 3), "unit": unit, "goal": goal,
             "better": better, "met": met}
    return entry | ({"why": why} if value is None else {})


def measure(world, found):
    found.update({f"runtime.{name}": value for name, value in measure_lives().items()})
    canvas = measure_canvas(world)
    found["runtime.canvas-pss"] = canvas / 1024
    chromium = shutil.which("chromium")
    assert chromium is not None, "Chromium is not installed"
    found["runtime.canvas-pss-chromium"] = canvas / measure_chromium(world, chromium)


def main():
    found, why = {}, "the program did not come that far"
    world = harness.World("bench")
    try:
        measure(world, found)
    except (AssertionError, OSError, ValueError, subprocess.SubprocessError) as error:
        why = str(error)
    finally:
        world.close()
    json.dump([figure(name, found.get(name), why) for name in FIGURES], sys.stdout)


harness.become_reaper()
main()
