/*
 * Locating when things are missing: labels, memory, the whole form. What is found in whole forms
 * the tests in tests/form show.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/platform.h"
#include "form/form.h"

static tb_buffer shipped; /* the shipped definition's JSON */
static tb_arena definition_arena;
static const tb_definition *definition;

/* A workbook of one column of texts. */
static const tb_workbook *make_workbook(tb_arena *arena, const char *const *texts, size_t count)
{
    tb_workbook_builder *builder;
    tb_workbook *workbook;
    assert_int_equal(tb_workbook_builder_new(arena, &builder, NULL), TB_OK);
    assert_int_equal(tb_workbook_builder_sheet(builder, TB_STR("S"), false, NULL), TB_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(tb_workbook_builder_band(builder, (uint32_t)i, 1, false, NULL), TB_OK);
        tb_cell *cell = tb_workbook_builder_cell(builder, 0, 1, NULL);
        assert_non_null(cell);
        cell->type = TB_CELL_TEXT;
        cell->text = tb_str_of(texts[i]);
    }
    assert_int_equal(tb_workbook_builder_finish(builder, &workbook, NULL), TB_OK);
    return workbook;
}

static const char *const parts[] = {
    "2024年部门整体绩效目标申报表",
    "填报日期：2023年11月15日",
    "单位：万元",
    "长期目标1：修路。",
    "长期绩效指标",
    "年度目标：",
    "目标1：修路；目标2：植树。",
};

static void what_is_missing_is_a_gap(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 24);
    const tb_form *form = NULL;
    const tb_workbook *workbook = make_workbook(&arena, parts, sizeof parts / sizeof parts[0]);
    assert_int_equal(tb_form_locate(workbook, definition, NULL, &arena, &form, NULL), TB_OK);
    const tb_record *root = form->root;
    assert_int_equal(root->items[0]->state, TB_ITEM_VALID);   /* date */
    assert_int_equal(root->items[3]->state, TB_ITEM_MISSING); /* person */
    assert_true(form->gap_count > 5);
    const tb_scope *goals = tb_scope_find_scope(root->scope, TB_STR("long_goals"));
    const tb_record_list *list = &root->lists[goals->slot];
    assert_int_equal(list->count, 1); /* a block without its table is a record all the same */
    assert_int_equal(list->records[0]->lists[0].count, 0);
    assert_false(list->records[0]->lists[0].found);
    const tb_scope *listed = tb_scope_find_scope(root->scope, TB_STR("annual_list"));
    assert_int_equal(root->lists[listed->slot].count, 2);
    tb_arena_done(&arena);
}

/* What the labels in a column of texts make of the head of the form. */
static const struct {
    const char *texts[4];
    tb_item_state date;
    size_t twice; /* labels that stand again with another value */
} heads[] = {
    {{"填报日期：2023年11月15日"}, TB_ITEM_VALID, 0},
    {{"填报日期 2023年11月15日"}, TB_ITEM_VALID, 0},
    {{"填报日期2023-11-15"}, TB_ITEM_VALID, 0},
    {{"填报日期二〇二三年十一月十五日"}, TB_ITEM_VALID, 0},
    {{"填报日期由各单位填写"}, TB_ITEM_MISSING, 0},
    {{"填报日期：2023年11月15日", "填报日期：2023年11月15日"}, TB_ITEM_VALID, 0},
    {{"填报日期：2023年11月15日", "填报日期：2023年11月16日"}, TB_ITEM_VALID, 1},
    {{"填报日期：2023年11月15日", "填报日期：未定"}, TB_ITEM_VALID, 0},
    {{"填报日期：2023年11月15日", "日期：2023年11月16日"}, TB_ITEM_VALID, 0}, /* another label */
};

/* The form in a column of texts; those behind the last one are NULL. */
static const tb_form *locate_texts(tb_arena *arena, const char *const *texts, size_t most)
{
    const tb_form *form = NULL;
    size_t count = 0;
    while (count < most && texts[count] != NULL)
        count++;
    tb_arena_init(arena, 1 << 24);
    const tb_workbook *workbook = make_workbook(arena, texts, count);
    assert_int_equal(tb_form_locate(workbook, definition, NULL, arena, &form, NULL), TB_OK);
    return form;
}

static size_t count_gaps(const tb_form *form, tb_gap_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < form->gap_count; i++)
        count += form->gaps[i].kind == kind;
    return count;
}

static void heads_are_read_by_their_labels(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        tb_arena arena;
        const tb_form *form = locate_texts(&arena, heads[i].texts, 4);
        if (form->root->items[0]->state != heads[i].date ||
            count_gaps(form, TB_GAP_LABEL_TWICE) != heads[i].twice)
            fail_msg("%s: state %d, %zu labels twice", heads[i].texts[0],
                     (int)form->root->items[0]->state, count_gaps(form, TB_GAP_LABEL_TWICE));
        tb_arena_done(&arena);
    }
}

/* A summary in the cell below its label: how many goals it lists, and what the last one says. */
static const struct {
    const char *text;
    size_t count;
    const char *last;
} summaries[] = {
    {"目标1：修路；目标2：植树。", 2, "植树。"},
    {"1、修路；2、植树。", 2, "植树。"},
    {"（一）修路；\n（二）植树。", 2, "植树。"},
    {"（1）修路。（2）植树。（3）架桥。", 3, "架桥。"},
    {"1．修路；2．植树。", 2, "植树。"},
    {"修路1.5公里；植树3、4月完成。", 1, "修路1.5公里；植树3、4月完成。"},
    {"1.5公里道路。", 1, "1.5公里道路。"},
    {"1、修路，3、植树。", 1, "修路，3、植树。"}, /* 2 is not there */
    {"目标1：1、修路；2、植树。", 1, "1、修路；2、植树。"},
};

