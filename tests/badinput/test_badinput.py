#!/usr/bin/env python3
"""Gives `tianbao check` files that can't be read, between two good ones, in both languages.

For each: the exit status of the contract, one result line that says why, at most one line on
standard error that names the file, the good files checked all the same, nothing written.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "forms"))

import generate  # noqa: E402
import samples  # noqa: E402

DEFINITION = ROOT / "templates" / "department-goals"
UNREADABLE, USAGE = 2, 64
TIMEOUT = 60
CHINESE = re.compile("[\u4e00-\u9fff]")
NAMES = re.compile("截断|部门整体绩效目标申报表|表样")  # stay Chinese in an English sentence


def snapshot(folder):
    return sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns)
                  for path in folder.rglob("*"))


class BadInputTest(unittest.TestCase):
    program = None

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        truth = generate.generate(cls.folder, "bad", 1, ["xlsx", "ods"], "clean", (1, 2))
        (cls.folder / "truth.json").unlink()
        cls.first, cls.last = sorted(truth)
        cls.samples = samples.make_samples((cls.folder / cls.last).read_bytes())
        for name, (data, _, _) in cls.samples.items():
            (cls.folder / name).write_bytes(data)
        (cls.folder / "no-forms").mkdir()
        (cls.folder / "no-forms" / "readme.txt").write_text("x", encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def run_program(self, *arguments):
        """Runs it in the folder of the samples, which must be the same afterwards."""
        before = snapshot(self.folder)
        done = subprocess.run([self.program, *arguments], cwd=self.folder, capture_output=True,
                              timeout=TIMEOUT, check=False, env={**os.environ, "LANG": "C"})
        self.assertEqual(before, snapshot(self.folder), "something was written")
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def check(self, language, *names, form=DEFINITION):
        return self.run_program("check", "--lang", language, "--form", str(form), "--format",
                                "json", *names)

    def assert_language(self, text, language):
        chinese = CHINESE.search(NAMES.sub("", text)) is not None
        self.assertEqual(chinese, language == "zh", f"not in {language}: {text}")

    def assert_one_line(self, text, name):
        self.assertEqual(text.count("\n"), 1, text)
        self.assertIn(name, text)

    def check_between(self, name, language):
        """Checks it between two good files; returns what was said about it."""
        status, out, err = self.check(language, self.first, name, self.last)
        results = {row["file"]: row for row in map(json.loads, out.splitlines())}
        self.assertEqual(status, UNREADABLE, err)
        self.assertEqual(results[self.first]["status"], "pass")
        self.assertEqual(results[self.last]["status"], "pass")
        if err:
            self.assert_one_line(err, name)
        said = results.get(name, {}).get("message", "") or err
        if name in results:
            self.assertIn(results[name]["status"], ("unreadable", "unrecognised"))
            self.assertNotIn("\n", said)
        self.assertTrue(said, "nothing was said about it")
        self.assert_language(said, language)
        return said

    def test_files(self):
        for name, (_, chinese, english) in self.samples.items():
            for language, words in (("zh", chinese), ("en", english)):
                with self.subTest(name=name, language=language):
                    said = self.check_between(name, language)
                    print(f"{name} ({language}): {said.strip()}")
                    self.assertRegex(said, words)

    def test_places(self):
        for name, chinese, english in (("missing.xlsx", "没有|不存在|找不到", "no such|not"),
                                       ("no-forms", "没有|找不到", "no ")):
            for language, words in (("zh", chinese), ("en", english)):
                with self.subTest(name=name, language=language):
                    said = self.check_between(name, language)
                    print(f"{name} ({language}): {said.strip()}")
                    self.assertRegex(said, words)

    def test_text_output(self):
        status, out, err = self.run_program("check", "--lang", "zh", "--form", str(DEFINITION),
                                            self.first, "empty.xlsx", self.last)
        self.assertEqual(status, UNREADABLE)
        for name in (self.first, "empty.xlsx", self.last):
            self.assertIn(name, out + err)

    def broken_definition(self, change):
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        text = (DEFINITION / "form.json").read_text(encoding="utf-8")
        (folder / "form.json").write_text(change(text), encoding="utf-8")
        return folder

    def test_definitions(self):
        changes = {
            "unknown key": lambda text: text.replace('"version"', '"versoin"', 1),
            "broken formula": lambda text: text.replace("income.fiscal + income.other",
                                                        "income.fiscal + + * income.other"),
            "unknown field": lambda text: text.replace("= income.fiscal + income.other",
                                                       "= income.fiscal + income.othre"),
            "not closed": lambda text: text[:text.index('"fields": [')],
            "not JSON": lambda text: "表样",
        }
        for name, change in changes.items():
            for language in ("zh", "en"):
                with self.subTest(name=name, language=language):
                    folder = self.broken_definition(change)
                    status, out, err = self.check(language, self.first, form=folder)
                    print(f"{name} ({language}): {status} {err.strip()}")
                    self.assertIn(status, (UNREADABLE, USAGE))
                    self.assertIn("form.json", err + out)
                    self.assert_language(err + out, language)
                    self.assertRegex(err + out, r"\d+")  # where: line and column


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tianbao", required=True, help="the program")
    arguments, rest = parser.parse_known_args()
    BadInputTest.program = str(pathlib.Path(arguments.tianbao).resolve())
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
