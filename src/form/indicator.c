/*
 * Takes an indicator's value apart. Works on the folded text (half-width, no blanks) and gives
 * units and periods as they were written. The words stand in tables; the order of the attempts is:
 * frequency, deadline, range, comparison; what is none of them is quality.
 */
#include "form/indicator.h"

#include <string.h>

#include "form/label.h"

typedef struct scanner {
    const tb_folded *folded;
    size_t at, end; /* what is left of the key */
} scanner;

static tb_str left(const scanner *cursor)
{
    return (tb_str){cursor->folded->key + cursor->at, cursor->end - cursor->at};
}

static tb_str original(const scanner *cursor, size_t from, size_t to)
{
    const tb_folded *folded = cursor->folded;
    return tb_str_trim(tb_str_slice(folded->text, folded->origin[from], folded->origin[to]));
}

static bool take(scanner *cursor, tb_str word)
{
    if (!tb_str_starts(left(cursor), word))
        return false;
    cursor->at += word.size;
    return true;
}

static bool take_end(scanner *cursor, tb_str word)
{
    if (!tb_str_ends(left(cursor), word))
        return false;
    cursor->end -= word.size;
    return true;
}

/* The place of the first word of the table that the text begins (or ends) with, or `count`. */
static size_t take_any(scanner *cursor, const tb_str *words, size_t count)
{
    size_t i = 0;
    while (i < count && !take(cursor, words[i]))
        i++;
    return i;
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define WORD(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* Operators. Longer spellings stand before those they begin with. */

typedef struct spelling {
    tb_str word;
    tb_indicator_operator operator_;
    bool known; /* R13 lists it */
} spelling;

static const spelling prefixes[] = {
    {WORD(">="), TB_OPERATOR_AT_LEAST, true},
    {WORD("=>"), TB_OPERATOR_AT_LEAST, true},
    {WORD("<="), TB_OPERATOR_AT_MOST, true},
    {WORD("=<"), TB_OPERATOR_AT_MOST, true},
    {WORD(">"), TB_OPERATOR_MORE, true},
    {WORD("<"), TB_OPERATOR_LESS, true},
    {WORD("=="), TB_OPERATOR_EQUAL, true},
    {WORD("="), TB_OPERATOR_EQUAL, true},
    {WORD("≥"), TB_OPERATOR_AT_LEAST, true},
    {WORD("≧"), TB_OPERATOR_AT_LEAST, true},
    {WORD("⩾"), TB_OPERATOR_AT_LEAST, true},
    {WORD("≤"), TB_OPERATOR_AT_MOST, true},
    {WORD("≦"), TB_OPERATOR_AT_MOST, true},
    {WORD("⩽"), TB_OPERATOR_AT_MOST, true},
    {WORD("不低于"), TB_OPERATOR_AT_LEAST, true},
    {WORD("不少于"), TB_OPERATOR_AT_LEAST, true},
    {WORD("不小于"), TB_OPERATOR_AT_LEAST, true},
    {WORD("不得低于"), TB_OPERATOR_AT_LEAST, true},
    {WORD("不得少于"), TB_OPERATOR_AT_LEAST, true},
    {WORD("大于等于"), TB_OPERATOR_AT_LEAST, true},
    {WORD("大于或等于"), TB_OPERATOR_AT_LEAST, true},
    {WORD("高于或等于"), TB_OPERATOR_AT_LEAST, true},
    {WORD("至少"), TB_OPERATOR_AT_LEAST, true},
    {WORD("不超过"), TB_OPERATOR_AT_MOST, true},
    {WORD("不超出"), TB_OPERATOR_AT_MOST, true},
    {WORD("不得超过"), TB_OPERATOR_AT_MOST, true},
    {WORD("不高于"), TB_OPERATOR_AT_MOST, true},
    {WORD("不得高于"), TB_OPERATOR_AT_MOST, true},
    {WORD("不大于"), TB_OPERATOR_AT_MOST, true},
    {WORD("不多于"), TB_OPERATOR_AT_MOST, true},
    {WORD("小于等于"), TB_OPERATOR_AT_MOST, true},
    {WORD("小于或等于"), TB_OPERATOR_AT_MOST, true},
    {WORD("低于或等于"), TB_OPERATOR_AT_MOST, true},
    {WORD("控制在"), TB_OPERATOR_AT_MOST, true},
    {WORD("至多"), TB_OPERATOR_AT_MOST, true},
    {WORD("最多"), TB_OPERATOR_AT_MOST, true},
    {WORD("大于"), TB_OPERATOR_MORE, true},
    {WORD("超过"), TB_OPERATOR_MORE, true},
    {WORD("高于"), TB_OPERATOR_MORE, true},
    {WORD("多于"), TB_OPERATOR_MORE, true},
    {WORD("小于"), TB_OPERATOR_LESS, true},
    {WORD("低于"), TB_OPERATOR_LESS, true},
    {WORD("少于"), TB_OPERATOR_LESS, true},
    {WORD("等于"), TB_OPERATOR_EQUAL, true},
    {WORD("达到"), TB_OPERATOR_NONE, false},
    {WORD("完成"), TB_OPERATOR_NONE, false},
    {WORD("大约"), TB_OPERATOR_NONE, false},
    {WORD("约"), TB_OPERATOR_NONE, false},
    {WORD("≈"), TB_OPERATOR_NONE, false},
    {WORD("达"), TB_OPERATOR_NONE, false},
};

static const spelling suffixes[] = {
    {WORD("及以上"), TB_OPERATOR_AT_LEAST, true}, {WORD("或以上"), TB_OPERATOR_AT_LEAST, true},
    {WORD("以上"), TB_OPERATOR_AT_LEAST, true},   {WORD("及以下"), TB_OPERATOR_AT_MOST, true},
    {WORD("或以下"), TB_OPERATOR_AT_MOST, true},  {WORD("以下"), TB_OPERATOR_AT_MOST, true},
    {WORD("以内"), TB_OPERATOR_AT_MOST, true},    {WORD("之内"), TB_OPERATOR_AT_MOST, true},
    {WORD("左右"), TB_OPERATOR_NONE, false},
};

static void take_prefix(scanner *cursor, tb_indicator *ret)
{
    for (size_t i = 0; i < COUNT(prefixes); i++) {
        if (!take(cursor, prefixes[i].word))
            continue;
        ret->operator_ = prefixes[i].operator_;
        ret->known_operator_spelling = prefixes[i].known;
        return;
    }
}

/* A suffix counts only where no operator stands before the number. */
static void take_suffix(scanner *cursor, tb_indicator *ret)
{
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        if (!take_end(cursor, suffixes[i].word))
            continue;
        if (ret->operator_ == TB_OPERATOR_NONE) {
            ret->operator_ = suffixes[i].operator_;
            ret->known_operator_spelling = suffixes[i].known;
        }
        return;
    }
}

/* Numbers */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

#define NUMBER_SIZE_MAX 48

/* number = [ '-' | '+' ] digits { ',' digits } [ '.' digits ] */
static bool take_number(scanner *cursor, tb_decimal *ret)
{
    char digits[NUMBER_SIZE_MAX];
    size_t size = 0, at = cursor->at;
    tb_str key = {cursor->folded->key, cursor->end};
    if (at < key.size && (key.data[at] == '-' || key.data[at] == '+')) {
        if (key.data[at++] == '-')
            digits[size++] = '-';
    }
    size_t first = at;
    bool point = false;
    for (; at < key.size && size < sizeof digits; at++) {
        char c = key.data[at];
        bool digit_follows = at + 1 < key.size && is_digit(key.data[at + 1]);
        if (is_digit(c)) {
            digits[size++] = c;
        } else if (c == '.' && !point && at > first && digit_follows) {
            digits[size++] = c;
            point = true;
        } else if (c != ',' || point || at == first || !digit_follows) {
            break;
        }
    }
    if (at == first || !tb_decimal_parse((tb_str){digits, size}, ret))
        return false;
    cursor->at = at;
    return true;
}

static const tb_str numerals[] = {
    WORD("一"), WORD("二"), WORD("三"), WORD("四"), WORD("五"), WORD("六"),
    WORD("七"), WORD("八"), WORD("九"), WORD("十"), WORD("两"),
};

/* A number, or a single Chinese numeral. */
static bool take_count(scanner *cursor, tb_decimal *ret)
{
    if (take_number(cursor, ret))
        return true;
    size_t i = take_any(cursor, numerals, COUNT(numerals));
    if (i == COUNT(numerals))
        return false;
    *ret = tb_decimal_of(i == COUNT(numerals) - 1 ? 2 : (int64_t)i + 1);
    return true;
}

/* Units */

static const struct {
    tb_str word;
    int64_t factor;
} multiples[] = {
    {WORD("万亿"), 1000000000000},
    {WORD("千万"), 10000000},
    {WORD("百万"), 1000000},
    {WORD("十万"), 100000},
    {WORD("亿"), 100000000},
    {WORD("万"), 10000},
    {WORD("千"), 1000},
    {WORD("百"), 100},
};

static bool is_percent(tb_str unit)
{
    return tb_str_starts(unit, TB_STR("%")) || tb_str_starts(unit, TB_STR("‰"));
}

/* The bytes of a percent sign, of any width, that the original text begins with. */
static size_t percent_size(tb_str text)
{
    size_t at = 0;
    if (text.size > 0)
        tb_text_next(text, &at);
    return at;
}

static void set_factor(tb_indicator *ret)
{
    ret->factor = 1;
    ret->base_unit = ret->unit;
    if (tb_str_starts(ret->unit, TB_STR("百分")))
        return;
    for (size_t i = 0; i < COUNT(multiples); i++) {
        if (!tb_str_starts(ret->unit, multiples[i].word))
            continue;
        ret->factor = multiples[i].factor;
        ret->base_unit =
            tb_str_trim(tb_str_slice(ret->unit, multiples[i].word.size, ret->unit.size));
        ret->incomplete_unit = ret->base_unit.size == 0;
        return;
    }
}

static bool is_stop(uint32_t c)
{
    return c == ',' || c == ';' || c == ':' || c == '(' || c == '!' || c == 0x3001 || c == 0x3002;
}

/* Where the unit ends: at the first stop, the end, or a digit that no letter stands before (m2 is
 * a unit). */
static size_t unit_end(const scanner *cursor)
{
    tb_str key = {cursor->folded->key, cursor->end};
    uint32_t before = 0;
    for (size_t at = cursor->at; at < key.size;) {
        size_t begin = at;
        uint32_t c = tb_text_next(key, &at);
        bool letter = before >= 'a' && before <= 'z';
        if (is_stop(c) || (c < 0x80 && is_digit((char)c) && !letter))
            return begin;
        before = c;
    }
    return cursor->end;
}

#define UNIT_LENGTH_MAX  12 /* characters */
#define LOOSE_LENGTH_MAX 6  /* where no operator says that this is a quantity */

/* The unit up to the cursor's end. False where what follows the number is no unit but a text. */
static bool take_unit(scanner *cursor, tb_indicator *ret)
{
    tb_str key = left(cursor);
    if (is_percent(key)) {
        tb_str written = original(cursor, cursor->at, cursor->end);
        ret->unit = tb_str_slice(written, 0, percent_size(written));
        ret->base_unit = ret->unit;
        ret->percent = true;
        ret->factor = 1;
        return true;
    }
    size_t end = unit_end(cursor);
    size_t length = tb_text_length(tb_str_slice(key, 0, end - cursor->at));
    bool loose = ret->operator_ == TB_OPERATOR_NONE;
    if (length > (loose ? LOOSE_LENGTH_MAX : UNIT_LENGTH_MAX) || (loose && end < cursor->end))
        return false;
    ret->unit = original(cursor, cursor->at, end);
    set_factor(ret);
    return true;
}

/* Frequencies */

static const tb_str periods[] = {
    WORD("半年度"), WORD("半年"),   WORD("年度"), WORD("年"), WORD("季度"), WORD("季"),
    WORD("个月"),   WORD("月份"),   WORD("月"),   WORD("周"), WORD("星期"), WORD("旬"),
    WORD("学期"),   WORD("工作日"), WORD("日"),   WORD("天"), WORD("小时"),
};

/* What is counted in a frequency. 2次/年 is one; 300平方米/年 is a quantity. */
static const tb_str times[] = {WORD("次"), WORD("回"), WORD("期"),
                               WORD("遍"), WORD("轮"), WORD("场")};

static bool take_period(scanner *cursor, tb_indicator *ret)
{
    size_t from = cursor->at;
    if (take_any(cursor, periods, COUNT(periods)) == COUNT(periods))
        return false;
    ret->period = original(cursor, from, cursor->at);
    return true;
}

/* 每季度1次, 每年≥2次, 一年两次 */
static bool parse_period_first(scanner cursor, tb_indicator *ret)
{
    bool each = take(&cursor, TB_STR("每")) || take(&cursor, TB_STR("一")) ||
                (!tb_str_starts(left(&cursor), TB_STR("1,")) && take(&cursor, TB_STR("1")));
    bool half = tb_str_starts(left(&cursor), TB_STR("半年"));
    if ((!each && !half) || !take_period(&cursor, ret))
        return false;
    take_prefix(&cursor, ret);
    if (!take_count(&cursor, &ret->number))
        return false;
    take_suffix(&cursor, ret);
    return take_unit(&cursor, ret);
}

/* 2次/年, ≥1次/季度 */
static bool parse_period_last(scanner cursor, tb_indicator *ret)
{
    take_prefix(&cursor, ret);
    if (!take_count(&cursor, &ret->number))
        return false;
    size_t unit = cursor.at;
    if (take_any(&cursor, times, COUNT(times)) == COUNT(times))
        return false;
    ret->unit = original(&cursor, unit, cursor.at);
    set_factor(ret);
    if (!take(&cursor, TB_STR("/")) && !take(&cursor, TB_STR("每")))
        return false;
    take(&cursor, TB_STR("每"));
    return take_period(&cursor, ret) && cursor.at == cursor.end;
}

/* Deadlines */

static const tb_str spans[] = {
    WORD("个工作日"), WORD("工作日"), WORD("个自然日"), WORD("个月"), WORD("小时"), WORD("分钟"),
    WORD("日"),       WORD("天"),     WORD("周"),       WORD("年"),   WORD("月"),
};

/* 30日内, 3个工作日内, 控制在60日以内 */
static bool parse_span(scanner cursor, tb_indicator *ret)
{
    take_prefix(&cursor, ret);
    if (!take_count(&cursor, &ret->number))
        return false;
    size_t unit = cursor.at;
    if (take_any(&cursor, spans, COUNT(spans)) == COUNT(spans))
        return false;
    ret->unit = original(&cursor, unit, cursor.at);
    ret->base_unit = ret->unit;
    ret->factor = 1;
    ret->operator_ = TB_OPERATOR_AT_MOST;
    ret->known_operator_spelling = true;
    return take(&cursor, TB_STR("内")) || take(&cursor, TB_STR("以内")) ||
           take(&cursor, TB_STR("之内"));
}

/* 每月10日前, 每年12月底前, 每季度首月15日前, 每学期开学后30日内; 每年2次以内 is none */
static bool parse_recurring(scanner cursor, tb_indicator *ret)
{
    tb_str all = left(&cursor);
    if (!tb_str_ends(all, TB_STR("前")) && !tb_str_ends(all, TB_STR("内")))
        return false;
    if (!take(&cursor, TB_STR("每")) || !take_period(&cursor, ret))
        return false;
    while (cursor.at < cursor.end && !is_digit(cursor.folded->key[cursor.at]))
        cursor.at++;
    if (!take_count(&cursor, &ret->number))
        return false;
    size_t unit = cursor.at;
    if (take_any(&cursor, spans, COUNT(spans)) == COUNT(spans))
        return false;
    ret->unit = ret->base_unit = original(&cursor, unit, cursor.at);
    ret->factor = 1;
    ret->operator_ = TB_OPERATOR_AT_MOST;
    ret->known_operator_spelling = true;
    return true;
}

static const tb_str date_ends[] = {WORD("底"),   WORD("末"),   WORD("初"),   WORD("上旬"),
                                   WORD("中旬"), WORD("下旬"), WORD("上半"), WORD("下半")};

static bool take_part(scanner *cursor, tb_str word, size_t digits_from, size_t digits_to)
{
    size_t at = cursor->at;
    while (at < cursor->end && is_digit(cursor->folded->key[at]))
        at++;
    size_t digits = at - cursor->at;
    tb_str rest = {cursor->folded->key + at, cursor->end - at};
    if (digits < digits_from || digits > digits_to || !tb_str_starts(rest, word))
        return false;
    cursor->at = at + word.size;
    return true;
}

/* 12月31日前, 2024年12月底前, 2024-12-31, 12月底 */
static bool parse_date(scanner cursor, tb_indicator *ret)
{
    if (!take(&cursor, TB_STR("于")))
        take(&cursor, TB_STR("在"));
    scanner first = cursor;
    bool year = take_part(&cursor, TB_STR("年"), 4, 4) || take_part(&cursor, TB_STR("-"), 4, 4) ||
                take_part(&cursor, TB_STR("/"), 4, 4) || take_part(&cursor, TB_STR("."), 4, 4);
    bool month =
        take_part(&cursor, TB_STR("月份"), 1, 2) || take_part(&cursor, TB_STR("月"), 1, 2) ||
        (year && (take_part(&cursor, TB_STR("-"), 1, 2) || take_part(&cursor, TB_STR("/"), 1, 2) ||
                  take_part(&cursor, TB_STR("."), 1, 2)));
    bool day = month &&
               (take_part(&cursor, TB_STR("日"), 1, 2) || take_part(&cursor, TB_STR("号"), 1, 2) ||
                (year && take_part(&cursor, TB_STR(""), 1, 2)));
    bool end = (year || month) && take_any(&cursor, date_ends, COUNT(date_ends)) < COUNT(date_ends);
    bool before = take(&cursor, TB_STR("前")) || take(&cursor, TB_STR("之前")) ||
                  take(&cursor, TB_STR("以前"));
    if (!year && !month)
        return false;
    if (!(month || before || end || cursor.at == cursor.end || day))
        return false;
    ret->operator_ = TB_OPERATOR_AT_MOST;
    ret->known_operator_spelling = true;
    ret->unit = ret->base_unit = original(&first, first.at, cursor.at);
    first.end = first.at;
    while (is_digit(first.folded->key[first.end]))
        first.end++;
    return take_number(&first, &ret->number);
}

/* Ranges: 60%–80%, 60~80分, 60至80 */

static const tb_str between[] = {
    WORD("-"), WORD("~"), WORD("–"), WORD("—"), WORD("−"), WORD("至"), WORD("到"), WORD("∼"),
};

static bool parse_range(scanner cursor, tb_indicator *ret)
{
    take(&cursor, TB_STR("在"));
    take(&cursor, TB_STR("介于"));
    take_end(&cursor, TB_STR("之间"));
    if (!take_number(&cursor, &ret->number))
        return false;
    size_t unit = cursor.at;
    while (cursor.at < cursor.end && take_any(&cursor, between, COUNT(between)) == COUNT(between)) {
        tb_text_next((tb_str){cursor.folded->key, cursor.end}, &cursor.at);
        if (cursor.at - unit > TB_PIECES_MAX * 3)
            return false;
    }
    size_t upper = cursor.at;
    return cursor.at < cursor.end && take_number(&cursor, &ret->upper) && cursor.at > upper &&
           take_unit(&cursor, ret);
}

/* Comparisons */

static bool parse_comparison(scanner cursor, tb_indicator *ret)
{
    take_prefix(&cursor, ret);
    if (!take_number(&cursor, &ret->number))
        return false;
    take_suffix(&cursor, ret);
    return take_unit(&cursor, ret);
}

/* 每万人3人, 每千户≥2户: the unit is "人/万人". */
static bool parse_per_number(tb_arena *arena, scanner cursor, tb_indicator *ret)
{
    if (!take(&cursor, TB_STR("每")))
        return false;
    size_t from = cursor.at;
    scanner value = cursor;
    while (value.at < value.end) {
        *ret = (tb_indicator){.known_operator_spelling = true};
        if (value.at > from && parse_comparison(value, ret))
            break;
        tb_text_next((tb_str){value.folded->key, value.end}, &value.at);
    }
    tb_str base = original(&cursor, from, value.at);
    if (value.at == value.end || base.size == 0 || tb_text_length(base) > LOOSE_LENGTH_MAX)
        return false;
    char *unit = tb_arena_alloc(arena, ret->unit.size + base.size + 2);
    if (unit == NULL)
        return false;
    if (ret->unit.size > 0)
        memcpy(unit, ret->unit.data, ret->unit.size);
    unit[ret->unit.size] = '/';
    memcpy(unit + ret->unit.size + 1, base.data, base.size);
    ret->unit = ret->base_unit = (tb_str){unit, ret->unit.size + 1 + base.size};
    ret->factor = 1;
    return true;
}

static const struct {
    bool (*parse)(scanner cursor, tb_indicator *ret);
    tb_indicator_kind kind;
} attempts[] = {
    {parse_recurring, TB_INDICATOR_DEADLINE},    {parse_period_first, TB_INDICATOR_FREQUENCY},
    {parse_period_last, TB_INDICATOR_FREQUENCY}, {parse_span, TB_INDICATOR_DEADLINE},
    {parse_date, TB_INDICATOR_DEADLINE},         {parse_range, TB_INDICATOR_RANGE},
    {parse_comparison, TB_INDICATOR_COMPARISON},
};

static bool has_number(const tb_folded *folded)
{
    tb_str key = {folded->key, folded->size};
    for (size_t i = 0; i < key.size; i++) {
        if (is_digit(key.data[i]))
            return true;
    }
    for (size_t i = 0; i < COUNT(numerals); i++) {
        if (tb_str_find(key, numerals[i]) >= 0)
            return true;
    }
    return false;
}

bool tb_indicator_parse(tb_arena *arena, tb_str text, tb_indicator *ret_indicator)
{
    static const tb_indicator quality = {
        .kind = TB_INDICATOR_QUALITY, .factor = 1, .known_operator_spelling = true};
    tb_folded folded;
    tb_fold(text, &folded);
    *ret_indicator = quality;
    if (!folded.whole || !has_number(&folded))
        return true;
    scanner cursor = {&folded, 0, folded.size};
    while (take_end(&cursor, TB_STR("。")) || take_end(&cursor, TB_STR(";")) ||
           take_end(&cursor, TB_STR(",")) || take_end(&cursor, TB_STR(".")))
        continue;
    for (size_t i = 0; i < COUNT(attempts); i++) {
        tb_indicator result = {.factor = 1, .known_operator_spelling = true};
        if (!attempts[i].parse(cursor, &result))
            continue;
        *ret_indicator = result;
        ret_indicator->kind = attempts[i].kind;
        return true;
    }
    tb_indicator result;
    if (parse_per_number(arena, cursor, &result))
        *ret_indicator = result;
    return true;
}
