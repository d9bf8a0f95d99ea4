#!/usr/bin/env python3
"""A form says the same whatever its sheets, its file format and its place on the sheet.

    test_layouts.py LOCATED form.json FORMS

FORMS holds NAME.one.ods, NAME.one.xlsx, NAME.pages.ods and NAME.pages.xlsx, one form four times;
all located values of the four must be equal. Skipped where the folder is missing.
"""
import pathlib
import subprocess
import sys


def located(program, definition, path):
    result = subprocess.run([program, "--values", definition, str(path)], capture_output=True,
                            timeout=60)
    if result.returncode != 0:
        sys.exit(f"{path}: {result.stderr.decode()}")
    return result.stdout.decode("utf-8").splitlines()


def main():
    program, definition, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    first = sorted(folder.glob("*.one.ods"))
    if not first:
        sys.exit(77)
    failed = 0
    for path in first:
        expected = located(program, definition, path)
        name = path.name.removesuffix(".one.ods")
        for kind in ("one.xlsx", "pages.ods", "pages.xlsx"):
            found = located(program, definition, folder / f"{name}.{kind}")
            for wanted, got in zip(expected, found):
                if wanted != got:
                    print(f"{name}.{kind}: {got!r} instead of {wanted!r}")
                    failed += 1
            failed += len(expected) != len(found)
        if any(line.startswith("gap") or "\tmissing\t" in line for line in expected):
            print(f"{path.name}: something was not found")
            failed += 1
    print(f"{len(first)} forms in four layouts, {failed} differences")
    sys.exit(failed > 0)


main()
