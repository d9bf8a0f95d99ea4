"""Known errors: each function spoils a right declaration in one way and says where that shows.

An injection returns a Truth, or None where this declaration has no place for it. Keys are those of
declaration.py; a key that ends in `*` stands for all keys that begin so.
"""
import dataclasses
import decimal
import re

import declaration as decl

ERROR, WARNING = "error", "warning"
INJECTIONS = []  # (name, function), in the order of the rules


@dataclasses.dataclass
class Truth:
    rules: list          # families that may find it
    severity: str        # of the finding that is expected at least
    any: list            # a finding must be at one of these keys …
    each: list = dataclasses.field(default_factory=list)   # … and at every one of these
    allowed: list = dataclasses.field(default_factory=list)  # errors may also be here
    paged: bool = False  # shows only on a form of several sheets


def injection(function):
    INJECTIONS.append((function.__name__.replace("_", "-"), function))
    return function


# Amounts

def swap_digits(rng, number):
    """The number with two neighbouring digits exchanged, or None where all are equal."""
    digits = list(str(number))
    places = [i for i in range(len(digits) - 1)
              if digits[i].isdigit() and digits[i + 1].isdigit() and digits[i] != digits[i + 1] and
              not (i == 0 and digits[1] == "0")]
    if not places:
        return None
    i = rng.choice(places)
    digits[i], digits[i + 1] = digits[i + 1], digits[i]
    return decimal.Decimal("".join(digits))


def swap_amount(rng, form, key):
    """Swaps digits of an amount; false where that changes nothing."""
    swapped = swap_digits(rng, form.money[key])
    form.money[key] = form.money[key] if swapped is None else swapped
    return swapped is not None


def draw_table(rng):
    table = rng.choice(list(decl.TABLES))
    return table, rng.choice(decl.TABLES[table]), rng.choice(("before2", "before1"))


@injection
def swap_total(rng, form):
    table, _, column = draw_table(rng)
    key = f"{table}.total.{column}"
    return Truth(["R2"], ERROR, [key]) if swap_amount(rng, form, key) else None


@injection
def swap_total_now(rng, form):
    table = rng.choice(list(decl.TABLES))
    key = f"{table}.total.now"
    return Truth(["R2"], ERROR, [key]) if swap_amount(rng, form, key) else None


@injection
def swap_addend(rng, form):
    table, row, column = draw_table(rng)
    key = f"{table}.{row}.{column}"
    return Truth(["R2"], ERROR, [key, f"{table}.total.{column}"]) if swap_amount(rng, form, key) else None


@injection
def slip_decimal(rng, form):
    table, row, column = draw_table(rng)
    column = rng.choice((column, "now"))
    key = f"{table}.{row}.{column}"
    if not form.money[key]:
        return None
    form.money[key] *= 10
    return Truth(["R2", "R5"], ERROR, [key, f"{table}.total.{column}"])


@injection
def share(rng, form):
    key = rng.choice([k for k in form.shares if ".total." not in k])
    form.shares[key] += rng.choice((-1, 1)) * decimal.Decimal("0.0300")
    if form.shares[key] < 0:
        return None
    return Truth(["R4"], ERROR, [key])


@injection
def share_swap(rng, form):
    key = rng.choice([k for k in form.shares if ".total." not in k])
    swapped = swap_digits(rng, form.shares[key] * 100)
    if swapped is None or swapped > 100:
        return None
    form.shares[key] = swapped.scaleb(-2)
    return Truth(["R4"], ERROR, [key])


@injection
def income_not_expenditure(rng, form):
    table, row, column = draw_table(rng)
    more = decl.draw_amount(rng, 5, 90)
    form.money[f"{table}.{row}.{column}"] += more
    form.money[f"{table}.total.{column}"] += more
    return Truth(["R3"], ERROR, [f"income.total.{column}", f"expenditure.total.{column}",
                                 f"{table}.{row}.{column}"])


def draw_money_key(rng, form, columns=decl.COLUMNS):
    return rng.choice([k for k in form.money if k.rsplit(".", 1)[1] in columns])


@injection
def money_text(rng, form):
    key = draw_money_key(rng, form)
    form.money[key] = rng.choice(["约520", "见附表", "1200余", "三百二十", "待定"])
    return Truth(["R6"], ERROR, [key])


@injection
def money_blank(rng, form):
    key = draw_money_key(rng, form)
    form.money[key] = None
    return Truth(["R6"], ERROR, [key])


@injection
def money_dash(rng, form):
    key = draw_money_key(rng, form)
    form.money[key] = rng.choice(["-", "—", "/"])
    return Truth(["R6"], ERROR, [key])


