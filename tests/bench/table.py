# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads JSON arrays of figures, prints them as one table; with --json FILE writes them there as one array too.

Usage: table.py [--json FILE] INPUT…
"""
import argparse
import json
import sys

COLUMNS = ("what", "value", "goal", "")


def number(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def row(figure):
    unit = figure.get("unit", "")
    goal = figure.get("goal")
    sign = "≤" if figure.get("better", "less") == "less" else "≥"
    if figure["value"] is None:
        return figure["what"], "–", "", "not measured: " + figure.get("why", "no reason given")
    verdict = "" if goal is None else "met" if figure["met"] else "not met"
    return (figure["what"], f"{number(figure['value'])} {unit}".strip(),
            "" if goal is None else f"{sign} {number(goal)} {unit}".strip(), verdict)


def print_table(figures):
    rows = [COLUMNS] + [row(figure) for figure in figures]
    widths = [max(len(line[i]) for line in rows) for i in range(3)]
    for line in rows:
        print(f"{line[0]:<{widths[0]}}  {line[1]:>{widths[1]}}  {line[2]:>{widths[2]}}  {line[3]}".rstrip())


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--json")
    arguments.add_argument("inputs", nargs="+")
    options = arguments.parse_args()
    figures = []
    for path in options.inputs:
        with open(path, encoding="utf-8") as part:
            figures += json.load(part)
    if not figures:
        sys.exit("Nothing was measured")
    print_table(figures)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as whole:
            json.dump(figures, whole, indent=2, ensure_ascii=False)
            whole.write("\n")


main()
