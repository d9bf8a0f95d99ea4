/*
 * The POSIX side of platform.h.
 */
#define _DEFAULT_SOURCE /* flock */
#define _XOPEN_SOURCE   700

#include "base/platform.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"

static tb_status open_failed(int number, tb_error *error)
{
    if (number == ENOENT || number == ENOTDIR)
        return tb_error_set(error, TB_IO, TB_MSG_BASE_FILE_MISSING, NULL);
    if (number == EACCES || number == EPERM)
        return tb_error_set(error, TB_IO, TB_MSG_BASE_FILE_DENIED, NULL);
    return tb_error_set(error, TB_IO, TB_MSG_BASE_FILE_READ, strerror(number), NULL);
}

static tb_status too_large(size_t max, tb_error *error)
{
    char mebibytes[24];
    snprintf(mebibytes, sizeof mebibytes, "%zu", max >> 20);
    return tb_error_set(error, TB_LIMIT, TB_MSG_BASE_FILE_TOO_LARGE, mebibytes, NULL);
}

/* What the system says about the open file, before a byte of it is read. */
static tb_status inspect(int file, size_t max, size_t *ret_size, tb_error *error)
{
    struct stat info;
    if (fstat(file, &info) != 0)
        return open_failed(errno, error);
    if (S_ISDIR(info.st_mode))
        return tb_error_set(error, TB_IO, TB_MSG_BASE_FILE_IS_FOLDER, NULL);
    if (!S_ISREG(info.st_mode))
        return tb_error_set(error, TB_IO, TB_MSG_BASE_FILE_NOT_REGULAR, NULL);
    if (info.st_size < 0 || (unsigned long long)info.st_size > max)
        return too_large(max, error);
    *ret_size = (size_t)info.st_size;
    return TB_OK;
}

