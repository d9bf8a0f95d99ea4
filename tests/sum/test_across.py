#!/usr/bin/env python3
"""Rules across forms: each has folders in which it must find something, at the right cells, and folders
that come close in which it must not; and every small change to such a rule is noticed by one of them.
Usage: test_across.py TIANBAO [unittest options]"""
import copy
import dataclasses
import json
import pathlib
import random
import shutil
import statistics
import sys
import tempfile
import unittest

import returned_forms as forms
import tables

PROGRAM = None
SEED = "across"
DEFINITION = forms.ROOT / "templates" / "department-goals" / "form.json"
NAME, TEXT = "测试用指标件数", "一二三四五六七八九十甲乙"
SEVERITIES = ("error", "warning", "notice")

# Nine numbers, the first far below the others: 90 against a median of 1000. What lies between them is
# their median distance, 85 or 95, of which 910 is ten times and a bit or nine times and a bit.
NEAR = [1000, 1000, 1000, 1085, 915, 1085, 915, 1090]
WIDE = [1000, 1000, 1000, 1095, 905, 1095, 905, 1100]


@dataclasses.dataclass
class Case:
    """Forms, each a unit with a number, and what must be found: (rule, severity, field, units)."""
    what: str
    units: list
    found: dict = dataclasses.field(default_factory=dict)  # (rule, severity, field) -> file names
    formats: list = dataclasses.field(default_factory=list)


def values(texts):
    """A unit for each, with that value for an indicator that all of them have."""
    return [{"unit": number, "value": text} for number, text in enumerate(texts)]


def numbers(list_of_numbers):
    return values([f"≥{number}件" for number in list_of_numbers])


def texts(view, list_of_texts):
    return [{"unit": number, view: text} for number, text in enumerate(list_of_texts)]


UNIQUE = ("R22", "error", "department")
LONG = ("R22.long_text", "warning", "long_goals[1].text")
ANNUAL = ("R22.annual_text", "warning", "annual_goals[1].text")
OUTLIER = ("R22.outlier", "warning", "annual_goals[1].indicators[1].value")
UNIT = ("R22.unit", "notice", "annual_goals[1].indicators[1].value")

CASES = [
    Case("two forms of a unit, of the same date", [{"unit": 0}, {"unit": 0, "person": "赵改"}], {UNIQUE: [1]}),
    Case("three of them", [{"unit": 0}, {"unit": 0, "person": "赵改"}, {"unit": 0, "person": "钱改"}],
         {UNIQUE: [2]}),
    Case("the later date decides", [{"unit": 0, "date": "2024-10-09"}, {"unit": 0, "date": "2024-10-10"}]),
    Case("the same in two file formats", [{"unit": 0}, {"unit": 0}], formats=["ods", "xlsx"]),
    Case("two units", [{"unit": 0}, {"unit": 1}]),
    Case("a long-term goal of two units", texts("long", [TEXT, TEXT, "别的目标"]), {LONG: [0, 1]}),
    Case("an annual goal of two units", texts("annual", [TEXT, TEXT]), {ANNUAL: [0, 1]}),
    Case("the same but for width, blanks and final marks", texts("annual", [TEXT + "(甲)", " " + TEXT + "（甲） "]),
         {ANNUAL: [0, 1]}),
    Case("texts too short to tell", texts("annual", [TEXT[1:], TEXT[1:]])),
    Case("long-term texts too short to tell", texts("long", [TEXT[1:], TEXT[1:]])),
    Case("almost the same text", texts("annual", [TEXT + "丙", TEXT + "丁"])),
    Case("the long-term text of one is the annual text of another", [
        {"unit": 0, "long": TEXT}, {"unit": 1, "annual": TEXT}]),
    Case("the same text twice in one form", [{"unit": 0, "annual": TEXT, "second": TEXT}, {"unit": 1}]),
    Case("a number too small", numbers([90] + NEAR), {OUTLIER: [0]}),
    Case("a number too large", numbers([10500] + NEAR), {OUTLIER: [0]}),
    Case("just eight units", numbers([90] + NEAR[1:]), {OUTLIER: [0]}),
    Case("seven units", numbers([90] + NEAR[2:])),
    Case("numbers that lie far from each other", numbers([90] + WIDE)),
    Case("large, but not out of size", numbers([9500] + NEAR)),
    Case("small, but not out of size", numbers([105] + NEAR)),
    Case("the same number in another multiple", values(["≥0.1万件"] + [f"≥{n}件" for n in NEAR])),
    Case("too large by its multiple", values(["≥1000万件"] + [f"≥{n}件" for n in NEAR]), {OUTLIER: [0]}),
    Case("words among numbers", values(["良好"] + [f"≥{n}件" for n in NEAR])),
    Case("two of ten measure otherwise", values(["≥1000个", "≥1000人"] + ["≥1000件"] * 8), {UNIT: [0, 1]}),
    Case("eight units, one measures otherwise", values(["≥1000个"] + ["≥1000件"] * 7), {UNIT: [0]}),
    Case("seven units, one measures otherwise", values(["≥1000个"] + ["≥1000件"] * 6)),
    Case("three of ten measure otherwise", values(["≥1000个"] * 3 + ["≥1000件"] * 7)),
    Case("widths of signs are no other unit", values(["≥90％", "≥90%"] + ["≥91%"] * 8)),
]


