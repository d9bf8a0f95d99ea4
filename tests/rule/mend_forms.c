/*
 * The mends of forms, and whether they keep their word: after all of them the findings that they
 * settle are gone, no other is new, and there is nothing left to mend in the cells.
 *
 * Usage: mend_forms DEFINITION FILE…      (test_mends.py calls it)
 * Prints a line for each mend: file, kind, sheet, cell, before, after, rule settled or "-".
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "rule/check.h"
#include "sheet/reader.h"
#include "sheet/workbook_change.h"

static const char *const kind_names[] = {
    [TB_MEND_COMPUTED] = "computed", [TB_MEND_UNIT] = "unit",     [TB_MEND_CODE] = "code",
    [TB_MEND_WIDTH] = "width",       [TB_MEND_NUMBER] = "number",
};

static void must(tb_status status, const tb_error *error)
{
    tb_buffer text;
    if (status == TB_OK)
        return;
    tb_buffer_init(&text, TB_MAX_OUTPUT_SIZE);
    tb_error_format(&text, TB_LANGUAGE_EN, error);
    fprintf(stderr, "%s\n", text.data);
    exit(2);
}

static void print_mend(const char *file, const tb_workbook *workbook, const tb_mend *mend)
{
    char cell[TB_CELL_NAME_SIZE];
    tb_str sheet = workbook->sheets[mend->at.sheet].name;
    tb_str rule = mend->finding != NULL ? mend->finding->rule : TB_STR("-");
    printf("%s\t%s\t%.*s\t%s\t%.*s\t%.*s\t%.*s\t%.*s\n", file, kind_names[mend->kind],
           (int)sheet.size, sheet.data, tb_cell_name(mend->at.row, mend->at.column, cell).data,
           (int)mend->before.size, mend->before.data, (int)mend->after.size, mend->after.data,
           (int)rule.size, rule.data, (int)mend->why.size, mend->why.data);
}

static bool has(const tb_result *result, const tb_finding *finding)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        const tb_finding *other = &result->findings[i];
        if (other->at.sheet == finding->at.sheet && other->at.row == finding->at.row &&
            other->at.column == finding->at.column && tb_str_equal(other->rule, finding->rule))
            return true;
    }
    return false;
}

static unsigned complain(const char *file, const char *what, const tb_finding *finding)
{
    char cell[TB_CELL_NAME_SIZE];
    fprintf(stderr, "%s: %s: %.*s at %s: %.*s\n", file, what, (int)finding->rule.size,
            finding->rule.data, tb_cell_name(finding->at.row, finding->at.column, cell).data,
            (int)finding->message.size, finding->message.data);
    return 1;
}

/* How often the mends do not keep their word. */
static unsigned compare(const char *file, const tb_result *before, const tb_mends *mends,
                        const tb_result *after)
{
    unsigned wrong = 0;
    for (size_t i = 0; i < after->finding_count; i++)
        if (!has(before, &after->findings[i]))
            wrong += complain(file, "new", &after->findings[i]);
    for (size_t i = 0; i < mends->count; i++)
        if (mends->list[i].finding != NULL && has(after, mends->list[i].finding))
            wrong += complain(file, "still there", mends->list[i].finding);
    return wrong;
}

static unsigned try_file(const char *file, tb_check *check, tb_check *again, tb_reader *reader,
                         tb_arena *arena)
{
    tb_error error;
    tb_mends mends;
    const tb_workbook *workbook = NULL, *changed = NULL;
    const tb_result *before = NULL, *after = NULL;
    must(tb_reader_read_file(reader, file, &workbook, &error), &error);
    must(tb_check_run(check, workbook, &before, &error), &error);
    must(tb_check_mends(check, &mends, &error), &error);
    tb_arena_reset(arena);
    tb_cell_change *changes = tb_arena_array(arena, mends.count + 1, sizeof *changes);
    for (size_t i = 0; i < mends.count; i++) {
        print_mend(file, workbook, &mends.list[i]);
        changes[i] = (tb_cell_change){mends.list[i].at, mends.list[i].cell};
    }
    must(tb_workbook_change(workbook, changes, mends.count, arena, &changed, &error), &error);
    must(tb_check_run(again, changed, &after, &error), &error);
    return compare(file, before, &mends, after);
}

int main(int argc, char **argv)
{
    tb_error error;
    tb_checker *checker = NULL;
    tb_check *check = NULL, *again = NULL;
    tb_reader *reader = NULL;
    tb_arena arena;
    unsigned wrong = 0;
    if (argc < 2)
        return 64;
    tb_definition_sources sources = {argv[1], NULL, 0};
    must(tb_checker_new(&sources, &checker, &error), &error);
    must(tb_check_new(checker, TB_LANGUAGE_ZH, &check, &error), &error);
    must(tb_check_new(checker, TB_LANGUAGE_ZH, &again, &error), &error);
    must(tb_reader_new(&reader, &error), &error);
    tb_arena_init(&arena, TB_MAX_WORKBOOK_MEMORY);
    for (int i = 2; i < argc; i++)
        wrong += try_file(argv[i], check, again, reader, &arena);
    tb_arena_done(&arena);
    tb_reader_free(reader);
    tb_check_free(again);
    tb_check_free(check);
    tb_checker_free(checker);
    return wrong == 0 ? 0 : 1;
}
