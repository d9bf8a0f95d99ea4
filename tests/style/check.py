#!/usr/bin/env python3
"""The style of this project as a program: prints every offence and fails if there is one.

    check.py [ROOT]     the tree (default: the one that this file lies in)

What each check wants stands in its first comment line and in CONTRIBUTING.md.
"""
import pathlib
import re
import shutil
import subprocess
import sys

MAX_COLUMNS = {".c": 100, ".h": 100, ".py": 120}
MAX_FUNCTION_LINES = 60
MAX_HEAD_LINES = 14
CODE = (".c", ".h")
TEXT = CODE + (".py", ".md", ".build", ".json", ".properties", ".xcu", ".idl", ".txt", ".xml")

# A room may include itself and those before it; calc and cli both stand on top.
ROOMS = ["base", "sheet", "form", "rule", "report", "sum", "send"]
TOP_ROOMS = ["cli", "calc"]

PRINTING = re.compile(r"\b(f?printf|puts|fputs|putchar|perror|vf?printf)\s*\(")
LOCALE = re.compile(r"\b(setlocale|localeconv|strtod|strtof|atof|strcoll|toupper|tolower|isalpha|"
                    r"isdigit|isspace|isalnum|newlocale|uselocale)\s*\(")
POSIX = re.compile(r"#include <(unistd|fcntl|pthread|dirent|sys/[a-z]+|time|signal)\.h>")
POSIX_FILES = ("src/base/platform.c", "src/base/platform.h")
MACHINE_PATH = re.compile(r"(?<![\w/.])/(work|home|Users)/\w|(?<![\w/.\"'{}$])/tmp/\w")
DRAWER = re.compile(r"(^|_)(utils?|common|helpers?|misc)(_|$)")
MARKER = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX:|HA" r"CK)\b")


def tracked_files(root):
    """The files that git knows, or all of them in a tree without git."""
    git = subprocess.run(["git", "-C", str(root), "ls-files", "-z", "--cached", "--others",
                          "--exclude-standard"], capture_output=True, check=False)
    if git.returncode == 0:
        names = [name for name in git.stdout.decode().split("\0") if name]
        paths = [root / name for name in names]
    else:
        paths = [path for path in root.rglob("*") if not path.parts[-1].startswith("build")]
    return sorted(path for path in paths if path.is_file())


class Style:
    """The tree and the offences found in it."""

    def __init__(self, root):
        self.root = root
        self.offences = []
        self.files = {}
        for path in tracked_files(root):
            name = path.relative_to(root).as_posix()
            if path.suffix in TEXT or path.stat().st_size and path.read_bytes()[:2] == b"#!":
                self.files[name] = path.read_text(encoding="utf-8")

    def blame(self, name, line, text):
        self.offences.append(f"{name}:{line}: {text}")

    def each(self, *suffixes, under=""):
        return [(name, text) for name, text in self.files.items()
                if name.endswith(suffixes or TEXT) and name.startswith(under)]


