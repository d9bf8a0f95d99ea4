"""The cases of the rules: small changes to a right form, and what must be found then.

pairs/<form>/*.cases are texts, in the order of the rules:

    [R2.income]                         the rule that the cases below are about
    fires: a cent too much              it must find something here: what comes after >
        income.total.now = 1200.01      what stands in a cell, by the cell's key
        > error R2.income income.total.now
    holds: …                            it comes close and must not

    text KEY = VALUE       a number that is stored as text
    drop KEY               takes out a project, an indicator, a goal, an entry of the summary
    row WHERE: A / B / …   adds an indicator; WHERE.project or a block: annual.0
    hide KEY, link KEY, formula KEY     hides the cell's row; takes its value from another file;
                           lets it be computed
    template ID            the workbook says that it was made from this template, and its cells
                           restrict what is entered as the template's do
    free KEY               the cell does not
    layout NAME            one, pages, …
    parameter ID = VALUE   of the definition, for this case only
    words ID               the case once more for every word of that parameter, for {word}
    hint TEXT, says TEXT   what a finding must say that probably happened; what its message must have
    hint nothing           no finding says what probably happened

What is found must be exactly what is listed, causes and what follows from them.
"""
import dataclasses
import decimal
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests" / "forms"), str(ROOT / "tests" / "form")]

import department_form  # noqa: E402
import layout  # noqa: E402
import project_targets  # noqa: E402
import writers  # noqa: E402

FORMS = {form.NAME: form for form in (department_form, project_targets)}
WIDTHS = {department_form.NAME: list(writers.COLUMN_WIDTHS)}


@dataclasses.dataclass
class Case:
    form: str
    rule: str
    fires: bool
    what: str
    where: str                    # file and line
    changes: list = dataclasses.field(default_factory=list)   # (verb, words)
    found: list = dataclasses.field(default_factory=list)     # "severity rule key"
    parameters: dict = dataclasses.field(default_factory=dict)
    template: str = ""
    layout: str = "one"
    hints: list = dataclasses.field(default_factory=list)
    says: list = dataclasses.field(default_factory=list)
    words: str = ""               # a parameter; the word of it that this case has, see with_word
    word: str = ""

    def name(self):
        return f"{self.form} {self.where} {self.rule} {'fires' if self.fires else 'holds'}: {self.what}"


def read_line(case, line):
    verb, _, rest = line.partition(" ")
    if verb == ">":
        case.found.append(rest)
    elif verb == "parameter":
        name, _, value = rest.partition("=")
        case.parameters[name.strip()] = value.strip()
    elif verb == "hint":
        case.hints.append(rest)
    elif verb == "says":
        case.says.append(rest)
    elif verb in ("template", "layout", "words"):
        setattr(case, verb, rest)
    elif verb in ("drop", "hide", "link", "formula", "free", "row", "text"):
        case.changes.append((verb, rest))
    else:
        assert " = " in line or line.endswith(" ="), f"{case.where}: {line}"
        case.changes.append(("set", line))


