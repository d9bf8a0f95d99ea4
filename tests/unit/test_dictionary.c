/*
 * The dictionary of contents: what is read through it is what is read without it, also when it is
 * full and emptied; what stands in another field is another content.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "form/values.h"

#define ROOM (64 << 10)

static const tb_field indicator = {.id = TB_STR("value"), .type = TB_FIELD_INDICATOR};
static const tb_field other = {.id = TB_STR("actual"), .type = TB_FIELD_INDICATOR};
static const tb_field year = {.id = TB_STR("year"), .type = TB_FIELD_YEAR};

typedef struct reading {
    tb_arena arena;
    tb_dictionary *dictionary;
} reading;

static void begin(reading *self)
{
    tb_arena_init(&self->arena, 1 << 24);
    self->dictionary = tb_dictionary_new(ROOM);
    assert_non_null(self->dictionary);
}

static void end(reading *self)
{
    tb_arena_done(&self->arena);
    tb_dictionary_free(self->dictionary);
}

static tb_item read_text(reading *self, const tb_field *field, const char *text)
{
    tb_value_reader reader = {&self->arena, self->dictionary};
    tb_item item = {.field = field};
    assert_true(tb_value_read_text(&reader, tb_str_of(text), &item));
    return item;
}

static void assert_like(const tb_item *a, const tb_item *b)
{
    assert_int_equal(a->state, b->state);
    assert_true(tb_str_equal(a->text, b->text));
    assert_int_equal(a->decimals, b->decimals);
    assert_int_equal(tb_decimal_compare(a->number, b->number), 0);
    assert_int_equal(a->indicator != NULL, b->indicator != NULL);
    if (a->indicator == NULL)
        return;
    assert_int_equal(a->indicator->kind, b->indicator->kind);
    assert_int_equal(a->indicator->operator_, b->indicator->operator_);
    assert_int_equal(tb_decimal_compare(a->indicator->number, b->indicator->number), 0);
    assert_true(tb_str_equal(a->indicator->unit, b->indicator->unit));
}

static const char *const texts[] = {"≥95%",     " ≤80万元 ", "每季度1次", "2024年",
                                    "有效保障", "每万人3人", "年",        "12月31日前"};
#define TEXT_COUNT (sizeof texts / sizeof texts[0])

static void what_is_known_is_what_was_read(void **state)
{
    (void)state;
    static const tb_field *const fields[] = {&indicator, &other, &year};
    reading without = {0}, with;
    begin(&with);
    tb_arena_init(&without.arena, 1 << 20);
    for (size_t i = 0; i < 4 * TEXT_COUNT * 3; i++) {
        const tb_field *field = fields[i % 3];
        tb_item a = read_text(&without, field, texts[i / 3 % TEXT_COUNT]);
        tb_item b = read_text(&with, field, texts[i / 3 % TEXT_COUNT]);
        assert_like(&a, &b);
    }
    tb_dictionary_counts counts = tb_dictionary_count(with.dictionary);
    assert_int_equal(counts.known + counts.unknown, 4 * 3 * TEXT_COUNT);
    /* All but the first of each, unless two push each other out of the table of what was seen. */
    assert_in_range(counts.known, 3 * TEXT_COUNT, 4 * 3 * TEXT_COUNT);
    end(&with);
    tb_arena_done(&without.arena);
}

/* A text that is known is known in every field. */
static void fields_have_contents_of_their_own(void **state)
{
    (void)state;
    reading self;
    begin(&self);
    assert_null(read_text(&self, &indicator, "95%").content);
    tb_content *one = read_text(&self, &indicator, "95%").content;
    tb_content *two = read_text(&self, &other, "95%").content;
    assert_true(one != NULL && two != NULL && one != two);
    assert_ptr_equal(read_text(&self, &indicator, "\n95% ").content, one);
    uint8_t *facts = tb_dictionary_facts(self.dictionary, one, &indicator, 3);
    assert_non_null(facts);
    assert_int_equal(facts[0] + facts[1] + facts[2], 0);
    assert_ptr_equal(tb_dictionary_facts(self.dictionary, one, &indicator, 3), facts);
    assert_ptr_not_equal(tb_dictionary_facts(self.dictionary, one, &other, 5), facts);
    assert_null(tb_dictionary_facts(self.dictionary, one, &year, 5)); /* one owner too many */
    assert_null(two->facts[0].owner);
    assert_true(tb_str_equal(tb_dictionary_key(self.dictionary, one), TB_STR("95%")));
    end(&self);
}

