/*
 * Sums and shares: the cell that an equation is about gets what the other side computes, provided
 * that every equation with that cell holds then, that none of the numbers it is computed from has a
 * finding, and that no slip in one of those would explain as much.
 */
#include "base/limits.h"
#include "rule/equation.h"
#include "rule/mend_search.h"
#include "rule/program.h"

#define LEAST_READS 3 /* of an equation that computes: a = b alone does not say which is right */

typedef struct computation {
    tb_mend_search *search;
    tb_equations equations;
    const tb_equation *equation;
    const tb_item *item;
    tb_decimal value;
} computation;

static bool computes(const tb_equation *equation)
{
    const tb_expression *formula = equation->rule->formula;
    bool equal = formula->left_end > 0 && formula->instruction_count > 0 &&
                 formula->instructions[formula->instruction_count - 1].op == TB_OP_EQUAL;
    return equal && (equation->reads.item_count >= LEAST_READS || equation->reads.list_count > 0);
}

/* How many equations that fail hold when the item's number is `value`; -1 when one that reads it
 * does not hold then. */
static int count_repaired(const computation *self, const tb_item *item, tb_decimal value)
{
    int repaired = 0;
    for (size_t i = 0; i < self->equations.count; i++) {
        const tb_equation *equation = &self->equations.list[i];
        if (!tb_reads_has_item(&equation->reads, item))
            continue;
        if (!tb_run_holds_with(self->search->run, equation->rule, equation->record, item, value))
            return -1;
        repaired += equation->failure != NULL;
    }
    return repaired;
}

/* Whether a slip in the operand would repair as much as the mend does. */
static bool is_rival(const computation *self, const tb_item *operand, int repaired)
{
    tb_number_slip slips[TB_SLIP_MAX_PROPOSALS];
    int shift = operand->field->type == TB_FIELD_SHARE ? 2 : 0;
    size_t count =
        tb_slip_propose((tb_written_number){operand->number, operand->decimals, shift}, slips);
    for (size_t i = 0; i < count; i++)
        if (count_repaired(self, operand, slips[i].value) >= repaired)
            return true;
    return false;
}

/* A share follows from amounts, never the other way round. */
static bool operands_are_right(const computation *self, int repaired)
{
    const tb_failure *failure = self->equation->failure;
    bool named = failure != NULL && failure->slip != NULL && failure->slip->item == self->item;
    bool rivals = failure != NULL && !named && self->item->field->type != TB_FIELD_SHARE;
    const tb_reads *reads = &self->equation->reads;
    for (size_t i = 0; i < reads->item_count; i++) {
        const tb_item *operand = reads->items[i];
        if (operand == self->item)
            continue;
        const tb_finding *finding = tb_mend_find_finding(self->search, operand);
        if (!tb_item_is_amount(operand) ||
            (finding != NULL && finding->severity == TB_ERROR_SEVERITY) ||
            (rivals && is_rival(self, operand, repaired)))
            return false;
    }
    return true;
}

/* False where the cell's notation of shares can't be told. */
static bool write_share(const tb_item *item, tb_decimal share, tb_cell *ret)
{
    tb_decimal points;
    const tb_cell *cell = item->cell;
    bool blank = cell == NULL || cell->type == TB_CELL_EMPTY;
    if (blank)
        return cell != NULL && cell->format.class_ == TB_FORMAT_PERCENT;
    if (cell->type != TB_CELL_NUMBER ||
        !tb_decimal_multiply(item->number, tb_decimal_of(100), &points))
        return false;
    if (tb_decimal_compare(cell->number, item->number) == 0)
        return true;
    return tb_decimal_compare(cell->number, points) == 0 &&
           tb_decimal_multiply(share, tb_decimal_of(100), &ret->number);
}

/* The number as the cell has to hold it. */
static bool write_number(const computation *self, tb_cell *ret)
{
    const tb_item *item = self->item;
    *ret = (tb_cell){.type = TB_CELL_NUMBER, .number = tb_decimal_normalize(self->value)};
    if (item->field->type == TB_FIELD_SHARE)
        return write_share(item, ret->number, ret);
    bool blank = item->cell == NULL || item->cell->type == TB_CELL_EMPTY;
    return blank || (item->cell->type == TB_CELL_NUMBER &&
                     tb_decimal_compare(item->cell->number, item->number) == 0);
}

/* The failure is about this cell, and no other cell is to blame for it. */
static bool is_to_blame(const tb_equation *equation, const tb_item *item)
{
    const tb_failure *failure = equation->failure;
    if (failure == NULL)
        return item->state == TB_ITEM_BLANK;
    const tb_failure *root = failure->cause != NULL ? failure->cause : failure;
    return root->item == item && (root->slip == NULL || root->slip->item == item);
}

static void try_equation(computation *self)
{
    tb_run *run = self->search->run;
    tb_sides sides;
    tb_cell cell;
    run->binding.record = self->equation->record;
    self->item = self->equation->rule->has_at
                     ? tb_binding_find_item(&run->binding, &self->equation->rule->at)
                     : NULL;
    const tb_item *item = self->item;
    if (item == NULL || (item->state != TB_ITEM_BLANK && !tb_item_is_amount(item)) ||
        tb_mend_find_finding(self->search, item) == NULL || !is_to_blame(self->equation, item) ||
        !computes(self->equation) || !tb_mend_owns_cell(self->search, item))
        return;
    tb_decimal now = item->state == TB_ITEM_BLANK ? tb_decimal_of(0) : item->number;
    if (!tb_run_sides(run, self->equation->rule, self->equation->record, item, now, &sides))
        return;
    self->value = sides.right;
    int repaired = count_repaired(self, item, self->value);
    if (repaired >= 0 && operands_are_right(self, repaired) && write_number(self, &cell))
        tb_mend_propose(self->search, TB_MEND_COMPUTED, item, &cell,
                        item->field->type == TB_FIELD_SHARE ? TB_MSG_RULE_MEND_SHARE
                                                            : TB_MSG_RULE_MEND_SUM,
                        TB_STR(""));
}

tb_status tb_mend_propose_computed(tb_mend_search *search, tb_error *error)
{
    computation self = {.search = search};
    tb_run *run = search->run;
    uint64_t limit = run->binding.values_read + TB_MAX_WHAT_IF_VALUES;
    tb_status status = tb_equations_gather(run, &self.equations, error);
    for (size_t i = 0; i < self.equations.count && status == TB_OK; i++) {
        self.equation = &self.equations.list[i];
        if (run->binding.values_read < limit)
            try_equation(&self);
    }
    return status;
}