@injection
def money_negative(rng, form):
    table, row, column = draw_table(rng)
    key = f"{table}.{row}.{column}"
    form.money[key] = -form.money[key]
    return Truth(["R2", "R6"], ERROR, [key])


@injection
def yuan_one(rng, form):
    table, row, column = draw_table(rng)
    key = f"{table}.{row}.{column}"
    form.money[key] *= 10000
    return Truth(["R2", "R6"], ERROR, [key])


@injection
def yuan_column(rng, form):
    column = rng.choice(("before2", "before1"))
    keys = [k for k in form.money if k.endswith(column)]
    for key in keys:
        form.money[key] *= 10000
    return Truth(["R6"], WARNING, keys + [f"year.{column}"])


# Projects

@injection
def project_sum(rng, form):
    number = rng.randrange(len(form.projects))
    project = form.projects[number]
    project.budget -= decimal.Decimal("1.00")
    return Truth(["R5"], ERROR, ["project.*.budget", "expenditure.project.now", "projects"])


@injection
def project_over(rng, form):
    number = rng.randrange(len(form.projects))
    project = form.projects[number]
    project.total = project.budget - decimal.Decimal("2.50")
    return Truth(["R5"], ERROR, [f"project.{number}.total", f"project.{number}.budget"])


@injection
def project_type(rng, form):
    number = rng.randrange(len(form.projects))
    form.projects[number].type = rng.choice(["长年性", "经常性", "基建类", "其它"])
    return Truth(["R10"], ERROR, [f"project.{number}.type"])


@injection
def project_blank(rng, form):
    number = rng.randrange(len(form.projects))
    field = rng.choice(("name", "type", "purpose"))
    setattr(form.projects[number], field, rng.choice(("", "", "-", "——", "*")))
    return Truth(["R11", "R10"], ERROR, [f"project.{number}.{field}"])


@injection
def project_budget_blank(rng, form):
    number = rng.randrange(len(form.projects))
    field = rng.choice(("total", "budget"))
    setattr(form.projects[number], field, None)
    return Truth(["R6", "R11"], ERROR, [f"project.{number}.{field}"])


# Head

@injection
def person_missing(rng, form):
    form.person = ""
    return Truth(["R1"], ERROR, ["person"])


@injection
def person_dash(rng, form):
    form.person = rng.choice(("-", "——", "*"))
    return Truth(["R1"], ERROR, ["person"])


@injection
def unit_missing(rng, form):
    form.unit = form.page_unit = ""
    return Truth(["R1"], ERROR, ["unit"])


@injection
def phone_missing(rng, form):
    form.phone = ""
    return Truth(["R1"], ERROR, ["phone"])


@injection
def phone_short(rng, form):
    form.phone = form.phone[:-1] if form.phone.startswith("1") else form.phone[:-3]
    return Truth(["R1"], ERROR, ["phone"])


@injection
def phone_wrong(rng, form):
    form.phone = rng.choice(["办公室电话", "1990000O12l", "10000000000", "199000012345"])
    return Truth(["R1"], ERROR, ["phone"])


@injection
def money_unit_missing(rng, form):
    form.money_unit = ""
    return Truth(["R1"], ERROR, ["money_unit", "date", "title", "unit"])


@injection
def date_missing(rng, form):
    form.date = ""
    return Truth(["R1"], ERROR, ["date"])


@injection
def date_impossible(rng, form):
    form.date = f"{form.budget_year - 1}年" + rng.choice(("11月31日", "9月31日", "13月5日", "6月0日"))
    return Truth(["R1"], ERROR, ["date"])


YEAR_KEYS = ["year.before2", "year.before1", "date"]


@injection
def years_shifted(rng, form):
    form.years = [year - 1 for year in form.years]
    return Truth(["R7"], ERROR, YEAR_KEYS)


@injection
def years_apart(rng, form):
    form.years[0] -= rng.choice((1, 2))
    return Truth(["R7"], ERROR, YEAR_KEYS)


@injection
def date_year(rng, form):
    form.date = f"{form.budget_year - 2}年11月8日"
    return Truth(["R7"], ERROR, YEAR_KEYS)


@injection
def end_year_early(rng, form):
    form.end_year = form.budget_year - rng.choice((1, 2))
    return Truth(["R7"], ERROR, ["end_year"])


@injection
def end_year_blank(rng, form):
    form.end_year = rng.choice(("    ", "____"))
    return Truth(["R7"], ERROR, ["end_year"])


# Goals

def draw_view(rng):
    return rng.choice(("long", "annual"))


