#!/usr/bin/env python3
"""What the sheet 校验说明 does to a check: explained, stale, refused, handwritten and orphaned rows,
in .ods and .xlsx alike. The codes are made here, as the header says, and not by the program.

    test_explanations.py TIANBAO
"""
import copy
import decimal
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest

import explanations as book
import declaration
import injections
import layout
import words
import writers

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = None
FORMATS = ("ods", "xlsx")
NUMBER = decimal.Decimal


def definition(folder):
    """Sums, with a warning that must not be explained and an error that may be."""
    form = json.loads((ROOT / "tests/check/sums/form.json").read_text(encoding="utf-8"))
    large = next(rule for rule in form["rules"] if rule["id"] == "large")
    for id_, field, changes in (("strict", "b", {"explainable": False}),
                                ("lenient", "c", {"severity": "error", "explainable": True})):
        form["rules"].append({**copy.deepcopy(large), "id": id_, "at": field,
                              "formula": f"{field} <= 100000", **changes})
    folder.mkdir()
    (folder / "form.json").write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    return folder


def sums(a, b, c, total=None, name="表"):
    total = a + b + c if total is None else total
    return book.grid(name, [["合计表"], ["甲", a], ["乙", b], ["丙", c], ["总计", total],
                            ["账面数", total]])


def code_of_a(a):
    return book.code(book.identity("large"), book.reads(("N", str(a))))


def row(rule="large", cell="表!B2", value="300,000.00", reason="上级核定", code=None, who="李明",
        when="2025-11-20"):
    return [rule, cell, value, reason, who, when, code]