def make_form(case, number, folder):
    """Everything but what the case says is the unit's own."""
    wanted = dict(case.units[number])
    unit = wanted.pop("unit")
    rng = random.Random(f"{SEED}/{unit}")
    form, _ = forms.make_declaration(rng, "clean", unit, goals=(2, 2))
    for view, blocks in form.blocks.items():
        for block in blocks:
            block.text = f"第{unit}号单位第{block.number}项目标（{view}）"
            for at, row in enumerate(block.rows):
                row.name = f"{row.name}{unit}之{at}"
    blocks = form.blocks
    blocks["annual"][0].rows[0].name = blocks["long"][0].rows[0].name = NAME
    blocks["annual"][0].rows[0].value = f"≥{1000 + unit}件"
    for key, value in wanted.items():
        if key == "value":
            blocks["annual"][0].rows[0].value = value
        elif key in blocks:
            blocks[key][0].text = value
        elif key == "second":
            blocks["annual"][1].text = value
        else:
            setattr(form, key, value)
    format_ = case.formats[number] if case.formats else "ods"
    return forms.write_form(rng, folder / f"{number}.{format_}", form)


class Folders:
    """The forms of all cases, written once."""

    def __init__(self, folder):
        self.folder = folder
        for at, case in enumerate(CASES):
            for number in range(len(case.units)):
                path = make_form(case, number, folder / str(at))
                stamp = 1e9 + number  # of forms of one date the last counts
                forms.os.utime(path, (stamp, stamp))

    def find(self, at, document):
        """{(rule, severity, field): numbers of forms} that a definition finds in a case."""
        definition = self.folder / "form.json"
        definition.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        out = self.folder / "out"
        status, _, told = forms.run(PROGRAM, "aggregate", "--form", definition, "--format", "jsonl",
                                    "--force", "-o", out, self.folder / str(at))
        assert status in (0, 1), told
        found = {}
        for row in tables.read_jsonl(out, "findings"):
            if row["rule"].startswith("R22"):
                key = row["rule"], row["severity"], row["field"]
                found.setdefault(key, []).append(int(pathlib.Path(row["file"]).stem))
                assert "{" not in row["message"] and row["place"] and row["cell"], row
        return {key: sorted(numbers) for key, numbers in found.items()}


