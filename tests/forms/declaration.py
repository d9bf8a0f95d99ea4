"""Makes one declaration: what a department would fill in, as plain data without any layout.

make_declaration draws a declaration that is right in itself; injections.py then spoils it. Every
value has a key (`income.total.now`, `annual.2.1.value`) under which layout.py notes its cell.
"""
import dataclasses
import decimal
import re

import words

CENT = decimal.Decimal("0.01")
MONEY_ROWS = [  # table, row, label on the form
    ("income", "fiscal", "财政拨款"),
    ("income", "other", "其他资金"),
    ("income", "total", "合计"),
    ("expenditure", "basic", "基本支出"),
    ("expenditure", "project", "项目支出"),
    ("expenditure", "total", "合计"),
]
TABLES = {"income": ("fiscal", "other"), "expenditure": ("basic", "project")}
COLUMNS = ("now", "before2", "before1")
BASES = ["工作总结及工作计划", "年度工作要点", "历史数据", "行业标准", "上级部门考核要求"]


@dataclasses.dataclass
class Row:
    """One line of a block's table of indicators."""
    first: str
    second: str
    name: str
    value: str
    basis: str
    past: tuple = ("", "")  # the two earlier years, in annual blocks


@dataclasses.dataclass
class Block:
    number: int
    text: str
    rows: list


@dataclasses.dataclass
class Project:
    name: str
    type: str
    total: object
    budget: object
    purpose: str


@dataclasses.dataclass
class Declaration:
    department: str
    unit: str
    person: str
    phone: str
    date: str
    money_unit: str
    budget_year: int
    years: list           # the two earlier years, as numbers
    end_year: int
    money: dict           # key -> Decimal, text or None (blank)
    shares: dict          # key -> Decimal ratio, text or None
    share_style: str      # ratio, text, plain, or live (formulas)
    duties: list
    tasks: list
    projects: list
    summaries: dict       # "long", "annual" -> [(number, text)]
    blocks: dict          # "long", "annual" -> [Block]
    page_unit: str = ""   # the unit's name on later pages, where it differs


def draw_number(rng, low, high):
    places = max(len(text.partition(".")[2]) for text in (low, high))
    scale = 10 ** places
    drawn = rng.randint(round(float(low) * scale), round(float(high) * scale))
    number = decimal.Decimal(drawn).scaleb(-places)
    return number.to_integral() if number == number.to_integral() else number


def long_term_number(rng, indicator, number, unit):
    """What the long-term block says where the annual one says `number`."""
    if indicator.value.startswith("≥") and indicator.kind == "数量" and \
            not re.search("[年每率]", indicator.name):
        return number * rng.choice((1, 2, 3))
    if unit == "%" and indicator.value.startswith("≥") and number < 98 and rng.random() < 0.3:
        return number + 1
    return number


def draw_value(rng, indicator):
    """Returns (annual text, long-term text, number and unit for a sentence)."""
    found = re.fullmatch(r"(.*?)\[([\d.]+)-([\d.]+)\](.*)", indicator.value)
    if not found:
        return indicator.value, indicator.value, indicator.value.lstrip("≥≤=")
    sign, low, high, unit = found.groups()
    number = draw_number(rng, low, high)
    later = long_term_number(rng, indicator, number, unit)
    return f"{sign}{number}{unit}", f"{sign}{later}{unit}", f"{number}{unit}"


SPELLINGS = {
    "≥": ["不少于{0}", "不低于{0}", ">={0}", "≥ {0}", "{0}以上", "≧{0}"],
    "≤": ["不超过{0}", "不高于{0}", "<={0}", "≤ {0}", "{0}以内"],
    "=": ["＝{0}"],
}


def respell(rng, value):
    """The same value as another clerk would write it."""
    if value[:1] not in SPELLINGS or not value[1:2].isdigit():
        return value
    text = rng.choice(SPELLINGS[value[0]]).format(value[1:])
    return text.replace("%", "％") if rng.random() < 0.3 else text


def make_row(indicator, value, basis):
    first, second = words.KINDS[indicator.kind]
    return Row(first, second, indicator.name, value, basis)


def draw_goal(rng, goal, number, basis, spelling):
    """Returns the annual and the long-term block of one goal."""
    drawn = [(i, *draw_value(rng, i)) for i in goal.indicators]
    counts = [sentence for i, _, _, sentence in drawn if i.kind == "数量" and not i.optional]
    annual_text = re.sub(r"\{(\d)\}", lambda m: counts[int(m[1]) - 1], goal.annual_text)
    blocks = []
    for column, text in ((1, annual_text), (2, goal.long_text)):
        kept = [row for row in drawn if not row[0].optional or rng.random() < 0.7]
        rows = [make_row(row[0], row[column], basis) for row in kept]
        for row in rows:
            if rng.random() < spelling:
                row.value = respell(rng, row.value)
        blocks.append(Block(number, text, rows))
    return blocks


