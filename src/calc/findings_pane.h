/*
 * What the findings dialog and the sidebar have in common: a view on an open document's result,
 * which follows it, and what its buttons and its list do. A dialog or panel begins with it.
 */
#ifndef TB_CALC_FINDINGS_PANE_H
#define TB_CALC_FINDINGS_PANE_H

#include "calc/checked.h"
#include "calc/findings_view.h"
#include "calc/follow.h"
#include "calc/uno/object.h"

typedef struct tb_findings_pane {
    tb_object head;
    tb_checked *checked;  /* owned, as the next two */
    uno_Interface *frame; /* of the document's window, for messages */
    tb_follower *follower;
    tb_findings_view view;               /* its window is owned */
    char selected[TB_FINDING_NAME_SIZE]; /* the finding, to find it again in the next result */
    size_t place;                        /* and where it was; the next one in its place else */
    /* Told what the details are of now, NULL for nothing; may be NULL. */
    void (*details_shown)(struct tb_findings_pane *pane, const tb_finding *finding);
    bool is_filling; /* selections mean nothing meanwhile */
    bool is_closed;  /* a message box or a second dialog may outlive it */
} tb_findings_pane;

/* Sets up a new pane whose window is there; what fails leaves it for done(). */
tb_status tb_findings_pane_open(tb_findings_pane *pane, uno_Interface *document,
                                uno_Interface *frame, const tb_findings_plan *plan,
                                tb_checked_told told, tb_follower_in_sight in_sight,
                                tb_error *error);
/* Lets go of the document and the window, which is disposed of. */
void tb_findings_pane_close(tb_findings_pane *pane);
/* Gives back what is left. */
void tb_findings_pane_done(tb_findings_pane *pane);

/* The answers of listeners to the list, the same for both. */
tb_status tb_findings_pane_selection_changed(tb_object *pane, void *result, void **arguments,
                                             tb_error *error);
tb_status tb_findings_pane_mouse_pressed(tb_object *pane, void *result, void **arguments,
                                         tb_error *error);
tb_status tb_findings_pane_resized(tb_object *pane, void *result, void **arguments,
                                   tb_error *error);

/* Checks the document again; what was selected stays so. */
void tb_findings_pane_check(tb_findings_pane *pane);
/* Shows the last result, whoever made it. */
void tb_findings_pane_show(tb_findings_pane *pane);
/* Selects the finding `by` further in the list and goes to its cell. */
void tb_findings_pane_step(tb_findings_pane *pane, int by);
/* Goes to the cell of the selected finding. */
void tb_findings_pane_jump(tb_findings_pane *pane);
/* Shows an error in place of the details. */
void tb_findings_pane_note(tb_findings_pane *pane, const tb_error *error);
/* Checks again; the finding of that name as it is now, or NULL. */
const tb_finding *tb_findings_pane_check_for(tb_findings_pane *pane, const char *name);
/* The selected finding; NULL for none. */
const tb_finding *tb_findings_pane_selected(tb_findings_pane *pane);

/* findings_explain.c: explains the selected finding in a dialog that asks for the reason. */
void tb_findings_pane_explain(tb_findings_pane *pane);
/* The same without asking: the reason is there, for the finding of that name while its code is
 * the same. True when it was written. */
bool tb_findings_pane_write_reason(tb_findings_pane *pane, const char *name, tb_str code,
                                   tb_str reason, tb_str who);
/* Deletes the explanation of the selected finding, or the one that the selected notice is about. */
void tb_findings_pane_withdraw(tb_findings_pane *pane);

#endif
