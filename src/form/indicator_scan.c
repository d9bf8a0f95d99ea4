/*
 * The words of indicators' values stand in tables here; which of them follow each other is for
 * indicator.c.
 */
#include "form/indicator_scan.h"

#include "form/numeral.h"

tb_str tb_scanner_original(const tb_scanner *cursor, size_t from, size_t to)
{
    const tb_folded *folded = cursor->folded;
    return tb_str_trim(tb_str_slice(folded->text, folded->origin[from], folded->origin[to]));
}

bool tb_scanner_take(tb_scanner *cursor, tb_str word)
{
    if (!tb_str_starts(tb_scanner_left(cursor), word))
        return false;
    cursor->at += word.size;
    return true;
}

bool tb_scanner_take_end(tb_scanner *cursor, tb_str word)
{
    if (!tb_str_ends(tb_scanner_left(cursor), word))
        return false;
    cursor->end -= word.size;
    return true;
}

bool tb_scanner_take_any(tb_scanner *cursor, const tb_str *words, size_t count)
{
    size_t i = 0;
    while (i < count && !tb_scanner_take(cursor, words[i]))
        i++;
    return i < count;
}

/* Operators. Longer spellings stand before those they begin with. */

typedef struct spelling {
    tb_str word;
    tb_indicator_operator operator_;
    bool known; /* R13 lists it */
} spelling;

