#!/usr/bin/env python3
"""Makes declaration forms of invented departments, clean ones and ones with a known error.

Writes the forms and a truth.json that says for each file where a finding must appear. The same
seed gives the same bytes. Needs nothing but Python's standard library.
"""
import argparse
import fnmatch
import json
import pathlib
import random

import declaration
import injections
import layout as layouts
import words
import writers


def cells_of(keys, places):
    """The cells of keys and key patterns, in order, each once; unknown keys are passed over."""
    cells = []
    for key in keys:
        for name in fnmatch.filter(places, key) if "*" in key else [key]:
            if name in places:
                sheet, row, column = places[name]
                cells.append([sheet, layouts.cell_name(row, column)])
    return [cell for number, cell in enumerate(cells) if cell not in cells[:number]]


def describe(case, truth, places):
    if truth is None:
        return {"case": case, "any": []}
    entry = {"case": case, "rules": truth.rules, "severity": truth.severity}
    for name in ("any", "each", "allowed"):
        cells = cells_of(getattr(truth, name), places)
        if cells:
            entry[name] = cells
    return entry


def draw_case(rng, kind, number):
    """Clean forms and errors take turns where both are wanted; the errors go round in order."""
    if kind == "clean" or (kind == "all" and number % 4 == 0):
        return "clean"
    index = number if kind == "errors" else number - number // 4 - 1
    return injections.INJECTIONS[index % len(injections.INJECTIONS)][0]


def make_form(rng, stock, case, goal_count):
    """Returns (declaration, truth); draws anew where the error has no place in what was drawn."""
    while True:
        form = declaration.make_declaration(rng, *stock, goal_count)
        if case == "clean":
            return form, None
        truth = dict(injections.INJECTIONS)[case](rng, form)
        if truth:
            return form, truth
        goal_count = max(goal_count, 2)


def write_form(rng, out, name, form, truth, case, formats):
    layout = layouts.LAYOUTS[rng.choice(sorted(
        name for name, layout in layouts.LAYOUTS.items()
        if layout.division != "one" or not (truth and truth.paged)))]
    sheets, places = layouts.lay_out(rng, layout, form)
    entries = {}
    for format_ in formats:
        path = out / f"{name}-{case}.{layout.name}.{format_}"
        writers.WRITERS[format_](path, sheets, places)
        entries[path.name] = describe(case, truth, places)
    return entries


def generate(out, seed, count, formats, kind, goals=(1, 12)):
    """Writes the forms into the folder and returns the truth, which is written there too."""
    out.mkdir(parents=True, exist_ok=True)
    stock = words.read_departments()
    truth = {}
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        case = draw_case(rng, kind, number)
        form, expected = make_form(rng, stock, case, rng.randint(*goals))
        truth.update(write_form(rng, out, f"{seed}-{number:04d}", form, expected, case, formats))
    (out / "truth.json").write_text(
        json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return truth


def goal_range(text):
    low, _, high = text.partition("-")
    return int(low), int(high or low)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="1", help="any text; the same one gives the same forms")
    parser.add_argument("--count", type=int, default=50, help="how many forms (default 50)")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder to write to")
    parser.add_argument("--formats", default="ods,xlsx,fods", help="each form in these formats")
    parser.add_argument("--kind", choices=("clean", "errors", "all"), default="all")
    parser.add_argument("--goals", type=goal_range, default=(1, 12), metavar="N[-M]",
                        help="goals of a form (default 1-12)")
    arguments = parser.parse_args()
    truth = generate(arguments.out, arguments.seed, arguments.count,
                     arguments.formats.split(","), arguments.kind, arguments.goals)
    print(f"{len(truth)} files in {arguments.out}")


if __name__ == "__main__":
    main()
