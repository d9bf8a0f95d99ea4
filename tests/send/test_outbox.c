/*
 * The outbox: states, leases of two senders, clocks that jump, bytes that are still there after
 * everything. Argument: none; works in a folder of its own that is removed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/platform.h"
#include "send/outbox.h"

#define BYTES "the bytes of a workbook"

static char folder[256];

static tb_submission make_submission(const char *source, const char *bytes)
{
    tb_submission submission = {.destination = TB_STR("bureau"),
                                .source = tb_str_of(source),
                                .file_name = TB_STR("form.ods"),
                                .report = TB_STR("{}"),
                                .size = strlen(bytes)};
    tb_sha256(tb_str_of(bytes), submission.sha256);
    assert_true(tb_make_uuid(submission.id));
    return submission;
}

static int open_fresh(void **state)
{
    char id[TB_UUID_SIZE];
    tb_outbox *outbox = NULL;
    assert_true(tb_make_uuid(id));
    snprintf(folder, sizeof folder, "outbox-of-test-%s", id);
    assert_int_equal(tb_outbox_open(folder, &outbox, NULL), TB_OK);
    *state = outbox;
    return 0;
}

static void remove_names(const char *part)
{
    tb_arena arena;
    tb_str *names = NULL;
    size_t count = 0;
    char path[1024];
    tb_arena_init(&arena, (size_t)1 << 20);
    snprintf(path, sizeof path, "%s%s", folder, part);
    if (tb_platform_list_folder(path, &arena, &names, &count, NULL) == TB_OK) {
        for (size_t i = 0; i < count; i++) {
            snprintf(path, sizeof path, "%s%s/%s", folder, part, names[i].data);
            remove(path);
        }
    }
    tb_arena_done(&arena);
    snprintf(path, sizeof path, "%s%s", folder, part);
    remove(path);
}

static int close_and_remove(void **state)
{
    tb_outbox_close(*state);
    remove_names("/copies");
    remove_names("/owners");
    remove_names("");
    return 0;
}

static void add(tb_outbox *outbox, tb_submission *submission, const char *bytes, bool expected)
{
    bool known = !expected;
    assert_int_equal(tb_outbox_add(outbox, submission, tb_str_of(bytes), &known, NULL), TB_OK);
    assert_int_equal(known, expected);
}

static bool keep_item(void *context, const tb_outbox_item *item)
{
    tb_outbox_item *kept = context;
    *kept = *item; /* its texts are not kept */
    return true;
}

static tb_outbox_item look(tb_outbox *outbox, const char *id)
{
    tb_outbox_item item = {.state = TB_OUTBOX_STATE_COUNT};
    size_t count = 0;
    tb_outbox_filter filter = {.id = id};
    assert_int_equal(tb_outbox_list(outbox, &filter, keep_item, &item, &count, NULL), TB_OK);
    return item;
}

static tb_outbox_item *lease(tb_outbox *outbox, tb_arena *arena)
{
    tb_outbox_item *item = NULL;
    tb_arena_reset(arena);
    assert_int_equal(tb_outbox_lease(outbox, "bureau", arena, &item, NULL), TB_OK);
    return item;
}

