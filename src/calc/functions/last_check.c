/*
 * TB_CHECK and TB_OPEN. Documents are known by their RuntimeUID, so that none is held on to; each
 * one's last check listens for the document's end.
 */
#include "calc/functions/last_check.h"

#include "base/limits.h"
#include "calc/functions/answers.h"
#include "calc/functions/argument.h"
#include "calc/functions/result.h"
#include "calc/functions/volatile.h"
#include "calc/uno/calls.h"
#include "calc/uno/lock.h"
#include "rule/open_findings.h"

typedef struct last_check {
    tb_object head;
    struct last_check *next; /* in `checks` */
    rtl_uString *document;   /* owned */
    tb_arena arena;          /* of `open` */
    tb_open_findings open;
} last_check;

static last_check *checks; /* under the lock; owns one reference to each */

/* Under the lock: where the document's check is, or would be, linked in. */
static last_check **find_link(const rtl_uString *document)
{
    last_check **link = &checks;
    while (*link != NULL && !tb_text_equal((*link)->document, document))
        link = &(*link)->next;
    return link;
}

/* The document's RuntimeUID; NULL for no document. */
static const rtl_uString *document_id(tb_calls *calls, uno_Interface *document)
{
    const uno_Any *id = document == NULL ? NULL : tb_property(calls, document, "RuntimeUID");
    return id == NULL ? NULL : tb_any_find_text(id);
}

/* Answers */

typedef enum severity_word { WORD_ERROR, WORD_WARNING, WORD_ALL } severity_word;

static const tb_word severity_words[] = {[WORD_ERROR] = {"错误", "error"},
                                         [WORD_WARNING] = {"警告", "warning"},
                                         [WORD_ALL] = {"全部", "all"},
                                         {NULL, NULL}};

static tb_status read_severity(tb_arena *arena, const rtl_uString *given, severity_word *ret,
                               tb_error *error)
{
    size_t place = 0;
    tb_language language;
    tb_status status = tb_argument_word(arena, tb_text_utf8(arena, given), severity_words, &place,
                                        &language, error);
    *ret = (severity_word)place;
    return status;
}

static double count_severity(const tb_open_findings *open, severity_word word)
{
    const size_t *counts = open->by_severity;
    size_t all = 0;
    for (size_t i = 0; i < TB_SEVERITY_COUNT; i++)
        all += counts[i];
    const size_t by_word[] = {[WORD_ERROR] = counts[TB_ERROR_SEVERITY],
                              [WORD_WARNING] = counts[TB_WARNING_SEVERITY],
                              [WORD_ALL] = all};
    return (double)by_word[word];
}

/* A form is known; what is asked for may not be. */
static double answer_known(const tb_open_findings *open, const tb_question *question)
{
    tb_arena arena;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE * 4);
    size_t count = 0;
    severity_word word;
    double answer = tb_result_error(TB_CALC_ARGUMENT);
    if (question->kind == TB_QUESTION_CHECK &&
        tb_open_findings_count(open, tb_text_utf8(&arena, question->argument), &count))
        answer = (double)count;
    if (question->kind == TB_QUESTION_OPEN &&
        read_severity(&arena, question->argument, &word, NULL) == TB_OK)
        answer = count_severity(open, word);
    tb_arena_done(&arena);
    return answer;
}

/* A document that is no known form has no answer, and one of before is taken back. */
static bool answer_question(const tb_question *question, double *ret)
{
    tb_lock();
    last_check *check = *find_link(question->document);
    if (check != NULL)
        tb_object_ref(&check->head);
    tb_unlock();
    if (check == NULL)
        return false;
    *ret = check->open.definition == NULL ? tb_result_error(TB_CALC_NOT_THERE)
                                          : answer_known(&check->open, question);
    tb_object_unref(&check->head);
    return true;
}

static tb_status ask(tb_question_kind kind, void *result, void **arguments, tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_object *object = NULL;
    tb_question question = {.document =
                                (rtl_uString *)document_id(&calls, *(uno_Interface **)arguments[0]),
                            .kind = kind,
                            .argument = *(rtl_uString **)arguments[1]};
    tb_status status = question.document == NULL
                           ? tb_argument_wrong(error)
                           : tb_volatile_get(&question, answer_question, &object, error);
    if (status == TB_OK)
        *(uno_Interface **)result =
            tb_object_get_interface(object, "com.sun.star.sheet.XVolatileResult");
    tb_calls_done(&calls, NULL);
    return status;
}

tb_status tb_function_check(tb_object *self TB_UNUSED, void *result, void **arguments,
                            tb_error *error)
{
    return ask(TB_QUESTION_CHECK, result, arguments, error);
}

