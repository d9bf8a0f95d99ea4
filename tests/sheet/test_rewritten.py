#!/usr/bin/env python3
"""The reader has short ways for elements that are written as nearly all are. Here the same parts
are written otherwise, tag by tag at random, in ways that mean the same in XML: with other quotes,
blanks and line breaks inside of tags, and references for characters. What `tianbao cells --layout`
prints must not change. Usage: test_rewritten.py TIANBAO FOLDER-OF-THE-PROJECT"""
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import zipfile

SEED = 20260801
FORMS, ROUNDS = 6, 3
PART = re.compile(r"content\.xml|xl/.*\.xml|.*\.rels")
TAG = re.compile(r"<(/?[\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>|([^<]+|<[?!][^>]*>)")
ATTRIBUTE = re.compile(r"\s+([\w:.-]+)\s*=\s*([\"'])(.*?)\2", re.DOTALL)


def rewrite_text(text, dice):
    """A letter or digit as a reference."""
    places = [place for place, letter in enumerate(text) if letter.isalnum()]
    if not places or "&" in text or text.startswith("<") or dice.random() < 0.8:
        return text
    place = dice.choice(places)
    return f"{text[:place]}&#{ord(text[place])};{text[place + 1:]}"


def rewrite_attribute(match, dice):
    name, quote, value = match.groups()
    if dice.random() < 0.3 and '"' not in value and "'" not in value:
        quote = "'"
    before = dice.choice([" ", " ", " ", "  ", "\n"])
    return f"{before}{name}{dice.choice(['=', '=', '=', ' = '])}{quote}{value}{quote}"


def rewrite_tag(match, dice):
    name, attributes, empty, other = match.groups()
    if other is not None:
        return rewrite_text(other, dice)
    if dice.random() < 0.7:
        return match.group(0)
    if empty and dice.random() < 0.3:
        return f"<{name}{attributes}></{name}>"
    attributes = ATTRIBUTE.sub(lambda found: rewrite_attribute(found, dice), attributes)
    return f"<{name}{attributes}{dice.choice(['', ' '])}{empty}>"


def rewrite(source, target, dice):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if PART.fullmatch(name):
                data = TAG.sub(lambda match: rewrite_tag(match, dice), data.decode()).encode()
            new.writestr(name, data)


def main():
    program, root = sys.argv[1], pathlib.Path(sys.argv[2])
    print("seed", SEED)
    dice = random.Random(SEED)
    failures = compared = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, root / "tests" / "forms" / "generate.py", "--out", folder,
                        "--count", str(FORMS), "--formats", "ods,xlsx"], check=True, stdout=subprocess.DEVNULL)
        for path in sorted(pathlib.Path(folder).glob("*.*s*")):
            if path.suffix not in (".ods", ".xlsx"):
                continue
            expected = subprocess.run([program, "cells", "--layout", path], capture_output=True, check=True).stdout
            for number in range(ROUNDS):
                other = path.with_name(f"rewritten-{number}{path.suffix}")
                rewrite(path, other, dice)
                done = subprocess.run([program, "cells", "--layout", other], capture_output=True)
                compared += 1
                if done.stdout != expected or done.returncode != 0:
                    print(path.name, "round", number, "differs:", done.stderr.decode())
                    failures += 1
    print(f"{compared} files compared, {failures} differ")
    return 1 if failures or compared < FORMS * 2 * ROUNDS else 0


if __name__ == "__main__":
    sys.exit(main())
