/*
 * Runs the language's examples: *.test files, and the blocks ```formula of LANGUAGE.md.
 *
 *   let 基本支出 = 4386.83                      a name for what follows; {1; ; "a"} is an array
 *   ROUND(基本支出; 1) → 4386.8                 a formula and its value
 *
 *   基本支出 +                                  over several lines where it is long or wrong
 *   ✗ 1:7 The formula ends too early: …         line:column and message
 *     基本支出 +                                what tb_formula_error_caret shows
 *               ^
 *
 * `language zh` switches the messages. # begins a comment line. With --print the values are printed
 * and compared with nothing, for calc_judge.py.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/message.h"
#include "rule/expression.h"
#include "rule/form_functions.h"

#define NAMES_MAX   64
#define MEMORY_MAX  ((size_t)64 << 20)
#define BLOCK_BEGIN "```formula"
#define BLOCK_END   "```"

typedef struct name {
    tb_str text;
    tb_value value;
} name;

typedef struct runner {
    const char *path;
    size_t line; /* of the line in hand */
    bool print;  /* and do not compare */
    bool markdown, in_block;
    tb_language language;
    name names[NAMES_MAX];
    size_t name_count;
    tb_arena names_arena; /* of names and their values */
    tb_arena arena;       /* of one formula */
    tb_buffer formula, expected;
    size_t formula_line;
    size_t passed, failed;
} runner;

static bool resolve(void *self, tb_str text, tb_reference *ret, tb_str *ret_near)
{
    runner *r = self;
    for (size_t i = r->name_count; i-- > 0;) { /* the last one said */
        if (tb_str_equal(r->names[i].text, text)) {
            *ret = (tb_reference){.target = &r->names[i]};
            return true;
        }
        if (text.size > 4 && tb_str_starts(r->names[i].text, tb_str_slice(text, 0, text.size - 3)))
            *ret_near = r->names[i].text;
    }
    return false;
}

static const tb_value *get(void *self, const tb_reference *reference, tb_value *room)
{
    (void)self;
    (void)room;
    return &((const name *)reference->target)->value;
}

static void report_error(runner *r, tb_str source, const tb_formula_error *where,
                         const tb_error *error, tb_buffer *out)
{
    tb_buffer_cstr(out, "✗ ");
    tb_buffer_uint(out, where->line);
    tb_buffer_char(out, ':');
    tb_buffer_uint(out, where->column);
    tb_buffer_char(out, ' ');
    tb_error_format(out, r->language, error);
    tb_buffer_char(out, '\n');
    tb_formula_error_caret(out, source, where);
}

/* Evaluates and appends what a test expects: "→ value" or "✗ 1:1 message" with the caret. */
static tb_value evaluate(runner *r, tb_arena *arena, tb_str source, tb_buffer *out)
{
    const tb_expression *expression;
    tb_formula_error where;
    tb_error error;
    tb_resolver resolver = {resolve, r};
    tb_environment environment = {get, r, arena};
    size_t function_count = 0;
    const tb_function *functions = tb_form_functions(&function_count);
    if (tb_expression_compile(arena, source, &resolver, functions, function_count, &expression,
                              &where, &error) != TB_OK) {
        report_error(r, source, &where, &error, out);
        return tb_value_of_error(TB_VALUE_ERROR_VALUE);
    }
    tb_value value = tb_expression_evaluate(expression, &environment);
    tb_buffer_cstr(out, value.type == TB_VALUE_BLANK ? "→" : "→ ");
    tb_value_format(out, &value, true);
    tb_buffer_char(out, '\n');
    return value;
}

/* ---- let ---- */

static void fail_file(const runner *r, const char *problem)
{
    fprintf(stderr, "%s:%zu: %s\n", r->path, r->line, problem);
    exit(1);
}

static tb_value read_scalar(runner *r, tb_str text)
{
    tb_buffer ignored;
    tb_value value = tb_value_blank();
    text = tb_str_trim(text);
    tb_buffer_init(&ignored, TB_MAX_OUTPUT_SIZE);
    if (text.size > 0)
        value = evaluate(r, &r->names_arena, text, &ignored);
    tb_buffer_done(&ignored);
    value.origin = r; /* read from a field */
    return value;
}

static tb_value read_array(runner *r, tb_str inside)
{
    size_t count = 0;
    tb_value *values = tb_arena_array(&r->names_arena, inside.size + 1, sizeof *values);
    for (;;) {
        ptrdiff_t end = tb_str_find(inside, TB_STR(";"));
        values[count++] = read_scalar(r, end < 0 ? inside : tb_str_slice(inside, 0, (size_t)end));
        if (end < 0)
            break;
        inside = tb_str_slice(inside, (size_t)end + 1, inside.size);
    }
    return tb_value_of_array(count, values);
}

static void define_name(runner *r, tb_str line)
{
    ptrdiff_t equal = tb_str_find(line, TB_STR(" ="));
    if (equal < 0 || r->name_count == NAMES_MAX)
        fail_file(r, "expected: let NAME = VALUE");
    tb_str text = tb_str_trim(tb_str_slice(line, (size_t)equal + 2, line.size));
    bool array = tb_str_starts(text, TB_STR("{")) && tb_str_ends(text, TB_STR("}"));
    tb_value value =
        array ? read_array(r, tb_str_slice(text, 1, text.size - 1)) : read_scalar(r, text);
    tb_str known = tb_arena_dup(&r->names_arena, tb_str_slice(line, 0, (size_t)equal));
    r->names[r->name_count++] = (name){known, value};
}

