#!/usr/bin/env python3
"""`tianbao forms draft`: what it makes of a blank form is a definition without mistakes, and finds on
the filled form what the shipped definition finds."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import definition_sheets as sheets
import project_form

TEMPLATES = project_form.ROOT / "templates"
SHARED = project_form.ROOT.parent / "shared" / "forms"
PROGRAM = None
# The cells of the shipped example that are filled in have these styles; labels have others.
FILLED = re.compile(r'(<table:table-cell table:style-name="(?:text|center|amount|percent|code)"'
                    r'(?: table:number-\w+-spanned="\d+")*)(?:[^>]*[^/])?>.*?</table:table-cell>', re.S)


def run(*arguments, language="en"):
    environment = {**os.environ, "XDG_DATA_HOME": "/nowhere"}
    done = subprocess.run([PROGRAM, "--lang", language, *map(str, arguments)], capture_output=True,
                          env=environment, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def blank_project(path):
    form = project_form.good()
    for key in ("project", "department", "agency", "person", "phone", "total", "fiscal", "other",
                "goal"):
        form[key] = ""
    form["year"] = "（　　年度）"
    form["indicators"] = [(kind, "", "", "") for kind, *_ in form["indicators"]]
    project_form.write(path, form)


def blank_department(path):
    text = (TEMPLATES / "department-goals" / "example.fods").read_text(encoding="utf-8")
    path.write_text(FILLED.sub(r"\1/>", text), encoding="utf-8")


class Draft(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.blank, self.out = self.folder / "blank.fods", self.folder / "form.json"

    def tearDown(self):
        shutil.rmtree(self.folder)

    def draft(self, path):
        status, out, notes = run("forms", "draft", path, "-o", self.out)
        self.assertEqual((status, out), (0, ""), notes)
        self.assertEqual(run("forms", "lint", self.out)[::2], (0, ""))
        return json.loads(self.out.read_text(encoding="utf-8")), notes

    def test_a_blank_form_is_found_as_by_its_definition(self):
        blank_project(self.blank)
        self.draft(self.blank)
        values = [json.loads(run("check", "--format", "json", "--form", form,
                                 project_form.EXAMPLE)[1])["values"]
                  for form in (self.out, TEMPLATES / "project-goals")]
        self.assertEqual(values[0], values[1])

    def test_every_guess_is_told_with_its_cell(self):
        blank_project(self.blank)
        notes = self.draft(self.blank)[1]
        for cell, text in (("A1", "title"), ("A3", "field project"), ("A6", "left out"),
                           ("A10", "table indicators")):
            self.assertRegex(notes, rf"绩效目标表!{cell}: .*{text}")

    def test_a_matrix_and_blocks(self):
        blank_department(self.blank)
        form = self.draft(self.blank)[0]
        self.assertEqual(form["title"]["zh"], "部门整体绩效目标申报表")
        [matrix] = form["matrices"]
        self.assertEqual(matrix["headings"], ["部门总体资金情况"])
        self.assertEqual([row["labels"] for row in matrix["rows"]],
                         [["财政拨款"], ["其他资金"], ["合计"], ["基本支出"], ["项目支出"], ["合计"]])
        self.assertEqual([row["under"] for row in matrix["rows"]],
                         [["收入构成"]] * 3 + [["支出构成"]] * 3)
        self.assertEqual({block["titles"][0] for block in form["blocks"]},
                         {"长期目标{number}：{text}", "年度目标{number}：{text}"})
        self.assertEqual([block["tables"][0]["headings"] for block in form["blocks"]],
                         [["长期绩效指标"], ["年度绩效指标"]])
        self.assertEqual([column["under"] for column in form["blocks"][1]["tables"][0]["columns"]
                          if "under" in column], [["近两年指标值"]] * 2)

    def test_a_spreadsheet_to_go_on_with(self):
        blank_project(self.blank)
        form = self.draft(self.blank)[0]
        for language, sheet in (("zh", "字段"), ("en", "fields")):
            definition, built = self.folder / f"{language}.fods", self.folder / f"{language}.json"
            self.assertEqual(run("forms", "draft", self.blank, "-o", definition, language=language)[0],
                             0)
            self.assertIn(sheet, sheets.read(PROGRAM, definition))
            self.assertEqual(run("forms", "build", definition, "-o", built), (0, "", ""))
            self.assertEqual(json.loads(built.read_text(encoding="utf-8")), form)

    def test_any_form_gives_a_definition_without_mistakes(self):
        forms = sorted(TEMPLATES.glob("*/*.fods")) + sorted(SHARED.glob("*.ods"))[:12]
        for path in forms:
            with self.subTest(path.name):
                self.draft(path)

    def test_odd_texts(self):
        sheets.write(self.blank, {"x": {(0, 0): "{}表", (1, 0): "{", (1, 2): "}：", (2, 0): "：",
                                        (3, 0): "a{b}", (3, 1): "c{", (3, 2): "}d", (3, 3): "e",
                                        (4, 0): "目标1：{x}", (5, 0): "<&\"", (5, 2): "甲" * 100}})
        self.draft(self.blank)

    def test_nothing_to_draft_from(self):
        sheets.write(self.blank, {"x": {}})
        status, out, err = run("forms", "draft", self.blank)
        self.assertEqual((status, out, len(err.splitlines())), (2, "", 1))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
