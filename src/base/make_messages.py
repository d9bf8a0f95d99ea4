#!/usr/bin/env python3
"""Makes messages.gen.h and messages.gen.c from the texts.<language>.properties of all folders.

A key `zip_truncated` in src/sheet becomes TB_MSG_SHEET_ZIP_TRUNCATED. Both languages must have the
same keys, and each pair the same placeholders; anything else stops the build with file and line.
"""
import argparse
import pathlib
import re
import sys

LANGUAGES = ("zh-CN", "en-US")  # in the order of enum tb_language


def fail(path, line, text):
    sys.exit(f"{path}:{line}: {text}")


def read_texts(path):
    texts = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        key, separator, text = line.partition("=")
        key = key.strip()
        if not separator or not re.fullmatch(r"[a-z][a-z0-9_]*", key):
            fail(path, number, "expected key=text")
        if key in texts:
            fail(path, number, f"key {key} stands here twice")
        texts[key] = (text.strip().replace("\\n", "\n"), number)
    return texts


def placeholders(text):
    return sorted(set(re.findall(r"\{(\d)\}", text)))


def read_all(paths):
    """Returns [(enum name, [text per language])] in a stable order."""
    rows = []
    for path in (p for p in paths if p.name == f"texts.{LANGUAGES[0]}.properties"):
        per_language = [read_texts(path.with_name(f"texts.{name}.properties"))
                        for name in LANGUAGES]
        first = per_language[0]
        for name, texts in zip(LANGUAGES, per_language):
            for key in first.keys() ^ texts.keys():
                fail(path.with_name(f"texts.{name}.properties"), 1,
                     f"{key} is in one language only")
        for key, (text, line) in first.items():
            for name, texts in zip(LANGUAGES, per_language):
                if placeholders(text) != placeholders(texts[key][0]):
                    fail(path, line, f"{key}: other placeholders in {name}")
            rows.append((f"TB_MSG_{path.parent.name}_{key}".upper(),
                         [texts[key][0] for texts in per_language]))
    return rows


def c_string(text):
    out = []
    for byte in text.encode("utf-8"):
        char = chr(byte)
        if char in '"\\':
            out.append("\\" + char)
        elif char == "\n":
            out.append("\\n")
        elif byte == 0x3F:  # no trigraphs
            out.append("\\?")
        else:
            out.append(char if 0x20 <= byte < 0x7F else f"\\{byte:03o}")
    return '"' + "".join(out) + '"'


def write_header(path, rows):
    lines = ["/* Made by make_messages.py. */", "#ifndef TB_BASE_MESSAGES_GEN_H",
             "#define TB_BASE_MESSAGES_GEN_H", "", "typedef enum tb_message {"]
    lines += [f"    {name}," for name, _ in rows]
    lines += ["    TB_MSG_COUNT", "} tb_message;", "",
              "extern const char *const tb_message_texts[TB_MSG_COUNT][2];", "", "#endif", ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def write_source(path, rows):
    lines = ["/* Made by make_messages.py. */", '#include "base/messages.gen.h"', "",
             "const char *const tb_message_texts[TB_MSG_COUNT][2] = {"]
    lines += [f"    [{name}] = {{{', '.join(c_string(text) for text in texts)}}},"
              for name, texts in rows]
    lines += ["};", ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="+", type=pathlib.Path)
    parser.add_argument("--output", nargs=2, required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    rows = read_all(arguments.inputs)
    write_header(arguments.output[0], rows)
    write_source(arguments.output[1], rows)


if __name__ == "__main__":
    main()
