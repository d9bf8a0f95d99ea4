/*
 * Does one decimal operation per line of standard input and prints the result, for
 * decimal_oracle.py: `add 1.5 2` gives 3.5; what overflows gives `none`. Doubles are written as C
 * hexadecimal bit patterns, so that no conversion of the C library stands between.
 */
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

static bool from_bits(tb_str text, tb_decimal *ret)
{
    uint64_t bits = strtoull(text.data, NULL, 16);
    double number;
    memcpy(&number, &bits, sizeof number);
    return tb_decimal_from_double(number, ret);
}

static void print_double(tb_decimal a)
{
    double number = tb_decimal_to_double(a);
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    printf("%016" PRIx64 "\n", bits);
}

static const struct {
    const char *name;
    bool (*call)(tb_decimal a, tb_decimal b, tb_decimal *ret);
} operations[] = {
    {"add", tb_decimal_add},
    {"subtract", tb_decimal_subtract},
    {"multiply", tb_decimal_multiply},
    {"divide", tb_decimal_divide},
    {"add_rounded", tb_decimal_add_rounded},
    {"multiply_rounded", tb_decimal_multiply_rounded},
};

static const char *const modes[] = {"half_up", "half_even", "down", "floor", "ceiling"};

static bool calculate(const char *name, tb_decimal a, tb_decimal b, tb_decimal *ret)
{
    for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        if (strcmp(name, operations[i].name) == 0)
            return operations[i].call(a, b, ret);
    }
    int64_t places;
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        if (strcmp(name, modes[i]) == 0 && tb_decimal_to_int(b, &places))
            return tb_decimal_round(a, (int)places, (tb_rounding)i, ret);
    }
    fprintf(stderr, "unknown operation: %s\n", name);
    exit(1);
}

static void run(const char *name, const char *left, const char *right)
{
    tb_decimal a = tb_decimal_of(0), b = tb_decimal_of(0), result = tb_decimal_of(0);
    bool done = tb_decimal_parse(tb_str_of(right), &b);
    if (strcmp(name, "stored") == 0)
        done = tb_decimal_parse_stored(tb_str_of(left), &result);
    else if (strcmp(name, "from_double") == 0)
        done = from_bits(tb_str_of(left), &result);
    else if (done && (done = tb_decimal_parse(tb_str_of(left), &a))) {
        if (strcmp(name, "to_double") == 0) {
            print_double(a);
            return;
        }
        if (strcmp(name, "compare") == 0)
            result = tb_decimal_of(tb_decimal_compare(a, b));
        else
            done = calculate(name, a, b, &result);
    }
    char text[TB_DECIMAL_TEXT_SIZE];
    puts(done ? tb_decimal_format(result, text).data : "none");
}

int main(void)
{
    setlocale(LC_ALL, ""); /* a decimal comma must change nothing */
    char line[512], name[32], left[200], right[200];
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (sscanf(line, "%31s %199s %199s", name, left, right) == 3)
            run(name, left, right);
    }
    return 0;
}
