#!/usr/bin/env python3
"""Forms in zip archives, as they come by mail, and names in UTF-8 or GB18030.
Usage: test_archives.py TIANBAO [unittest options]"""
import io
import os
import pathlib
import random
import sys
import unittest
import zipfile

import aggregate_folder
import returned_forms as forms
import tables

CHINESE = "教育局（本级）.ods"


def pack(path, members, **options):
    """An archive of {name: bytes}; a name of bytes stands there as it is, without a sign of how it is
    to be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(members.items()):
            if isinstance(name, bytes):
                placeholder = f"{number:0{len(name)}d}"
                raw[placeholder.encode()] = name
                name = placeholder
            archive.writestr(zipfile.ZipInfo(name, options.get("time", (2024, 11, 5, 10, 30, 0))), content)
    packed = path.read_bytes()
    for placeholder, name in raw.items():
        assert packed.count(placeholder) == 2, name
        packed = packed.replace(placeholder, name)
    path.write_bytes(packed)
    return path


class Archives(aggregate_folder.Folder):
    def form(self, number=0, **changes):
        """The bytes of a form."""
        one = self.one_form(f"../made/{number}.ods", number, **changes)
        return one.path.read_bytes()

    def files(self):
        return [row["file"] for row in tables.read_jsonl(self.out, "forms")]

    def shown(self, archive, name):
        return f"{archive}/{name}"

    def test_forms_in_an_archive_count_as_those_in_a_folder(self):
        made = [self.form(number) for number in range(3)]
        loose = self.inputs / "loose"
        loose.mkdir(parents=True)
        for number, content in enumerate(made):
            (loose / f"{number}.ods").write_bytes(content)
        pack(self.folder / "all.zip", {f"sub/{n}.ods": content for n, content in enumerate(made)})
        sums = []
        for name, source in (("a", loose), ("b", self.folder / "all.zip")):
            status, _, told = self.aggregate("-o", self.folder / name, source)
            self.assertEqual(status, 0, told)
            sums.append((self.folder / name / "totals.csv").read_bytes())
        self.assertEqual(sums[0], sums[1])
        files = [row["file"] for row in tables.read_jsonl(self.folder / "b", "forms")]
        self.assertEqual(sorted(files), [f"{self.folder}/all.zip/sub/{n}.ods" for n in range(3)])

    def test_names_in_utf8_and_in_gb18030(self):
        for name, archived in (("marked", CHINESE), ("unmarked", CHINESE.encode()),
                               ("gb18030", CHINESE.encode("gb18030"))):
            archive = pack(self.folder / f"{name}.zip", {archived: self.form()})
            out = self.folder / f"out-{name}"
            self.aggregate("-o", out, archive)
            files = [row["file"] for row in tables.read_jsonl(out, "forms")]
            self.assertEqual(files, [self.shown(archive, CHINESE)], name)

    def test_a_name_that_is_neither_is_shown_all_the_same(self):
        archive = pack(self.folder / "odd.zip", {b"ab\xff\xff\xffc.ods": self.form()})
        status, _, told = self.aggregate("-o", self.out, archive)
        self.assertEqual(status, 0, told)
        self.assertEqual(self.files(), [self.shown(archive, "ab\ufffd\ufffd\ufffdc.ods")])

    def test_names_of_folders_and_files_on_the_disk_in_gb18030(self):
        folder = os.path.join(os.fsencode(self.folder), "县直".encode("gb18030"))
        os.mkdir(folder)
        with open(os.path.join(folder, CHINESE.encode("gb18030")), "wb") as stream:
            stream.write(self.form())
        status, _, told = self.aggregate("-o", self.out, os.fsdecode(folder))
        self.assertEqual(status, 0, told)
        self.assertEqual(self.files(), [f"{self.folder}/县直/{CHINESE}"])

    def test_what_is_bad_in_an_archive_is_listed_and_the_rest_read(self):
        form = self.form()
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("form.ods", form)
        archive = pack(self.inputs / "mixed.zip",
                       {"good.ods": form, "cut.ods": form[:500], "inner.zip": inner.getvalue(), "empty.xlsx": b"",
                        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "note.txt": b"note",
                        "__MACOSX/._good.ods": b"junk", "folder/": b""})
        status, _, told = self.aggregate("-o", self.out, self.inputs)
        self.assertEqual(status, 2, told)
        states = {row["file"].removeprefix(f"{archive}/"): row["state"]
                  for row in tables.read_jsonl(self.out, "forms")}
        self.assertEqual(states, {"good.ods": "pass", "cut.ods": "unreadable", "inner.zip": "unreadable",
                                  "empty.xlsx": "unreadable", "old.xls": "unreadable", "note.txt": "no_form"})

    def test_a_damaged_archive_is_listed(self):
        self.one_form("good.ods")
        whole = pack(self.inputs / "a.zip", {"form.ods": self.form(1)}).read_bytes()
        (self.inputs / "b.zip").write_bytes(whole[: len(whole) // 2])
        (self.inputs / "c.zip").write_bytes(b"")
        (self.inputs / "d.rar").write_bytes(b"Rar!\x1a\x07\x00")
        pack(self.inputs / "e.zip", {})
        (self.inputs / "a.zip").unlink()
        status, _, told = self.aggregate("-o", self.out, self.inputs)
        self.assertEqual(status, 2, told)
        self.assertEqual(self.states(), {"good.ods": "pass", "b.zip": "unreadable", "c.zip": "unreadable",
                                         "d.rar": "unreadable", "e.zip": "unreadable"})

    def test_flipped_bytes_are_never_taken_for_a_form(self):
        rng = random.Random(aggregate_folder.SEED)
        whole = pack(self.folder / "whole.zip", {"form.ods": self.form()}).read_bytes()
        inputs = self.inputs
        inputs.mkdir(exist_ok=True)
        for number in range(40):
            broken = bytearray(whole)
            broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
            (inputs / f"{number}.zip").write_bytes(bytes(broken))
        status, _, told = self.aggregate("-o", self.out, inputs)
        self.assertIn(status, (0, 2), told)
        rows = tables.read_jsonl(self.out, "forms")
        self.assertEqual(len({row["file"].split(".zip")[0] for row in rows}), 40)

    def test_the_time_of_a_member_counts_as_that_of_a_file(self):
        pack(self.inputs / "a.zip", {"form.ods": self.form()}, time=(2024, 11, 6, 0, 0, 0))
        later = self.one_form("b.ods", person="赵改")
        for stamp, counts in ((1730822400 - 8 * 3600, "form.ods"), (1730908800 - 8 * 3600 + 3600, "b.ods")):
            os.utime(later.path, (stamp, stamp))
            self.aggregate("--force", "-o", self.out, self.inputs)
            counted = [name for name, state in self.states().items() if state != "set_aside"]
            self.assertEqual(counted, [counts])

    def test_check_reads_no_archives(self):
        archive = pack(self.folder / "a.zip", {"form.ods": self.form()})
        status, _, _ = forms.run(aggregate_folder.PROGRAM, "check", archive)
        self.assertEqual(status, 2)


if __name__ == "__main__":
    aggregate_folder.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    print("seed", aggregate_folder.SEED)
    unittest.main()
