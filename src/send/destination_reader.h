/*
 * What the files that read the settings share: destination.c and destination_mapping.c. Functions
 * that return bool have told what is wrong when they return false.
 */
#ifndef TB_SEND_DESTINATION_READER_H
#define TB_SEND_DESTINATION_READER_H

#include "form/source.h"
#include "send/destination.h"

typedef struct tb_settings_reader {
    tb_arena *arena;
    tb_source source;
    tb_str folder; /* of the settings file, with its '/' */
} tb_settings_reader;

/* A text in the arena; NULL leaves *ret as it is. */
bool tb_settings__text(tb_settings_reader *reader, const cJSON *node, const char **ret);

/* The mapping of a destination of the kind "json"; NULL: there is none. */
bool tb_settings__mapping(tb_settings_reader *reader, const cJSON *node, tb_destination *ret);

#endif
