/*
 * Everything that asks the operating system for more than C11 has. Another system gets another
 * platform.c and nothing else changes.
 */
#ifndef TB_BASE_PLATFORM_H
#define TB_BASE_PLATFORM_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"

/*
 * Replaces what is in `out` by the whole of a regular file. TB_IO when it is missing, a folder,
 * no regular file, or can't be read; TB_LIMIT when it is larger than out's maximum. `path` is in
 * UTF-8; the message does not repeat it.
 */
tb_status tb_platform_read_file(const char *path, tb_buffer *out, tb_error *error);

typedef enum tb_path_kind {
    TB_PATH_MISSING,
    TB_PATH_FILE,
    TB_PATH_FOLDER,
    TB_PATH_OTHER
} tb_path_kind;

/* When the file at the path was last changed, in nanoseconds since 1970-01-01 UTC; 0 where the
 * system won't tell. */
int64_t tb_platform_file_time(const char *path);

/* What stands at the path; links are followed. */
tb_path_kind tb_platform_path_kind(const char *path);

/* The names in a folder, sorted by bytes, without "." and ".."; they and the list lie in the
 * arena, each ended by NUL. TB_IO when it can't be read. */
struct tb_arena;
tb_status tb_platform_list_folder(const char *path, struct tb_arena *arena, tb_str **ret_names,
                                  size_t *ret_count, tb_error *error);

/* Replaces what is in `out` by a text in GB18030, in UTF-8. False where it is none, or the system
 * knows nothing of GB18030. */
bool tb_platform_from_gb18030(tb_buffer *out, tb_str text);

/* Makes a folder. TB_IO with the reason when it can't be made; when something stands there already,
 * `ret_exists`, which may be NULL, says so. */
tb_status tb_platform_make_folder(const char *path, bool *ret_exists, tb_error *error);
/* Removes a folder and the files in it, but no folder below it; a missing one is fine. */
void tb_platform_remove_folder(const char *path);
/* Gives the file or folder another name in one step; a file that has it is replaced. */
tb_status tb_platform_rename(const char *from, const char *to, tb_error *error);

/* Replaces what is in `out` by the path of the running program; false where the system won't tell.
 */
bool tb_platform_program_path(tb_buffer *out);

/* Loads a module that stands where the program looks for its own, and finds a function in it. The
 * module stays until the program ends; loading it again is free. TB_IO with the reason when it
 * can't be loaded or has no such function. */
typedef void tb_platform_function(void);
tb_status tb_platform_load(const char *module, const char *name,
                           tb_platform_function **ret_function, tb_error *error);

/* Whether a person watches what goes there. `stream` is a FILE *. */
bool tb_platform_is_terminal(void *stream);

/* How many threads can run at once, at least 1. */
size_t tb_platform_processor_count(void);

/* ---- files that must not get lost ---- */

/* Makes the folder and those above it that are missing, for the user alone. */
tb_status tb_platform_make_path(const char *path, tb_error *error);

/*
 * Makes a file for the user alone and returns when the disk has its bytes and its name. It has its
 * name with all of its bytes or not at all, whenever the power fails. An existing file is replaced.
 */
tb_status tb_platform_write_durably(const char *path, tb_str bytes, tb_error *error);

/* Whether nobody but the file's owner, who is this user, can read it. */
bool tb_platform_is_private(const char *path);

/* Replaces what is in `out` by the path from the root, without links; the path as it is where the
 * system can't tell. */
void tb_platform_full_path(const char *path, tb_buffer *out);

/* A file that one process at a time holds, and that the system takes back when the process ends
 * however it ends. */
typedef struct tb_file_lock {
    int file; /* -1: not held */
} tb_file_lock;

/* False when another process holds it or the file can't be made. */
bool tb_platform_lock(const char *path, tb_file_lock *ret_lock);
void tb_platform_unlock(tb_file_lock *lock);

/* ---- time, chance, and the user's wish to stop ---- */

/* Milliseconds since 1970 in UTC, by a clock that people set; and since some moment, by one that
 * nobody sets. */
int64_t tb_platform_clock(void);
int64_t tb_platform_ticks(void);

/* Fills with numbers that nobody can guess; false where the system has none. */
bool tb_platform_random(void *out, size_t size);

/* From now on the first Ctrl+C (or the wish of the system to end the program) is noted only; the
 * second ends the program. */
void tb_platform_catch_interrupt(void);
bool tb_platform_is_interrupted(void);

#endif
