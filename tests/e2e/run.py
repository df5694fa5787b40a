# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one scenario: the function that a file beside this one is named for, and what else it says about its World.

Usage: run.py SCENARIO
"""
import importlib
import sys

import harness

scenario = importlib.import_module(sys.argv[1])
harness.run(getattr(scenario, sys.argv[1]), **getattr(scenario, "OPTIONS", {}))
