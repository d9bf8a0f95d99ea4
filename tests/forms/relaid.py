"""Lays out anew a form that somebody else made: shifted, labels retyped, rows inserted.

Reads an .ods as far as these forms need it and gives sheets for writers.py, with a map from the
old cells to the new ones.
"""
import dataclasses
import decimal
import re
import zipfile
from xml.etree import ElementTree

from layout import Cell, Sheet, cell_name, insert_rows, retype

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE_OF = {"float": "amount", "percentage": "percent"}
LABELS = {"部门（单位）名称", "填报人", "联系电话", "部门总体资金情况", "总体资金情况", "当年金额", "占比",
          "近两年收支金额", "收入构成", "支出构成", "财政拨款", "其他资金", "合计", "基本支出", "项目支出",
          "部门职能概述", "年度工作任务", "项目支出情况", "项目名称", "项目类型", "项目总预算",
          "项目本年度预算", "项目主要支出方向和用途", "整体绩效总目标", "年度目标", "长期绩效指标",
          "年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "近两年指标值", "前年", "上年",
          "预期当年实现值", "指标值确定依据"}
PART_BEGINS = re.compile("部门总体资金情况|部门职能概述|项目支出情况|整体绩效总目标|[长年][期度]目标\\d")


@dataclasses.dataclass
class Change:
    name: str
    down: int = 0
    right: int = 0
    retyped: bool = False
    inserted: bool = False


CHANGES = [Change("shifted", 4, 3), Change("retyped", retyped=True),
           Change("inserted", inserted=True), Change("all", 2, 1, True, True)]


def paragraph_text(paragraph):
    out = paragraph.text or ""
    for child in paragraph:
        blanks = int(child.get(TEXT + "c", "1")) if child.tag == TEXT + "s" else 0
        out += " " * blanks + "".join(child.itertext()) + (child.tail or "")
    return out


def read_value(element):
    kind = element.get(OFFICE + "value-type")
    if kind in STYLE_OF:
        return decimal.Decimal(element.get(OFFICE + "value")), STYLE_OF[kind]
    return "\n".join(paragraph_text(p) for p in element.findall(TEXT + "p")), "center"


def read_row(row):
    """Yields (column, Cell) of the cells with a value or a merge."""
    column = 0
    for element in row:
        if not element.tag.endswith("table-cell"):
            continue
        value, style = read_value(element)
        columns = int(element.get(TABLE + "number-columns-spanned", "1"))
        rows = int(element.get(TABLE + "number-rows-spanned", "1"))
        repeated = int(element.get(TABLE + "number-columns-repeated", "1"))
        if value != "" or columns > 1 or rows > 1:
            for number in range(repeated):
                yield column + number, Cell(value, style, columns, rows)
        column += repeated


def read_ods(path):
    """Returns [(sheet name, {(row, column): Cell})]."""
    with zipfile.ZipFile(path) as package:
        root = ElementTree.fromstring(package.read("content.xml"))
    sheets = []
    for table in root.iter(TABLE + "table"):
        cells, row = {}, 0
        for element in table.iter(TABLE + "table-row"):
            for column, cell in read_row(element):
                cells[row, column] = cell
            row += int(element.get(TABLE + "number-rows-repeated", "1"))
        sheets.append((table.get(TABLE + "name"), cells))
    return sheets


def change_sheet(rng, change, name, cells, moved):
    """Notes in `moved` where each old cell went, by sheet and cell name."""
    sheet = Sheet(name, {}, {}, change.right, change.down)
    last = max(row + cell.rows for (row, _), cell in cells.items())
    for row in range(last):
        first = cells.get((row, 0))
        if change.inserted and first and PART_BEGINS.match(str(first.value)):
            insert_rows(rng, sheet)
        for column in range(16):
            moved[name, cell_name(row, column)] = (
                name, cell_name(sheet.rows, change.right + column))
            cell = cells.get((row, column))
            if cell:
                text = str(cell.value)
                value = retype(rng, text) if change.retyped and text in LABELS else cell.value
                sheet.cells[sheet.rows, change.right + column] = dataclasses.replace(
                    cell, value=value)
        sheet.rows += 1
    return sheet


def lay_out_anew(rng, change, path):
    """Returns (sheets, moved)."""
    moved = {}
    return [change_sheet(rng, change, name, cells, moved)
            for name, cells in read_ods(path)], moved


def move_truth(known, moved):
    return {name: [list(moved[tuple(cell)]) for cell in value] if name in ("any", "each") else value
            for name, value in known.items()}
