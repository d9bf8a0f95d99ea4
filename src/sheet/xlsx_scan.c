/*
 * Cells as they are usually written: their bytes are compared with what is expected, and read on
 * the way.
 */
#include "sheet/xlsx_scan.h"

#include <string.h>

#include "base/limits.h"
#include "sheet/number.h"
#include "sheet/xml.h"
#include "sheet/xml_scan.h"

/* Moves behind the literal when it stands there. */
#define PASS(p, literal)                                                                           \
    (memcmp(*(p), (literal), sizeof(literal) - 1) == 0 ? (*(p) += sizeof(literal) - 1, true)       \
                                                       : false)

/* Up to `max` digits; false when there is none. Further ones are left standing. */
static inline bool pass_uint(const char **p, int max, uint32_t *ret)
{
    const char *begin = *p, *at = begin;
    uint32_t number = 0;
    for (unsigned digit; at - begin < max && (digit = (unsigned char)*at - (unsigned)'0') < 10;
         at++)
        number = number * 10 + digit;
    *p = at;
    *ret = number;
    return at > begin;
}

/* A reference like B7 in capital letters. */
static inline bool pass_reference(const char **p, uint32_t *ret_row, uint32_t *ret_column)
{
    const char *begin = *p, *at = begin;
    uint32_t column = 0, row;
    for (unsigned letter; at - begin < 3 && (letter = (unsigned char)*at - (unsigned)'A') < 26;
         at++)
        column = column * 26 + letter + 1;
    *p = at;
    if (!pass_uint(p, 7, &row))
        return false;
    *ret_row = row - 1;
    *ret_column = column - 1;
    return row - 1 < TB_MAX_ROWS && column - 1 < TB_MAX_COLUMNS;
}

static inline bool pass_number(const char **p, tb_decimal *ret)
{
    const char *close = tb_scan_byte(*p, *p + TB_XML_PADDING, '<');
    if (close == NULL)
        return false;
    tb_str text = {*p, (size_t)(close - *p)};
    *p = close;
    return tb_number_parse(text, ret);
}

const char *tb_xlsx_scan_cell(const char *p, tb_xlsx_plain_cell *ret)
{
    if (!PASS(&p, "<c r=\"") || !pass_reference(&p, &ret->row, &ret->column) || *p++ != '"')
        return NULL;
    ret->style = 0;
    if (PASS(&p, " s=\"") && (!pass_uint(&p, 9, &ret->style) || *p++ != '"'))
        return NULL;
    ret->content = TB_XLSX_BLANK;
    if (PASS(&p, "/>"))
        return p;
    ret->content = PASS(&p, " t=\"s\"") ? TB_XLSX_STRING : TB_XLSX_NUMBER;
    if (ret->content == TB_XLSX_NUMBER)
        PASS(&p, " t=\"n\"");
    if (!PASS(&p, "><v>"))
        return NULL;
    bool good = ret->content == TB_XLSX_STRING ? pass_uint(&p, 9, &ret->string)
                                               : pass_number(&p, &ret->number);
    return good && PASS(&p, "</v></c>") ? p : NULL;
}

const char *tb_xlsx_scan_merge(const char *p, tb_range *ret)
{
    if (PASS(&p, "<mergeCell ref=\"") && pass_reference(&p, &ret->row, &ret->column) &&
        PASS(&p, ":") && pass_reference(&p, &ret->last_row, &ret->last_column) && PASS(&p, "\"/>"))
        return p;
    return NULL;
}

const char *tb_xlsx_scan_row(const char *p, const char *end, uint32_t *ret_row, tb_str *ret_rest)
{
    if (!PASS(&p, "<row r=\"") || !pass_uint(&p, 7, ret_row) || *ret_row == 0 || *p++ != '"')
        return NULL;
    *ret_row -= 1;
    const char *close = tb_scan_byte(p, end, '>');
    if (close == NULL || close[-1] == '/')
        return NULL;
    *ret_rest = (tb_str){p, (size_t)(close + 1 - p)};
    return close + 1;
}
