#!/usr/bin/env python3
"""Calc is the judge: random formulas of the common part are evaluated by a headless Calc and by
run_expressions, and must agree, apart from the differences that LANGUAGE.md explains.

    calc_judge.py RUN_EXPRESSIONS [SEED] [COUNT]      exit 77 where there is no soffice
"""
import collections
import html
import math
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

TIMEOUT = 240  # seconds for the office
CELLS = [  # name, our value, Calc's cell; they stand in column A
    ("three", "3", ("float", "3")),
    ("word", '"abc"', ("string", "abc")),
    ("nothing", "", None),
    ("minus", "-2.25", ("float", "-2.25")),
    ("five", '"5"', ("string", "5")),
    ("truth", "TRUE", ("boolean", "true")),
    ("kind", '"产出指标"', ("string", "产出指标")),
    ("amount", "5832.95", ("float", "5832.95")),
]
NUMBERS = [("small", "1.5", ("float", "1.5")), ("middle", "20", ("float", "20")),
           ("large", "300.25", ("float", "300.25"))]
ALL = CELLS + NUMBERS
RANGES = {"mixed": (0, len(CELLS)), "rising": (len(CELLS), len(ALL))}

NS = {"office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
      "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
      "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
      "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
      "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"}


# ---- formulas: a list of pieces, names as ("name", x) so that both spellings can be made ----

class Maker:
    def __init__(self, chance):
        self.chance = chance

    def pick(self, *options):
        return self.chance.choice(options)

    def any(self, depth):
        return self.pick(self.number, self.number, self.text, self.truth)(depth)

    def maybe_other(self, make, depth):
        """Now and then something of another kind, so that conversions are met."""
        return self.any(depth) if self.chance.random() < 0.06 else make(depth)

    def call(self, function, *arguments):
        pieces = [function, "("]
        for i, argument in enumerate(arguments):
            pieces += ([";"] if i else []) + argument
        return pieces + [")"]

    def name(self, *names):
        return [("name", self.pick(*names))]

    def number(self, depth):
        n = lambda: self.maybe_other(self.number, depth - 1)
        t = lambda: self.maybe_other(self.text, depth - 1)
        if depth <= 0:
            return self.pick([self.pick("0", "1", "2", "3", "7", "10", "0.5", "12.25", "1234.5")],
                             self.name("three", "minus", "amount", "five", "nothing", "truth"))
        return self.pick(
            lambda: ["("] + n() + [self.pick("+", "-", "*", "/")] + n() + [")"],
            lambda: n() + [self.pick("+", "-", "*", "/")] + n(),
            lambda: ["-"] + self.number(0), lambda: self.number(0) + ["%"],
            lambda: ["("] + n() + [")^", self.pick("2", "3", "0", "1")],
            lambda: self.call(self.pick("ABS", "INT", "SIGN", "ROUND", "TRUNC"), n()),
            lambda: self.call(self.pick("ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC"), n(),
                              [self.pick("0", "1", "2", "-1")]),
            lambda: self.call("MOD", [self.pick("7", "-7", "10")], [self.pick("3", "-3", "0")]),
            lambda: self.call(self.pick("SUM", "MIN", "MAX", "COUNT", "COUNTA", "AVERAGE"),
                              self.name("mixed", "rising"), n()),
            lambda: self.call(self.pick("SUM", "MIN", "MAX", "AVERAGE"), n(), n()),
            lambda: self.call("COUNTIF", self.name("mixed", "rising"), self.criterion()),
            lambda: self.call("SUMIF", self.name("mixed", "rising"), self.criterion()),
            lambda: self.call("SUMPRODUCT", self.name("rising"), self.name("rising")),
            lambda: self.call("COUNTBLANK", self.name("mixed")),
            lambda: self.call("IF", self.maybe_other(self.truth, depth - 1), n(), n()),
            lambda: self.call("CHOOSE", [self.pick("1", "2", "3", "0")], n(), n()),
            lambda: self.call(self.pick("IFERROR", "IFNA"), n(), n()),
            lambda: self.call("LEN", t()),
            lambda: self.call(self.pick("FIND", "SEARCH"), [self.pick('"b"', '"指"', '"B"')], t()),
            lambda: self.call("VALUE", [self.pick('"12"', '"1,234.5"', '"5%"', '"x"', '" 7 "')]),
            lambda: self.call("MATCH", self.name("three", "word", "kind"), self.name("mixed"),
                              ["0"]),
            lambda: self.call("MATCH", [self.pick("1", "2", "20", "999")], self.name("rising")),
            lambda: self.call("INDEX", self.name("rising"), [self.pick("1", "2", "3")]),
            lambda: self.call("LOOKUP", [self.pick("1", "2", "20", "999")], self.name("rising"),
                              self.name("rising")),
            lambda: self.call(self.pick("YEAR", "MONTH", "DAY"), self.call(
                "DATE", [self.pick("2023", "2024")], [self.pick("1", "2", "13", "0")],
                [self.pick("1", "29", "31", "0")])),
        )()

    def criterion(self):
        return [self.pick("3", "5", '">1"', '"<=3"', '"<>"', '"<>3"', '""', '"="', '"abc"', '"a*"',
                          '"=5"', '"?bc"', '"<>abc"', '"产出*"')]

    def text(self, depth):
        t = lambda: self.maybe_other(self.text, depth - 1)
        if depth <= 0:
            return self.pick([self.pick('"a"', '"abc abc"', '"产出"', '""', '" x  y "', '"12"')],
                             self.name("word", "kind", "five", "nothing"))
        small = [self.pick("0", "1", "2", "5")]
        return self.pick(
            lambda: ["("] + t() + ["&"] + t() + [")"],
            lambda: ["("] + t() + ["&"] + self.number(0) + [")"],
            lambda: self.call(self.pick("LEFT", "RIGHT"), t(), small),
            lambda: self.call("MID", t(), [self.pick("1", "2", "9")], small),
            lambda: self.call("SUBSTITUTE", t(), ['"b"'], [self.pick('"X"', '""')]),
            lambda: self.call("SUBSTITUTE", ['"aaa"'], ['"a"'], t(), [self.pick("1", "3")]),
            lambda: self.call(self.pick("TRIM", "UPPER", "LOWER"), t()),
            lambda: self.call("REPT", t(), small),
            lambda: self.call("TEXT", self.number(0), [self.pick(
                '"0"', '"0.00"', '"#,##0.00"', '"0.0%"', '"000"', '"#.##"', '"#,##0"')]),
            lambda: self.call("CONCATENATE", t(), t()),
            lambda: self.call("IF", self.truth(depth - 1), t(), t()),
        )()

    def truth(self, depth):
        n = lambda: self.maybe_other(self.number, depth - 1)
        if depth <= 0:
            return self.pick(["TRUE()"], ["FALSE()"], self.name("truth"))
        b = lambda: self.maybe_other(self.truth, depth - 1)
        return self.pick(
            lambda: ["("] + n() + [self.pick("=", "<>", "<", ">", "<=", ">=")] + n() + [")"],
            lambda: ["("] + self.text(depth - 1) + [self.pick("=", "<>")] + self.text(depth - 1)
            + [")"],
            lambda: self.call(self.pick("AND", "OR", "XOR"), b(), b()),
            lambda: self.call("NOT", b()),
            lambda: self.call(self.pick("ISNUMBER", "ISTEXT", "ISERROR", "ISNA"),
                              self.any(depth - 1)),
            lambda: self.call("ISBLANK", self.name("nothing", "word", "three")),
            lambda: self.call("EXACT", self.text(depth - 1), self.text(depth - 1)),
        )()


