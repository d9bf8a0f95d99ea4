/*
 * The instructions of a part leave one value, and what jumps to the end of the part tells what it
 * is: an IF its BRANCH, AND and OR their gates.
 */
#include "rule/truth.h"

typedef struct compiler {
    tb_arena *arena;
    const tb_expression *expression;
    tb_test_set *tests;
    const tb_function *not_; /* the row of NOT */
    size_t test_count;       /* in this formula */
    size_t node_count;       /* of the operands, each as often as it occurs */
    bool no_memory;
} compiler;

/* ---- taking a formula apart ---- */

static bool compile_part(compiler *self, size_t from, size_t to, tb_truth *ret);

static bool is_jump_to(const tb_instruction *at, size_t index)
{
    bool jumps = at->op == TB_OP_BRANCH || at->op == TB_OP_JUMP || at->op == TB_OP_AND ||
                 at->op == TB_OP_OR || at->op == TB_OP_UNLESS_ERROR || at->op == TB_OP_UNLESS_NA;
    return jumps && at->b == index;
}

/* The first instruction from `from` on that jumps to `to`; `to` when none does. */
static size_t find_jump(const compiler *self, size_t from, size_t to)
{
    while (from < to && !is_jump_to(&self->expression->instructions[from], to))
        from++;
    return from;
}

static tb_truth *make_parts(compiler *self, tb_truth_kind kind, size_t count, tb_truth *ret)
{
    tb_truth *parts = tb_arena_array(self->arena, count, sizeof *parts);
    self->no_memory |= parts == NULL;
    *ret = (tb_truth){.kind = kind, .part_count = count, .parts = parts};
    return parts;
}

/* condition BRANCH value JUMP other */
static bool compile_if(compiler *self, size_t from, size_t branch, size_t to, tb_truth *ret)
{
    size_t other = self->expression->instructions[branch].a;
    tb_truth *parts = make_parts(self, TB_TRUTH_IF, 3, ret);
    return parts != NULL && compile_part(self, from, branch, &parts[0]) &&
           compile_part(self, branch + 1, other - 1, &parts[1]) &&
           compile_part(self, other, to, &parts[2]);
}

/* blank { value gate } DECIDED */
static bool compile_gate(compiler *self, size_t from, size_t gate, size_t to, tb_truth *ret)
{
    size_t count = 0;
    tb_truth_kind kind =
        self->expression->instructions[gate].op == TB_OP_AND ? TB_TRUTH_AND : TB_TRUTH_OR;
    for (size_t i = gate; i < to; i = find_jump(self, i + 1, to))
        count++;
    tb_truth *parts = make_parts(self, kind, count, ret);
    bool ok = parts != NULL;
    from++;
    for (size_t i = 0; i < count && ok; i++) {
        ok = compile_part(self, from, gate, &parts[i]);
        from = gate + 1;
        gate = find_jump(self, from, to);
    }
    return ok;
}

static bool is_not(const compiler *self, const tb_instruction *at)
{
    return at->op == TB_OP_CALL && self->expression->calls[at->a].function == self->not_;
}

static bool compile_test(compiler *self, size_t from, size_t to, tb_truth *ret)
{
    *ret = (tb_truth){.kind = TB_TRUTH_TEST};
    self->no_memory |=
        !tb_test_set_add(self->tests, self->arena, self->expression, from, to, &ret->test);
    if (self->no_memory)
        return false;
    self->node_count += self->tests->tests[ret->test].node_count;
    if (self->node_count > self->tests->operands.most_nodes)
        self->tests->operands.most_nodes = self->node_count;
    return ++self->test_count <= TB_TRUTH_MAX_TESTS;
}

/* False when there are too many tests, or no memory. */
static bool compile_part(compiler *self, size_t from, size_t to, tb_truth *ret)
{
    const tb_instruction *instructions = self->expression->instructions;
    size_t jump = find_jump(self, from, to);
    if (jump < to && instructions[jump].op == TB_OP_BRANCH)
        return compile_if(self, from, jump, to, ret);
    if (jump < to && (instructions[jump].op == TB_OP_AND || instructions[jump].op == TB_OP_OR))
        return compile_gate(self, from, jump, to, ret);
    if (jump < to || !is_not(self, &instructions[to - 1]))
        return compile_test(self, from, to, ret);
    tb_truth *part = make_parts(self, TB_TRUTH_NOT, 1, ret);
    return part != NULL && compile_part(self, from, to - 1, part);
}

tb_status tb_truth_compile(tb_arena *arena, const tb_expression *expression, tb_test_set *tests,
                           const tb_truth **ret_truth, tb_error *error)
{
    compiler self = {.arena = arena,
                     .expression = expression,
                     .tests = tests,
                     .not_ = tb_function_find(TB_STR("NOT"))};
    tb_truth *made = tb_arena_alloc(arena, sizeof *made);
    if (made != NULL && compile_part(&self, 0, expression->instruction_count, made))
        *ret_truth = made;
    return made == NULL || self.no_memory ? tb_error_memory(error) : TB_OK;
}

bool tb_truth_read_subject(const tb_truth *truth, const tb_test_set *tests, tb_subject *subject)
{
    if (truth->kind == TB_TRUTH_TEST) {
        const tb_test *test = &tests->tests[truth->test];
        return tb_subject_read(subject, test->expression, test->from, test->to);
    }
    bool ok = true;
    for (size_t i = 0; i < truth->part_count && ok; i++)
        ok = tb_truth_read_subject(&truth->parts[i], tests, subject);
    return ok;
}