static tb_status read_all(int file, size_t size, tb_buffer *out, tb_error *error)
{
    if (tb_buffer_reserve(out, size) == NULL)
        return tb_error_memory(error);
    while (out->size < size) {
        ssize_t got = read(file, out->data + out->size, size - out->size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return open_failed(errno, error);
        if (got == 0) /* it became shorter while we read */
            break;
        out->size += (size_t)got;
    }
    out->data[out->size] = '\0';
    return TB_OK;
}

tb_status tb_platform_read_file(const char *path, tb_buffer *out, tb_error *error)
{
    tb_buffer_reset(out);
    /* O_NONBLOCK: opening a pipe must not wait for its other end. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return open_failed(errno, error);
    size_t size = 0;
    tb_status status = inspect(file, out->max, &size, error);
    if (status == TB_OK)
        status = read_all(file, size, out, error);
    close(file);
    return status;
}

tb_path_kind tb_platform_path_kind(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return TB_PATH_MISSING;
    if (S_ISDIR(info.st_mode))
        return TB_PATH_FOLDER;
    return S_ISREG(info.st_mode) ? TB_PATH_FILE : TB_PATH_OTHER;
}

int64_t tb_platform_file_time(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return 0;
    return (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
}

typedef struct name_list {
    struct tb_arena *arena;
    size_t count, capacity;
    tb_str *names;
} name_list;

static bool add_name(name_list *list, const char *name)
{
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return true;
    if (list->count == list->capacity) {
        size_t wanted = list->capacity == 0 ? 64 : list->capacity * 2;
        tb_str *grown = tb_arena_grow(list->arena, list->names, list->count, wanted, sizeof *grown);
        if (grown == NULL)
            return false;
        list->names = grown;
        list->capacity = wanted;
    }
    tb_str copy = tb_arena_dup(list->arena, tb_str_of(name));
    list->names[list->count++] = copy;
    return copy.data != NULL;
}

static int compare_names(const void *a, const void *b)
{
    return tb_str_compare(*(const tb_str *)a, *(const tb_str *)b);
}

tb_status tb_platform_list_folder(const char *path, struct tb_arena *arena, tb_str **ret_names,
                                  size_t *ret_count, tb_error *error)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return open_failed(errno, error);
    name_list list = {.arena = arena};
    bool ok = true;
    const struct dirent *entry;
    while (ok && (entry = readdir(folder)) != NULL)
        ok = add_name(&list, entry->d_name);
    closedir(folder);
    if (!ok)
        return tb_error_memory(error);
    if (list.count > 1)
        qsort(list.names, list.count, sizeof *list.names, compare_names);
    *ret_names = list.names;
    *ret_count = list.count;
    return TB_OK;
}

bool tb_platform_from_gb18030(tb_buffer *out, tb_str text)
{
    tb_buffer_reset(out);
    size_t room = text.size * 3; /* four bytes become at most four, two at most three */
    char *to = tb_buffer_reserve(out, room + 1), *from = (char *)(uintptr_t)text.data;
    iconv_t conversion = iconv_open("UTF-8", "GB18030");
    if (to == NULL || conversion == (iconv_t)-1)
        return false;
    char *begin = to;
    size_t left = text.size;
    bool ok = iconv(conversion, &from, &left, &to, &room) == 0 && left == 0;
    iconv_close(conversion);
    if (!ok)
        return false;
    *to = '\0';
    out->size = (size_t)(to - begin);
    return true;
}

static tb_status write_failed(int number, tb_error *error)
{
    if (number == EACCES || number == EPERM || number == EROFS)
        return tb_error_set(error, TB_IO, TB_MSG_BASE_WRITE_DENIED, NULL);
    if (number == ENOENT || number == ENOTDIR)
        return tb_error_set(error, TB_IO, TB_MSG_BASE_WRITE_NO_FOLDER, NULL);
    if (number == ENOSPC || number == EDQUOT)
        return tb_error_set(error, TB_IO, TB_MSG_BASE_DISK_FULL, NULL);
    return tb_error_set(error, TB_IO, TB_MSG_BASE_WRITE_FAILED, strerror(number), NULL);
}

tb_status tb_platform_make_folder(const char *path, bool *ret_exists, tb_error *error)
{
    bool made = mkdir(path, 0777) == 0;
    int number = errno;
    if (ret_exists != NULL)
        *ret_exists = !made && number == EEXIST;
    return made ? TB_OK : write_failed(number, error);
}

void tb_platform_remove_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = folder >= 0 ? fdopendir(folder) : NULL;
    const struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL)
        (void)unlinkat(folder, entry->d_name, 0);
    if (entries != NULL)
        closedir(entries);
    else if (folder >= 0)
        close(folder);
    (void)rmdir(path);
}

tb_status tb_platform_rename(const char *from, const char *to, tb_error *error)
{
    return rename(from, to) == 0 ? TB_OK : write_failed(errno, error);
}

bool tb_platform_program_path(tb_buffer *out)
{
    tb_buffer_reset(out);
    for (size_t room = 256; room <= out->max; room *= 2) {
        char *to = tb_buffer_reserve(out, room);
        ssize_t size = to != NULL ? readlink("/proc/self/exe", to, room) : -1;
        if (size < 0)
            return false;
        if ((size_t)size < room) {
            to[size] = '\0';
            out->size = (size_t)size;
            return true;
        }
    }
    return false;
}

tb_status tb_platform_load(const char *module, const char *name,
                           tb_platform_function **ret_function, tb_error *error)
{
    void *handle = dlopen(module, RTLD_NOW | RTLD_LOCAL);
    void *symbol = handle != NULL ? dlsym(handle, name) : NULL;
    if (symbol == NULL)
        return tb_error_set(error, TB_IO, TB_MSG_BASE_MODULE_MISSING, module, dlerror(), NULL);
    *(void **)ret_function = symbol; /* as POSIX wants it: C has no such conversion */
    return TB_OK;
}

bool tb_platform_is_terminal(void *stream)
{
    return isatty(fileno(stream)) == 1;
}

