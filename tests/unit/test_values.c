/*
 * Typed values: each row is a type, what stands in the cell, and what it means.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "form/values.h"

static const struct {
    tb_field_type type;
    const char *text;
    tb_item_state state;
    const char *number; /* NULL: none */
    int decimals;
} texts[] = {
    {TB_FIELD_AMOUNT, "5832.95", TB_ITEM_VALID, "5832.95", 2},
    {TB_FIELD_AMOUNT, "5,832.95", TB_ITEM_VALID, "5832.95", 2},
    {TB_FIELD_AMOUNT, "５，８３２．９５", TB_ITEM_VALID, "5832.95", 2},
    {TB_FIELD_AMOUNT, " 5 832.95 ", TB_ITEM_VALID, "5832.95", 2},
    {TB_FIELD_AMOUNT, "5832.95万元", TB_ITEM_VALID, "5832.95", 2},
    {TB_FIELD_AMOUNT, "58329500元", TB_ITEM_VALID, "5832.95", TB_DECIMALS_ANY},
    {TB_FIELD_AMOUNT, "￥100", TB_ITEM_VALID, "100", 0},
    {TB_FIELD_AMOUNT, "-3.5", TB_ITEM_VALID, "-3.5", 1},
    {TB_FIELD_AMOUNT, "−3.5", TB_ITEM_VALID, "-3.5", 1},
    {TB_FIELD_AMOUNT, "0", TB_ITEM_VALID, "0", 0},
    {TB_FIELD_AMOUNT, "二千七百", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_AMOUNT, "12.3.4", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_AMOUNT, "12户", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_AMOUNT, "-", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_AMOUNT, "", TB_ITEM_BLANK, NULL, 0},
    {TB_FIELD_AMOUNT, " \u3000\n", TB_ITEM_BLANK, NULL, 0},
    {TB_FIELD_SHARE, "47.03%", TB_ITEM_VALID, "0.4703", 4},
    {TB_FIELD_SHARE, "47.03％", TB_ITEM_VALID, "0.4703", 4},
    {TB_FIELD_SHARE, "100%", TB_ITEM_VALID, "1", 2},
    {TB_FIELD_SHARE, "0.4703", TB_ITEM_VALID, "0.4703", 4},
    {TB_FIELD_SHARE, "一半", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_NUMBER, "3", TB_ITEM_VALID, "3", 0},
    {TB_FIELD_NUMBER, "三", TB_ITEM_VALID, "3", 0},
    {TB_FIELD_NUMBER, "3个", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_DATE, "2023 年11月15日", TB_ITEM_VALID, "45245", 0},
    {TB_FIELD_DATE, "2023年 1 月 1 日", TB_ITEM_VALID, "44927", 0},
    {TB_FIELD_DATE, "2023-11-15", TB_ITEM_VALID, "45245", 0},
    {TB_FIELD_DATE, "二〇二三年十一月十五日", TB_ITEM_VALID, "45245", 0},
    {TB_FIELD_DATE, "二○二三年十一月十五日", TB_ITEM_VALID, "45245", 0},
    {TB_FIELD_DATE, "_2023_年_11_月_15_日", TB_ITEM_VALID, "45245", 0},
    {TB_FIELD_DATE, "____年__月__日", TB_ITEM_BLANK, NULL, 0},
    {TB_FIELD_DATE, "二〇二三年二月三十日", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_DATE, "2023/11/15", TB_ITEM_VALID, "45245", 0},
    {TB_FIELD_DATE, "2023.11.15", TB_ITEM_VALID, "45245", 0},
    {TB_FIELD_DATE, "20231115", TB_ITEM_VALID, "45245", 0},
    {TB_FIELD_DATE, "２０２３年１１月１５日", TB_ITEM_VALID, "45245", 0},
    {TB_FIELD_DATE, "2024年2月29日", TB_ITEM_VALID, "45351", 0},
    {TB_FIELD_DATE, "2023年2月29日", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_DATE, "2023年11月31日", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_DATE, "2023年13月1日", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_DATE, "2023年11月", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_DATE, "年\u3000月\u3000日", TB_ITEM_BLANK, NULL, 0},
    {TB_FIELD_DATE, "去年", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_YEAR, "2022 年", TB_ITEM_VALID, "2022", 0},
    {TB_FIELD_YEAR, "2022", TB_ITEM_VALID, "2022", 0},
    {TB_FIELD_YEAR, "２０２２年度", TB_ITEM_VALID, "2022", 0},
    {TB_FIELD_YEAR, "年", TB_ITEM_BLANK, NULL, 0},
    {TB_FIELD_YEAR, "____年", TB_ITEM_BLANK, NULL, 0},
    {TB_FIELD_YEAR, "二〇二六年", TB_ITEM_VALID, "2026", 0},
    {TB_FIELD_YEAR, "2026年12月31日", TB_ITEM_VALID, "2026", 0},
    {TB_FIELD_YEAR, "2024-2026年", TB_ITEM_VALID, "2026", 0},
    {TB_FIELD_YEAR, "2024年至2026年", TB_ITEM_VALID, "2026", 0},
    {TB_FIELD_NUMBER, "十二", TB_ITEM_VALID, "12", 0},
    {TB_FIELD_YEAR, "202X年", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_YEAR, "22年", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_PHONE, "13800138000", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "138 0013 8000", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "138-0013-8000", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "+86 13800138000", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "１３８００１３８０００", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "010-62345678", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "(027)8765432", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "0711-3812345", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "0711-3812345-801", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "13800138000\n0711-3812345", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "13800138000 13900139000", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "138001380001", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_PHONE, "0711-38123456转801", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "13800138000、0711-3812345", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "13800138000/0711-3812345", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "电话：13800138000", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "张三 13800138000", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "张三13800138000、李四：0711-3812345", TB_ITEM_VALID, NULL, 0},
    {TB_FIELD_PHONE, "张三 1380013800", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_PHONE, "电话：", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_PHONE, "13800138000张三", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_PHONE, "1380013800", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_PHONE, "138001380001", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_PHONE, "12800138000", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_PHONE, "3812345", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_PHONE, "张伟", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_PHONE, "13800138000、", TB_ITEM_INVALID, NULL, 0},
    {TB_FIELD_TEXT, " 住建局\n", TB_ITEM_VALID, NULL, 0},
};

