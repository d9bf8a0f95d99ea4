#!/usr/bin/env python3
"""What `tianbao check` does with its options, with folders, with definitions that are wrong, and
which exit status it gives. Each test is a method; the forms are made by tests/forms/generate.py."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "forms"))
import generate  # noqa: E402

TEMPLATES = ROOT / "templates"
DEFINITION = TEMPLATES / "department-goals" / "form.json"
PROGRAM = None
TIMEOUT = 60


def check(*arguments, **options):
    # A name of our own for every folder, so that nobody's installed definitions take part.
    environment = {**os.environ, "TIANBAO_TEMPLATES": str(TEMPLATES), "XDG_DATA_HOME": "/nowhere",
                   **options.pop("environment", {})}
    done = subprocess.run([PROGRAM, "--lang", "en", "check", *map(str, arguments)],
                          capture_output=True, env=environment, timeout=TIMEOUT, check=False,
                          **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class CheckCommand(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.forms = cls.folder / "forms"
        cls.forms.mkdir()
        cls.truth = generate.generate(cls.forms, "command", 12, ["ods"], "all", (1, 3))
        cls.clean = [cls.forms / n for n, t in cls.truth.items() if t["case"] == "clean"]
        cls.wrong = [cls.forms / n for n, t in cls.truth.items() if t.get("severity") == "error"]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def scratch(self, name):
        path = self.folder / name
        path.mkdir()
        return path

    def broken_definition(self, name, old, new):
        text = DEFINITION.read_text(encoding="utf-8")
        self.assertIn(old, text)
        folder = self.scratch(name)
        (folder / "form.json").write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    def test_a_clean_form_passes(self):
        status, out, err = check(self.clean[0])
        self.assertEqual((status, err), (0, ""))
        self.assertIn("passed", out.splitlines()[0])
        self.assertTrue(out.splitlines()[-1].startswith("Files 1: passed 1,"))

    def test_an_error_gives_status_1(self):
        self.assertEqual(check(self.wrong[0])[0], 1)

    def test_the_largest_status_wins(self):
        status, out, err = check("--format", "json", self.wrong[0], "/nowhere.ods", self.clean[0])
        self.assertEqual(status, 2)
        self.assertEqual([json.loads(line)["status"] for line in out.splitlines()],
                         ["fail", "unreadable", "pass"])
        self.assertEqual(len(err.splitlines()), 1)
        self.assertIn("/nowhere.ods", err)

    def test_a_folder_is_gone_through_in_order(self):
        deep = self.scratch("deep")
        (deep / "b" / "a").mkdir(parents=True)
        for name in ("z.ods", "b/y.ods", "b/a/x.ods", "b/.hidden.ods", "b/~$lock.ods", "c.txt"):
            shutil.copy(self.clean[0], deep / name)
        _, out, _ = check("--format", "json", deep)
        self.assertEqual([json.loads(line)["file"] for line in out.splitlines()],
                         [f"{deep}/b/a/x.ods", f"{deep}/b/y.ods", f"{deep}/z.ods"])

    def test_an_empty_folder_gives_status_2(self):
        status, _, err = check(self.scratch("empty"))
        self.assertEqual(status, 2)
        self.assertIn("no forms", err)

    def test_threads_do_not_change_the_output(self):
        alone = check("--format", "json", self.forms)
        self.assertEqual(check("--format", "json", "--jobs", "7", self.forms), alone)
        self.assertEqual(len(alone[1].splitlines()), len(self.truth))

    def test_names_come_on_standard_input(self):
        names = b"\0".join(os.fsencode(path) for path in self.clean[:2]) + b"\0"
        status, out, _ = check("-0", "--format", "json", input=names)
        self.assertEqual(status, 0)
        self.assertEqual([json.loads(line)["file"] for line in out.splitlines()],
                         [str(path) for path in self.clean[:2]])

    def test_a_form_is_chosen_by_id_or_place(self):
        for form in ("department-goals", DEFINITION.parent, DEFINITION, TEMPLATES):
            self.assertEqual(check("--form", form, self.clean[0])[0], 0, form)

    def test_an_unknown_form_names_the_known_ones(self):
        status, _, err = check("--form", "goals", self.clean[0])
        self.assertEqual(status, 64)
        self.assertIn("department-goals", err)

    def test_wrong_usage_gives_status_64(self):
        for arguments in (("--format", "xml", "a"), ("--jobs", "0", "a"), ("--jobs", "2x", "a"),
                          ("--unknown", "a"), (), ("--form",)):
            self.assertEqual(check(*arguments)[0], 64, arguments)

    def test_a_formula_that_does_not_parse(self):
        folder = self.broken_definition("formula", "income.fiscal + income.other\"",
                                        "income.fiscal + incom.other\"")
        status, out, err = check("--form", folder, self.clean[0])
        lines = err.splitlines()
        self.assertEqual((status, out), (2, ""))
        self.assertRegex(lines[0], r"form\.json:\d+:\d+: .*incom\.other.*income\.other")
        self.assertEqual(lines[1].index("incom.other"), lines[2].index("^"))
        number, column = map(int, lines[0].split("form.json:")[1].split(":")[:2])
        source = (folder / "form.json").read_text(encoding="utf-8").splitlines()[number - 1]
        self.assertTrue(source[column - 1:].startswith("incom.other"), source[column - 1:][:20])

    def test_mistakes_in_a_rule_are_named(self):
        for number, (old, new, word) in enumerate([
                ("{actual}，各行", "{aktual}，各行", "aktual"),
                ('"check": "copied_block"', '"check": "copied_blok"', "copied_blok"),
                ('"R2.income R2', '"R2.incom R2', "R2.incom"),
                ('"basis": "form"', '"bases": "form"', "bases")]):
            status, _, err = check("--form", self.broken_definition(f"rule{number}", old, new),
                                   self.clean[0])
            self.assertEqual(status, 2)
            self.assertRegex(err, r"form\.json:\d+.*" + word)

    def test_the_users_definition_goes_before_the_shipped_one(self):
        home = self.scratch("home")
        target = home / "tianbao" / "templates" / "department-goals"
        target.mkdir(parents=True)
        text = DEFINITION.read_text(encoding="utf-8")
        changed = text.replace('"value": "万元"', '"value": "亿元"', 1)
        (target / "form.json").write_text(changed, encoding="utf-8")
        status, out, _ = check("--format", "json", self.clean[0], environment={
            "TIANBAO_TEMPLATES": "", "XDG_DATA_HOME": str(home)})
        self.assertEqual(status, 1)
        self.assertIn("R1.unit", [f["rule"] for f in json.loads(out)["findings"]])


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
