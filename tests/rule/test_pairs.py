#!/usr/bin/env python3
"""Every rule of the shipped forms has cases in which it must find something, at the right cell, and
cases that come close in which it must not (cases.py says how they are written).

    test_pairs.py PROGRAM [--show]    --show prints what was found where a case is not met
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import cases

PROGRAM = None
FORMATS = ("fods", "ods", "xlsx")
BRACE = re.compile("[{}]")
IDEOGRAPH = re.compile("[\u4e00-\u9fff]")


def check(definition, paths, language="zh"):
    """{path: result} in one run."""
    done = subprocess.run([PROGRAM, "--lang", language, "check", "--form", str(definition), "--format",
                           "json", *map(str, paths)], capture_output=True, timeout=300, check=False)
    assert done.returncode in (0, 1) and not done.stderr, done.stderr.decode()[:2000]
    return {line["file"]: line for line in map(json.loads, done.stdout.decode().splitlines())}


def line_of(finding, places):
    keys = {cell: key for key, cell in reversed(places.items())}
    return f'> {finding[0]} {finding[1]} {keys.get(tuple(finding[2:]), finding[2:])}'


class Written:
    """The forms of all cases of one definition, written to a folder."""

    def __init__(self, form, folder, formats=FORMATS):
        self.cases = cases.read_cases(form)
        self.document = cases.definition(form)
        self.groups = {}  # parameters -> [(case, paths, places)]
        for number, case in enumerate(self.cases):
            paths, places = cases.make(case, folder, f"{number:04d}", formats)
            self.groups.setdefault(tuple(sorted(case.parameters.items())), []).append(
                (case, paths, places))

    def definitions(self, folder):
        """(path of the definition with the parameters of the group, the group)"""
        for number, (parameters, group) in enumerate(self.groups.items()):
            path = folder / f"definition{number}.json"
            changed = cases.with_parameters(self.document, dict(parameters))
            path.write_text(json.dumps(changed, ensure_ascii=False, indent=1), encoding="utf-8")
            yield path, group


def judge(case, places, result):
    wanted, got = cases.expected(case, places), cases.found(result)
    if wanted != got:
        return [line_of(f, places) for f in got] or ["> nothing"]
    return [f"nothing says {text}" for text in cases.unsaid(case, result)]


def judge_messages(findings, language):
    """Nothing is left to be filled in, in either language."""
    bad = [f for f in findings if not f["message"].strip() or BRACE.search(f["message"])]
    if language == "zh":
        bad += [f for f in findings if not IDEOGRAPH.search(f["message"])]
    return [f'{language}: {f["rule"]}: {f["message"]}' for f in bad]


class Pairs(unittest.TestCase):
    def check_form(self, form):
        complaints = []
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            written = Written(form, folder)
            for definition, group in written.definitions(folder):
                paths = [path for _, files, _ in group for path in files]
                results = check(definition, paths)
                for case, files, places in group:
                    for path in files:
                        wrong = judge(case, places, results[str(path)])
                        complaints += [f"{case.name()} {path.suffix}"] + wrong if wrong else []
                for language in ("zh", "en"):
                    findings = [f for r in check(definition, paths[::3], language).values()
                                for f in r["findings"] if not BRACE.search(f.get("actual", ""))]
                    complaints += judge_messages(findings, language)
        self.assertEqual(complaints, [], "\n".join(complaints))

    def test_department_goals(self):
        self.check_form("department-goals")

    def test_project_goals(self):
        self.check_form("project-goals")

    def test_every_rule_has_both(self):
        for form in cases.FORMS:
            all_cases = cases.read_cases(form)
            for fires in (True, False):
                have = {case.rule for case in all_cases if case.fires == fires}
                rules = {rule["id"] for rule in cases.definition(form)["rules"]}
                self.assertEqual(rules - have, set(), f"{form}: no case where it fires: {fires}")

    def test_firing_cases_name_their_rule(self):
        for form in cases.FORMS:
            for case in cases.read_cases(form):
                found = {line.split(" ")[1] for line in case.found}
                named = case.rule in found or (case.rule == "slip" and case.hints not in ([], ["nothing"]))
                self.assertEqual(bool(named), case.fires, case.name())


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
