#!/usr/bin/env python3
"""A form is found however it lies on its sheet: shifted, with labels retyped, with rows put in,
with notes beside it, with its label cells not merged, cut into sheets anywhere between its parts.

    test_variations.py LOCATED form.json example.fods

Each variation is written as a flat .fods; its located values must be those of the example.
"""
import pathlib
import re
import sys
import tempfile

from fods_rows import located, read_rows, write

def map_cells(rows, change):
    return [{column: change(cell) for column, cell in row.items()} for row in rows]


def is_label(cell):
    """What is printed on the form: short, and neither a number nor a value with a sign."""
    return cell[0] == "string" and re.fullmatch(
        r"部门（单位）名称|填报人|联系电话|部门总体资金情况|总体资金情况|当年金额|占比|近两年收支金额|收入构成|支出构成|"
        r"财政拨款|其他资金|合计|基本支出|项目支出|部门职能概述|年度工作任务|项目支出情况|项目名称|项目类型|项目总预算|"
        r"项目本年度预算|项目主要支出方向和用途|整体绩效总目标|年度目标|长期绩效指标|年度绩效指标|一级指标|二级指标|"
        r"三级指标|指标值|近两年指标值|预期当年实现值|指标值确定依据|前年|上年", cell[2])


def retype(change):
    def apply(cell):
        return cell[:2] + (change(cell[2]),) + cell[3:] if is_label(cell) else cell
    return apply


def shift(rows, down, right):
    return [{}] * down + [{column + right: cell for column, cell in row.items()} for row in rows]


def unmerge_labels(cell):
    return cell[:3] + (1, 1) if is_label(cell) and cell[2] not in (
        "收入构成", "支出构成", "近两年收支金额", "近两年指标值", "一级指标", "指标值") else cell


def is_start(row):
    return any(re.match(r"长期目标\d|年度目标\d|项目支出情况|整体绩效总目标", cell[2])
               for cell in row.values())


def insert_before_parts(rows, new):
    out = []
    for row in rows:
        if is_start(row):
            out += new
        out.append(row)
    return out


def cut(rows):
    sheets = [[]]
    for row in rows:
        if is_start(row):
            sheets.append([])
        sheets[-1].append(row)
    return sheets


def swap_blocks(rows):
    """The annual goals before the long-term ones."""
    def first(pattern):
        return next(i for i, row in enumerate(rows)
                    if any(re.match(pattern, cell[2]) for cell in row.values()))
    long, annual = first(r"长期目标\d"), first(r"年度目标\d")
    return rows[:long] + rows[annual:] + [{}] + rows[long:annual]


def variations(rows):
    note = ("string", None, "注：本表由各部门填报，一式三份。", 1, 1)
    page = [{0: ("string", None, "注：接上页", 8, 1)}]
    yield "as it is", [rows]
    yield "shifted", [shift(rows, 5, 3)]
    yield "far away", [shift(rows, 300, 40)]
    yield "blanks in labels", [map_cells(rows, retype(lambda t: " ".join(t)))]
    yield "line breaks in labels", [map_cells(rows, retype(lambda t: t[:2] + "\n" + t[2:]))]
    yield "half-width brackets", [map_cells(rows, retype(
        lambda t: t.replace("（", "(").replace("）", ")")))]
    yield "colons behind labels", [map_cells(rows, retype(lambda t: t + "："))]
    yield "stars before labels", [map_cells(rows, retype(lambda t: "*" + t))]
    yield "notes beside it", [[{**row, 12: note} for row in rows]]
    yield "blank rows between parts", [insert_before_parts(rows, [{}, {}])]
    yield "notes between parts", [insert_before_parts(rows, page)]
    yield "labels not merged", [map_cells(rows, unmerge_labels)]
    yield "nothing merged", [map_cells(rows, lambda cell: cell[:3] + (1, 1))]
    yield "a sheet for each part", cut(rows)
    yield "annual goals first", [swap_blocks(rows)]
    yield "a title page before it", [[{0: ("string", None, "封面", 1, 1)}], rows]


def main():
    program, definition, example = sys.argv[1:4]
    rows = read_rows(example)
    failed = count = 0
    expected = None
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "form.fods"
        for name, sheets in variations(rows):
            write(path, sheets)
            found = located(program, definition, path)
            expected = expected or found
            count += 1
            differences = [(a, b) for a, b in zip(expected, found) if a != b]
            if differences or len(expected) != len(found):
                failed += 1
                print(f"{name}: {len(differences)} differences, {len(found)} of {len(expected)} lines;"
                      f" first: {differences[:1]}")
    if any(line.startswith("gap") or "\tmissing\t" in line for line in expected):
        sys.exit("the example itself is not found whole")
    print(f"{count} variations of {len(expected)} values, {failed} located differently")
    sys.exit(failed > 0)


main()
