/*
 * Number formats: what a format code of a spreadsheet (`#,##0.00;[Red]-0.00`) says about how a
 * number is shown. Only the class and the shown decimals; nothing is ever formatted here.
 */
#ifndef TB_SHEET_FORMAT_H
#define TB_SHEET_FORMAT_H

#include "sheet/workbook.h"

/* Of a format code as .xlsx stores it; the first section decides. */
tb_number_format tb_format_of_code(tb_str code);

/* Of the formats that have a number and no code in an .xlsx (ECMA-376 part 1, 18.8.30). Unknown
 * numbers are General. */
tb_number_format tb_format_of_builtin(uint32_t id);

#endif
