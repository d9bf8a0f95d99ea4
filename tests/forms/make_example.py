#!/usr/bin/env python3
"""Makes the filled example that is shipped, and the list of what must be found in it.

    make_example.py          writes templates/department-goals/example.fods and example.json
    make_example.py --check  fails when they are not what it would write
"""
import decimal
import json
import pathlib
import random
import sys
import tempfile

import declaration
import layout
import words
import writers

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "templates" / "department-goals" / "example.fods"
TRUTH = pathlib.Path(__file__).with_name("example.json")
SEED = "example"
DEPARTMENT, PLACE = "水利局", "云岭县"
GOALS = 4
BUDGET_YEAR = 2026
PROJECTS = [  # name, type, total budget, budget of the year, purpose
    ("水库除险加固", "延续性项目", "1680.00", "586.40", "1.坝体防渗；2.溢洪道整治；3.监测设施安装"),
    ("农村饮水维修养护", "常年性项目", "318.75", "318.75",
     "1.供水管网维修；2.水质检测；3.消毒设备更新"),
    ("河湖管护经费", "常年性项目", "142.60", "142.60", "1.河道保洁；2.巡河员补助；3.界桩和标牌维护"),
    ("水利信息平台建设", "一次性项目", "96.00", "96.00", "雨水情监测数据接入和预警平台软件购置"),
]
MONEY = {  # column: fiscal, other, basic, project
    "now": ("1150.25", "131.90", "138.40", "1143.75"),
    "before2": ("968.30", "112.46", "126.85", "953.91"),
    "before1": ("1086.72", "130.60", "131.05", "1086.27"),
}


def right_money():
    money = {}
    for column, texts in MONEY.items():
        amounts = [decimal.Decimal(text) for text in texts]
        for (table, rows), pair in zip(declaration.TABLES.items(), (amounts[:2], amounts[2:])):
            for row, amount in zip(rows + ("total",), pair + [sum(pair)]):
                money[f"{table}.{row}.{column}"] = amount
    return money


def right_declaration(rng):
    departments, common = words.read_departments()
    chosen = [d for d in departments if d.name == DEPARTMENT]
    form = declaration.make_declaration(rng, chosen, common[:1], GOALS)
    form.unit = PLACE + DEPARTMENT
    form.person, form.phone = "周例文", "19900001234"
    form.budget_year, form.years = BUDGET_YEAR, [BUDGET_YEAR - 2, BUDGET_YEAR - 1]
    form.end_year, form.date = BUDGET_YEAR + 2, f"{BUDGET_YEAR - 1}年11月18日"
    form.projects = [declaration.Project(name, kind, decimal.Decimal(total),
                                         decimal.Decimal(budget), purpose)
                     for name, kind, total, budget, purpose in PROJECTS]
    form.money = right_money()
    form.shares, form.share_style = declaration.shares_of(form.money), "ratio"
    return form


def find_row(form, view, number, fits):
    """The key and the row of the first indicator of a goal that fits."""
    for index, row in enumerate(form.blocks[view][number].rows):
        if fits(row):
            return f"{view}.{number}.{index}.value", row
    raise LookupError(f"{view} {number}")


def swap_total(form):
    """Two digits of a total changed places on the way from the ledger."""
    key = "expenditure.total.before1"
    digits = list(str(form.money[key]))
    at = next(i for i in range(1, len(digits) - 4) if digits[i] != digits[i + 1])
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    form.money[key] = decimal.Decimal("".join(digits))
    return key


def copy_block(form, source, target):
    """The values of one goal pasted over those of another."""
    values = [row.value for row in form.blocks["annual"][source].rows]
    for row, value in zip(form.blocks["annual"][target].rows, values):
        row.value = value
    return f"annual.{target}.title"


def strip_unit(form):
    """A count without its unit."""
    key, row = find_row(form, "long", 1, lambda row: row.second == "数量指标")
    row.value = row.value.rstrip("个公里座人次吨处条台套")
    return key


def strip_operator(form):
    """A cost without at most."""
    key, row = find_row(form, "annual", 3, lambda row: row.second == "成本指标")
    row.value = row.value.lstrip("≤")
    return key


def strip_yuan(form):
    """万 without 元, in both views of a goal."""
    keys = []
    for view in ("long", "annual"):
        key, row = find_row(form, view, 1, lambda row: row.value.endswith("万元"))
        row.value = row.value.removesuffix("元")
        keys.append(key)
    return keys


def spoil(form):
    """Returns [(rule, severity, key)] of what must be found, and nothing else may be."""
    form.shares["expenditure.basic.share"] += decimal.Decimal("0.0100")
    form.phone = form.phone[:-1]
    form.projects[-1].type = "长期项目"
    findings = [("R1.phone", "error", "phone"),
                ("R2.expenditure", "error", swap_total(form)),
                ("R4.expenditure", "error", "expenditure.basic.share"),
                ("R10.project_type", "error", f"project.{len(form.projects) - 1}.type"),
                ("R12.unit", "error", strip_unit(form)),
                ("R24", "error", copy_block(form, 0, 2)),
                ("R13.operator", "warning", strip_operator(form))]
    return findings + [("R12.whole", "warning", key) for key in strip_yuan(form)]


def make(folder):
    """Writes the example into the folder; returns its bytes and the text of the truth."""
    rng = random.Random(SEED)
    form = right_declaration(rng)
    findings = spoil(form)
    sheets, places = layout.lay_out(rng, layout.LAYOUTS["one"], form)
    path = folder / "example.fods"
    writers.write_fods(path, sheets, places)
    rows = []
    for rule, severity, key in findings:
        sheet, row, column = places[key]
        rows.append([rule, severity, sheet, layout.cell_name(row, column)])
    lines = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return path.read_bytes(), f'{{"findings": [\n  {lines}\n]}}\n'


def main():
    with tempfile.TemporaryDirectory() as folder:
        example, truth = make(pathlib.Path(folder))
    if sys.argv[1:] == ["--check"]:
        same = EXAMPLE.read_bytes() == example and TRUTH.read_text(encoding="utf-8") == truth
        print("as made" if same else "run tests/forms/make_example.py and look at the changes")
        return int(not same)
    EXAMPLE.write_bytes(example)
    TRUTH.write_text(truth, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
