/*
 * Takes an indicator's value apart. Works on the folded text (half-width, no blanks) and gives
 * units and periods as they were written. The notations stand in one table in the order in which
 * they are tried, each with the characters that it may begin with; what is none of them is quality.
 */
#include "form/indicator.h"

#include <string.h>

#include "form/indicator_scan.h"
#include "form/numeral.h"

/* A value that is being taken apart. Most notations begin with [operator] count, read once. */
typedef struct written_value {
    tb_scanner all;
    bool counted;   /* it begins so */
    bool in_digits; /* the count is no numeral */
    bool known_operator;
    tb_indicator_operator operator_;
    tb_decimal number;
    tb_scanner behind; /* what follows the count */
} written_value;

static const tb_indicator nothing_yet = {.factor = 1, .known_operator_spelling = true};

static void read_head(written_value *written)
{
    written->behind = written->all;
    written->operator_ = TB_OPERATOR_NONE;
    written->known_operator = true;
    tb_scanner_take_prefix(&written->behind, &written->operator_, &written->known_operator);
    written->in_digits = tb_scanner_take_number(&written->behind, &written->number);
    written->counted =
        written->in_digits || tb_scanner_take_count(&written->behind, &written->number);
}

/* An indicator with the operator and the number at the beginning. */
static tb_indicator begin_with_head(const written_value *written)
{
    return (tb_indicator){.operator_ = written->operator_,
                          .number = written->number,
                          .factor = 1,
                          .known_operator_spelling = written->known_operator};
}

/* A first look: whether a Chinese word follows the count, and somewhere that word. */
static bool word_follows(const written_value *written, tb_str word)
{
    tb_str left = tb_scanner_left(&written->behind);
    return written->counted && left.size > 0 && (unsigned char)left.data[0] >= 0x80 &&
           tb_str_find(left, word) >= 0;
}

/* Frequencies */

static const tb_str periods[] = {
    TB_WORD("半年度"), TB_WORD("半年"), TB_WORD("年度"), TB_WORD("年"),     TB_WORD("季度"),
    TB_WORD("季"),     TB_WORD("个月"), TB_WORD("月份"), TB_WORD("月"),     TB_WORD("周"),
    TB_WORD("星期"),   TB_WORD("旬"),   TB_WORD("学期"), TB_WORD("工作日"), TB_WORD("日"),
    TB_WORD("天"),     TB_WORD("小时"),
};

/* What is counted in a frequency. 2次/年 is one; 300平方米/年 is a quantity. */
static const tb_str times[] = {TB_WORD("次"), TB_WORD("回"), TB_WORD("期"),
                               TB_WORD("遍"), TB_WORD("轮"), TB_WORD("场")};

static bool take_period(tb_scanner *cursor, tb_indicator *ret)
{
    size_t from = cursor->at;
    if (!tb_scanner_take_any(cursor, periods, TB_COUNT(periods)))
        return false;
    ret->period = tb_scanner_original(cursor, from, cursor->at);
    return true;
}

/* 每季度1次, 每年≥2次, 一年两次 */
static bool parse_period_first(const written_value *written, tb_indicator *ret)
{
    tb_scanner cursor = written->all;
    *ret = nothing_yet;
    bool each = tb_scanner_take(&cursor, TB_STR("每")) || tb_scanner_take(&cursor, TB_STR("一")) ||
                (!tb_str_starts(tb_scanner_left(&cursor), TB_STR("1,")) &&
                 tb_scanner_take(&cursor, TB_STR("1")));
    bool half = tb_str_starts(tb_scanner_left(&cursor), TB_STR("半年"));
    if ((!each && !half) || !take_period(&cursor, ret))
        return false;
    tb_scanner_take_prefix(&cursor, &ret->operator_, &ret->known_operator_spelling);
    if (!tb_scanner_take_count(&cursor, &ret->number))
        return false;
    tb_scanner_take_suffix(&cursor, ret);
    return tb_scanner_take_unit(&cursor, ret);
}

/* 2次/年, ≥1次/季度 */
static bool parse_period_last(const written_value *written, tb_indicator *ret)
{
    tb_scanner cursor = written->behind;
    if ((!word_follows(written, TB_STR("/")) && !word_follows(written, TB_STR("每"))) ||
        !tb_scanner_take_any(&cursor, times, TB_COUNT(times)))
        return false;
    *ret = begin_with_head(written);
    ret->unit = tb_scanner_original(&cursor, written->behind.at, cursor.at);
    tb_indicator_set_factor(ret);
    if (!tb_scanner_take(&cursor, TB_STR("/")) && !tb_scanner_take(&cursor, TB_STR("每")))
        return false;
    tb_scanner_take(&cursor, TB_STR("每"));
    return take_period(&cursor, ret) && cursor.at == cursor.end;
}