def without_comments(text):
    """The C text with comments and string contents blanked, line breaks kept."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    return re.sub(pattern, lambda m: re.sub(r"[^\n]", " ", m[0]) if m[0][0] == "/" else '""',
                  text, flags=re.S)


def room_of(name):
    parts = name.split("/")
    return parts[1] if parts[0] == "src" and len(parts) > 2 else None


def check_lines(style):
    # No tabs, no blanks at the end; code has a width, as clang-format has.
    for name, text in style.files.items():
        columns = MAX_COLUMNS.get(pathlib.PurePath(name).suffix)
        for number, line in enumerate(text.split("\n"), 1):
            if "\t" in line:
                style.blame(name, number, "a tab")
            if line != line.rstrip(" ") and not name.endswith((".md", ".properties")):
                style.blame(name, number, "blanks at the end of the line")
            if columns and len(line) > columns:
                style.blame(name, number, f"{len(line)} columns, at most {columns}")
        if text and not text.endswith("\n"):
            style.blame(name, text.count("\n") + 1, "no line feed at the end")


def check_heads(style):
    # A C file begins with a comment that says what it does; a header has a guard named after it.
    for name, text in style.each(*CODE):
        head = re.match(r"/\*\n( \*[^\n]*\n)+ \*/\n", text)
        if not head:
            style.blame(name, 1, "no head: begin with a comment that says what the file does")
        elif head[0].count("\n") > MAX_HEAD_LINES:
            style.blame(name, 1, f"the head has more than {MAX_HEAD_LINES} lines")
        if name.endswith(".h") and name.startswith("src/"):
            guard = "TB_" + re.sub(r"\W", "_", name.split("/", 1)[1]).upper()
            if f"#ifndef {guard}\n#define {guard}\n" not in text:
                style.blame(name, 1, f"no guard {guard}")


def check_rooms(style):
    # Lower rooms never include higher ones; only src/calc sees the office.
    for name, text in style.each(*CODE, under="src/"):
        room = room_of(name)
        for number, line in enumerate(text.split("\n"), 1):
            office = re.match(r"#include [<\"](sal|uno|rtl|osl|cppu|com/sun|typelib)/", line)
            if office and room != "calc":
                style.blame(name, number, "only src/calc includes headers of the office")
            found = re.match(r'#include "(\w+)/', line)
            if not found or found[1] == room:
                continue
            if found[1] in TOP_ROOMS or (room in ROOMS and found[1] in ROOMS and
                                         ROOMS.index(found[1]) > ROOMS.index(room)):
                style.blame(name, number, f"src/{room} includes the higher room {found[1]}")


def check_core(style):
    # The core neither prints nor reads the locale; POSIX stands in the platform file alone.
    for name, text in style.each(*CODE, under="src/"):
        core = room_of(name) in ROOMS
        for number, line in enumerate(without_comments(text).split("\n"), 1):
            if core and PRINTING.search(line):
                style.blame(name, number, "the core never prints")
            if LOCALE.search(line):
                style.blame(name, number, "depends on the locale")
            if POSIX.match(line) and name not in POSIX_FILES:
                style.blame(name, number, "POSIX belongs into src/base/platform.c")


def check_functions(style):
    # A function fits on a screen.
    for name, text in style.each(".c"):
        start = None
        for number, line in enumerate(without_comments(text).split("\n"), 1):
            if line.startswith("{"):
                start = number
            elif line.startswith("}") and start:
                if not line.startswith("};") and number - start - 1 > MAX_FUNCTION_LINES:
                    style.blame(name, start, f"a function of {number - start - 1} lines, "
                                f"at most {MAX_FUNCTION_LINES}")
                start = None


def check_names(style):
    # A file is named after the thing in it.
    for name in style.files:
        if DRAWER.search(pathlib.PurePath(name).stem):
            style.blame(name, 1, "a drawer: name the file after the thing in it")


def check_leftovers(style):
    # No notes to oneself, no paths of one machine.
    for name, text in style.files.items():
        for number, line in enumerate(text.split("\n"), 1):
            if MARKER.search(line):
                style.blame(name, number, "a note to oneself: do it or open an issue")
            if MACHINE_PATH.search(line):
                style.blame(name, number, "a path of one machine")


def read_keys(text):
    rows = [line.partition("=") for line in text.splitlines()
            if line.strip() and not line.startswith("#")]
    return {key.strip(): value.strip() for key, _, value in rows}


def check_texts(style):
    # Every text exists in both languages, with the same places for arguments.
    for name, text in style.each("texts.zh-CN.properties"):
        other = name.replace("zh-CN", "en-US")
        if other not in style.files:
            style.blame(name, 1, f"{other} is missing")
            continue
        chinese, english = read_keys(text), read_keys(style.files[other])
        for key in sorted(chinese.keys() ^ english.keys()):
            style.blame(name, 1, f"{key} is there in one language only")
        for key in chinese.keys() & english.keys():
            if re.search("[\u4e00-\u9fff]", chinese[key]) is None and \
                    re.search("[A-Za-z]{3}", english[key]):
                style.blame(name, 1, f"{key} is not in Chinese")


def check_layout(style):
    # C code looks as clang-format makes it.
    program = shutil.which("clang-format") or shutil.which("clang-format-14")
    if not program:
        style.blame(".clang-format", 1, "clang-format is not installed")
        return
    names = [name for name, _ in style.each(*CODE)]
    done = subprocess.run([program, "--dry-run", "--Werror", "--style=file", *names],
                          cwd=style.root, capture_output=True, text=True, check=False)
    for line in done.stderr.splitlines():
        found = re.match(r"(.+?):(\d+):\d+: error: ", line)
        if found:
            style.blame(found[1], found[2], "not as clang-format makes it")


CHECKS = [check_lines, check_heads, check_rooms, check_core, check_functions, check_names,
          check_leftovers, check_texts, check_layout]


def main():
    default = pathlib.Path(__file__).resolve().parents[2]
    style = Style(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default)
    for check in CHECKS:
        check(style)
    print("\n".join(dict.fromkeys(style.offences)))
    print(f"{len(style.files)} files, {len(style.offences)} offences")
    return int(bool(style.offences))


if __name__ == "__main__":
    sys.exit(main())
