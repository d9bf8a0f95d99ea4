/*
 * The field is not touched while its finding stays the same: the list is filled anew while somebody
 * types.
 */
#include "calc/sidebar/reason.h"

#include <string.h>

#include "base/limits.h"
#include "calc/office.h"
#include "calc/uno/value.h"

void tb_reason_init(tb_reason *self)
{
    tb_buffer_init(&self->code, TB_MAX_VALUE_SIZE);
    tb_buffer_init(&self->given, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&self->draft, TB_MAX_TEXT_SIZE);
}

void tb_reason_done(tb_reason *self)
{
    tb_buffer_done(&self->code);
    tb_buffer_done(&self->given);
    tb_buffer_done(&self->draft);
}

static void read_field(tb_findings_pane *pane, tb_buffer *out)
{
    tb_arena arena;
    tb_calls calls;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE * 2);
    tb_calls_init(&calls);
    uno_Interface *model = tb_dialog_model(&calls, pane->view.window, "reason");
    const uno_Any *text = tb_property(&calls, model, "Text");
    if (text != NULL)
        tb_buffer_text(out, tb_str_trim(tb_text_utf8(&arena, tb_any_find_text(text))));
    tb_calls_done(&calls, NULL);
    tb_arena_done(&arena);
}

static void write_field(tb_findings_pane *pane, tb_str text)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_property_set_text(&calls, tb_dialog_model(&calls, pane->view.window, "reason"), "Text",
                         text);
    tb_calls_done(&calls, NULL);
}

static void set_to(tb_buffer *buffer, tb_str text)
{
    tb_buffer_reset(buffer);
    tb_buffer_text(buffer, text);
}

/* Puts by what was typed for the finding that was shown so far. */
static void keep_draft(tb_reason *self, tb_findings_pane *pane)
{
    tb_buffer typed;
    tb_buffer_init(&typed, TB_MAX_TEXT_SIZE);
    read_field(pane, &typed);
    if (typed.size > 0 && !tb_str_equal(tb_buffer_get(&typed), tb_buffer_get(&self->given))) {
        set_to(&self->draft, tb_buffer_get(&typed));
        memcpy(self->draft_of, self->name, sizeof(self->name));
    }
    tb_buffer_done(&typed);
}

static void fill_field(tb_reason *self, tb_findings_pane *pane, const tb_finding *finding)
{
    const tb_explanation *explanation = finding->explanation;
    set_to(&self->given,
           explanation == NULL ? TB_STR("") : explanation->texts[TB_EXPLANATION_REASON]);
    bool has_draft = self->draft.size > 0 && strcmp(self->draft_of, self->name) == 0;
    write_field(pane, tb_buffer_get(has_draft ? &self->draft : &self->given));
    if (has_draft)
        tb_buffer_reset(&self->draft);
}

static void keep_code(tb_reason *self, tb_findings_pane *pane, const tb_finding *finding)
{
    tb_error error;
    tb_str texts[TB_EXPLANATION_COLUMNS];
    tb_buffer_reset(&self->code);
    if (finding->explainable &&
        tb_session_explain(tb_checked_session(pane->checked), finding, texts, &error) == TB_OK)
        tb_buffer_text(&self->code, texts[TB_EXPLANATION_CODE]);
}

void tb_reason_show(tb_reason *self, tb_findings_pane *pane, const tb_finding *finding)
{
    if (finding == NULL)
        return;
    if (strcmp(self->name, pane->selected) != 0) {
        if (self->name[0] != '\0')
            keep_draft(self, pane);
        memcpy(self->name, pane->selected, sizeof(self->name));
        fill_field(self, pane, finding);
    }
    keep_code(self, pane, finding);
    tb_reason_typed(pane);
}

void tb_reason_typed(tb_findings_pane *pane)
{
    tb_calls calls;
    tb_buffer typed;
    const tb_finding *finding = tb_findings_pane_selected(pane);
    tb_buffer_init(&typed, TB_MAX_TEXT_SIZE);
    read_field(pane, &typed);
    tb_calls_init(&calls);
    tb_dialog_enable(&calls, pane->view.window, "save",
                     finding != NULL && finding->explainable && typed.size > 0);
    tb_calls_done(&calls, NULL);
    tb_buffer_done(&typed);
}

void tb_reason_save(tb_reason *self, tb_findings_pane *pane)
{
    char name[TB_FINDING_NAME_SIZE];
    tb_arena arena;
    tb_buffer typed, code;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&typed, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&code, TB_MAX_VALUE_SIZE);
    memcpy(name, self->name, sizeof(name));
    tb_buffer_text(&code, tb_buffer_get(&self->code));
    read_field(pane, &typed);
    if (typed.size > 0 && code.size > 0 &&
        tb_findings_pane_write_reason(pane, name, tb_buffer_get(&code), tb_buffer_get(&typed),
                                      tb_office_user_name(pane->head.context, &arena)))
        set_to(&self->given, tb_buffer_get(&typed));
    tb_buffer_done(&code);
    tb_buffer_done(&typed);
    tb_arena_done(&arena);
}
