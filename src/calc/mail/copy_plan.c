/*
 * Copies keep the document's format where those who collect forms can read it.
 */
#include "calc/mail/copy_plan.h"

#include "calc/uno/value.h"

typedef struct format_row {
    tb_str filter, suffix;
} format_row;

#define FORMAT_ROW(filter, suffix)                                                                 \
    {                                                                                              \
        {filter, sizeof(filter) - 1},                                                              \
        {                                                                                          \
            suffix, sizeof(suffix) - 1                                                             \
        }                                                                                          \
    }

/* What our own reader reads, and with it the offices that collect forms. */
static const format_row formats[] = {
    FORMAT_ROW("calc8", ".ods"),
    FORMAT_ROW("Calc MS Excel 2007 XML", ".xlsx"),
    FORMAT_ROW("OpenDocument Spreadsheet Flat XML", ".fods"),
    FORMAT_ROW("Calc MS Excel 2007 VBA XML", ".xlsm"),
    FORMAT_ROW("Calc Office Open XML", ".xlsx"),
};

enum { ODS, XLSX, FORMAT_COUNT = sizeof formats / sizeof formats[0] };

/* What the document was opened with, or saved as; NULL where it is not said. */
static const uno_Any *find_argument(const uno_Sequence *arguments, const char *name)
{
    for (sal_Int32 i = 0; arguments != NULL && i < arguments->nElements; i++) {
        const tb_property_value *argument = &TB_ITEMS(arguments, const tb_property_value)[i];
        if (tb_text_is(argument->name, name) && !tb_any_is_void(&argument->value))
            return &argument->value;
    }
    return NULL;
}

static bool is_encrypted(const uno_Sequence *arguments)
{
    return find_argument(arguments, "Password") != NULL ||
           find_argument(arguments, "EncryptionData") != NULL;
}

static const format_row *own_format(const uno_Sequence *arguments)
{
    const uno_Any *value = find_argument(arguments, "FilterName");
    const rtl_uString *filter = value != NULL ? tb_any_find_text(value) : NULL;
    for (size_t i = 0; filter != NULL && i < FORMAT_COUNT; i++) {
        if (tb_text_is(filter, formats[i].filter.data))
            return &formats[i];
    }
    return NULL;
}

static tb_copy_plan choose(const uno_Sequence *arguments, bool is_stored, tb_mail_format format)
{
    const format_row *own = own_format(arguments);
    const format_row *chosen = format == TB_MAIL_ODS    ? &formats[ODS]
                               : format == TB_MAIL_XLSX ? &formats[XLSX]
                                                        : own;
    tb_copy_plan plan = {.asks = true};
    if (is_encrypted(arguments))
        plan.why = TB_MSG_CALC_MAIL_WHY_ENCRYPTED;
    else if (!is_stored)
        plan.why = TB_MSG_CALC_MAIL_WHY_NEVER_SAVED;
    else if (own == NULL)
        plan.why = TB_MSG_CALC_MAIL_WHY_FORMAT;
    else
        plan.asks = false;
    if (chosen == NULL || (plan.asks && format == TB_MAIL_AS_IS))
        chosen = &formats[XLSX];
    if (own == NULL && is_stored && format != TB_MAIL_AS_IS)
        plan.asks = is_encrypted(arguments); /* another format was asked for */
    plan.filter = chosen->filter;
    plan.suffix = chosen->suffix;
    return plan;
}

tb_status tb_copy_plan_make(uno_Interface *document, tb_mail_format format, tb_copy_plan *ret_plan,
                            tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    const rtl_uString *url = tb_uno_call_text(&calls, document, TB_XModel_getURL, NULL);
    const uno_Sequence *arguments = tb_uno_call_sequence(&calls, document, TB_XModel_getArgs, NULL);
    *ret_plan = choose(arguments, url != NULL && url->length > 0, format);
    return tb_calls_done(&calls, error);
}
