/*
 * Nettle does base64; the rest is a few lines.
 */
#include "send/encode.h"

#include <nettle/base64.h>

#include "base/platform.h"

static const char hex_digits[] = "0123456789abcdef";

void tb_encode_sha256(const unsigned char digest[TB_SHA256_SIZE], char out[TB_SHA256_TEXT_SIZE])
{
    for (size_t i = 0; i < TB_SHA256_SIZE; i++) {
        out[2 * i] = hex_digits[digest[i] >> 4];
        out[2 * i + 1] = hex_digits[digest[i] & 15u];
    }
    out[TB_SHA256_TEXT_SIZE - 1] = '\0';
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool tb_decode_sha256(tb_str text, unsigned char out[TB_SHA256_SIZE])
{
    if (text.size != 2 * TB_SHA256_SIZE)
        return false;
    for (size_t i = 0; i < TB_SHA256_SIZE; i++) {
        int high = hex_value(text.data[2 * i]), low = hex_value(text.data[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

void tb_encode_base64(tb_buffer *out, tb_str bytes)
{
    size_t size = BASE64_ENCODE_RAW_LENGTH(bytes.size);
    char *room = tb_buffer_reserve(out, size);
    if (room == NULL)
        return;
    base64_encode_raw(room, bytes.size, (const uint8_t *)bytes.data);
    out->size += size;
    out->data[out->size] = '\0';
}

bool tb_decode_base64(tb_str text, tb_buffer *out)
{
    struct base64_decode_ctx context;
    tb_buffer_reset(out);
    size_t size = BASE64_DECODE_LENGTH(text.size);
    char *room = tb_buffer_reserve(out, size);
    base64_decode_init(&context);
    if (room == NULL ||
        !base64_decode_update(&context, &size, (uint8_t *)room, text.size, text.data) ||
        !base64_decode_final(&context))
        return false;
    out->size += size;
    out->data[out->size] = '\0';
    return true;
}

static void append_percent(tb_buffer *out, unsigned char byte)
{
    static const char upper[] = "0123456789ABCDEF";
    const char text[] = {'%', upper[byte >> 4], upper[byte & 15u]};
    tb_buffer_append(out, text, sizeof text);
}

static bool is_unreserved(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

static void encode(tb_buffer *out, tb_str text, bool keep_slash)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (is_unreserved(c) || (keep_slash && c == '/'))
            tb_buffer_char(out, c);
        else
            append_percent(out, (unsigned char)c);
    }
}

void tb_encode_segment(tb_buffer *out, tb_str text)
{
    encode(out, text, false);
}

void tb_encode_path(tb_buffer *out, tb_str text)
{
    encode(out, text, true);
}

bool tb_make_uuid(char out[TB_UUID_SIZE])
{
    unsigned char bytes[16];
    if (!tb_platform_random(bytes, sizeof bytes))
        return false;
    bytes[6] = (unsigned char)((bytes[6] & 0x0Fu) | 0x40u); /* version 4 */
    bytes[8] = (unsigned char)((bytes[8] & 0x3Fu) | 0x80u); /* the variant of the RFC */
    size_t at = 0;
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out[at++] = '-';
        out[at++] = hex_digits[bytes[i] >> 4];
        out[at++] = hex_digits[bytes[i] & 15u];
    }
    out[at] = '\0';
    return true;
}
