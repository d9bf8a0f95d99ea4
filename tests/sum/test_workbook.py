#!/usr/bin/env python3
"""`tianbao aggregate -o NAME.xlsx`: the same tables as in the folder, totals that are formulas over them,
links to the forms, and a workbook that is there as a whole or not at all.
Usage: test_workbook.py TIANBAO [unittest options]"""
import collections
import decimal
import json
import pathlib
import re
import resource
import sys
import unittest
import zipfile

import aggregate_folder
import returned_forms as forms
import tables
from aggregate_folder import SEED, Folder

SHEETS = {"Overview": "forms", "Totals": "totals", "Findings": "findings", "Left out": "left-out"}
SUM = re.compile(r"SUMIFS\((.*)\)$")
COLUMN = re.compile(r"'((?:[^']|'')*)'!\$([A-Z]+):\$\2$")
LINK = re.compile(r'HYPERLINK\("(.*)","(.*)"\)$')


class Workbook:
    """The cells of a workbook as the program itself reads them."""

    def __init__(self, path):
        status, out, told = forms.run(aggregate_folder.PROGRAM, "cells", path)
        assert status == 0, told
        self.cells = collections.defaultdict(dict)
        for line in out.splitlines():
            cell = json.loads(line)
            column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell["cell"]).groups()
            self.cells[cell["sheet"]].setdefault(int(row), {})[column] = cell

    def rows(self, sheet):
        """Dictionaries by heading."""
        rows = dict(self.cells[sheet])
        heads = {column: cell["value"] for column, cell in rows.pop(1).items()}
        return [{heads[column]: cell for column, cell in row.items()} for _, row in sorted(rows.items())]

    def evaluate(self, formula):
        """SUMIFS over whole columns, with conditions that are numbers or texts."""
        arguments = re.findall(r"'(?:[^']|'')*'![^,]*|\"[^\"]*\"|[^,]+", SUM.match(formula).group(1))
        sheet, summed = COLUMN.match(arguments[0]).groups()
        conditions = [(COLUMN.match(column).group(2), criterion.strip('"'))
                      for column, criterion in zip(arguments[1::2], arguments[2::2])]
        return sum((decimal.Decimal(row[summed]["value"]) for row in self.cells[sheet].values()
                    if summed in row and row[summed]["type"] == "number"
                    and all(row.get(column, {}).get("value", "=") == wanted for column, wanted in conditions)),
                   decimal.Decimal(0))


class Written(Folder):
    def setUp(self):
        super().setUp()
        forms.make_folder(self.inputs, SEED, 12)
        (self.inputs / "注：记录 #1.txt").write_text("x", encoding="utf-8")
        self.path = self.folder / "summary.xlsx"
        self.assertEqual(self.aggregate("-o", self.out, self.inputs)[0], 1)
        self.assertEqual(self.aggregate("-o", self.path, self.inputs)[0], 1)
        self.book = Workbook(self.path)

    def test_rows_are_those_of_the_folder(self):
        for sheet, table in SHEETS.items():
            with self.subTest(table):
                rows, wanted = self.book.rows(sheet), tables.read_csv(self.out, table)
                self.assertTrue(wanted)
                self.assertEqual(len(rows), len(wanted))
                for row, other in zip(rows, wanted):
                    for heading, text in other.items():
                        cell = row.get(heading, {"value": "", "type": "text"})
                        if cell["type"] == "number":
                            self.assertAlmostEqual(decimal.Decimal(cell["value"]), decimal.Decimal(text), 6)
                        elif cell["type"] == "text":
                            self.assertEqual(cell["value"], text)
        sizes = sorted(len(rows) - 1 for rows in self.book.cells.values())
        for path in self.out.glob("*.csv"):
            self.assertIn(len(tables.read_csv(self.out, path.stem)), sizes, path.stem)

    def test_totals_are_formulas_that_come_to_what_they_show(self):
        count = 0
        for row in self.book.rows("Totals"):
            for cell in row.values():
                if "formula" in cell:
                    count += 1
                    self.assertEqual(self.book.evaluate(cell["formula"]), decimal.Decimal(cell["value"]))
        self.assertEqual(count, 2 * len(self.book.rows("Totals")))
        self.assertGreater(count, 40)

    def test_cells_lead_to_the_forms(self):
        findings = self.book.rows("Findings")
        for row in findings:
            url, shown = LINK.match(row["Cell"]["formula"]).groups()
            path, place = url.split("#")
            self.assertEqual(path, "file://" + row["File"]["value"])
            self.assertEqual(place, f"'{row['Sheet']['value']}'!{row['Cell']['value']}")
            self.assertEqual(shown, row["Cell"]["value"])
        for row in self.book.rows("Left out"):
            url, _ = LINK.match(row["File"]["formula"].replace('"&"', "")).groups()
            self.assertTrue(url.endswith("注：记录%20%231.txt"), url)

    def test_findings_are_counted_by_rule(self):
        rules = collections.Counter(row["Rule"]["value"] for row in self.book.rows("Findings"))
        shown = {row["Rule"]["value"]: int(row["Number"]["value"]) for row in self.book.rows("Charts")}
        self.assertEqual(shown, rules)
        with zipfile.ZipFile(self.path) as package:
            self.assertIn("xl/charts/chart1.xml", package.namelist())

    def test_sheets_are_ready_to_be_read_and_printed(self):
        with zipfile.ZipFile(self.path) as package:
            sheet = package.read("xl/worksheets/sheet1.xml").decode()
            book = package.read("xl/workbook.xml").decode()
        for sign in ('state="frozen"', "<autoFilter", 'orientation="landscape"', "<conditionalFormatting"):
            self.assertIn(sign, sheet)
        self.assertIn("_xlnm.Print_Titles", book)


