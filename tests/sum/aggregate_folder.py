"""A test case with a folder for forms and one for what becomes of them."""
import pathlib
import random
import shutil
import tempfile
import unittest

import returned_forms as forms
import tables

PROGRAM = None
SEED = "aggregate"


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.inputs = self.folder / "forms"
        self.out = self.folder / "out"

    def aggregate(self, *arguments, **options):
        return forms.run(PROGRAM, "--lang", "en", "aggregate", *arguments, **options)

    def one_form(self, name="a.ods", number=0, **changes):
        """A clean form; the same number is the same unit, with other values where `changes` says so."""
        rng = random.Random(f"{SEED}/{number}")
        form, case = forms.make_declaration(rng, "clean", number)
        for member, value in changes.items():
            setattr(form, member, value)
        path = forms.write_form(rng, self.inputs / name, form)
        return forms.Returned(path, form, case)

    def left_out(self):
        return {pathlib.Path(row["file"]).name: row for row in tables.read_jsonl(self.out, "left-out")}

    def states(self):
        return {pathlib.Path(row["file"]).name: row["state"] for row in tables.read_jsonl(self.out, "forms")}