class Checked:
    """Runs the program on sheets."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.form = definition(cls.folder / "definition")

    def run_check(self, path, style, form=None, language="zh"):
        done = subprocess.run(
            [PROGRAM, "--lang", language, "check", "--form", form or self.form, "--format", style,
             path], capture_output=True, text=True, timeout=60, check=False,
            env={**os.environ, "XDG_DATA_HOME": "/nowhere"})
        self.assertEqual(done.stderr, "")
        return done.stdout, done.returncode

    def check(self, sheets, form=None, places=None):
        """The result of the sheets as each kind of file, which must be the same."""
        results = []
        for format_ in FORMATS:
            path = self.folder / f"form.{format_}"
            writers.WRITERS[format_](path, sheets, places or {})
            out, status = self.run_check(path, "json", form)
            results.append((json.loads(out), status))
            results[-1][0].pop("file")
        self.assertEqual(results[0], results[1])
        result, status = results[0]
        self.assertEqual(status, 1 if result["counts"]["error"] else 0)
        return result


class Explanations(Checked, unittest.TestCase):
    def check_one(self, *rows, a=NUMBER(300000), **options):
        """The finding of rule `large`, and the notices about explanations."""
        result = self.check([sums(a, NUMBER(2), NUMBER(3)), book.sheet(rows, **options)])
        large = [f for f in result["findings"] if f["rule"] == "large"]
        notices = [f for f in result["findings"] if f["rule"] == "explanation"]
        self.assertEqual(result["counts"]["notice"], len(notices))
        self.assertEqual(len(large), 1)
        self.assertEqual(result["counts"]["warning"], 0 if large[0]["explained"] else 1)
        self.assertEqual(result["counts"]["explained"], 1 if large[0]["explained"] else 0)
        return large[0], notices

    def test_explained(self):
        finding, notices = self.check_one(row(code=code_of_a(300000)))
        self.assertEqual((finding["explained"], notices), (True, []))
        self.assertEqual(finding["explanation"], {
            "state": "current", "reason": "上级核定", "value": "300,000.00", "by": "李明",
            "date": "2025-11-20"})

    def test_english_headings_in_another_order_below_a_title(self):
        sheet = book.sheet([row(code=code_of_a(300000))], "en", first_row=2)
        moved = {(r, 6 - c): cell for (r, c), cell in sheet.cells.items()}
        sheet.cells = {(0, 0): layout.Cell("About this form", "text"), **moved}
        result = self.check([sums(NUMBER(300000), NUMBER(2), NUMBER(3)), sheet])
        self.assertEqual(result["counts"]["explained"], 1)

    def test_the_cell_of_a_coded_row_does_not_matter(self):
        finding, _ = self.check_one(row(cell="别处!Z99", value="1", code=code_of_a(300000)))
        self.assertTrue(finding["explained"])

    def test_a_changed_value_opens_it_again(self):
        finding, notices = self.check_one(row(code=code_of_a(300000)), a=NUMBER(300001))
        self.assertEqual((finding["explained"], notices), (False, []))
        self.assertEqual(finding["explanation"]["state"], "stale")
        self.assertEqual(finding["explanation"]["value"], "300,000.00")

    def test_of_two_explanations_the_one_that_holds_counts(self):
        for codes in ((300000, 5), (5, 300000)):
            finding, notices = self.check_one(*(row(code=code_of_a(n)) for n in codes))
            self.assertEqual((finding["explained"], notices), (True, []))

    def test_written_by_hand(self):
        """It counts only for the value that it gives, in the cell that it names."""
        for value in ("300,000.00", "300000", "３００,０００.00", NUMBER(300000)):
            self.assertTrue(self.check_one(row(value=value))[0]["explained"], value)
        for value in ("300,000.01", "", "三十万"):
            finding, notices = self.check_one(row(value=value))
            self.assertEqual(finding["explanation"]["state"], "stale", value)
            self.assertEqual(notices, [])
        for cell in ("B2", "$B$2", "'表'!B2", "$表!$B$2"):
            self.assertTrue(self.check_one(row(cell=cell))[0]["explained"], cell)
        finding, notices = self.check_one(row(cell="表!B3"))
        self.assertNotIn("explanation", finding)
        self.assertEqual(len(notices), 1)

    def test_a_damaged_code_is_none(self):
        for code in ("1-12", "2" + code_of_a(300000)[1:], code_of_a(300000).upper()):
            self.assertTrue(self.check_one(row(code=code))[0]["explained"], code)
            self.assertFalse(self.check_one(row(code=code, value="7"))[0]["explained"], code)

    def test_without_a_reason_it_explains_nothing(self):
        finding, notices = self.check_one(row(reason=None, code=code_of_a(300000)))
        self.assertNotIn("explanation", finding)
        self.assertEqual([f["cell"] for f in notices], ["D2"])
        self.assertIn("没有写理由", notices[0]["message"])

    def test_an_orphan_is_told_and_not_lost(self):
        result = self.check([sums(NUMBER(1), NUMBER(2), NUMBER(3)),
                             book.sheet([row(code=code_of_a(300000)), [], row(rule="gone")])])
        self.assertEqual([(f["rule"], f["severity"], f["sheet"], f["cell"])
                          for f in result["findings"]],
                         [("explanation", "notice", "校验说明", "D2"),
                          ("explanation", "notice", "校验说明", "D4")])
        self.assertIn("上级核定", result["findings"][0]["message"])

    def test_an_error_is_not_explained_away(self):
        """Neither by its code nor by hand; a warning may be closed to explanations, an error open."""
        big = NUMBER(200000)
        for with_code in (True, False):
            rows = [row(rule, cell, "200,000.00", code=book.code(
                book.identity(rule), book.reads(("N", "200000"))) if with_code else None)
                for rule, cell in (("large", "表!B2"), ("strict", "表!B3"), ("lenient", "表!B4"))]
            rows.append(row("sum", "表!B5", "600,001.00"))
            result = self.check([sums(big, big, big, big * 3 + 1), book.sheet(rows)])
            states = {f["rule"]: f["explanation"]["state"] for f in result["findings"]
                      if "explanation" in f}
            self.assertEqual(states, {"large": "current", "strict": "refused",
                                      "lenient": "current", "sum": "refused"})
            self.assertEqual(result["counts"], {"error": 1, "warning": 1, "notice": 0,
                                                "explained": 2})

    def test_what_followed_from_an_explained_finding_is_open(self):
        """The sum fails for b (an error), and b's warning follows from it; then not the other way."""
        sheets = [sums(NUMBER(2), NUMBER(3), NUMBER(999999), NUMBER(10)),
                  book.sheet([row("lenient", "表!B4", code=book.code(
                      book.identity("lenient"), book.reads(("N", "999999"))))])]
        found = {f["rule"]: f for f in self.check(sheets)["findings"]}
        self.assertTrue(found["lenient"]["explained"])
        self.assertNotIn("cause", found["sum"])

    def test_the_sheet_is_no_part_of_the_form(self):
        """Labels in reasons are not found; a sheet without the headings is part of the form."""
        labels = [row(reason=text) for text in ("合计表", "甲", "总计")]
        numbers = [["甲", "总计", None, NUMBER(7), NUMBER(8), None, None]]
        result = self.check([sums(NUMBER(1), NUMBER(2), NUMBER(3)), book.sheet(labels + numbers)])
        self.assertEqual({f["rule"] for f in result["findings"]}, {"explanation"})
        self.assertEqual(self.check([sums(NUMBER(1), NUMBER(2), NUMBER(3), name="校验说明")])["status"],
                         "pass")

    def test_the_sheet_may_come_first(self):
        result = self.check([book.sheet([row(code=code_of_a(300000))]),
                             sums(NUMBER(300000), NUMBER(2), NUMBER(3))])
        self.assertEqual(result["counts"]["explained"], 1)
        self.assertEqual(result["findings"][0]["sheet"], "表")

    def test_text_csv_and_html_tell_it(self):
        path = self.folder / "told.ods"
        sheets = [sums(NUMBER(300000), NUMBER(200000), NUMBER(3)), book.sheet([
            row(code=code_of_a(300000)), row("strict", "表!B3", "200000", reason="已核实", who=None),
            row(rule="gone")])]
        writers.write_ods(path, sheets, {})
        text, status = self.run_check(path, "text")
        self.assertEqual(status, 0)
        self.assertIn("警告 1、提示 1、已说明 1\n", text)
        self.assertIn("已说明：上级核定（李明，2025-11-20）\n", text)
        self.assertIn("不能用说明代替改正：已核实（2025-11-20）\n", text)
        self.assertIn("提示 1；已说明 1。", text.splitlines()[-1])
        self.assertIn('"已说明","上级核定","李明","2025-11-20"', self.run_check(path, "csv")[0])
        page = self.run_check(path, "html")[0]
        self.assertIn("已说明：上级核定", page)
        self.assertIn(">校验说明<", re.sub(r"\s+", "", page))
        writers.write_ods(path, [sums(NUMBER(7), NUMBER(2), NUMBER(3))], {})
        self.assertNotIn("说明", self.run_check(path, "text")[0])