def read_file(form, path):
    cases, rule = [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        where = f"{path.name}:{number}"
        if not text or text.startswith("#"):
            continue
        if line.startswith("["):
            rule = text[1:-1]
        elif line.startswith(("fires:", "holds:")):
            cases.append(Case(form, rule, line.startswith("fires"), text[6:].strip(), where))
        else:
            assert cases and line.startswith(" "), where
            read_line(cases[-1], text)
    return cases


def with_word(case, word):
    """The case for one word of the parameter that it goes through."""
    def fill(text):
        return text.replace("{word}", word)
    return dataclasses.replace(
        case, what=f"{case.what} ({word})", word=word,
        changes=[(verb, fill(rest)) for verb, rest in case.changes],
        found=[fill(line) for line in case.found], says=[fill(text) for text in case.says])


def definition(form):
    path = ROOT / "templates" / form / "form.json"
    return json.loads(path.read_text(encoding="utf-8"))


def words_of(document, name):
    values = {p["id"]: p["value"] for p in document["parameters"]}
    return values[name].split("|")


def read_cases(form):
    """All cases of the form, those for each word of a parameter one by one."""
    document = definition(form)
    cases = []
    for path in sorted((HERE / "pairs" / form).glob("*.cases")):
        for case in read_file(form, path):
            words = words_of(document, case.words) if case.words else None
            cases += [with_word(case, word) for word in words] if words else [case]
    return cases


# Making the forms

def change_structure(case, module, form):
    """Rows are taken out and added before anything is laid out. Returns the keys of `{row}`."""
    for verb, rest in case.changes:
        if verb == "drop":
            module.drop(form, rest)
        elif verb == "row":
            where, _, texts = rest.partition(": ")
            module.add(form, where, [text.strip() for text in texts.split(" / ")])


def value_of(old, text):
    """A number stays a number where the text is one."""
    if isinstance(old, decimal.Decimal):
        try:
            return decimal.Decimal(text)
        except decimal.InvalidOperation:
            return text
    return text


def change_cell(cell, verb, rest):
    if verb in ("set", "text"):
        text = rest.partition("=")[2].strip().replace("\\n", "\n")
        cell.value = text if verb == "text" else value_of(cell.value, text)
    elif verb == "link":
        cell.linked = True
    elif verb == "free":
        cell.valid = False
    elif verb == "formula":
        cell.formula = ["0+", f"{cell.value}"]


def change_cells(case, module, sheets, places):
    by_name = {sheet.name: sheet for sheet in sheets}
    for key, (sheet, row, column) in places.items():
        if case.template and module.RESTRICTED.fullmatch(key):
            by_name[sheet].cells[row, column].valid = True
    for verb, rest in case.changes:
        if verb in ("drop", "row"):
            continue
        key = rest.partition("=")[0].strip()
        assert key in places, f"{case.name()}: no cell {key}"
        sheet, row, column = places[key]
        if verb == "hide":
            by_name[sheet].hidden.add(row)
        else:
            change_cell(by_name[sheet].cells[row, column], verb, rest)


def make(case, folder, stem, formats):
    """Writes the form of the case; returns ([paths], {key: (sheet, cell)})."""
    module = FORMS[case.form]
    form = module.right_form()
    change_structure(case, module, form)
    writers.COLUMN_WIDTHS = WIDTHS.get(case.form, writers.COLUMN_WIDTHS)
    sheets, places = module.lay_out(form, case.layout)
    change_cells(case, module, sheets, places)
    paths = [folder / f"{stem}.{format_}" for format_ in formats]
    for path in paths:
        writers.WRITERS[path.suffix[1:]](path, sheets, places, case.template)
    return paths, {key: (sheet, layout.cell_name(row, column))
                   for key, (sheet, row, column) in places.items()}


def expected(case, places):
    """What must be found: sorted [(severity, rule, sheet, cell)]."""
    lines = []
    for line in case.found:
        severity, rule, key = line.split(" ")
        assert key in places, f"{case.name()}: no cell {key}"
        lines.append((severity, rule, *places[key]))
    return sorted(lines)


def found(result):
    return sorted((f["severity"], f["rule"], f["sheet"], f["cell"]) for f in result["findings"])


def unsaid(case, result):
    """What no finding's hint or message says although one should. Messages are in Chinese."""
    hints = " ".join(f.get("hint", "") for f in result["findings"])
    messages = " ".join(f["message"] for f in result["findings"])
    wanted = [text for text in case.hints if text != "nothing"]
    if wanted != case.hints and hints.strip():
        return [f"nothing, but {hints}"]
    return [text for text in wanted if text not in hints] + \
        [text for text in case.says if text not in messages]


def with_parameters(document, parameters):
    """The definition with parameters changed, also those of single rules (R24.minimum_rows)."""
    if not parameters:
        return document
    changed = json.loads(json.dumps(document))
    for name, value in parameters.items():
        rule, _, own = name.rpartition(".")
        rows = changed["parameters"] if not rule else next(
            r["parameters"] for r in changed["rules"] if r["id"] == rule)
        next(row for row in rows if row["id"] == own)["value"] = value
    return changed
