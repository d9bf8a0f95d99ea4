/*
 * Criteria as Calc reads them. Numbers are compared with numbers only, texts with texts; what is
 * unequal includes what is of the other kind or blank.
 */
#include "rule/criterion.h"

static const struct {
    tb_str sign;
    tb_criterion_operator op;
} signs[] = {
    {{"<>", 2}, TB_CRITERION_UNEQUAL},       {{"≠", sizeof "≠" - 1}, TB_CRITERION_UNEQUAL},
    {{"<=", 2}, TB_CRITERION_LESS_EQUAL},    {{"≤", sizeof "≤" - 1}, TB_CRITERION_LESS_EQUAL},
    {{">=", 2}, TB_CRITERION_GREATER_EQUAL}, {{"≥", sizeof "≥" - 1}, TB_CRITERION_GREATER_EQUAL},
    {{"<", 1}, TB_CRITERION_LESS},           {{">", 1}, TB_CRITERION_GREATER},
    {{"=", 1}, TB_CRITERION_EQUAL},
};

static bool is_plain(tb_str text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '*' || text.data[i] == '?' || text.data[i] == '~')
            return false;
    return true;
}

static void read_text(tb_str text, tb_criterion *criterion)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (!tb_str_starts(text, signs[i].sign))
            continue;
        criterion->op = signs[i].op;
        criterion->written = true;
        text = tb_str_slice(text, signs[i].sign.size, text.size);
        break;
    }
    criterion->text = text;
    criterion->plain = is_plain(text);
    criterion->is_number = tb_number_of_text(text, &criterion->number);
}

bool tb_criterion_make(const tb_value *value, tb_criterion *ret_criterion)
{
    *ret_criterion = (tb_criterion){.op = TB_CRITERION_EQUAL};
    if (value->type == TB_VALUE_ERROR || value->type == TB_VALUE_ARRAY)
        return false;
    if (value->type == TB_VALUE_TEXT) {
        read_text(value->as.text, ret_criterion);
        return true;
    }
    tb_value_error ignored;
    ret_criterion->is_number = true; /* a blank criterion is 0, as in Calc */
    return tb_value_to_number(value, &ret_criterion->number, &ignored);
}

static bool matches_order(tb_criterion_operator op, int order)
{
    switch (op) {
    case TB_CRITERION_EQUAL:
        return order == 0;
    case TB_CRITERION_UNEQUAL:
        return order != 0;
    case TB_CRITERION_LESS:
        return order < 0;
    case TB_CRITERION_LESS_EQUAL:
        return order <= 0;
    case TB_CRITERION_GREATER:
        return order > 0;
    case TB_CRITERION_GREATER_EQUAL:
        break;
    }
    return order >= 0;
}

/* "" is met by what is blank or an empty text, "=" by what is blank, "<>" by all else. */
static bool matches_empty(const tb_criterion *criterion, const tb_value *value)
{
    bool blank = value->type == TB_VALUE_BLANK;
    if (criterion->op == TB_CRITERION_UNEQUAL)
        return !blank;
    if (criterion->op != TB_CRITERION_EQUAL)
        return false;
    return blank ||
           (!criterion->written && value->type == TB_VALUE_TEXT && value->as.text.size == 0);
}

static bool matches_number(const tb_criterion *criterion, const tb_value *value)
{
    bool number = value->type == TB_VALUE_NUMBER || value->type == TB_VALUE_BOOLEAN;
    if (number) {
        tb_value sought = tb_value_of_number(criterion->number);
        return matches_order(criterion->op, tb_value_compare(value, &sought));
    }
    /* A criterion that was written as text also finds the text that looks like it. */
    bool same_text = value->type == TB_VALUE_TEXT && criterion->text.size > 0 &&
                     tb_str_equal(value->as.text, criterion->text);
    if (criterion->op == TB_CRITERION_UNEQUAL)
        return !same_text;
    return criterion->op == TB_CRITERION_EQUAL && same_text;
}

