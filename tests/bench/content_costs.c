/*
 * What the dictionary of contents brings, and what it costs where nothing recurs: locates the forms
 * that are named and runs their rules, with and without it, as they are and with every name and
 * every indicator's value made another one. Prints how many contents were known, and microseconds
 * a form.
 *
 * Usage: content_costs DEFINITION FILE…      (tests/bench/rules makes the forms and calls it)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "form/numeral.h"
#include "forms.h"
#include "rule/run.h"

#define ROUNDS 10 /* over all forms; the quickest counts */

typedef struct bench {
    test_forms forms;
    tb_run run;
    size_t made; /* contents that are like no other */
} bench;

static double now(void)
{
    struct timespec time;
    timespec_get(&time, TIME_UTC);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* ---- contents like no other ---- */

static size_t first_digit(tb_str text)
{
    size_t at = 0;
    while (at < text.size && !tb_is_digit(text.data[at]))
        at++;
    return at;
}

/* Puts a number before the first digit or at the end: ≥195%, 满意度2. */
static void change_item(bench *self, const tb_item *item)
{
    char number[24];
    bool is_text = item->field->type == TB_FIELD_TEXT || item->field->type == TB_FIELD_INDICATOR;
    bool is_whole = item->cell != NULL && item->cell->type == TB_CELL_TEXT &&
                    item->text.data == item->cell->text.data;
    if (!is_text || !is_whole || item->state != TB_ITEM_VALID)
        return;
    tb_str text = item->text;
    size_t at = first_digit(text);
    size_t size = (size_t)snprintf(number, sizeof number, "%zu", ++self->made);
    char *changed = tb_arena_alloc(&self->forms.form_arena, text.size + size);
    if (changed == NULL)
        return;
    memcpy(changed, text.data, at);
    memcpy(changed + at, number, size);
    memcpy(changed + at + size, text.data + at, text.size - at);
    ((tb_cell *)item->cell)->text = (tb_str){changed, text.size + size};
}

static void change_record(bench *self, const tb_record *record)
{
    for (size_t i = 0; i < record->scope->field_count; i++)
        change_item(self, record->items[i]);
    for (size_t i = 0; i < record->scope->scope_count; i++)
        if (record->lists[i].scope->kind == TB_SCOPE_TABLE ||
            record->lists[i].scope->kind == TB_SCOPE_BLOCK)
            for (size_t j = 0; j < record->lists[i].count; j++)
                change_record(self, record->lists[i].records[j]);
}

/* ---- measuring ---- */

static const tb_form *locate(bench *self, const tb_workbook *workbook, tb_dictionary *dictionary)
{
    tb_error error;
    const tb_form *form = NULL;
    if (tb_form_locate(workbook, self->forms.book->definition, dictionary, &self->forms.form_arena,
                       &form, &error) != TB_OK)
        test_fail("locating", &error);
    return form;
}

/* Microseconds of locating one form and running its rules. */
static double measure_file(bench *self, const char *path, tb_dictionary *dictionary, bool change)
{
    const tb_workbook *workbook = NULL;
    test_forms *forms = &self->forms;
    tb_error error;
    tb_arena_reset(&forms->form_arena);
    tb_arena_reset(&forms->arena);
    tb_arena_reset(&forms->scratch);
    if (dictionary != NULL)
        tb_dictionary_begin(dictionary);
    if (tb_reader_read_file(forms->reader, path, &workbook, &error) != TB_OK)
        test_fail(path, &error);
    if (change)
        change_record(self, locate(self, workbook, NULL)->root);
    double begin = now();
    const tb_form *form = locate(self, workbook, dictionary);
    if (tb_run_rules(&self->run, forms->book, form, TB_LANGUAGE_ZH, &forms->arena, &forms->scratch,
                     &error) != TB_OK)
        test_fail(path, &error);
    return now() - begin;
}

typedef struct file_cost {
    double with, without; /* a dictionary: the quickest of all rounds */
} file_cost;

static void keep_least(double *least, double value)
{
    if (*least == 0 || value < *least)
        *least = value;
}

/* Each round has a new dictionary, so that all know the same of a file. What is measured as the
 * second is quicker, so with and without take turns. */
static tb_dictionary_counts measure_round(bench *self, char **files, int count, bool change,
                                          int round, file_cost *costs)
{
    tb_dictionary *dictionary = tb_dictionary_new(TB_MAX_CONTENT_MEMORY);
    tb_dictionary_counts counts = {0};
    for (int i = 0; i < 2 * count && dictionary != NULL; i++) {
        file_cost *cost = &costs[i / 2];
        bool with = (i + round) % 2 == 0;
        keep_least(with ? &cost->with : &cost->without,
                   measure_file(self, files[i / 2], with ? dictionary : NULL, change));
    }
    if (dictionary != NULL)
        counts = tb_dictionary_count(dictionary);
    tb_dictionary_free(dictionary);
    return counts;
}

static void print(bench *self, const char *name, char **files, int count, bool change)
{
    tb_dictionary_counts counts = {0};
    file_cost sum = {0}, *costs = calloc((size_t)count, sizeof *costs);
    for (int round = 0; round < ROUNDS && costs != NULL; round++)
        counts = measure_round(self, files, count, change, round, costs);
    for (int i = 0; i < count && costs != NULL; i++) {
        sum.with += costs[i].with;
        sum.without += costs[i].without;
    }
    free(costs);
    printf("%s: %.1f of %.1f texts a form known, emptied %llu times; locating and rules %.1f µs a "
           "form, %.1f without a dictionary\n",
           name, (double)counts.known / count, (double)(counts.known + counts.unknown) / count,
           (unsigned long long)counts.emptied, sum.with / count, sum.without / count);
}

int main(int argc, char **argv)
{
    static bench self; /* a run is large */
    if (argc < 3) {
        fprintf(stderr, "usage: %s DEFINITION FILE...\n", argv[0]);
        return 64;
    }
    test_forms_open(&self.forms, argv[1], TB_MAX_CONTENT_MEMORY);
    print(&self, "contents as they are", argv + 2, argc - 2, false);
    print(&self, "contents like no other", argv + 2, argc - 2, true);
    test_forms_close(&self.forms);
    return 0;
}
