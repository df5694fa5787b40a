# SPDX-License-Identifier: GPL-3.0-or-later
"""grid_peers.py with programs that only look like Node.js and npm. Usage: test_grid_peers.py"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
OURS = [{"id": "grid.solve-200-median", "value": 0.01}, {"id": "grid.solve-1000-p95", "value": 0.1},
        {"id": "grid.solve-2000-p95", "value": 0.2}]
TIMES = {"gridstack-200-median": 30, "rgl-1000-p95": 5, "rgl-2000-p95": 40}


class GridPeers(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.root = pathlib.Path(self.scratch.name)
        for name in ("bin", "moves"):
            (self.root / name).mkdir()
        (self.root / "ours.json").write_text(json.dumps(OURS), encoding="utf-8")

    def program(self, name, script):
        path = self.root / "bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def figures(self):
        command = (sys.executable, HERE / "grid_peers.py", self.root / "ours.json", self.root / "moves",
                   self.root / "packages")
        done = subprocess.run(command, env=os.environ | {"PATH": str(self.root / "bin")}, capture_output=True,
                              text=True, check=True)
        return {figure["id"]: figure for figure in json.loads(done.stdout)}

    def assert_not_measured(self, why):
        figures = self.figures()
        self.assertEqual(set(figures), {f"grid.{name}-ratio" for name in TIMES})
        for figure in figures.values():
            self.assertIsNone(figure["value"])
            self.assertIn(why, figure["why"])

    def test_without_node(self):
        self.assert_not_measured("node is not installed")

    def test_without_npm(self):
        self.program("node", "exit 1")
        self.assert_not_measured("npm is not installed")

    def test_without_network(self):
        self.program("node", "exit 1")
        self.program("npm", "echo 'no way out' >&2; exit 1")
        self.assert_not_measured("npm failed: no way out")

    def test_that_breaks(self):
        self.program("npm", "exit 0")
        self.program("node", "echo nonsense")
        self.assert_not_measured("")

    def test_ratios(self):
        self.program("npm", "exit 0")
        self.program("node", f"echo '{json.dumps(TIMES)}'")
        figures = self.figures()
        self.assertEqual(figures["grid.rgl-1000-p95"]["value"], 5)
        for name, value, met in (("gridstack-200-median", 3000, True), ("rgl-1000-p95", 50, False),
                                 ("rgl-2000-p95", 200, True)):
            ratio = figures[f"grid.{name}-ratio"]
            self.assertAlmostEqual(ratio["value"], value)
            self.assertIs(ratio["met"], met)
            self.assertIn(name.split("-")[0].replace("rgl", "react-grid-layout"), ratio["what"])


unittest.main()