@injection
def goal_not_in_summary(rng, form):
    view = draw_view(rng)
    if len(form.summaries[view]) < 2:
        return None
    number = rng.randrange(len(form.summaries[view]))
    del form.summaries[view][number]
    return Truth(["R8"], ERROR, [f"{view}.{number}.title", f"summary.{view}"])


@injection
def summary_blank(rng, form):
    view = draw_view(rng)
    form.summaries[view].clear()
    return Truth(["R8"], ERROR, [f"summary.{view}"])


@injection
def block_missing(rng, form):
    view = draw_view(rng)
    if len(form.blocks[view]) < 2:
        return None
    del form.blocks[view][rng.randrange(len(form.blocks[view]))]
    return Truth(["R8"], ERROR, [f"summary.{view}"], allowed=[f"{view}.*.title"])


@injection
def goal_text(rng, form):
    view = draw_view(rng)
    number = rng.randrange(len(form.blocks[view]))
    block = form.blocks[view][number]
    block.text = block.text[:-2] + rng.choice(["等工作", "有关事项", "任务"])
    return Truth(["R8"], WARNING, [f"{view}.{number}.title", f"summary.{view}"])


# Kinds

def draw_block(rng, form, view=None):
    view = view or draw_view(rng)
    number = rng.randrange(len(form.blocks[view]))
    return f"{view}.{number}", form.blocks[view][number]


def remove_first(rng, form, first):
    key, block = draw_block(rng, form)
    block.rows = [row for row in block.rows if row.first != first]
    return Truth(["R9"], ERROR, [f"{key}.*"])


@injection
def no_satisfaction(rng, form):
    return remove_first(rng, form, "满意度指标")


@injection
def no_benefit(rng, form):
    return remove_first(rng, form, "效益指标")


@injection
def second_missing(rng, form):
    key, block = draw_block(rng, form)
    second = rng.choice(("质量指标", "时效指标", "成本指标"))
    block.rows = [row for row in block.rows if row.second != second]
    return Truth(["R9"], WARNING, [f"{key}.*"])


@injection
def second_unknown(rng, form):
    key, block = draw_block(rng, form)
    row = rng.randrange(len(block.rows))
    block.rows[row].second = rng.choice(["进度指标", "其他指标", "投入指标"])
    return Truth(["R10"], WARNING, [f"{key}.{row}.second"])


# Indicators

def draw_row(rng, form, fits, view=None):
    """A random row that fits: (its key, the row, its partner's key, the partner), or None."""
    found = [(v, b, r) for v in ("annual", "long") if view in (None, v)
             for b, block in enumerate(form.blocks[v])
             for r, row in enumerate(block.rows) if fits(row)]
    if not found:
        return None
    view, number, index = rng.choice(found)
    row = form.blocks[view][number].rows[index]
    other = "long" if view == "annual" else "annual"
    for pair, partner in enumerate(form.blocks[other][number].rows):
        if partner.name == row.name:
            return f"{view}.{number}.{index}", row, f"{other}.{number}.{pair}", partner
    return f"{view}.{number}.{index}", row, None, None


def number_of(row):
    found = re.fullmatch(r"[≥≤=](\d+(?:\.\d+)?)(.+)", row.value)
    return (decimal.Decimal(found[1]), found[2]) if found else (None, "")


def is_count(row):
    number, unit = number_of(row)
    return number is not None and row.second == "数量指标" and row.value.startswith("≥")


def is_rate(row):
    return row.second in ("质量指标", "服务对象满意度指标") and re.fullmatch(r"[≥=]\d+%", row.value) \
        and row.name.endswith(("率", "度"))


def spoil_value(rng, form, fits, change, rules, severity, both=False, view=None, partner=True):
    """Changes one value (or the partner's too); the partner's cell may be blamed as well."""
    drawn = draw_row(rng, form, fits, view)
    if not drawn or (both and not drawn[3]):
        return None
    key, row, pair, other = drawn
    row.value = change(row)
    if both:
        other.value = row.value
        return Truth(rules, severity, [], [f"{key}.value", f"{pair}.value"])
    cells = [f"{key}.value"] + ([f"{pair}.value"] if pair and partner else [])
    return Truth(rules, severity, cells[:1], allowed=cells[1:])


@injection
def name_blank(rng, form):
    key, row, _, _ = draw_row(rng, form, lambda row: True)
    row.name = rng.choice(("", "", "-", "——", "*"))
    return Truth(["R11"], ERROR, [f"{key}.name"])


@injection
def value_blank(rng, form):
    return spoil_value(rng, form, lambda row: True, lambda row: rng.choice(("", "", "-", "—", "*")),
                       ["R11"], ERROR)


@injection
def unit_missing_rate(rng, form):
    return spoil_value(rng, form, is_rate, lambda row: row.value.rstrip("%"), ["R12", "R16"], ERROR)


