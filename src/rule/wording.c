/*
 * Filling messages in.
 */
#include "rule/wording.h"

#include "rule/display.h"
#include "rule/place.h"

/* ---- the message of a rule ---- */

static void append_field(tb_buffer *out, tb_run *run, const tb_failure *failure,
                         const tb_reference *reference)
{
    run->binding.record = failure->record;
    const tb_item *item = tb_binding_find_item(&run->binding, reference);
    if (item != NULL) {
        tb_display_item(out, item);
        return;
    }
    tb_value room;
    tb_display_plain(out, run->binding.environment.get(&run->binding, reference, &room));
}

static void append_name(tb_buffer *out, tb_run *run, const tb_failure *failure)
{
    run->binding.record = failure->record;
    const tb_reference *reference = failure->rule->has_it ? &failure->rule->it : &failure->rule->at;
    const tb_item *item = tb_binding_find_item(&run->binding, reference);
    if (item != NULL)
        tb_buffer_text(out, tb_localized_get(&item->field->name, run->language));
}

static void append_paired(tb_buffer *out, tb_run *run, const tb_failure *failure)
{
    run->binding.record = failure->record;
    const tb_item *item = tb_binding_find_item(&run->binding, &failure->rule->at);
    const tb_item *paired = item != NULL ? tb_binding_find_paired(&run->binding, item) : NULL;
    if (paired != NULL)
        tb_display_item(out, paired);
}

static void append_part(tb_buffer *out, tb_run *run, const tb_failure *failure,
                        const tb_message_part *part)
{
    const tb_discrepancy *told = &failure->told;
    switch (part->kind) {
    case TB_PART_TEXT:
        tb_buffer_text(out, part->text);
        break;
    case TB_PART_ACTUAL:
        tb_display_value(out, &told->actual, told->like);
        break;
    case TB_PART_EXPECTED:
        tb_display_value(out, &told->expected, told->like);
        break;
    case TB_PART_DIFFERENCE:
        if (told->has_difference)
            tb_display_number(out, tb_decimal_absolute(told->difference), told->like);
        break;
    case TB_PART_IT:
        append_name(out, run, failure);
        break;
    case TB_PART_PAIRED:
        append_paired(out, run, failure);
        break;
    case TB_PART_RECORD:
        tb_place_record(out, failure->record, run->language);
        break;
    case TB_PART_FIELD:
        append_field(out, run, failure, &part->reference);
        break;
    case TB_PART_EXTRA:
        tb_buffer_text(out, failure->extras[part->index]);
        break;
    }
}

/* ---- gaps ---- */

static void append_gap(tb_buffer *out, const tb_gap *gap, tb_language language)
{
    static const tb_message messages[] = {
        [TB_GAP_FIELD] = TB_MSG_RULE_GAP_FIELD,
        [TB_GAP_SCOPE] = TB_MSG_RULE_GAP_SCOPE,
        [TB_GAP_COLUMN] = TB_MSG_RULE_GAP_COLUMN,
        [TB_GAP_LABEL_TWICE] = TB_MSG_RULE_GAP_LABEL_TWICE,
    };
    tb_str args[2] = {{0}, {0}};
    if (gap->scope != NULL)
        args[1] = tb_localized_get(&gap->scope->name, language);
    args[0] = gap->field != NULL ? tb_localized_get(&gap->field->name, language) : args[1];
    tb_message_append(out, language, messages[gap->kind], args, 2);
}

static void append_limit(tb_buffer *out, tb_language language, tb_message message, tb_str what)
{
    tb_message_append(out, language, message, &what, 1);
}

void tb_wording_message(tb_buffer *out, tb_run *run, const tb_failure *failure)
{
    if (failure->gap != NULL) {
        append_gap(out, failure->gap, run->language);
        return;
    }
    if (failure->is_broken) {
        append_limit(out, run->language, TB_MSG_RULE_BROKEN, failure->rule->rule->id);
        return;
    }
    const tb_message_template *message = &failure->rule->message[run->language];
    if (message->part_count == 0)
        message = &failure->rule->message[TB_LANGUAGE_ZH];
    for (size_t i = 0; i < message->part_count; i++)
        append_part(out, run, failure, &message->parts[i]);
}

/* ---- the slip ---- */

