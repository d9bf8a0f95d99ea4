"""Folders of returned forms for the tests of aggregation, and what must come out of them: sums are
made of the values that the forms were made from, not of anything that our programs read."""
import collections
import dataclasses
import decimal
import os
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "forms"))
import declaration  # noqa: E402
import generate  # noqa: E402
import layout as layouts  # noqa: E402
import words  # noqa: E402
import writers  # noqa: E402

COLUMNS = {"now": "current", "before2": "earlier", "before1": "last"}
TIMEOUT = 120


@dataclasses.dataclass
class Returned:
    path: pathlib.Path
    form: declaration.Declaration
    case: str


def is_plain(form):
    """Whether every amount is a number, so that adding up needs no judgement."""
    amounts = list(form.money.values()) + [p.total for p in form.projects] + [p.budget for p in form.projects]
    return all(isinstance(amount, decimal.Decimal) for amount in amounts)


def make_declaration(rng, kind, number, goals=(1, 3)):
    """A declaration of a unit that no other number has, and the case that it was spoiled by."""
    stock = words.read_departments()
    while True:
        case = "clean" if kind == "clean" else generate.draw_case(rng, kind, number)
        form, _ = generate.make_form(rng, stock, case, rng.randint(*goals))
        if form.unit and is_plain(form):
            form.unit = f"{form.unit}第{number}分局"
            return form, case
        number += 1


def write_form(rng, path, form, layout="one"):
    path.parent.mkdir(parents=True, exist_ok=True)
    sheets, _ = layouts.lay_out(rng, layouts.LAYOUTS[layout], form)
    writers.WRITERS[path.suffix[1:]](path, sheets, {})
    return path


def make_folder(folder, seed, count, kind="all", endings=("ods", "xlsx", "fods")):
    """Forms of as many units, in all layouts and formats, in subfolders."""
    returned = []
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        form, case = make_declaration(rng, kind, number)
        name = f"区{number % 3}/{number:03d}.{rng.choice(endings)}"
        write_form(rng, folder / name, form, rng.choice(["one", "shifted", "retyped", "inserted"]))
        returned.append(Returned(folder / name, form, case))
    return returned


def expected_sums(returned, years=None):
    """{(year, field): sum} of all amounts of the forms."""
    sums = collections.defaultdict(decimal.Decimal)
    for one in returned:
        year = one.form.budget_year if years is None else years[one.path]
        for key, value in one.form.money.items():
            table, row, column = key.split(".")
            sums[year, f"{table}.{row}.{COLUMNS[column]}"] += value
        sums[year, "projects.total"] += sum(p.total for p in one.form.projects)
        sums[year, "projects.budget"] += sum(p.budget for p in one.form.projects)
    return dict(sums)


def run(program, *arguments, environment=None, **options):
    """Runs the program with the definitions of the source tree; (status, output, messages)."""
    settings = {**os.environ, "TIANBAO_TEMPLATES": str(ROOT / "templates"), "XDG_DATA_HOME": "/nowhere",
                **(environment or {})}
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, env=settings,
                          timeout=TIMEOUT, check=False, **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()
