#!/usr/bin/env python3
"""`tianbao new`: the blank form that it writes, and what it refuses.

  test_new.py TIANBAO
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

PROGRAM = sys.argv.pop(1)
FORMS = ("department-goals", "project-goals")
TIMEOUT = 60
# The rules that say that something is missing; no other may speak of a blank form.
MISSING = {"R1.present", "R6.present", "R7.present", "R8.present", "R9.output", "R9.benefit",
           "R9.satisfaction"}


def run(*arguments, language="en", **environment):
    done = subprocess.run([PROGRAM, "--lang", language, *map(str, arguments)], capture_output=True,
                          env={**os.environ, "XDG_DATA_HOME": "/nowhere", **environment},
                          timeout=TIMEOUT, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class New(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.file = self.folder / "表.ods"

    def write(self, form):
        self.assertEqual(run("new", form, "-o", self.file, "--force"), (0, "", ""))

    def test_a_blank_form_is_recognised_and_lacks_everything(self):
        for form in FORMS:
            with self.subTest(form=form):
                self.write(form)
                status, out, _ = run("check", "--format", "json", self.file)
                result = json.loads(out)
                self.assertEqual((status, result["form"]["id"]), (1, form))
                self.assertLessEqual({finding["rule"] for finding in result["findings"]}, MISSING)
                self.assertGreater(len(result["findings"]), 10)

    def test_it_is_a_document_that_says_which_form_it_is(self):
        for form in FORMS:
            with self.subTest(form=form):
                self.write(form)
                with zipfile.ZipFile(self.file) as package:
                    first = package.infolist()[0]
                    self.assertEqual((first.filename, first.compress_type, package.read(first)),
                                     ("mimetype", zipfile.ZIP_STORED,
                                      b"application/vnd.oasis.opendocument.spreadsheet"))
                    self.assertIn(f'meta:name="tianbao.form">{form}<',
                                  package.read("meta.xml").decode())

    def test_an_existing_file_is_kept(self):
        self.file.write_bytes(b"mine")
        for language, word in (("en", "--force"), ("zh", "已经存在")):
            status, out, err = run("new", FORMS[0], "-o", self.file, language=language)
            self.assertEqual((status, out), (2, ""))
            self.assertIn(word, err)
            self.assertIn(str(self.file), err)
        self.assertEqual(self.file.read_bytes(), b"mine")
        self.write(FORMS[0])
        self.assertTrue(zipfile.is_zipfile(self.file))

    def test_only_ods(self):
        for name in ("form.xlsx", "form.ots", "form", ".xls"):
            path = self.folder / name
            status, out, err = run("new", FORMS[0], "-o", path)
            self.assertEqual((status, out), (64, ""))
            self.assertIn(".ods", err)
            self.assertFalse(path.exists())

    def test_wrong_usage(self):
        for arguments in ([], [FORMS[0]], ["-o", self.file], [FORMS[0], "-o"], ["--what"],
                          [*FORMS, "-o", self.file]):
            with self.subTest(arguments=arguments):
                status, out, err = run("new", *arguments)
                self.assertEqual((status, out), (64, ""))
                self.assertIn("--help", err)
        self.assertFalse(self.file.exists())

    def test_help(self):
        for language, word in (("en", "Usage: tianbao new"), ("zh", "用法：tianbao new")):
            status, out, err = run("new", "--help", language=language)
            self.assertEqual((status, err), (0, ""))
            self.assertTrue(out.startswith(word))

    def test_no_such_form(self):
        status, out, err = run("new", "no-such-form", "-o", self.file)
        self.assertEqual((status, out), (2, ""))
        self.assertIn("no-such-form", err)
        self.assertFalse(self.file.exists())

    def test_a_form_of_ones_own(self):
        """The blank form lies beside the definition, which is found as in a check."""
        self.write(FORMS[1])
        blank = self.file.read_bytes()
        definition = pathlib.Path(__file__).parents[2] / "templates" / FORMS[1] / "form.json"
        own = self.folder / "templates" / "mine"
        own.mkdir(parents=True)
        text = definition.read_text(encoding="utf-8")
        (own / "form.json").write_text(text.replace('"id":"project-goals"', '"id":"mine"', 1),
                                       encoding="utf-8")
        for form in ("mine", own):
            status, _, err = run("new", form, "-o", self.folder / "mine.ods",
                                 TIANBAO_TEMPLATES=str(own.parent))
            self.assertEqual(status, 2)
            self.assertIn(str(own / "blank.ods"), err)
        (own / "blank.ods").write_bytes(blank)
        status = run("new", "mine", "-o", self.folder / "mine.ods",
                     TIANBAO_TEMPLATES=str(own.parent))[0]
        self.assertEqual(status, 0)
        self.assertEqual((self.folder / "mine.ods").read_bytes(), blank)

    def test_a_folder_that_is_not_there(self):
        status, out, err = run("new", FORMS[0], "-o", self.folder / "none" / "form.ods")
        self.assertEqual((status, out), (2, ""))
        self.assertIn("none/form.ods", err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
