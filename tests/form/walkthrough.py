#!/usr/bin/env python3
"""Makes the two forms that templates/README.md walks through.

    walkthrough.py          writes templates/walkthrough/blank.fods and filled.fods
    walkthrough.py --check  fails when those are not what it would write
"""
import pathlib
import sys
import tempfile

import project_form
from project_form import layout, writers

FOLDER = project_form.ROOT / "templates" / "walkthrough"
WIDTHS = [2.0, 7.0, 3.0, 3.0, 4.0]  # centimetres, A to E
HEADINGS = ["序号", "培训班名称", "人数", "天数", "预算金额"]
FILLED = {"agency": "云岭县水利局", "date": "填报日期：2026年3月10日", "person": "周例文",
          "phone": "19900001234", "total": "8.40",
          "classes": [("1", "防汛抢险技术培训", "60", "2", "3.60"),
                      ("2", "河湖巡查员上岗培训", "85", "1", "2.55"),
                      ("3", "水利工程质量监督培训", "30", "3", "2.70")]}
BLANK = {"agency": "", "date": "填报日期：", "person": "", "phone": "", "total": "",
         "classes": [("", "", "", "", "")] * 3}


def lay_out(form):
    sheet = project_form.Form()
    sheet.put(0, 0, "培训计划表", "title", 5)
    sheet.put(1, 0, form["date"], "date", 3)
    sheet.put(1, 3, "单位：万元", "money_unit", 2)
    sheet.put(2, 0, "填报单位", "label")
    sheet.put(2, 1, form["agency"], "center", 4)
    sheet.put(3, 0, "联系人", "label")
    sheet.put(3, 1, form["person"], "center")
    sheet.put(3, 2, "联系电话", "label")
    sheet.put(3, 3, form["phone"], "code", 2)
    sheet.put(4, 0, "预算合计", "label")
    sheet.put(4, 1, project_form.amount(form["total"]), "amount", 4)
    sheet.put(5, 0, "培训班", "block", 5)
    for column, text in enumerate(HEADINGS):
        sheet.put(6, column, text, "label")
    for row, values in enumerate(form["classes"], 7):
        for column, text in enumerate(values):
            style = "text" if column == 1 else "amount" if column == 4 else "points"
            sheet.put(row, column, project_form.amount(text) if text else "", style)
    sheet.heights.update({row: 1.1 if row == 0 else 0.8 for row in range(sheet.rows)})
    return layout.Sheet("培训计划表", sheet.cells, sheet.heights, 0, sheet.rows)


def write(folder):
    writers.COLUMN_WIDTHS = WIDTHS
    writers.STYLES["points"] = writers.STYLES["center"]
    for name, form in (("blank", BLANK), ("filled", FILLED)):
        writers.write_fods(folder / f"{name}.fods", [lay_out(form)], {})


def main():
    if sys.argv[1:] != ["--check"]:
        FOLDER.mkdir(exist_ok=True)
        write(FOLDER)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        write(pathlib.Path(folder))
        same = all((FOLDER / path.name).read_bytes() == path.read_bytes()
                   for path in pathlib.Path(folder).glob("*.fods"))
    print("as made" if same else "run tests/form/walkthrough.py and look at the changes")
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