class Names(Folder):
    def test_what_is_there_is_not_replaced_unless_it_may_be(self):
        self.one_form()
        path = self.folder / "a.xlsx"
        path.write_bytes(b"mine")
        status, _, told = self.aggregate("-o", path, self.inputs)
        self.assertEqual((status, path.read_bytes()), (3, b"mine"))
        self.assertIn("--force", told)
        self.assertEqual(self.aggregate("-o", path, "--force", self.inputs)[0], 0)
        self.assertTrue(zipfile.is_zipfile(path))
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["a.xlsx", "forms"])

    def test_other_workbooks_are_refused(self):
        self.one_form()
        for out, *options in (["a.ods"], ["a.xls"], ["a.xlsx", "--format", "csv"], ["a", "--format", "xlsx"]):
            self.assertEqual(self.aggregate("-o", self.folder / out, *options, self.inputs)[0], 64)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["forms"])

    def test_members_of_archives_are_not_linked_to(self):
        form = self.one_form()
        with zipfile.ZipFile(self.inputs / "mail.zip", "w") as package:
            package.write(form.path, "a.ods")
        form.path.unlink()
        path = self.folder / "a.xlsx"
        self.assertEqual(self.aggregate("-o", path, self.inputs)[0], 0)
        book = Workbook(path)
        self.assertNotIn("formula", book.rows("Overview")[0]["File"])
        self.assertTrue(book.rows("Overview")[0]["File"]["value"].endswith("mail.zip/a.ods"))

    def test_nothing_is_left_where_there_is_no_room(self):
        """Neither when the rows find no room nor when the package does not."""
        forms.make_folder(self.inputs, SEED, 6)
        path = self.folder / "a.xlsx"
        self.aggregate("-o", path, self.inputs)
        whole = path.stat().st_size
        path.unlink()
        for size in (20000, whole - 1000):
            def limit(size=size):
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            status, _, told = self.aggregate("-o", path, self.inputs, preexec_fn=limit, restore_signals=False)
            self.assertEqual(status, 3, told)
            self.assertEqual([p.name for p in self.folder.iterdir()], ["forms"])

    def test_a_text_too_long_for_a_cell_ends_with_an_ellipsis(self):
        self.one_form(duties=["职" * 40000])
        path = self.folder / "a.xlsx"
        self.aggregate("-o", path, self.inputs)
        texts = [cell["value"] for rows in Workbook(path).cells.values() for row in rows.values()
                 for cell in row.values() if "职职职" in cell["value"]]
        self.assertEqual([(len(text), text[-1]) for text in texts], [(32767, "…")])


if __name__ == "__main__":
    aggregate_folder.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
