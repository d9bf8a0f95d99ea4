/*
 * Runs are kept in a hash table by their markup. Beside it each run has those that followed it
 * last: they are compared first, without looking for the run's end.
 */
#include "sheet/ods_runs.h"

#include <string.h>

#include "base/limits.h"
#include "sheet/xml_scan.h"

#define SLOT_COUNT 256u /* a power of two */
#define RUNS_MAX   1024u
#define STEPS_MAX  16u
#define SIZE_LIMIT 1024 /* bytes of a run's markup */
#define FOLLOWERS  2
#define SAMPLES    8u
#define SIZE_LEAST 16u /* a shorter one is not kept */

typedef enum step_kind { STEP_COLUMNS, STEP_CELL, STEP_ROW } step_kind;

/* What stands before a run's text. */
typedef struct run_step {
    step_kind kind;
    uint32_t columns;            /* that are passed */
    const tb_ods_cell_tag *cell; /* that has nothing in it but is merged or restricted */
    tb_ods_row_tag row;          /* that begins */
} run_step;

typedef struct known_run {
    struct known_run *next; /* in the same slot */
    struct known_run *followers[FOLLOWERS];
    tb_str markup;  /* up to the text */
    tb_str closing; /* behind the text */
    const tb_ods_cell_tag *cell;
    size_t step_count;
    const run_step *steps;
} known_run;

struct tb_ods_runs {
    size_t bindings; /* so many namespaces are declared */
    tb_str row_name; /* of the elements that are rows; empty: none came yet */
    size_t count;
    known_run *last;   /* that was read just now; NULL: none */
    const char *begin; /* of the run that is being read; NULL: it can't be kept */
    size_t step_count; /* of that run */
    run_step steps[STEPS_MAX];
    known_run *slots[SLOT_COUNT];
};

tb_ods_runs *tb_ods_runs_new(tb_package *package)
{
    tb_ods_runs *runs = tb_arena_alloc(&package->arena, sizeof *runs);
    if (runs != NULL)
        runs->bindings = package->xml.binding_count;
    return runs;
}

/* ---- Finding ---- */

/* From a word in each eighth of it: what differs elsewhere shares a slot. */
static size_t slot_of(tb_str markup)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t sum = markup.size * factor, word;
    size_t step = (markup.size - sizeof word) / SAMPLES;
    const char *p = markup.data + markup.size % SAMPLES;
    for (size_t i = 0; i < SAMPLES; i++, p += step) {
        memcpy(&word, p, sizeof word);
        sum += word * (factor << i | 1);
    }
    return (size_t)(sum >> 40) & (SLOT_COUNT - 1);
}

static known_run *find_run(const tb_ods_runs *runs, size_t slot, tb_str markup)
{
    known_run *run = runs->slots[slot];
    while (run != NULL && !tb_str_equal(run->markup, markup))
        run = run->next;
    return run;
}

/* Up to the first text that begins right behind a tag; empty where that is too far. */
static tb_str markup_at(const tb_xml *xml, const char *begin)
{
    const char *limit = xml->end - begin > SIZE_LIMIT ? begin + SIZE_LIMIT : xml->end;
    const char *p = begin;
    while ((p = tb_scan_byte(p, limit, '>')) != NULL) {
        p++;
        if (*p != '<' && *p != '\n')
            return (tb_str){begin, (size_t)(p - begin)};
    }
    return (tb_str){NULL, 0};
}

static known_run *find_known(const tb_ods_runs *runs, const tb_xml *xml, const char *begin)
{
    tb_str rest = {begin, (size_t)(xml->end - begin)};
    for (size_t i = 0; runs->last != NULL && i < FOLLOWERS; i++) {
        known_run *run = runs->last->followers[i];
        if (run != NULL && tb_str_starts(rest, run->markup))
            return run;
    }
    tb_str markup = markup_at(xml, begin);
    return markup.size >= SIZE_LEAST ? find_run(runs, slot_of(markup), markup) : NULL;
}

/* ---- Reading what is known ---- */

static void take_steps(tb_ods_table *table, const known_run *run)
{
    for (size_t i = 0; i < run->step_count; i++) {
        const run_step *step = &run->steps[i];
        switch (step->kind) {
        case STEP_COLUMNS:
            tb_ods_pass_columns(table, step->columns);
            break;
        case STEP_CELL:
            tb_ods_end_cell(table, step->cell);
            break;
        case STEP_ROW:
            tb_ods_end_row(table);
            tb_ods_begin_row(table, &step->row);
            break;
        }
    }
}

static void follow_with(tb_ods_runs *runs, known_run *run)
{
    known_run *last = runs->last;
    if (last != NULL && last->followers[0] != run) {
        memmove(last->followers + 1, last->followers,
                sizeof last->followers - sizeof last->followers[0]);
        last->followers[0] = run;
    }
    runs->last = run;
}