/* What is known of two contents is kept from the second time on that they stand together. */
static void two_contents_together_have_facts(void **state)
{
    (void)state;
    reading self;
    begin(&self);
    read_text(&self, &indicator, "95%");
    read_text(&self, &indicator, "98%");
    const tb_content *one = read_text(&self, &indicator, "95%").content;
    const tb_content *two = read_text(&self, &indicator, "98%").content;
    assert_null(tb_dictionary_pair_facts(self.dictionary, one, two, &indicator, 3));
    uint8_t *facts = tb_dictionary_pair_facts(self.dictionary, one, two, &indicator, 3);
    assert_non_null(facts);
    assert_int_equal(facts[0] + facts[1] + facts[2], 0);
    facts[1] = 7;
    assert_ptr_equal(tb_dictionary_pair_facts(self.dictionary, one, two, &indicator, 3), facts);
    assert_int_equal(facts[1], 7);
    assert_null(tb_dictionary_pair_facts(self.dictionary, two, one, &indicator, 3));
    assert_null(tb_dictionary_pair_facts(self.dictionary, one, two, &other, 3));
    assert_null(tb_dictionary_pair_facts(self.dictionary, one, one, &indicator, ROOM));
    assert_null(tb_dictionary_pair_facts(self.dictionary, one, one, &indicator, ROOM));
    tb_dictionary_begin(self.dictionary);
    assert_int_equal(tb_dictionary_count(self.dictionary).emptied, 1);
    end(&self);
}

/* Two forms of more contents than there is room for: what was read stays as it is until the next
 * form begins. */
static void a_full_dictionary_is_emptied_between_forms(void **state)
{
    (void)state;
    reading self;
    char text[32];
    begin(&self);
    tb_item first = {0};
    for (int form = 0; form < 4; form++) {
        tb_dictionary_begin(self.dictionary);
        assert_int_equal(tb_dictionary_count(self.dictionary).emptied, form);
        for (int i = 0; i < 1000; i++) {
            snprintf(text, sizeof text, "≥%d万元", form * 1000 + i);
            read_text(&self, &indicator, text);
            read_text(&self, &indicator, text);
            tb_item again = read_text(&self, &indicator, text);
            assert_int_equal(
                tb_decimal_compare(again.indicator->number, tb_decimal_of(form * 1000 + i)), 0);
            if (i == 0)
                first = again;
        }
        assert_non_null(first.content);
        assert_int_equal(tb_decimal_compare(first.indicator->number, tb_decimal_of(form * 1000)),
                         0);
        assert_true(tb_str_equal(first.indicator->unit, TB_STR("万元")));
        assert_true(tb_dictionary_arena(self.dictionary)->total <= ROOM);
        assert_null(tb_dictionary_facts(self.dictionary, first.content, &other, ROOM));
    }
    end(&self);
}

/* A field whose contents never recur is hardly looked up any more, until they do. */
static void a_field_without_recurring_contents_is_passed_over(void **state)
{
    (void)state;
    reading self;
    char text[32];
    int kept = 0; /* where two have the same mark */
    begin(&self);
    for (int i = 0; i < 1000; i++) {
        snprintf(text, sizeof text, "≥%d户", i);
        kept += read_text(&self, &indicator, text).content != NULL;
    }
    assert_in_range(kept, 0, 10);
    for (int i = 0; i < 4; i++)
        assert_null(read_text(&self, &indicator, "≥95%").content);
    for (int i = 0; i < 1000; i++)
        read_text(&self, &indicator, "≥95%");
    assert_non_null(read_text(&self, &indicator, "≥95%").content);
    assert_non_null(read_text(&self, &indicator, "≥95%").content);
    end(&self);
}

static void sentences_are_not_kept(void **state)
{
    (void)state;
    char text[400];
    reading self;
    begin(&self);
    for (size_t i = 0; i + 1 < sizeof text; i++)
        text[i] = 'x';
    text[sizeof text - 1] = '\0';
    for (int i = 0; i < 3; i++)
        assert_null(read_text(&self, &indicator, text).content);
    end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_is_what_was_read),
        cmocka_unit_test(fields_have_contents_of_their_own),
        cmocka_unit_test(two_contents_together_have_facts),
        cmocka_unit_test(a_full_dictionary_is_emptied_between_forms),
        cmocka_unit_test(a_field_without_recurring_contents_is_passed_over),
        cmocka_unit_test(sentences_are_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
