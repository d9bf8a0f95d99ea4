/*
 * Reads, checks and collects the inputs, then has them written.
 */
#include "sum/aggregate.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/platform.h"
#include "sheet/reader.h"
#include "sum/across.h"
#include "sum/archive.h"
#include "sum/extract.h"
#include "sum/output.h"
#include "sum/publish.h"

#define MAX_WRITERS 3

/* What one input after the other is worked on with. */
typedef struct aggregation {
    const tb_sum_request *request;
    const tb_outline *outline;
    tb_reader *reader;
    tb_archive *archive; /* the one that was read from last */
    tb_check *check;
    tb_buffer file; /* its bytes */
    tb_buffer reason, link;
    tb_extract extract;
    tb_collection *collection;
    bool *used; /* by table: whether it is written */
} aggregation;

/* ---- one input ---- */

static const tb_result *check_bytes(aggregation *self, const tb_input *input)
{
    tb_error error;
    const tb_workbook *workbook = NULL;
    const tb_result *result = NULL;
    const char *slash = strrchr(input->shown, '/');
    const char *name = slash != NULL ? slash + 1 : input->shown;
    tb_status status =
        tb_reader_read_bytes(self->reader, tb_buffer_get(&self->file), name, &workbook, &error);
    if (status == TB_OK)
        status = tb_check_run(self->check, workbook, &result, &error);
    return status == TB_OK ? result : tb_check_unreadable(self->check, &error);
}

static const tb_result *check_input(aggregation *self, const tb_input *input,
                                    tb_collected *collected)
{
    tb_error error;
    if (input->error != NULL)
        return tb_check_unreadable(self->check, input->error);
    tb_status status = input->is_member ? tb_archive_read(self->archive, input->path, input->offset,
                                                          &self->file, &error)
                                        : tb_platform_read_file(input->path, &self->file, &error);
    if (status != TB_OK)
        return tb_check_unreadable(self->check, &error);
    tb_sha256(tb_buffer_get(&self->file), collected->sha256);
    collected->has_hash = true;
    collected->modified = input->is_member ? input->modified : tb_platform_file_time(input->path);
    return check_bytes(self, input);
}

static void use_tables(aggregation *self, const tb_definition *definition)
{
    const tb_definition_plan *plan = tb_outline_find(self->outline, definition);
    const tb_sum_family *family = &self->outline->families[plan->family];
    for (size_t i = 0; i < family->table_count; i++)
        self->used[family->first_table + i] = true;
}

static tb_status fill_form(aggregation *self, const tb_result *result, tb_collected *collected,
                           tb_error *error)
{
    tb_extract *extract = &self->extract;
    const size_t *counts = result->counts.by_severity;
    tb_status status =
        tb_extract_form(extract, self->outline, result, self->request->language, false, error);
    collected->state = TB_SUM_COUNTED;
    collected->family = result->definition->id;
    collected->version = result->definition->version;
    collected->unit = extract->unit;
    collected->identity = tb_buffer_get(&extract->identity);
    collected->year = extract->year;
    collected->day = extract->day;
    collected->errors = counts[TB_ERROR_SEVERITY];
    collected->warnings = counts[TB_WARNING_SEVERITY];
    collected->notices = counts[TB_NOTICE_SEVERITY];
    collected->explained = result->counts.explained;
    collected->sheaf = tb_buffer_get(&extract->sheaf);
    collected->facts = tb_buffer_get(&extract->facts);
    collected->sheets = tb_buffer_get(&extract->sheets);
    use_tables(self, result->definition);
    return status;
}

static void fill_other(aggregation *self, const tb_input *input, const tb_result *result,
                       tb_collected *collected)
{
    tb_buffer_reset(&self->reason);
    tb_error_format(&self->reason, self->request->language, &result->error);
    collected->reason = tb_buffer_get(&self->reason);
    collected->state =
        result->outcome == TB_OUTCOME_UNRECOGNISED ? TB_SUM_UNRECOGNISED : TB_SUM_UNREADABLE;
    if (input->is_other)
        collected->state = TB_SUM_NO_FORM;
}

/* Links are only in workbooks. They are text: a path that is none can't be linked to. */
static tb_str find_link(aggregation *self, const tb_input *input)
{
    if ((self->request->formats & TB_SUM_XLSX) == 0 || input->is_member ||
        strcmp(input->path, input->shown) != 0)
        return TB_STR("");
    tb_platform_full_path(input->path, &self->link);
    return tb_buffer_get(&self->link);
}

static tb_status collect(aggregation *self, const tb_input *input, tb_error *error)
{
    tb_collected collected = {.file = tb_str_of(input->shown), .day = TB_SUM_NO_DAY};
    const tb_result *result = check_input(self, input, &collected);
    tb_status status = TB_OK;
    collected.link = find_link(self, input);
    if (result->form != NULL)
        status = fill_form(self, result, &collected, error);
    else
        fill_other(self, input, result, &collected);
    if (status == TB_OK)
        status = tb_collection_add(self->collection, &collected, error);
    return status;
}

static bool tell(const aggregation *self, size_t done)
{
    const tb_sum_progress *progress = &self->request->progress;
    return progress->tell == NULL ||
           progress->tell(progress->context, done, self->request->inputs->count);
}