size_t tb_platform_processor_count(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (size_t)count : 1;
}

/* ---- files that must not get lost ---- */

#define MAX_PATH_SIZE ((size_t)1 << 16)

tb_status tb_platform_make_path(const char *path, tb_error *error)
{
    char *part = strdup(path);
    if (part == NULL)
        return tb_error_memory(error);
    int failed = 0;
    for (char *p = part + 1; failed == 0; p++) {
        char kept = *p;
        if (kept != '/' && kept != '\0')
            continue;
        *p = '\0';
        if (mkdir(part, 0700) != 0 && errno != EEXIST &&
            tb_platform_path_kind(part) != TB_PATH_FOLDER)
            failed = errno;
        *p = kept;
        if (kept == '\0')
            break;
    }
    free(part);
    return failed == 0 ? TB_OK : write_failed(failed, error);
}

/* The folder's own list of names reaches the disk only when the folder is synchronised. */
static int sync_folder_of(const char *path)
{
    char *folder = strdup(path);
    if (folder == NULL)
        return ENOMEM;
    char *slash = strrchr(folder, '/');
    if (slash != NULL)
        slash[slash == folder] = '\0';
    int file = open(slash != NULL ? folder : ".", O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    free(folder);
    if (file < 0)
        return errno;
    int failed = fsync(file) != 0 && errno != EINVAL ? errno : 0;
    close(file);
    return failed;
}

static int write_all(int file, tb_str bytes)
{
    while (bytes.size > 0) {
        ssize_t done = write(file, bytes.data, bytes.size);
        if (done < 0 && errno != EINTR)
            return errno;
        if (done > 0)
            bytes = tb_str_slice(bytes, (size_t)done, bytes.size);
    }
    return fsync(file) != 0 ? errno : 0;
}

static int write_beside(const char *path, tb_str bytes)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return errno;
    int failed = write_all(file, bytes);
    if (close(file) != 0 && failed == 0)
        failed = errno;
    return failed;
}

tb_status tb_platform_write_durably(const char *path, tb_str bytes, tb_error *error)
{
    tb_buffer beside;
    tb_buffer_init(&beside, MAX_PATH_SIZE);
    tb_buffer_cstr(&beside, path);
    tb_buffer_cstr(&beside, ".new");
    if (beside.failed) {
        tb_buffer_done(&beside);
        return tb_error_memory(error);
    }
    int failed = write_beside(beside.data, bytes);
    if (failed == 0 && rename(beside.data, path) != 0)
        failed = errno;
    if (failed != 0)
        unlink(beside.data);
    else
        failed = sync_folder_of(path);
    tb_buffer_done(&beside);
    return failed == 0 ? TB_OK : write_failed(failed, error);
}

bool tb_platform_is_private(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & 077) == 0 &&
           info.st_uid == geteuid();
}

void tb_platform_full_path(const char *path, tb_buffer *out)
{
    char *full = realpath(path, NULL);
    tb_buffer_reset(out);
    tb_buffer_cstr(out, full != NULL ? full : path);
    free(full);
}

bool tb_platform_lock(const char *path, tb_file_lock *ret_lock)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return false;
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        close(file);
        return false;
    }
    *ret_lock = (tb_file_lock){file};
    return true;
}

void tb_platform_unlock(tb_file_lock *lock)
{
    if (lock->file >= 0)
        close(lock->file);
    lock->file = -1;
}

/* ---- time, chance, and the user's wish to stop ---- */

static int64_t read_clock(clockid_t clock)
{
    struct timespec now = {0};
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t tb_platform_clock(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t tb_platform_ticks(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

bool tb_platform_random(void *out, size_t size)
{
    return size <= 256 && getrandom(out, size, 0) == (ssize_t)size;
}

static volatile sig_atomic_t interrupted;

static void note_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

void tb_platform_catch_interrupt(void)
{
    struct sigaction action = {.sa_handler = note_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool tb_platform_is_interrupted(void)
{
    return interrupted != 0;
}