static const spelling ascii_signs[] = {
    {TB_WORD(">="), TB_OPERATOR_AT_LEAST, true}, {TB_WORD("=>"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("<="), TB_OPERATOR_AT_MOST, true},  {TB_WORD("=<"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD(">"), TB_OPERATOR_MORE, true},      {TB_WORD("<"), TB_OPERATOR_LESS, true},
    {TB_WORD("=="), TB_OPERATOR_EQUAL, true},    {TB_WORD("="), TB_OPERATOR_EQUAL, true},
};

static const spelling other_signs[] = {
    {TB_WORD("≥"), TB_OPERATOR_AT_LEAST, true}, {TB_WORD("≧"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("⩾"), TB_OPERATOR_AT_LEAST, true}, {TB_WORD("≤"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("≦"), TB_OPERATOR_AT_MOST, true},  {TB_WORD("⩽"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("≈"), TB_OPERATOR_NONE, false},
};

static const spelling words[] = {
    {TB_WORD("不低于"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("不少于"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("不小于"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("不得低于"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("不得少于"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("大于等于"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("大于或等于"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("高于或等于"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("至少"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("不超过"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("不超出"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("不得超过"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("不高于"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("不得高于"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("不大于"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("不多于"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("小于等于"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("小于或等于"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("低于或等于"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("控制在"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("至多"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("最多"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("大于"), TB_OPERATOR_MORE, true},
    {TB_WORD("超过"), TB_OPERATOR_MORE, true},
    {TB_WORD("高于"), TB_OPERATOR_MORE, true},
    {TB_WORD("多于"), TB_OPERATOR_MORE, true},
    {TB_WORD("小于"), TB_OPERATOR_LESS, true},
    {TB_WORD("低于"), TB_OPERATOR_LESS, true},
    {TB_WORD("少于"), TB_OPERATOR_LESS, true},
    {TB_WORD("等于"), TB_OPERATOR_EQUAL, true},
    {TB_WORD("达到"), TB_OPERATOR_NONE, false},
    {TB_WORD("完成"), TB_OPERATOR_NONE, false},
    {TB_WORD("大约"), TB_OPERATOR_NONE, false},
    {TB_WORD("约"), TB_OPERATOR_NONE, false},
    {TB_WORD("达"), TB_OPERATOR_NONE, false},
};

static const spelling suffixes[] = {
    {TB_WORD("及以上"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("或以上"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("以上"), TB_OPERATOR_AT_LEAST, true},
    {TB_WORD("及以下"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("或以下"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("以下"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("以内"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("之内"), TB_OPERATOR_AT_MOST, true},
    {TB_WORD("左右"), TB_OPERATOR_NONE, false},
};

/* The spellings of operators that may begin with this byte. */
static const spelling *spellings_of(unsigned char first, size_t *ret_count)
{
    if (first >= 0xE4) { /* ideographs */
        *ret_count = TB_COUNT(words);
        return words;
    }
    *ret_count = first >= 0x80 ? TB_COUNT(other_signs) : TB_COUNT(ascii_signs);
    return first >= 0x80 ? other_signs : ascii_signs;
}

void tb_scanner_take_prefix(tb_scanner *cursor, tb_indicator_operator *operator_, bool *known)
{
    size_t count;
    if (cursor->at == cursor->end || tb_is_digit(cursor->folded->key[cursor->at]))
        return;
    const spelling *table = spellings_of((unsigned char)cursor->folded->key[cursor->at], &count);
    for (size_t i = 0; i < count; i++) {
        if (!tb_scanner_take(cursor, table[i].word))
            continue;
        *operator_ = table[i].operator_;
        *known = table[i].known;
        return;
    }
}

/* All of them end in an ideograph. */
void tb_scanner_take_suffix(tb_scanner *cursor, tb_indicator *ret)
{
    if (cursor->at == cursor->end || (unsigned char)cursor->folded->key[cursor->end - 1] < 0x80)
        return;
    for (size_t i = 0; i < TB_COUNT(suffixes); i++) {
        if (!tb_scanner_take_end(cursor, suffixes[i].word))
            continue;
        if (ret->operator_ == TB_OPERATOR_NONE) {
            ret->operator_ = suffixes[i].operator_;
            ret->known_operator_spelling = suffixes[i].known;
        }
        return;
    }
}

/* Numbers */

#define NUMBER_SIZE_MAX 48
#define FITTING_DIGITS  18 /* of a number in 64 bits */

/* number = [ '-' | '+' ] digits { ',' digits } [ '.' digits ] */
bool tb_scanner_take_number(tb_scanner *cursor, tb_decimal *ret)
{
    char digits[NUMBER_SIZE_MAX];
    size_t size = 0, at = cursor->at;
    tb_str key = {cursor->folded->key, cursor->end};
    if (at < key.size && (key.data[at] == '-' || key.data[at] == '+')) {
        if (key.data[at++] == '-')
            digits[size++] = '-';
    }
    size_t first = at, places = 0;
    bool point = false;
    uint64_t number = 0; /* the digits, while they fit */
    for (; at < key.size && size < sizeof digits; at++) {
        char c = key.data[at];
        if (tb_is_digit(c)) {
            digits[size++] = c;
            number = number * 10 + (unsigned)(c - '0');
            places += point;
            continue;
        }
        if (at == first || at + 1 >= key.size || !tb_is_digit(key.data[at + 1]) || point ||
            (c != '.' && c != ','))
            break;
        if (c == '.') {
            digits[size++] = c;
            point = true;
        }
    }
    if (at == first)
        return false;
    if (size <= FITTING_DIGITS)
        *ret = (tb_decimal){digits[0] == '-' ? -(int64_t)number : (int64_t)number, (int)places};
    else if (!tb_decimal_parse((tb_str){digits, size}, ret))
        return false;
    cursor->at = at;
    return true;
}

bool tb_scanner_take_count(tb_scanner *cursor, tb_decimal *ret)
{
    if (tb_scanner_take_number(cursor, ret))
        return true;
    tb_str key = {cursor->folded->key, cursor->end};
    size_t at = cursor->at;
    int numeral = at < key.size ? tb_numeral(tb_text_next(key, &at)) : -1;
    if (numeral < 1)
        return false;
    *ret = tb_decimal_of(numeral);
    cursor->at = at;
    return true;
}

/* Units */

static const struct {
    tb_str word;
    int64_t factor;
} multiples[] = {
    {TB_WORD("万亿"), 1000000000000},
    {TB_WORD("千万"), 10000000},
    {TB_WORD("百万"), 1000000},
    {TB_WORD("十万"), 100000},
    {TB_WORD("亿"), 100000000},
    {TB_WORD("万"), 10000},
    {TB_WORD("千"), 1000},
    {TB_WORD("百"), 100},
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

void tb_indicator_set_factor(tb_indicator *ret)
{
    ret->factor = 1;
    ret->base_unit = ret->unit;
    if (tb_str_starts(ret->unit, TB_STR("百分")))
        return;
    for (size_t i = 0; i < TB_COUNT(multiples); i++) {
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
static size_t unit_end(const tb_scanner *cursor)
{
    tb_str key = {cursor->folded->key, cursor->end};
    uint32_t before = 0;
    for (size_t at = cursor->at; at < key.size;) {
        size_t begin = at;
        uint32_t c = tb_text_next(key, &at);
        bool letter = before >= 'a' && before <= 'z';
        if (is_stop(c) || (c < 0x80 && tb_is_digit((char)c) && !letter))
            return begin;
        before = c;
    }
    return cursor->end;
}

#define UNIT_LENGTH_MAX  12 /* characters */
#define LOOSE_LENGTH_MAX 6  /* where no operator says that this is a quantity */

bool tb_scanner_take_unit(tb_scanner *cursor, tb_indicator *ret)
{
    tb_str key = tb_scanner_left(cursor);
    if (is_percent(key)) {
        tb_str written = tb_scanner_original(cursor, cursor->at, cursor->end);
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
    ret->unit = tb_scanner_original(cursor, cursor->at, end);
    tb_indicator_set_factor(ret);
    return true;
}
