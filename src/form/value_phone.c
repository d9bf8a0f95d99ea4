/*
 * Phone numbers in texts: mobiles and landlines, several of them, with extensions.
 */
#include <string.h>

#include "form/numeral.h"
#include "form/value_readers.h"

#define PHONE_DIGITS_MIN 10
#define PHONE_DIGITS_MAX 48

static bool is_mobile(const char *digits, size_t size)
{
    return size == 11 && digits[0] == '1' && digits[1] >= '3';
}

/* Area code (0 and two or three digits) and a number of seven or eight. */
static bool is_landline(const char *digits, size_t size)
{
    if (size < 10 || size > 12 || digits[0] != '0' || digits[1] == '0')
        return false;
    bool three = digits[1] == '1' || digits[1] == '2';
    size_t area = three ? 3 : 4, local = size - area;
    return (local == 7 || local == 8) && digits[area] >= '2';
}

static bool is_phone(const char *digits, size_t size)
{
    if (size > 11 && digits[0] == '8' && digits[1] == '6') {
        digits += 2;
        size -= 2;
    }
    return is_mobile(digits, size) || is_landline(digits, size);
}

/* Numbers written one behind the other are told apart by their lengths. */
static bool are_phones(const char *digits, size_t size)
{
    if (is_phone(digits, size))
        return true;
    for (size_t first = PHONE_DIGITS_MIN; first + PHONE_DIGITS_MIN <= size; first++) {
        if (is_phone(digits, first) && are_phones(digits + first, size - first))
            return true;
    }
    return false;
}

/* The size of the sign there that ends one number, or 0. */
static size_t phone_separator(tb_str rest)
{
    static const tb_str signs[] = {{"/", 1}, {",", 1}, {";", 1}, {"、", 3}, {"或", 3}, {"和", 3}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (tb_str_starts(rest, signs[i]))
            return signs[i].size;
    }
    return 0;
}

static bool begins_extension(tb_str rest, const char *digits, size_t size)
{
    return tb_str_starts(rest, TB_STR("转")) || tb_str_starts(rest, TB_STR("分机")) ||
           (rest.data[0] == '-' && is_landline(digits, size));
}

#define WORD_LENGTH_MAX 8 /* characters that may stand before a number: 电话：, a name */

/* Passes over a word before a number, and the colon behind it. Returns where the number begins;
 * `at` where no word stands there. */
static size_t skip_word(tb_str key, size_t at)
{
    size_t end = at;
    for (int length = 0; end < key.size && length < WORD_LENGTH_MAX; length++) {
        size_t next = end;
        uint32_t c = tb_text_next(key, &next);
        if (!tb_text_is_ideograph(c) && c != ':')
            break;
        end = next;
    }
    bool number = end < key.size &&
                  (tb_is_digit(key.data[end]) || key.data[end] == '(' || key.data[end] == '+');
    return number ? end : at;
}

/* One number or several, each perhaps behind a word (电话：…, 张三 …); behind an extension nothing
 * more is read. */
bool tb_value_read_phone(tb_str key, tb_item *item)
{
    (void)item;
    char digits[PHONE_DIGITS_MAX];
    size_t size = 0;
    for (size_t at = skip_word(key, 0); at < key.size; at++) {
        tb_str rest = tb_str_slice(key, at, key.size);
        size_t separator = phone_separator(rest);
        if (separator > 0 && !are_phones(digits, size))
            return false;
        if (separator > 0) {
            size = 0;
            at = skip_word(key, at + separator) - 1;
        } else if (begins_extension(rest, digits, size)) {
            break;
        } else if (tb_is_digit(rest.data[0]) && size < sizeof digits) {
            digits[size++] = rest.data[0];
        } else if (strchr("-()+", rest.data[0]) == NULL) {
            return false;
        }
    }
    return are_phones(digits, size);
}
