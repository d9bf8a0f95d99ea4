"""Lays a declaration out on sheets: one sheet or several, shifted, labels retyped, rows inserted.

The result is a list of sheets whose cells know their text, style and merge; `places` says at which
sheet and cell each key of the declaration landed.
"""
import dataclasses
import decimal
import math

import declaration as decl

COLUMN_WIDTHS = [2.7, 2.9, 3.3, 4.6, 2.9, 2.9, 3.3, 3.9]  # centimetres, A to H
LINE_HEIGHT = 0.5                                        # centimetres, of a 10.5 pt line
COLUMN_SLOT = {"now": 3, "share": 4, "before2": 5, "before1": 7}
NOTES = ["填表说明：本表由部门财务机构会同业务机构填写。", "注：金额保留两位小数。",
         "（本页无正文以外的内容）"]
SUMMARY_WORD = {"long": "长期", "annual": "年度"}


@dataclasses.dataclass
class Cell:
    value: object          # text, Decimal or None
    style: str
    columns: int = 1       # merged
    rows: int = 1
    formula: list = None   # pieces of text and keys of other cells
    linked: bool = False   # its value is taken from another file
    valid: bool = False    # what may be entered is restricted


@dataclasses.dataclass
class Sheet:
    name: str
    cells: dict            # (row, column) -> Cell, from 0
    heights: dict          # row -> centimetres
    first_column: int = 0
    rows: int = 0
    hidden: set = dataclasses.field(default_factory=set)  # rows


@dataclasses.dataclass
class Layout:
    name: str
    division: str = "one"  # one sheet, pages (as printed), blocks (a sheet each), parts (three)
    down: int = 0
    right: int = 0
    retyped: bool = False
    inserted: bool = False
    filler: bool = True    # the …… row below a table of indicators


LAYOUTS = {layout.name: layout for layout in [
    Layout("one"),
    Layout("pages", "pages"),
    Layout("shifted", "one", 3, 2),
    Layout("retyped", "one", retyped=True),
    Layout("inserted", "one", inserted=True, filler=False),
    Layout("blocks", "blocks", retyped=True, filler=False),
    Layout("parts", "parts", 1, 1, inserted=True),
    Layout("pages-all", "pages", 2, 3, True, True),
]}


class Section:
    """Some rows that stay together; cells are set relative to its first row."""

    def __init__(self, rng, layout):
        self.rng, self.layout = rng, layout
        self.cells, self.keys, self.rows = {}, {}, 0
        self.gaps = []  # rows before which somebody may insert one

    def put(self, row, column, value, style="text", columns=1, rows=1, key=None, formula=None):
        self.cells[row, column] = Cell(value, style, columns, rows, formula)
        if key:
            self.keys[key] = (row, column)
        self.rows = max(self.rows, row + rows)

    def insert_row(self, at):
        """Inserts an empty row; merged cells across it grow, as in an office."""
        def moved(row):
            return row + (row >= at)
        for (row, _), cell in self.cells.items():
            if row < at < row + cell.rows:
                cell.rows += 1
        self.cells = {(moved(row), column): cell for (row, column), cell in self.cells.items()}
        self.keys = {key: (moved(row), column) for key, (row, column) in self.keys.items()}
        self.rows += 1

    def label(self, row, column, text, columns=1, rows=1, key=None, style="label"):
        text = retype(self.rng, text) if self.layout.retyped else text
        self.put(row, column, text, style, columns, rows, key)


def retype(rng, text):
    """The label as somebody typed it anew: blanks, line breaks, half-width brackets."""
    text = text.replace("（", "(").replace("）", ")") if rng.random() < 0.6 else text
    body = text.rstrip("：")
    if 2 <= len(body) <= 5:
        middle = len(body) // 2
        gap = rng.choice(["  ", "\u3000", "\n", " ", ""])
        return body[:middle] + gap + body[middle:] + text[len(body):]
    if len(body) > 6 and rng.random() < 0.5:
        return body[:4] + rng.choice(["\n", " "]) + body[4:] + text[len(body):]
    return text


def lay_title(section):
    section.put(0, 0, "部门整体绩效目标申报表", "title", 8, key="title")


def lay_person(section, form):
    section.put(0, 0, f"填报日期：{form.date}" if form.date else "填报日期：", "date", 4, key="date")
    section.put(0, 6, f"单位：{form.money_unit}" if form.money_unit else "", "money_unit", 2,
                key="money_unit")
    section.label(1, 0, "部门（单位）名称")
    section.put(1, 1, form.unit, "center", 7, key="unit")
    section.label(2, 0, "填报人")
    section.put(2, 1, form.person, "center", 3, key="person")
    section.label(2, 4, "联系电话")
    section.put(2, 5, form.phone, "code", 3, key="phone")


