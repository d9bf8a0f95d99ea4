/*
 * text = { any character | "{" name "}" }
 */
#include "rule/message_template.h"

static const struct {
    const char *name;
    tb_part_kind kind;
} placeholders[] = {
    {"actual", TB_PART_ACTUAL}, {"expected", TB_PART_EXPECTED}, {"difference", TB_PART_DIFFERENCE},
    {"it", TB_PART_IT},         {"paired", TB_PART_PAIRED},     {"record", TB_PART_RECORD},
};

static bool find_placeholder(tb_str name, const tb_resolver *resolver, const char *const *extras,
                             tb_message_part *ret)
{
    for (size_t i = 0; extras[i] != NULL; i++) {
        if (tb_str_equal(name, tb_str_of(extras[i]))) {
            *ret = (tb_message_part){.kind = TB_PART_EXTRA, .index = i};
            return true;
        }
    }
    for (size_t i = 0; i < sizeof placeholders / sizeof placeholders[0]; i++) {
        if (tb_str_equal(name, tb_str_of(placeholders[i].name))) {
            *ret = (tb_message_part){.kind = placeholders[i].kind};
            return true;
        }
    }
    *ret = (tb_message_part){.kind = TB_PART_FIELD};
    return resolver->resolve(resolver->self, name, &ret->reference, NULL);
}

static size_t count_parts(tb_str text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '{' ? 2 : 0;
    return count;
}

tb_status tb_message_template_compile(tb_arena *arena, tb_str text, const tb_resolver *resolver,
                                      const char *const *extras, tb_message_template *ret_template,
                                      tb_str *ret_unknown, tb_error *error)
{
    tb_message_part *parts = tb_arena_array(arena, count_parts(text), sizeof *parts);
    if (parts == NULL)
        return tb_error_memory(error);
    size_t count = 0;
    for (size_t from = 0; from < text.size;) {
        tb_str rest = tb_str_slice(text, from, text.size);
        ptrdiff_t open = tb_str_find(rest, TB_STR("{"));
        ptrdiff_t close = tb_str_find(rest, TB_STR("}"));
        size_t plain = open < 0 || close < open ? rest.size : (size_t)open;
        if (plain > 0)
            parts[count++] = (tb_message_part){.text = tb_str_slice(rest, 0, plain)};
        from += plain;
        if (plain == rest.size)
            break;
        tb_str name = tb_str_slice(rest, plain + 1, (size_t)close);
        if (!find_placeholder(name, resolver, extras, &parts[count++])) {
            *ret_unknown = name;
            return TB_INVALID;
        }
        from += name.size + 2;
    }
    *ret_template = (tb_message_template){count, parts};
    return TB_OK;
}
