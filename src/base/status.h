/*
 * What a function says when the world fails, and the error that goes with it.
 *
 * Ownership, for the whole library: a returned pointer is borrowed; what comes out through a
 * pointer to a pointer (`ret_x`) says at its function who owns it. Names carry it too: new/free,
 * init/done, get (borrowed), find (borrowed or NULL), dup and take (the caller owns).
 *
 * Three kinds of failure go three ways. A bug of ours asserts (tb_assert); the world failing
 * (memory, disk, a broken file, a limit) is a tb_status with a tb_error; what is wrong in the
 * user's form is a finding and never a status.
 */
#ifndef TB_BASE_STATUS_H
#define TB_BASE_STATUS_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/messages.gen.h" /* enum tb_message, made from the texts.*.properties files */

#if defined(__GNUC__)
#define TB_NONNULL  __attribute__((nonnull))
#define TB_SENTINEL __attribute__((sentinel))
#define TB_UNUSED   __attribute__((unused))
#else
#define TB_NONNULL
#define TB_SENTINEL
#define TB_UNUSED
#endif

typedef enum tb_status {
    TB_OK = 0,
    TB_NO_MEMORY,    /* an allocation failed */
    TB_LIMIT,        /* input is larger than a named limit (base/limits.h) */
    TB_IO,           /* the system refused to open, read or write */
    TB_NOT_FOUND,    /* a named thing is not there: file, definition, field */
    TB_DAMAGED,      /* bytes that are not what their format demands */
    TB_ENCRYPTED,    /* readable only with a password */
    TB_UNSUPPORTED,  /* a known format that is not read here (.xls, .doc) */
    TB_INVALID,      /* a definition, a formula or an option is wrong */
    TB_UNRECOGNISED, /* a workbook that is no known form */
    TB_INTERNAL      /* a bug of ours, in a build that must not abort */
} tb_status;

#define TB_ERROR_ARGS_SIZE    1024
#define TB_ERROR_ARGS_MAX     6
#define TB_ERROR_WHERE_SIZE   512
#define TB_ERROR_EXCERPT_SIZE 768

/* One error: what failed, and the texts that fill its message. Needs no memory of its own, so
 * that running out of memory can be reported. Rendered by tb_error_format (base/message.h). */
typedef struct tb_error {
    tb_status status;
    tb_message message;
    unsigned arg_count;
    char args[TB_ERROR_ARGS_SIZE];   /* arg_count texts, each ended by NUL; too long ones are cut
                                      * at a whole UTF-8 character */
    char where[TB_ERROR_WHERE_SIZE]; /* "form.json:12:30", or empty */
    char excerpt[TB_ERROR_EXCERPT_SIZE]; /* lines to show below the message, or empty */
} tb_error;

/* Fills *error (which may be NULL) and returns status, so that a failing function can
 * `return tb_error_set(error, TB_DAMAGED, TB_MSG_SHEET_ZIP_TRUNCATED, name, NULL);`
 * The texts after message are the message's {0}, {1}, …; the list ends with NULL. */
tb_status tb_error_set(tb_error *error, tb_status status, tb_message message, ...) TB_SENTINEL;

/* Adds to an error that is set already where it stands ("form.json:12:30") and the lines that show
 * it; either may be NULL. Both are of no language. */
void tb_error_locate(tb_error *error, const char *where, const char *excerpt);

/* As tb_error_set, for running out of memory. */
tb_status tb_error_memory(tb_error *error);

/* A bug in our own code. A debug build aborts; in a release build, and wherever TB_NO_ABORT is
 * defined (the office process must never be aborted by us), the enclosing function returns
 * `value`. */
#if defined(TB_NO_ABORT) || defined(NDEBUG)
#define tb_assert_or(condition, value)                                                             \
    do {                                                                                           \
        if (!(condition))                                                                          \
            return value;                                                                          \
    } while (0)
#else
#define tb_assert_or(condition, value) assert(condition)
#endif

#endif