def share_cell(form, table, key):
    """The value, style and formula of a share, as this clerk gives shares."""
    share = form.shares[key]
    if not isinstance(share, decimal.Decimal):
        return share, "percent", None
    percent = (share * 100).quantize(decl.CENT)
    if form.share_style == "text":
        return f"{percent}%", "center", None
    if form.share_style == "plain":
        return percent, "amount", None
    if form.share_style == "live":
        parts = [key.replace(".share", ".now"), f"{table}.total.now"]
        amount, total = (form.money[part] for part in parts)
        if isinstance(amount, decimal.Decimal) and isinstance(total, decimal.Decimal) and \
                decl.round_share(amount / total) == share:
            return amount / total, "percent", [parts[0], "/", parts[1]]
    return share, "percent", None


def live_total(form, table, row, column):
    """The formula of a total, or None where this clerk types totals or typed another one."""
    if form.share_style != "live" or row != "total":
        return None
    parts = [f"{table}.{name}.{column}" for name in decl.TABLES[table]]
    values = [form.money[part] for part in parts]
    if not all(isinstance(value, decimal.Decimal) for value in values) or \
            sum(values) != form.money[f"{table}.total.{column}"]:
        return None
    return [parts[0], "+", parts[1]]


def lay_money(section, form):
    section.label(0, 0, "部门总体资金情况", 1, 8)
    section.label(0, 1, "总体资金情况", 2, 2)
    section.label(0, 3, "当年金额", 1, 2)
    section.label(0, 4, "占比", 1, 2)
    section.label(0, 5, "近两年收支金额", 3)
    blank = section.rng.choice(["", " "])
    section.put(1, 5, f"{form.years[0]}{blank}年", "label", 2, key="year.before2")
    section.put(1, 7, f"{form.years[1]}{blank}年", "label", key="year.before1")
    section.label(2, 1, "收入构成", 1, 3)
    section.label(5, 1, "支出构成", 1, 3)
    for offset, (table, row, label) in enumerate(decl.MONEY_ROWS, 2):
        section.label(offset, 2, label, key=f"{table}.{row}.label")
        for column, slot in COLUMN_SLOT.items():
            key = f"{table}.{row}.{column}"
            if column == "share":
                value, style, formula = share_cell(form, table, key)
            else:
                value, style = form.money[key], "amount"
                formula = live_total(form, table, row, column)
            section.put(offset, slot, value, style, 2 if column == "before2" else 1,
                        key=key, formula=formula)
    section.gaps = [3, 6]


def lay_duties(section, form):
    for row, (key, label, items) in enumerate((("duties", "部门职能概述", form.duties),
                                               ("tasks", "年度工作任务", form.tasks))):
        section.label(row, 0, label)
        text = "；\n".join(f"{n}.{item}" for n, item in enumerate(items, 1)) + "。"
        section.put(row, 1, text, "text", 7, key=key)


def lay_projects(section, form):
    section.label(0, 0, "项目支出情况", 1, len(form.projects) + 1, key="projects")
    for column, label in enumerate(("项目名称", "项目类型", "项目总预算", "项目本年度预算")):
        section.label(0, column + 1, label)
    section.label(0, 5, "项目主要支出方向和用途", 3)
    for row, project in enumerate(form.projects):
        key = f"project.{row}"
        section.put(row + 1, 1, project.name, "center", key=f"{key}.name")
        section.put(row + 1, 2, project.type, "center", key=f"{key}.type")
        section.put(row + 1, 3, project.total, "amount", key=f"{key}.total")
        section.put(row + 1, 4, project.budget, "amount", key=f"{key}.budget")
        section.put(row + 1, 5, project.purpose, "text", 3, key=f"{key}.purpose")
    section.gaps = list(range(2, section.rows))


def lay_summary(section, form):
    section.label(0, 0, "整体绩效总目标", 1, 2)
    section.label(0, 1, f"长期目标（截止{form.end_year}年）", 3, key="end_year")
    section.label(0, 4, "年度目标", 4)
    for column, columns, view in ((1, 3, "long"), (4, 4, "annual")):
        goals = form.summaries[view]
        lines = [f"目标{number}：{text}" for number, text in goals]
        text = "；\n".join(lines) + "。" if lines else ""
        section.put(1, column, text, "text", columns, key=f"summary.{view}")


def lay_heads(section, view):
    """The two or three rows above a block's indicators; returns the first row below them."""
    section.label(1, 0, f"{SUMMARY_WORD[view]}绩效指标", 8)
    deep = 2 if view == "annual" else 1
    section.label(2, 0, "一级指标", 2, deep)
    section.label(2, 2, "二级指标", 1, deep)
    section.label(2, 3, "三级指标", 1, deep)
    if view == "long":
        section.label(2, 4, "指标值", 3)
    else:
        section.label(2, 4, "近两年指标值", 2)
        section.label(3, 4, "前年")
        section.label(3, 5, "上年")
        section.label(2, 6, "预期当年实现值", 1, deep)
    section.label(2, 7, "指标值确定依据", 1, deep)
    return 2 + deep


def lay_first_levels(section, rows, top):
    start = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or rows[index].first != rows[start].first:
            section.put(top + start, 0, rows[start].first, "center", 2, index - start)
            start = index


