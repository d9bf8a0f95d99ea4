#!/usr/bin/env python3
"""What sends is a module that the program loads when it is asked for: without it the program still
does what needs none, and says what is missing."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = None


class Module(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.alone = pathlib.Path(folder.name) / "tianbao"
        shutil.copy(PROGRAM, self.alone)

    def run_alone(self, *words):
        return subprocess.run([self.alone, "--lang", "en", *words], capture_output=True, text=True, timeout=60,
                              check=False)

    def test_missing(self):
        for command in ("outbox", "upload"):
            done = self.run_alone(command, "--help")
            self.assertEqual(done.returncode, 3)
            self.assertIn("tianbao-sending.so", done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_not_needed(self):
        for words in (("--version",), ("check", "--help"), ("aggregate", "--help")):
            self.assertEqual(self.run_alone(*words).returncode, 0)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
