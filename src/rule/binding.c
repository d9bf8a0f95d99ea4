/*
 * Fetches what names refer to, and notes what was read.
 */
#include "rule/binding.h"

#include "form/dictionary.h"
#include "rule/name_space.h"

/* ---- noting what is read ---- */

static bool grow(tb_binding *binding, void *list, size_t count, size_t *capacity)
{
    void **pointer = list;
    if (count < *capacity)
        return true;
    size_t wanted = *capacity == 0 ? 8 : *capacity * 2;
    void *grown = tb_arena_grow(binding->arena, *pointer, count, wanted, sizeof(void *));
    if (grown == NULL) {
        binding->no_memory = true;
        return false;
    }
    *pointer = grown;
    *capacity = wanted;
    return true;
}

static void keep_item(tb_binding *binding, tb_reads *reads, const tb_item *item)
{
    if (grow(binding, &reads->items, reads->item_count, &reads->item_capacity))
        reads->items[reads->item_count++] = item;
}

static inline void note_item(tb_binding *binding, const tb_item *item)
{
    binding->values_read++;
    if (binding->reads != NULL)
        keep_item(binding, binding->reads, item);
}

static void note_list(tb_binding *binding, const tb_record_list *list)
{
    tb_reads *reads = binding->reads;
    if (reads != NULL && grow(binding, &reads->lists, reads->list_count, &reads->list_capacity))
        reads->lists[reads->list_count++] = list;
}

bool tb_reads_has_item(const tb_reads *reads, const tb_item *item)
{
    for (size_t i = 0; i < reads->item_count; i++)
        if (reads->items[i] == item)
            return true;
    return false;
}

bool tb_reads_equal(const tb_reads *a, const tb_reads *b)
{
    return a->item_count == b->item_count && a->list_count == b->list_count &&
           (a->item_count == 0 ||
            memcmp(a->items, b->items, a->item_count * sizeof(tb_item *)) == 0) &&
           (a->list_count == 0 ||
            memcmp(a->lists, b->lists, a->list_count * sizeof(tb_record_list *)) == 0);
}

/* ---- values ---- */

/* These fill *ret member by member: it is read at once, and member by member too. */

static void make_error(tb_value *ret, tb_value_error error, const tb_item *origin)
{
    ret->type = TB_VALUE_ERROR;
    ret->origin = origin;
    ret->as.error = error;
}

static inline void make_text(tb_value *ret, tb_str text, const tb_item *origin)
{
    ret->type = TB_VALUE_TEXT;
    ret->origin = origin;
    ret->as.text = text;
}

static void make_number(tb_value *ret, tb_decimal number, const tb_item *origin)
{
    ret->type = TB_VALUE_NUMBER;
    ret->origin = origin;
    ret->as.number = number;
}

static bool is_numeric(tb_field_type type)
{
    return type == TB_FIELD_AMOUNT || type == TB_FIELD_NUMBER || type == TB_FIELD_SHARE ||
           type == TB_FIELD_DATE || type == TB_FIELD_YEAR;
}

/* What is not simply the text that stands there. A text that is in no code list is still a text
 * that formulas may look at. */
static void make_special(tb_value *ret, const tb_item *item)
{
    tb_field_type type = item->field->type;
    bool keeps_text = type == TB_FIELD_CODE || type == TB_FIELD_PHONE;
    if (item->state == TB_ITEM_MISSING)
        make_error(ret, TB_VALUE_ERROR_REF, item);
    else if (item->state == TB_ITEM_BLANK)
        *ret = (tb_value){.type = TB_VALUE_BLANK, .origin = item};
    else if (item->state == TB_ITEM_INVALID && !keeps_text)
        make_error(ret, TB_VALUE_ERROR_VALUE, item);
    else if (item->state == TB_ITEM_VALID && is_numeric(type))
        make_number(ret, item->number, item);
    else
        make_text(ret, item->code != NULL ? item->code->code : item->text, item);
}

static inline void make_value(tb_value *ret, const tb_item *item)
{
    tb_field_type type = item->field->type;
    bool is_text = type == TB_FIELD_TEXT || type == TB_FIELD_PHONE || type == TB_FIELD_INDICATOR;
    if (is_text && item->state == TB_ITEM_VALID)
        make_text(ret, item->text, item);
    else
        make_special(ret, item);
}