def cell_address(name):
    if name in RANGES:
        first, end = RANGES[name]
        return f"[.$A${first + 1}:.$A${end}]"
    return f"[.$A${[row[0] for row in ALL].index(name) + 1}]"


def spell(pieces, name_spelling):
    return "".join(piece if isinstance(piece, str) else name_spelling(piece[1]) for piece in pieces)


# ---- Calc ----

def cell_xml(cell):
    if cell is None:
        return "<table:table-cell/>"
    kind, value = cell
    if kind == "string":
        return ('<table:table-cell office:value-type="string">'
                f"<text:p>{html.escape(value)}</text:p></table:table-cell>")
    attribute = "boolean-value" if kind == "boolean" else "value"
    return f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}"/>'


def make_document(formulas):
    rows = []
    for i, formula in enumerate(formulas):
        data = cell_xml(ALL[i][2]) if i < len(ALL) else "<table:table-cell/>"
        rows.append(f"<table:table-row>{data}<table:table-cell "
                    f'table:formula="of:={html.escape(formula)}"/></table:table-row>')
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items())
    return ('<?xml version="1.0" encoding="UTF-8"?>'
            f'<office:document {names} office:version="1.2" '
            'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
            '<office:body><office:spreadsheet><table:calculation-settings '
            'table:case-sensitive="false" table:use-regular-expressions="false" '
            'table:use-wildcards="true"/>'
            f'<table:table table:name="S">{"".join(rows)}</table:table>'
            '</office:spreadsheet></office:body></office:document>')


