/*
 * The floor under every reader of forms: reads each file, inflates the parts that tianbao reads,
 * finds every tag and every attribute in them, and keeps nothing. It shares no code with src.
 *
 * Usage: floor [--parts] FILE…      prints one line: files, bytes, tags, attributes
 *        floor --inflate FILE…      only inflates and looks for `<`: what the floor itself is
 *                                   measured against (see tests/bench/run)
 */
#include <libdeflate.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    unsigned long long files, bytes, tags, attributes;
} total;

static bool print_parts, only_inflate;
static char *file_bytes, *part_bytes;
static size_t file_capacity, part_capacity;
static struct libdeflate_decompressor *decompressor;

static void die(const char *path, const char *what)
{
    fprintf(stderr, "floor: %s: %s\n", path, what);
    exit(2);
}

static void make_room(char **bytes, size_t *capacity, size_t size)
{
    if (size + 16 <= *capacity)
        return;
    *capacity = size * 2 + 16;
    free(*bytes);
    *bytes = malloc(*capacity);
    if (*bytes == NULL)
        die("", "out of memory");
}

static unsigned u16(const char *p)
{
    return (unsigned char)p[0] | (unsigned)(unsigned char)p[1] << 8;
}

static unsigned u32(const char *p)
{
    return u16(p) | u16(p + 2) << 16;
}

/* The parts that `tianbao` inflates. */
static bool is_read(const char *name, size_t size)
{
    static const char *const parts[] = {
        "_rels/.rels",   "xl/_rels/workbook.xml.rels", "xl/workbook.xml",
        "xl/styles.xml", "xl/sharedStrings.xml",       "content.xml",
        "styles.xml"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (strlen(parts[i]) == size && memcmp(parts[i], name, size) == 0)
            return true;
    }
    static const char sheets[] = "xl/worksheets/sheet";
    return size > sizeof sheets && memcmp(name, sheets, sizeof sheets - 1) == 0;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (unsigned char)(byte))

static uint64_t load(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

static uint64_t zeros(uint64_t word)
{
    return (word - EACH(1)) & ~word & EACH(0x80);
}

/* The next of two bytes: the nearest ones are looked at one by one, the others eight at a time;
 * zero bytes stand behind the end. A call of memchr would cost more. */
static inline const char *find(const char *p, const char *end, char a, char b)
{
    for (int i = 0; i < 5; i++, p++) {
        if (*p == a || *p == b)
            return p;
    }
    for (; p < end; p += 8) {
        uint64_t word = load(p), found = zeros(word ^ EACH(a));
        if (a != b)
            found |= zeros(word ^ EACH(b));
        if (found != 0)
            return p + __builtin_ctzll(found) / 8;
    }
    return end;
}

/* Counts what is between < and >: the name, then every name="value". */
static const char *scan_tag(const char *p, const char *end)
{
    total.tags++;
    p = find(p, end, '>', ' ');
    while (p < end && *p == ' ') {
        const char *quote = find(p + 2, end, '"', '"');
        const char *close = find(quote + 1, end, '"', '"');
        if (close >= end)
            return end;
        total.attributes++;
        p = close + 1;
    }
    return p;
}

static void scan(const char *p, const char *end)
{
    while ((p = find(p, end, '<', '<')) < end)
        p = scan_tag(p + 1, end);
}

/* What the floor is measured against. */
static void count_brackets(const char *p, const char *end)
{
    for (; p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++)
        total.tags++;
}

static void read_part(const char *path, const char *local, size_t packed, size_t size,
                      unsigned method)
{
    const char *data = local + 30 + u16(local + 26) + u16(local + 28);
    make_room(&part_bytes, &part_capacity, size);
    if (method == 0)
        memcpy(part_bytes, data, size);
    else if (libdeflate_deflate_decompress(decompressor, data, packed, part_bytes, size, NULL) !=
             LIBDEFLATE_SUCCESS)
        die(path, "can't inflate");
    total.bytes += size;
    memset(part_bytes + size, 0, 16);
    if (only_inflate)
        count_brackets(part_bytes, part_bytes + size);
    else
        scan(part_bytes, part_bytes + size);
}

static size_t read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        die(path, "can't open");
    setvbuf(file, NULL, _IONBF, 0);
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    make_room(&file_bytes, &file_capacity, size);
    if (fread(file_bytes, 1, size, file) != size)
        die(path, "can't read");
    fclose(file);
    return size;
}

static void read_package(const char *path)
{
    size_t size = read_file(path);
    if (size < 22)
        die(path, "no zip");
    const char *end = file_bytes + size - 22;
    while (end > file_bytes && memcmp(end, "PK\5\6", 4) != 0)
        end--;
    const char *entry = file_bytes + u32(end + 16);
    for (unsigned i = u16(end + 10); i > 0; i--) {
        size_t name_size = u16(entry + 28);
        if (is_read(entry + 46, name_size)) {
            if (print_parts)
                printf("%s %.*s\n", path, (int)name_size, entry + 46);
            read_part(path, file_bytes + u32(entry + 42), u32(entry + 20), u32(entry + 24),
                      u16(entry + 10));
        }
        entry += 46 + name_size + u16(entry + 30) + u16(entry + 32);
    }
    total.files++;
}

int main(int argc, char **argv)
{
    decompressor = libdeflate_alloc_decompressor();
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--parts") == 0)
            print_parts = true;
        else if (strcmp(argv[i], "--inflate") == 0)
            only_inflate = true;
        else
            read_package(argv[i]);
    }
    printf("%llu files, %llu bytes, %llu tags, %llu attributes\n", total.files, total.bytes,
           total.tags, total.attributes);
    libdeflate_free_decompressor(decompressor);
    free(file_bytes);
    free(part_bytes);
    return 0;
}
