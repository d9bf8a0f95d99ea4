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

    def assert_told(self, rule_id, text, **changes):
        """The rule, changed so, is told of in one line."""
        status, err = self.lint(lambda form: rule(form, rule_id).update(changes))
        self.assertEqual((status, len(err.splitlines())), (1, 1), err)
        self.assertRegex(err, rf"project-goals:\d+: rule {rule_id}: {text}")

    def test_a_text_that_never_stands_there(self):
        self.assert_told("R13.frequency", "“时效” is no value of “level2”", when='level2 = "时效"')
        self.assert_told("R13.frequency", "“time” is no value of “level2”",
                         formula='OR(KIND(value) <> "frequency"; level2 <> "time")')
        self.assert_told("R9.cost", "“产出” is no value of “indicators.level1”",
                         when='COUNTIF(indicators.level1; "产出") > 0')
        self.assert_told("R13.operator", "“number” is no value of “KIND”",
                         when='KIND(value) = "number"')
        self.assert_told("R13.operator", "“>=” is no value of “OPERATOR”",
                         formula='OPERATOR(value) = ">="')

    def test_a_text_that_may_stand_there(self):
        for formula in ('level2 <> "时效指标"', 'level2 = ""', 'name = "时效"', 'UNIT(value) = "number"',
                        'COUNTIF(indicators.level1; "产出*") > 0', 'COUNTIF(indicators.name; "产出") = 0',
                        'COUNTIF(indicators.level1; "<>") > 0', 'IF(TRUE; level1; "产出") = level1'):
            status, err = self.lint(lambda form: rule(form, "R13.operator").update(
                formula=formula, when='NOT(ISBLANK(name))'))
            self.assertEqual((status, err), (0, ""), formula)

    def test_a_rule_that_never_fires(self):
        self.assert_told("R2.funds", "the formula is always true", formula="total = total")
        self.assert_told("R20", "the formula is always true", formula="ISNUMBER(total)",
                         when="ISNUMBER(total)")

    def test_a_rule_that_fires_on_an_empty_form(self):
        self.assert_told("R2.funds", "it fires on an empty form", formula="total > 0")
        self.assert_told("R21.sum", "it fires on an empty form", when="TRUE")
        self.assert_told("R6.negative", "it fires on an empty form", formula="it > 0")
        self.assert_told("R12.unit", "it fires on an empty form", when="TRUE",
                         formula='UNIT(value) = "%"')

    def test_asking_for_what_is_missing_is_fine(self):
        for formula in ("NOT(ISBLANK(total))", "AND(ISNUMBER(total); total > 0)"):
            self.assertEqual(self.lint(lambda form: rule(form, "R2.funds").update(formula=formula)),
                             (0, ""))

    def test_messages_that_differ(self):
        self.assert_told("R2.funds", "the Chinese and the English message have different",
                         message={"zh": "资金总额为{actual}，应为{expected}。", "en": "It is {actual}."})
        self.assert_told("R12.unit", "the Chinese and the English message have different",
                         message={"zh": "“{actual}”。", "en": "“{actual}” of “{name}”."})

    def test_a_language_that_is_missing(self):
        for message in ({"zh": "资金总额不对。"}, {"zh": "资金总额不对。", "en": ""}):
            status, err = self.lint(lambda form: rule(form, "R2.funds").update(message=message))
            self.assertEqual(status, 1)
            self.assertRegex(err, r"form\.json:\d+:\d+: .*“?en”?")

    def test_a_field_that_is_not_there(self):
        status, err = self.lint(lambda form: rule(form, "R2.funds").update(formula="total = fiskal"))
        self.assertEqual(status, 1)
        self.assertRegex(err, r'form\.json:\d+:\d+: .*did you mean "fiscal"')


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
