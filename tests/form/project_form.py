#!/usr/bin/env python3
"""Lays out a filled 项目支出绩效目标表, and makes the example that is shipped.

    project_form.py          writes templates/project-goals/example.fods
    project_form.py --check  fails when that is not what it would write
"""
import copy
import decimal
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "forms"))
import layout  # noqa: E402
import writers  # noqa: E402

EXAMPLE = ROOT / "templates" / "project-goals" / "example.fods"
WIDTHS = [3.0, 2.6, 3.6, 5.6, 3.4, 2.2]  # centimetres, A to F
LEVELS = [("产出指标", ["数量指标", "质量指标", "时效指标", "成本指标"]),
          ("效益指标", ["社会效益指标", "生态效益指标", "可持续影响指标"]),
          ("满意度指标", ["服务对象满意度指标"])]

GOOD = {
    "title": "项目支出绩效目标表", "year": "（2026年度）", "unit": "单位：万元",
    "project": "农村河道清淤整治", "department": "云岭县水利局", "agency": "云岭县河湖管护中心",
    "person": "周例文", "phone": "19900001234",
    "total": "386.50", "fiscal": "310.00", "other": "76.50",
    "goal": "清淤整治农村河道 24 公里，修复护岸 6 处，汛前全部完工，沿河村庄排涝能力和水环境得到改善。",
    "indicators": [  # second level, name, value, weight
        ("数量指标", "清淤河道长度", "≥24公里", "10"),
        ("数量指标", "修复护岸数量", "≥6处", "10"),
        ("质量指标", "工程验收合格率", "=100%", "15"),
        ("时效指标", "完工时间", "2026年5月31日前", "10"),
        ("成本指标", "清淤单位成本", "≤12.5万元/公里", "10"),
        ("社会效益指标", "受益村庄数量", "≥18个", "15"),
        ("生态效益指标", "河道水质达标率", "≥90%", "10"),
        ("可持续影响指标", "日常管护制度", "覆盖整治河道并落实到人", "10"),
        ("服务对象满意度指标", "沿河村民满意度", "≥92%", "10"),
    ],
}


def good():
    return copy.deepcopy(GOOD)


def amount(text):
    """A number where the text is one; any other text stays what it is."""
    try:
        return decimal.Decimal(text)
    except decimal.InvalidOperation:
        return text


class Form:
    """The cells of one sheet; `places` says where each key landed."""

    def __init__(self):
        self.cells, self.heights, self.places, self.rows = {}, {}, {}, 0

    def put(self, row, column, value, style, columns=1, rows=1, key=None):
        self.cells[row, column] = layout.Cell(value, style, columns, rows)
        self.rows = max(self.rows, row + rows)
        if key:
            self.places[key] = layout.cell_name(row, column)

    def pair(self, row, column, label, form, key, columns, style="center"):
        self.put(row, column, label, "label")
        self.put(row, column + 1, form[key], style, columns, key=key)


def lay_head(sheet, form):
    sheet.put(0, 0, form["title"], "title", 6)
    sheet.put(1, 0, form["year"], "center_plain", 4)
    sheet.put(1, 4, form["unit"], "money_unit", 2, key="unit")
    sheet.pair(2, 0, "项目名称", form, "project", 5)
    sheet.pair(3, 0, "主管部门", form, "department", 2)
    sheet.pair(3, 3, "实施单位", form, "agency", 2)
    sheet.pair(4, 0, "填报人", form, "person", 2)
    sheet.pair(4, 3, "联系电话", form, "phone", 2, "code")
    sheet.put(5, 0, "项目资金", "label", rows=3)
    for row, label, key in ((5, "年度资金总额", "total"), (6, "其中：财政拨款", "fiscal"),
                            (7, "其他资金", "other")):
        sheet.put(row, 1, label, "label", 2)
        sheet.put(row, 3, amount(form[key]), "amount", 3, key=key)
    sheet.put(8, 0, "总体目标", "label")
    sheet.put(8, 1, form["goal"], "text", 5, key="goal")
    sheet.heights.update({0: 1.1, 8: 1.6})


def lay_kinds(sheet, first, kinds, column):
    """One merged cell for each run of equal kinds."""
    start = 0
    for at in range(1, len(kinds) + 1):
        if at == len(kinds) or kinds[at] != kinds[start]:
            sheet.put(first + start, column, kinds[start], "center", rows=at - start,
                      key=f"kind.{column}.{start}")
            start = at


def lay_indicators(sheet, form):
    rows = form["indicators"]
    first = 10
    sheet.put(9, 0, "绩效指标", "label", rows=len(rows) + 1)
    for column, text in enumerate(["一级指标", "二级指标", "三级指标", "指标值", "权重"], 1):
        sheet.put(9, column, text, "label", key=f"heading.{column}")
    level1 = {second: top for top, seconds in LEVELS for second in seconds}
    level1.update(form.get("levels", {}))
    lay_kinds(sheet, first, [level1.get(row[0], row[0]) for row in rows], 1)
    lay_kinds(sheet, first, [row[0] for row in rows], 2)
    for at, (_, name, value, weight) in enumerate(rows):
        sheet.put(first + at, 3, name, "text", key=f"name.{at}")
        sheet.put(first + at, 4, value, "center", key=f"value.{at}")
        sheet.put(first + at, 5, amount(weight), "points", key=f"weight.{at}")
        sheet.heights[first + at] = 1.1 if len(value) > 9 or len(row_text(rows[at])) > 9 else 0.8


def row_text(row):
    return max(row[:2], key=len)


def lay_out(form):
    sheet = Form()
    lay_head(sheet, form)
    lay_indicators(sheet, form)
    for row in range(sheet.rows):
        sheet.heights.setdefault(row, 0.8)
    return sheet


def prepare_writers():
    """The writers' columns and styles are those of the other form."""
    writers.COLUMN_WIDTHS = WIDTHS
    plain = writers.STYLES["date"]
    writers.STYLES["center_plain"] = plain[:2] + ("center",) + plain[3:]
    writers.STYLES["points"] = writers.STYLES["center"]


def sheet_of(form):
    """Returns the sheet, and where each key landed."""
    prepare_writers()
    laid = lay_out(form)
    return layout.Sheet("绩效目标表", laid.cells, laid.heights, 0, laid.rows), laid.places


def write(path, form):
    """Writes the form there, by the ending of the name; returns where each key landed."""
    sheet, places = sheet_of(form)
    writers.WRITERS[path.suffix[1:]](path, [sheet], {})
    return places


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "example.fods"
        write(path, good())
        made = path.read_bytes()
    if sys.argv[1:] == ["--check"]:
        same = EXAMPLE.read_bytes() == made
        print("as made" if same else "run tests/form/project_form.py and look at the changes")
        return int(not same)
    EXAMPLE.write_bytes(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