static tb_status collect_all(aggregation *self, tb_sum_outcome *outcome, tb_error *error)
{
    const tb_inputs *inputs = self->request->inputs;
    tb_status status = TB_OK;
    for (size_t i = 0; i < inputs->count && status == TB_OK && !outcome->was_stopped; i++) {
        status = collect(self, &inputs->list[i], error);
        outcome->was_stopped = !tell(self, i + 1);
    }
    return status;
}

/* ---- writing ---- */

static const struct output_format {
    unsigned flag;
    tb_status (*make)(const tb_sum_writing *writing, tb_sum_writer **ret_writer, tb_error *error);
} output_formats[MAX_WRITERS] = {
    {TB_SUM_CSV, tb_csv_writer_new},
    {TB_SUM_JSONL, tb_jsonl_writer_new},
    {TB_SUM_XLSX, tb_xlsx_writer_new},
};

static tb_status publish(const aggregation *self, const tb_output *output, tb_error *error)
{
    tb_sum_writer *writers[MAX_WRITERS];
    tb_publication publication = {
        .outline = self->outline, .language = self->request->language, .writers = writers};
    const tb_sum_writing writing = {self->outline, self->used, self->request->language,
                                    output->temporary.data};
    tb_status status = TB_OK;
    for (size_t i = 0; i < MAX_WRITERS && status == TB_OK; i++) {
        if ((self->request->formats & output_formats[i].flag) == 0)
            continue;
        status = output_formats[i].make(&writing, &writers[publication.writer_count], error);
        publication.writer_count += status == TB_OK;
    }
    if (status == TB_OK)
        status = tb_publish(&publication, self->collection, error);
    for (size_t i = 0; i < publication.writer_count; i++) {
        if (status == TB_OK)
            status = writers[i]->type->finish(writers[i], error);
        writers[i]->type->free(writers[i]);
    }
    return status;
}

/* ---- the whole ---- */

static void done(aggregation *self)
{
    tb_collection_free(self->collection);
    tb_reader_free(self->reader);
    tb_archive_free(self->archive);
    tb_check_free(self->check);
    tb_extract_done(&self->extract);
    tb_buffer_done(&self->file);
    tb_buffer_done(&self->reason);
    tb_buffer_done(&self->link);
    free(self->used);
}

static tb_status init(aggregation *self, tb_error *error)
{
    const tb_sum_request *request = self->request;
    tb_extract_init(&self->extract);
    tb_buffer_init(&self->file, TB_MAX_FILE_SIZE);
    tb_buffer_init(&self->reason, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&self->link, TB_MAX_TEXT_SIZE);
    self->used = calloc(self->outline->table_count, sizeof *self->used);
    if (self->used == NULL)
        return tb_error_memory(error);
    for (size_t i = 0; i < TB_SUM_FIXED_TABLES; i++)
        self->used[i] = true;
    tb_status status = tb_reader_new(&self->reader, error);
    if (status == TB_OK)
        status = tb_archive_new(&self->archive, error);
    if (status == TB_OK)
        status = tb_check_new(request->checker, request->language, &self->check, error);
    return status == TB_OK ? tb_collection_new(&self->collection, error) : status;
}

/* What can be told only when all is collected. */
static tb_status settle(aggregation *self, tb_sum_counts *counts, tb_error *error)
{
    const tb_expected *expected = self->request->expected;
    tb_status status = tb_collection_settle(self->collection, error);
    if (status == TB_OK && expected != NULL)
        status = tb_collection_expect(self->collection, expected, error);
    if (status == TB_OK)
        status = tb_across_run(self->outline, self->collection, error);
    return status == TB_OK ? tb_collection_count(self->collection, counts, error) : status;
}

static tb_status run(aggregation *self, tb_sum_outcome *outcome, tb_error *error)
{
    tb_output output;
    tb_status status =
        tb_output_open(&output, self->request->out, (self->request->formats & TB_SUM_XLSX) == 0,
                       self->request->may_replace, error);
    if (status == TB_OK)
        status = collect_all(self, outcome, error);
    if (status == TB_OK && !outcome->was_stopped)
        status = settle(self, &outcome->counts, error);
    if (status == TB_OK && !outcome->was_stopped)
        status = publish(self, &output, error);
    if (status == TB_OK && !outcome->was_stopped)
        status = tb_output_commit(&output, error);
    tb_output_done(&output);
    return status;
}

tb_status tb_aggregate(const tb_sum_request *request, tb_sum_outcome *ret_outcome, tb_error *error)
{
    tb_arena arena;
    aggregation self = {.request = request};
    tb_sum_outcome outcome = {0};
    tb_arena_init(&arena, TB_MAX_DEFINITION_MEMORY);
    tb_status status =
        tb_outline_make(request->checker, request->language, &arena, &self.outline, error);
    if (status == TB_OK)
        status = init(&self, error);
    if (status == TB_OK)
        status = run(&self, &outcome, error);
    done(&self);
    tb_arena_done(&arena);
    if (status == TB_OK)
        *ret_outcome = outcome;
    return status;
}
