#!/usr/bin/env python3
"""Packages and parts that are unusual: zip64, UTF-16, bytes around the archive are read as any other;
what two readers could understand differently is refused with one line that says why.
Usage: test_packages.py --tianbao PROGRAM [UNITTEST-ARGUMENT ...]"""
import argparse
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import samples  # noqa: E402

OK, UNREADABLE = 0, 2
TIMEOUT = 60
NOT_HERE = 0xFFFFFFFF  # stands for a number that is in the zip64 field
CONTENT = samples.content(samples.ONE_CELL.replace(">1<", ">填报 &lt;1&gt; 😀<"))
PARTS = [("mimetype", samples.ODS_TYPE.encode()), ("content.xml", CONTENT.encode())]


def pack(parts, zip64=False, before=b"", behind=b"", same_place=False, size_of=len):
    """A zip with every byte in our hands. zip64: sizes and offsets stand in the 64-bit fields;
    same_place: all entries begin where the first does; size_of: what the directory claims."""
    out, directory = bytearray(before), b""
    first = len(out)
    for name, data in parts:
        name, offset = name.encode(), first if same_place else len(out)
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush()
        numbers = size_of(data), len(packed), offset - first
        extra = struct.pack("<HHQQQ", 1, 24, *numbers) if zip64 else b""
        size, packed_size, place = (NOT_HERE,) * 3 if zip64 else numbers
        common = struct.pack("<HHHHIIIHH", 0, 8, 0, 0, zlib.crc32(data), packed_size, size, len(name), len(extra))
        directory += (struct.pack("<IHH", 0x02014B50, 45, 45) + common + struct.pack("<HHHII", 0, 0, 0, 0, place)
                      + name + extra)
        if not same_place or len(out) == first:
            out += struct.pack("<IH", 0x04034B50, 45) + common + name + extra + packed
    place, count = len(out) - first, len(parts)
    out += directory
    if zip64:
        out += struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, len(directory), place)
        out += struct.pack("<IIQI", 0x07064B50, 0, place + len(directory), 1)
        out += struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, NOT_HERE, NOT_HERE, len(behind))
    else:
        out += struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), place, len(behind))
    return bytes(out) + behind


def ods_of(content):
    return pack([PARTS[0], ("content.xml", content)])


def utf16(text, order, mark):
    declared = text.replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return (b"" if not mark else "\ufeff".encode(order)) + declared.encode(order)


GOOD = {
    "plain": pack(PARTS),
    "zip64": pack(PARTS, zip64=True),
    "bytes before": pack(PARTS, before=b"#!/bin/sh\n"),
    "a comment": pack(PARTS, behind=b"a comment"),
    "UTF-16 little-endian": ods_of(utf16(CONTENT, "utf-16-le", True)),
    "UTF-16 big-endian": ods_of(utf16(CONTENT, "utf-16-be", True)),
    "UTF-16 without a mark": ods_of(utf16(CONTENT, "utf-16-le", False)),
    "UTF-16 big-endian without a mark": ods_of(utf16(CONTENT, "utf-16-be", False)),
    "UTF-8 with a mark": ods_of(b"\xef\xbb\xbf" + CONTENT.encode()),
    "ASCII": ods_of(CONTENT.replace('"UTF-8"', '"us-ascii"').encode("ascii", "xmlcharrefreplace")),
}

HALF = CONTENT.replace("😀", "\ud83d")
BAD = {
    "overlapping": (pack(PARTS[::-1], same_place=True), "重叠|叠", "lies on top of another"),
    "twice": (pack([*PARTS, PARTS[1]]), "两次|重复", "there twice"),
    "zip64 beyond the file": (pack(PARTS, zip64=True, size_of=lambda data: 1 << 62), "content.xml", "content.xml"),
    "cut zip64": (pack(PARTS, zip64=True)[:-30], "不完整", "cut off"),
    "encrypted package": (pack([PARTS[0], ("encrypted-package", b"x" * 100)]), "密码", "password"),
    "half a pair": (ods_of(HALF.encode("utf-16-le", "surrogatepass")), "不是有效文字", "not valid text"),
    "odd UTF-16": (ods_of(utf16(CONTENT, "utf-16-le", True)[:-1]), "不是有效文字", "not valid text"),
    "unknown encoding": (ods_of(CONTENT.replace('"UTF-8"', '"GBK"').encode("gbk", "replace")), "GBK", "GBK"),
}


class PackagesTest(unittest.TestCase):
    program = None

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)

    def read(self, data, language="en"):
        path = pathlib.Path(self.temporary.name) / "form.ods"
        path.write_bytes(data)
        done = subprocess.run([self.program, "--lang", language, "cells", path], capture_output=True,
                              timeout=TIMEOUT, check=False, env={**os.environ, "LANG": "C"})
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_good(self):
        for name, data in GOOD.items():
            with self.subTest(name):
                status, out, said = self.read(data)
                self.assertEqual((status, said), (OK, ""))
                self.assertIn('"value":"填报 <1> 😀"', out)

    def test_bad(self):
        for name, (data, *words) in BAD.items():
            for language, expected in zip(("zh", "en"), words):
                with self.subTest(name, language=language):
                    status, out, said = self.read(data, language)
                    self.assertEqual((status, out), (UNREADABLE, ""))
                    self.assertEqual(said.count("\n"), 1, said)
                    self.assertRegex(said, expected)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tianbao", required=True)
    arguments, rest = parser.parse_known_args()
    PackagesTest.program = str(pathlib.Path(arguments.tianbao).resolve())
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
