/*
 * What rules across forms ask of the collection, and what they found.
 */
#include "sum/collection_database.h"

tb_status tb_collection_take_facts(tb_collection *self, const tb_fact_taker *taker, tb_error *error)
{
    sqlite3_stmt *query = NULL;
    tb_status status = tb_collection__prepare(
        self,
        "SELECT form.id, form.identity, form.file, bytes.facts FROM form"
        " JOIN bytes ON bytes.id = form.id WHERE form.state = 0 ORDER BY form.id",
        &query, error);
    if (status != TB_OK)
        return status;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW && status == TB_OK) {
        tb_str unit = tb_collection__text(query, 1);
        if (unit.size == 0)
            unit = tb_collection__text(query, 2);
        if (!taker->take(taker->context, (uint32_t)sqlite3_column_int64(query, 0),
                         tb_str_hash(unit, 0), tb_collection__bytes(query, 3)))
            status = tb_error_memory(error);
    }
    if (status == TB_OK && code != SQLITE_DONE)
        status = tb_collection__fail(self, error);
    sqlite3_finalize(query);
    return status;
}

tb_status tb_collection_find_form(tb_collection *self, uint32_t form, tb_kept_form *ret,
                                  tb_error *error)
{
    tb_status status = tb_collection__prepare(
        self,
        "SELECT ifnull(nullif(form.unit, ''), form.file), bytes.sheaf, bytes.facts FROM form"
        " JOIN bytes ON bytes.id = form.id WHERE form.id = ?1",
        &self->find, error);
    if (status != TB_OK)
        return status;
    sqlite3_reset(self->find);
    sqlite3_bind_int64(self->find, 1, form);
    if (sqlite3_step(self->find) != SQLITE_ROW)
        return tb_collection__fail(self, error);
    *ret = (tb_kept_form){.name = tb_collection__text(self->find, 0),
                          .sheaf = tb_collection__bytes(self->find, 1),
                          .facts = tb_collection__bytes(self->find, 2)};
    return TB_OK;
}

/* Copies of the form that counts are no rivals, also in another file format, and neither is what
 * has an earlier date. */
tb_status tb_collection_next_rivalry(tb_collection *self, tb_rivalry *ret, tb_error *error)
{
    tb_status status = tb_collection__prepare(
        self,
        "SELECT id, count(DISTINCT sha256) + 1, group_concat(file, char(10)) FROM"
        " (SELECT counted.id AS id, form.sha256 AS sha256, form.file AS file FROM form"
        "  JOIN form AS counted ON counted.id = form.instead WHERE form.state = 1"
        "  AND form.day IS counted.day AND form.sha256 <> counted.sha256"
        "  AND (SELECT sheaf FROM bytes WHERE id = form.id) <>"
        "   (SELECT sheaf FROM bytes WHERE id = counted.id) ORDER BY form.file)"
        " GROUP BY id ORDER BY id",
        &self->rivals, error);
    if (status != TB_OK)
        return status;
    int code = sqlite3_step(self->rivals);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return tb_collection__fail(self, error);
    *ret = (tb_rivalry){0};
    if (code == SQLITE_ROW)
        *ret = (tb_rivalry){.form = (uint32_t)sqlite3_column_int64(self->rivals, 0),
                            .count = (uint64_t)sqlite3_column_int64(self->rivals, 1),
                            .others = tb_collection__text(self->rivals, 2)};
    return TB_OK;
}

tb_status tb_collection_flag(tb_collection *self, const tb_sum_flag *flag, tb_error *error)
{
    tb_status status = tb_collection__prepare(
        self, "INSERT INTO flag VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", &self->flag, error);
    if (status != TB_OK)
        return status;
    sqlite3_bind_int64(self->flag, 1, flag->fact.form);
    sqlite3_bind_int64(self->flag, 2, (sqlite3_int64)flag->entry);
    sqlite3_bind_int64(self->flag, 3, flag->fact.row);
    sqlite3_bind_blob(self->flag, 4, &flag->fact, sizeof flag->fact, SQLITE_STATIC);
    sqlite3_bind_int(self->flag, 5, (int)flag->severity);
    sqlite3_bind_int64(self->flag, 6, (sqlite3_int64)flag->count);
    tb_collection__bind_text(self->flag, 7, flag->expected);
    tb_collection__bind_text(self->flag, 8, flag->others);
    return tb_collection__step_once(self, self->flag, error);
}

tb_status tb_collection_count_flags(tb_collection *self, tb_error *error)
{
    return tb_collection__run(
        self,
        "UPDATE form SET errors = form.errors + sums.errors,"
        " warnings = form.warnings + sums.warnings, notices = form.notices + sums.notices FROM "
        "(SELECT form AS id, sum(severity = 0) AS errors,"
        " sum(severity = 1) AS warnings, sum(severity = 2) AS notices FROM flag GROUP BY form)"
        " AS sums WHERE sums.id = form.id",
        error);
}

tb_status tb_collection_begin_flags(tb_collection *self, uint32_t form, tb_error *error)
{
    tb_status status = tb_collection__prepare(
        self,
        "SELECT entry, fact, severity, count, expected, others FROM flag WHERE form = ?1"
        " ORDER BY entry, row",
        &self->flags, error);
    if (status != TB_OK)
        return status;
    sqlite3_reset(self->flags);
    sqlite3_bind_int64(self->flags, 1, form);
    return TB_OK;
}

tb_status tb_collection_next_flag(tb_collection *self, const tb_sum_flag **ret_flag,
                                  tb_error *error)
{
    int code = sqlite3_step(self->flags);
    *ret_flag = NULL;
    if (code == SQLITE_DONE)
        return TB_OK;
    tb_str fact = tb_collection__bytes(self->flags, 1);
    if (code != SQLITE_ROW || fact.size != sizeof(tb_fact))
        return tb_collection__fail(self, error);
    tb_sum_flag *flag = &self->current_flag;
    *flag = (tb_sum_flag){.fact = tb_fact_get(fact, 0),
                          .entry = (size_t)sqlite3_column_int64(self->flags, 0),
                          .severity = (tb_severity)sqlite3_column_int(self->flags, 2),
                          .count = (uint64_t)sqlite3_column_int64(self->flags, 3),
                          .expected = tb_collection__text(self->flags, 4),
                          .others = tb_collection__text(self->flags, 5)};
    *ret_flag = flag;
    return TB_OK;
}
