#!/usr/bin/env python3
"""Mends: what is offered for single mistakes (mends.cases), and that all mends of generated forms
keep their word.

    test_mends.py PROGRAM       PROGRAM is mend_forms
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import cases

PROGRAM = None
FORM = "department-goals"
DEFINITION = cases.ROOT / "templates" / FORM
GENERATE = cases.ROOT / "tests" / "forms" / "generate.py"
SEED, COUNT = "mends", 120


def mends_of(paths):
    """{path: [(kind, (sheet, cell), after, rule)]}; fails where a mend does not keep its word."""
    done = subprocess.run([PROGRAM, DEFINITION, *paths], capture_output=True, text=True, timeout=300,
                          check=False)
    assert done.returncode == 0, done.stderr
    found = {str(path): [] for path in paths}
    for line in done.stdout.splitlines():
        path, kind, sheet, cell, before, after, rule, why = line.split("\t")
        assert why and (before != after or kind == "number"), line
        found[path].append((kind, (sheet, cell), after, rule))
    return found


def expected(case, places):
    lines = []
    for line in case.found:
        what, _, after = line.partition(" = ")
        kind, key = what.split(" ")
        lines.append((kind, places[key], after))
    return sorted(lines)


class Mends(unittest.TestCase):
    def test_cases(self):
        wrong = []
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for number, case in enumerate(cases.read_file(FORM, cases.HERE / "mends.cases")):
                paths, places = cases.make(case, folder, f"{number:03d}", ("fods", "ods", "xlsx"))
                for path, found in mends_of(paths).items():
                    got = sorted(mend[:3] for mend in found)
                    self.assertEqual(bool(case.found), case.fires, case.name())
                    if got != expected(case, places):
                        wrong.append(f"{case.name()} {path[-5:]}: {got}")
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_generated_forms(self):
        """mend_forms itself compares what is found before and after all mends."""
        print(f"seed {SEED}")
        with tempfile.TemporaryDirectory() as name:
            subprocess.run([sys.executable, GENERATE, "--seed", SEED, "--count", str(COUNT),
                            "--out", name], check=True, capture_output=True)
            paths = sorted(path for path in pathlib.Path(name).iterdir()
                           if path.suffix in (".ods", ".xlsx", ".fods"))
            found = [mend for mends in mends_of(paths).values() for mend in mends]
        kinds = {kind: sum(mend[0] == kind for mend in found)
                 for kind in ("computed", "unit", "code", "width", "number")}
        print(f"{len(paths)} forms: {kinds}")
        self.assertGreater(kinds["computed"], 0)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
