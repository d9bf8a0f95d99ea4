#!/usr/bin/env python3
"""`tianbao aggregate`: what it collects, which of several forms of a unit counts, what it adds up, and
what it does with everything that is no form. Usage: test_aggregate.py TIANBAO [unittest options]"""
import ctypes
import json
import os
import pathlib
import random
import shutil
import sys
import unittest

import aggregate_folder
import returned_forms as forms
import tables
from aggregate_folder import SEED, Folder

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2  # prctl(2), capabilities(7)


class Sums(Folder):
    def setUp(self):
        super().setUp()
        self.returned = forms.make_folder(self.inputs, SEED, 24)
        self.status, _, self.told = self.aggregate("-o", self.out, self.inputs)
        overview = tables.read_jsonl(self.out, "forms")
        self.overview = {row["file"]: row for row in overview}

    def test_every_form_is_counted_and_checked_as_check_does(self):
        self.assertEqual(sorted(self.overview), sorted(str(r.path) for r in self.returned))
        for returned in self.returned:
            row = self.overview[str(returned.path)]
            self.assertEqual(row["unit"], returned.form.unit)
            done = forms.run(aggregate_folder.PROGRAM, "check", "--format", "json", returned.path)
            counts = json.loads(done[1])["counts"]
            for one in tables.read_jsonl(self.out, "findings"):  # those across forms count, too
                if one["file"] == row["file"] and one["rule"].startswith("R22"):
                    counts[one["severity"]] += 1
            self.assertEqual([row[n] for n in ("errors", "warnings", "notices", "explained")],
                             [counts[n] for n in ("error", "warning", "notice", "explained")])
            self.assertEqual(row["state"], "fail" if counts["error"] else "pass")

    def test_totals_are_those_of_the_values_that_the_forms_were_made_from(self):
        years = {r.path: self.overview[str(r.path)]["year"] for r in self.returned}
        totals = tables.read_totals(self.out)
        expected = forms.expected_sums(self.returned, years)
        self.assertEqual({key: tables.number(row["total"]) for key, row in totals.items()}, expected)
        clean = [r for r in self.returned if self.overview[str(r.path)]["errors"] == 0]
        expected = forms.expected_sums(clean, years)
        self.assertTrue(expected)
        self.assertLess(len(clean), len(self.returned))
        for key, row in totals.items():
            self.assertEqual(tables.number(row["total_without_errors"]), expected.get(key, 0))
            counted = sum(year == key[0] for year in years.values())
            right = sum(years[r.path] == key[0] for r in clean)
            self.assertEqual((row["forms"], row["forms_without_errors"], row["forms_with_errors"]),
                             (counted, right, counted - right))

    def test_tables_have_a_row_for_each_thing(self):
        for table, things in (
                ("projects", [p.name for r in self.returned for p in r.form.projects]),
                ("indicators", [row.name for r in self.returned for view in r.form.blocks.values()
                                for block in view for row in block.rows]),
                ("annual_goals", [b.text for r in self.returned for b in r.form.blocks["annual"]])):
            rows = tables.read_jsonl(self.out, f"department-goals.{table}")
            self.assertEqual(len(rows), len(things), table)
        self.assertEqual(len(tables.read_jsonl(self.out, "department-goals.amounts")), 24 * len(self.returned))
        self.assertEqual(len(tables.read_jsonl(self.out, "department-goals.particulars")), len(self.returned))

    def test_csv_and_jsonl_say_the_same(self):
        names = sorted(path.stem for path in self.out.glob("*.csv"))
        self.assertEqual(names, sorted(path.stem for path in self.out.glob("*.jsonl")))
        for name in names:
            rows, objects = tables.read_csv(self.out, name), tables.read_jsonl(self.out, name)
            self.assertEqual(len(rows), len(objects), name)
            for row, one in zip(rows, objects):
                self.assertEqual(sum(cell != "" for cell in row.values()), len(one), (name, row, one))

    def test_an_amount_names_its_cell(self):
        rows = tables.read_jsonl(self.out, "department-goals.amounts")
        for row in rows[::37]:
            done = forms.run(aggregate_folder.PROGRAM, "cells", row["file"])
            cells = {(c["sheet"], c["cell"]): c["value"] for c in map(json.loads, done[1].splitlines())}
            if row["field"].endswith(".share"):
                continue
            self.assertEqual(tables.number(cells[row["sheet"], row["cell"]]), tables.number(row["value"]))

    def test_the_result_does_not_depend_on_order_or_locale(self):
        first = tables.all_bytes(self.out)
        files = [str(r.path) for r in self.returned]
        for name, order in (("backwards", files[::-1]), ("shuffled", random.Random(SEED).sample(files, 24))):
            out = self.folder / name
            self.aggregate("-o", out, *order)
            self.assertEqual(tables.all_bytes(out), first, name)
        results = []
        for language in ("C", "zh_CN.UTF-8", "fr_FR.UTF-8"):
            out = self.folder / language
            forms.run(aggregate_folder.PROGRAM, "aggregate", "-o", out, self.inputs,
                      environment={"LC_ALL": language, "LANG": language, "LANGUAGE": ""})
            results.append(tables.all_bytes(out))
        self.assertEqual(results[0], results[1])
        self.assertEqual(results[0], results[2])


