#!/usr/bin/env python3
"""Tests the generator itself: the same seed gives the same bytes, every XML part is well formed,
every case comes about, and clean forms add up."""
import decimal
import pathlib
import random
import sys
import tempfile
import unittest
import xml.etree.ElementTree
import zipfile

import declaration
import generate
import injections
import words


def read_folder(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class GeneratorTest(unittest.TestCase):
    def make(self, **arguments):
        options = {"seed": "t", "count": 8, "formats": ["ods", "xlsx", "fods"], "kind": "all"}
        options.update(arguments)
        with tempfile.TemporaryDirectory() as name:
            truth = generate.generate(pathlib.Path(name), **options)
            return truth, read_folder(pathlib.Path(name)), self.parse(pathlib.Path(name))

    def parse(self, folder):
        """Parses every XML part; returns how many there were."""
        count = 0
        for path in folder.glob("*.fods"):
            xml.etree.ElementTree.parse(path)
            count += 1
        for path in [*folder.glob("*.ods"), *folder.glob("*.xlsx")]:
            with zipfile.ZipFile(path) as package:
                for part in package.namelist():
                    if part.endswith((".xml", ".rels")):
                        xml.etree.ElementTree.fromstring(package.read(part))
                        count += 1
        return count

    def test_same_seed_same_bytes(self):
        first, second = self.make(), self.make()
        self.assertEqual(first, second)
        self.assertGreater(first[2], 8 * 10)

    def test_other_seed_other_forms(self):
        self.assertNotEqual(self.make()[0], self.make(seed="u")[0])

    def test_every_case_has_cells(self):
        truth, _, _ = self.make(count=len(injections.INJECTIONS), formats=["xlsx"], kind="errors")
        self.assertEqual({known["case"] for known in truth.values()},
                         {name for name, _ in injections.INJECTIONS})
        for name, known in truth.items():
            self.assertTrue(known.get("any") or known.get("each"), name)

    def test_clean_forms_add_up(self):
        stock = words.read_departments()
        self.assertGreaterEqual(len(stock[0]), 12)
        for number in range(200):
            form = declaration.make_declaration(random.Random(number), *stock, number % 12 + 1)
            money = form.money
            for table, rows in declaration.TABLES.items():
                for column in declaration.COLUMNS:
                    self.assertEqual(sum(money[f"{table}.{row}.{column}"] for row in rows),
                                     money[f"{table}.total.{column}"])
            self.assertEqual(sum(p.budget for p in form.projects), money["expenditure.project.now"])
            self.assertTrue(all(isinstance(amount, decimal.Decimal) for amount in money.values()))


if __name__ == "__main__":
    sys.exit(unittest.main())
