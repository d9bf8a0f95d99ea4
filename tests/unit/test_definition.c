/*
 * Reading definitions: the shipped ones are read whole; whatever is wrong in one is told with its
 * place. The rows of `mistakes` are data: a small definition with one part replaced, the place and
 * the message.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/platform.h"
#include "form/definition.h"

static tb_status read_text(tb_arena *arena, tb_str text, const tb_definition **ret, tb_error *error)
{
    return tb_definition_read(arena, text, "form.json", ret, error);
}

static const char head[] =
    "{\"id\": \"f\", \"version\": \"1\", \"title\": {\"zh\": \"表\", \"en\": \"Form\"},\n"
    "\"recognise\": {\"labels\": [\"表\"]},\n";

static const struct {
    const char *body; /* from the third line on */
    const char *message;
} mistakes[] = {
    {"\"rules\": [}", "form.json:3:11: this is not valid JSON; check quotes, commas and brackets."},
    {"\"rule\": []}",
     "form.json:3:1: unknown key “rule”; allowed here: $schema, id, version, title, recognise, "
     "parameters, lists, fields, matrices, tables, entries, blocks, filer, year, date, identity, "
     "rules, across."},
    {"\"fields\": []}", "form.json:1:1: the required key “rules” is missing."},
    {"\"rules\": [], \"rules\": []}",
     "form.json:3:23: the key “rules” stands here twice; remove one."},
    {"\"rules\": [], \"filer\": \"office\"}", "form.json:3:23: “f” has no field “office”."},
    {"\"rules\": [], \"year\": \"last + 1\"}", "form.json:3:22: “f” has no field “last + 1”."},
    {"\"rules\": [], \"date\": \"day\"}", "form.json:3:22: “f” has no field “day”."},
    {"\"rules\": [], \"identity\": [\"office\"]}", "form.json:3:26: “f” has no field “office”."},
    {"\"rules\": {}}", "form.json:3:10: “rules” must be an array [ … ]."},
    {"\"rules\": [], \"parameters\": [{\"id\": \"p\", \"value\": 3, \"note\": {\"zh\": \"数\", "
     "\"en\": \"n\"}}]}",
     "form.json:3:50: “value” must be a text that is not empty."},
    {"\"rules\": [], \"parameters\": [{\"id\": \"p\", \"value\": \"3\", \"note\": {\"zh\": "
     "\"数\"}}]}",
     "form.json:3:63: the required key “en” is missing."},
    {"\"rules\": [], \"fields\": [{\"id\": \"a b\", \"name\": {\"zh\": \"甲\", \"en\": \"A\"}, "
     "\"type\": \"text\"}]}",
     "form.json:3:32: “a b” is no id: a letter, then letters, digits, “_” and “-”."},
    {"\"rules\": [], \"fields\": [{\"id\": \"a\", \"name\": {\"zh\": \"甲\", \"en\": \"A\"}, "
     "\"type\": \"money\"}]}",
     "form.json:3:77: unknown “money”; allowed here: text, amount, number, share, date, year, "
     "phone, "
     "code, indicator."},
    {"\"rules\": [], \"fields\": [{\"id\": \"a\", \"name\": {\"zh\": \"甲\", \"en\": \"A\"}, "
     "\"type\": \"text\"}]}",
     "form.json:3:25: the required key “labels” is missing."},
    {"\"rules\": [], \"fields\": [{\"id\": \"a\", \"name\": {\"zh\": \"甲\", \"en\": \"A\"}, "
     "\"type\": \"text\",\n"
     "\"labels\": [\"甲（{b}）\"]}]}",
     "form.json:4:12: the { } in the label “甲（{b}）” is no field of this form."},
    {"\"rules\": [], \"fields\": [{\"id\": \"a\", \"name\": {\"zh\": \"甲\", \"en\": \"A\"}, "
     "\"type\": \"text\",\n"
     "\"labels\": [\"甲{a\"]}]}",
     "form.json:4:12: “{” has no “}” in the label “甲{a”."},
    {"\"rules\": [], \"fields\": [{\"id\": \"a\", \"name\": {\"zh\": \"甲\", \"en\": \"A\"}, "
     "\"type\": \"text\",\n"
     "\"labels\": [\"{a}\"]}]}",
     "form.json:4:12: the label “{a}” has no text beside { } to look for."},
    {"\"rules\": [{\"id\": \"R\", \"severity\": \"error\", \"for\": \"t\", \"formula\": \"TRUE\",\n"
     "\"message\": {\"zh\": \"错\", \"en\": \"bad\"}, \"basis\": \"form\", \"basis_note\": "
     "{\"zh\": \"注\", \"en\": \"n\"}}]}",
     "form.json:3:51: there is no table or block “t”."},
    {"\"rules\": [{\"id\": \"R\", \"severity\": \"error\", \"at\": \"x\", \"formula\": \"TRUE\",\n"
     "\"message\": {\"zh\": \"错\", \"en\": \"bad\"}, \"basis\": \"form\", \"basis_note\": "
     "{\"zh\": \"注\", \"en\": \"n\"}}]}",
     "form.json:3:50: “f” has no field “x”."},
    {"\"rules\": [{\"id\": \"R\", \"severity\": \"error\",\n"
     "\"message\": {\"zh\": \"错\", \"en\": \"bad\"}, \"basis\": \"form\", \"basis_note\": "
     "{\"zh\": \"注\", \"en\": \"n\"}}]}",
     "form.json:3:11: a rule has either a formula or a check."},
    {"\"rules\": [], \"lists\": [{\"id\": \"l\", \"name\": {\"zh\": \"甲\", \"en\": \"A\"}, "
     "\"codes\": "
     "[{\"code\": \"一\", \"aliases\": [\"二\"]}, {\"code\": \"二\"}]}]}",
     "form.json:3:24: the code “二” or an alias of it belongs to another code of this list."},
};