/* Deadlines */

static const tb_str spans[] = {
    TB_WORD("个工作日"), TB_WORD("工作日"), TB_WORD("个自然日"), TB_WORD("个月"),
    TB_WORD("小时"),     TB_WORD("分钟"),   TB_WORD("日"),       TB_WORD("天"),
    TB_WORD("周"),       TB_WORD("年"),     TB_WORD("月"),
};

/* The span that the cursor is at becomes the unit of a limit. */
static bool take_span(tb_scanner *cursor, tb_indicator *ret)
{
    size_t from = cursor->at;
    if (!tb_scanner_take_any(cursor, spans, TB_COUNT(spans)))
        return false;
    ret->unit = ret->base_unit = tb_scanner_original(cursor, from, cursor->at);
    ret->operator_ = TB_OPERATOR_AT_MOST;
    ret->known_operator_spelling = true;
    return true;
}

/* 30日内, 3个工作日内, 控制在60日以内 */
static bool parse_span(const written_value *written, tb_indicator *ret)
{
    tb_scanner cursor = written->behind;
    if (!word_follows(written, TB_STR("内")))
        return false;
    *ret = begin_with_head(written);
    return take_span(&cursor, ret) &&
           (tb_scanner_take(&cursor, TB_STR("内")) || tb_scanner_take(&cursor, TB_STR("以内")) ||
            tb_scanner_take(&cursor, TB_STR("之内")));
}

/* 每月10日前, 每年12月底前, 每季度首月15日前, 每学期开学后30日内; 每年2次以内 is none */
static bool parse_recurring(const written_value *written, tb_indicator *ret)
{
    tb_scanner cursor = written->all;
    tb_str all = tb_scanner_left(&cursor);
    *ret = nothing_yet;
    if (!tb_str_ends(all, TB_STR("前")) && !tb_str_ends(all, TB_STR("内")))
        return false;
    if (!tb_scanner_take(&cursor, TB_STR("每")) || !take_period(&cursor, ret))
        return false;
    while (cursor.at < cursor.end && !tb_is_digit(cursor.folded->key[cursor.at]))
        cursor.at++;
    return tb_scanner_take_count(&cursor, &ret->number) && take_span(&cursor, ret);
}

static const tb_str date_ends[] = {TB_WORD("底"),   TB_WORD("末"),   TB_WORD("初"),
                                   TB_WORD("上旬"), TB_WORD("中旬"), TB_WORD("下旬"),
                                   TB_WORD("上半"), TB_WORD("下半")};

static bool take_part(tb_scanner *cursor, tb_str word, size_t digits_from, size_t digits_to)
{
    size_t at = cursor->at;
    while (at < cursor->end && tb_is_digit(cursor->folded->key[at]))
        at++;
    size_t digits = at - cursor->at;
    tb_str rest = {cursor->folded->key + at, cursor->end - at};
    if (digits < digits_from || digits > digits_to || !tb_str_starts(rest, word))
        return false;
    cursor->at = at + word.size;
    return true;
}

/* A first look: whether digits and a sign of a date stand there. */
static bool begins_date(const tb_scanner *cursor)
{
    static const tb_str signs[] = {TB_WORD("年"), TB_WORD("月"), TB_WORD("-"), TB_WORD("/"),
                                   TB_WORD(".")};
    tb_scanner at = *cursor;
    while (at.at < at.end && tb_is_digit(at.folded->key[at.at]))
        at.at++;
    return at.at > cursor->at && tb_scanner_take_any(&at, signs, TB_COUNT(signs));
}

