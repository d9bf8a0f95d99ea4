#!/usr/bin/env python3
"""The CSV report, read back: it says what the JSON says, and no text of it is a formula."""
import csv
import io
import json
import pathlib
import shutil
import sys
import tempfile
import unicodedata
import unittest

import forms

PROGRAM = None
BOM = b"\xef\xbb\xbf"


def read_csv(output):
    assert output.startswith(BOM)
    text = output[len(BOM):].decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


class Csv(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_it_says_what_the_json_says(self):
        rows = read_csv(forms.report(PROGRAM, "csv", forms.EXAMPLE)[0])
        findings = json.loads(forms.report(PROGRAM, "json", forms.EXAMPLE)[0])["findings"]
        self.assertGreater(len(findings), 10)
        self.assertEqual(len(rows), len(findings))
        for row, finding in zip(rows, findings):
            for heading, member in (("No.", "id"), ("Follows from No.", "cause"), ("Rule", "rule"),
                                    ("Severity", "severity"), ("Sheet", "sheet"), ("Cell", "cell"),
                                    ("Place", "place"), ("Problem", "message"),
                                    ("Found", "actual"), ("Expected", "expected"),
                                    ("Difference", "difference"), ("Probable cause", "hint"),
                                    ("Field", "field"), ("Note on the basis", "basis_note")):
                self.assertEqual(row[heading].removeprefix("'"), str(finding.get(member, "")))
            self.assertEqual(row["Filed by"], "云岭县水利局")

    def test_lines_end_as_excel_wants(self):
        output = forms.report(PROGRAM, "csv", forms.EXAMPLE, language="zh")[0]
        self.assertTrue(output.startswith(BOM + '"文件","报表"'.encode()))
        self.assertTrue(output.endswith(b"\r\n"))
        self.assertEqual(output.count(BOM), 1)

    def test_a_negative_number_stays_a_number(self):
        output = forms.report(PROGRAM, "csv", forms.EXAMPLE)[0].decode()
        self.assertIn(",1127.32,1217.32,-90,", output)

    def test_no_text_is_a_formula(self):
        starters = ("=", "+", "-", "@", "\t", "\r", "\n")
        for number, text in enumerate(["=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", " =1+1", "\u3000@A1",
                                       forms.FORMULA, 'a","=1+1', "-5"]):
            path = forms.write_hostile(self.folder / f"{number}.fods", department=text, sheet=text,
                                       project_type=text)
            rows = read_csv(forms.report(PROGRAM, "csv", path)[0])
            self.assertGreater(len(rows), 10)
            guarded = unicodedata.normalize("NFKC", text).strip().startswith(starters)
            self.assertEqual(rows[0]["Sheet"], "'" * guarded + text)
            for row in rows:
                for heading, cell in row.items():
                    folded = unicodedata.normalize("NFKC", cell).strip(" \u3000\u200b")
                    if heading not in ("Found", "Expected", "Difference") or not is_number(cell):
                        self.assertFalse(folded.startswith(starters), (text, heading, cell))

    def test_a_text_that_needs_quotes_comes_back_whole(self):
        path = forms.write_hostile(self.folder / "quotes.fods", project_type=forms.MARKUP)
        rows = read_csv(forms.report(PROGRAM, "csv", path)[0])
        self.assertTrue(any(forms.MARKUP in row["Problem"] for row in rows))

    def test_a_file_that_is_no_form_is_a_row(self):
        other = self.folder / "none.ods"
        other.write_bytes(b"no workbook")
        output, status = forms.report(PROGRAM, "csv", other, forms.EXAMPLE)
        rows = read_csv(output)
        self.assertEqual(status, 2)
        self.assertEqual((rows[0]["File"], rows[0]["Result"]), (str(other), "unreadable"))
        self.assertIn("workbook", rows[0]["Problem"])
        self.assertEqual(rows[1]["No."], "1")


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
