/*
 * What was seen of a document is kept by an object that goes with it. The workbook that is
 * recognised holds no more than the texts of the sheets' tops, and lives as long as the look.
 */
#include "calc/recognised.h"

#include "base/limits.h"
#include "calc/shared_checker.h"
#include "calc/sheet.h"
#include "calc/uno/lock.h"
#include "calc/uno/value.h"
#include "form/form.h"

enum { SHEETS = 64, LAST_ROW = 99, LAST_COLUMN = 63 }; /* to look at, of each sheet */

/* com.sun.star.sheet.CellFlags: text, formula */
enum { TEXTS = 4 | 16 };

typedef struct recognised {
    tb_object head;
    struct recognised *next; /* in `seen`, which holds one reference */
    uno_Interface *document; /* its XInterface, which names it; owned */
    bool is_form;
} recognised;

static recognised *seen;

/* ---- looking ---- */

static void keep_row(tb_reading *reading, uint32_t row, uint32_t column, const uno_Sequence *values)
{
    tb_error *error = &reading->calls->error;
    if (tb_workbook_builder_band(reading->builder, row, 1, false, error) != TB_OK)
        return;
    for (sal_Int32 i = 0; i < values->nElements; i++) {
        const rtl_uString *text = tb_any_find_text(&TB_ITEMS(values, const uno_Any)[i]);
        if (text == NULL || text->length == 0)
            continue;
        tb_cell *cell = tb_workbook_builder_cell(reading->builder, column + (uint32_t)i, 1, error);
        if (cell == NULL)
            return;
        cell->type = TB_CELL_TEXT;
        cell->text = tb_text_utf8(reading->arena, text);
    }
}

static void keep_range(tb_reading *reading, uno_Interface *sheet, const tb_range_address *place)
{
    sal_Int32 column = place->column, row = place->row, last_column = place->last_column,
              last_row = place->last_row;
    uno_Interface *range =
        tb_uno_call_object(reading->calls, sheet, TB_XCellRange_getCellRangeByPosition,
                           TB_ARGS(&column, &row, &last_column, &last_row));
    const uno_Sequence *rows =
        tb_uno_call_sequence(reading->calls, range, TB_XCellRangeData_getDataArray, NULL);
    for (sal_Int32 i = 0; rows != NULL && i < rows->nElements; i++)
        keep_row(reading, (uint32_t)(row + i), (uint32_t)column,
                 TB_ITEMS(rows, uno_Sequence *const)[i]);
}

/* How many ranges with texts there were. */
static size_t keep_top(tb_reading *reading, uno_Interface *sheet)
{
    tb_calls *calls = reading->calls;
    sal_Int32 first = 0, last_column = LAST_COLUMN, last_row = LAST_ROW;
    sal_Int16 flags = TEXTS;
    const tb_range_address *places;
    uno_Interface *top = tb_uno_call_object(calls, sheet, TB_XCellRange_getCellRangeByPosition,
                                            TB_ARGS(&first, &first, &last_column, &last_row));
    uno_Interface *texts =
        tb_uno_call_object(calls, top, TB_XCellRangesQuery_queryContentCells, TB_ARGS(&flags));
    size_t count = tb_sheet_addresses(calls, texts, &places);
    if (count > 0)
        tb_workbook_builder_sheet(reading->builder, TB_STR(""), false, &calls->error);
    for (size_t i = 0; i < count; i++)
        keep_range(reading, sheet, &places[i]);
    return count;
}

/* The tops of all sheets; NULL where there are no texts. */
static const tb_workbook *read_tops(tb_calls *calls, tb_arena *arena, uno_Interface *document)
{
    tb_reading reading = {.calls = calls, .arena = arena};
    tb_workbook *workbook = NULL;
    size_t found = 0;
    uno_Interface *sheets =
        tb_uno_call_object(calls, document, TB_XSpreadsheetDocument_getSheets, NULL);
    sal_Int32 count = tb_uno_call_long(calls, sheets, TB_XIndexAccess_getCount, NULL);
    if (!tb_calls_failed(calls))
        tb_workbook_builder_new(arena, &reading.builder, &calls->error);
    for (sal_Int32 i = 0; i < count && i < SHEETS && !tb_calls_failed(calls); i++) {
        tb_calls_value *mark = tb_calls_mark(calls);
        found += keep_top(
            &reading, tb_uno_call_object(calls, sheets, TB_XIndexAccess_getByIndex, TB_ARGS(&i)));
        tb_calls_release(calls, mark);
    }
    if (found > 0 && !tb_calls_failed(calls))
        tb_workbook_builder_finish(reading.builder, &workbook, &calls->error);
    return workbook;
}

