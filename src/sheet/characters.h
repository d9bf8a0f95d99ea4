/*
 * One pass over the bytes of a part before anything is read from it: are they well-formed UTF-8 of
 * characters that XML allows, and what is nowhere in it, so that nobody has to look for it again.
 */
#ifndef TB_SHEET_CHARACTERS_H
#define TB_SHEET_CHARACTERS_H

#include "base/text.h"

typedef struct tb_characters {
    size_t valid;        /* bytes up to the first that is ill-formed or begins a character that XML
                          * forbids; all of them when there is none */
    bool has_references; /* an & is among them; may be a false alarm behind `valid` */
    bool has_returns;    /* a carriage return is; likewise */
} tb_characters;

/* In the fastest way that this machine has. */
tb_characters tb_characters_check(tb_str text);

/* The ways, for a test that compares them. */
typedef enum tb_characters_way {
    TB_CHARACTERS_PORTABLE,
    TB_CHARACTERS_SSE2,
    TB_CHARACTERS_AVX2,
    TB_CHARACTERS_WAYS
} tb_characters_way;

/* False when this machine or this build doesn't have that way. */
bool tb_characters_check_by(tb_characters_way way, tb_str text, tb_characters *ret);

#endif
