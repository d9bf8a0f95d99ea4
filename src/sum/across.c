/*
 * Gathers facts, some keys at a time, and has them compared. Forms of one unit and year are
 * compared where they were chosen among.
 */
#include "sum/across.h"

#include <stdlib.h>

#include "sum/across_peers.h"

#define FACTS_AT_ONCE ((size_t)256 << 10)

/* ---- one form for a unit ---- */

static bool find_unique(const tb_outline *outline, tb_str facts, tb_sum_flag *flag)
{
    for (size_t i = 0; i < tb_fact_count(facts); i++) {
        flag->fact = tb_fact_get(facts, i);
        flag->entry = flag->fact.rule;
        const tb_across_rule *rule = outline->across[flag->entry].rule;
        flag->severity = rule->severity;
        if (rule->comparison == TB_COMPARE_UNIQUE)
            return true;
    }
    return false;
}

static tb_status flag_rivals(const tb_outline *outline, tb_collection *collection, tb_error *error)
{
    tb_rivalry rivalry;
    tb_kept_form form;
    tb_status status = tb_collection_next_rivalry(collection, &rivalry, error);
    while (status == TB_OK && rivalry.form != 0) {
        tb_sum_flag flag = {.count = rivalry.count, .others = rivalry.others};
        status = tb_collection_find_form(collection, rivalry.form, &form, error);
        if (status == TB_OK && find_unique(outline, form.facts, &flag)) {
            flag.fact.form = rivalry.form;
            status = tb_collection_flag(collection, &flag, error);
        }
        if (status == TB_OK)
            status = tb_collection_next_rivalry(collection, &rivalry, error);
    }
    return status;
}

/* ---- peers ---- */

typedef struct gathering {
    tb_peers *peers;
    size_t parts, part; /* keys are divided into parts, of which one is gathered */
    size_t total;       /* facts of all parts */
} gathering;

static bool grow_units(tb_peers *peers, uint32_t form)
{
    if (form < peers->form_capacity)
        return true;
    size_t wanted = ((size_t)form + 1) * 2;
    uint64_t *grown = realloc(peers->units, wanted * sizeof *grown);
    if (grown == NULL)
        return false;
    peers->units = grown;
    peers->form_capacity = wanted;
    return true;
}

static bool push(tb_peers *peers, const tb_fact *fact)
{
    if (peers->count == peers->capacity) {
        size_t wanted = peers->capacity == 0 ? 1024 : peers->capacity * 2;
        tb_fact *grown = realloc(peers->facts, wanted * sizeof *grown);
        if (grown == NULL)
            return false;
        peers->facts = grown;
        peers->capacity = wanted;
    }
    peers->facts[peers->count++] = *fact;
    return true;
}

static bool is_compared(const tb_peers *peers, const tb_fact *fact)
{
    return peers->outline->across[fact->rule].rule->comparison != TB_COMPARE_UNIQUE;
}

/* Counts them, where nothing is to be gathered yet. */
static bool take(void *context, uint32_t form, uint64_t unit, tb_str facts)
{
    gathering *self = context;
    tb_peers *peers = self->peers;
    if (!grow_units(peers, form))
        return false;
    peers->units[form] = unit;
    for (size_t i = 0; i < tb_fact_count(facts); i++) {
        tb_fact fact = tb_fact_get(facts, i);
        if (!is_compared(peers, &fact))
            continue;
        self->total++;
        if (self->parts == 0 || fact.key % self->parts != self->part)
            continue;
        fact.form = form;
        if (!push(peers, &fact))
            return false;
    }
    return true;
}

/* Facts of one key are in one part. */
static tb_status compare_part(gathering *self, tb_collection *collection, tb_error *error)
{
    const tb_fact_taker taker = {self, take};
    self->peers->count = 0;
    tb_status status = tb_collection_take_facts(collection, &taker, error);
    return status == TB_OK ? tb_peers_compare(self->peers, error) : status;
}

static tb_status compare_peers(tb_peers *peers, tb_collection *collection, tb_error *error)
{
    gathering self = {.peers = peers};
    const tb_fact_taker taker = {&self, take};
    tb_status status = tb_collection_take_facts(collection, &taker, error);
    if (status != TB_OK || self.total == 0)
        return status;
    self.parts = self.total / FACTS_AT_ONCE + 1;
    for (self.part = 0; self.part < self.parts && status == TB_OK; self.part++)
        status = compare_part(&self, collection, error);
    return status;
}

tb_status tb_across_run(const tb_outline *outline, tb_collection *collection, tb_error *error)
{
    tb_peers peers = {.outline = outline, .collection = collection};
    tb_status status = flag_rivals(outline, collection, error);
    if (status == TB_OK)
        status = compare_peers(&peers, collection, error);
    free(peers.facts);
    free(peers.units);
    return status == TB_OK ? tb_collection_count_flags(collection, error) : status;
}
