/*
 * How a mailed form is called, and what its message says; the results are made by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "report/mail.h"

#define TITLE "部门整体绩效目标申报表"

enum { UNIT, YEAR, FIELDS };

/* A form with a title, a unit and last year's year; any may be NULL. */
typedef struct filled {
    const char *title, *unit, *last_year;
} filled;

static tb_field fields[FIELDS];
static tb_item values[FIELDS];
static tb_item *items[FIELDS];
static tb_definition definition;
static tb_cell cell;
static tb_band band;
static tb_sheet sheet;
static tb_workbook workbook;
static tb_record root;
static tb_form form;
static tb_finding findings[12];
static tb_explanation explanation;

static tb_result make_result(const filled *given)
{
    fields[YEAR].slot = YEAR;
    definition = (tb_definition){.title = {{TB_STR(TITLE), TB_STR("Goals")}},
                                 .filer = &fields[UNIT],
                                 .year = &fields[YEAR],
                                 .years_later = 1};
    values[UNIT] = (tb_item){.text = tb_str_of(given->unit)};
    values[YEAR] = (tb_item){.state = TB_ITEM_MISSING};
    if (given->last_year != NULL &&
        tb_decimal_parse(tb_str_of(given->last_year), &values[YEAR].number))
        values[YEAR].state = TB_ITEM_VALID;
    for (size_t i = 0; i < FIELDS; i++)
        items[i] = &values[i];
    cell = (tb_cell){.type = TB_CELL_TEXT, .text = tb_str_of(given->title)};
    band = (tb_band){.rows = 1, .cell_count = 1, .cells = &cell};
    sheet = (tb_sheet){.band_count = 1, .bands = &band};
    workbook = (tb_workbook){.sheet_count = 1, .sheets = &sheet};
    root = (tb_record){.items = items};
    form = (tb_form){.definition = &definition, .workbook = &workbook, .root = &root};
    return (tb_result){.definition = &definition, .form = &form, .findings = findings};
}

/* ---- the attachment's name ---- */

#define TEN "水利局水利局水利局水"

static const struct {
    filled form;
    const char *name;
} names[] = {
    {{TITLE, "云岭县水利局", "2025"}, "云岭县水利局_" TITLE "_2026"},
    {{"2027年" TITLE, "云岭县水利局", "2025"}, "云岭县水利局_" TITLE "_2027"},
    {{"附件2 （2028年度）", "水利局", NULL}, "水利局_" TITLE "_2028"},
    {{"填报日期：2027年3月1日", "水利局", NULL}, "水利局_" TITLE},
    {{"12027年", "水利局", NULL}, "水利局_" TITLE},
    {{TITLE, NULL, "2025"}, TITLE "_2026"},
    {{TITLE, "  水利 局 \n", NULL}, "水利_局_" TITLE},
    {{TITLE, "../../etc/passwd", NULL}, "··_··_etc_passwd_" TITLE},
    {{TITLE, "a'; touch x; '`$(id)`", NULL}, "a’_touch_x_’_（id）_" TITLE},
    {{TITLE, "C:\\a|b<c>*?\"", NULL}, "C_a_b_c_”_" TITLE},
    {{TITLE, "左\xE2\x80\xAE右\xEF\xBB\xBF", NULL}, "左_右_" TITLE},
    {{TITLE, "\xFF\xFE坏", NULL}, "坏_" TITLE},
    {{TITLE, TEN TEN TEN "局", NULL}, TEN TEN TEN "_" TITLE},
};

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char expected[TB_MAIL_NAME_MAX * 2];
        tb_buffer name;
        tb_result result = make_result(&names[i].form);
        tb_buffer_init(&name, TB_MAIL_NAME_MAX);
        tb_mail_file_name(&name, &result, TB_STR(".xlsx"));
        snprintf(expected, sizeof expected, "%s.xlsx", names[i].name);
        assert_false(name.failed);
        assert_string_equal(name.data, expected);
        tb_buffer_done(&name);
    }
}

