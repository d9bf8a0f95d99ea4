#!/usr/bin/env python3
"""`tianbao aggregate --expected LIST`: who has sent a form and who has not. Usage:
test_expected.py TIANBAO [unittest options]"""
import pathlib
import sys
import unittest
import zipfile

import aggregate_folder
import tables
from aggregate_folder import Folder


class Expected(Folder):
    def setUp(self):
        super().setUp()
        self.units = [self.one_form(f"{number}.ods", number).form.unit for number in range(3)]
        self.list = self.folder / "units.txt"

    def expect(self, text, encoding="utf-8", *arguments):
        self.list.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return self.aggregate("-o", self.out, "--force", "--expected", self.list, *arguments, self.inputs)

    def overview(self):
        """{unit: (state, listed)}"""
        return {row.get("unit"): (row["state"], row.get("listed")) for row in tables.read_jsonl(self.out, "forms")}

    def test_all_have_sent(self):
        status, _, told = self.expect("\n".join(self.units))
        self.assertEqual(status, 0, told)
        self.assertEqual(self.overview(), {unit: ("pass", "listed") for unit in self.units})
        self.assertIn("3 units are on the list, 0 of which have sent no form; 0 forms", told)

    def test_some_have_not(self):
        status, _, told = self.expect("\n".join([*self.units[:2], "云山市图书馆", "云山市档案馆"]) + "\n")
        self.assertEqual(status, 1, told)
        self.assertEqual(self.overview(), {
            self.units[0]: ("pass", "listed"), self.units[1]: ("pass", "listed"),
            self.units[2]: ("pass", "unlisted"),
            "云山市图书馆": ("missing", "listed"), "云山市档案馆": ("missing", "listed")})
        self.assertEqual(self.left_out(), {})
        self.assertIn("4 units are on the list, 2 of which have sent no form; 1 forms", told)

    def test_totals_do_not_know_of_the_list(self):
        self.aggregate("-o", self.out, self.inputs)
        before = tables.all_bytes(self.out)
        self.assertEqual(set(self.overview().values()), {("pass", None)})
        self.expect("云山市图书馆")
        after = tables.all_bytes(self.out)
        self.assertEqual({name for name in before if before[name] != after[name]}, {"forms.csv", "forms.jsonl"})

    def test_names_are_compared_as_labels_are(self):
        spaced = " " + self.units[0][:2] + "\u3000" + self.units[0][2:]
        for text, encoding in (("\r\n".join([spaced, "", *self.units[1:], ""]), "utf-8-sig"),
                               ("\r\n".join([spaced, *self.units[1:]]), "gb18030")):
            status, _, told = self.expect(text, encoding)
            self.assertEqual(status, 0, told)
            self.assertEqual(set(self.overview().values()), {("pass", "listed")})

    def test_a_unit_twice_on_the_list(self):
        _, _, told = self.expect("云山市图书馆\n云山市 图书馆\n")
        self.assertIn("1 units are on the list, 1 of which", told)
        self.assertEqual([row["unit"] for row in tables.read_jsonl(self.out, "forms") if row["state"] == "missing"],
                         ["云山市图书馆"])

    def test_a_form_set_aside_has_been_sent(self):
        self.one_form("again.xlsx", 0)
        status, _, told = self.expect("\n".join(self.units))
        self.assertEqual(status, 0, told)
        states = [row["state"] for row in tables.read_jsonl(self.out, "forms")]
        self.assertEqual(sorted(states), ["pass", "pass", "pass", "set_aside"])

    def test_a_file_that_is_no_form_is_nobodys(self):
        (self.inputs / "云山市图书馆.ods").write_bytes(b"damaged")
        status, _, told = self.expect("\n".join([*self.units, "云山市图书馆"]))
        self.assertEqual(status, 2, told)
        self.assertEqual(self.overview()["云山市图书馆"], ("missing", "listed"))

    def test_the_workbook_has_them(self):
        self.list.write_text("云山市图书馆\n", encoding="utf-8")
        book = self.folder / "summary.xlsx"
        self.aggregate("-o", book, "--expected", self.list, self.inputs)
        with zipfile.ZipFile(book) as package:
            sheet = package.read("xl/worksheets/sheet1.xml").decode()
        self.assertIn("云山市图书馆", sheet)
        self.assertIn("not sent", sheet)
        self.assertIn("not on the list", sheet)

    def test_lists_that_are_none(self):
        for content, told_of in ((b"", "no unit in it"), (b" \r\n\n", "no unit in it"),
                                 ("云山市图书馆".encode("utf-16"), "no text file")):
            status, _, told = self.expect(content)
            self.assertEqual(status, 3, told)
            self.assertIn(told_of, told)
            self.assertIn(str(self.list), told)
            self.assertFalse(self.out.exists())
        status, _, told = self.aggregate("-o", self.out, "--expected", self.folder / "nowhere", self.inputs)
        self.assertNotEqual(status, 0)
        self.assertIn("nowhere", told)
        self.assertEqual(self.aggregate("-o", self.out, "--expected=", self.inputs)[0], 64)


if __name__ == "__main__":
    aggregate_folder.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    print("seed", aggregate_folder.SEED)
    unittest.main()
