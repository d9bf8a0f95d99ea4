#!/usr/bin/env python3
"""The form 项目支出绩效目标表, which is data only: it is recognised, and its example has no findings. Its rules
are tested by the cases in tests/rule."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import project_form

TEMPLATES = project_form.ROOT / "templates"
PROGRAM = None


def check(path, *options):
    environment = {**os.environ, "TIANBAO_TEMPLATES": str(TEMPLATES), "XDG_DATA_HOME": "/nowhere"}
    done = subprocess.run([PROGRAM, "--lang", "en", "check", "--format", "json", *options, str(path)],
                          capture_output=True, env=environment, timeout=60, check=False)
    return json.loads(done.stdout)


class ProjectGoals(unittest.TestCase):
    def test_the_example_has_no_findings(self):
        result = check(project_form.EXAMPLE)
        self.assertEqual((result["status"], result["findings"]), ("pass", []))
        self.assertEqual(len(result["values"]["indicators"]), 9)
        self.assertEqual(sum(float(row["weight"]) for row in result["values"]["indicators"]), 100)

    def test_another_spelling_of_the_title(self):
        form = project_form.good()
        form["title"] = "2026年项目支出绩效目标申报表"
        for suffix in (".ods", ".xlsx"):
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / f"form{suffix}"
                project_form.write(path, form)
                result = check(path)
            self.assertEqual((result["form"]["id"], result["findings"]), ("project-goals", []))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
