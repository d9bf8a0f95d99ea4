/*
 * Prints what tb_form_locate finds in a workbook, one value a line, for the tests beside it:
 *     located [--values] form.json FILE
 * path, state, cell, what was read; with --values without the cell, so that two layouts of one
 * form print the same.
 */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/message.h"
#include "base/platform.h"
#include "form/form.h"
#include "sheet/reader.h"

static bool with_cells = true;

static const char *const states[] = {"missing", "blank", "valid", "invalid"};
static const char *const kinds[] = {"comparison", "range", "deadline", "frequency", "quality"};
static const char *const operators[] = {"", "=", ">=", "<=", ">", "<"};

static void print_text(tb_str text)
{
    for (size_t i = 0; i < text.size; i++)
        fputs(text.data[i] == '\n' ? "\\n" : (char[]){text.data[i], '\0'}, stdout);
}

static void print_address(const tb_workbook *workbook, tb_address at)
{
    char name[TB_CELL_NAME_SIZE];
    tb_cell_name(at.row, at.column, name);
    printf("%.*s!%s", (int)workbook->sheets[at.sheet].name.size,
           workbook->sheets[at.sheet].name.data, name);
}

static void print_value(const tb_item *item)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    switch (item->field->type) {
    case TB_FIELD_AMOUNT:
    case TB_FIELD_NUMBER:
    case TB_FIELD_SHARE:
    case TB_FIELD_DATE:
    case TB_FIELD_YEAR:
        printf("%s/%d", tb_decimal_format(tb_decimal_normalize(item->number), digits).data,
               item->decimals);
        break;
    case TB_FIELD_CODE:
        print_text(item->code->code);
        break;
    case TB_FIELD_INDICATOR:
        printf("%s %s %s ", kinds[item->indicator->kind], operators[item->indicator->operator_],
               tb_decimal_format(item->indicator->number, digits).data);
        print_text(item->indicator->unit);
        break;
    default:
        break;
    }
}

static void print_item(const tb_form *form, const char *path, const tb_item *item)
{
    printf("%s%.*s\t%s\t", path, (int)item->field->id.size, item->field->id.data,
           states[item->state]);
    if (with_cells) {
        print_address(form->workbook, item->at);
        putchar('\t');
    }
    print_text(item->text);
    putchar('\t');
    if (item->state == TB_ITEM_VALID)
        print_value(item);
    putchar('\n');
}

static void print_record(const tb_form *form, const char *path, const tb_record *record)
{
    for (size_t i = 0; i < record->scope->field_count; i++)
        print_item(form, path, record->items[i]);
    if (record->pair != NULL)
        printf("%spair\t%zu\n", path, record->pair->index + 1);
    for (size_t i = 0; i < record->scope->scope_count; i++) {
        const tb_record_list *list = &record->lists[i];
        if (list->scope->kind == TB_SCOPE_MATRIX_COLUMN || list->scope->kind == TB_SCOPE_MATRIX_ROW)
            continue; /* the same values again */
        for (size_t j = 0; j < list->count; j++) {
            char below[256];
            snprintf(below, sizeof below, "%s%.*s[%zu].", path, (int)list->scope->id.size,
                     list->scope->id.data, j + 1);
            print_record(form, below, list->records[j]);
        }
    }
}

static void print_gaps(const tb_form *form)
{
    static const char *const gap_kinds[] = {"field", "scope", "column", "twice"};
    for (size_t i = 0; i < form->gap_count; i++) {
        const tb_gap *gap = &form->gaps[i];
        printf("gap\t%s\t", gap_kinds[gap->kind]);
        if (with_cells) {
            print_address(form->workbook, gap->at);
            putchar('\t');
        }
        if (gap->scope != NULL)
            printf("%.*s ", (int)gap->scope->id.size, gap->scope->id.data);
        if (gap->field != NULL)
            printf("%.*s", (int)gap->field->id.size, gap->field->id.data);
        putchar('\n');
    }
}

static int fail(const tb_error *error)
{
    tb_buffer message;
    tb_buffer_init(&message, 1 << 16);
    tb_error_format(&message, TB_LANGUAGE_EN, error);
    fprintf(stderr, "%s\n", message.data);
    tb_buffer_done(&message);
    return 1;
}

static int print_form(const char *definition_path, const char *path, tb_arena *arena,
                      tb_reader *reader, tb_buffer *json)
{
    tb_error error;
    const tb_definition *definition;
    const tb_workbook *workbook;
    const tb_form *form;
    if (tb_platform_read_file(definition_path, json, &error) != TB_OK ||
        tb_definition_read(arena, tb_buffer_get(json), definition_path, &definition, &error) !=
            TB_OK ||
        tb_reader_read_file(reader, path, &workbook, &error) != TB_OK ||
        tb_form_recognise(workbook, &definition, 1, arena, &definition, &error) != TB_OK ||
        tb_form_locate(workbook, definition, NULL, arena, &form, &error) != TB_OK)
        return fail(&error);
    print_record(form, "", form->root);
    print_gaps(form);
    for (size_t i = 0; i < form->repeated_count && with_cells; i++)
        print_item(form, "repeated.", form->repeated[i]);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--values") == 0) {
        with_cells = false;
        argc--;
        argv++;
    }
    tb_error error;
    tb_reader *reader;
    if (argc != 3)
        return 64;
    if (tb_reader_new(&reader, &error) != TB_OK)
        return fail(&error);
    tb_arena arena;
    tb_buffer json;
    tb_arena_init(&arena, TB_MAX_RESULT_MEMORY);
    tb_buffer_init(&json, TB_MAX_DEFINITION_SIZE);
    int status = print_form(argv[1], argv[2], &arena, reader, &json);
    tb_buffer_done(&json);
    tb_arena_done(&arena);
    tb_reader_free(reader);
    return status;
}