/* False where something else stands, of which nothing has been read then. */
static bool take_run(tb_ods_table *table, const char *begin)
{
    tb_xml *xml = &table->package->xml;
    known_run *run = find_known(table->runs, xml, begin);
    tb_str text;
    const char *close =
        run != NULL ? tb_xml_plain_text(xml, begin + run->markup.size, &text) : NULL;
    if (close == NULL || !tb_scan_same(close, run->closing.data, run->closing.size))
        return false;
    tb_xml_pass(xml, close + run->closing.size);
    take_steps(table, run);
    tb_ods_add_cell(table, run->cell, text);
    tb_ods_end_cell(table, run->cell);
    follow_with(table->runs, run);
    return true;
}

/* Whether what is kept means the same at the present place, which is in a row. */
static bool is_usual(const tb_ods_runs *runs, const tb_xml *xml)
{
    return xml->binding_count == runs->bindings && xml->depth + 2 <= TB_MAX_XML_DEPTH &&
           tb_str_equal(xml->open[xml->depth - 1], runs->row_name);
}

/* ---- Keeping ---- */

static known_run *make_run(tb_ods_table *table, tb_str markup, tb_str closing,
                           const tb_ods_cell_tag *cell)
{
    tb_ods_runs *runs = table->runs;
    tb_arena *arena = &table->package->arena;
    size_t steps_size = runs->step_count * sizeof *runs->steps;
    known_run *run = tb_arena_alloc(arena, sizeof *run);
    run_step *steps = run != NULL ? tb_arena_room(arena, steps_size) : NULL;
    if (steps == NULL)
        return NULL;
    memcpy(steps, runs->steps, steps_size);
    run->markup = markup;
    run->closing = closing;
    run->cell = cell;
    run->step_count = runs->step_count;
    run->steps = steps;
    return run;
}

/* The run that ended with the text; NULL where it is not kept. */
static known_run *keep_run(tb_ods_table *table, const tb_ods_cell_tag *cell, tb_str text)
{
    tb_ods_runs *runs = table->runs;
    const tb_xml *xml = &table->package->xml;
    const char *end = text.data + text.size;
    tb_str markup = {runs->begin, runs->begin != NULL ? (size_t)(text.data - runs->begin) : 0};
    if (markup.size < SIZE_LEAST || markup.size > SIZE_LIMIT || runs->count == RUNS_MAX)
        return NULL;
    size_t slot = slot_of(markup);
    known_run *run = find_run(runs, slot, markup);
    if (run != NULL)
        return run;
    run = make_run(table, markup, (tb_str){end, (size_t)(xml->at - end)}, cell);
    if (run == NULL)
        return NULL;
    run->next = runs->slots[slot];
    runs->slots[slot] = run;
    runs->count++;
    return run;
}

static void begin_run(tb_ods_runs *runs, const char *place)
{
    runs->begin = place;
    runs->step_count = 0;
}

void tb_ods_runs_end(tb_ods_table *table, const tb_ods_cell_tag *tag, tb_str text)
{
    tb_ods_runs *runs = table->runs;
    const tb_xml *xml = &table->package->xml;
    if (!is_usual(runs, xml)) {
        tb_ods_runs_spoil(runs);
        return;
    }
    known_run *run = keep_run(table, tag, text);
    if (run != NULL)
        follow_with(runs, run);
    while (take_run(table, xml->at)) {
    }
    begin_run(runs, xml->at);
}

/* ---- What a run consists of ---- */

/* Room for a step of the run that is being read; NULL where that is not kept. */
static run_step *add_step(tb_ods_runs *runs, step_kind kind)
{
    if (runs->step_count == STEPS_MAX)
        tb_ods_runs_spoil(runs);
    if (runs->begin == NULL)
        return NULL;
    run_step *step = &runs->steps[runs->step_count++];
    step->kind = kind;
    return step;
}

void tb_ods_runs_add_cell(tb_ods_runs *runs, const tb_ods_cell_tag *tag)
{
    bool goes_on = tag->is_blank && runs->begin != NULL && runs->step_count > 0 &&
                   runs->steps[runs->step_count - 1].kind == STEP_COLUMNS;
    if (goes_on) {
        runs->steps[runs->step_count - 1].columns += tag->repeated;
        return;
    }
    run_step *step = add_step(runs, tag->is_blank ? STEP_COLUMNS : STEP_CELL);
    if (step == NULL)
        return;
    step->columns = tag->repeated;
    step->cell = tag;
}

void tb_ods_runs_add_row(tb_ods_table *table, const tb_ods_row_tag *tag)
{
    tb_ods_runs *runs = table->runs;
    if (runs->row_name.size == 0)
        runs->row_name = table->package->xml.name;
    run_step *step = add_step(runs, STEP_ROW);
    if (step != NULL)
        step->row = *tag;
}

void tb_ods_runs_spoil(tb_ods_runs *runs)
{
    runs->begin = NULL;
    runs->last = NULL;
    runs->step_count = 0;
}
