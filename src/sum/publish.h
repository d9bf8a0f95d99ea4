/*
 * The last step of an aggregation: goes through all forms in their order and gives their rows to
 * the writers; then the totals. Used inside src/sum only.
 */
#ifndef TB_SUM_PUBLISH_H
#define TB_SUM_PUBLISH_H

#include "sum/collection.h"
#include "sum/writer.h"

typedef struct tb_publication {
    const tb_outline *outline;
    tb_language language;
    size_t writer_count;
    tb_sum_writer *const *writers;
} tb_publication;

tb_status tb_publish(const tb_publication *publication, tb_collection *collection, tb_error *error);

#endif