static bool equals_text(const tb_criterion *criterion, tb_str text, tb_effort *effort)
{
    return criterion->plain ? tb_text_equal_folded(criterion->text, text)
                            : tb_wildcard_matches(criterion->text, text, effort);
}

static bool matches_text(const tb_criterion *criterion, const tb_value *value, tb_effort *effort)
{
    bool unequal = criterion->op == TB_CRITERION_UNEQUAL;
    if (value->type != TB_VALUE_TEXT)
        return unequal;
    if (unequal || criterion->op == TB_CRITERION_EQUAL)
        return equals_text(criterion, value->as.text, effort) != unequal;
    return matches_order(criterion->op, tb_text_compare_folded(value->as.text, criterion->text));
}

bool tb_criterion_matches(const tb_criterion *criterion, const tb_value *value, tb_effort *effort)
{
    if (value->type == TB_VALUE_ERROR)
        return false;
    if (criterion->is_number)
        return matches_number(criterion, value);
    if (criterion->text.size == 0)
        return matches_empty(criterion, value);
    return matches_text(criterion, value, effort);
}

/* Nearly always a code is counted. */
static size_t count_text(tb_str text, const tb_value *values, size_t count)
{
    size_t matches = 0;
    for (size_t i = 0; i < count; i++)
        matches += values[i].type == TB_VALUE_TEXT && tb_text_equal_folded(text, values[i].as.text);
    return matches;
}

size_t tb_criterion_count(const tb_criterion *criterion, const tb_value *values, size_t count,
                          tb_effort *effort)
{
    size_t matches = 0;
    if (criterion->op == TB_CRITERION_EQUAL && criterion->plain && !criterion->is_number &&
        criterion->text.size > 0)
        return count_text(criterion->text, values, count);
    for (size_t i = 0; i < count; i++)
        matches += tb_criterion_matches(criterion, &values[i], effort);
    return matches;
}

/* One character of the pattern against one of the text; both move on. */
static bool match_character(tb_str pattern, size_t *at_pattern, tb_str text, size_t *at_text)
{
    size_t next = *at_pattern;
    uint32_t wanted = tb_text_next(pattern, &next);
    if (wanted == '~' && next < pattern.size)
        wanted = tb_text_next(pattern, &next);
    else if (wanted == '?')
        wanted = 0;
    uint32_t found = tb_text_next(text, at_text);
    char one[4], other[4];
    *at_pattern = next;
    if (wanted == 0 || wanted == found)
        return true;
    return tb_text_compare_folded((tb_str){one, tb_text_encode(wanted, one)},
                                  (tb_str){other, tb_text_encode(found, other)}) == 0;
}

#define EFFORT_AT_LEAST  100000
#define EFFORT_PER_VALUE 256

tb_effort tb_effort_for(size_t value_count)
{
    return (tb_effort){EFFORT_AT_LEAST + EFFORT_PER_VALUE * value_count};
}

/* Goes back to the last * only, which suffices. */
bool tb_wildcard_matches(tb_str pattern, tb_str text, tb_effort *effort)
{
    size_t at_pattern = 0, at_text = 0, star = SIZE_MAX, retry = 0;
    while (at_text < text.size) {
        if (effort->left == 0)
            return false;
        effort->left--;
        if (at_pattern < pattern.size && pattern.data[at_pattern] == '*') {
            star = ++at_pattern;
            retry = at_text;
            continue;
        }
        if (at_pattern < pattern.size && match_character(pattern, &at_pattern, text, &at_text))
            continue;
        if (star == SIZE_MAX)
            return false;
        at_pattern = star;
        at_text = retry;
        tb_text_next(text, &at_text);
        retry = at_text;
    }
    while (at_pattern < pattern.size && pattern.data[at_pattern] == '*')
        at_pattern++;
    return at_pattern == pattern.size;
}
