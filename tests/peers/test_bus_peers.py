# SPDX-License-Identifier: GPL-3.0-or-later
"""bus_peers.py with programs that only look like Node.js and npm. Usage: test_bus_peers.py"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
OURS = [{"id": "bus.queued", "value": 5000}, {"id": "bus.deliveries", "value": 800}]


class BusPeers(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.root = pathlib.Path(self.scratch.name)
        (self.root / "bin").mkdir()
        (self.root / "ours.json").write_text(json.dumps(OURS), encoding="utf-8")

    def program(self, name, script):
        path = self.root / "bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def figures(self):
        command = (sys.executable, HERE / "bus_peers.py", self.root / "ours.json", self.root, self.root / "packages")
        done = subprocess.run(command, env=os.environ | {"PATH": str(self.root / "bin")}, capture_output=True,
                              text=True, check=True)
        return {figure["id"]: figure for figure in json.loads(done.stdout)}

    def test_without_npm(self):
        self.program("node", "exit 1")
        figures = self.figures()
        self.assertEqual(set(figures), {"bus.queued-ratio", "bus.deliveries-ratio"})
        for figure in figures.values():
            self.assertIsNone(figure["value"])
            self.assertIn("npm is not installed", figure["why"])

    def test_ratios(self):
        self.program("npm", "exit 0")
        self.program("node", "echo '{\"eventemitter2-deliveries\": 1000}'")
        figures = self.figures()
        self.assertEqual(figures["bus.eventemitter2"]["value"], 1000)
        self.assertAlmostEqual(figures["bus.queued-ratio"]["value"], 5)
        self.assertIs(figures["bus.queued-ratio"]["met"], False)
        self.assertAlmostEqual(figures["bus.deliveries-ratio"]["value"], 0.8)
        self.assertIsNone(figures["bus.deliveries-ratio"]["met"])


unittest.main()