def read_answer(cell):
    """A cell of Calc's as our notation: number as float, else text."""
    kind = cell.get(f"{{{NS['office']}}}value-type")
    text = "".join("".join(p.itertext()) for p in cell.findall("text:p", NS))
    if cell.get(f"{{{NS['calcext']}}}value-type") == "error":
        return {"Err:502": "#VALUE!", "Err:504": "#VALUE!", "Err:503": "#NUM!"}.get(text, text)
    if kind == "boolean":
        return cell.get(f"{{{NS['office']}}}boolean-value").upper()
    if kind == "string":
        given = cell.get(f"{{{NS['office']}}}string-value")
        return '"' + (text if given is None else given).replace('"', '""') + '"'
    for name in ("value", "date-value"):
        value = cell.get(f"{{{NS['office']}}}{name}")
        if value is not None:
            return float(value) if name == "value" else value
    return ""


def ask_calc(folder, formulas):
    source = folder / "formulas.fods"
    source.write_text(make_document(formulas), encoding="utf-8")
    profile = (folder / "profile").as_uri()
    subprocess.run(["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to",
                    "fods", "--outdir", str(folder / "out"), str(source)],
                   check=True, capture_output=True, timeout=TIMEOUT,
                   env={**os.environ, "LC_ALL": "C.UTF-8"})
    tree = ET.parse(folder / "out" / "formulas.fods")
    answers = []
    for row in tree.iter(f"{{{NS['table']}}}table-row"):
        for cell in row.findall("table:table-cell", NS):
            if cell.get(f"{{{NS['table']}}}formula") is not None:
                answers.append(read_answer(cell))
    return answers


# ---- ours ----

def ask_ours(folder, program, formulas):
    lines = [f"let {name} = {value}" for name, value, _ in ALL]
    for name, (first, end) in RANGES.items():
        lines.append(f"let {name} = {{{'; '.join(value for _, value, _ in ALL[first:end])}}}")
    lines += [f"{formula} → ?" for formula in formulas]
    source = folder / "formulas.test"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = subprocess.run([program, "--print", str(source)], check=True, capture_output=True,
                         text=True, encoding="utf-8", timeout=TIMEOUT)
    return re.split(r"^→ ?", run.stdout, flags=re.M)[1:]


# ---- comparing ----

def as_number(text):
    try:
        return float({"TRUE": "1", "FALSE": "0", "": "0"}.get(text, text))
    except ValueError:
        return None


def agrees(calc, ours):
    number = as_number(ours)
    if isinstance(calc, float):
        return number is not None and math.isclose(calc, number, rel_tol=1e-11, abs_tol=1e-11)
    if calc in ("TRUE", "FALSE"):
        return number == as_number(calc)
    return calc == ours or (calc == "" and ours == '""')


def kind_of(calc):
    if isinstance(calc, float):
        return "numbers"
    if calc in ("TRUE", "FALSE"):
        return "truths"
    return "errors" if calc[:1] == "#" else "texts"


def deliberate(formula, calc, ours):
    """The difference of LANGUAGE.md that explains it, or None."""
    if re.search(r"\b(AND|OR)\(", formula) and isinstance(calc, str) and calc.startswith("#"):
        return "AND and OR stop at the argument that decides"
    both = isinstance(calc, str) and calc[:1] == "#" and ours[:1] == "#"
    if both and re.search(r"\b(IS[A-Z]+|IFERROR|IFNA)\(", formula):
        return "another one of several errors beside ISERROR and its like"
    if isinstance(calc, float) and abs(calc) >= 1e38 and ours == "#NUM!":
        return "no number of 10^38 or more"
    if isinstance(calc, str) and re.search(r"\dE[+-]\d", calc):
        return "no exponent in a text"
    return None


def main():
    program = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20240501
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 6000
    if shutil.which("soffice") is None:
        print("skipped: no soffice")
        return 77
    maker = Maker(random.Random(seed))
    made = [maker.any(maker.chance.choice([1, 2, 3, 4])) for _ in range(count)]
    ours_spelling = [spell(pieces, lambda name: name) for pieces in made]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        calc = ask_calc(folder, [spell(pieces, cell_address) for pieces in made])
        ours = [answer.rstrip("\n") for answer in ask_ours(folder, program, ours_spelling)]
    wrong, explained = [], collections.Counter()
    for formula, theirs, answer in zip(ours_spelling, calc, ours):
        if agrees(theirs, answer):
            continue
        reason = deliberate(formula, theirs, answer)
        if reason is None:
            wrong.append((formula, theirs, answer))
        else:
            explained[reason] += 1
    for formula, theirs, answer in wrong[:40]:
        print(f"{formula}\n    Calc {theirs}, ours {answer}")
    kinds = collections.Counter(kind_of(answer) for answer in calc)
    print(f"Calc gave {dict(kinds)}")
    print(f"seed {seed}: {len(calc)} answers of Calc and {len(ours)} of ours to {count} formulas, "
          f"{len(wrong)} disagree, {sum(explained.values())} differ deliberately {dict(explained)}")
    return 1 if wrong or len(calc) != count or len(ours) != count else 0


if __name__ == "__main__":
    sys.exit(main())
