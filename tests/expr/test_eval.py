#!/usr/bin/env python3
"""`tianbao eval` as a user calls it: each row is arguments, exit status, and a part of what it
prints to standard output and standard error. test_eval.py PROGRAM EXAMPLE"""
import subprocess
import sys

EXAMPLE = "EXAMPLE"  # the filled example of the first form
ROWS = [
    (["1 / 3"], 0, "0.3333333333333333333333333333\n", ""),
    (["-2^2"], 0, "4\n", ""),
    (["--", "--1"], 0, "1\n", ""),
    (['"a" & 1'], 0, "a1\n", ""),
    (["1 = 1"], 0, "TRUE\n", ""),
    (["1 / 0"], 0, "#DIV/0!\n", ""),
    (["1 +"], 64, "", "tianbao: line 1, column 4: The formula ends too early: a number, a text, "
     "a name or a function is missing here.\n  1 +\n     ^\n"),
    (["合计 + 1"], 64, "", 'There is no field named "合计".\n  合计 + 1\n  ^~~~\n'),
    (["--lang", "zh", "合计 + 1"], 64, "", "tianbao: 第 1 行第 1 列：没有名为“合计”的字段。\n"),
    (["合计 \x1b[31m"], 64, "", "\n  合计 \ufffd[31m\n"),
    ([], 64, "", "No formula was given."),
    (["1", "2", "3"], 64, "", "3: there is no such option."),
    (["--form"], 64, "", "--form: a value must follow."),
    (["--help"], 0, "Usage: tianbao eval", ""),
    (["SUM(projects.budget) = expenditure.project.current", EXAMPLE], 0, "TRUE\n", ""),
    (["COUNTIF(projects.budget; \">0\") = ROWS(projects.budget)", EXAMPLE], 0, "TRUE\n", ""),
    (["没有的字段", EXAMPLE], 64, "", "There is no field named"),
    (["1", "no-such-file.ods"], 2, "", "no-such-file.ods: "),
    (["--form", "no-such-form", "1", EXAMPLE], 2, "", "no-such-form"),
]


def main():
    program, example = sys.argv[1:]
    failures = 0
    for arguments, status, out, err in ROWS:
        command = [program, "--lang", "en", "eval",
                   *(example if argument == EXAMPLE else argument for argument in arguments)]
        run = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60,
                             check=False)
        right = run.returncode == status and (run.stdout == out or (out and out in run.stdout))
        if not right or err not in run.stderr or (not err and run.stderr):
            failures += 1
            print(f"{arguments}\n  expected {status}, {out!r}, {err!r}\n"
                  f"  got      {run.returncode}, {run.stdout!r}, {run.stderr!r}")
    print(f"{len(ROWS)} calls, {failures} wrong")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
