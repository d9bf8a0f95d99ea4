#!/usr/bin/env python3
"""Every limit of reading (src/base/limits.h): what just reaches it is read, what passes it by one is
refused with one line that says which. The files are made here; their numbers come from the header.
Usage: test_limits.py --tianbao PROGRAM [UNITTEST-ARGUMENT ...]"""
import argparse
import io
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
import samples  # noqa: E402

OK, UNREADABLE = 0, 2
TIMEOUT = 100
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MEBIBYTE = 1 << 20


def read_limits():
    """{name without TB_: number} of the header; sizes are written as shifts."""
    text = "".join((ROOT / "src" / name).read_text(encoding="utf-8") for name in ("base/limits.h", "sheet/xml.h"))
    plain = dict(re.findall(r"#define TB_(\w+)\s+(\d+)", text))
    shifted = re.findall(r"#define TB_(\w+)\s+\(\(size_t\)(\d+) << (\d+)\)", text)
    return {**{name: int(number) for name, number in plain.items()},
            **{name: int(number) << int(shift) for name, number, shift in shifted}}


LIMITS = read_limits()


# ---- OpenDocument

def ods(body, styles=None):
    parts = [("mimetype", samples.ODS_TYPE), ("content.xml", samples.content(body))]
    return samples.zip_of(parts + ([("styles.xml", styles)] if styles else []))


def table(rows, name="A"):
    return f'<table:table table:name="{name}">{rows}</table:table>'