@injection
def unit_missing_count(rng, form):
    return spoil_value(rng, form, is_count, lambda row: f"≥{number_of(row)[0]}", ["R12"], ERROR)


@injection
def unit_incomplete(rng, form):
    return spoil_value(rng, form, lambda row: row.value.endswith("万元") and number_of(row)[1],
                       lambda row: row.value[:-1], ["R12"], WARNING, both=True)


@injection
def no_operator(rng, form):
    return spoil_value(rng, form, lambda row: re.fullmatch(r"≤[\d.]+元", row.value),
                       lambda row: row.value[1:], ["R13", "R18"], WARNING)


@injection
def frequency_as_deadline(rng, form):
    return spoil_value(rng, form, lambda row: row.second == "时效指标",
                       lambda row: rng.choice(("每季度1次", "每月2次", "每年1次")),
                       ["R13"], WARNING, both=True)


@injection
def percent_over(rng, form):
    part = re.compile("满意度|合格率|达标率|覆盖率|准确率|完好率|通过率")
    return spoil_value(rng, form, lambda row: is_rate(row) and part.search(row.name),
                       lambda row: f"≥{rng.randint(102, 198)}%", ["R16"], ERROR)


@injection
def rate_word(rng, form):
    return spoil_value(rng, form, is_rate, lambda row: rng.choice(("有效保障", "良好", "达标")),
                       ["R16"], ERROR)


@injection
def condition_percent(rng, form):
    verbs = ("保障", "健全", "提升", "完善", "改善", "增强", "提高")
    return spoil_value(rng, form, lambda row: row.name.startswith(verbs) and not number_of(row)[1],
                       lambda row: rng.choice(("≤1%", "≥95%")), ["R16"], WARNING, both=True)


@injection
def unit_differs(rng, form):
    def change(row):
        number, unit = number_of(row)
        return f"≥{number}{'套' if unit != '套' else '个'}"
    drawn = draw_row(rng, form, is_count, "annual")
    if not drawn or not drawn[3]:
        return None
    key, row, pair, _ = drawn
    row.value = change(row)
    return Truth(["R18"], ERROR, [f"{key}.value", f"{pair}.value"])


@injection
def annual_over(rng, form):
    def change(other):
        number, unit = number_of(other)
        return f"≥{number + max(number // 2, 1)}{unit}"
    drawn = draw_row(rng, form, is_count, "annual")
    if not drawn or not drawn[3] or not is_count(drawn[3]):
        return None
    key, row, pair, other = drawn
    row.value = change(other)
    return Truth(["R18"], WARNING, [f"{key}.value", f"{pair}.value"])


@injection
def ceiling_over(rng, form):
    drawn = draw_row(rng, form, lambda row: re.fullmatch(r"≤[\d.]+(元|万元)", row.value), "annual")
    if not drawn or not drawn[3] or number_of(drawn[3])[0] is None:
        return None
    key, row, pair, other = drawn
    number, unit = number_of(other)
    row.value = f"≤{number * 2}{unit}"
    return Truth(["R18"], WARNING, [f"{key}.value", f"{pair}.value"])


@injection
def copied_block(rng, form):
    blocks = form.blocks["annual"]
    if len(blocks) < 2:
        return None
    source, target = rng.sample(range(len(blocks)), 2)
    values = [row.value for row in blocks[source].rows]
    for index, row in enumerate(blocks[target].rows):
        row.value = values[index % len(values)]
    return Truth(["R24"], ERROR, [f"annual.{target}.*"],
                 allowed=[f"long.{target}.*.value", f"annual.{source}.title"])


# Rules beyond the first slice: looked for only where the definition has their family

@injection
def wrong_direction(rng, form):
    return spoil_value(rng, form, is_rate, lambda row: "≤" + row.value[1:], ["R14"], WARNING)


@injection
def low_satisfaction(rng, form):
    return spoil_value(rng, form, lambda row: row.second == "服务对象满意度指标",
                       lambda row: f"≥{rng.randint(40, 70)}%", ["R17"], WARNING)


@injection
def placeholder(rng, form):
    form.person = rng.choice(("XXX", "某某", "待填写"))
    return Truth(["R23"], ERROR, ["person"])


@injection
def project_twice(rng, form):
    if len(form.projects) < 2:
        return None
    form.projects[-1].name = form.projects[0].name
    last = len(form.projects) - 1
    return Truth(["R25"], ERROR, ["project.0.name", f"project.{last}.name"])


@injection
def unit_name_differs(rng, form):
    form.page_unit = form.unit[:-1] + "委"
    return Truth(["R29"], WARNING, ["page_unit"], paged=True)
