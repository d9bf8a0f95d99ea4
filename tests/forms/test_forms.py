#!/usr/bin/env python3
"""Checks forms with `tianbao check --format json` and compares with what is known about them.

    test_forms.py shared FOLDER   forms with a truth.json that somebody else made, as they are and
                                  laid out anew (77 when absent)
    test_forms.py generated       forms of generate.py, clean and with known errors
    test_forms.py example         the filled example that is shipped

Every line of output is also held against the JSON Schema of the contract.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import jsonschema

import generate
import relaid
import writers

SKIP = 77
ROOT = pathlib.Path(__file__).resolve().parents[2]
DEFINITION = ROOT / "templates" / "department-goals"
SCHEMA = ROOT / "src" / "report" / "check.schema.json"
EXAMPLE = DEFINITION / "example.fods"
EXAMPLE_TRUTH = pathlib.Path(__file__).with_name("example.json")
SEVERITIES = ("error", "warning")
MOST_WARNINGS = 8  # on a form without errors
TIMEOUT = 300


def run_check(program, paths):
    """Returns {path: result} in one run of the program."""
    command = [program, "check", "--form", str(DEFINITION), "--format", "json", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
    if done.returncode not in (0, 1) or done.stderr:
        sys.exit(f"check ended with {done.returncode}: {done.stderr.decode()[:2000]}")
    results = [json.loads(line) for line in done.stdout.decode().splitlines()]
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for result in results:
        validator.validate(result)
    if [result["file"] for result in results] != [str(path) for path in paths]:
        sys.exit("the results are not one a file, in the order of the files")
    failed = any(result["status"] == "fail" for result in results)
    if done.returncode != int(failed):
        sys.exit(f"check ended with {done.returncode}, but some form failed: {failed}")
    return dict(zip(paths, results))


def place(finding):
    return finding["sheet"], finding["cell"]


def family(finding):
    return re.match(r"[^.]*", finding["rule"])[0]


def causes(result, severity):
    """The findings of that severity that do not follow from another one."""
    return [f for f in result["findings"] if f["severity"] == severity and not f.get("cause")]


def describe(finding):
    return (f'{finding["sheet"]}!{finding["cell"]} {finding["severity"]} {finding["rule"]}: '
            f'{finding["message"]}')


def places_found(result, truth):
    """Where findings are that the truth may mean."""
    wanted = SEVERITIES[:1] if truth.get("severity") == "error" else SEVERITIES
    return {place(f) for f in result["findings"] if f["severity"] in wanted and
            ("rules" not in truth or family(f) in truth["rules"] + ["layout"])}


def judge_found(result, truth):
    """What of the known error was not found."""
    found = places_found(result, truth)
    missing = [cell for cell in truth.get("each", []) if tuple(cell) not in found]
    complaints = [f"nothing at {sheet}!{cell}" for sheet, cell in missing]
    cells = [tuple(cell) for cell in truth.get("any", [])]
    if cells and not found.intersection(cells):
        complaints.append("nothing at any of " + " ".join(f"{s}!{c}" for s, c in cells))
    return complaints


def judge_unrelated(result, truth):
    """Errors that have nothing to do with the known one."""
    allowed = {tuple(cell) for name in ("any", "each", "allowed") for cell in truth.get(name, [])}
    return ["unrelated: " + describe(f) for f in causes(result, "error")
            if place(f) not in allowed]


def judge_clean(result):
    complaints = ["false error: " + describe(f) for f in causes(result, "error")]
    warnings = causes(result, "warning")
    if len(warnings) > MOST_WARNINGS:
        complaints += [f"{len(warnings)} warnings"] + ["warning: " + describe(f) for f in warnings]
    return complaints


def same_in_all_formats(results):
    """Complains where one form gives different results as .ods and .xlsx."""
    by_form = collections.defaultdict(list)
    for path, result in results.items():
        by_form[path.stem].append({k: v for k, v in result.items() if k != "file"})
    return [f"{stem}: other findings in another file format"
            for stem, group in by_form.items() if any(other != group[0] for other in group)]


def print_all(complaints):
    for line in complaints:
        print("  " + line)
    return len(complaints)


def lay_out_shared(folder, truth, out):
    """Writes the shared forms in other layouts; returns their truth."""
    anew = {}
    for name in [name for name in truth if name.endswith(".ods")]:
        for change in relaid.CHANGES:
            sheets, moved = relaid.lay_out_anew(random.Random(name), change, folder / name)
            for format_ in ("ods", "xlsx"):
                path = out / f"{name[:-4]}.{change.name}.{format_}"
                writers.WRITERS[format_](path, sheets, {})
                anew[path.name] = relaid.move_truth(truth[name], moved)
    return anew


def test_shared(program, folder):
    if not (folder / "truth.json").exists():
        print(f"no forms in {folder}: skipped")
        return SKIP
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as name:
        out = pathlib.Path(name)
        anew = lay_out_shared(folder, truth, out)
        return max(judge_shared(program, folder, truth), judge_shared(program, out, anew))


def judge_shared(program, folder, truth):
    results = run_check(program, [folder / name for name in truth])
    failures = 0
    for path, result in results.items():
        known = truth[path.name]
        complaints = judge_found(result, known)
        if known.get("any") == []:
            complaints = judge_clean(result)
        elif "any" in known:
            complaints += judge_unrelated(result, known)
        counts = result["counts"]
        print(f'{path.name}: {counts["error"]} errors, {counts["warning"]} warnings')
        failures += print_all(complaints)
    failures += print_all(same_in_all_formats(results))
    return int(failures > 0)


def implemented_families():
    definition = json.loads((DEFINITION / "form.json").read_text(encoding="utf-8"))
    return {re.match(r"[^.]*", rule["id"])[0] for rule in definition["rules"]}


class Tally:
    """Counts what was found of the generated errors, case by case."""

    def __init__(self):
        self.cases = collections.defaultdict(lambda: [0, 0])  # found, all
        self.false_errors = self.clean = self.warnings = self.skipped = 0
        self.complaints = []

    def add_clean(self, name, result):
        self.clean += 1
        self.warnings += len(causes(result, "warning"))
        self.false_errors += len(causes(result, "error"))
        self.complaints += [f"{name}: {line}" for line in judge_clean(result)]

    def add_error(self, name, result, known):
        missed = judge_found(result, known)
        unrelated = judge_unrelated(result, known)
        self.cases[known["case"]][0] += not missed
        self.cases[known["case"]][1] += 1
        self.false_errors += len(unrelated)
        self.complaints += [f"{name}: {line}" for line in missed + unrelated]

    def print(self):
        for case, (found, count) in sorted(self.cases.items()):
            print(f"{case:24} {found}/{count}")
        found, count = (sum(column) for column in zip(*self.cases.values()))
        print(f"found {found} of {count} errors ({100 * found / count:.1f} %) on "
              f"{self.clean} clean and {count} wrong files; {self.false_errors} false errors; "
              f"{self.warnings} warnings on the clean ones; "
              f"{self.skipped} files of rules that the definition does not have")


def test_generated(program, seed, count):
    families = implemented_families()
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder)
        truth = generate.generate(out, seed, count, ["ods", "xlsx", "fods"], "all")
        results = run_check(program, [out / name for name in truth])
        for path, result in results.items():
            known = truth[path.name]
            if known["case"] == "clean":
                tally.add_clean(path.name, result)
            elif families.isdisjoint(known["rules"]):
                tally.skipped += 1
            else:
                tally.add_error(path.name, result, known)
        tally.complaints += same_in_all_formats(results)
    print_all(tally.complaints)
    print(f"seed {seed}, {count} forms")
    tally.print()
    return int(bool(tally.complaints))


def test_example(program, path, truth_path):
    known = json.loads(truth_path.read_text(encoding="utf-8"))
    result = run_check(program, [path])[path]
    found = [[f["rule"], f["severity"], *place(f)] for severity in SEVERITIES
             for f in causes(result, severity)]
    complaints = [f"expected {row}" for row in known["findings"] if row not in found]
    complaints += [f"not expected {row}" for row in found if row not in known["findings"]]
    print_all([describe(f) for f in result["findings"]])
    return int(print_all(complaints) > 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tianbao", required=True, help="the program")
    parser.add_argument("part", choices=("shared", "generated", "example"))
    parser.add_argument("folder", nargs="?", type=pathlib.Path, help="of the shared forms")
    parser.add_argument("--seed", default="20260101")
    parser.add_argument("--count", type=int, default=160)
    arguments = parser.parse_args()
    if arguments.part == "shared":
        return test_shared(arguments.tianbao, arguments.folder)
    if arguments.part == "generated":
        return test_generated(arguments.tianbao, arguments.seed, arguments.count)
    return test_example(arguments.tianbao, EXAMPLE, EXAMPLE_TRUTH)


if __name__ == "__main__":
    sys.exit(main())