class Resubmissions(Folder):
    def test_the_later_date_counts_whatever_the_time_of_the_file(self):
        first = self.one_form("a.ods", date="2024年10月9日")
        second = self.one_form("b.ods", date="2024年10月10日")
        os.utime(first.path, (2e9, 2e9))
        os.utime(second.path, (1e9, 1e9))
        self.aggregate("-o", self.out, self.inputs)
        self.assertEqual(self.states()["a.ods"], "set_aside")
        row = self.left_out()["a.ods"]
        self.assertEqual((row["state"], row["instead"]), ("set_aside", str(second.path)))
        self.assertEqual(len(tables.read_jsonl(self.out, "department-goals.particulars")), 1)

    def test_of_one_date_the_later_file_counts(self):
        first = self.one_form("a.ods")
        second = self.one_form("b.ods", person="赵改")
        os.utime(first.path, (2e9, 2e9))
        os.utime(second.path, (1e9, 1e9))
        self.aggregate("-o", self.out, self.inputs)
        self.assertEqual(self.left_out()["b.ods"]["instead"], str(first.path))

    def test_a_name_is_the_same_whatever_its_width_and_blanks(self):
        first = self.one_form("a.ods", unit="示例县教育局（本级）", date="2024-10-09")
        self.one_form("b.ods", unit="示例县 教育局(本级)", date="2024-10-10")
        self.aggregate("-o", self.out, self.inputs)
        self.assertEqual(list(self.left_out()), [first.path.name])

    def test_another_unit_or_year_is_another_form(self):
        self.one_form("a.ods")
        self.one_form("b.ods", number=1)
        self.aggregate("-o", self.out, self.inputs)
        self.assertEqual(self.left_out(), {})

    def test_a_copy_is_told_as_such(self):
        first = self.one_form("a.ods")
        shutil.copy(first.path, self.inputs / "copy.ods")
        self.aggregate("-o", self.out, self.inputs)
        self.assertEqual([row["reason"] for row in self.left_out().values()],
                         ["the same as the one that counts, byte by byte"])

    def test_without_a_unit_each_stands_for_itself(self):
        self.one_form("a.ods", unit="")
        self.one_form("b.ods", unit="")
        self.aggregate("-o", self.out, self.inputs)
        self.assertEqual(self.left_out(), {})


