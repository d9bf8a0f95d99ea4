/*
 * What the readers of both kinds of packages work with: the open zip, one tokeniser, rooms for
 * parts, and the workbook being built. Private to this folder; lives in the tb_reader.
 */
#ifndef TB_SHEET_PACKAGE_H
#define TB_SHEET_PACKAGE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "sheet/workbook.h"
#include "sheet/xml.h"
#include "sheet/zip.h"

#define TB_PART_NAME_SIZE 256

/* Where one part lies while it is read. */
typedef struct tb_part_room {
    tb_buffer raw;
    tb_buffer converted; /* used when the part is not UTF-8 */
    char name[TB_PART_NAME_SIZE];
} tb_part_room;

typedef struct tb_package {
    tb_zip zip;
    tb_part_room kept;    /* a part whose texts the workbook borrows */
    tb_part_room passing; /* parts that are read one after the other */
    tb_xml xml;
    tb_buffer scratch; /* for one text that must be decoded */
    tb_buffer joined;  /* for texts that are put together out of such */
    tb_arena arena;    /* the workbook and what it needs */
    tb_workbook_builder *builder;
    tb_error *error;
} tb_package;

/* Inflates a part and begins to read it with package->xml. TB_DAMAGED when there is none. */
tb_status tb_package_begin(tb_package *package, tb_part_room *room, tb_str name,
                           const tb_xml_vocabulary *vocabulary);

/* As above for XML that lies in room->raw already. */
tb_status tb_package_begin_raw(tb_package *package, tb_part_room *room,
                               const tb_xml_vocabulary *vocabulary);

/* The same for a part with the document's properties, when it is there and has the one that says
 * from which template the workbook was made. False: it need not be read. Whatever is wrong with it
 * does not make the workbook unreadable. */
bool tb_package_begin_properties(tb_package *package, tb_str name,
                                 const tb_xml_vocabulary *vocabulary);

/* Goes to the root element; TB_DAMAGED unless it has that token. */
tb_status tb_package_root(tb_package *package, unsigned token);

/* Reads the part to its end, so that it is checked as a whole; its status. */
tb_status tb_package_end(tb_package *package);

/* A copy in the arena; a failure stops the tokeniser. */
tb_str tb_package_keep(tb_package *package, tb_str text);

/* The readers. The builder is new; they fill it and set what they know of the finished workbook. */
typedef struct tb_package_facts {
    bool has_external_links, has_macros;
    tb_str template_id;
} tb_package_facts;

tb_status tb_xlsx_read(tb_package *package, tb_package_facts *facts);
tb_status tb_ods_read(tb_package *package, tb_package_facts *facts);
/* A flat document, which lies in package->kept.raw. */
tb_status tb_fods_read(tb_package *package, tb_package_facts *facts);

#endif
