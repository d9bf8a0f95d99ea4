#!/usr/bin/env python3
"""The Calc functions in a real, headless office: every example and every row of their reference
(src/calc/FUNCTIONS.md), in files of both kinds, their descriptions, and the state of a document.

  test_functions.py SOURCE_ROOT OXT
"""
import contextlib
import json
import pathlib
import re
import shutil
import sys
import tempfile
import time
import unittest
import zipfile

if shutil.which("soffice") is None:
    sys.exit(77)
SOURCE, OXT = sys.argv[1:3]
del sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(SOURCE, "extension")))

import uno  # makes the next line possible
from com.sun.star.lang import DisposedException, IllegalArgumentException
from office import Office, install, properties

REFERENCE = pathlib.Path(SOURCE, "src/calc/FUNCTIONS.md").read_text(encoding="utf-8")
EXAMPLE = pathlib.Path(SOURCE, "templates/department-goals/example.fods")
ERRORS = {502: "Err:502", 504: "Err:504", 511: "Err:511", 519: "#VALUE!", 532: "#DIV/0!",
          32767: "#N/A"}
FILTERS = {".ods": "calc8", ".xlsx": "Calc MS Excel 2007 XML"}
RESULTS_COLUMN = 25  # where examples are put, beside the cells that they read
BENCHMARK_ROWS = 100000


def examples(kind):
    """The blocks of one kind: [({cell: content}, [(formula, value)])]."""
    for block in re.findall(rf"^```{kind}\n(.*?)^```", REFERENCE, re.MULTILINE | re.DOTALL):
        cells = dict(re.findall(r"^([A-Z]\d) = (.*)$", block, re.MULTILINE))
        yield cells, re.findall(r"^(TB_.*) → (.*)$", block, re.MULTILINE)


def table_rows():
    """[(formula with x1 and x2, (blank, text, error, date))] of the table of cells."""
    rows = re.findall(r"^\| `(TB_[^`]*)` \| (.*) \|$", REFERENCE, re.MULTILINE)
    return [(formula, values.split(" | ")) for formula, values in rows]


def value_of(cell):
    """As the reference writes it."""
    if cell.getError():
        return ERRORS.get(cell.getError(), f"Err:{cell.getError()}")
    if cell.FormulaResultType2 == 2:  # com.sun.star.sheet.FormulaResult.STRING
        return f'"{cell.String}"'
    return f"{cell.Value:.15g}"


def enter(sheet, place, content):
    sheet.getCellRangeByName(place).FormulaLocal = content


