/*
 * Proposals come cheap, so each is tried on the form as it would be: it counts only when every
 * equation that reads the cell holds then. A slip that repairs more failing equations explains
 * more and goes before one of a likelier kind that leaves some open.
 */
#include "rule/slip.h"

#include "rule/cause.h"

#define MAX_CELLS 512
#define MAX_HITS  32

/* ---- what could have happened to a total ---- */

/* A total that is one addend short, or one too high. False when no addend says so. */
static bool propose_addend(const tb_equation *equation, const tb_sides *sides, tb_slip *ret)
{
    tb_decimal excess;
    if (!tb_decimal_subtract(sides->left, sides->right, &excess) || tb_decimal_sign(excess) == 0)
        return false;
    bool found = false;
    for (size_t i = 0; i < equation->reads.item_count; i++) {
        const tb_item *addend = equation->reads.items[i];
        if (addend == sides->left_item || !tb_item_is_amount(addend) ||
            tb_decimal_compare(tb_decimal_absolute(addend->number), tb_decimal_absolute(excess)) !=
                0)
            continue;
        bool doubled = tb_decimal_compare(addend->number, excess) == 0;
        *ret = (tb_slip){.item = sides->left_item,
                         .kind = doubled ? TB_SLIP_DOUBLED : TB_SLIP_LEFT_OUT,
                         .value = sides->right,
                         .addend = found ? NULL : addend};
        found = true;
    }
    return found;
}

/* ---- the search ---- */

typedef struct hit {
    tb_slip slip;
    size_t repaired; /* failing equations that hold then */
} hit;

typedef struct search {
    tb_run *run;
    tb_equations *equations;
    uint64_t limit;
    size_t hit_count;
    hit hits[MAX_HITS];
    tb_number_slip proposals[TB_SLIP_MAX_PROPOSALS];
} search;

static bool is_open(const tb_equation *equation)
{
    return !equation->closed && equation->failure != NULL && equation->failure->cause == NULL &&
           equation->failure->slip == NULL && !equation->failure->is_broken;
}

static bool is_exhausted(const search *self)
{
    return self->run->binding.values_read > self->limit;
}

/* Whether every equation with the cell holds after the slip; the failing ones, which are the most
 * likely to refuse, are asked first. Counts those that it repairs. */
static bool repairs_all(search *self, const tb_slip *slip, size_t *ret_repaired)
{
    size_t repaired = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < self->equations->count; i++) {
            const tb_equation *equation = &self->equations->list[i];
            if (is_open(equation) != (pass == 0) ||
                !tb_reads_has_item(&equation->reads, slip->item))
                continue;
            if (is_exhausted(self) || !tb_run_holds_with(self->run, equation->rule,
                                                         equation->record, slip->item, slip->value))
                return false;
            repaired += pass == 0;
        }
    }
    *ret_repaired = repaired;
    return repaired > 0;
}

/* No one writes one amount to more places than it shows and all others beside it have: 9.083 is no
 * likely budget where another one is 9.08. Of shares the rules look at the shown places only. */
static bool is_writable(const search *self, const tb_slip *slip)
{
    int limit = slip->item->decimals;
    int places = tb_slip_places(slip->kind, slip->item->number, slip->value);
    if (slip->item->field->type == TB_FIELD_SHARE || limit == TB_DECIMALS_ANY)
        return true;
    for (size_t i = 0; i < self->equations->count && places > limit; i++) {
        const tb_reads *reads = &self->equations->list[i].reads;
        bool beside = tb_reads_has_item(reads, slip->item);
        for (size_t j = 0; beside && j < reads->item_count; j++) {
            const tb_item *other = reads->items[j];
            if (other != slip->item && tb_item_is_amount(other) &&
                tb_decimal_places(other->number) > limit)
                limit = tb_decimal_places(other->number);
        }
    }
    return places <= limit;
}

static bool is_known(const search *self, const tb_slip *slip)
{
    for (size_t i = 0; i < self->hit_count; i++)
        if (self->hits[i].slip.item == slip->item &&
            tb_decimal_compare(self->hits[i].slip.value, slip->value) == 0)
            return true;
    return false;
}

static void try_slip(search *self, const tb_slip *slip)
{
    size_t repaired = 0;
    if (self->hit_count < MAX_HITS && repairs_all(self, slip, &repaired) &&
        is_writable(self, slip) && !is_known(self, slip))
        self->hits[self->hit_count++] = (hit){*slip, repaired};
}

/* A share is typed as a percentage, so its point stands two places further on. */
static tb_written_number written(const tb_item *item)
{
    int shift = item->field->type == TB_FIELD_SHARE ? 2 : 0;
    return (tb_written_number){item->number, item->decimals, shift};
}

