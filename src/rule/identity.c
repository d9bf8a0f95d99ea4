/*
 * Both check characters are weighted sums: GB 32100 of powers of 3 modulo 31, GB 11643 (ISO 7064,
 * MOD 11-2) of powers of 2 modulo 11.
 */
#include "rule/identity.h"

#include "rule/calendar.h"

#define LENGTH 18

/* The text folded to LENGTH characters of ASCII; false when it is not that. */
static bool fold(tb_str text, char folded[LENGTH])
{
    size_t count = 0;
    for (size_t offset = 0; offset < text.size;) {
        char part[TB_TEXT_KEY_MAX];
        size_t size = tb_text_key_of(tb_text_next(text, &offset), part);
        for (size_t i = 0; i < size; i++) {
            if (count == LENGTH)
                return false;
            folded[count++] = part[i];
        }
    }
    return count == LENGTH;
}

static bool are_digits(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
    }
    return true;
}

static int number_at(const char *digits, size_t count)
{
    int number = 0;
    for (size_t i = 0; i < count; i++)
        number = number * 10 + (digits[i] - '0');
    return number;
}

/* A character's value in a credit code, or -1. */
static int credit_value(char c)
{
    static const char alphabet[] = "0123456789abcdefghjklmnpqrtuwxy";
    const char *at = c == '\0' ? NULL : strchr(alphabet, c);
    return at == NULL ? -1 : (int)(at - alphabet);
}

bool tb_identity_is_credit_code(tb_str text)
{
    char code[LENGTH];
    int sum = 0, weight = 1;
    if (!fold(text, code) || !are_digits(code + 2, 6))
        return false;
    for (size_t i = 0; i < LENGTH - 1; i++) {
        int value = credit_value(code[i]);
        if (value < 0)
            return false;
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    return credit_value(code[LENGTH - 1]) == (31 - sum % 31) % 31;
}

bool tb_identity_is_citizen_number(tb_str text)
{
    static const char checks[] = "10x98765432"; /* by the sum modulo 11 */
    char number[LENGTH];
    int sum = 0, weight = 1;
    if (!fold(text, number) || !are_digits(number, LENGTH - 1) || number[0] == '0')
        return false;
    for (size_t i = LENGTH - 1; i-- > 0;) {
        weight = weight * 2 % 11;
        sum += (number[i] - '0') * weight;
    }
    return number[LENGTH - 1] == checks[sum % 11] &&
           tb_calendar_exists(number_at(number + 6, 4), number_at(number + 10, 2),
                              number_at(number + 12, 2));
}