class InOffice:
    """An office in one language."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        environment = {"LANG": cls.language, "LC_ALL": cls.language}
        with Office(cls.folder / "profile", environment=environment) as office:
            install(office, OXT)
        cls.office = cls.enterClassContext(
            Office(cls.folder / "profile", environment=environment))

    def open(self, path="private:factory/scalc"):
        document = self.office.open(path, Hidden=True)
        self.addCleanup(document.close, True)
        return document

    def new_sheet(self):
        return self.open().Sheets[0]

    def check_formulas(self, cells, formulas):
        sheet = self.new_sheet()
        for place, content in cells.items():
            enter(sheet, place, content)
        for row, (formula, expected) in enumerate(formulas):
            cell = sheet.getCellByPosition(RESULTS_COLUMN, row)
            cell.Formula = f"={formula}"
            with self.subTest(formula=formula):
                self.assertEqual(value_of(cell), expected)

    def describe(self, name):
        descriptions = self.office.service("com.sun.star.sheet.FunctionDescriptions")
        return {entry.Name: entry.Value for entry in descriptions.getByName(name)}


class English(InOffice, unittest.TestCase):
    language = "en_US.UTF-8"

    def test_examples(self):
        blocks = list(examples("calc"))
        self.assertGreater(len(blocks), 8)
        for cells, formulas in blocks:
            self.check_formulas(cells, formulas)

    def test_cells(self):
        """The table of what a blank cell, a text, an error and a date do."""
        sheet = self.new_sheet()
        for column, content in zip("ABCD", ("", "甲", "=1/0", "2024-05-01")):
            enter(sheet, f"{column}1", content)
            enter(sheet, f"{column}2", "1")
        for row, (formula, values) in enumerate(table_rows()):
            for place, (column, expected) in enumerate(zip("ABCD", values)):
                cell = sheet.getCellByPosition(RESULTS_COLUMN + place, row)
                cell.Formula = "=" + re.sub(r"\bx([12])\b", rf"{column}\1", formula)
                with self.subTest(formula=cell.Formula):
                    self.assertEqual(value_of(cell), expected)

    def save(self, document, suffix):
        path = self.folder / f"saved{suffix}"
        document.storeToURL(path.as_uri(), properties(FilterName=FILTERS[suffix]))
        return path

    def fill(self, document):
        """Every example of the reference in one document, a sheet each. Returns their values."""
        values = {}
        for number, (cells, formulas) in enumerate(examples("calc")):
            document.Sheets.insertNewByName(f"s{number}", number)
            sheet = document.Sheets[number]
            for place, content in cells.items():
                enter(sheet, place, content)
            for row, (formula, expected) in enumerate(formulas):
                sheet.getCellByPosition(RESULTS_COLUMN, row).Formula = f"={formula}"
                values[number, row] = expected
        return values

    def test_saved_and_opened_again(self):
        document = self.open()
        values = self.fill(document)
        for suffix in FILTERS:
            again = self.open(self.save(document, suffix))
            again.calculateAll()
            for (number, row), expected in values.items():
                cell = again.Sheets[number].getCellByPosition(RESULTS_COLUMN, row)
                with self.subTest(suffix=suffix, formula=cell.Formula):
                    self.assertEqual(value_of(cell), expected)
            first = again.Sheets[0]
            enter(first, "A1", "0")
            self.assertEqual(value_of(first.getCellByPosition(RESULTS_COLUMN, 0)), "0")

    def test_called_by_a_script(self):
        """Without a document, which the last two need."""
        access = self.office.service("com.sun.star.sheet.FunctionAccess")
        self.assertEqual(access.callFunction("TB_RMB", (1.5,)), "壹元伍角整")
        self.assertEqual(access.callFunction("TB_DIFFERENCE", (1.0, 0.1, 0.2)), 0.7)
        for name, argument in (("TB_OPEN", "all"), ("TB_CHECK", "R2")):
            with self.assertRaises(IllegalArgumentException):
                access.callFunction(name, (argument,))

    def test_help_is_compiled(self):
        """The office took the help page, with every function in its index, in both languages."""
        names = {f"TB_{name.upper()}" for name in re.findall(r"^TB_(\w+)\(", REFERENCE, re.MULTILINE)}
        for language, word in (("en", "Example"), ("zh-CN", "示例")):
            index, = (self.folder / "profile").rglob(f"{language}/help.key_")
            with self.subTest(language=language):
                self.assertEqual(set(re.findall(r"TB_\w+", index.read_text())), names)
                with zipfile.ZipFile(index.with_name("help.jar")) as pages:
                    page = pages.read("org.tianbao.calc/functions.xhp").decode("utf-8")
                self.assertEqual(page.count(f">{word}<"), len(names))

    def test_descriptions(self):
        sheet = self.new_sheet()
        sheet.getCellByPosition(0, 0).Formula = "=TB_BALANCED(1;0;1)"
        described = self.describe("TB_BALANCED")
        self.assertIn("Whether the total equals", described["Description"])
        self.assertEqual([argument.Name for argument in described["Arguments"]],
                         ["total", "tolerance", "parts"])

    def test_hundred_thousand_rows(self):
        """One call each; the times are printed."""
        sheet = self.new_sheet()
        rows = tuple((f"部门{row % 100}", row / 100) for row in range(BENCHMARK_ROWS))
        sheet.getCellRangeByPosition(0, 0, 1, BENCHMARK_ROWS - 1).setDataArray(rows)
        ranges = f"A1:A{BENCHMARK_ROWS}", f"B1:B{BENCHMARK_ROWS}"
        cases = {f'TB_SUMBY({ranges[0]};"部门7";{ranges[1]})': "499570",
                 f'SUMIF({ranges[0]};"部门7";{ranges[1]})': "499570",
                 f'TB_COUNTBY({ranges[0]};"部门7")': "1000",
                 f"TB_DISTINCT({ranges[0]})": "100",
                 f"TB_COMPLETE({ranges[0]})": "1",
                 f"TB_DIFFERENCE(0;{ranges[1]})": "-49999500",
                 f"TB_SLIP(49999500;{ranges[1]})": '""',
                 f"LEN(TB_SLIP(49999501;{ranges[1]}))>0": "1"}
        for row, (formula, expected) in enumerate(cases.items()):
            cell = sheet.getCellByPosition(3, row)
            start = time.monotonic()
            cell.Formula = f"={formula}"
            value = value_of(cell)
            print(f"{time.monotonic() - start:.3f} s  {formula}")
            self.assertEqual(value, expected)


class Chinese(InOffice, unittest.TestCase):
    language = "zh_CN.UTF-8"

    def test_examples(self):
        for cells, formulas in examples("calc zh"):
            self.check_formulas(cells, formulas)

    def test_descriptions(self):
        sheet = self.new_sheet()
        sheet.getCellByPosition(0, 0).Formula = '=TB_SCORE(1;"≥1";10)'
        described = self.describe("TB_SCORE")
        self.assertIn("按完成值与指标值计算得分", described["Description"])
        self.assertEqual([argument.Name for argument in described["Arguments"]],
                         ["完成值", "指标值", "分值", "计分方法"])
        self.assertEqual([argument.IsOptional for argument in described["Arguments"]],
                         [False, False, False, True])


class LastCheck(InOffice, unittest.TestCase):
    """TB_CHECK and TB_OPEN."""

    language = "en_US.UTF-8"
    questions = ('TB_OPEN("error")', 'TB_OPEN("warning")', 'TB_OPEN("all")', 'TB_CHECK("R1")',
                 'TB_CHECK("phone")', 'TB_CHECK("联系电话")', 'TB_CHECK("nothing")')
    nothing_known = ["#N/A"] * 7

    def open_form(self):
        document = self.open(EXAMPLE)
        document.Sheets.insertNewByName("state", document.Sheets.Count)
        sheet = document.Sheets.getByName("state")
        for row, formula in enumerate(self.questions):
            sheet.getCellByPosition(0, row).Formula = f"={formula}"
        document.setModified(False)
        return document

    def state(self, document):
        sheet = document.Sheets.getByName("state")
        return [value_of(sheet.getCellByPosition(0, row)) for row in range(len(self.questions))]

    def check(self, document):
        """Checks it; what the cells must say then."""
        found = json.loads(self.office.check(document))
        counts = found["counts"]
        at_phone = str(sum(finding["field"] == "phone" for finding in found["findings"]))
        by_rule = str(sum(finding["rule"].startswith("R1.") for finding in found["findings"]))
        return [str(counts["error"]), str(counts["warning"]), str(sum(counts.values())), by_rule,
                at_phone, at_phone, "Err:502"]

    def find_phone(self, document):
        sheet = document.Sheets[0]
        search = sheet.createSearchDescriptor()
        search.SearchString = "联系电话"
        label = sheet.findFirst(search).CellAddress
        cells = (sheet.getCellByPosition(column, label.Row) for column in range(label.Column + 1, 20))
        return next(cell for cell in cells if cell.String)

    def test_fed_by_checks_alone(self):
        document = self.open_form()
        self.assertEqual(self.state(document), self.nothing_known)
        first = self.check(document)
        self.assertEqual(self.state(document), first)
        self.assertFalse(document.isModified())
        self.find_phone(document).String = "0371-60000000"
        document.calculateAll()
        self.assertEqual(self.state(document), first)
        mended = self.check(document)
        self.assertEqual(self.state(document), mended)
        self.assertEqual((first[4], mended[4]), ("1", "0"))

    def test_a_check_is_never_a_change(self):
        document = self.open_form()
        undo = document.getUndoManager()
        steps = undo.getAllUndoActionTitles()
        self.check(document)
        document.calculateAll()
        self.assertFalse(document.isModified())
        self.assertEqual(undo.getAllUndoActionTitles(), steps)

    def test_checked_before_it_is_asked(self):
        document = self.open(EXAMPLE)
        expected = self.check(document)
        document.Sheets.insertNewByName("state", document.Sheets.Count)
        for row, formula in enumerate(self.questions):
            document.Sheets.getByName("state").getCellByPosition(0, row).Formula = f"={formula}"
        self.assertEqual(self.state(document), expected)

    def test_two_documents(self):
        first, second = self.open_form(), self.open_form()
        expected = self.check(first)
        self.assertEqual(self.state(first), expected)
        self.assertEqual(self.state(second), self.nothing_known)

    def test_opened_again(self):
        """The state is the document's of now, and not the file's; an .xlsx file shows its saved
        values until it is checked."""
        document = self.open_form()
        saved = self.check(document)
        self.find_phone(document).String = "0371-60000000"
        for suffix, expected in ((".ods", self.nothing_known), (".xlsx", saved[:6] + ["#N/A"])):
            path = self.folder / f"state{suffix}"
            document.storeToURL(path.as_uri(), properties(FilterName=FILTERS[suffix]))
            again = self.open(path)
            with self.subTest(suffix=suffix):
                self.assertEqual(self.state(again), expected)
                current = self.check(again)
                self.assertNotEqual(current, saved)
                self.assertEqual(self.state(again), current)
                self.assertFalse(again.isModified())

    def test_no_form_any_more(self):
        document = self.open_form()
        self.check(document)
        document.Sheets.insertNewByName("empty", 0)
        for name in document.Sheets.ElementNames:
            if name not in ("empty", "state"):
                document.Sheets.removeByName(name)
        self.assertEqual(json.loads(self.office.check(document))["status"], "unrecognised")
        self.assertEqual(self.state(document), self.nothing_known)

    def test_office_ends_while_cells_ask(self):
        profile = self.folder / "ending"
        with Office(profile) as office:
            install(office, OXT)
        with Office(profile) as office:
            path = shutil.copy(EXAMPLE, self.folder / "ending.fods")
            document = office.open(path, Hidden=True)
            document.Sheets[0].getCellByPosition(40, 0).Formula = '=TB_OPEN("all")'
            office.check(document)
            document.setModified(False)
            with contextlib.suppress(DisposedException):  # the connection goes with the office
                office.desktop.terminate()
            self.assertEqual(office.wait(), 0)

    def test_closed_and_opened_often(self):
        """Documents come and go; what is known of one is not known of the next."""
        for _ in range(5):
            document = self.office.open(EXAMPLE, Hidden=True)
            cell = document.Sheets[0].getCellByPosition(40, 0)
            cell.Formula = '=TB_OPEN("all")'
            self.assertEqual(value_of(cell), "#N/A")
            self.office.check(document)
            self.assertNotEqual(value_of(cell), "#N/A")
            document.close(True)


unittest.main(verbosity=2)
