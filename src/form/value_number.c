/*
 * Numbers in texts: amounts with their units, shares, plain numbers, counts in numerals.
 */
#include "form/numeral.h"
#include "form/value_readers.h"

/* A number such as -1,234.50 and what stands behind it. */
typedef struct written_number {
    tb_decimal number;
    int places;  /* digits after the point, as written */
    tb_str rest; /* of the key, behind the digits */
} written_number;

#define NUMBER_SIZE_MAX 48

static tb_str skip_currency(tb_str key)
{
    static const tb_str signs[] = {{"¥", 2}, {"￥", 3}, {"$", 1}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (tb_str_starts(key, signs[i]))
            return tb_str_slice(key, signs[i].size, key.size);
    }
    return key;
}

static bool parse_number(tb_str key, written_number *ret)
{
    char digits[NUMBER_SIZE_MAX];
    size_t size = 0, at = 0;
    key = skip_currency(key);
    if (tb_str_starts(key, TB_STR("−"))) {
        digits[size++] = '-';
        at = sizeof "−" - 1;
    } else if (at < key.size && (key.data[at] == '-' || key.data[at] == '+')) {
        if (key.data[at++] == '-')
            digits[size++] = '-';
    }
    size_t first = at;
    ret->places = 0;
    bool point = false;
    for (; at < key.size && size < sizeof digits; at++) {
        char c = key.data[at];
        if (tb_is_digit(c)) {
            digits[size++] = c;
            ret->places += point;
        } else if (c == '.' && !point && at > first) {
            point = true;
            digits[size++] = c;
        } else if (c != ',' || point || at == first) {
            break;
        }
    }
    if (size > 0 && digits[size - 1] == '.')
        size--;
    ret->rest = tb_str_slice(key, at, key.size);
    return at > first && tb_decimal_parse((tb_str){digits, size}, &ret->number);
}

/* The number at the beginning of the key, into the item. */
static bool read_number(tb_str key, tb_item *item, tb_str *ret_rest)
{
    written_number written;
    if (!parse_number(key, &written))
        return false;
    item->number = written.number;
    item->decimals = written.places;
    *ret_rest = written.rest;
    return true;
}

/* Units of money, and how many of the smallest one each is. */
static const struct {
    tb_str name;
    int64_t factor;
} money_units[] = {
    {{"元", 3}, 1},       {{"百元", 6}, 100},       {{"千元", 6}, 1000},
    {{"万元", 6}, 10000}, {{"亿元", 6}, 100000000},
};

static int64_t money_factor(tb_str unit)
{
    for (size_t i = 0; i < sizeof money_units / sizeof money_units[0]; i++) {
        if (tb_str_equal(unit, money_units[i].name))
            return money_units[i].factor;
    }
    return 0;
}

bool tb_value_read_amount(tb_str key, tb_item *item)
{
    tb_str rest;
    if (!read_number(key, item, &rest))
        return false;
    if (rest.size == 0)
        return true;
    int64_t from = money_factor(rest), to = money_factor(item->field->unit);
    if (from == 0)
        return false;
    if (to == 0 || to == from)
        return true;
    item->decimals = TB_DECIMALS_ANY;
    return tb_decimal_multiply(item->number, tb_decimal_of(from), &item->number) &&
           tb_decimal_divide(item->number, tb_decimal_of(to), &item->number);
}

#define COUNT_DIGITS_MAX 8

/* Numerals that multiply what stands before them: 十. */
#define TEN 10

static size_t read_numerals(tb_str key, size_t at, int64_t *ret)
{
    int64_t tens = 0, ones = 0;
    for (int i = 0; at < key.size && i < COUNT_DIGITS_MAX; i++) {
        size_t next = at;
        int value = tb_numeral(tb_text_next(key, &next));
        if (value < 0)
            break;
        if (value == TEN)
            tens = TEN * (ones == 0 ? 1 : ones);
        ones = value == TEN ? 0 : ones * 10 + value;
        at = next;
    }
    *ret = tens + ones;
    return at;
}

size_t tb_value_read_count(tb_str key, size_t at, int64_t *ret)
{
    size_t begin = at;
    *ret = 0;
    for (; at < key.size && tb_is_digit(key.data[at]) && at - begin < COUNT_DIGITS_MAX; at++)
        *ret = *ret * 10 + (key.data[at] - '0');
    return at > begin ? at : read_numerals(key, at, ret);
}

bool tb_value_read_plain_number(tb_str key, tb_item *item)
{
    tb_str rest;
    int64_t count;
    if (read_number(key, item, &rest) && rest.size == 0)
        return true;
    item->decimals = 0;
    if (key.size == 0 || tb_value_read_count(key, 0, &count) != key.size)
        return false;
    item->number = tb_decimal_of(count);
    return true;
}

bool tb_value_read_share(tb_str key, tb_item *item)
{
    tb_str rest;
    if (!read_number(key, item, &rest))
        return false;
    if (rest.size == 0)
        return true;
    item->share_settled = true;
    item->decimals += 2;
    return tb_str_equal(rest, TB_STR("%")) &&
           tb_decimal_multiply(item->number, (tb_decimal){1, 2}, &item->number);
}
