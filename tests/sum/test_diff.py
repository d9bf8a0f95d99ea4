#!/usr/bin/env python3
"""`tianbao diff`: what a resubmission changed, and what is no change. Usage: test_diff.py TIANBAO
[unittest options]"""
import decimal
import json
import pathlib
import sys
import unittest

import aggregate_folder
import returned_forms as forms
from aggregate_folder import Folder


class Diff(Folder):
    def setUp(self):
        super().setUp()
        self.old = self.one_form("old.ods")

    def diff(self, new, *options, language="en"):
        return forms.run(aggregate_folder.PROGRAM, "--lang", language, "diff", *options, self.old.path, new)

    def differences(self, change, name="new.ods"):
        """Of the same form after change(form); the name's suffix is the format."""
        new = self.one_form(name)
        change(new.form)
        forms.write_form(forms.random.Random(1), new.path, new.form)
        status, output, told = self.diff(new.path, "--json")
        self.assertEqual(told, "")
        found = json.loads(output)
        self.assertEqual(status, 1 if found["differences"] else 0)
        return found

    def test_a_form_is_the_same_in_any_format_and_layout(self):
        for suffix in ("ods", "fods", "xlsx"):
            self.assertEqual(self.differences(lambda form: None, f"same.{suffix}")["differences"], [], suffix)
        self.assertEqual(self.diff(self.old.path), (0, "no differences\n", ""))

    def test_width_and_blanks_are_no_change(self):
        def change(form):
            form.unit = "　" + form.unit.replace("（", "(")[:3] + " " + form.unit[3:]
        self.assertEqual(self.differences(change)["differences"], [])

    def test_a_changed_amount_is_told_with_both_values(self):
        def change(form):
            form.projects[0].budget += decimal.Decimal("0.5")
        before = self.old.form.projects[0].budget
        changed = [d for d in self.differences(change)["differences"] if d["field"] == "projects[1].budget"]
        self.assertEqual(len(changed), 1)
        self.assertEqual(decimal.Decimal(changed[0]["old"]["value"]), before)
        self.assertEqual(decimal.Decimal(changed[0]["new"]["value"]), before + decimal.Decimal("0.5"))
        self.assertEqual(changed[0]["old"]["cell"], changed[0]["new"]["cell"])

    def test_a_row_that_is_gone_is_one_difference(self):
        name = self.old.form.projects[0].name
        count = len(self.old.form.projects)
        self.assertGreater(count, 1)
        found = self.differences(lambda form: form.projects.pop(0))
        of_rows = [d for d in found["differences"] if d["field"].startswith("projects")]
        self.assertEqual([(d["kind"], d["old"]["values"]["name"]) for d in of_rows], [("removed", name)])

    def test_rows_in_another_order_are_no_change(self):
        self.assertEqual([d for d in self.differences(lambda form: form.projects.reverse())["differences"]
                          if d["field"].startswith("projects")], [])

    def test_a_row_of_another_name_is_one_change(self):
        def change(form):
            form.projects[0].name = "另一个名称的项目"
        of_rows = [d for d in self.differences(change)["differences"] if d["field"].startswith("projects")]
        self.assertEqual([(d["kind"], d["new"]["value"]) for d in of_rows], [("changed", "另一个名称的项目")])

    def test_for_people_it_says_place_cells_and_values(self):
        new = self.one_form("new.xlsx", person="赵改")
        for language, last in (("zh", "修改 1 处，新增 0 条，删除 0 条"), ("en", "1 changed, 0 added, 0 removed")):
            status, output, told = self.diff(new.path, language=language)
            self.assertEqual((status, told), (1, ""))
            lines = output.splitlines()
            self.assertEqual(len(lines), 3, output)
            self.assertRegex(lines[1], r"^  ~ .*[A-Z]\d+ → .*[A-Z]\d+[:：].* → 赵改$")
            self.assertIn(self.old.form.person, lines[1])
            self.assertEqual(lines[2], last)


class Trouble(Folder):
    def diff(self, *arguments):
        return forms.run(aggregate_folder.PROGRAM, "--lang", "en", "diff", *arguments)

    def test_what_is_no_form_is_told_with_its_name(self):
        good = self.one_form().path
        bad = self.folder / "bad.ods"
        bad.write_bytes(b"no spreadsheet at all")
        for order in ((good, bad), (bad, good), (good, self.folder / "missing.ods")):
            status, output, told = self.diff(*order)
            self.assertEqual((status, output), (2, ""))
            self.assertEqual(len(told.splitlines()), 1, told)

    def test_forms_of_different_kinds_are_not_compared(self):
        templates = forms.ROOT / "templates"
        status, output, told = self.diff(templates / "department-goals" / "example.fods",
                                         templates / "project-goals" / "example.fods")
        self.assertEqual((status, output), (2, ""))
        self.assertIn("different kinds", told)

    def test_usage(self):
        good = self.one_form().path
        for arguments in ((), (good,), (good, good, good), ("--nothing", good, good), ("--form=", good, good)):
            self.assertEqual(self.diff(*arguments)[0], 64, arguments)
        self.assertEqual(self.diff("--help")[0], 0)


if __name__ == "__main__":
    aggregate_folder.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    print("seed", aggregate_folder.SEED)
    unittest.main()
