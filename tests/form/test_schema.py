#!/usr/bin/env python3
"""Every shipped definition conforms to templates/form.schema.json, and the schema and the program
agree: of each small change to a definition both say the same.

    test_schema.py TIANBAO TEMPLATES
"""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    sys.exit(77)


def places(value, path=()):
    """The paths of all objects, at most a few of each kind."""
    if isinstance(value, dict):
        yield path
        for key, child in value.items():
            yield from places(child, path + (key,))
    elif isinstance(value, list):
        for index, child in enumerate(value[:2]):
            yield from places(child, path + (index,))


def change(document, path, action):
    changed = copy.deepcopy(document)
    target = changed
    for key in path:
        target = target[key]
    action(target)
    return changed


def changes(document):
    """(what, changed document): a member added, taken away, or of another type."""
    for path in places(document):
        name = "/".join(map(str, path))
        yield f"{name}: unknown member", change(document, path, lambda o: o.update(unknown=1))
        target = document
        for key in path:
            target = target[key]
        for key in target:
            if len(path) < 3 or key in ("id", "name", "type", "labels", "message", "severity"):
                yield (f"{name}/{key}: a number",
                       change(document, path, lambda o: o.update({key: 3})))
                yield (f"{name}/{key}: empty text",
                       change(document, path, lambda o: o.update({key: ""})))
            if key in ("id", "name", "zh", "en", "labels", "codes", "message", "severity", "rules"):
                yield f"{name}/{key}: missing", change(document, path, lambda o: o.pop(key))


def accepts(program, document, folder):
    path = folder / "form.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    result = subprocess.run([program, "forms", "lint", str(path)], capture_output=True, timeout=60)
    if result.returncode not in (0, 1):
        sys.exit(f"{program} forms lint: exit status {result.returncode}\n{result.stderr.decode()}")
    return result.returncode == 0


def main():
    program, templates = sys.argv[1], pathlib.Path(sys.argv[2])
    schema = json.loads((templates / "form.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(templates.glob("*/form.json")):
            document = json.loads(path.read_text(encoding="utf-8"))
            for error in validator.iter_errors(document):
                sys.exit(f"{path}: {'/'.join(map(str, error.path))}: {error.message}")
            for what, changed in changes(document):
                count += 1
                by_schema = validator.is_valid(changed)
                # The program checks more than the schema can (names, formulas), never less.
                if accepts(program, changed, pathlib.Path(folder)) and not by_schema:
                    print(f"{path}: {what}: only the schema refuses it")
                    failed += 1
    print(f"{count} changes, {failed} judged differently")
    sys.exit(failed > 0)


main()
