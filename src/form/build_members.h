/*
 * The pieces that build_json.c puts form.json together of: objects and lists, each on a line of its
 * own, and the members that a row gives an object. Every value is noted with its cell.
 */
#ifndef TB_FORM_BUILD_MEMBERS_H
#define TB_FORM_BUILD_MEMBERS_H

#include "form/build.h"

/* Goes on on a new line; the comma, where one is due, stays on the old one. */
void tb_build__break_line(tb_build *build, int depth);
/* What is written next comes from that cell. */
void tb_build__note_place(tb_build *build, int table, const tb_build_row *row, int column);

/* An object that the row becomes; the column tells which object. */
void tb_build__open_object(tb_build *build, int table, tb_build_row *row, int depth, int column);
/* The members of an open object; returns the columns that they take, one bit each. */
unsigned tb_build__write_members(tb_build *build, int table, tb_build_row *row,
                                 const tb_build_member *members);

/* A list begins with its first object, and ends where it began. */
void tb_build__open_list(tb_build *build, const char *key, int depth, bool *open);
void tb_build__close_list(tb_build *build, bool open);

/* Tells a mistake, on the first pass only. */
void tb_build__fail(tb_build *build, int table, tb_build_row *row, int column, tb_message message,
                    tb_str argument, tb_str second);
/* Tells of what stands in the row and is in none of the used columns. */
void tb_build__check_unused(tb_build *build, int table, tb_build_row *row, unsigned used);
/* The words that a cell may hold, in both languages. */
tb_str tb_build__allowed_words(tb_build *build, const tb_build_word *words);

#endif
