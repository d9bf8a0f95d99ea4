/*
 * One pass: forms come sorted, so that what belongs to a form and to a group of forms is complete
 * when the next one begins.
 */
#include "sum/publish.h"

#include <stdlib.h>

#include "base/limits.h"
#include "sum/across.h"
#include "sum/row.h"
#include "sum/sheaf.h"
#include "sum/totals.h"

typedef struct publishing {
    const tb_publication *publication;
    tb_sum_totals totals;
    tb_sum_cell *cells; /* of one row */
    size_t findings;    /* of the form, so far */
    tb_buffer finding;  /* the row of one */
} publishing;

static void give_row(const publishing *self, size_t table, const tb_sum_cell *cells)
{
    for (size_t i = 0; i < self->publication->writer_count; i++) {
        tb_sum_writer *writer = self->publication->writers[i];
        writer->type->row(writer, table, cells);
    }
}

static void give_form(const publishing *self, const tb_collected *form)
{
    tb_sum_row lead;
    tb_sum_row_init(&lead);
    tb_sum_row_text(&lead, form->unit);
    tb_sum_row_year(&lead, form->year);
    tb_sum_row_text(&lead, form->file);
    const tb_sum_form given = {lead.cells, form->link, form->errors};
    for (size_t i = 0; i < self->publication->writer_count; i++) {
        tb_sum_writer *writer = self->publication->writers[i];
        writer->type->form(writer, &given);
    }
}

static const char *state_word(const tb_collected *form)
{
    static const char *const words[] = {
        [TB_SUM_SET_ASIDE] = "set_aside",       [TB_SUM_UNREADABLE] = "unreadable",
        [TB_SUM_UNRECOGNISED] = "unrecognised", [TB_SUM_NO_FORM] = "no_form",
        [TB_SUM_MISSING] = "missing",
    };
    if (form->state == TB_SUM_COUNTED)
        return form->errors > 0 ? "fail" : "pass";
    return words[form->state];
}

static void give_hash(tb_sum_row *row, const tb_collected *form, char hash[65])
{
    if (form->has_hash)
        tb_sum_row_hash(row, form->sha256, hash);
    else
        tb_sum_row_text(row, TB_STR(""));
}

/* Nothing where there is no list. */
static void give_listing(tb_sum_row *row, const tb_collected *form)
{
    if (form->listing == TB_SUM_NO_LIST)
        tb_sum_row_text(row, TB_STR(""));
    else
        tb_sum_row_word(row, form->listing == TB_SUM_LISTED ? "listed" : "unlisted");
}

static void give_overview(const publishing *self, const tb_collected *form)
{
    char hash[65];
    tb_sum_row row;
    bool is_form = form->family.size > 0;
    const uint64_t counts[] = {form->errors, form->warnings, form->notices, form->explained};
    tb_sum_row_init(&row);
    tb_sum_row_text(&row, form->family);
    tb_sum_row_text(&row, form->version);
    tb_sum_row_day(&row, form->day);
    tb_sum_row_word(&row, state_word(form));
    give_listing(&row, form);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        if (is_form)
            tb_sum_row_count(&row, counts[i]);
        else
            tb_sum_row_text(&row, TB_STR(""));
    }
    give_hash(&row, form, hash);
    give_row(self, TB_SUM_FORMS, row.cells);
}

static void give_left_out(const publishing *self, const tb_collected *form)
{
    static const tb_message reasons[] = {
        [TB_SUM_CHOSEN_COPY] = TB_MSG_SUM_SAME_COPY,
        [TB_SUM_CHOSEN_DATE] = TB_MSG_SUM_LATER_DATE,
        [TB_SUM_CHOSEN_TIME] = TB_MSG_SUM_LATER_FILE,
        [TB_SUM_CHOSEN_NAME] = TB_MSG_SUM_SAME_TIME,
    };
    char hash[65];
    tb_sum_row row;
    tb_str reason = form->reason;
    if (form->state == TB_SUM_SET_ASIDE)
        reason = tb_str_of(tb_message_get(self->publication->language, reasons[form->choice]));
    tb_sum_row_init(&row);
    tb_sum_row_word(&row, state_word(form));
    tb_sum_row_text(&row, reason);
    tb_sum_row_text(&row, form->instead);
    give_hash(&row, form, hash);
    give_row(self, TB_SUM_LEFT_OUT, row.cells);
}

