#!/usr/bin/env python3
"""One form, laid out at random again and again, always says the same.

    test_random_variations.py LOCATED form.json example.fods [--count N] [--seed TEXT]

Each variation has 1 to 30 goals of 1 to 60 indicators and a random choice of changes: other
labels' spelling, merges, rows and columns put in, parts in another order, sheets cut anywhere, also
through a table, with its heading repeated or not. The values located in it must be those of the
form as it was. The seed of what fails is printed, for --seed and --count 1.
"""
import argparse
import pathlib
import random
import re
import tempfile

from fods_rows import located, read_rows, write

HEAD_ROWS = 19     # of the example: the head, the money, the projects
PROJECTS = 14      # their header
PROJECTS_PART = 3
GOALS_MAX, INDICATORS_MAX = 30, 60
KINDS = [("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("产出指标", "成本指标"),
         ("效益指标", "经济效益指标"), ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标")]
LONG_HEADER = [{0: ("一级指标", 2, 1), 2: ("二级指标", 1, 1), 3: ("三级指标", 1, 1), 4: ("指标值", 3, 1),
                7: ("指标值确定依据", 1, 1)}]
ANNUAL_HEADER = [{0: ("一级指标", 2, 2), 2: ("二级指标", 1, 2), 3: ("三级指标", 1, 2), 4: ("近两年指标值", 2, 1),
                  6: ("预期当年实现值", 1, 2), 7: ("指标值确定依据", 1, 2)},
                 {4: ("前年", 1, 1), 5: ("上年", 1, 1)}]
LABELS = {"部门（单位）名称", "填报人", "联系电话", "部门总体资金情况", "总体资金情况", "当年金额", "占比", "近两年收支金额",
          "收入构成", "支出构成", "财政拨款", "其他资金", "合计", "基本支出", "项目支出", "部门职能概述", "年度工作任务",
          "项目支出情况", "项目名称", "项目类型", "项目总预算", "项目本年度预算", "项目主要支出方向和用途", "整体绩效总目标",
          "年度目标", "长期绩效指标", "年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "近两年指标值",
          "预期当年实现值", "指标值确定依据", "前年", "上年"}
GROUPS = {"收入构成", "支出构成", "近两年收支金额", "近两年指标值", "一级指标", "指标值"}  # whose width says something


def text_cell(text, columns=1, rows=1):
    return ("string", None, text, columns, rows)


def text_row(cells):
    return {column: text_cell(*cell) for column, cell in cells.items()}


def indicator_rows(rng, view, goal, count):
    kinds = sorted(rng.choices(range(len(KINDS)), k=count))
    rows = []
    for number, kind in enumerate(kinds):
        first, second = KINDS[kind]
        value = f"{rng.choice(['≥', '≤', '='])}{rng.randint(1, 9999)}{rng.choice('户个次%人')}"
        row = {2: text_cell(second), 3: text_cell(f"工作{goal}之{number + 1}"), 7: text_cell("行业标准")}
        row[4 if view == "长期" else 6] = text_cell(value, 3 if view == "长期" else 1)
        same = [other for other in kinds if KINDS[other][0] == first]
        if number == kinds.index(same[0]):
            row[0] = text_cell(first, 2, len(same))
        rows.append(row)
    return rows


def make_block(rng, view, goal, count):
    header = LONG_HEADER if view == "长期" else ANNUAL_HEADER
    return ([{0: text_cell(f"{view}目标{goal}：办好第{goal}件事", 8)}, {0: text_cell(f"{view}绩效指标", 8)}] +
            [text_row(row) for row in header] + indicator_rows(rng, view, goal, count))


def choose_size(rng):
    """How many goals and, of each, at least and at most how many indicators; the ends too."""
    goals = rng.choice([1, GOALS_MAX, *(rng.randint(1, GOALS_MAX) for _ in range(4))])
    return goals, *rng.choice([(1, 1), (INDICATORS_MAX, INDICATORS_MAX), *[(1, INDICATORS_MAX)] * 4])


def make_parts(rng, example):
    """The form as parts that stay together: lists of rows."""
    goals, least, most = choose_size(rng)
    listed = "；\n".join(f"目标{goal}：办好第{goal}件事" for goal in range(1, goals + 1)) + "。"
    summary = [example[HEAD_ROWS], {1: text_cell(listed, 3), 4: text_cell(listed, 4)}]
    parts = [example[:4], example[4:12], example[12:PROJECTS], example[PROJECTS:HEAD_ROWS], summary]
    for view in ("长期", "年度"):
        parts += [make_block(rng, view, goal, rng.randint(least, most)) for goal in range(1, goals + 1)]
    return parts


def map_cells(parts, change):
    return [[{column: change(cell) for column, cell in row.items()} for row in part] for part in parts]


# Changes of the parts


def retype_labels(rng, parts):
    def retype(cell):
        text = cell[2]
        if text not in LABELS:
            return cell
        style = rng.randrange(6)
        middle = rng.randint(1, len(text) - 1)
        typed = [text, " ".join(text), text[:middle] + "\n" + text[middle:], text + "：", "*" + text,
                 text.replace("（", "(").replace("）", ")")][style]
        return cell[:2] + (typed,) + cell[3:]
    return map_cells(parts, retype)


def unmerge_labels(rng, parts):
    return map_cells(parts, lambda cell: cell[:3] + (1, 1) if cell[2] in LABELS - GROUPS else cell)


def add_notes_beside(rng, parts):
    return [[{**row, 12: text_cell("注：一式三份。")} if rng.random() < 0.2 else row for row in part]
            for part in parts]


def add_column(rng, parts):
    """A column of remarks, which the definition does not know."""
    def add(row):
        if any(cell[2] == "三级指标" for cell in row.values()):
            return {**row, 8: text_cell("备注")}
        return {**row, 8: text_cell("见附件")} if 3 in row and 2 in row and rng.random() < 0.3 else row
    return [[add(row) for row in part] for part in parts]


def add_blank_rows(rng, parts):
    return [[{}] * rng.randint(0, 3) + part for part in parts]


def add_remarks_between(rng, parts):
    return [part + [{0: text_cell("注：接上页", 8)}] if rng.random() < 0.3 else part for part in parts]


def swap_views(rng, parts):
    """The annual goals before the long-term ones."""
    blocks = (len(parts) - 5) // 2
    return parts[:5] + parts[5 + blocks:] + parts[5:5 + blocks]


def number_the_summary(rng, parts):
    sign = rng.choice(["{}、", "（{}）", "{}."])
    def number(cell):
        if not cell[2].startswith("目标1：办"):
            return cell
        return cell[:2] + (re.sub(r"目标(\d+)：", lambda m: sign.format(m[1]), cell[2]),) + cell[3:]
    return map_cells(parts, number)


def drop_the_date_colon(rng, parts):
    blank = rng.choice(["", " ", "　"])
    return map_cells(parts, lambda cell: cell[:2] + (cell[2].replace("填报日期：", "填报日期" + blank),) + cell[3:])


def add_sum_of_projects(rng, parts):
    at = PROJECTS_PART
    last = max(i for i, row in enumerate(parts[at]) if 2 in row)
    total = {1: text_cell("合　计"), 3: text_cell("9,999.99"), 4: text_cell("9,999.99")}
    return parts[:at] + [parts[at][:last + 1] + [total] + parts[at][last + 1:]] + parts[at + 1:]


def drop_the_basis(rng, parts):
    """A column that the definition allows to be missing."""
    def is_indicator(row):
        return 3 in row and 2 in row and 7 in row
    return parts[:5] + [[{column: cell for column, cell in row.items() if column != 7 or not is_indicator(row)}
                         for row in part] for part in parts[5:]]


CHANGES = [drop_the_basis, retype_labels, unmerge_labels, add_notes_beside, add_column, add_blank_rows,
           add_remarks_between, swap_views, number_the_summary, drop_the_date_colon, add_sum_of_projects]


# Sheets


def cut_merges(rows):
    """Merged cells end where the page does."""
    return [{column: cell[:4] + (min(cell[4], len(rows) - i),) for column, cell in row.items()}
            for i, row in enumerate(rows)]


def header_of(part):
    """How many rows stand before the first indicator or project; 0 where the part has none."""
    for i, row in enumerate(part):
        if any(cell[2].startswith("工作") or cell[2] == "延续性项目" for cell in row.values()):
            return i
    return 0


def repeat_heading(rng, part):
    """What the next page repeats of a block: nothing, the columns, the title too, or its remark."""
    rows = [row for row in part[:header_of(part)] if 0 in row or 4 in row]
    style = rng.randrange(4)
    if len(rows) == 1:
        return rows[:style % 2]  # of the projects
    columns = len(LONG_HEADER if rows[0][0][2].startswith("长期") else ANNUAL_HEADER)
    if style < 2:
        return [] if style == 0 else rows[-columns:]
    title = rows[0][0]
    text = title[2] + "（续）" if style == 3 else title[2]
    return [{**rows[0], 0: title[:2] + (text,) + title[3:]}] + rows[1:]


def cut_part(rng, part):
    first = header_of(part)
    if first == 0 or len(part) < first + 2 or rng.random() < 0.5:
        return [part]
    at = rng.randint(first + 1, len(part) - 1)
    if 2 not in part[at] or 3 not in part[at]:
        return [part]
    return [cut_merges(part[:at]), repeat_heading(rng, part) + part[at:]]


def make_sheets(rng, parts):
    division = rng.choice(["one", "parts", "anywhere", "cut"])
    if division == "one":
        return [sum(parts, [])]
    if division == "cut":
        return sum((cut_part(rng, part) for part in parts), [])
    sheets = [[]]
    for part in parts:
        if division == "parts" or rng.random() < 0.3:
            sheets.append([])
        sheets[-1] += part
    return [sheet for sheet in sheets if sheet]


def shift(rng, sheets):
    down, right = rng.choice([(0, 0), (rng.randint(0, 9), rng.randint(0, 6)), (300, 30)])
    return [[{}] * down + [{column + right: cell for column, cell in row.items()} for row in sheet]
            for sheet in sheets]


def differences(expected, found, ignored):
    expected, found = ([line for line in lines if not re.search(ignored, line)] for lines in (expected, found))
    return [(a, b) for a, b in zip(expected, found) if a != b] or \
        ([("as many lines", f"{len(found)} of {len(expected)}")] if len(expected) != len(found) else [])


def try_variation(seed, example, program, definition, path):
    """The names of the changes and what differs."""
    rng = random.Random(seed)
    parts = make_parts(rng, example)
    write(path, [sum(parts, [])])
    expected = located(program, definition, path)
    if any(line.startswith("gap") or "\tmissing\t" in line for line in expected):
        return ["the form itself"], [line for line in expected if line.startswith("gap")][:1]
    changes = rng.sample(CHANGES, rng.randint(0, len(CHANGES)))
    for change in changes:
        parts = change(rng, parts)
    write(path, shift(rng, make_sheets(rng, parts)))
    ignored = r"\.basis\t|^gap.*basis" if drop_the_basis in changes else "^$"
    return ([change.__name__ for change in changes],
            differences(expected, located(program, definition, path), ignored))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("located")
    parser.add_argument("definition")
    parser.add_argument("example")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", default="1")
    arguments = parser.parse_args()
    example, failed = read_rows(arguments.example), 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "form.fods"
        for number in range(arguments.count):
            seed = arguments.seed if arguments.count == 1 else f"{arguments.seed}.{number}"
            names, found = try_variation(seed, example, arguments.located, arguments.definition, path)
            if found:
                failed += 1
                print(f"seed {seed}: {', '.join(names)}: {len(found)} differences; first: {found[0]}")
    print(f"seed {arguments.seed}: {arguments.count} variations, {failed} located differently")
    raise SystemExit(failed > 0)


main()