static inline const tb_value *read_item(tb_binding *binding, const tb_item *item, tb_value *room)
{
    note_item(binding, item);
    if (item == binding->changed)
        return &binding->change;
    make_value(room, item);
    return room;
}

tb_value tb_binding_read(tb_binding *binding, const tb_item *item)
{
    tb_value room;
    return *read_item(binding, item, &room);
}

/* ---- arrays over records ---- */

static size_t count_records(const tb_record *record, const tb_scope_path *path, size_t depth)
{
    if (depth == path->count)
        return 1;
    const tb_record_list *list = &record->lists[path->scopes[depth]->slot];
    if (depth + 1 == path->count)
        return list->count;
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += count_records(list->records[i], path, depth + 1);
    return count;
}

static tb_value *fill_values(const tb_record *record, const tb_scope_path *path, size_t depth,
                             size_t slot, tb_value *out)
{
    if (depth == path->count) {
        make_value(out, record->items[slot]);
        return out + 1;
    }
    const tb_record_list *list = &record->lists[path->scopes[depth]->slot];
    for (size_t i = 0; i < list->count; i++)
        out = fill_values(list->records[i], path, depth + 1, slot, out);
    return out;
}

static void note_lists(tb_binding *binding, const tb_record *record, const tb_scope_path *path,
                       size_t depth)
{
    if (depth == path->count)
        return;
    const tb_record_list *list = &record->lists[path->scopes[depth]->slot];
    note_list(binding, list);
    for (size_t i = 0; i < list->count; i++)
        note_lists(binding, list->records[i], path, depth + 1);
}

/* Where an array is kept: record and field say which it is, since only one path joins them. */
static tb_cached_array *cached_array(tb_binding *binding, const tb_record *record,
                                     const tb_field *field)
{
    uintptr_t hash = ((uintptr_t)record >> 4) * 31 + ((uintptr_t)field >> 4);
    return &binding->arrays[(hash ^ (hash >> 8)) & (TB_ARRAY_CACHE_SIZE - 1)];
}

static bool read_array(tb_binding *binding, const tb_record *record, const tb_reference *reference,
                       tb_cached_array *cached)
{
    const tb_scope_path *path = reference->path;
    const tb_field *field = reference->target;
    size_t count = count_records(record, path, 0);
    tb_value *values = tb_arena_array(binding->arena, count + 1, sizeof *values);
    if (values == NULL) {
        binding->no_memory = true;
        return false;
    }
    fill_values(record, path, 0, field->slot, values);
    *cached = (tb_cached_array){record, field, count, values};
    return true;
}

bool tb_binding_keeps(const tb_binding *binding, const tb_value *values)
{
    for (size_t i = 0; i < TB_INDEX_USE_COUNT; i++)
        if (binding->indexes[i].values == values)
            return true;
    for (size_t i = 0; i < TB_ARRAY_CACHE_SIZE; i++)
        if (binding->arrays[i].values == values)
            return true;
    return false;
}

/* The array with the changed item's value put in its place, where it occurs. */
static const tb_value *change_array(tb_binding *binding, const tb_cached_array *array)
{
    size_t at = 0;
    while (at < array->count && array->values[at].origin != binding->changed)
        at++;
    if (at == array->count)
        return array->values;
    tb_value *copy = tb_arena_room(binding->environment.scratch, array->count * sizeof *copy);
    if (copy == NULL) {
        binding->no_memory = true;
        return array->values;
    }
    for (size_t i = 0; i < array->count; i++)
        tb_value_put(&copy[i], i == at ? &binding->change : &array->values[i]);
    return copy;
}

static void note_array(tb_binding *binding, const tb_record *record, const tb_scope_path *path,
                       const tb_cached_array *array)
{
    binding->values_read += array->count;
    if (binding->reads == NULL)
        return;
    note_lists(binding, record, path, 0);
    for (size_t i = 0; i < array->count; i++)
        note_item(binding, array->values[i].origin);
}

static void make_array(tb_value *ret, tb_binding *binding, const tb_record *record,
                       const tb_reference *reference)
{
    tb_cached_array *array = cached_array(binding, record, reference->target);
    bool known = array->record == record && array->field == reference->target;
    if (!known && !read_array(binding, record, reference, array)) {
        make_error(ret, TB_VALUE_ERROR_LIMIT, NULL);
        return;
    }
    note_array(binding, record, reference->path, array);
    const tb_value *values =
        binding->changed == NULL ? array->values : change_array(binding, array);
    *ret = tb_value_of_array(array->count, values);
}