def lay_block(section, view, index, block):
    key = f"{view}.{index}"
    title = f"{SUMMARY_WORD[view]}目标{block.number}：{block.text}。"
    section.put(0, 0, title, "block", 8, key=f"{key}.title")
    top = lay_heads(section, view)
    lay_first_levels(section, block.rows, top)
    for number, row in enumerate(block.rows):
        line, at = top + number, f"{key}.{number}"
        section.keys[f"{at}.first"] = (line, 0)
        section.put(line, 2, row.second, "center", key=f"{at}.second")
        section.put(line, 3, row.name, "center", key=f"{at}.name")
        if view == "long":
            section.put(line, 4, row.value, "center", 3, key=f"{at}.value")
        else:
            section.put(line, 4, row.past[0], "center", key=f"{at}.past2")
            section.put(line, 5, row.past[1], "center", key=f"{at}.past1")
            section.put(line, 6, row.value, "center", key=f"{at}.value")
        section.put(line, 7, row.basis, "center", key=f"{at}.basis")
    if section.layout.filler:
        line = top + len(block.rows)
        for column in range(8):
            section.put(line, column, "……" if column == 2 else "", "center")
    section.gaps = [1] + list(range(top + 1, section.rows))


def lay_page_head(section, form):
    section.label(0, 0, "部门（单位）名称")
    section.put(0, 1, form.page_unit or form.unit, "center", 7, key="page_unit")


def make_sections(rng, layout, form):
    """Returns [(part, section)]: part 0 the head, 1 projects and summary, 2 long, 3 annual."""
    sections = []

    def add(part, lay, *arguments):
        section = Section(rng, layout)
        lay(section, *arguments)
        sections.append((part, section))

    add(0, lay_title)
    for lay in (lay_person, lay_money, lay_duties):
        add(0, lay, form)
    for lay in (lay_projects, lay_summary):
        add(1, lay, form)
    for part, view in ((2, "long"), (3, "annual")):
        for index, block in enumerate(form.blocks[view]):
            add(part, lay_block, view, index, block)
    return sections


def divide(division, sections):
    """Returns [(sheet name, sections)]."""
    if division == "one":
        return [("申报表", [section for _, section in sections])]
    if division == "parts":
        return [(name, [s for part, s in sections if part in parts])
                for name, parts in (("基本情况", (0, 1)), ("长期", (2,)), ("年度", (3,)))]
    pages, size = [], 2 if division == "pages" else 1
    previous = None
    for part, section in sections:
        if part != previous or (part > 1 and len(pages[-1]) >= size):
            pages.append([])
        pages[-1].append(section)
        previous = part
    return [(f"第{number}页", page) for number, page in enumerate(pages, 1)]


def text_lines(cell, column):
    """How many lines the cell's text takes in its width."""
    if not isinstance(cell.value, str):
        return 1
    width = sum(COLUMN_WIDTHS[column:column + cell.columns]) - 0.3
    return sum(max(1, math.ceil(text_width(line) / width)) for line in cell.value.split("\n"))


def text_width(text):
    """About how many centimetres a line of 10.5 points takes."""
    return sum(0.385 if ord(char) > 0x2000 else 0.21 for char in text)


def needed_height(cells, row):
    lines = max([text_lines(cell, column) for (at, column), cell in cells.items()
                 if at == row and cell.rows == 1], default=1)
    title = any(cell.style == "title" for (at, _), cell in cells.items() if at == row)
    return 1.3 if title else round(lines * LINE_HEIGHT + 0.25, 2)


def insert_rows(rng, sheet):
    """A blank row or a note between two parts of the form."""
    for _ in range(rng.choice((0, 1, 1, 2))):
        if rng.random() < 0.4:
            sheet.cells[sheet.rows, sheet.first_column] = Cell(rng.choice(NOTES), "note", 8)
        sheet.rows += 1


def stack(rng, layout, name, sections, places):
    sheet = Sheet(name, {}, {}, layout.right, layout.down)
    for section in sections:
        if layout.inserted and sheet.rows > layout.down:
            insert_rows(rng, sheet)
        if layout.inserted and section.gaps and rng.random() < 0.3:
            section.insert_row(rng.choice(section.gaps))
        for (row, column), cell in section.cells.items():
            sheet.cells[sheet.rows + row, layout.right + column] = cell
        for row in range(section.rows):
            sheet.heights[sheet.rows + row] = needed_height(section.cells, row)
        for key, (row, column) in section.keys.items():
            places.setdefault(key, (name, sheet.rows + row, layout.right + column))
        sheet.rows += section.rows
    return sheet


def lay_out(rng, layout, form):
    """Returns (sheets, places): places maps a key to (sheet name, row, column)."""
    places, sheets = {}, []
    for number, (name, sections) in enumerate(divide(layout.division, make_sections(
            rng, layout, form))):
        if number:
            head = Section(rng, layout)
            lay_page_head(head, form)
            sections = [head] + sections
        sheets.append(stack(rng, layout, name, sections, places))
    return sheets, places


def cell_name(row, column):
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"