static tb_status recognise(uno_Interface *context, const tb_workbook *workbook, tb_arena *arena)
{
    tb_shared_checker *shared;
    tb_error error;
    const tb_definition *const *definitions;
    const tb_definition *definition;
    tb_status status = tb_shared_checker_take(context, &shared, &error);
    if (status != TB_OK)
        return status;
    size_t count = tb_checker_definitions(tb_shared_checker_get(shared), &definitions);
    status = tb_form_recognise(workbook, definitions, count, arena, &definition, &error);
    tb_shared_checker_give_back(shared);
    return status;
}

static bool look(uno_Interface *context, uno_Interface *document)
{
    tb_calls calls;
    tb_arena arena;
    tb_calls_init(&calls);
    tb_arena_init(&arena, TB_MAX_WORKBOOK_MEMORY);
    const tb_workbook *workbook = read_tops(&calls, &arena, document);
    bool failed = tb_calls_done(&calls, NULL) != TB_OK;
    bool is_form =
        failed || (workbook != NULL && recognise(context, workbook, &arena) != TB_UNRECOGNISED);
    tb_arena_done(&arena);
    return is_form;
}

/* ---- what was seen ---- */

static void forget(recognised *self)
{
    bool found = false;
    tb_lock();
    for (recognised **link = &seen; *link != NULL && !found; link = &(*link)->next) {
        if (*link == self) {
            *link = self->next;
            found = true;
            break;
        }
    }
    tb_unlock();
    if (found)
        tb_object_unref(&self->head);
}

/* The document goes. */
static tb_status disposing(tb_object *object, void *result TB_UNUSED, void **arguments TB_UNUSED,
                           tb_error *error TB_UNUSED)
{
    forget((recognised *)object);
    return TB_OK;
}

static void done(tb_object *object)
{
    tb_object_clear(&((recognised *)object)->document);
}

static const tb_method listener_methods[] = {{"disposing", disposing}, {NULL, NULL}};
static const tb_interface interfaces[] = {{"com.sun.star.lang.XEventListener", listener_methods},
                                          {NULL, NULL}};

tb_class tb_recognised_class = {.implementation = "org.tianbao.calc.Recognised",
                                .interfaces = interfaces,
                                .size = sizeof(recognised),
                                .done = done};

static bool find_seen(const uno_Interface *name, bool *ret_is_form)
{
    tb_lock();
    const recognised *each = seen;
    while (each != NULL && each->document != name)
        each = each->next;
    if (each != NULL)
        *ret_is_form = each->is_form;
    tb_unlock();
    return each != NULL;
}

/* Where it cannot be kept, the next one who asks looks again. */
static void keep(tb_calls *calls, uno_Interface *context, uno_Interface *name, bool is_form)
{
    tb_object *object;
    tb_error error;
    if (tb_object_new(&tb_recognised_class, context, &object, &error) != TB_OK)
        return;
    recognised *self = (recognised *)object;
    uno_Interface *own = tb_object_get_interface(object, "com.sun.star.lang.XEventListener");
    self->document = name;
    tb_object_acquire(name);
    self->is_form = is_form;
    tb_uno_call(calls, name, TB_XComponent_addEventListener, TB_ARGS(&own));
    if (tb_calls_failed(calls)) {
        tb_object_unref(object);
        return;
    }
    tb_lock();
    self->next = seen;
    seen = self;
    tb_unlock();
}

bool tb_recognised_is_form(tb_calls *calls, uno_Interface *context, uno_Interface *document)
{
    bool is_form = true;
    uno_Interface *name = tb_calls_query(calls, document, TB_TYPE_INTERFACE);
    if (name == NULL || find_seen(name, &is_form))
        return is_form;
    is_form = look(context, document);
    keep(calls, context, name, is_form);
    return is_form;
}