/* 12月31日前, 2024年12月底前, 2024-12-31, 12月底 */
static bool parse_date(const written_value *written, tb_indicator *ret)
{
    tb_scanner cursor = written->all;
    if (!tb_scanner_take(&cursor, TB_STR("于")))
        tb_scanner_take(&cursor, TB_STR("在"));
    if (!begins_date(&cursor))
        return false;
    *ret = nothing_yet;
    tb_scanner first = cursor;
    bool year = take_part(&cursor, TB_STR("年"), 4, 4) || take_part(&cursor, TB_STR("-"), 4, 4) ||
                take_part(&cursor, TB_STR("/"), 4, 4) || take_part(&cursor, TB_STR("."), 4, 4);
    bool month =
        take_part(&cursor, TB_STR("月份"), 1, 2) || take_part(&cursor, TB_STR("月"), 1, 2) ||
        (year && (take_part(&cursor, TB_STR("-"), 1, 2) || take_part(&cursor, TB_STR("/"), 1, 2) ||
                  take_part(&cursor, TB_STR("."), 1, 2)));
    bool day = month &&
               (take_part(&cursor, TB_STR("日"), 1, 2) || take_part(&cursor, TB_STR("号"), 1, 2) ||
                (year && take_part(&cursor, TB_STR(""), 1, 2)));
    bool end = (year || month) && tb_scanner_take_any(&cursor, date_ends, TB_COUNT(date_ends));
    bool before = tb_scanner_take(&cursor, TB_STR("前")) ||
                  tb_scanner_take(&cursor, TB_STR("之前")) ||
                  tb_scanner_take(&cursor, TB_STR("以前"));
    if (!year && !month)
        return false;
    if (!(month || before || end || cursor.at == cursor.end || day))
        return false;
    ret->operator_ = TB_OPERATOR_AT_MOST;
    ret->known_operator_spelling = true;
    ret->unit = ret->base_unit = tb_scanner_original(&first, first.at, cursor.at);
    first.end = first.at;
    while (tb_is_digit(first.folded->key[first.end]))
        first.end++;
    return tb_scanner_take_number(&first, &ret->number);
}

/* Ranges: 60%–80%, 60~80分, 60至80 */

static const tb_str between[] = {
    TB_WORD("-"), TB_WORD("~"),  TB_WORD("–"),  TB_WORD("—"),
    TB_WORD("−"), TB_WORD("至"), TB_WORD("到"), TB_WORD("∼"),
};

#define RANGE_UNIT_MAX 24 /* bytes between the two numbers */

/* A first look: whether another number follows the first. */
static bool digit_follows(const tb_scanner *cursor)
{
    for (size_t at = cursor->at; at < cursor->end; at++) {
        if (tb_is_digit(cursor->folded->key[at]))
            return true;
    }
    return false;
}

static bool parse_range(const written_value *written, tb_indicator *ret)
{
    tb_scanner cursor = written->all;
    if (written->in_digits && !digit_follows(&written->behind))
        return false;
    *ret = nothing_yet;
    tb_scanner_take(&cursor, TB_STR("在"));
    tb_scanner_take(&cursor, TB_STR("介于"));
    tb_scanner_take_end(&cursor, TB_STR("之间"));
    if (!tb_scanner_take_number(&cursor, &ret->number))
        return false;
    size_t unit = cursor.at;
    while (cursor.at < cursor.end && !tb_scanner_take_any(&cursor, between, TB_COUNT(between))) {
        tb_text_next((tb_str){cursor.folded->key, cursor.end}, &cursor.at);
        if (cursor.at - unit > RANGE_UNIT_MAX)
            return false;
    }
    size_t upper = cursor.at;
    return cursor.at < cursor.end && tb_scanner_take_number(&cursor, &ret->upper) &&
           cursor.at > upper && tb_scanner_take_unit(&cursor, ret);
}

/* Comparisons */

static bool parse_comparison(const written_value *written, tb_indicator *ret)
{
    tb_scanner cursor = written->behind;
    if (!written->in_digits)
        return false;
    *ret = begin_with_head(written);
    tb_scanner_take_suffix(&cursor, ret);
    return tb_scanner_take_unit(&cursor, ret);
}

/* ≥96%: half of all values, and told at once. */
static bool parse_percentage(const written_value *written, tb_indicator *ret)
{
    const tb_scanner *behind = &written->behind;
    if (!written->in_digits || !tb_str_equal(tb_scanner_left(behind), TB_STR("%")))
        return false;
    *ret = begin_with_head(written);
    ret->unit = ret->base_unit = tb_scanner_original(behind, behind->at, behind->end);
    ret->percent = true;
    return true;
}

/* Where the comparison begins in 每万人3人: at the first place behind `from` where there is one;
 * the end, when there is none. */
static size_t find_comparison(const tb_scanner *all, size_t from, tb_indicator *ret)
{
    tb_str key = {all->folded->key, all->end};
    written_value value;
    value.all = *all;
    value.all.at = from;
    while (value.all.at < all->end) {
        if (value.all.at > from) {
            read_head(&value);
            if (parse_comparison(&value, ret))
                break;
        }
        tb_text_next(key, &value.all.at);
    }
    return value.all.at;
}

#define BASE_LENGTH_MAX 6 /* characters */

