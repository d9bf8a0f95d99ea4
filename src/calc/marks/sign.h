/*
 * One mark: a few windows in a pane. They scroll with it, and clicks go through them.
 */
#ifndef TB_CALC_MARKS_SIGN_H
#define TB_CALC_MARKS_SIGN_H

#include "calc/dialog.h"
#include "form/definition.h"

#define TB_SIGN_BARS 4

typedef struct tb_sign {
    tb_severity severity;
    sal_Int32 row, column;             /* of the cell that it marks */
    uno_Interface *bars[TB_SIGN_BARS]; /* owned, as the next; NULL: this severity has fewer */
    uno_Interface *letter;
    bool used;
} tb_sign;

/* A new mark in the pane's window, not yet shown. What fails is in the calls; the mark is to be
 * disposed of all the same. */
void tb_sign_make(tb_calls *calls, tb_sign *sign, tb_severity severity, uno_Interface *window);
/* Puts it around the cell and shows it. */
void tb_sign_place(tb_calls *calls, const tb_sign *sign, const tb_rectangle *cell);
void tb_sign_hide(tb_calls *calls, const tb_sign *sign);
/* Also where the pane has gone, and its windows with it. */
void tb_sign_dispose(tb_sign *sign);

#endif