static void give_sheaf(publishing *self, const tb_collected *form)
{
    size_t table;
    tb_sheaf_reader reader = {form->sheaf};
    bool is_clean = form->errors == 0;
    tb_sum_totals_add_form(&self->totals, is_clean);
    self->findings = 0;
    while (tb_sheaf_next_row(&reader, &table)) {
        if (table == TB_SUM_TOTALS) {
            tb_sheaf_next_cells(&reader, self->cells, TB_SHEAF_TOTAL_CELLS);
            tb_sum_totals_add(&self->totals, self->cells, is_clean);
            continue;
        }
        const tb_sum_table *shape = &self->publication->outline->tables[table];
        tb_sheaf_next_cells(&reader, self->cells, shape->column_count - TB_SUM_LEAD);
        give_row(self, table, self->cells);
        self->findings += table == TB_SUM_FINDINGS;
    }
}

static tb_status give_flag(publishing *self, const tb_collected *form, const tb_sum_flag *flag,
                           tb_error *error)
{
    size_t table;
    tb_buffer_reset(&self->finding);
    tb_status status =
        tb_across_write_finding(&self->finding, self->publication->outline, form, flag,
                                ++self->findings, self->publication->language, error);
    if (status != TB_OK)
        return status;
    tb_sheaf_reader reader = {tb_buffer_get(&self->finding)};
    (void)tb_sheaf_next_row(&reader, &table);
    tb_sheaf_next_cells(&reader, self->cells,
                        self->publication->outline->tables[table].column_count - TB_SUM_LEAD);
    give_row(self, table, self->cells);
    return TB_OK;
}

/* What the rules across forms found stands behind what was found in the form itself. */
static tb_status give_flags(publishing *self, tb_collection *collection, const tb_collected *form,
                            tb_error *error)
{
    const tb_sum_flag *flag = NULL;
    tb_status status = tb_collection_begin_flags(collection, form->id, error);
    if (status == TB_OK)
        status = tb_collection_next_flag(collection, &flag, error);
    while (status == TB_OK && flag != NULL) {
        status = give_flag(self, form, flag, error);
        if (status == TB_OK)
            status = tb_collection_next_flag(collection, &flag, error);
    }
    return status;
}

/* Another kind of form or another year: the totals of the last are complete. */
static tb_status begin_group(publishing *self, const tb_collected *form, tb_error *error)
{
    const tb_outline *outline = self->publication->outline;
    tb_sum_totals *totals = &self->totals;
    if (totals->family != NULL && tb_str_equal(totals->family->id, form->family) &&
        totals->year == form->year)
        return TB_OK;
    tb_sum_totals_write(totals, self->publication->writers, self->publication->writer_count);
    size_t i = 0;
    while (!tb_str_equal(outline->families[i].id, form->family))
        i++;
    return tb_sum_totals_begin(totals, &outline->families[i], form->year, error);
}

static tb_status give(publishing *self, tb_collection *collection, const tb_collected *form,
                      tb_error *error)
{
    tb_status status = TB_OK;
    give_form(self, form);
    give_overview(self, form);
    if (form->state == TB_SUM_COUNTED) {
        status = begin_group(self, form, error);
        if (status == TB_OK) {
            give_sheaf(self, form);
            status = give_flags(self, collection, form, error);
        }
    } else if (form->state != TB_SUM_MISSING) {
        give_left_out(self, form);
    }
    return status;
}

static tb_status publish(publishing *self, tb_collection *collection, tb_error *error)
{
    const tb_collected *form = NULL;
    tb_status status = tb_collection_begin(collection, error);
    if (status == TB_OK)
        status = tb_collection_next(collection, &form, error);
    while (status == TB_OK && form != NULL) {
        status = give(self, collection, form, error);
        if (status == TB_OK)
            status = tb_collection_next(collection, &form, error);
    }
    if (status == TB_OK && self->totals.family != NULL)
        tb_sum_totals_write(&self->totals, self->publication->writers,
                            self->publication->writer_count);
    return status;
}

tb_status tb_publish(const tb_publication *publication, tb_collection *collection, tb_error *error)
{
    size_t most = TB_SHEAF_TOTAL_CELLS;
    for (size_t i = 0; i < publication->outline->table_count; i++)
        if (publication->outline->tables[i].column_count > most)
            most = publication->outline->tables[i].column_count;
    publishing self = {.publication = publication, .cells = calloc(most, sizeof *self.cells)};
    if (self.cells == NULL)
        return tb_error_memory(error);
    tb_buffer_init(&self.finding, TB_MAX_OUTPUT_SIZE);
    tb_status status = publish(&self, collection, error);
    tb_buffer_done(&self.finding);
    tb_sum_totals_done(&self.totals);
    free(self.cells);
    return status;
}