/* 每万人3人, 每千户≥2户: the unit is "人/万人". False: no memory. */
static bool parse_per_number(tb_arena *arena, const written_value *written, tb_indicator *ret)
{
    tb_scanner cursor = written->all;
    tb_indicator value;
    if (!tb_scanner_take(&cursor, TB_STR("每")))
        return true;
    size_t from = cursor.at, to = find_comparison(&cursor, from, &value);
    tb_str base = tb_scanner_original(&cursor, from, to);
    if (to == cursor.end || base.size == 0 || tb_text_length(base) > BASE_LENGTH_MAX)
        return true;
    char *unit = tb_arena_alloc(arena, value.unit.size + base.size + 2);
    if (unit == NULL)
        return false;
    if (value.unit.size > 0)
        memcpy(unit, value.unit.data, value.unit.size);
    unit[value.unit.size] = '/';
    memcpy(unit + value.unit.size + 1, base.data, base.size);
    *ret = value;
    ret->unit = ret->base_unit = (tb_str){unit, value.unit.size + 1 + base.size};
    ret->factor = 1;
    return true;
}

/* The notations */

/* What a value begins with. */
#define BEGINS_EACH  1u /* 每 */
#define BEGINS_ONE   2u /* 一, 1 */
#define BEGINS_HALF  4u /* 半 */
#define BEGINS_DIGIT 8u
#define BEGINS_AT    16u /* 于, 在, 介于 */
#define BEGINS_ANY   32u

static unsigned beginning_of(tb_str key)
{
    size_t at = 0;
    switch (tb_text_next(key, &at)) {
    case 0x6BCF: /* 每 */
        return BEGINS_ANY | BEGINS_EACH;
    case 0x4E00: /* 一 */
        return BEGINS_ANY | BEGINS_ONE;
    case 0x534A: /* 半 */
        return BEGINS_ANY | BEGINS_HALF;
    case 0x4E8E: /* 于 */
    case 0x5728: /* 在 */
    case 0x4ECB: /* 介 */
        return BEGINS_ANY | BEGINS_AT;
    case '1':
        return BEGINS_ANY | BEGINS_DIGIT | BEGINS_ONE;
    case '+':
    case '-':
        return BEGINS_ANY | BEGINS_DIGIT;
    default:
        return BEGINS_ANY | (tb_is_digit(key.data[0]) ? BEGINS_DIGIT : 0);
    }
}

static const struct {
    bool (*parse)(const written_value *written, tb_indicator *ret);
    tb_indicator_kind kind;
    unsigned begins;
} notations[] = {
    {parse_percentage, TB_INDICATOR_COMPARISON, BEGINS_ANY},
    {parse_recurring, TB_INDICATOR_DEADLINE, BEGINS_EACH},
    {parse_period_first, TB_INDICATOR_FREQUENCY, BEGINS_EACH | BEGINS_ONE | BEGINS_HALF},
    {parse_period_last, TB_INDICATOR_FREQUENCY, BEGINS_ANY},
    {parse_span, TB_INDICATOR_DEADLINE, BEGINS_ANY},
    {parse_date, TB_INDICATOR_DEADLINE, BEGINS_DIGIT | BEGINS_AT},
    {parse_range, TB_INDICATOR_RANGE, BEGINS_DIGIT | BEGINS_AT},
    {parse_comparison, TB_INDICATOR_COMPARISON, BEGINS_ANY},
};

static bool has_number(const tb_folded *folded)
{
    tb_str key = {folded->key, folded->size};
    for (size_t at = 0; at < key.size;) {
        uint32_t c = tb_text_next(key, &at);
        if (c < 0x80 ? tb_is_digit((char)c) : tb_numeral(c) > 0)
            return true;
    }
    return false;
}

static bool take_stop(tb_scanner *cursor)
{
    if (cursor->end > cursor->at && strchr(".,;", cursor->folded->key[cursor->end - 1]) != NULL) {
        cursor->end--;
        return true;
    }
    return tb_scanner_take_end(cursor, TB_STR("。"));
}

bool tb_indicator_parse(tb_arena *arena, tb_str text, tb_indicator *ret_indicator)
{
    static const tb_indicator quality = {
        .kind = TB_INDICATOR_QUALITY, .factor = 1, .known_operator_spelling = true};
    tb_folded folded;
    tb_fold(text, &folded);
    if (!folded.whole || !has_number(&folded)) {
        *ret_indicator = quality;
        return true;
    }
    written_value written;
    written.all = (tb_scanner){&folded, 0, folded.size};
    while (take_stop(&written.all))
        continue;
    read_head(&written);
    unsigned begins = beginning_of(tb_scanner_left(&written.all));
    for (size_t i = 0; i < TB_COUNT(notations); i++) {
        if ((notations[i].begins & begins) == 0 || !notations[i].parse(&written, ret_indicator))
            continue;
        ret_indicator->kind = notations[i].kind;
        return true;
    }
    *ret_indicator = quality;
    return parse_per_number(arena, &written, ret_indicator);
}