tb_status tb_function_open(tb_object *self TB_UNUSED, void *result, void **arguments,
                           tb_error *error)
{
    tb_arena arena;
    severity_word word;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE * 4);
    tb_status status = read_severity(&arena, *(rtl_uString **)arguments[1], &word, error);
    tb_arena_done(&arena);
    return status == TB_OK ? ask(TB_QUESTION_OPEN, result, arguments, error) : status;
}

/* Publishing */

static void done(tb_object *object)
{
    last_check *self = (last_check *)object;
    tb_arena_done(&self->arena);
    if (self->document != NULL)
        rtl_uString_release(self->document);
}

/* XEventListener: the document goes. Another check may stand in this one's place by now. */
static tb_status disposing(tb_object *object, void *result TB_UNUSED, void **arguments TB_UNUSED,
                           tb_error *error TB_UNUSED)
{
    tb_lock();
    last_check **link = find_link(((last_check *)object)->document);
    last_check *gone = *link;
    if (gone != NULL)
        *link = gone->next;
    tb_unlock();
    if (gone != NULL)
        tb_object_unref(&gone->head);
    return TB_OK;
}

static const tb_method event_methods[] = {{"disposing", disposing}, {NULL, NULL}};
static const tb_interface interfaces[] = {{"com.sun.star.lang.XEventListener", event_methods},
                                          {NULL, NULL}};

tb_class tb_last_check_class = {.implementation = "org.tianbao.calc.LastCheck",
                                .interfaces = interfaces,
                                .size = sizeof(last_check),
                                .done = done};

static last_check *new_check(const rtl_uString *document, const tb_result *result)
{
    tb_object *object;
    if (tb_object_new(&tb_last_check_class, NULL, &object, NULL) != TB_OK)
        return NULL;
    last_check *made = (last_check *)object;
    tb_arena_init(&made->arena, TB_MAX_RESULT_MEMORY);
    made->document = (rtl_uString *)document;
    rtl_uString_acquire(made->document);
    if (tb_open_findings_gather(&made->arena, result, &made->open))
        return made;
    tb_object_unref(object);
    return NULL;
}

/* Puts the check in its place. True for the first one of a document. */
static bool replace(last_check *made)
{
    tb_lock();
    last_check **link = find_link(made->document);
    last_check *before = *link;
    made->next = before == NULL ? NULL : before->next;
    *link = made;
    tb_unlock();
    if (before != NULL)
        tb_object_unref(&before->head);
    return before == NULL;
}

static bool row_asks(const tb_band *band)
{
    static const char *const functions[] = {"TIANBAO.FUNCTIONS.CHECK(", "TIANBAO.FUNCTIONS.OPEN("};
    for (size_t i = 0; i < band->cell_count; i++) {
        tb_str formula = band->cells[i].formula;
        if (tb_str_find(formula, tb_str_of(functions[0])) >= 0 ||
            tb_str_find(formula, tb_str_of(functions[1])) >= 0)
            return true;
    }
    return false;
}

static bool workbook_asks(const tb_workbook *workbook)
{
    for (size_t i = 0; i < workbook->sheet_count; i++) {
        const tb_sheet *sheet = &workbook->sheets[i];
        for (size_t j = 0; j < sheet->band_count; j++) {
            if (row_asks(&sheet->bands[j]))
                return true;
        }
    }
    return false;
}

/* An .xlsx file is opened with its saved values: cells that ask may not have been calculated yet,
 * and would go on showing what an older check left. */
static void wake_cells(tb_calls *calls, uno_Interface *document, const tb_result *result)
{
    if (result->form != NULL && workbook_asks(result->form->workbook))
        tb_uno_call(calls, document, TB_XCalculatable_calculateAll, NULL);
}

void tb_last_check_publish(uno_Interface *document, const tb_result *result)
{
    tb_calls calls;
    tb_calls_init(&calls);
    const rtl_uString *id = document_id(&calls, document);
    last_check *made = id == NULL ? NULL : new_check(id, result);
    if (made != NULL) {
        uno_Interface *own =
            tb_object_get_interface(&made->head, "com.sun.star.lang.XEventListener");
        tb_object_ref(&made->head); /* the list's, which another thread may empty at once */
        if (replace(made)) {
            tb_uno_call(&calls, document, TB_XComponent_addEventListener, TB_ARGS(&own));
            wake_cells(&calls, document, result);
        }
        tb_volatile_tell(id);
        tb_object_unref(&made->head);
    }
    tb_calls_done(&calls, NULL);
}
