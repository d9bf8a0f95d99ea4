/*
 * Opening, gathering, closing.
 */
#include "sum/table_files.h"

#include <stdlib.h>

#include "base/limits.h"

#define PIECE ((size_t)64 << 10) /* that is written at once */

static FILE *open_file(const char *folder, tb_str id, const char *ending)
{
    tb_buffer path;
    tb_buffer_init(&path, TB_MAX_TEXT_SIZE);
    tb_buffer_cstr(&path, folder);
    tb_buffer_char(&path, '/');
    tb_buffer_text(&path, id);
    tb_buffer_cstr(&path, ending);
    FILE *stream = path.failed ? NULL : fopen(path.data, "wbx");
    if (stream != NULL)
        setvbuf(stream, NULL, _IONBF, 0); /* its text gathers in a buffer of ours */
    tb_buffer_done(&path);
    return stream;
}

static tb_status not_written(tb_error *error)
{
    return tb_error_set(error, TB_IO, TB_MSG_SUM_NOT_WRITTEN, NULL);
}

tb_status tb_table_files_open(tb_table_files *files, const tb_sum_writing *writing,
                              const char *ending, tb_error *error)
{
    *files = (tb_table_files){.count = writing->outline->table_count};
    files->list = calloc(files->count, sizeof *files->list);
    if (files->list == NULL)
        return tb_error_memory(error);
    for (size_t i = 0; i < files->count; i++) {
        tb_table_file *file = &files->list[i];
        tb_buffer_init(&file->text, TB_MAX_OUTPUT_SIZE);
        if (!writing->used[i])
            continue;
        file->stream = open_file(writing->path, writing->outline->tables[i].id, ending);
        if (file->stream == NULL)
            return not_written(error);
    }
    return TB_OK;
}

static void write_out(tb_table_files *files, tb_table_file *file)
{
    tb_buffer *text = &file->text;
    if (text->size > 0 && !files->failed)
        files->failed =
            text->failed || fwrite(text->data, 1, text->size, file->stream) != text->size;
    tb_buffer_reset(text);
}

void tb_table_files_pass(tb_table_files *files, size_t table)
{
    if (files->list[table].text.size >= PIECE || files->list[table].text.failed)
        write_out(files, &files->list[table]);
}

tb_status tb_table_files_close(tb_table_files *files, tb_error *error)
{
    for (size_t i = 0; i < files->count; i++) {
        tb_table_file *file = &files->list[i];
        if (file->stream == NULL)
            continue;
        write_out(files, file);
        files->failed |= fclose(file->stream) != 0;
        file->stream = NULL;
    }
    return files->failed ? not_written(error) : TB_OK;
}

void tb_table_files_done(tb_table_files *files)
{
    for (size_t i = 0; i < files->count && files->list != NULL; i++) {
        tb_buffer_done(&files->list[i].text);
        if (files->list[i].stream != NULL)
            fclose(files->list[i].stream);
    }
    free(files->list);
    *files = (tb_table_files){0};
}