static void mistakes_are_told_with_their_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        tb_arena arena;
        tb_arena_init(&arena, TB_MAX_DEFINITION_MEMORY);
        tb_buffer text, message;
        tb_buffer_init(&text, 1 << 16);
        tb_buffer_init(&message, 1 << 16);
        tb_buffer_cstr(&text, head);
        tb_buffer_cstr(&text, mistakes[i].body);
        tb_error error;
        const tb_definition *definition = NULL;
        assert_int_equal(read_text(&arena, tb_buffer_get(&text), &definition, &error), TB_INVALID);
        error.excerpt[0] = '\0';
        tb_error_format(&message, TB_LANGUAGE_EN, &error);
        assert_string_equal(message.data, mistakes[i].message);
        tb_buffer_done(&message);
        tb_buffer_done(&text);
        tb_arena_done(&arena);
    }
}

static void a_mistake_is_shown_in_its_line(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 20);
    tb_error error;
    const tb_definition *definition = NULL;
    tb_str text = TB_STR("{\"id\": \"f\", \"version\": \"1\", \"表\": 1}");
    assert_int_equal(read_text(&arena, text, &definition, &error), TB_INVALID);
    assert_string_equal(error.excerpt, "  {\"id\": \"f\", \"version\": \"1\", \"表\": 1}\n"
                                       "                              ^~~~");
    tb_arena_done(&arena);
}

static tb_buffer shipped; /* the shipped definition's JSON */

static void the_shipped_definition_is_read(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, TB_MAX_DEFINITION_MEMORY);
    const tb_definition *definition = NULL;
    tb_error error;
    tb_status status = read_text(&arena, tb_buffer_get(&shipped), &definition, &error);
    if (status != TB_OK) {
        tb_buffer message;
        tb_buffer_init(&message, 1 << 16);
        tb_error_format(&message, TB_LANGUAGE_EN, &error);
        fail_msg("%s", message.data);
    }
    const tb_field *field = tb_scope_find_field(definition->root, TB_STR("income.total.current"));
    assert_non_null(field);
    assert_ptr_equal(field, tb_scope_find_field(definition->root, TB_STR("收入合计.当年金额")));
    assert_non_null(tb_definition_find_scope(definition, TB_STR("annual_goals.indicators")));
    const tb_code *code =
        tb_code_list_find(&definition->lists[1], &arena, TB_STR("可持续影响 效益指标"));
    assert_non_null(code);
    assert_true(tb_str_equal(code->code, TB_STR("可持续影响指标")));
    assert_true(tb_str_equal(code->parent->code, TB_STR("效益指标")));
    assert_true(definition->rule_count > 50);
    assert_true(definition->rules[0].formula_line > 100);
    tb_arena_done(&arena);
}

/* Damaged definitions fail cleanly, whatever is damaged; the seed is fixed. */
static void damaged_definitions_fail_cleanly(void **state)
{
    (void)state;
    uint32_t seed = 20240611;
    char *copy = malloc(shipped.size);
    assert_non_null(copy);
    for (int round = 0; round < 400; round++) {
        memcpy(copy, shipped.data, shipped.size);
        for (int i = 0; i < 3; i++) {
            seed = seed * 1664525u + 1013904223u;
            size_t at = (seed >> 8) % shipped.size;
            seed = seed * 1664525u + 1013904223u;
            copy[at] = i == 0 ? "{}[]\",:0x\\"[(seed >> 8) % 10] : copy[(seed >> 8) % shipped.size];
        }
        size_t size = round % 4 == 0 ? (seed >> 8) % shipped.size : shipped.size;
        tb_arena arena;
        tb_arena_init(&arena, TB_MAX_DEFINITION_MEMORY);
        const tb_definition *definition = NULL;
        tb_error error;
        tb_status status = read_text(&arena, (tb_str){copy, size}, &definition, &error);
        assert_true((status == TB_OK) == (definition != NULL));
        tb_arena_done(&arena);
    }
    free(copy);
}

static void memory_runs_out_cleanly(void **state)
{
    (void)state;
    for (size_t max = 1000; max < 1000000; max = max * 3 / 2) {
        tb_arena arena;
        tb_arena_init(&arena, max);
        const tb_definition *definition = NULL;
        tb_error error;
        tb_status status = read_text(&arena, tb_buffer_get(&shipped), &definition, &error);
        assert_true(status == TB_OK || status == TB_NO_MEMORY);
        tb_arena_done(&arena);
    }
}

static void deep_definitions_are_refused(void **state)
{
    (void)state;
    char deep[200];
    memset(deep, '[', sizeof deep);
    tb_arena arena;
    tb_arena_init(&arena, 1 << 20);
    const tb_definition *definition = NULL;
    tb_error error;
    assert_int_equal(read_text(&arena, (tb_str){deep, sizeof deep}, &definition, &error),
                     TB_INVALID);
    assert_int_equal(error.message, TB_MSG_FORM_JSON_DEEP);
    tb_arena_done(&arena);
}

int main(int argc, char **argv)
{
    tb_buffer_init(&shipped, TB_MAX_DEFINITION_SIZE);
    if (argc < 2 || tb_platform_read_file(argv[1], &shipped, NULL) != TB_OK)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_definition_is_read),
        cmocka_unit_test(mistakes_are_told_with_their_place),
        cmocka_unit_test(a_mistake_is_shown_in_its_line),
        cmocka_unit_test(damaged_definitions_fail_cleanly),
        cmocka_unit_test(memory_runs_out_cleanly),
        cmocka_unit_test(deep_definitions_are_refused),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    tb_buffer_done(&shipped);
    return failed;
}
