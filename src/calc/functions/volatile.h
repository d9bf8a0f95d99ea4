/*
 * Results of cells that change without their arguments (com.sun.star.sheet.XVolatileResult). There
 * is one object for each question about a document, shared by all cells that ask it; Calc
 * registers a listener with it and goes on showing #N/A until that is told a value.
 */
#ifndef TB_CALC_FUNCTIONS_VOLATILE_H
#define TB_CALC_FUNCTIONS_VOLATILE_H

#include "calc/uno/object.h"

typedef enum tb_question_kind { TB_QUESTION_CHECK, TB_QUESTION_OPEN } tb_question_kind;

typedef struct tb_question {
    rtl_uString *document; /* its RuntimeUID */
    tb_question_kind kind;
    rtl_uString *argument; /* the rule, field or severity asked for */
} tb_question;

/* Answers a question; false: there is no answer yet. Called without any lock held. */
typedef bool (*tb_question_answer)(const tb_question *question, double *ret);

/* The object of a question, which copies it; the caller owns a reference. */
tb_status tb_volatile_get(const tb_question *question, tb_question_answer answer,
                          tb_object **ret_object, tb_error *error);

/* Tells all listeners of the document the answers of now. From any thread. */
void tb_volatile_tell(const rtl_uString *document);

extern tb_class tb_volatile_class;

#endif
