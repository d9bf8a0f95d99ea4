#!/usr/bin/env python3
"""Screening must suspect every record that evaluating finds fault with: for the rules that are
shipped, and for random ones made of the same names, functions and errors, on generated forms.

Usage: test_screen.py COMPARE [--seed TEXT] [--rules N] [--forms N]
"""
import argparse
import json
import pathlib
import random
import re
import string
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "templates" / "department-goals" / "form.json"

# Values of a formula, by the scope that it runs for: valid ones, blank ones, errors, arrays.
VALUES = {
    "": ["date", "phone", "department", "last_year", "expenditure.total.current", "allow_surplus",
         "SUM(projects.budget)", "projects.total", "COUNT(long_list.number)"],
    "funds": ["income.total", "income.fiscal", "expenditure.project", "expenditure.total", "last_year", "form_unit"],
    "projects": ["name", "budget", "total", "type", "budget / total", "expenditure.project.current"],
    "long_goals": ["number", "text", "indicators.level1", 'COUNTIF(indicators.level2; "质量指标")',
                   "MATCH(number; long_list.number; 0)", "ROWS(indicators.value)"],
    "annual_goals.indicators": ["level1", "level2", "name", "value", "KIND(value)", "UNIT(value)", "QUANTITY(value)",
                                "PAIRED(value)", "KIND(PAIRED(value))", "QUANTITY(PAIRED(value))", "OPERATOR(value)",
                                "DIRECTION(value)", "PARENT(level2)", "BASEQUANTITY(value)", "number", "LEN(name)"],
}
PREDICATES = ["ISBLANK({0})", "ISVALID({0})", "ISFILLER({0})", "ISCODE({0})", "ISERROR({0})", "ISNUMBER({0})",
              "ISRATE({0})", "ISPERCENT({0})", "HASWORD({0}; bounded_rates)", "ENDSWITH({0}; rate_endings)",
              'STARTSWITH({0}; "建|完")', "ISNUMBER(REGEX({0}; \"[0-9]+\"))", "SAMETEXT({0}; {1})", "{0}", "-{0}",
              "{0} + {1}", "ISNUMBER(-{0} * 2 - {1})", "IFERROR({0} > {1}; {2} = {0})"]
CONSTANTS = ["1", "0", "100", '""', '"产出指标"', '"comparison"', '"率"', "TRUE", "FALSE", "1/0", "NA()", "-3.5"]
COMPARISONS = ["=", "<>", "<", "<=", ">", ">="]
# Numbers and arrays, made of others: "{0}" is any value, "{1}" a number, "{2}" an array.
NUMBERS = ["{1} + {1}", "{1} - {1}", "{1} * {1}", "{1} / {1}", "-{1}", "{1}%", "ABS({1})", "ROUND({1}; {1})",
           "ROUND({1}; DECIMALS({1}))", "MAX({1}; {1}; {1})", "MIN({1}; {2})", "SUM({2})", "SUM({2}; {1})",
           "COUNT({2})", "COUNTA({2})", "COUNTIF({2}; {0})", "SUMPRODUCT({2}; {2})", "MATCH({0}; {2}; 0)",
           "INDEX({2}; {1})", "LEN({0})", "POSITION({0})", "IF({0} = {0}; {1}; {1})", "IFERROR({1}; {1})",
           "IFNA({0}; {1})", "INDEX({2}; MATCH({0}; {2}; 0))", "LEN({0} & {0})"]
ARRAYS = ["{2} + {1}", "{2} * {2}", "-{2}", "{2} = {0}", "HASWORD({0}; {2})", "SAMETEXT({2}; {0})", "NOT({2})",
          "{2} & {0}", "UNIT({2})", "WITHOUTEND({2}; rate_endings)", "IF({1}; {2}; {2})", "IFERROR({2}; {0})",
          "PAIRED({2})", "LEFT({2}; 2)"]
FIELDS_OVER_RECORDS = ["projects.name", "projects.budget", "long_goals.number", "annual_goals.indicators.value",
                       "long_goals.indicators.level2", "annual_list.number"]
