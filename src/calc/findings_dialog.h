/*
 * What the files of the findings dialog share: the dialog's object, and what its buttons, its list
 * and its menu commands do (findings_actions.c). findings.c opens and closes it and listens.
 */
#ifndef TB_CALC_FINDINGS_DIALOG_H
#define TB_CALC_FINDINGS_DIALOG_H

#include "calc/checked.h"
#include "calc/findings_view.h"
#include "calc/uno/object.h"

typedef struct tb_findings {
    tb_object head;
    struct tb_findings *next;  /* in the list of open dialogs, which owns one reference */
    tb_checked *checked;       /* owned, as the next two */
    uno_Interface *controller; /* of the view that the dialog lies over; goes before its frame */
    uno_Interface *frame;
    tb_findings_view view;               /* its dialog is owned */
    char selected[TB_FINDING_NAME_SIZE]; /* the finding, to find it again in the next result */
    size_t place;                        /* and where it was; the next one in its place else */
    bool is_closed;                      /* a message box or a second dialog may outlive it */
} tb_findings;

/* Checks the document again; what was selected stays so. */
void tb_findings__refresh(tb_findings *self);
/* Shows the last result, whoever made it. */
void tb_findings__show(tb_findings *self);
/* Selects the finding `by` further in the list and goes to its cell. */
void tb_findings__step(tb_findings *self, sal_Int32 by);
/* Goes to the cell of the selected finding. */
void tb_findings__jump(tb_findings *self);
void tb_findings__show_details(tb_findings *self);
/* Asks for a reason and writes it into the document; for the selected finding. */
void tb_findings__explain(tb_findings *self);
/* Deletes the explanation of the selected finding, or the one that the selected notice is about. */
void tb_findings__withdraw(tb_findings *self);
/* Shows or hides what is explained, as the box is ticked. */
void tb_findings__filter(tb_findings *self);
void tb_findings__resize(tb_findings *self);

#endif
