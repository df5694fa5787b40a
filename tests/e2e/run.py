# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one scenario: the function that a file beside this one is named for, in the world that the file asks for.

Usage: run.py SCENARIO
"""
import importlib
import sys

import harness

module = importlib.import_module(sys.argv[1])
harness.run(getattr(module, sys.argv[1]), getattr(module, "WORLD", harness.World))
