#!/usr/bin/env python3
"""What stood in a part of an .ods before is compared as bytes and done again (ods_runs.h). Here are
random tables of few kinds of cells and rows, so that nearly everything recurs, and beside each the
same with another comment before every tag, so that nothing does: `tianbao cells --layout` must print
the same, or the same error. Usage: test_runs.py TIANBAO"""
import pathlib
import random
import re
import subprocess
import sys
import tempfile

SEED = 20261124
TABLES, ROWS, CELLS = 90, 40, 5
OFFICE, TABLE, TEXT = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text"))
ROOT = (f'<office:document xmlns:office="{OFFICE}" xmlns:table="{TABLE}" xmlns:other="{TABLE}" xmlns:text="{TEXT}" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet" office:version="1.3"><office:body>'
        "<office:spreadsheet>")
STRING = 'office:value-type="string"'
CELL = [f"<table:table-cell {STRING}><text:p>%s</text:p></table:table-cell>"] * 8 + [
    f'<table:table-cell table:style-name="a" {STRING}><text:p>%s</text:p></table:table-cell>',
    f'<table:table-cell {STRING} table:number-columns-repeated="2"><text:p>%s</text:p></table:table-cell>',
    f'<table:table-cell {STRING} table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>%s</text:p>'
    "</table:table-cell>",
    '<table:table-cell table:number-columns-spanned="2"/>',
    '<table:table-cell table:number-columns-repeated="3"/>',
    '<table:table-cell table:style-name="a"/>', "<table:table-cell></table:table-cell>", "<table:covered-table-cell/>",
    f"<table:covered-table-cell {STRING}><text:p>%s</text:p></table:covered-table-cell>",
    '<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>',
    f'<table:table-cell table:formula="of:=1" {STRING}><text:p>%s</text:p></table:table-cell>',
    f"<table:table-cell {STRING}><text:p>%s</text:p><text:p>%s</text:p></table:table-cell>",
    f"<table:table-cell {STRING}><text:p/></table:table-cell>",
    "<table:table-cell><office:annotation><text:p>note</text:p></office:annotation></table:table-cell>",
    f'<table:table-cell xmlns:text="urn:x" {STRING}><text:p>%s</text:p></table:table-cell>',
    f"<other:table-cell {STRING}><text:p>%s</text:p></other:table-cell>"] + [
    f"<table:table-cell {STRING}><row:p>%s</row:p></table:table-cell>"] * 3
ROW = ["<table:table-row>%s</table:table-row>"] * 6 + [
    '<table:table-row table:number-rows-repeated="2">%s</table:table-row>',
    '<table:table-row table:visibility="collapse" table:default-cell-style-name="a">%s</table:table-row>',
    "<table:table-header-rows><table:table-row>%s</table:table-row></table:table-header-rows>",
    "<table:table-row-group><table:table-row>%s</table:table-row></table:table-row-group>",
    "<other:table-row>%s</other:table-row>", f'<table:table-row xmlns:row="{TEXT}">%s</table:table-row>']
WRONG = ["<other:table-row>%s</table:table-row>", "<table:table-row>%s</other:table-row>"]


def make_text(dice):
    return dice.choice(["甲", "乙 丙", "95%", "&lt;1", "丁", "a"])


def make_row(dice, kinds, wrong):
    cells = "".join(dice.choice(kinds) for _ in range(dice.randrange(CELLS)))
    row = dice.choice(WRONG if wrong else ROW) % cells.replace("%s", "\0")
    return re.sub("\0", lambda _: make_text(dice), row)


def make_document(dice):
    """With a row that is wrong in one of five."""
    kinds = dice.sample(CELL, 6)
    wrong = dice.randrange(ROWS) if dice.random() < 0.2 else -1
    end = dice.choice(["", "\n"])
    rows = [make_row(dice, kinds, number == wrong) for number in range(ROWS)]
    tables = "".join(f'<table:table table:name="{i}">{"".join(rows)}</table:table>' for i in range(2))
    text = f"{ROOT}{tables}</office:spreadsheet></office:body></office:document>"
    return re.sub(r">(?=<)", ">" + end, text)


def make_unlike(text):
    count = iter(range(1 << 30))
    return re.sub(r"<(?=/?(?:table|other):)", lambda _: f"<!--{next(count)}--><", text)


def read(program, path, text):
    path.write_text(text, encoding="utf-8")
    done = subprocess.run([program, "cells", "--layout", path], capture_output=True)
    return done.returncode, done.stdout if done.returncode == 0 else b""


def main():
    program = sys.argv[1]
    print("seed", SEED)
    dice = random.Random(SEED)
    failures = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "table.fods"
        for number in range(TABLES):
            text = make_document(dice)
            found, expected = read(program, path, text), read(program, path, make_unlike(text))
            refused += expected[0] != 0
            if found != expected:
                print(f"table {number} differs:\n{text}")
                failures += 1
    print(f"{TABLES} tables compared, {refused} of them refused, {failures} differ")
    return 1 if failures or not 0 < refused < TABLES // 2 else 0


if __name__ == "__main__":
    sys.exit(main())
