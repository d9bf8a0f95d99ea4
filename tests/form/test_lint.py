#!/usr/bin/env python3
"""What `tianbao forms lint` finds in a definition that compiles."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

TEMPLATES = pathlib.Path(__file__).resolve().parents[2] / "templates"
PROGRAM = None


def rule(form, name):
    return next(rule for rule in form["rules"] if rule["id"] == name)


class Lint(unittest.TestCase):
    def lint(self, change, form="project-goals"):
        document = json.loads((TEMPLATES / form / "form.json").read_text(encoding="utf-8"))
        change(document)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "form.json"
            path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
            done = subprocess.run([PROGRAM, "--lang", "en", "forms", "lint", str(path)],
                                  capture_output=True, timeout=60, check=False)
        return done.returncode, done.stderr.decode()

    def test_the_shipped_forms_are_well(self):
        for path in TEMPLATES.glob("*/form.json"):
            self.assertEqual(self.lint(lambda form: None, path.parent.name), (0, ""))

    def test_two_rules_of_one_name(self):
        status, err = self.lint(lambda form: rule(form, "R9.quality").update(id="R9.cost"))
        self.assertEqual((status, len(err.splitlines())), (1, 1))
        self.assertRegex(err, r"project-goals:\d+: rule R9\.cost: another rule")

    def test_one_name_for_other_fields_is_fine(self):
        self.assertEqual(self.lint(lambda form: rule(form, "R6.present").update(id="R1.present")),
                         (0, ""))

    def test_a_rule_that_reads_nothing(self):
        for formula in ("TRUE", "1 = 2", "weight_total = 100"):
            status, err = self.lint(lambda form: rule(form, "R2.funds").update(
                formula=formula, message={"zh": "x", "en": "x"}) or form["rules"].pop())
            self.assertEqual(status, 1)
            self.assertIn("R2.funds", err)

    def test_a_condition_may_do_all_the_reading(self):
        self.assertEqual(self.lint(lambda form: rule(form, "R1.phone").update(
            formula="FALSE", when="NOT(ISVALID(phone))")), (0, ""))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
