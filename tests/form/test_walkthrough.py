#!/usr/bin/env python3
"""Runs templates/README.md: its commands in their order, and between them the changes that its table
of cells asks for. What the README says is printed must be printed."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import definition_sheets as sheets

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "templates" / "README.md"
PIECE = re.compile(r"```sh\n(?P<commands>.*?)```|```\n(?P<printed>.*?)```|"
                   r"^\| (?P<sheet>\S+) \| (?P<cell>[A-Z]+[0-9]+) \| (?P<text>.*?) \|$", re.S | re.M)


class Reader:
    """A newcomer in an empty folder, with the program at hand."""

    def __init__(self, program, folder):
        self.program, self.folder, self.printed, self.edits = program, folder, "", []
        (folder / "bin").mkdir()
        (folder / "bin" / "tianbao").symlink_to(program)
        (folder / "templates").symlink_to(ROOT / "templates")
        self.environment = {**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}",
                            "HOME": str(folder / "home")}
        for name in ("XDG_DATA_HOME", "TIANBAO_TEMPLATES"):
            self.environment.pop(name, None)

    def edit(self):
        if not self.edits:
            return
        path = self.folder / "training.fods"
        content = sheets.read(self.program, path)
        for sheet, cell, text in self.edits:
            content[sheet][sheets.place(cell)] = text
        sheets.write(path, content)
        self.edits = []

    def run(self, commands):
        self.edit()
        for command in commands.strip().splitlines():
            done = subprocess.run(command, shell=True, cwd=self.folder, env=self.environment,
                                  capture_output=True, timeout=60, check=False)
            self.printed = done.stdout.decode()
            # The filled form has an error, which is what `check` is to say.
            expected = 1 if " check " in command else 0
            if done.returncode != expected:
                sys.exit(f"{command}\nexit status {done.returncode}\n{done.stderr.decode()}"
                         f"{self.printed}")

    def compare(self, lines):
        for line in lines.strip().splitlines():
            if line not in self.printed:
                sys.exit(f"not printed: {line}\n{self.printed}")


def main():
    commands = 0
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(folder))
        for piece in PIECE.finditer(README.read_text(encoding="utf-8")):
            if piece["commands"]:
                reader.run(piece["commands"])
                commands += len(piece["commands"].strip().splitlines())
            elif piece["printed"]:
                reader.compare(piece["printed"])
            else:
                reader.edits.append((piece["sheet"], piece["cell"], piece["text"]))
    print(f"{commands} commands")
    sys.exit(commands < 8)


main()