static tb_message slip_message(const tb_slip_words *words)
{
    static const struct {
        tb_message message, without_addend;
    } rows[] = {
        [TB_SLIP_SWAPPED_ADJACENT] = {TB_MSG_RULE_SLIP_SWAPPED, TB_MSG_RULE_SLIP_SWAPPED},
        [TB_SLIP_SWAPPED] = {TB_MSG_RULE_SLIP_SWAPPED, TB_MSG_RULE_SLIP_SWAPPED},
        [TB_SLIP_SIGN] = {TB_MSG_RULE_SLIP_SIGN, TB_MSG_RULE_SLIP_SIGN},
        [TB_SLIP_TENFOLD] = {TB_MSG_RULE_SLIP_TENFOLD, TB_MSG_RULE_SLIP_TENFOLD},
        [TB_SLIP_HUNDREDFOLD] = {TB_MSG_RULE_SLIP_HUNDREDFOLD, TB_MSG_RULE_SLIP_HUNDREDFOLD},
        [TB_SLIP_WAN] = {TB_MSG_RULE_SLIP_WAN, TB_MSG_RULE_SLIP_WAN},
        [TB_SLIP_LEFT_OUT] = {TB_MSG_RULE_SLIP_LEFT_OUT, TB_MSG_RULE_SLIP_LEFT_OUT_SOME},
        [TB_SLIP_DOUBLED] = {TB_MSG_RULE_SLIP_DOUBLED, TB_MSG_RULE_SLIP_DOUBLED_SOME},
    };
    return words->has_addend ? rows[words->slip.kind].message
                             : rows[words->slip.kind].without_addend;
}

static void display(tb_buffer *out, tb_decimal number, const tb_item *like, int places)
{
    if (like != NULL)
        tb_display_number(out, number, like);
    else
        tb_display_amount(out, number, places);
}

/* {0} what should stand there, {1} what does, {2} {3} the digits or the addend with its place */
void tb_wording_slip(tb_buffer *out, tb_language language, const tb_slip_words *words)
{
    tb_buffer right, wrong, addend;
    tb_buffer_init(&right, TB_DECIMAL_TEXT_SIZE * 2);
    tb_buffer_init(&wrong, TB_DECIMAL_TEXT_SIZE * 2);
    tb_buffer_init(&addend, TB_DECIMAL_TEXT_SIZE * 2);
    display(&right, words->slip.value, words->like, words->places);
    display(&wrong, words->actual, words->like, words->places);
    tb_str args[4] = {tb_buffer_get(&right),
                      tb_buffer_get(&wrong),
                      {words->slip.digits, 1},
                      {words->slip.digits + 1, 1}};
    if (words->has_addend) {
        display(&addend, words->addend, words->addend_like, words->places);
        args[2] = tb_buffer_get(&addend);
        args[3] = words->addend_place;
    }
    tb_message_append(out, language, slip_message(words), args, 4);
    tb_buffer_done(&right);
    tb_buffer_done(&wrong);
    tb_buffer_done(&addend);
}

static void append_slip(tb_buffer *out, const tb_run *run, const tb_slip *slip)
{
    char cell[TB_CELL_NAME_SIZE];
    tb_slip_words words = {.slip = {slip->kind, slip->value, {slip->digits[0], slip->digits[1]}},
                           .actual = slip->item->number,
                           .like = slip->item};
    if (slip->addend != NULL) {
        words.has_addend = true;
        words.addend = slip->addend->number;
        words.addend_like = slip->addend;
        words.addend_place = tb_cell_name(slip->addend->at.row, slip->addend->at.column, cell);
    }
    tb_wording_slip(out, run->language, &words);
}

void tb_wording_hint(tb_buffer *out, const tb_run *run, const tb_failure *failure)
{
    const tb_slip *slip = failure->slip;
    if (slip == NULL)
        return;
    if (slip->item == failure->told.like) {
        append_slip(out, run, slip);
        return;
    }
    /* The message speaks of another cell. */
    char cell[TB_CELL_NAME_SIZE];
    tb_buffer sentence;
    tb_buffer_init(&sentence, out->max);
    append_slip(&sentence, run, slip);
    tb_str args[] = {tb_cell_name(slip->item->at.row, slip->item->at.column, cell),
                     tb_buffer_get(&sentence)};
    tb_message_append(out, run->language, TB_MSG_RULE_SLIP_CELL, args, 2);
    tb_buffer_done(&sentence);
}