class BadInput(Folder):
    def test_what_is_no_form_is_listed_with_its_reason(self):
        self.one_form("good.ods")
        whole = (self.inputs / "good.ods").read_bytes()
        files = {"cut.ods": whole[: len(whole) // 2], "empty.xlsx": b"", "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                 "letter.docx": b"not a zip", "note.txt": "说明".encode()}
        for name, content in files.items():
            (self.inputs / name).write_bytes(content)
        status, _, told = self.aggregate("-o", self.out, self.inputs)
        self.assertEqual(status, 2, told)
        states = self.states()
        self.assertEqual(states.pop("good.ods"), "pass")
        self.assertEqual(states, {"cut.ods": "unreadable", "empty.xlsx": "unreadable", "old.xls": "unreadable",
                                  "letter.docx": "no_form", "note.txt": "no_form"})
        left_out = self.left_out()
        self.assertEqual(sorted(left_out), sorted(files))
        self.assertTrue(all(row["reason"] for row in left_out.values()))
        self.assertIn(".xls", left_out["old.xls"]["reason"])

    def test_another_workbook_is_no_known_form(self):
        rng = random.Random(SEED)
        form, _ = forms.make_declaration(rng, "clean", 0)
        path = forms.write_form(rng, self.inputs / "a.fods", form)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("绩效目标申报表", "通讯录"), encoding="utf-8")
        status, _, _ = self.aggregate("-o", self.out, self.inputs)
        self.assertEqual((status, self.states()), (2, {"a.fods": "unrecognised"}))

    def test_an_empty_folder_is_told_and_listed(self):
        self.inputs.mkdir()
        status, _, told = self.aggregate("-o", self.out, self.inputs)
        self.assertEqual(status, 2, told)
        self.assertEqual(self.states(), {"forms": "unreadable"})

    def test_a_missing_file_is_listed(self):
        status, _, _ = self.aggregate("-o", self.out, self.folder / "nowhere.ods")
        self.assertEqual((status, self.states()), (2, {"nowhere.ods": "unreadable"}))

    def test_two_forms_of_one_name(self):
        self.one_form("east/form.ods")
        self.one_form("west/form.ods", number=1)
        status, _, _ = self.aggregate("-o", self.out, self.inputs)
        files = [row["file"] for row in tables.read_jsonl(self.out, "forms")]
        self.assertEqual((status, sorted(files)),
                         (0, [str(self.inputs / "east/form.ods"), str(self.inputs / "west/form.ods")]))

    def test_a_formula_in_a_text_is_no_formula_in_the_csv(self):
        self.one_form("a.ods", unit='=HYPERLINK("http://example.invalid","x")')
        self.aggregate("-o", self.out, self.inputs)
        for path in self.out.glob("*.csv"):
            for row in tables.read_csv(self.out, path.stem):
                for cell in row.values():
                    self.assertFalse(cell.startswith(("=", "@", "+")), (path.name, cell))


class Output(Folder):
    def setUp(self):
        super().setUp()
        self.one_form()

    def leftovers(self):
        return sorted(path.name for path in self.folder.iterdir())

    def test_an_output_that_exists_is_refused(self):
        self.out.mkdir()
        (self.out / "mine.csv").write_text("mine")
        status, _, told = self.aggregate("-o", self.out, self.inputs)
        self.assertEqual(status, 3, told)
        self.assertIn("--force", told)
        self.assertEqual((self.out / "mine.csv").read_text(), "mine")
        self.assertEqual(self.leftovers(), ["forms", "out"])

    def test_force_replaces_tables_and_nothing_else(self):
        self.out.mkdir()
        (self.out / "old.csv").write_text("old")
        status, _, told = self.aggregate("--force", "-o", f"{self.out}/", self.inputs)
        self.assertEqual(status, 0, told)
        self.assertFalse((self.out / "old.csv").exists())
        self.assertEqual(self.leftovers(), ["forms", "out"])
        (self.out / "letter.odt").write_text("mine")
        before = tables.all_bytes(self.out)
        status, _, told = self.aggregate("--force", "-o", self.out, self.inputs)
        self.assertEqual(status, 3)
        self.assertIn("letter.odt", told)
        self.assertEqual(tables.all_bytes(self.out), before)
        self.assertEqual(self.leftovers(), ["forms", "out"])

    def test_a_file_in_its_place_is_never_replaced(self):
        self.out.write_text("mine")
        for options in ([], ["--force"]):
            status, _, _ = self.aggregate(*options, "-o", self.out, self.inputs)
            self.assertEqual((status, self.out.read_text()), (3, "mine"))

    def test_a_folder_that_is_not_there_is_not_made(self):
        status, _, told = self.aggregate("-o", self.folder / "no" / "out", self.inputs)
        self.assertEqual(status, 3, told)
        self.assertEqual(self.leftovers(), ["forms"])

    def test_only_one_format(self):
        self.aggregate("--format", "csv", "-o", self.out, self.inputs)
        self.assertEqual({path.suffix for path in self.out.iterdir()}, {".csv"})

    def test_a_full_disk_leaves_nothing(self):
        import resource

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

        # Python ignores the signal that a full quota gives; so does the program that it starts.
        status, _, told = self.aggregate("-o", self.out, self.inputs, preexec_fn=limit, restore_signals=False)
        self.assertEqual(status, 3, told)
        self.assertEqual(self.leftovers(), ["forms"])

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_no_permission_leaves_nothing(self):
        self.no_permission(self.aggregate)

    @unittest.skipIf(os.geteuid() != 0, "only root has powers to give up")
    def test_no_permission_for_root(self):
        """Root without its powers over others' files: permissions hold, wherever the program lies."""
        def obey_permissions():
            libc = ctypes.CDLL(None, use_errno=True)
            for power in CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH:
                if libc.prctl(PR_CAPBSET_DROP, power, 0, 0, 0) != 0:
                    raise OSError(ctypes.get_errno(), "PR_CAPBSET_DROP")

        self.no_permission(lambda *arguments: self.aggregate(*arguments, preexec_fn=obey_permissions))

    def no_permission(self, run):
        shut = self.folder / "shut"
        shut.mkdir(0o555)
        status, _, told = run("-o", shut / "out", self.inputs)
        self.assertEqual(status, 3, told)
        self.assertEqual(list(shut.iterdir()), [])
        form = self.inputs / "a.ods"
        form.chmod(0)
        status, _, told = run("-o", self.out, self.inputs)
        self.assertIn(status, (2, 3), told)  # 3 where the folder is not writable either


class Usage(Folder):
    def test_wrong_usage(self):
        for arguments in ([], ["-o", "x"], ["-o"], ["file.ods"], ["-o", "x", "--format", "pdf", "file.ods"],
                          ["-o", "x", "--what", "file.ods"]):
            status, out, told = self.aggregate(*arguments)
            self.assertEqual((status, out), (64, ""), (arguments, told))

    def test_help(self):
        for language in ("zh", "en"):
            status, out, _ = forms.run(aggregate_folder.PROGRAM, "aggregate", "--help", "--lang", language)
            self.assertEqual(status, 0)
            self.assertIn("tianbao aggregate -o", out)


if __name__ == "__main__":
    aggregate_folder.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    print("seed", SEED)
    unittest.main()
