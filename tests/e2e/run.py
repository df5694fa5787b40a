# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one scenario: the function that a file beside this one is named for.

Usage: run.py SCENARIO
"""
import importlib
import sys

import harness

harness.run(getattr(importlib.import_module(sys.argv[1]), sys.argv[1]))
