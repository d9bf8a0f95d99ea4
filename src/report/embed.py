#!/usr/bin/env python3
"""Turns a style sheet into a C header with one string, comments and indentation dropped.

    embed.py INPUT.css OUTPUT.h NAME
"""
import json
import pathlib
import re
import sys


def main(source, target, name):
    text = re.sub(r"/\*.*?\*/", "", pathlib.Path(source).read_text(encoding="utf-8"), flags=re.S)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    strings = "\n".join("    " + json.dumps(line + "\n", ensure_ascii=False) for line in lines)
    pathlib.Path(target).write_text(f"static const char {name}[] =\n{strings};\n", encoding="utf-8")


main(*sys.argv[1:])