static tb_field field_of(tb_field_type type)
{
    return (tb_field){.id = TB_STR("f"), .type = type, .unit = TB_STR("万元")};
}

static void check_number(const tb_item *item, const char *number, int decimals)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    tb_decimal_format(tb_decimal_normalize(item->number), digits);
    assert_string_equal(digits, number);
    assert_int_equal(item->decimals, decimals);
}

static void texts_have_their_types(void **state)
{
    (void)state;
    tb_arena arena;
    tb_value_reader reader = {.arena = &arena};
    tb_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        tb_field field = field_of(texts[i].type);
        tb_item item = {.field = &field};
        assert_true(tb_value_read_text(&reader, tb_str_of(texts[i].text), &item));
        if (item.state != texts[i].state)
            fail_msg("%s: state %d, not %d", texts[i].text, (int)item.state, (int)texts[i].state);
        if (texts[i].number != NULL)
            check_number(&item, texts[i].number, texts[i].decimals);
    }
    tb_arena_done(&arena);
}

static const struct {
    tb_field_type type;
    tb_cell_type cell;
    const char *stored;
    tb_number_format format;
    tb_item_state state;
    const char *text;
    const char *number; /* NULL: none */
    int decimals;
} cells[] = {
    {TB_FIELD_AMOUNT,
     TB_CELL_NUMBER,
     "5832.95",
     {TB_FORMAT_NUMBER, 2},
     TB_ITEM_VALID,
     "5832.95",
     "5832.95",
     2},
    {TB_FIELD_AMOUNT,
     TB_CELL_NUMBER,
     "3090",
     {TB_FORMAT_NUMBER, 2},
     TB_ITEM_VALID,
     "3090",
     "3090",
     2},
    {TB_FIELD_AMOUNT,
     TB_CELL_NUMBER,
     "648.4",
     {TB_FORMAT_GENERAL, -1},
     TB_ITEM_VALID,
     "648.4",
     "648.4",
     1},
    {TB_FIELD_SHARE,
     TB_CELL_NUMBER,
     "0.4703",
     {TB_FORMAT_PERCENT, 2},
     TB_ITEM_VALID,
     "47.03%",
     "0.4703",
     4},
    {TB_FIELD_SHARE,
     TB_CELL_NUMBER,
     "0.4703",
     {TB_FORMAT_GENERAL, -1},
     TB_ITEM_VALID,
     "0.4703",
     "0.4703",
     4},
    {TB_FIELD_INDICATOR,
     TB_CELL_NUMBER,
     "1",
     {TB_FORMAT_PERCENT, 0},
     TB_ITEM_VALID,
     "100%",
     NULL,
     0},
    {TB_FIELD_INDICATOR,
     TB_CELL_NUMBER,
     "134",
     {TB_FORMAT_GENERAL, -1},
     TB_ITEM_VALID,
     "134",
     NULL,
     0},
    {TB_FIELD_PHONE,
     TB_CELL_NUMBER,
     "13800138000",
     {TB_FORMAT_GENERAL, -1},
     TB_ITEM_VALID,
     "13800138000",
     NULL,
     0},
    {TB_FIELD_YEAR,
     TB_CELL_NUMBER,
     "2022",
     {TB_FORMAT_GENERAL, -1},
     TB_ITEM_VALID,
     "2022",
     "2022",
     0},
    {TB_FIELD_DATE,
     TB_CELL_DATE,
     "45245",
     {TB_FORMAT_DATE, 0},
     TB_ITEM_VALID,
     "2023-11-15",
     "45245",
     0},
    {TB_FIELD_DATE,
     TB_CELL_DATE,
     "45245.75",
     {TB_FORMAT_DATE, 0},
     TB_ITEM_VALID,
     "2023-11-15",
     "45245",
     0},
    {TB_FIELD_DATE,
     TB_CELL_DATE,
     "45291",
     {TB_FORMAT_DATE, 0},
     TB_ITEM_VALID,
     "2023-12-31",
     "45291",
     0},
    {TB_FIELD_DATE,
     TB_CELL_DATE,
     "45351",
     {TB_FORMAT_DATE, 0},
     TB_ITEM_VALID,
     "2024-02-29",
     "45351",
     0},
    {TB_FIELD_DATE, TB_CELL_NUMBER, "12", {TB_FORMAT_GENERAL, -1}, TB_ITEM_INVALID, "12", NULL, 0},
    {TB_FIELD_AMOUNT,
     TB_CELL_BOOLEAN,
     "1",
     {TB_FORMAT_BOOLEAN, 0},
     TB_ITEM_INVALID,
     "TRUE",
     NULL,
     0},
};