# Costs more steps than a test may, or than a formula may.
COSTLY = ["LEN(" + " & ".join(['IFERROR(REGEX({0}; "a.*b$"); "x")'] * 9) + ") > 0",
          "AND(" + "; ".join(f'COUNTA(REGEX(long_goals.indicators.name; "{c}")) > 0' for c in string.ascii_letters)
          + ")", 'LEN(REPT("long"; 60000)) > 0',
          # Has more operands than a test may, or so many that few steps are left for each.
          " + ".join(["{0}"] * 40) + " > {1}", "AND(" + "; ".join(["NOT({0} - 1 = {1} * 2 - {2})"] * 50) + ")"]


def value(rng, scope):
    return rng.choice(VALUES[scope] if rng.random() < 0.75 else CONSTANTS)


def array(rng, scope, depth):
    if depth == 0 or rng.random() < 0.5:
        return rng.choice(FIELDS_OVER_RECORDS)
    return "(" + filled(rng, scope, rng.choice(ARRAYS), depth) + ")"


def number(rng, scope, depth):
    if depth == 0 or rng.random() < 0.3:
        return value(rng, scope)
    return "(" + filled(rng, scope, rng.choice(NUMBERS), depth) + ")"


def filled(rng, scope, pattern, depth):
    make = {"0": value, "1": lambda rng, scope: number(rng, scope, depth - 1),
            "2": lambda rng, scope: array(rng, scope, depth - 1)}
    return re.sub(r"\{(\d)\}", lambda hole: make[hole[1]](rng, scope), pattern)


def calculation(rng, scope):
    left = number(rng, scope, 3)
    if rng.random() < 0.3:
        return rng.choice(["ISNUMBER({0})", "ISERROR({0})", "{0}", "ISTEXT({0})"]).format(left)
    return f"{left} {rng.choice(COMPARISONS)} {number(rng, scope, 2)}"


def test(rng, scope):
    if rng.random() < 0.4:
        return calculation(rng, scope)
    if rng.random() < 0.5:
        return f"{value(rng, scope)} {rng.choice(COMPARISONS)} {value(rng, scope)}"
    pattern = rng.choice(PREDICATES if rng.random() < 0.97 else COSTLY)
    return pattern.format(*(value(rng, scope) for _ in range(3)))


def condition(rng, scope, depth=0):
    kind = rng.choice(["test", "test", "AND", "OR", "NOT", "IF"]) if depth < 4 else "test"
    if kind == "test":
        return test(rng, scope)
    count = {"NOT": 1, "IF": rng.choice([2, 3, 3])}.get(kind) or rng.randint(1, 4)
    return f"{kind}({'; '.join(condition(rng, scope, depth + 1) for _ in range(count))})"


def random_rules(rng, count):
    for i in range(count):
        scope = rng.choice(list(VALUES))
        words = {"zh": "试", "en": "test"}
        rule = {"id": f"T{i}", "severity": "notice", "formula": condition(rng, scope), "basis": "practice",
                "basis_note": words, "message": words}
        if scope:
            rule["for"] = scope
        if rng.random() < 0.7:
            rule["when"] = condition(rng, scope)
        yield rule


def compare(program, definition, files):
    done = subprocess.run([program, definition, *files], capture_output=True, text=True, check=False)
    print(done.stdout[-4000:], done.stderr, end="")
    numbers = re.findall(r"(\d+) (failing|at a limit)", done.stdout)
    counts = {word: int(number) for number, word in numbers}
    return done.returncode, counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("compare", type=pathlib.Path)
    parser.add_argument("--seed", default="7")
    parser.add_argument("--rules", type=int, default=1000)
    parser.add_argument("--forms", type=int, default=40)
    arguments = parser.parse_args()
    print("seed", arguments.seed)
    rng = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, ROOT / "tests" / "forms" / "generate.py", "--out", folder, "--seed",
                        arguments.seed, "--count", str(arguments.forms), "--formats", "ods"], check=True,
                       stdout=subprocess.DEVNULL)
        files = sorted(str(path) for path in pathlib.Path(folder).glob("*.ods"))
        status, counts = compare(arguments.compare, TEMPLATE, files)
        made = json.loads(TEMPLATE.read_text(encoding="utf-8"))
        made["rules"] = list(random_rules(rng, arguments.rules))
        definition = pathlib.Path(folder) / "form.json"
        definition.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
        random_status, random_counts = compare(arguments.compare, definition, files[:8])
    if not counts.get("failing") or not random_counts.get("failing") or not random_counts.get("at a limit"):
        sys.exit("nothing failed, or nothing reached a limit: this compares nothing")
    return max(status, random_status)


if __name__ == "__main__":
    sys.exit(main())
