#!/usr/bin/env python3
"""The form 项目支出绩效目标表, which is data only: its example has no findings, and each known error is
found at its cell, with the rule that is meant and nothing else."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import project_form

TEMPLATES = project_form.ROOT / "templates"
PROGRAM = None


def check(path, *options):
    environment = {**os.environ, "TIANBAO_TEMPLATES": str(TEMPLATES), "XDG_DATA_HOME": "/nowhere"}
    done = subprocess.run([PROGRAM, "--lang", "en", "check", "--format", "json", *options, str(path)],
                          capture_output=True, env=environment, timeout=60, check=False)
    return json.loads(done.stdout)


def with_row(form, at, column, text):
    row = list(form["indicators"][at])
    row[column] = text
    form["indicators"][at] = tuple(row)


def without(form, *words):
    """Takes out the indicators of some kinds; the first one left takes over their weight."""
    kept = [row for row in form["indicators"] if not any(word in row[0] for word in words)]
    weight = 100 - sum(int(row[3]) for row in kept[1:])
    form["indicators"] = [kept[0][:3] + (str(weight),)] + kept[1:]


# what is changed: {rule: cell}, a cell by its key
ERRORS = {
    "no project": (lambda f: f.update(project=""), {"R1.present": "project"}),
    "no agency": (lambda f: f.update(agency=""), {"R1.present": "agency"}),
    "no goal": (lambda f: f.update(goal=""), {"R1.present": "goal"}),
    "a short phone": (lambda f: f.update(phone="1990000123"), {"R1.phone": "phone"}),
    "元 for 万元": (lambda f: f.update(unit="单位：元"), {"R1.unit": "unit"}),
    "total with swapped digits": (lambda f: f.update(total="368.50"), {"R2.funds": "total"}),
    "an amount missing": (lambda f: f.update(other=""),
                          {"R6.present": "other", "R2.funds": "total"}),
    "an amount in words": (lambda f: f.update(other="若干"), {"R6.number": "other"}),
    "a negative amount": (lambda f: f.update(fiscal="-10.00", other="396.50"),
                          {"R6.negative": "fiscal"}),
    "no output": (lambda f: without(f, "数量", "质量", "时效", "成本"), {"R9.output": "goal"}),
    "no benefit": (lambda f: without(f, "效益", "持续"), {"R9.benefit": "goal"}),
    "no satisfaction": (lambda f: without(f, "满意度"), {"R9.satisfaction": "goal"}),
    "no quantity": (lambda f: without(f, "数量"), {"R9.quantity": "goal"}),
    "no quality": (lambda f: without(f, "质量"), {"R9.quality": "goal"}),
    "no timeliness": (lambda f: without(f, "时效"), {"R9.timeliness": "goal"}),
    "no cost": (lambda f: without(f, "成本"), {"R9.cost": "goal"}),
    "a kind of another": (lambda f: f.update(levels={"生态效益指标": "产出指标"}),
                          {"R10.level2": "kind.2.6"}),
    "an unknown kind": (lambda f: with_row(f, 8, 0, "体验指标"),
                        {"R10.level1": "kind.1.8", "R9.satisfaction": "goal"}),
    "no name": (lambda f: with_row(f, 1, 1, ""), {"R11": "name.1"}),
    "a dash for a value": (lambda f: with_row(f, 1, 2, "——"), {"R11": "value.1"}),
    "no weight": (lambda f: with_row(f, 1, 3, ""), {"R11": "weight.1", "R21.sum": "weight.0"}),
    "no unit": (lambda f: with_row(f, 0, 2, "≥24"), {"R12.unit": "value.0"}),
    "no operator": (lambda f: with_row(f, 0, 2, "24公里"), {"R13.operator": "value.0"}),
    "a cost at least": (lambda f: with_row(f, 4, 2, "≥12.5万元/公里"), {"R14.cost": "value.4"}),
    "a rate of 120 %": (lambda f: with_row(f, 6, 2, "≥120%"), {"R16.bounded": "value.6"}),
    "a rate in words": (lambda f: with_row(f, 6, 2, "有效提高"), {"R16.word": "value.6"}),
    "a low satisfaction": (lambda f: with_row(f, 8, 2, "≥80%"), {"R17": "value.8"}),
    "a weight in words": (lambda f: with_row(f, 1, 3, "十分"), {"R21.number": "weight.1"}),
    "a weight of 0": (lambda f: (with_row(f, 0, 3, "0"), with_row(f, 1, 3, "20")),
                      {"R21.zero": "weight.0"}),
    "weights of 105": (lambda f: with_row(f, 0, 3, "15"), {"R21.sum": "weight.0"}),
    "weights of 99.5": (lambda f: with_row(f, 0, 3, "9.5"), {"R21.sum": "weight.0"}),
    "a placeholder": (lambda f: f.update(agency="某某单位"), {"R23.head": "agency"}),
}

# what comes near an error and is none
FINE = {
    "weights with decimals": lambda f: (with_row(f, 0, 3, "10.5"), with_row(f, 1, 3, "9.5")),
    "no other funds": lambda f: f.update(other="0", total="310.00"),
    "a growth above 100 %": lambda f: with_row(f, 5, 2, "≥180%"),
    "85 % satisfied": lambda f: with_row(f, 8, 2, "≥85%"),
    "a title of another year's spelling": lambda f: f.update(title="2026年项目支出绩效目标申报表"),
    "a landline": lambda f: f.update(phone="0871-65550123"),
}


class ProjectGoals(unittest.TestCase):
    def found(self, form, suffix):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / f"form{suffix}"
            places = project_form.write(path, form)
            result = check(path)
        self.assertIn(result["status"], ("pass", "fail"), result)
        self.assertEqual(result["form"]["id"], "project-goals")
        return {(f["rule"], f["cell"]) for f in result["findings"] if f["rule"] != "slip"}, places

    def test_the_example_has_no_findings(self):
        result = check(project_form.EXAMPLE)
        self.assertEqual((result["status"], result["findings"]), ("pass", []))
        self.assertEqual(len(result["values"]["indicators"]), 9)
        self.assertEqual(sum(float(row["weight"]) for row in result["values"]["indicators"]), 100)

    def test_each_error_is_found_at_its_cell(self):
        for suffix in (".ods", ".xlsx"):
            for what, (change, expected) in ERRORS.items():
                with self.subTest(what + suffix):
                    form = project_form.good()
                    change(form)
                    found, places = self.found(form, suffix)
                    self.assertEqual(found, {(rule, places[key]) for rule, key in expected.items()})

    def test_what_comes_near_is_not_found(self):
        for what, change in FINE.items():
            with self.subTest(what):
                form = project_form.good()
                change(form)
                self.assertEqual(self.found(form, ".ods")[0], set())

    def test_every_rule_has_an_error_here(self):
        rules = json.loads((TEMPLATES / "project-goals" / "form.json").read_text(encoding="utf-8"))
        ids = {rule["id"] for rule in rules["rules"]} - {"slip"}
        tested = {rule for _, expected in ERRORS.values() for rule in expected}
        self.assertEqual(ids - tested, set())

    def test_a_swapped_digit_is_named(self):
        form = project_form.good()
        form["total"] = "368.50"
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "form.ods"
            project_form.write(path, form)
            finding = check(path)["findings"][0]
        self.assertEqual(finding["rule"], "R2.funds")
        self.assertIn("386.5", finding["hint"])


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
