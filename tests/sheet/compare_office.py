#!/usr/bin/python3
"""Compares `tianbao cells --layout` with what LibreOffice itself reads, cell by cell: address,
type, value, whether there is a formula, format class and shown decimals, merges, hidden rows and
hidden sheets. Starts one headless office of its own on a free port of 127.0.0.1.

Usage: compare_office.py PROGRAM SOURCE_ROOT [FILE…]   (without files: every form at hand)
Exit status: 0 equal, 1 a difference, 77 no office or no form is at hand.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

SUFFIXES = {".ods", ".fods", ".xlsx"}
RESULT_IS_TEXT = 2  # com.sun.star.sheet.FormulaResult.STRING


class Formats:
    """Format classes and decimals of a document, by key."""
    BITS = ((0x100, "text"), (0x400, "boolean"), (0x06, "date"), (0x80, "percent"), (0x08, "currency"),
            (0x20, "scientific"), (0x40, "fraction"), (0x10, "number"))

    def __init__(self, document):
        self.formats, self.known = document.NumberFormats, {}

    def get(self, key):
        if key not in self.known:
            properties = self.formats.getByKey(key)
            name = next((name for bits, name in self.BITS if properties.Type & bits), "number")
            if properties.FormatString in ("General", "Standard"):
                name = "general"
            decimals = properties.Decimals if name in ("number", "percent", "currency", "scientific") else -1
            self.known[key] = name, decimals
        return self.known[key]


def column_name(column):
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def office_cell(cell, formats):
    kind = cell.Type.value
    formula = kind == "FORMULA"
    class_, decimals = formats.get(cell.NumberFormat)
    if formula and cell.getError():
        return "error", cell.String, True, class_, decimals
    if kind == "TEXT" or (formula and cell.FormulaResultType2 == RESULT_IS_TEXT):
        text = cell.String
        return ("text" if text else "empty"), text, formula, class_, decimals
    type_ = {"date": "date", "boolean": "boolean"}.get(class_, "number")
    return type_, cell.Value, formula, class_, decimals


def addresses_of(ranges):
    return [(area.StartRow, area.StartColumn, area.EndRow, area.EndColumn) for area in ranges.RangeAddresses]


def office_formats(sheet, used, formats):
    """{(row, column): (class, decimals)} of a range, and the rectangles of cells that begin merges:
    being merged is part of the format, so one cell of a group speaks for all."""
    by_place, merged = {}, []
    groups = used.getUniqueCellFormatRanges()
    for index in range(groups.Count):
        group = groups.getByIndex(index)
        shown = formats.get(group.NumberFormat)
        areas = addresses_of(group)
        for top, left, bottom, right in areas:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    by_place[row, column] = shown
        if sheet.getCellByPosition(areas[0][1], areas[0][0]).IsMerged:
            merged += areas
    return by_place, merged


def office_merges(sheet, merged):
    found = set()
    for top, left, bottom, right in merged:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                area = sheet.createCursorByRange(sheet.getCellByPosition(column, row))
                area.collapseToMergedArea()
                at = area.RangeAddress
                found.add(f"{column_name(column)}{row + 1}:{column_name(at.EndColumn)}{at.EndRow + 1}")
    return found


def office_value(sheet, row, column, value, formula, shown, formats):
    """What a cell holds, as office_cell says it; asks the cell itself only where it has a formula."""
    if formula.startswith("=") or not isinstance(value, (str, float)):
        return office_cell(sheet.getCellByPosition(column, row), formats)
    if isinstance(value, str):
        return "text", value, False, *shown
    return {"date": "date", "boolean": "boolean"}.get(shown[0], "number"), value, False, *shown


def office_sheet(sheet, formats):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last_row, last_column = cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn
    used = sheet.getCellRangeByPosition(0, 0, last_column, last_row)
    shown, merged = office_formats(sheet, used, formats)
    cells = {}
    for row, (values, formulas) in enumerate(zip(used.getDataArray(), used.getFormulaArray())):
        for column, (value, formula) in enumerate(zip(values, formulas)):
            if value != "" or formula != "":
                cells[f"{column_name(column)}{row + 1}"] = office_value(
                    sheet, row, column, value, formula, shown[row, column], formats)
    visible = {row for top, _, bottom, _ in addresses_of(used.queryVisibleCells())
               for row in range(top, bottom + 1)}
    hidden = [row + 1 for row in range(last_row + 1) if row not in visible]
    return cells, office_merges(sheet, merged), hidden, not sheet.IsVisible


def read_ours(program, path):
    done = subprocess.run([program, "cells", "--layout", str(path)], capture_output=True, timeout=60, check=True)
    sheets, cells = [], {}
    for line in done.stdout.decode("utf-8").splitlines():
        item = json.loads(line)
        if "cell" in item:
            cells[item["cell"]] = (item["type"], item.get("value"), "formula" in item, item["format"],
                                   item["decimals"])
        else:
            hidden = [row for first, last in item["hidden_rows"] for row in range(first, last + 1)]
            sheets.append((item["sheet"], cells, set(item["merges"]), hidden, item["hidden"]))
            cells = {}
    return sheets


def cells_equal(ours, theirs):
    if ours is None or theirs is None or ours[0] != theirs[0] or ours[2:] != theirs[2:]:
        return False
    if isinstance(theirs[1], str):
        return (ours[1] or "") == theirs[1]
    return abs(float(ours[1]) - theirs[1]) <= 1e-14 * abs(theirs[1])


def compare(program, office, path):
    """Returns (cells compared, differences as texts)."""
    document = office.open(path, Hidden=True, ReadOnly=True)  # not held up by its lock file
    if document is None:
        return 0, [f"{path.name}: the office does not open it"]
    try:
        formats, count, differences = Formats(document), 0, []
        ours = read_ours(program, path)
        names = list(document.Sheets.ElementNames)
        if [sheet[0] for sheet in ours] != names:
            return 0, [f"{path.name}: sheets {[sheet[0] for sheet in ours]}, office {names}"]
        for name, cells, merges, hidden, is_hidden in ours:
            theirs, their_merges, their_hidden, their_is_hidden = office_sheet(
                document.Sheets.getByName(name), formats)
            count += len(theirs)
            for place in sorted(cells.keys() | theirs.keys()):
                if not cells_equal(cells.get(place), theirs.get(place)):
                    differences.append(f"{path.name} {name}!{place}: {cells.get(place)}, "
                                       f"office {theirs.get(place)}")
            if merges != their_merges:
                differences.append(f"{path.name} {name}: merges {merges ^ their_merges}")
            if hidden != their_hidden or is_hidden != their_is_hidden:
                differences.append(f"{path.name} {name}: hidden {hidden, is_hidden}, "
                                   f"office {their_hidden, their_is_hidden}")
        return count, differences
    finally:
        document.close(True)


def forms_at_hand(root):
    folders = [root / "templates", root / "tests", root.parent / "shared" / "forms"]
    return sorted(path for folder in folders if folder.is_dir() for path in folder.rglob("*")
                  if path.suffix in SUFFIXES and path.is_file())


def main():
    program, root = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    files = [pathlib.Path(name).resolve() for name in sys.argv[3:]] or forms_at_hand(root)
    if not files or shutil.which("soffice") is None:
        print("no form or no office is at hand")
        return 77
    sys.path.insert(0, str(root / "extension"))
    from office import Office  # only with the system's Python
    total, wrong = 0, 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Office(folder) as office:
        for path in files:
            count, differences = compare(program, office, path)
            total += count
            wrong += len(differences)
            print("\n".join(differences[:10]), end="\n" if differences else "", flush=True)
    print(f"{len(files)} files, {total} cells compared with LibreOffice, {wrong} differences")
    return 1 if wrong or total == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
