#!/usr/bin/env python3
"""Compares `tianbao cells` with what LibreOffice read in other people's workbooks.

For every workbook of the corpus that has an oracle: each cell that is not a formula on either
side must be equal in address, type and value. Prints the share of equal cells and, with
--verbose, the first differences of every file. Exit status: 77 when the corpus is absent, 1 when
the program crashed or took too long, or the share is below --goal.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys

SECONDS = 20  # of one file; a watchdog, not a goal
DAYS_1904 = 1462
TYPES = {"n": "number", "t": "text", "b": "boolean", "d": "date"}


def column_of(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def read_ours(program, path):
    """Returns (exit status, {sheet: {(row, column): (type, value, is formula)}}, sheets)."""
    done = subprocess.run([program, "--lang", "en", "cells", "--layout", path],
                          capture_output=True, timeout=SECONDS)
    sheets, order, current = {}, [], {}
    for line in done.stdout.decode("utf-8").splitlines():
        item = json.loads(line)
        if "cell" not in item:  # the layout ends a sheet
            order.append(item["sheet"])
            sheets[len(order) - 1] = current
            current = {}
            continue
        letters = item["cell"].rstrip("0123456789")
        place = int(item["cell"][len(letters):]) - 1, column_of(letters)
        current[place] = item["type"], item.get("value"), "formula" in item
    return done.returncode, sheets, order, done.stderr.decode("utf-8", "replace").strip()


def number_equal(ours, theirs):
    try:
        a, b = float(ours), float(theirs)
    except (TypeError, ValueError):
        return False
    return a == b or abs(a - b) <= 1e-14 * max(abs(a), abs(b))


def cell_equal(ours, kind, value):
    if ours is None:
        return kind == "t" and value == ""
    type_, text, _ = ours
    if kind == "t":
        return type_ == "text" and text == value
    if kind == "b":
        return type_ == "boolean" and bool(float(value)) == bool(text)
    if type_ == "date" and kind == "d" and number_equal(text, float(value) + DAYS_1904):
        return True  # a workbook that counts from 1904: ours always count from 1899
    return type_ == TYPES[kind] and number_equal(text, value)


def compare_sheet(ours, theirs):
    """Returns (cells compared, [(place, ours, theirs)])."""
    differences, count, seen = [], 0, set()
    for row, column, kind, value in theirs["cells"]:
        place = row, column
        seen.add(place)
        mine = ours.get(place)
        if kind.startswith("f") or (mine is not None and mine[2]):
            continue
        if kind == "t" and value == "" and mine is None:
            continue
        count += 1
        if not cell_equal(mine, kind, value):
            differences.append((place, mine, (kind, value)))
    for place, mine in ours.items():
        if place in seen or mine[2]:
            continue
        if not theirs.get("truncated"):
            count += 1
            differences.append((place, mine, None))
    return count, differences


def compare_file(program, path, oracle):
    status, sheets, order, problem = read_ours(program, path)
    if status not in (0, 2):
        return "crash", 0, [(None, f"exit {status}", problem)]
    if status == 2:
        cells = sum(1 for sheet in oracle["sheets"] for cell in sheet["cells"]
                    if not cell[2].startswith("f"))
        return "refused", cells, [(None, problem, None)]
    count, differences = 0, []
    names = [sheet["name"] for sheet in oracle["sheets"]]
    if order != names:
        differences.append((None, order, names))
    for index, theirs in enumerate(oracle["sheets"]):
        if oracle.get("truncated"):
            theirs = dict(theirs, truncated=True)
        number, more = compare_sheet(sheets.get(index, {}), theirs)
        count += number
        differences += [((theirs["name"],) + (d[0] or ()),) + d[1:] for d in more]
    return "read", count, differences


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--verbose", type=int, default=0, metavar="N",
                        help="print N differences of every file")
    parser.add_argument("--goal", type=float, default=0.0,
                        help="the least share of equal cells, in percent")
    parser.add_argument("--only", default="", help="only files whose path contains this")
    arguments = parser.parse_args()
    if not (arguments.corpus / "oracle").is_dir():
        print(f"{arguments.corpus} is not there: nothing to compare")
        return 77
    totals, compared, wrong = collections.Counter(), 0, 0
    for oracle_path in sorted((arguments.corpus / "oracle").rglob("*.json")):
        name = str(oracle_path.relative_to(arguments.corpus / "oracle"))[:-len(".json")]
        if arguments.only not in name:
            continue
        oracle = json.loads(oracle_path.read_text(encoding="utf-8"))
        try:
            kind, count, differences = compare_file(
                arguments.program, arguments.corpus / "files" / name, oracle)
        except subprocess.TimeoutExpired:
            kind, count, differences = "timeout", 0, []
        totals[kind] += 1
        compared += count
        bad = count if kind == "refused" else len([d for d in differences if d[0] is not None])
        wrong += bad
        if arguments.verbose and (differences or kind not in ("read",)):
            print(f"{name}: {kind}, {bad} of {count} differ")
            for difference in differences[:arguments.verbose]:
                print("   ", *difference)
    share = 100.0 * (compared - wrong) / compared if compared else 0.0
    print(f"{sum(totals.values())} files: {dict(totals)}; {compared} cells compared, "
          f"{wrong} differ: "
          f"{share:.3f} % equal")
    return 1 if totals["crash"] or totals["timeout"] or share < arguments.goal else 0


if __name__ == "__main__":
    sys.exit(main())
