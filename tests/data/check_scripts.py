# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts of build-aux: their syntax, their complaints, the count of tests and the table of figures."""
import json
import pathlib
import subprocess
import sys
import tempfile

import tree

AUX = tree.ROOT / "build-aux"
TABLE = tree.ROOT / "tests" / "bench" / "table.py"


def call(*command):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def log(folder, name, *results):
    path = pathlib.Path(folder) / name
    path.write_text("".join(json.dumps({"name": "a test", "result": result}) + "\n" for result in results))
    return path


def check_syntax(folder):
    for name in ("common.sh", "run", "test", "bench"):
        assert call("bash", "-n", AUX / name) == (0, "", ""), name


def check_complaints(folder):
    code, output, error = call(AUX / "test", "--quick")
    assert (code, output) == (1, "") and "--quick" in error, error
    code, output, error = call(AUX / "bench", "no-such-group")
    assert (code, output) == (1, "") and "no-such-group" in error, error
    code, output, error = call(AUX / "bench", "--json")
    assert (code, output) == (1, "") and "name of a file" in error, error


def check_count(folder):
    count = AUX / "count-tests"
    green = log(folder, "green", "OK", "EXPECTEDFAIL", "OK")
    assert call(count, green)[:2] == (0, "3 passed, 0 failed\n")
    assert call(count, green, log(folder, "skip", "SKIP", "OK"))[:2] == (0, "4 passed, 0 failed, 1 skipped\n")
    for bad in ("FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS"):
        code, output, error = call(count, green, log(folder, bad, "OK", bad))
        assert (code, output) == (1, "4 passed, 1 failed\n") and bad in error, (bad, output)
    assert call(count, green, log(folder, "none"))[:2] == (1, "3 passed, 0 failed\n")
    assert call(count, pathlib.Path(folder) / "absent")[:2] == (1, "0 passed, 0 failed\n")
    assert call(count, log(folder, "skipped", "SKIP"))[0] == 1


def check_table(folder):
    figures = [
        {"id": "a.fast", "what": "a fast thing", "value": 0.412, "unit": "ms", "goal": 0.5, "better": "less",
         "met": True},
        {"id": "a.slow", "what": "a slow thing", "value": 1234.5, "unit": "KiB", "goal": 1000, "better": "less",
         "met": False},
        {"id": "a.none", "what": "nothing", "value": None, "unit": "ms", "goal": 1, "better": "less", "met": None,
         "why": "no peer"},
    ]
    source, target = pathlib.Path(folder) / "figures.json", pathlib.Path(folder) / "whole.json"
    source.write_text(json.dumps(figures))
    code, output, _ = call(sys.executable, TABLE, "--json", target, source, source)
    lines = output.splitlines()
    assert code == 0 and len(lines) == 7, output
    assert "0.412 ms" in lines[1] and "≤ 0.5 ms" in lines[1] and lines[1].endswith("  met"), lines[1]
    assert "1,234 KiB" in lines[2] and lines[2].endswith("not met"), lines[2]
    assert lines[3].endswith("not measured: no peer"), lines[3]
    assert json.loads(target.read_text()) == figures + figures
    source.write_text("[]")
    assert call(sys.executable, TABLE, source)[0] == 1


def main():
    checks = [check_syntax, check_complaints, check_count, check_table]
    with tempfile.TemporaryDirectory() as folder:
        for check in checks:
            check(folder)
    tree.finish([], len(checks))


main()