static void summaries_are_split(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof summaries / sizeof summaries[0]; i++) {
        tb_arena arena;
        const char *const texts[] = {"年度目标：", summaries[i].text};
        const tb_form *form = locate_texts(&arena, texts, 2);
        const tb_scope *scope = tb_scope_find_scope(definition->root, TB_STR("annual_list"));
        const tb_record_list *list = &form->root->lists[scope->slot];
        if (list->count != summaries[i].count)
            fail_msg("%s: %zu goals", summaries[i].text, list->count);
        tb_str last = list->records[list->count - 1]->items[1]->text;
        if (!tb_str_equal(last, tb_str_of(summaries[i].last)))
            fail_msg("%s: %.*s", summaries[i].text, (int)last.size, last.data);
        tb_arena_done(&arena);
    }
}

/* Titles of blocks: one that says that it goes on is no new block. */
static const struct {
    const char *texts[3];
    size_t count;
} block_titles[] = {
    {{"长期目标1：修路。", "长期目标2：植树。"}, 2},
    {{"长期目标1：修路。", "长期目标1：修路。（续）"}, 1},
    {{"长期目标1：修路。", "长期目标1：修路。(续表)", "长期目标2：植树。"}, 2},
    {{"长期目标1：修路。", "长期目标1：修路。"}, 2}, /* on one sheet: written twice */
    {{"长期目标1：修路。", "长期目标2：修路。（续）"}, 2},
};

static void blocks_go_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof block_titles / sizeof block_titles[0]; i++) {
        tb_arena arena;
        const tb_form *form = locate_texts(&arena, block_titles[i].texts, 3);
        const tb_scope *scope = tb_scope_find_scope(definition->root, TB_STR("long_goals"));
        if (form->root->lists[scope->slot].count != block_titles[i].count)
            fail_msg("%s: %zu blocks", block_titles[i].texts[1],
                     form->root->lists[scope->slot].count);
        tb_arena_done(&arena);
    }
}

static void an_empty_workbook_is_all_gaps(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 24);
    const tb_form *form = NULL;
    const tb_workbook *workbook = make_workbook(&arena, NULL, 0);
    assert_int_equal(tb_form_locate(workbook, definition, NULL, &arena, &form, NULL), TB_OK);
    for (size_t i = 0; i < form->root->scope->field_count; i++)
        assert_int_equal(form->root->items[i]->state, TB_ITEM_MISSING);
    tb_arena_done(&arena);
}

static void forms_are_recognised_by_their_title(void **state)
{
    (void)state;
    static const struct {
        const char *title;
        tb_status status;
    } titles[] = {
        {"部门整体绩效目标申报表", TB_OK},
        {"部 门 整 体 绩效目标申报表", TB_OK},
        {"附件2：2024年部门整体绩效目标申报表", TB_OK},
        {"部门(单位)整体绩效目标申报表", TB_OK},
        {"1999年部门整体绩效目标申报表", TB_UNRECOGNISED},
        {"部门整体绩效目标申报表填写说明", TB_UNRECOGNISED},
        {"", TB_UNRECOGNISED},
    };
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        tb_arena arena;
        tb_arena_init(&arena, 1 << 24);
        const tb_definition *found = NULL;
        const tb_workbook *workbook = make_workbook(&arena, &titles[i].title, 1);
        assert_int_equal(tb_form_recognise(workbook, &definition, 1, &arena, &found, NULL),
                         titles[i].status);
        const tb_definition *two[] = {definition, definition};
        assert_int_equal(tb_form_recognise(workbook, two, 2, &arena, &found, NULL),
                         TB_UNRECOGNISED); /* a tie */
        tb_arena_done(&arena);
    }
}

static void memory_runs_out_cleanly(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 24);
    const tb_workbook *workbook = make_workbook(&arena, parts, sizeof parts / sizeof parts[0]);
    for (size_t max = 100; max < 1000000; max = max * 5 / 4) {
        tb_arena small;
        tb_error error;
        tb_arena_init(&small, max);
        const tb_form *form = NULL;
        tb_status status = tb_form_locate(workbook, definition, NULL, &small, &form, &error);
        assert_true(status == TB_OK ? form != NULL : status == TB_NO_MEMORY);
        tb_arena_done(&small);
    }
    tb_arena_done(&arena);
}

int main(int argc, char **argv)
{
    tb_buffer_init(&shipped, TB_MAX_DEFINITION_SIZE);
    tb_arena_init(&definition_arena, TB_MAX_DEFINITION_MEMORY);
    if (argc < 2 || tb_platform_read_file(argv[1], &shipped, NULL) != TB_OK ||
        tb_definition_read(&definition_arena, tb_buffer_get(&shipped), argv[1], &definition,
                           NULL) != TB_OK)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_missing_is_a_gap),
        cmocka_unit_test(heads_are_read_by_their_labels),
        cmocka_unit_test(summaries_are_split),
        cmocka_unit_test(blocks_go_on),
        cmocka_unit_test(an_empty_workbook_is_all_gaps),
        cmocka_unit_test(forms_are_recognised_by_their_title),
        cmocka_unit_test(memory_runs_out_cleanly),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    tb_arena_done(&definition_arena);
    tb_buffer_done(&shipped);
    return failed;
}