/* ---- cases ---- */

static void finish_case(runner *r)
{
    tb_buffer actual;
    if (r->expected.size == 0 && r->formula.size > 0)
        fail_file(r, "a formula without → or ✗");
    if (r->expected.size == 0)
        return;
    tb_buffer_init(&actual, TB_MAX_OUTPUT_SIZE);
    evaluate(r, &r->arena, tb_buffer_get(&r->formula), &actual);
    if (r->print) {
        fputs(actual.data, stdout);
    } else if (tb_str_equal(tb_buffer_get(&actual), tb_buffer_get(&r->expected))) {
        r->passed++;
    } else {
        r->failed++;
        printf("%s:%zu: %s\nexpected:\n%sactual:\n%s\n", r->path, r->formula_line, r->formula.data,
               r->expected.data, actual.data);
    }
    tb_buffer_done(&actual);
    tb_arena_reset(&r->arena);
    tb_buffer_reset(&r->formula);
    tb_buffer_reset(&r->expected);
}

static void append_line(tb_buffer *buffer, tb_str line, bool ended)
{
    if (!ended && buffer->size > 0)
        tb_buffer_char(buffer, '\n');
    tb_buffer_text(buffer, line);
    if (ended)
        tb_buffer_char(buffer, '\n');
}

/* The last " →" of a line, or -1. */
static ptrdiff_t find_arrow(tb_str line)
{
    ptrdiff_t arrow = -1;
    for (size_t at = 0; at < line.size; at++) {
        ptrdiff_t next = tb_str_find(tb_str_slice(line, at, line.size), TB_STR(" →"));
        if (next < 0)
            break;
        arrow = (ptrdiff_t)at + next;
        at = (size_t)arrow;
    }
    return arrow;
}

static void read_line(runner *r, tb_str line)
{
    if (line.size == 0) {
        finish_case(r);
        return;
    }
    if (tb_str_starts(line, TB_STR("→ ")) || tb_str_starts(line, TB_STR("✗ ")) ||
        r->expected.size > 0) {
        append_line(&r->expected, line, true);
        if (tb_str_starts(line, TB_STR("→ ")))
            finish_case(r);
        return;
    }
    if (r->formula.size == 0)
        r->formula_line = r->line;
    ptrdiff_t arrow = find_arrow(line);
    if (arrow < 0) {
        append_line(&r->formula, line, false);
        return;
    }
    append_line(&r->formula, tb_str_trim(tb_str_slice(line, 0, (size_t)arrow)), false);
    append_line(&r->expected, tb_str_slice(line, (size_t)arrow + 1, line.size), true);
    finish_case(r);
}

static void read_directive_or_line(runner *r, tb_str line)
{
    bool fresh = r->formula.size == 0 && r->expected.size == 0;
    if (fresh && tb_str_starts(line, TB_STR("#")))
        return;
    if (fresh && tb_str_starts(line, TB_STR("let ")))
        define_name(r, tb_str_slice(line, 4, line.size));
    else if (fresh && tb_str_starts(line, TB_STR("language ")))
        r->language = tb_str_ends(line, TB_STR("zh")) ? TB_LANGUAGE_ZH : TB_LANGUAGE_EN;
    else
        read_line(r, line);
}

static void read_markdown_line(runner *r, tb_str line)
{
    if (!r->in_block) {
        r->in_block = tb_str_equal(line, TB_STR(BLOCK_BEGIN));
        return;
    }
    if (!tb_str_equal(line, TB_STR(BLOCK_END))) {
        read_directive_or_line(r, line);
        return;
    }
    finish_case(r);
    r->in_block = false;
}

static void run_file(runner *r, const char *path)
{
    char line[4096];
    FILE *file = fopen(path, "rb");
    r->path = path;
    r->line = r->name_count = 0;
    r->language = TB_LANGUAGE_EN;
    r->markdown = tb_str_ends(tb_str_of(path), TB_STR(".md"));
    if (file == NULL)
        fail_file(r, "can't be opened");
    while (fgets(line, sizeof line, file) != NULL) {
        r->line++;
        line[strcspn(line, "\r\n")] = '\0';
        if (r->markdown)
            read_markdown_line(r, tb_str_of(line));
        else
            read_directive_or_line(r, tb_str_of(line));
    }
    finish_case(r);
    fclose(file);
}

int main(int argc, char **argv)
{
    static runner r;
    tb_arena_init(&r.arena, MEMORY_MAX);
    tb_arena_init(&r.names_arena, MEMORY_MAX);
    tb_buffer_init(&r.formula, TB_MAX_OUTPUT_SIZE);
    tb_buffer_init(&r.expected, TB_MAX_OUTPUT_SIZE);
    r.print = argc > 1 && strcmp(argv[1], "--print") == 0;
    for (int i = r.print ? 2 : 1; i < argc; i++)
        run_file(&r, argv[i]);
    if (!r.print)
        printf("%zu passed, %zu failed\n", r.passed, r.failed);
    tb_buffer_done(&r.formula);
    tb_buffer_done(&r.expected);
    tb_arena_done(&r.arena);
    tb_arena_done(&r.names_arena);
    return r.failed > 0 || (r.passed == 0 && !r.print);
}
