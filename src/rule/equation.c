/*
 * Gathering equations.
 */
#include "rule/equation.h"

typedef struct gatherer {
    tb_run *run;
    const tb_compiled_rule *rule;
    tb_equations *equations;
} gatherer;

static tb_failure *find_failure(const tb_run *run, const tb_compiled_rule *rule,
                                const tb_record *record)
{
    for (size_t i = 0; i < run->failure_count; i++)
        if (run->failures[i]->rule == rule && run->failures[i]->record == record)
            return run->failures[i];
    return NULL;
}

static tb_equation *push(gatherer *self)
{
    tb_equations *equations = self->equations;
    if (equations->count == equations->capacity) {
        size_t wanted = equations->capacity == 0 ? 32 : equations->capacity * 2;
        tb_equation *grown = tb_arena_grow(self->run->arena, equations->list, equations->count,
                                           wanted, sizeof *grown);
        if (grown == NULL)
            return NULL;
        equations->list = grown;
        equations->capacity = wanted;
    }
    return &equations->list[equations->count++];
}

static tb_status gather_record(void *context, const tb_record *record, tb_error *error)
{
    gatherer *self = context;
    tb_equation *equation = push(self);
    if (equation == NULL)
        return tb_error_memory(error);
    *equation = (tb_equation){.rule = self->rule,
                              .record = record,
                              .failure = find_failure(self->run, self->rule, record)};
    tb_binding *binding = &self->run->binding;
    binding->record = record;
    binding->reads = &equation->reads;
    tb_expression_evaluate(self->rule->formula, &binding->environment);
    binding->reads = NULL;
    tb_arena_reset(self->run->scratch);
    return binding->no_memory ? tb_error_memory(error) : TB_OK;
}

tb_status tb_equations_gather(tb_run *run, tb_equations *ret_equations, tb_error *error)
{
    *ret_equations = (tb_equations){0};
    tb_status status = TB_OK;
    for (size_t i = 0; i < run->book->rule_count && status == TB_OK; i++) {
        gatherer self = {run, &run->book->rules[i], ret_equations};
        if (self.rule->is_equation)
            status = tb_run_visit(run, self.rule, gather_record, &self, error);
    }
    return status;
}

bool tb_item_is_amount(const tb_item *item)
{
    return item->state == TB_ITEM_VALID &&
           (item->field->type == TB_FIELD_AMOUNT || item->field->type == TB_FIELD_NUMBER ||
            item->field->type == TB_FIELD_SHARE);
}