static void run_sql(const char *sql)
{
    char path[512];
    sqlite3 *database = NULL;
    snprintf(path, sizeof path, "%s/outbox.db", folder);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

static void equal_bytes_are_one_submission(void **state)
{
    tb_outbox *outbox = *state;
    tb_submission first = make_submission("/a/form.ods", BYTES);
    tb_submission same = make_submission("/b/copy.ods", BYTES);
    tb_submission changed = make_submission("/a/form.ods", "other bytes");
    add(outbox, &first, BYTES, false);
    add(outbox, &same, BYTES, true);
    assert_string_equal(same.id, first.id);
    add(outbox, &changed, "other bytes", false);
    assert_string_equal(changed.replaces, first.id);
    /* back to the older contents: that is a new submission, since something came between */
    tb_submission back = make_submission("/a/form.ods", BYTES);
    add(outbox, &back, BYTES, false);
    assert_string_equal(back.replaces, changed.id);
}

static void copies_are_checked_when_read(void **state)
{
    tb_outbox *outbox = *state;
    tb_buffer bytes;
    char path[512];
    tb_submission submission = make_submission("/a/form.ods", BYTES);
    add(outbox, &submission, BYTES, false);
    tb_buffer_init(&bytes, 1000);
    assert_int_equal(tb_outbox_read(outbox, &submission, &bytes, NULL), TB_OK);
    assert_string_equal(bytes.data, BYTES);
    snprintf(path, sizeof path, "%s/copies/%s", folder, submission.id);
    assert_int_equal(tb_platform_write_durably(path, TB_STR("changed"), NULL), TB_OK);
    assert_int_equal(tb_outbox_read(outbox, &submission, &bytes, NULL), TB_DAMAGED);
    remove(path);
    assert_int_equal(tb_outbox_read(outbox, &submission, &bytes, NULL), TB_IO);
    tb_buffer_done(&bytes);
}

static void problems_lead_to_their_states(void **state)
{
    static const struct {
        tb_problem problem;
        tb_outbox_state state;
    } rows[] = {
        {TB_PROBLEM_TIMEOUT, TB_OUTBOX_QUEUED},    {TB_PROBLEM_PASSWORD, TB_OUTBOX_NEEDS_YOU},
        {TB_PROBLEM_TOO_LARGE, TB_OUTBOX_REFUSED}, {TB_PROBLEM_CERTIFICATE, TB_OUTBOX_NEEDS_YOU},
        {TB_PROBLEM_CANCELLED, TB_OUTBOX_QUEUED},
    };
    tb_outbox *outbox = *state;
    tb_arena arena;
    tb_submission submission = make_submission("/a/form.ods", BYTES);
    tb_arena_init(&arena, (size_t)1 << 20);
    add(outbox, &submission, BYTES, false);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tb_outbox_filter filter = {.id = submission.id};
        size_t count = 0;
        assert_int_equal(tb_outbox_send_now(outbox, &filter, TB_OUTBOX_UNDELIVERED, &count, NULL),
                         TB_OK);
        assert_int_equal(count, 1);
        assert_non_null(lease(outbox, &arena));
        assert_null(lease(outbox, &arena));
        assert_int_equal(look(outbox, submission.id).state, TB_OUTBOX_SENDING);
        assert_int_equal(
            tb_outbox_failed(outbox, submission.id, rows[i].problem, TB_STR("why"), 60000, NULL),
            TB_OK);
        assert_int_equal(look(outbox, submission.id).state, rows[i].state);
        assert_int_equal(look(outbox, submission.id).problem, rows[i].problem);
        assert_null(lease(outbox, &arena)); /* not due, or not to be tried */
    }
    tb_arena_done(&arena);
}

static void delivered_ones_stay_with_their_receipt(void **state)
{
    tb_outbox *outbox = *state;
    tb_arena arena;
    size_t count = 1;
    tb_outbox_filter all = {0};
    tb_submission submission = make_submission("/a/form.ods", BYTES);
    tb_arena_init(&arena, (size_t)1 << 20);
    add(outbox, &submission, BYTES, false);
    assert_non_null(lease(outbox, &arena));
    tb_outbox_item item = look(outbox, submission.id);
    assert_int_equal(tb_outbox_remove(outbox, &item, NULL), TB_INVALID);
    assert_int_equal(tb_outbox_delivered(outbox, submission.id, TB_STR("{}"), NULL), TB_OK);
    item = look(outbox, submission.id);
    assert_int_equal(item.state, TB_OUTBOX_DELIVERED);
    assert_int_equal(item.receipt.size, 2);
    assert_int_equal(tb_outbox_send_now(outbox, &all, TB_OUTBOX_UNDELIVERED, &count, NULL), TB_OK);
    assert_int_equal(count, 0);
    add(outbox, &submission, BYTES, true);
    assert_int_equal(look(outbox, submission.id).state, TB_OUTBOX_DELIVERED);
    tb_arena_done(&arena);
}

