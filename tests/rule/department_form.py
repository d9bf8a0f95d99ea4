"""The small declaration that the cases of 部门整体绩效目标申报表 change: right, and without any finding."""
import decimal
import random
import re

import declaration as decl
import layout as layouts
import words

NAME = "department-goals"
# Cells of the template that restrict what is entered, by their keys.
RESTRICTED = re.compile(r"date|phone|(income\.fiscal|income\.other|expenditure\.basic)\.(now|before.)|"
                        r"project\.\d+\.(type|total|budget)")
PROJECTS = [  # name, type, total budget, budget of the year, purpose
    ("水库除险加固", "延续性项目", "1680.00", "586.40", "1.坝体防渗；2.溢洪道整治；3.监测设施安装"),
    ("农村饮水维修养护资金", "常年性项目", "318.75", "318.75", "1.供水管网维修；2.水质检测；3.消毒设备更新"),
    ("水利信息平台建设", "一次性项目", "96.00", "96.00", "雨水情监测数据接入和预警平台软件购置"),
]
MONEY = {  # column: fiscal, other, basic, project
    "now": ("1100.00", "100.00", "198.85", "1001.15"),
    "before2": ("1000.00", "90.00", "190.00", "900.00"),
    "before1": ("1050.00", "95.00", "195.00", "950.00"),
}
GOALS = [  # long-term sentence, annual sentence, indicators: kind, name, long-term and annual value
    ("农村饮水维修养护全覆盖", "农村饮水维修养护工程24处", [
        ("数量", "维修养护工程数量", "≥72处", "≥24处"),
        ("质量", "水质检测合格率", "≥95%", "≥95%"),
        ("时效", "管网维修及时率", "≥96%", "≥96%"),
        ("成本", "每处工程维修费用", "≤2.5万元", "≤2.5万元"),
        ("社会", "受益群众人数", "≥8600人", "≥6300人"),
        ("可持续", "管护机制运行", "每处工程落实管护人员和经费", "每处工程落实管护人员和经费"),
        ("满意", "用水户满意度", "≥92%", "≥92%")]),
    ("水库安全度汛", "完成水库除险加固3座，监测设施投入使用", [
        ("数量", "除险加固水库数量", "≥8座", "≥3座"),
        ("质量", "单元工程优良率", "≥90%", "≥90%"),
        ("时效", "加固工程完工时间", "11月30日前", "11月30日前"),
        ("成本", "每座水库加固费用", "≤180万元", "≤180万元"),
        ("社会", "下游保护人口", "≥1.2万人", "≥1.2万人"),
        ("可持续", "水库运行管护责任", "逐座落实管护责任人和经费", "逐座落实管护责任人和经费"),
        ("满意", "库区群众满意度", "≥90%", "≥90%")]),
]


def money():
    amounts = {}
    for column, texts in MONEY.items():
        pairs = [decimal.Decimal(text) for text in texts]
        for (table, rows), pair in zip(decl.TABLES.items(), (pairs[:2], pairs[2:])):
            for row, amount in zip(rows + ("total",), pair + [sum(pair)]):
                amounts[f"{table}.{row}.{column}"] = amount
    return amounts


def row(kind, name, value):
    first, second = words.KINDS.get(kind, (kind, kind))
    return decl.Row(first, second, name, value, "年度工作要点")


def blocks():
    made = {"long": [], "annual": []}
    for number, (long_text, annual_text, indicators) in enumerate(GOALS, 1):
        for view, text, column in (("long", long_text, 2), ("annual", annual_text, 3)):
            made[view].append(decl.Block(
                number, text, [row(i[0], i[1], i[column]) for i in indicators]))
    return made


def project(name, kind, total, budget, purpose):
    return decl.Project(name, kind, decimal.Decimal(total), decimal.Decimal(budget), purpose)


def right_form():
    amounts, goals = money(), blocks()
    return decl.Declaration(
        department="水利局", unit="云岭县水利局", person="周例文", phone="19900001234",
        date="2025年11月18日", money_unit="万元", budget_year=2026, years=[2024, 2025], end_year=2028,
        money=amounts, shares=decl.shares_of(amounts), share_style="ratio",
        duties=["负责水资源的开发利用和保护"], tasks=["实施农村饮水维修养护"],
        projects=[project(*texts) for texts in PROJECTS],
        summaries={view: [(b.number, b.text) for b in goals[view]] for view in goals}, blocks=goals)


def drop(form, key):
    """Takes out a project, a goal's block, its entry in the summary, or an indicator."""
    kind, view, number = (key.split(".") + [""])[:3]
    if kind == "project":
        del form.projects[int(view)]
    elif kind == "summary":
        del form.summaries[view][int(number)]
    elif number:
        del form.blocks[kind][int(view)].rows[int(number)]
    else:
        del form.blocks[kind][int(view)]


def add(form, where, texts):
    """Adds a project, or an indicator (kind, name, value) to a block; returns its key."""
    if where == "project":
        form.projects.append(project(*texts))
        return f"project.{len(form.projects) - 1}"
    view, number = where.split(".")
    rows = form.blocks[view][int(number)].rows
    rows.append(row(*texts))
    return f"{where}.{len(rows) - 1}"


def lay_out(form, layout="one"):
    """Returns (sheets, {key: (sheet, row, column)})."""
    return layouts.lay_out(random.Random(1), layouts.LAYOUTS[layout], form)