class MovedRows(Checked, unittest.TestCase):
    """A finding is found again by the names of its goal and indicator, not by its place."""

    rule = "R13.operator"

    @staticmethod
    def make(seed, layout_name):
        rng = random.Random(seed)
        form = declaration.make_declaration(rng, *words.read_departments(), 3)
        while not injections.no_operator(rng, form):
            form = declaration.make_declaration(rng, *words.read_departments(), 3)
        return layout.lay_out(rng, layout.LAYOUTS[layout_name], form)

    def warnings(self, result):
        return [f for f in result["findings"] if f["rule"] == self.rule]

    def explain(self, result, finding):
        """A row for the finding, its code from the values of the result."""
        path = re.fullmatch(r"(\w+)\[(\d+)\]\.indicators\[(\d+)\]\.value", finding["field"])
        scope, goal, indicator = path[1], int(path[2]) - 1, int(path[3]) - 1
        goals = result["values"][scope]
        rows = goals[goal]["indicators"]
        names = [r["name"] for r in rows]
        who = book.identity(self.rule, (scope, goals[goal]["text"], 0),
                            ("indicators", names[indicator],
                             names[:indicator].count(names[indicator])))
        read = book.reads(("T", rows[indicator]["value"]))
        return [self.rule, "旧表!A1", "", "按任务书填写", "李明", "2025-11-20", book.code(who, read)]

    def test_rows_moved(self):
        form = ROOT / "templates" / "department-goals"
        for seed in range(3):
            print(f"seed {seed}")
            sheets, places = self.make(seed, "one")
            result = self.check(sheets, form, places)
            found = self.warnings(result)
            self.assertTrue(found)
            rows = [self.explain(result, f) for f in found]
            for layout_name in ("one", "pages", "inserted", "parts"):
                sheets, places = self.make(seed, layout_name)
                moved = self.check(sheets + [book.sheet(rows)], form, places)
                self.assertTrue(all(f["explained"] for f in self.warnings(moved)), layout_name)
                self.assertEqual(moved["counts"]["explained"], len(found))
                self.assertEqual(moved["counts"]["notice"], result["counts"]["notice"])


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