def mutants(document):
    """(name, definition): each rule dropped or of another severity, each parameter a step off."""
    for at, rule in enumerate(document["across"]):
        def changed(change, at=at):
            other = copy.deepcopy(document)
            change(other["across"][at])
            return other
        dropped = copy.deepcopy(document)
        del dropped["across"][at]
        yield f"{rule['id']} dropped", dropped
        for severity in SEVERITIES:
            if severity != rule["severity"]:
                yield f"{rule['id']} {severity}", changed(lambda r, s=severity: r.update(severity=s))
        for place, parameter in enumerate(rule.get("parameters", [])):
            number = float(parameter["value"])
            for value in ([int(number) + 1, int(number) - 1] if number == int(number) else
                          [f"{number * 1.2:.4f}", f"{number / 1.2:.4f}"]):
                yield (f"{rule['id']} {parameter['id']} {value}",
                       changed(lambda r, p=place, v=value: r["parameters"][p].update(value=str(v))))


class WithFolders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.document = json.loads(DEFINITION.read_text(encoding="utf-8"))
        cls.folders = Folders(cls.folder)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)


class Across(WithFolders):
    def test_the_numbers_are_what_they_are_said_to_be(self):
        for others, distance in ((NEAR, 85), (WIDE, 95)):
            middle = statistics.median([90] + others)
            self.assertEqual(middle, 1000)
            self.assertEqual(statistics.median(abs(n - middle) for n in [90] + others), distance)

    def test_cases(self):
        for at, case in enumerate(CASES):
            with self.subTest(case.what):
                self.assertEqual(self.folders.find(at, self.document), case.found)

    def test_every_rule_has_both(self):
        rules = {rule["id"] for rule in self.document["across"]}
        fires = {key[0] for case in CASES for key in case.found}
        self.assertEqual(rules, fires)
        self.assertTrue(any(not case.found for case in CASES))

    def test_the_order_of_forms_does_not_matter(self):
        case = next(at for at, case in enumerate(CASES) if case.what == "a number too small")
        files = sorted(str(path) for path in (self.folder / str(case)).iterdir())
        results = []
        for order in (files, files[::-1]):
            out = self.folder / "ordered"
            forms.run(PROGRAM, "aggregate", "--force", "-o", out, *order)
            results.append(tables.all_bytes(out))
        self.assertEqual(results[0], results[1])


class Mutants(WithFolders):
    def test_every_change_to_a_rule_is_noticed(self):
        survived, total = [], 0
        for name, document in mutants(self.document):
            total += 1
            if not any(self.folders.find(at, document) != case.found for at, case in enumerate(CASES)):
                survived.append(name)
        print(f"{total - len(survived)} of {total} changes noticed", file=sys.stderr)
        self.assertEqual(survived, [])


class Definitions(unittest.TestCase):
    """Mistakes in a rule across forms are told where they stand."""

    def lint(self, **changes):
        document = json.loads(DEFINITION.read_text(encoding="utf-8"))
        rule = next(r for r in document["across"] if r["id"] == "R22.outlier")
        rule.update(changes)
        for key in [key for key, value in rule.items() if value is None]:
            del rule[key]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "form.json"
            path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
            status, out, told = forms.run(PROGRAM, "--lang", "en", "forms", "lint", path)
        return status, out + told

    def test_mistakes(self):
        for changes, words in (({"compare": "bigger"}, "unique, same_text, outlier, other_unit"),
                               ({"at": "nothing"}, "has no field “nothing”"),
                               ({"by": "nothing"}, "has no field “nothing”"),
                               ({"by": None}, "needs “by”"), ({"at": "name"}, "no field of indicators"),
                               ({"for": "nowhere"}, "nowhere"), ({"compare": "unique"}, "takes no “for”"),
                               ({"formula": "TRUE"}, "unknown key “formula”")):
            status, told = self.lint(**changes)
            self.assertEqual(status, 1, (changes, told))
            self.assertIn(words, told)
            self.assertRegex(told, r"form\.json:\d+:\d+")


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    print("seed", SEED)
    unittest.main()
