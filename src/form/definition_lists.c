/*
 * Reads code lists, a tree in the JSON with parents before their children in the array, and makes
 * the index by which codes and their aliases are found.
 */
#include "form/definition_reader.h"

static size_t count_codes(const cJSON *list)
{
    size_t count = 0;
    const cJSON *node;
    cJSON_ArrayForEach(node, list) count +=
        1 + count_codes(cJSON_GetObjectItemCaseSensitive(node, "codes"));
    return count;
}

static bool read_codes(tb_definition_reader *reader, const cJSON *list, const tb_code *parent,
                       tb_code *codes, size_t *count)
{
    enum { CODE, ALIASES, CODES, COUNT };
    static const tb_member table[COUNT] = {
        [CODE] = {"code", TB_MEMBER_TEXT, true},
        [ALIASES] = {"aliases", TB_MEMBER_TEXTS, false},
        [CODES] = {"codes", TB_MEMBER_LIST, false},
    };
    for (const cJSON *node = list->child; node != NULL; node = node->next) {
        const cJSON *members[COUNT];
        if (!tb_source_members(&reader->source, node, table, COUNT, members))
            return false;
        tb_code *code = &codes[(*count)++];
        code->parent = parent;
        if (!tb_reader__text(reader, members[CODE], &code->code) ||
            !tb_reader__texts(reader, members[ALIASES], &code->alias_count, &code->aliases))
            return false;
        if (members[CODES] != NULL && !read_codes(reader, members[CODES], code, codes, count))
            return false;
    }
    return true;
}

static const struct tb_code_slot *find_slot(const tb_code_index *index, tb_str key)
{
    size_t at = tb_str_hash(key, 0) & (index->size - 1);
    while (index->slots[at].code != NULL && !tb_str_equal(index->slots[at].key, key))
        at = (at + 1) & (index->size - 1);
    return &index->slots[at];
}

const tb_code *tb_code_index_find(const tb_code_index *index, tb_str key, bool *ret_alias)
{
    const struct tb_code_slot *slot = find_slot(index, key);
    *ret_alias = slot->code != NULL && slot->alias;
    return slot->code;
}

/* False when the text already stands for another code. */
static bool index_code(tb_definition_reader *reader, const cJSON *node, tb_code_index *index,
                       struct tb_code_slot *slots, const tb_code *code, tb_str text, bool alias)
{
    tb_str key;
    if (!tb_reader__key(reader, text, &key))
        return false;
    const struct tb_code_slot *slot = find_slot(index, key);
    if (slot->code == code)
        return true;
    if (slot->code != NULL)
        return tb_source_fail(&reader->source, node, TB_MSG_FORM_DOUBLE_CODE, code->code.data,
                              NULL);
    slots[slot - slots] = (struct tb_code_slot){key, code, alias};
    return true;
}

static bool index_codes(tb_definition_reader *reader, const cJSON *node, tb_code_list *list)
{
    size_t texts = list->code_count, size = 2;
    for (size_t i = 0; i < list->code_count; i++)
        texts += list->codes[i].alias_count;
    while (size < 2 * texts)
        size *= 2;
    struct tb_code_slot *slots = tb_reader__array(reader, size, sizeof *slots);
    tb_code_index *index = tb_reader__array(reader, 1, sizeof *index);
    if (slots == NULL || index == NULL)
        return false;
    *index = (tb_code_index){size, slots};
    for (size_t i = 0; i < list->code_count; i++) {
        const tb_code *code = &list->codes[i];
        bool good = index_code(reader, node, index, slots, code, code->code, false);
        for (size_t j = 0; good && j < code->alias_count; j++)
            good = index_code(reader, node, index, slots, code, code->aliases[j], true);
        if (!good)
            return false;
    }
    list->index = index;
    return true;
}

static bool read_list(tb_definition_reader *reader, const cJSON *node, tb_code_list *ret)
{
    enum { ID, NAME, CODES, COUNT };
    static const tb_member table[COUNT] = {
        [ID] = {"id", TB_MEMBER_TEXT, true},
        [NAME] = {"name", TB_MEMBER_OBJECT, true},
        [CODES] = {"codes", TB_MEMBER_LIST, true},
    };
    const cJSON *members[COUNT];
    if (!tb_source_members(&reader->source, node, table, COUNT, members) ||
        !tb_reader__id(reader, members[ID], false, &ret->id) ||
        !tb_reader__localized(reader, members[NAME], &ret->name))
        return false;
    tb_code *codes = tb_reader__array(reader, count_codes(members[CODES]), sizeof *codes);
    if (codes == NULL || !read_codes(reader, members[CODES], NULL, codes, &ret->code_count))
        return false;
    ret->codes = codes;
    return index_codes(reader, node, ret);
}

bool tb_reader__lists(tb_definition_reader *reader, const cJSON *list)
{
    size_t count = tb_reader__count(list);
    tb_code_list *lists = tb_reader__array(reader, count, sizeof *lists);
    if (lists == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const cJSON *node = cJSON_GetArrayItem(list, (int)i);
        if (!read_list(reader, node, &lists[i]))
            return false;
        for (size_t j = 0; j < i; j++) {
            if (tb_str_equal(lists[i].id, lists[j].id))
                return tb_source_fail(&reader->source, node, TB_MSG_FORM_DOUBLE_ID,
                                      lists[i].id.data, NULL);
        }
    }
    reader->definition->list_count = count;
    reader->definition->lists = lists;
    return true;
}