def row(cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def cell(text="1", attributes=""):
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def sheets(count):
    return ods("".join(table(row(cell()), f"S{number}") for number in range(count)))


def rows_up_to(count):
    """A cell in the last of so many rows; those before it are repeated empty ones."""
    return ods(table(row("<table:table-cell/>", count - 1) + row(cell())))


def columns_up_to(count):
    empty = f'<table:table-cell table:number-columns-repeated="{count - 1}"/>'
    return ods(table(row(empty + cell())))


def merges(count):
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="1"'
    return ods(table(row(cell("1", spanned)) * count))


def repeated_merges(count):
    """So many of them by two tags, in a row that is repeated."""
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="1"'
    return ods(table(row(cell("1", spanned), count)))


def validities(count):
    """Each in a row of its own; the other half by a row that is repeated, which is one range."""
    named = ('<table:content-validations><table:content-validation table:name="v" '
             'table:condition="of:cell-content()&gt;0"/></table:content-validations>')
    restricted = '<table:table-cell table:content-validation-name="v"/>'
    return ods(named + table(row(restricted) * (count - 1) + row(restricted, 1000)))


def text_of(size):
    return ods(table(row(cell("x" * size))))


def text_with_references(size):
    return ods(table(row(cell("&#120;" * size))))


def text_of_runs(size):
    """Paragraphs are joined by a line break."""
    return ods(table(row(cell("x" * (size // 2) + "</text:p><text:p>" + "x" * (size - size // 2 - 1)))))


def text_of_spaces(size):
    return ods(table(row(cell(f'x<text:s text:c="{size - 1}"/>'))))


def depth(count):
    """Three elements stand around the body."""
    return ods("<x>" * (count - 3) + "</x>" * (count - 3))


def attributes(count):
    return ods("<x " + " ".join(f'a{number}="1"' for number in range(count)) + "/>")


def namespaces(count):
    """Three are declared by the root."""
    return ods("<x " + " ".join(f'xmlns:n{number}="urn:{number}"' for number in range(count - 3)) + "/>")


def blanks(size):
    """An empty table in a content.xml of that size."""
    around = samples.content("").encode()
    return samples.content(" " * (size - len(around)))


def part_size(size):
    return samples.zip_of([("mimetype", samples.ODS_TYPE), ("content.xml", blanks(size))])


def package_size(size):
    """All that is read, inflated: a content.xml of the largest size, and the rest in styles.xml."""
    head = f'<o:document-styles xmlns:o="{samples.ODF}:office:1.0">'
    tail = "</o:document-styles>"
    rest = size - LIMITS["MAX_PART_SIZE"] - len(head) - len(tail)
    return samples.zip_of([("mimetype", samples.ODS_TYPE), ("content.xml", blanks(LIMITS["MAX_PART_SIZE"])),
                           ("styles.xml", head + " " * rest + tail)])


def entries(count):
    """mimetype and content.xml are two of them."""
    parts = [("mimetype", samples.ODS_TYPE), ("content.xml", samples.content(samples.ONE_CELL))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts + [(f"Pictures/{number}", b"") for number in range(count - 2)]:
            package.writestr(name, data)
    return out.getvalue()


def file_size(size):
    """Bytes may stand before a package."""
    package = ods(samples.ONE_CELL)
    return bytes(size - len(package)) + package


def ratio(times):
    """A part that claims to be so many times as large as its packed bytes. The claim of the limit
    itself is a lie too, and found out by inflating."""
    data = bytearray(ods(samples.ONE_CELL))
    at = data.rfind(b"PK\1\2")
    while data[at + 46:at + 57] != b"content.xml":
        at = data.rfind(b"PK\1\2", 0, at)
    packed = struct.unpack_from("<I", data, at + 20)[0]
    struct.pack_into("<I", data, at + 24, packed * times)
    return bytes(data)


# ---- Worksheets

def xlsx(sheet, strings=""):
    relations = [("worksheet", "s.xml"), ("sharedStrings", "t.xml")]
    rels = "".join(f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                   for number, (kind, target) in enumerate(relations))
    return samples.zip_of([
        ("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
         '<sheet name="A" sheetId="1" r:id="r0"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{rels}</Relationships>'),
        ("xl/s.xml", f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'),
        ("xl/t.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')])


def cells(count, width=200):
    full, rest = divmod(count, width)
    rows = ("<row>" + "<c><v>1</v></c>" * width + "</row>") * full
    return xlsx(f'<sheetData>{rows}<row>{"<c><v>1</v></c>" * rest}</row></sheetData>')


def strings_of(count):
    return xlsx("<sheetData/>", "<si><t>x</t></si>" * count)


def string_of(size):
    return xlsx("<sheetData/>", f"<si><r><t>{'x' * (size - 5)}</t></r><r><t>{'x' * 5}</t></r></si>")


def row_number(number):
    return xlsx(f'<sheetData><row r="{number}"><c><v>1</v></c></row></sheetData>')


def cell_at(place):
    return xlsx(f'<sheetData><row><c r="{place}"><v>1</v></c></row></sheetData>')


def worksheet_merges(count):
    return xlsx("<sheetData/><mergeCells>" + '<mergeCell ref="A1:B1"/>' * count + "</mergeCells>")


def worksheet_validities(count):
    ranges = " ".join(["A1:B2"] * (count - 1))
    return xlsx("<sheetData/><dataValidations>"
                f'<dataValidation type="whole" sqref="{ranges}"/><dataValidation type="none" sqref="C1"/>'
                '<dataValidation type="list" sqref="D1"/></dataValidations>')


# Name of the limit: the makers of files that reach it, what the refusal says in Chinese and English.
CASES = {
    "MAX_SHEETS": ([sheets], "1024", "1024 sheets"),
    "MAX_ROWS": ([rows_up_to, row_number], "1048576", "row 1048576"),
    "MAX_COLUMNS": ([columns_up_to], "16384", "column 16384"),
    "MAX_CELLS": ([cells], "2000000", "2000000 filled cells"),
    "MAX_MERGES": ([merges, repeated_merges, worksheet_merges], "100000", "100000 merged"),
    "MAX_VALIDITIES": ([validities, worksheet_validities], "100000", "100000 ranges of cells with a validity"),
    "MAX_STRINGS": ([strings_of], "1000000", "1000000 different texts"),
    "MAX_TEXT_SIZE": ([text_of, text_with_references, text_of_runs, text_of_spaces, string_of], "256 KiB", "256 KiB"),
    "MAX_XML_DEPTH": ([depth], "嵌套", "nested too deeply"),
    "MAX_XML_ATTRIBUTES": ([attributes], "属性", "too many attributes"),
    "XML_NAMESPACES": ([namespaces], "命名空间|名字空间", "too many namespaces"),
    "MAX_ZIP_ENTRIES": ([entries], "10000", "10000 parts"),
    "MAX_PART_SIZE": ([part_size], "太大|过大", "too large"),
    "MAX_PACKAGE_SIZE": ([package_size], "太大|过大", "too large"),
    "MAX_FILE_SIZE": ([file_size], "64", "64"),
}


class LimitsTest(unittest.TestCase):
    program = None

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)

    def read(self, data, language):
        path = pathlib.Path(self.temporary.name) / "form.ods"
        path.write_bytes(data)
        done = subprocess.run([self.program, "--lang", language, "cells", "--quiet", path], capture_output=True,
                              timeout=TIMEOUT, check=False, env={**os.environ, "LANG": "C"})
        return done.returncode, done.stderr.decode()

    def assert_refused(self, data, words):
        for language, expected in zip(("zh", "en"), words):
            status, said = self.read(data, language)
            self.assertEqual(status, UNREADABLE, said)
            self.assertEqual(said.count("\n"), 1, said)
            self.assertRegex(said, expected)

    def test_limits(self):
        for name, (makers, *words) in CASES.items():
            for make in makers:
                with self.subTest(limit=name, file=make.__name__):
                    self.assertEqual(self.read(make(LIMITS[name]), "en"), (OK, ""))
                    self.assert_refused(make(LIMITS[name] + 1), words)

    def test_ratio(self):
        """No honest file passes this one."""
        self.assert_refused(ratio(LIMITS["MAX_INFLATE_RATIO"]), ("损坏", "can't be unpacked"))
        self.assert_refused(ratio(LIMITS["MAX_INFLATE_RATIO"] + 1), ("content.xml", "more than its bytes can hold"))

    def test_memory(self):
        """The cells that one workbook may have fit into its memory, but not with as many rows."""
        self.assert_refused(cells(LIMITS["MAX_CELLS"], width=4), ("224 MiB", "224 MiB"))

    def test_places(self):
        """Where a worksheet says that a cell is; nowhere is not just anywhere."""
        for place in ("A1", "XFD1048576", "$B$2", "b2"):
            with self.subTest(place):
                self.assertEqual(self.read(cell_at(place), "en"), (OK, ""))
        for place in ("XFE1", "A1048577", "A0", "A", "1", "ABCDE1", "A1:B2", "甲1", ""):
            with self.subTest(place):
                self.assert_refused(cell_at(place), ("单元格地址", "no sheet has"))
        for number in ("0", "-1", "x", ""):
            with self.subTest(row=number):
                self.assert_refused(row_number(number), ("行号", "no sheet has"))

    def test_rows_without_end(self):
        """Empty rows and columns may be repeated beyond the sheet, as programs do."""
        data = ods(table(row(cell()) + row('<table:table-cell table:number-columns-repeated="4294967295"/>',
                                           4294967295)))
        self.assertEqual(self.read(data, "en"), (OK, ""))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tianbao", required=True)
    arguments, rest = parser.parse_known_args()
    LimitsTest.program = str(pathlib.Path(arguments.tianbao).resolve())
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