/* ---- the subject ---- */

static const struct {
    filled form;
    tb_language language;
    const char *subject;
} subjects[] = {
    {{TITLE, "水利局", "2025"}, TB_LANGUAGE_ZH, "水利局：" TITLE "（2026年）"},
    {{TITLE, "水利局", NULL}, TB_LANGUAGE_ZH, "水利局：" TITLE},
    {{TITLE, "水利局", "2025"}, TB_LANGUAGE_EN, "水利局: Goals (2026)"},
    {{TITLE, NULL, "2025"}, TB_LANGUAGE_ZH, "（未填单位）：" TITLE "（2026年）"},
    {{TITLE, "x' --attach /etc/passwd '\nBcc: a@b", NULL},
     TB_LANGUAGE_EN,
     "x’ --attach etc passwd ’ Bcc a b: Goals"},
};

static void test_subjects(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        tb_buffer subject;
        tb_result result = make_result(&subjects[i].form);
        tb_buffer_init(&subject, 1024);
        tb_mail_subject(&subject, &result, subjects[i].language);
        assert_string_equal(subject.data, subjects[i].subject);
        tb_buffer_done(&subject);
    }
}

/* ---- the text ---- */

static tb_finding warning(const char *message)
{
    return (tb_finding){
        .severity = TB_WARNING_SEVERITY, .place = TB_STR("支出"), .message = tb_str_of(message)};
}

static void write_body(const tb_result *result, tb_buffer *body)
{
    tb_mail_attachment attachment = {.name = TB_STR("a.ods")};
    tb_sha256(TB_STR("abc"), attachment.sha256);
    tb_buffer_init(body, 65536);
    tb_mail_body(body, result, &attachment, TB_LANGUAGE_ZH);
    assert_false(body->failed);
}

static void test_body(void **state)
{
    (void)state;
    tb_buffer body;
    tb_result result = make_result(&(filled){TITLE, "水利局", "2025"});
    explanation.texts[TB_EXPLANATION_REASON] = TB_STR("按任务书\n填写");
    findings[0] = warning("偏高。");
    findings[1] = warning("偏低。");
    findings[1].explained = TB_EXPLANATION_CURRENT;
    findings[1].explanation = &explanation;
    findings[2] = warning("由此引起。");
    findings[2].cause = 1;
    result.finding_count = 3;
    result.counts = (tb_counts){.by_severity = {0, 1, 0}, .explained = 1};
    write_body(&result, &body);
    assert_string_equal(
        body.data,
        "请查收附件“a.ods”。有的邮件程序会丢掉附件，寄出和收到时都请看一眼附件在不在。\n\n"
        "填报单位：水利局\n报表：" TITLE "\n年度：2026\n"
        "校验结果：错误 0 条，未说明的警告 1 条，已说明 1 条，提示 0 条。\n"
        "未说明的警告：\n- 支出：偏高。\n已说明的问题：\n- 支出：偏低。 说明：按任务书 填写\n"
        "附件的 SHA-256：ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
    tb_buffer_done(&body);
}

/* Long lists and lines are cut, and quotes are no quotes to a shell. */
static void test_long_body(void **state)
{
    (void)state;
    char text[3001];
    tb_buffer body;
    tb_result result = make_result(&(filled){TITLE, "水利局", "2025"});
    for (size_t i = 0; i < 3000; i += 3)
        memcpy(text + i, i == 0 ? "'''" : "水", 3);
    text[3000] = '\0';
    for (size_t i = 0; i < 12; i++)
        findings[i] = warning(text);
    result.finding_count = 12;
    write_body(&result, &body);
    assert_null(strchr(body.data, '\''));
    assert_non_null(strstr(body.data, "…\n- 另有 4 条。\n"));
    assert_true(body.size < 4000);
    assert_true(tb_text_is_utf8(tb_buffer_get(&body)));
    tb_buffer_done(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names),
                                       cmocka_unit_test(test_subjects), cmocka_unit_test(test_body),
                                       cmocka_unit_test(test_long_body)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