static void try_cell(search *self, const tb_item *item)
{
    size_t count = tb_slip_propose(written(item), self->proposals);
    for (size_t i = 0; i < count; i++) {
        const tb_number_slip *offered = &self->proposals[i];
        tb_slip slip = {.item = item,
                        .kind = offered->kind,
                        .value = offered->value,
                        .digits = {offered->digits[0], offered->digits[1]}};
        try_slip(self, &slip);
    }
}

static void try_total(search *self, const tb_equation *equation)
{
    tb_sides sides;
    tb_slip slip;
    if (tb_run_sides(self->run, equation->rule, equation->record, NULL, tb_decimal_of(0), &sides) &&
        sides.left_item != NULL && tb_item_is_amount(sides.left_item) &&
        propose_addend(equation, &sides, &slip))
        try_slip(self, &slip);
}

static size_t gather_cells(const search *self, const tb_item *cells[MAX_CELLS])
{
    size_t count = 0;
    for (size_t i = 0; i < self->equations->count; i++) {
        const tb_equation *equation = &self->equations->list[i];
        for (size_t j = 0; is_open(equation) && j < equation->reads.item_count; j++) {
            const tb_item *item = equation->reads.items[j];
            tb_reads known = {.item_count = count, .items = cells};
            if (count < MAX_CELLS && tb_item_is_amount(item) && !tb_reads_has_item(&known, item))
                cells[count++] = item;
        }
    }
    return count;
}

static bool is_better(const hit *a, const hit *b)
{
    if (a->repaired != b->repaired)
        return a->repaired > b->repaired;
    return tb_slip_rank(a->slip.kind) < tb_slip_rank(b->slip.kind);
}

/* The best hit; *ret_ambiguous when another one is as good. */
static const hit *choose(const search *self, bool *ret_ambiguous)
{
    const hit *best = NULL;
    *ret_ambiguous = false;
    for (size_t i = 0; i < self->hit_count; i++) {
        const hit *offered = &self->hits[i];
        if (best == NULL || is_better(offered, best)) {
            best = offered;
            *ret_ambiguous = false;
        } else if (!is_better(best, offered)) {
            *ret_ambiguous = true;
        }
    }
    *ret_ambiguous |= self->hit_count == MAX_HITS;
    return best;
}

/* Nothing can be said of what the best hits would repair; the other equations are still open. */
static void close_ambiguous(search *self, const hit *best)
{
    for (size_t i = 0; i < self->hit_count; i++) {
        const tb_item *item = self->hits[i].slip.item;
        for (size_t j = 0; !is_better(best, &self->hits[i]) && j < self->equations->count; j++)
            self->equations->list[j].closed |=
                tb_reads_has_item(&self->equations->list[j].reads, item);
    }
}

static tb_status accept(search *self, const hit *chosen, bool *ret_found, tb_error *error)
{
    tb_slip *slip = tb_arena_alloc(self->run->arena, sizeof *slip);
    if (slip == NULL)
        return tb_error_memory(error);
    *slip = chosen->slip;
    tb_failure *root = tb_cause_repair(self->run, slip->item, slip->value);
    *ret_found = root != NULL;
    if (root == NULL)
        return TB_OK;
    root->slip = slip;
    return tb_cause_blame(self->run, root, slip->item, slip->value) ? TB_OK
                                                                    : tb_error_memory(error);
}

/* One slip; *ret_found tells whether another look is worth while. */
static tb_status search_once(search *self, bool *ret_found, tb_error *error)
{
    const tb_item *cells[MAX_CELLS];
    size_t count = gather_cells(self, cells);
    self->hit_count = 0;
    for (size_t i = 0; i < count && !is_exhausted(self); i++)
        try_cell(self, cells[i]);
    for (size_t i = 0; i < self->equations->count && !is_exhausted(self); i++)
        if (is_open(&self->equations->list[i]))
            try_total(self, &self->equations->list[i]);
    bool ambiguous = false;
    const hit *best = choose(self, &ambiguous);
    *ret_found = best != NULL && !is_exhausted(self);
    if (*ret_found && ambiguous)
        close_ambiguous(self, best);
    return *ret_found && !ambiguous ? accept(self, best, ret_found, error) : TB_OK;
}

tb_status tb_slip_search(tb_run *run, tb_equations *equations, uint64_t limit, tb_error *error)
{
    search self = {.run = run, .equations = equations, .limit = limit};
    bool found = true;
    tb_status status = TB_OK;
    while (found && status == TB_OK)
        status = search_once(&self, &found, error);
    return status;
}
