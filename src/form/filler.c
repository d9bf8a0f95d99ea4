/*
 * The signs are a table; their half-width and full-width forms stand in it apart.
 */
#include "form/filler.h"

static bool is_filler_character(uint32_t c)
{
    static const uint32_t fillers[] = {
        ' ',    '\n',   '\t',   0x00A0, 0x3000, '-',    '_',    '*',    '.',    '/',
        '\\',   '~',    ',',    0x00B7, 0x00D7, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014,
        0x2015, 0x2022, 0x2026, 0x203B, 0x2212, 0x22EF, 0x2500, 0x3001, 0x3002, 0x301C,
        0x30FB, 0x30FC, 0xFF0A, 0xFF0C, 0xFF0D, 0xFF0E, 0xFF0F, 0xFF3C, 0xFF3F, 0xFF5E};
    bool is_ideograph = c >= 0x4E00 && c <= 0x9FFF; /* which nearly every text begins with */
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0] && !is_ideograph; i++)
        if (fillers[i] == c)
            return true;
    return false;
}

bool tb_filler_is(tb_str text)
{
    tb_str value = tb_str_trim(text);
    for (size_t offset = 0; offset < value.size;)
        if (!is_filler_character(tb_text_next(value, &offset)))
            return false;
    return value.size > 0;
}
