/*
 * Digits are swapped as they are shown, zeros at the end included, and never so that the number
 * would begin with a zero.
 */
#include "rule/number_slip.h"

#define MAX_DIGITS 20

unsigned tb_slip_rank(tb_slip_kind kind)
{
    static const unsigned char ranks[] = {
        [TB_SLIP_SWAPPED_ADJACENT] = 0, [TB_SLIP_SWAPPED] = 0,     [TB_SLIP_SIGN] = 1,
        [TB_SLIP_TENFOLD] = 2,          [TB_SLIP_HUNDREDFOLD] = 2, [TB_SLIP_WAN] = 2,
        [TB_SLIP_LEFT_OUT] = 3,         [TB_SLIP_DOUBLED] = 3,
    };
    return ranks[kind];
}

int tb_slip_places(tb_slip_kind kind, tb_decimal before, tb_decimal after)
{
    int typed = tb_decimal_places(before), meant = tb_decimal_places(after);
    bool swapped = kind == TB_SLIP_SWAPPED_ADJACENT || kind == TB_SLIP_SWAPPED;
    return swapped && typed > meant ? typed : meant;
}

/* A number's digits as they are shown, most significant first: 7279.07 has 727907 and scale 2. */
typedef struct shown_digits {
    char digit[MAX_DIGITS];
    int count, scale;
    int whole; /* how many stand before the point */
    bool negative;
} shown_digits;

static bool show_digits(const tb_written_number *written, shown_digits *ret)
{
    const tb_int128 too_many = (tb_int128)10000000000 * 10000000000;
    int places = tb_decimal_places(written->number), shift = written->shift;
    int scale = written->decimals > places ? written->decimals : places;
    scale = scale < shift ? shift : scale;
    tb_int128 left = tb_decimal_absolute(written->number).coefficient;
    int given = written->number.scale;
    for (; given > scale; given--)
        left /= 10;
    for (; given < scale && left < too_many; given++)
        left *= 10;
    char reversed[MAX_DIGITS];
    int count = 0, least = scale - shift + 1;
    for (; (left > 0 || count < least) && count < MAX_DIGITS; left /= 10)
        reversed[count++] = (char)(left % 10);
    *ret = (shown_digits){.count = count, .scale = scale, .whole = count - (scale - shift)};
    for (int i = 0; i < count; i++)
        ret->digit[i] = reversed[count - 1 - i];
    ret->negative = tb_decimal_sign(written->number) < 0;
    return left == 0 && ret->whole > 0;
}

static tb_decimal from_digits(const shown_digits *shown)
{
    tb_int128 coefficient = 0;
    for (int i = 0; i < shown->count; i++)
        coefficient = coefficient * 10 + shown->digit[i];
    return (tb_decimal){shown->negative ? -coefficient : coefficient, shown->scale};
}

static bool swap_is_possible(const shown_digits *shown, int i, int j)
{
    bool leads_with_zero = i == 0 && shown->digit[j] == 0 && shown->whole > 1;
    return shown->digit[i] != shown->digit[j] && !leads_with_zero;
}

static size_t propose_swaps(const tb_written_number *written, tb_number_slip *out)
{
    shown_digits shown;
    size_t count = 0;
    if (!show_digits(written, &shown))
        return 0;
    for (int i = 0; i < shown.count; i++) {
        for (int j = i + 1; j < shown.count; j++) {
            if (!swap_is_possible(&shown, i, j))
                continue;
            shown_digits swapped = shown;
            swapped.digit[i] = shown.digit[j];
            swapped.digit[j] = shown.digit[i];
            out[count++] = (tb_number_slip){
                .kind = j == i + 1 ? TB_SLIP_SWAPPED_ADJACENT : TB_SLIP_SWAPPED,
                .value = from_digits(&swapped),
                .digits = {(char)('0' + shown.digit[j]), (char)('0' + shown.digit[i])}};
        }
    }
    return count;
}

static size_t propose_powers(tb_decimal number, tb_number_slip *out)
{
    static const struct {
        int64_t factor;
        tb_slip_kind kind;
    } powers[] = {{10, TB_SLIP_TENFOLD}, {100, TB_SLIP_HUNDREDFOLD}, {10000, TB_SLIP_WAN}};
    size_t count = 0;
    for (size_t i = 0; i < sizeof powers / sizeof powers[0]; i++) {
        tb_number_slip slip = {.kind = powers[i].kind};
        tb_decimal factor = tb_decimal_of(powers[i].factor);
        if (tb_decimal_multiply(number, factor, &slip.value))
            out[count++] = slip;
        if (tb_decimal_divide(number, factor, &slip.value))
            out[count++] = slip;
    }
    return count;
}

size_t tb_slip_propose(tb_written_number written, tb_number_slip out[TB_SLIP_MAX_PROPOSALS])
{
    if (tb_decimal_sign(written.number) == 0)
        return 0;
    size_t count = propose_swaps(&written, out);
    out[count++] =
        (tb_number_slip){.kind = TB_SLIP_SIGN, .value = tb_decimal_negate(written.number)};
    return count + propose_powers(written.number, out + count);
}