def look_alike(first, second):
    """True when two blocks could be taken for copies of one another."""
    same = sum(a.value == b.value for a, b in zip(first.rows, second.rows))
    return same * 3 > min(len(first.rows), len(second.rows))


def draw_blocks(rng, goals, spelling):
    """Returns {"annual": […], "long": […]}, no two blocks with nearly the same values."""
    basis = rng.choice(BASES)
    blocks = {"annual": [], "long": []}
    for number, goal in enumerate(goals, 1):
        for _ in range(50):
            annual, later = draw_goal(rng, goal, number, basis, spelling)
            if not any(look_alike(annual, old) for old in blocks["annual"]) and \
                    not any(look_alike(later, old) for old in blocks["long"]):
                break
        blocks["annual"].append(annual)
        blocks["long"].append(later)
    return blocks


def draw_amount(rng, low, high):
    return decimal.Decimal(rng.randint(int(low * 100), int(high * 100))) * CENT


def split_amount(rng, total):
    first = (total * decimal.Decimal(rng.uniform(0.3, 0.97))).quantize(CENT)
    return first, total - first


def draw_projects(rng, department):
    stock = department.projects + words.COMMON_PROJECTS
    projects = []
    for name, kind, purpose in rng.sample(stock, rng.randint(2, len(stock))):
        budget = draw_amount(rng, 6, 600)
        total = budget if kind == "常年性项目" else budget * rng.choice((1, 2, 3))
        projects.append(Project(name, kind, total, budget, purpose))
    return projects


def draw_money(rng, projects):
    money = {"expenditure.project.now": sum(p.budget for p in projects)}
    money["expenditure.basic.now"] = draw_amount(rng, 80, 1500)
    for column in COLUMNS:
        if column != "now":
            factor = decimal.Decimal(rng.uniform(0.75, 1.15))
            for row in ("basic", "project"):
                now = money[f"expenditure.{row}.now"]
                money[f"expenditure.{row}.{column}"] = (now * factor).quantize(CENT)
        total = sum(money[f"expenditure.{row}.{column}"] for row in ("basic", "project"))
        money[f"expenditure.total.{column}"] = money[f"income.total.{column}"] = total
        fiscal, other = split_amount(rng, total)
        if column == "now" and rng.random() < 0.1:
            fiscal, other = total, decimal.Decimal("0.00")
        money[f"income.fiscal.{column}"], money[f"income.other.{column}"] = fiscal, other
    return money


def round_share(ratio):
    return ratio.quantize(decimal.Decimal("0.0001"), decimal.ROUND_HALF_UP)


def shares_of(money):
    return {f"{table}.{row}.share": round_share(money[f"{table}.{row}.now"] /
                                                money[f"{table}.total.now"])
            for table, row, _ in MONEY_ROWS}


def draw_phone(rng):
    if rng.random() < 0.25:
        return f"0850-8100{rng.randint(0, 999):03d}"  # an area code that is not in use
    return f"1990000{rng.randint(0, 9999):04d}"


def draw_date(rng, year):
    month, day = rng.randint(9, 12), rng.randint(1, 30)
    return rng.choice(["{}年{}月{}日", "{} 年{}月{}日", "{}-{:02d}-{:02d}", "{}.{}.{}"]).format(
        year, month, day)


def make_declaration(rng, departments, common_goals, goal_count):
    department = rng.choice(departments)
    place = rng.choice(words.PLACES)
    own = rng.sample(department.goals, len(department.goals))
    goals = (own + rng.sample(common_goals, len(common_goals)))[:goal_count]
    blocks = draw_blocks(rng, goals, rng.choice((0, 0, 0, 0.3)))
    projects = draw_projects(rng, department)
    money = draw_money(rng, projects)
    budget_year = rng.randint(2024, 2027)
    return Declaration(
        department=department.name, unit=place + department.name,
        person=rng.choice(words.SURNAMES) + rng.choice(words.GIVEN_NAMES),
        phone=draw_phone(rng), date=draw_date(rng, budget_year - 1), money_unit="万元",
        budget_year=budget_year, years=[budget_year - 2, budget_year - 1],
        end_year=budget_year + rng.randint(0, 3), money=money, shares=shares_of(money),
        share_style=rng.choice(["ratio"] * 6 + ["text", "plain", "live", "live"]),
        duties=department.duties, tasks=[goal.long_text for goal in goals], projects=projects,
        summaries={view: [(b.number, b.text) for b in blocks[view]] for view in blocks},
        blocks=blocks)