static void cells_have_their_types(void **state)
{
    (void)state;
    tb_arena arena;
    tb_value_reader reader = {.arena = &arena};
    tb_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        tb_field field = field_of(cells[i].type);
        tb_item item = {.field = &field};
        tb_cell cell = {.width = 1, .type = cells[i].cell, .format = cells[i].format};
        assert_true(tb_decimal_parse(tb_str_of(cells[i].stored), &cell.number));
        assert_true(tb_value_read_cell(&reader, &cell, NULL, &item));
        assert_int_equal(item.state, cells[i].state);
        assert_true(tb_str_equal(item.text, tb_str_of(cells[i].text)));
        if (cells[i].number != NULL)
            check_number(&item, cells[i].number, cells[i].decimals);
    }
    tb_arena_done(&arena);
}

static void an_empty_cell_is_blank_and_a_text_number_is_marked(void **state)
{
    (void)state;
    tb_arena arena;
    tb_value_reader reader = {.arena = &arena};
    tb_arena_init(&arena, 1 << 20);
    tb_field field = field_of(TB_FIELD_AMOUNT);
    tb_item blank = {.field = &field}, text = {.field = &field};
    tb_cell cell = {.width = 1, .type = TB_CELL_TEXT, .text = TB_STR("12.5")};
    assert_true(tb_value_read_cell(&reader, NULL, NULL, &blank));
    assert_int_equal(blank.state, TB_ITEM_BLANK);
    assert_true(tb_value_read_cell(&reader, &cell, NULL, &text));
    assert_true(text.number_as_text);
    tb_arena_done(&arena);
}

