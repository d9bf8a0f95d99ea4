/*
 * The open document as a workbook: the same that sheet/reader.h makes of its file. Read by a few
 * bulk calls per sheet; no call per cell. Changes nothing in the document.
 */
#ifndef TB_CALC_DOCUMENT_H
#define TB_CALC_DOCUMENT_H

#include "calc/uno/calls.h"
#include "sheet/workbook.h"

/* True when the object is a spreadsheet document. NULL is none. */
bool tb_document_is_spreadsheet(uno_Interface *document);

/* The workbook and all of its texts live in the arena. */
tb_status tb_document_read(uno_Interface *document, tb_arena *arena,
                           const tb_workbook **ret_workbook, tb_error *error);

/*
 * The same in steps of one sheet, for those who must not hold the office up. The document must not
 * change in between.
 */
typedef struct tb_document_reader {
    uno_Interface *document; /* borrowed */
    tb_arena *arena;
    struct tb_workbook_builder *builder; /* in the arena; NULL before the first step */
    sal_Int32 sheet;                     /* the next one */
    uint64_t cells;                      /* looked at so far */
} tb_document_reader;

void tb_document_reader_init(tb_document_reader *reader, uno_Interface *document, tb_arena *arena);
/* Reads the next sheet. The workbook comes with the last one: *ret_workbook stays as it is
 * before. */
tb_status tb_document_reader_step(tb_document_reader *reader, const tb_workbook **ret_workbook,
                                  tb_error *error);

/* Where the document is stored, as the system names it; empty for one that was never stored. */
tb_str tb_document_path(uno_Interface *document, tb_arena *arena);

#endif
