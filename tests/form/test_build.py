#!/usr/bin/env python3
"""`tianbao forms build`: a definition written as a spreadsheet becomes form.json, and every mistake
in it is told at its cell."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import definition_sheets as sheets

TEMPLATES = pathlib.Path(__file__).resolve().parents[2] / "templates"
SOURCE = TEMPLATES / "project-goals" / "form.fods"
PROGRAM = None


def forms(*arguments, language="en"):
    done = subprocess.run([PROGRAM, "--lang", language, "forms", *map(str, arguments)],
                          capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


# what is changed in the sheets, and the messages, each with its cell
MISTAKES = {
    "a sheet of another name": (lambda s: s.update({"草稿": {(0, 0): "x"}}), ["草稿!A1: .*字段/fields"]),
    "a sheet without headings": (lambda s: s.update({"规则": {(0, 0): "x"}}), ["规则!A1: .*公式/formula"]),
    "a heading nobody knows": (lambda s: s["字段"].update({(0, 3): "洋名"}),
                               ["字段!D1: .*洋名.*名称/name"]),
    "a heading twice": (lambda s: s["字段"].update({(0, 3): "名称"}), ["字段!D1: .*twice"]),
    "a note without a heading": (lambda s: s["字段"].update({(3, 30): "问一下"}),
                                 ["字段!AE4: .*remark"]),
    "no id": (lambda s: s["字段"].pop((2, 1)), ["字段!B3: .*标识.* filled in"]),
    "no English name": (lambda s: s["字段"].pop((2, 3)), ["字段!D3: .*英文名称.* filled in"]),
    "a bad id": (lambda s: s["字段"].update({(2, 1): "主管"}), ["字段!B3: .*主管.*letter"]),
    "an id twice": (lambda s: s["字段"].update({(2, 1): "project"}), ["字段!B3: .*project"]),
    "an unknown type": (lambda s: s["字段"].update({(2, 4): "文字"}), ["字段!E3: .*文字.*文本/text"]),
    "an unknown list": (lambda s: s["字段"].update({(11, 8): "kinds"}), ["字段!I12: .*kinds"]),
    "neither yes nor no": (lambda s: s["字段"].update({(2, 5): "必须"}), ["字段!F3: .*必须.*是/true"]),
    "a field of no block": (lambda s: s["字段"].update({(12, 0): "indicator"}),
                            ["字段!A13: .*indicator"]),
    "a column that a field lacks": (lambda s: s["字段"].update({(2, 10): "是"}), ["字段!K3: .*空白同上"]),
    "a label too open": (lambda s: s["字段"].update({(2, 6): "主管部门{"}), ["字段!G3: .*主管部门"]),
    "a kind of block nobody knows": (lambda s: s["块表"].update({(1, 0): "网格"}),
                                     ["块表!A2: .*网格.*矩阵/matrix"]),
    "a code below none": (lambda s: s["代码"].update({(2, 4): "产出"}), ["代码!E3: .*产出"]),
    "an alias of two codes": (lambda s: s["代码"].update({(3, 5): "数量"}), ["代码!A2: .*"]),
    "a parameter of no rule": (lambda s: s["参数"].update({(11, 4): "slips"}), ["参数!E12: .*slips"]),
    "a year in words": (lambda s: s["说明"].update({(1, 5): "去年"}), ["说明!F2: .*去年"]),
    "a filer that is no field": (lambda s: s["说明"].update({(1, 7): "bureau"}), ["说明!H2: .*bureau"]),
    "mistakes in several rules": (
        lambda s: s["规则"].update({
            (2, 6): "ISVALID(fone)",         # a name nobody knows
            (4, 6): "total = fiscal +",      # half a formula
            (6, 1): "严重",                   # an unknown severity
            (8, 6): "==1+",                  # typed with =
            (9, 2): "goals",                 # a scope nobody knows
            (11, 9): "缺少{nothing}。"}),     # a placeholder nobody knows
        ["规则!G3: .*fone", "规则!G5: ", "规则!B7: .*严重.*错误/error", "规则!G9: .*apostrophe",
         "规则!C10: .*goals", "规则!A12: .*nothing"]),
}


class Build(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.out = self.folder / "form.json"

    def tearDown(self):
        shutil.rmtree(self.folder)

    def build(self, content, **options):
        path = self.folder / "definition.fods"
        sheets.write(path, content)
        return forms("build", path, "-o", self.out, **options)

    def test_the_shipped_form_is_what_its_spreadsheet_makes(self):
        self.assertEqual(forms("build", SOURCE, "-o", self.out), (0, "", ""))
        shipped = (TEMPLATES / "project-goals" / "form.json").read_text(encoding="utf-8")
        self.assertEqual(self.out.read_text(encoding="utf-8"), shipped,
                         "run tianbao forms build templates/project-goals/form.fods -o "
                         "templates/project-goals/form.json")
        self.assertEqual(forms("build", SOURCE)[1], shipped)

    def test_what_is_built_is_right(self):
        self.assertEqual(forms("build", SOURCE, "-o", self.out)[0], 0)
        self.assertEqual(forms("lint", self.out)[0], 0)

    def test_every_definition_can_be_a_spreadsheet(self):
        for path in sorted(TEMPLATES.glob("*/form.json")):
            with self.subTest(path.parent.name):
                form = json.loads(path.read_text(encoding="utf-8"))
                form.pop("$schema", None)
                self.assertEqual(self.build(sheets.of_json(form)), (0, "", ""))
                self.assertEqual(json.loads(self.out.read_text(encoding="utf-8")), form)

    def test_every_mistake_is_told_at_its_cell(self):
        for what, (change, messages) in MISTAKES.items():
            with self.subTest(what):
                content = sheets.read(PROGRAM, SOURCE)
                change(content)
                status, out, err = self.build(content)
                lines = [line for line in err.splitlines() if line.startswith("tianbao: ")]
                self.assertEqual((status, out), (1, ""))
                self.assertEqual(len(lines), len(messages), err)
                for line, message in zip(lines, messages):
                    self.assertRegex(line, r"definition\.fods: " + message)
                self.assertFalse(self.out.exists())

    def test_a_formula_is_shown_with_a_caret(self):
        content = sheets.read(PROGRAM, SOURCE)
        content["规则"][2, 6] = "ISVALID(fone)"
        lines = self.build(content)[2].splitlines()
        self.assertEqual(lines[1].index("fone"), lines[2].index("^"))

    def test_notes_and_titles_do_not_matter(self):
        content = sheets.read(PROGRAM, SOURCE)
        fields = {(row + 2, column): text for (row, column), text in content["字段"].items()}
        fields.update({(0, 0): "本表由财政局绩效科维护", (2, 20): "备注", (5, 20): "问过预算科"})
        content["字段"] = fields
        content["空白"] = {}
        self.assertEqual(self.build(content), (0, "", ""))
        shipped = (TEMPLATES / "project-goals" / "form.json").read_text(encoding="utf-8")
        self.assertEqual(self.out.read_text(encoding="utf-8"), shipped)

    def test_numbers_may_be_numbers(self):
        content = sheets.read(PROGRAM, SOURCE)
        content["说明"].update({(1, 1): 2024, (1, 5): 2020})
        content["参数"][2, 1] = 99.5
        self.assertEqual(self.build(content), (0, "", ""))
        form = json.loads(self.out.read_text(encoding="utf-8"))
        self.assertEqual((form["version"], form["parameters"][1]["value"]), ("2024", "99.5"))

    def test_messages_in_chinese(self):
        content = sheets.read(PROGRAM, SOURCE)
        content["字段"][2, 4] = "文字"
        self.assertIn("不认识“文字”", self.build(content, language="zh")[2])

    def test_what_cannot_be_read(self):
        for name, content in (("missing.ods", None), ("text.ods", "x"), ("empty.fods", {})):
            path = self.folder / name
            if isinstance(content, str):
                path.write_text(content, encoding="utf-8")
            elif content is not None:
                sheets.write(path, content)
            status, out, err = forms("build", path)
            self.assertEqual((status, out), (1 if content == {} else 2, ""), name)
            self.assertEqual(len(err.splitlines()), 1, err)

    def test_what_cannot_be_written(self):
        status, _, err = forms("build", SOURCE, "-o", self.folder / "nowhere" / "form.json")
        self.assertEqual((status, len(err.splitlines())), (2, 1))

    def test_wrong_usage(self):
        for arguments in ((), ("a", "b"), ("-o",), ("--unknown", "a")):
            self.assertEqual(forms("build", *arguments)[0], 64, arguments)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
