/*
 * Marks: the cells with findings, shown in the sheet on request, one set for each view. An error
 * has a frame and “!”, a warning a bracket at its left and bottom and “?”, a notice a line below
 * and “i”, each in a colour of its own.
 *
 * A mark is a handful of tiny windows over the view, which let clicks through, and never a part of
 * the document. So no undo step, file (saved, stored as a copy, or for recovery), print, PDF or
 * clipboard can hold one, and the document is not modified. To be called in the office's main loop.
 */
#ifndef TB_CALC_MARKS_MARKS_H
#define TB_CALC_MARKS_MARKS_H

#include "calc/uno/object.h"

/*
 * What else was weighed, and why not. Drawing objects: their undo may be locked out, and still the
 * user's next undo brings them back; they are copied with their cells, and stay out of files only
 * by listening to each way of writing one. Conditional formats and cell styles: the same, and they
 * print. Annotations and the detective's circles: saved. The view's own highlighting of ranges:
 * reserved for a chart that is being edited. The selection: gone with the next click.
 *
 * Places are kept by the office as ranges of the document, which follow inserted and deleted rows;
 * where a cell is on the screen is asked of the view's accessible table, which tells of scrolling,
 * zoom and the like too.
 */

/* Checks the document where that is needed and marks its cells in the frame; says why when there
 * are none, or when there are more than are marked. */
void tb_marks_show(uno_Interface *context, uno_Interface *frame);
/* Takes the marks away; nothing where there are none. */
void tb_marks_hide(uno_Interface *context, uno_Interface *frame);
bool tb_marks_are_shown(uno_Interface *frame);

extern tb_class tb_marks_class;

#endif