/* A column of shares: plain numbers mean what most of them can mean. */
static const struct {
    const char *texts[4];
    const char *numbers[4];
    int decimals;
} columns[] = {
    {{"0.4703", "0.5297", "1", NULL}, {"0.4703", "0.5297", "1", NULL}, 4},
    {{"47.03", "52.97", "100", NULL}, {"0.4703", "0.5297", "1", NULL}, 4},
    {{"0.5", "99.5", "100", NULL}, {"0.005", "0.995", "1", NULL}, 3},
    {{"47.03%", "52.97%", "100%", NULL}, {"0.4703", "0.5297", "1", NULL}, 4},
    {{"47.03%", "0.5297", "1", NULL}, {"0.4703", "0.5297", "1", NULL}, 4},
    {{"0.4703", "5.297", "1", NULL}, {"0.4703", "5.297", "1", NULL}, 4},
    {{"0", "", "100", NULL}, {"0", NULL, "1", NULL}, 2},
};

static void shares_are_settled_by_their_column(void **state)
{
    (void)state;
    tb_arena arena;
    tb_value_reader reader = {.arena = &arena};
    tb_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        tb_field field = field_of(TB_FIELD_SHARE);
        tb_item items[4], *pointers[4];
        size_t count = 0;
        for (; columns[i].texts[count] != NULL; count++) {
            items[count] = (tb_item){.field = &field};
            pointers[count] = &items[count];
            assert_true(
                tb_value_read_text(&reader, tb_str_of(columns[i].texts[count]), &items[count]));
        }
        tb_value_settle_shares(pointers, count);
        tb_value_settle_decimals(pointers, count);
        for (size_t j = 0; j < count; j++) {
            if (columns[i].numbers[j] != NULL)
                check_number(&items[j], columns[i].numbers[j], columns[i].decimals);
        }
    }
    tb_arena_done(&arena);
}

static void fillers_are_dots_only(void **state)
{
    (void)state;
    assert_true(tb_value_is_filler(TB_STR("……")));
    assert_true(tb_value_is_filler(TB_STR("...")));
    assert_true(tb_value_is_filler(TB_STR(" … … ")));
    assert_false(tb_value_is_filler(TB_STR("")));
    assert_false(tb_value_is_filler(TB_STR("1…")));
    assert_false(tb_value_is_filler(TB_STR("—")));
}

/* Every day of 1900-03-01 … 2199-12-31 follows the one before it. */
static void days_follow_each_other(void **state)
{
    (void)state;
    int64_t expected = 61, serial;
    for (int64_t year = 1900; year < 2200; year++) {
        for (int64_t month = year == 1900 ? 3 : 1; month <= 12; month++) {
            for (int64_t day = 1; tb_date_serial(year, month, day, &serial); day++)
                assert_int_equal(serial, expected++);
        }
    }
    assert_false(tb_date_serial(2100, 2, 29, &serial));
    assert_true(tb_date_serial(2000, 2, 29, &serial));
    assert_true(tb_date_serial(1900, 1, 1, &serial));
    assert_int_equal(serial, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_have_their_types),
        cmocka_unit_test(cells_have_their_types),
        cmocka_unit_test(an_empty_cell_is_blank_and_a_text_number_is_marked),
        cmocka_unit_test(shares_are_settled_by_their_column),
        cmocka_unit_test(fillers_are_dots_only),
        cmocka_unit_test(days_follow_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
