/*
 * Joins the rule language to a filled form: resolves the names in a formula to fields and
 * parameters, and fetches their values while it runs. Notes which cells were read, and can show
 * the form as it would be with one value changed, for the search for causes and slips.
 */
#ifndef TB_RULE_BINDING_H
#define TB_RULE_BINDING_H

#include "form/form.h"
#include "rule/expression.h"
#include "rule/text_index.h"

/* What names mean in one rule. */
typedef struct tb_name_space {
    tb_arena *arena; /* where resolved paths are kept */
    const tb_definition *definition;
    const tb_rule *rule; /* its scope, `it` and parameters; NULL: the root's names only */
} tb_name_space;

/* For tb_expression_compile: names are looked for from the rule's scope outwards to the root,
 * then among the rule's parameters, then among the definition's. */
tb_resolver tb_name_space_resolver(tb_name_space *names);

/* What was read while evaluating. */
typedef struct tb_reads {
    size_t item_count, item_capacity;
    const tb_item **items; /* in the order read; one may occur twice */
    size_t list_count, list_capacity;
    const tb_record_list **lists; /* that were gone through as a whole */
} tb_reads;

typedef struct tb_cached_array {
    const tb_record *record; /* from where the path starts; NULL: not in use */
    const tb_field *field;   /* at its end */
    size_t count;
    const tb_value *values;
} tb_cached_array;

/* An index of an array's texts (rule/form_functions_texts.c), by what they are compared for. */
typedef enum tb_index_use { TB_INDEX_SAME_TEXT, TB_INDEX_WORDS } tb_index_use;
#define TB_INDEX_USE_COUNT 2

typedef struct tb_kept_index {
    const tb_value *values; /* of the array; NULL: not in use */
    const tb_text_index *index;
} tb_kept_index;

#define TB_ARRAY_CACHE_SIZE 256 /* a power of two */
#define TB_FOLD_CACHE_SIZE  512 /* a power of two */

typedef struct tb_folded {
    tb_str text, key;
} tb_folded;

typedef struct tb_binding {
    const tb_form *form;
    const tb_record *record; /* that the rule runs for */
    tb_arena *arena;         /* for arrays and reads; as long-lived as the form */
    tb_reads *reads;         /* where reads are noted, or NULL */
    const tb_item *changed;  /* read as `change` and not as it stands; NULL: none */
    tb_value change;
    bool no_memory;
    uint64_t values_read; /* in all, to keep the search for causes within bounds */
    tb_environment environment;
    tb_cached_array arrays[TB_ARRAY_CACHE_SIZE];
    tb_folded folded[TB_FOLD_CACHE_SIZE];
    tb_kept_index indexes[TB_INDEX_USE_COUNT];
    struct {
        const tb_field *field, *found;
        const tb_scope *scope;
    } paired; /* which field of which paired scope was found last */
} tb_binding;

void tb_binding_init(tb_binding *binding, const tb_form *form, tb_arena *arena, tb_arena *scratch);

/* The item that a reference means for the binding's record: of a field over records the first
 * one's; NULL where there is none, and for parameters. Not noted as read. */
const tb_item *tb_binding_find_item(const tb_binding *binding, const tb_reference *reference);

/* The same item of the paired record (R18), or NULL. */
const tb_item *tb_binding_find_paired(tb_binding *binding, const tb_item *item);

/* Whether these values of an array stay where they are, and as they are, as long as the form. */
bool tb_binding_keeps(const tb_binding *binding, const tb_value *values);

/* The item's value, noted as read. */
tb_value tb_binding_read(tb_binding *binding, const tb_item *item);

/* tb_text_key of a text that outlives the binding and will be asked for again; and of an item's
 * text, which the dictionary may know. */
tb_str tb_binding_fold(tb_binding *binding, tb_str text);
tb_str tb_binding_fold_item(tb_binding *binding, const tb_item *item);

/* The values of its environment. */
const tb_value *tb_binding__get(void *self, const tb_reference *reference, tb_value *room);

/* The binding behind an environment, or NULL when there is none (a formula without a form). */
static inline tb_binding *tb_binding_of(const tb_environment *environment)
{
    return environment->get == tb_binding__get ? environment->self : NULL;
}

/* True when the reference is to a field of one record, to a field over records, to a parameter. */
bool tb_reference_is_field(const tb_reference *reference);
bool tb_reference_is_array(const tb_reference *reference);
/* Of a field reference: the field. NULL for parameters. */
const tb_field *tb_reference_field(const tb_reference *reference);

bool tb_reads_has_item(const tb_reads *reads, const tb_item *item);
/* The same items and lists in the same order. */
bool tb_reads_equal(const tb_reads *a, const tb_reads *b);

#endif