static void two_senders_share_and_the_dead_ones_items_are_taken_over(void **state)
{
    tb_outbox *first = *state, *second = NULL;
    tb_arena arena;
    tb_outbox_filter all = {0};
    tb_submission submission = make_submission("/a/form.ods", BYTES);
    tb_arena_init(&arena, (size_t)1 << 20);
    add(first, &submission, BYTES, false);
    assert_non_null(lease(first, &arena));
    assert_int_equal(tb_outbox_open(folder, &second, NULL), TB_OK);
    assert_int_equal(tb_outbox_send_now(second, &all, TB_OUTBOX_OPEN, NULL, NULL), TB_OK);
    assert_null(lease(second, &arena)); /* the first one lives */
    tb_outbox_close(second);
    tb_outbox_close(first); /* as when its process ends: the lock goes, the row stays */
    assert_int_equal(tb_outbox_open(folder, &second, NULL), TB_OK);
    *state = second;
    assert_int_equal(tb_outbox_send_now(second, &all, TB_OUTBOX_OPEN, NULL, NULL), TB_OK);
    assert_non_null(lease(second, &arena));
    tb_arena_done(&arena);
}

static void a_clock_that_jumps_delays_nothing_for_long(void **state)
{
    tb_outbox *outbox = *state;
    tb_arena arena;
    tb_submission submission = make_submission("/a/form.ods", BYTES);
    tb_arena_init(&arena, (size_t)1 << 20);
    add(outbox, &submission, BYTES, false);
    assert_non_null(lease(outbox, &arena));
    assert_int_equal(
        tb_outbox_failed(outbox, submission.id, TB_PROBLEM_BUSY, TB_STR(""), 60000, NULL), TB_OK);
    assert_null(lease(outbox, &arena));
    run_sql("UPDATE submission SET next_try=next_try+86400000"); /* the clock went back a day */
    assert_non_null(lease(outbox, &arena));
    run_sql("UPDATE submission SET owner='somebody', lease_until=lease_until+86400000");
    assert_non_null(lease(outbox, &arena)); /* nobody leases for a day */
    run_sql("UPDATE submission SET owner='somebody', lease_until=1");
    assert_non_null(lease(outbox, &arena)); /* the clock went forward, or he froze */
    tb_arena_done(&arena);
}

static void copies_without_a_row_are_cleared_away(void **state)
{
    tb_outbox *outbox = *state;
    tb_arena arena;
    char path[512];
    tb_submission submission = make_submission("/a/form.ods", BYTES);
    tb_arena_init(&arena, (size_t)1 << 20);
    add(outbox, &submission, BYTES, false);
    snprintf(path, sizeof path, "%s/copies/99999999-2222-4333-8444-555555555555", folder);
    assert_int_equal(tb_platform_write_durably(path, TB_STR("orphan"), NULL), TB_OK);
    assert_non_null(lease(outbox, &arena));
    assert_int_equal(tb_platform_path_kind(path), TB_PATH_MISSING);
    snprintf(path, sizeof path, "%s/copies/%s", folder, submission.id);
    assert_int_equal(tb_platform_path_kind(path), TB_PATH_FILE);
    tb_arena_done(&arena);
}

static void a_damaged_database_is_told(void **state)
{
    char path[512];
    tb_error error = {0};
    tb_outbox *outbox = NULL;
    tb_outbox_close(*state);
    *state = NULL;
    snprintf(path, sizeof path, "%s/outbox.db", folder);
    assert_int_equal(tb_platform_write_durably(path,
                                               TB_STR("no database at all, but long enough "
                                                      "to be looked at"),
                                               NULL),
                     TB_OK);
    assert_int_equal(tb_outbox_open(folder, &outbox, &error), TB_DAMAGED);
    assert_int_equal(error.message, TB_MSG_SEND_OUTBOX_DAMAGED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fresh, close_and_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(equal_bytes_are_one_submission),
        TEST(copies_are_checked_when_read),
        TEST(problems_lead_to_their_states),
        TEST(delivered_ones_stay_with_their_receipt),
        TEST(two_senders_share_and_the_dead_ones_items_are_taken_over),
        TEST(a_clock_that_jumps_delays_nothing_for_long),
        TEST(copies_without_a_row_are_cleared_away),
        TEST(a_damaged_database_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
