#!/usr/bin/env python3
"""The script that an office would write to collect ten fields of many forms: finds each label by
its text, takes the value beside it, and writes a line of CSV for each form. What
tests/bench/aggregate measures `tianbao aggregate` against; needs openpyxl.

  openpyxl_fields.py FILE…
"""
import csv
import re
import sys

import openpyxl

SINGLE = ["部门(单位)名称", "填报人", "联系电话"]
MONEY = ["财政拨款", "其他资金", "基本支出", "项目支出"]
TEXTS = ["部门职能概述", "年度工作任务"]


def key(value):
    return re.sub(r"\s", "", str(value)).replace("（", "(").replace("）", ")") if value is not None else ""


def value_beside(sheet, cell):
    for column in range(cell.column + 1, sheet.max_column + 1):
        value = sheet.cell(cell.row, column).value
        if value is not None:
            return value
    return None


def collect(path):
    book = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                label = key(cell.value)
                if label in SINGLE + MONEY + TEXTS and label not in found:
                    found[label] = value_beside(sheet, cell)
                elif label == "合计" and label not in found:
                    found[label] = value_beside(sheet, cell)
    return [path, *(found.get(label) for label in [*SINGLE, *MONEY, *TEXTS, "合计"])]


def main():
    lines = csv.writer(sys.stdout)
    for path in sys.argv[1:]:
        lines.writerow(collect(path))


main()
