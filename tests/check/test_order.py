#!/usr/bin/env python3
"""What is said of a form does not depend on the forms that were checked before it: each file in a
process of its own, all in one, backwards, and each twice give the same bytes.

Usage: test_order.py TIANBAO [--seed TEXT] [--forms N]
"""
import argparse
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def check(tianbao, files):
    done = subprocess.run([tianbao, "check", "--format", "json", *files], capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    lines = done.stdout.splitlines()
    assert len(lines) == len(files), (len(lines), len(files))
    return list(zip(files, lines))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tianbao")
    parser.add_argument("--seed", default="order")
    parser.add_argument("--forms", type=int, default=100)
    arguments = parser.parse_args()
    print("seed", arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, ROOT / "tests" / "forms" / "generate.py", "--out", folder, "--seed",
                        arguments.seed, "--count", str(arguments.forms), "--formats", "ods,xlsx"],
                       check=True, stdout=subprocess.DEVNULL)
        files = sorted(str(path) for path in pathlib.Path(folder).rglob("*") if path.suffix in (".ods", ".xlsx"))
        alone = dict(pair for file in files for pair in check(arguments.tianbao, [file]))
        shuffled = random.Random(arguments.seed).sample(files, len(files))
        orders = {"all": files, "backwards": files[::-1], "twice": [f for f in shuffled for _ in range(2)],
                  "all, twice": shuffled + files}
        for name, order in orders.items():
            wrong = [file for file, line in check(arguments.tianbao, order) if line != alone[file]]
            assert not wrong, f"{name}: {len(wrong)} differ, first {wrong[0]}"
    print(len(files), "files,", len(orders), "orders: the same")


if __name__ == "__main__":
    main()
