/*
 * Looking into the outbox.
 */
#include <string.h>

#include "base/limits.h"
#include "send/outbox_parts.h"

static const char *const state_names[TB_OUTBOX_STATE_COUNT] = {
    [TB_OUTBOX_QUEUED] = "queued",       [TB_OUTBOX_SENDING] = "sending",
    [TB_OUTBOX_DELIVERED] = "delivered", [TB_OUTBOX_NEEDS_YOU] = "needs-you",
    [TB_OUTBOX_REFUSED] = "refused",
};

const char *tb_outbox_state_name(tb_outbox_state state)
{
    return state_names[state];
}

static tb_outbox_state find_state(tb_str name)
{
    for (size_t i = 0; i < TB_OUTBOX_STATE_COUNT; i++) {
        if (tb_str_equal(name, tb_str_of(state_names[i])))
            return (tb_outbox_state)i;
    }
    return TB_OUTBOX_NEEDS_YOU;
}

static void read_id(const tb_query *query, int column, char out[TB_UUID_SIZE])
{
    tb_str id = tb_query_get_text(query, column);
    size_t size = id.size < TB_UUID_SIZE ? id.size : TB_UUID_SIZE - 1;
    if (size > 0)
        memcpy(out, id.data, size);
    out[size] = '\0';
}

static void read_digest(const tb_query *query, int column, unsigned char out[TB_SHA256_SIZE])
{
    tb_str digest = tb_query_get_text(query, column);
    memset(out, 0, TB_SHA256_SIZE);
    if (digest.size == TB_SHA256_SIZE)
        memcpy(out, digest.data, TB_SHA256_SIZE);
}

/* The texts of an item and the columns that they stand in. */
#define TEXT_COUNT 12

static void list_texts(tb_outbox_item *item, tb_str *texts[TEXT_COUNT])
{
    tb_submission *submission = &item->submission;
    tb_str *const all[TEXT_COUNT] = {
        &submission->destination, &submission->source, &submission->file_name, &submission->name,
        &submission->suffix,      &submission->form,   &submission->version,   &submission->unit,
        &submission->year,        &submission->report, &item->detail,          &item->receipt,
    };
    memcpy(texts, all, sizeof all);
}

static const int text_columns[TEXT_COUNT] = {2, 3, 4, 5, 6, 7, 8, 10, 11, 14, 17, 22};

void tb_outbox__read_row(const tb_query *query, tb_outbox_item *item)
{
    tb_str *texts[TEXT_COUNT];
    *item = (tb_outbox_item){0};
    list_texts(item, texts);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        *texts[i] = tb_query_get_text(query, text_columns[i]);
    read_id(query, 0, item->submission.id);
    read_id(query, 1, item->submission.replaces);
    read_digest(query, 9, item->submission.definition);
    read_digest(query, 12, item->submission.sha256);
    item->submission.size = (uint64_t)tb_query_get_int(query, 13);
    item->state = find_state(tb_query_get_text(query, 15));
    item->problem = tb_problem_find(tb_query_get_text(query, 16));
    item->attempts = (unsigned)tb_query_get_int(query, 18);
    item->queued_at = tb_query_get_int(query, 19);
    item->next_try = tb_query_get_int(query, 20);
    item->delivered_at = tb_query_get_int(query, 21);
}

bool tb_outbox__keep_texts(tb_outbox_item *item, tb_arena *arena)
{
    tb_str *texts[TEXT_COUNT];
    list_texts(item, texts);
    bool kept = true;
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        *texts[i] = tb_arena_dup(arena, *texts[i]);
        kept = kept && texts[i]->data != NULL;
    }
    return kept;
}

tb_status tb_outbox_list(tb_outbox *outbox, const tb_outbox_filter *filter, tb_outbox_seer see,
                         void *context, size_t *ret_count, tb_error *error)
{
    tb_query query;
    tb_outbox_item item;
    size_t count = 0;
    tb_query_begin(&query, outbox->database,
                   "SELECT " TB_OUTBOX_COLUMNS " FROM submission WHERE (?1='' OR "
                   "substr(id,1,length(?1))=?1) AND (?2='' OR destination=?2) "
                   "AND (NOT ?3 OR state<>'delivered') ORDER BY rowid");
    tb_query_cstr(&query, filter->id);
    tb_query_cstr(&query, filter->destination);
    tb_query_int(&query, filter->only_open);
    bool more = true;
    while (more && tb_query_next(&query)) {
        tb_outbox__read_row(&query, &item);
        count++;
        more = see(context, &item);
    }
    if (ret_count != NULL)
        *ret_count = count;
    return tb_query_end(&query, error);
}

tb_status tb_outbox_look(tb_outbox *outbox, const char *destination, tb_outbox_batch *ret_batch,
                         tb_error *error)
{
    tb_outbox_batch batch = {.wait = -1};
    tb_query query;
    tb_query_begin(&query, outbox->database,
                   "SELECT state, count(*), "
                   "min(CASE WHEN next_try>?1+wait THEN 0 ELSE max(next_try-?1,0) END) "
                   "FROM submission WHERE " TB_OUTBOX_IN_BATCH
                   "?2) AND destination=?3 GROUP BY state");
    tb_query_int(&query, tb_platform_clock());
    tb_query_cstr(&query, outbox->owner);
    tb_query_cstr(&query, destination);
    while (tb_query_next(&query)) {
        tb_outbox_state state = find_state(tb_query_get_text(&query, 0));
        batch.by_state[state] = (size_t)tb_query_get_int(&query, 1);
        if (state == TB_OUTBOX_QUEUED)
            batch.wait = tb_query_get_int(&query, 2);
    }
    tb_status status = tb_query_end(&query, error);
    if (status == TB_OK)
        *ret_batch = batch;
    return status;
}

tb_status tb_outbox_destinations(tb_outbox *outbox, tb_arena *arena, tb_str **ret_names,
                                 size_t *ret_count, tb_error *error)
{
    tb_str *names = tb_arena_array(arena, TB_MAX_DESTINATIONS, sizeof *names);
    size_t count = 0;
    bool kept = names != NULL;
    tb_query query;
    tb_query_begin(&query, outbox->database,
                   "SELECT DISTINCT destination FROM submission WHERE " TB_OUTBOX_IN_BATCH
                   "?) ORDER BY 1");
    tb_query_cstr(&query, outbox->owner);
    while (kept && count < TB_MAX_DESTINATIONS && tb_query_next(&query)) {
        names[count] = tb_arena_dup(arena, tb_query_get_text(&query, 0));
        kept = names[count++].data != NULL;
    }
    tb_status status = tb_query_end(&query, error);
    if (status == TB_OK && !kept)
        status = tb_error_memory(error);
    *ret_names = names;
    *ret_count = count;
    return status;
}