/* ---- the environment ---- */

static const tb_record *go_up(const tb_record *record, uint32_t levels)
{
    while (levels-- > 0 && record != NULL)
        record = record->parent;
    return record;
}

/* Kept apart, so that a single field, which is read far more often, costs little. */
__attribute__((noinline)) static const tb_value *
get_array(tb_binding *binding, const tb_reference *reference, tb_value *room)
{
    const tb_record *record = go_up(binding->record, reference->levels);
    if (record != NULL)
        make_array(room, binding, record, reference);
    else
        make_error(room, TB_VALUE_ERROR_REF, NULL);
    return room;
}

const tb_value *tb_binding__get(void *self, const tb_reference *reference, tb_value *room)
{
    tb_binding *binding = self;
    if (reference->kind == TB_REFERENCE_PARAMETER)
        return reference->constant;
    if (reference->kind == TB_REFERENCE_ARRAY)
        return get_array(binding, reference, room);
    const tb_record *record = go_up(binding->record, reference->levels);
    const tb_field *field = reference->target;
    if (record != NULL)
        return read_item(binding, record->items[field->slot], room);
    make_error(room, TB_VALUE_ERROR_REF, NULL);
    return room;
}

void tb_binding_init(tb_binding *binding, const tb_form *form, tb_arena *arena, tb_arena *scratch)
{
    *binding = (tb_binding){.form = form, .record = form->root, .arena = arena};
    binding->environment =
        (tb_environment){.get = tb_binding__get, .self = binding, .scratch = scratch};
}

/* The first record at the end of the path, or NULL. */
static const tb_record *go_down(const tb_record *record, const tb_scope_path *path)
{
    for (size_t i = 0; i < path->count && record != NULL; i++) {
        const tb_record_list *list = &record->lists[path->scopes[i]->slot];
        record = list->count > 0 ? list->records[0] : NULL;
    }
    return record;
}

const tb_item *tb_binding_find_item(const tb_binding *binding, const tb_reference *reference)
{
    if (reference->kind == TB_REFERENCE_PARAMETER)
        return NULL;
    const tb_record *record = go_up(binding->record, reference->levels);
    const tb_field *field = reference->target;
    if (record != NULL && reference->kind == TB_REFERENCE_ARRAY)
        record = go_down(record, reference->path);
    return record != NULL ? record->items[field->slot] : NULL;
}

/* The field of the paired scope that has the same id; that of the last search is kept. */
static const tb_field *find_paired_field(tb_binding *binding, const tb_field *field,
                                         const tb_scope *other)
{
    if (binding->paired.field != field || binding->paired.scope != other) {
        binding->paired.field = field;
        binding->paired.scope = other;
        binding->paired.found = tb_scope_find_field(other, field->id);
    }
    return binding->paired.found;
}

const tb_item *tb_binding_find_paired(tb_binding *binding, const tb_item *item)
{
    for (const tb_record *record = binding->record; record != NULL; record = record->parent) {
        size_t slot = item->field->slot;
        if (record->scope != item->field->scope || record->items[slot] != item)
            continue;
        if (record->pair == NULL)
            return NULL;
        const tb_field *field = find_paired_field(binding, item->field, record->pair->scope);
        return field != NULL ? record->pair->items[field->slot] : NULL;
    }
    return NULL;
}

tb_str tb_binding_fold(tb_binding *binding, tb_str text)
{
    uint64_t hash = (uint64_t)(uintptr_t)text.data * 0x9E3779B97F4A7C15u;
    tb_folded *folded = &binding->folded[(hash >> 32) & (TB_FOLD_CACHE_SIZE - 1)];
    if (folded->text.data != text.data || folded->text.size != text.size) {
        folded->key = tb_text_key(binding->arena, text);
        folded->text = text;
    }
    return folded->key;
}

tb_str tb_binding_fold_item(tb_binding *binding, const tb_item *item)
{
    tb_str key = {0};
    if (item->content != NULL)
        key = tb_dictionary_key(binding->form->dictionary, item->content);
    return key.data != NULL ? key : tb_binding_fold(binding, item->text);
}
