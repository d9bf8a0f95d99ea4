#!/usr/bin/env python3
"""The settings file: what the program takes is what the schema takes, and what is wrong is told
with line and column."""
import copy
import json
import os
import pathlib
import shutil
import sys
import tempfile
import unittest

import jsonschema

import sending

PROGRAM = None
GOOD = {"name": "bureau", "kind": "webdav", "url": "https://forms.example.org/dav"}
KEY = "A" * 43 + "="
MAPPING = {"body": {"id": "{id}", "more": [1, None, True, {"file": "{file}"}]}, "stored": [200],
           "confirm": {"at": "/data/id", "equals": "{id}"}}

# Members that are added or changed (None: left out), and whether that is good.
CASES = [
    ({}, True),
    ({"url": "https://forms.example.org:8443/dav/"}, True),
    ({"url": "http://localhost:8080/"}, True),
    ({"url": "http://127.0.0.1"}, True),
    ({"url": "http://[::1]:80/"}, True),
    ({"url": "http://forms.example.org/"}, False),
    ({"url": "http://localhost.example.org/"}, False),
    ({"url": "ftp://forms.example.org/"}, False),
    ({"url": "https://user:secret@forms.example.org/"}, False),
    ({"url": "https://forms.example.org/?token=1"}, False),
    ({"url": "https://forms.example.org/#1"}, False),
    ({"url": "forms"}, False),
    ({"url": None}, False),
    ({"kind": "telnet"}, False),
    ({"name": ""}, False),
    ({"surprise": 1}, False),
    ({"user": "a", "password": {"environment": "A"}}, True),
    ({"user": "a", "password": {"file": "secret"}}, True),
    ({"user": "a", "password": "secret"}, False),
    ({"user": "a", "password": {}}, False),
    ({"user": "a", "password": {"environment": "A", "file": "b"}}, False),
    ({"user": "a"}, False),
    ({"password": {"environment": "A"}}, False),
    ({"token": {"environment": "A"}}, True),
    ({"user": "a", "password": {"environment": "A"}, "token": {"environment": "A"}}, False),
    ({"path": "{unit}/{name}{suffix}"}, True),
    ({"path": "{surname}"}, False),
    ({"path": "{form"}, False),
    ({"certificate": {"file": "a.pem", "key": "a.key"}}, True),
    ({"certificate": {"file": "a.pem"}}, False),
    ({"ca": "ca.pem", "accept_errors": True, "parallel": 32, "timeout": 1}, True),
    ({"parallel": 0}, False),
    ({"parallel": 33}, False),
    ({"timeout": 601}, False),
    ({"accept_errors": "yes"}, False),
    ({"kind": "s3", "region": "cn-north-1", "user": "a", "password": {"file": "b"}}, True),
    ({"kind": "s3", "user": "a", "password": {"file": "b"}}, False),
    ({"kind": "s3", "region": "cn-north-1"}, False),
    ({"region": "cn-north-1"}, False),
    ({"kind": "json", "path": "items/forms", "mapping": MAPPING}, True),
    ({"kind": "json", "mapping": MAPPING}, False),
    ({"kind": "json", "path": "items/forms"}, False),
    ({"mapping": MAPPING}, False),
    *[({"kind": "json", "path": "x", "mapping": {**MAPPING, **change}}, good) for change, good in (
        ({"method": "PUT", "headers": {"Prefer": "return={id}"}, "receipt": "/data/number"}, True),
        ({"method": "GET"}, False),
        ({"headers": {"Authorization": "secret"}}, False),
        ({"headers": {"A b": "c"}}, False),
        ({"headers": {"Prefer": 1}}, False),
        ({"stored": []}, False),
        ({"stored": [500]}, False),
        ({"confirm": {"at": "data", "equals": "{id}"}}, False),
        ({"confirm": {"at": "/data"}}, False),
        ({"known": {"status": 400, "contains": "NOT_UNIQUE"}}, True),
        ({"known": {"status": 400}}, False),
        ({"receipt": "number"}, False),
        ({"surprise": 1}, False))],
    ({"kind": "json", "path": "x", "mapping": {"body": {}, "stored": [200]}}, False),
    ({"receipt_key": KEY}, True),
    ({"receipt_key": "short"}, False),
]


class Settings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        schema = (sending.ROOT / "src" / "send" / "send.schema.json").read_text(encoding="utf-8")
        cls.schema = jsonschema.Draft202012Validator(json.loads(schema))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def user(self, destinations):
        return sending.User(PROGRAM, self.folder, destinations)

    def test_program_and_schema_agree(self):
        for change, good in CASES:
            with self.subTest(change):
                destination = {key: value for key, value in {**GOOD, **change}.items()
                               if value is not None}
                by_schema = self.schema.is_valid({"destinations": [destination]})
                status, _, err = self.user([destination]).run("outbox", "try")
                self.assertEqual((by_schema, status), (good, 0 if good else 3), err)

    def test_mistakes_have_a_place_and_no_secret(self):
        destination = {**GOOD, "url": "https://user:secret@forms.example.org/"}
        _, _, err = self.user([destination]).run("outbox", "try")
        self.assertRegex(err, r"destinations\.json:1:\d+: ")
        self.assertNotIn("secret@", err)

    def test_names_are_unique(self):
        status, _, err = self.user([GOOD, copy.deepcopy(GOOD)]).run("outbox", "try")
        self.assertEqual((status, "already" in err), (3, True), err)

    def test_the_administrators_and_the_users_settings_are_optional(self):
        user = self.user([])
        user.environment["TIANBAO_DESTINATIONS"] = ""
        user.environment["XDG_CONFIG_HOME"] = str(self.folder / "config")
        self.assertEqual(user.run("outbox", "list")[0], 0)
        settings = self.folder / "config" / "tianbao" / "destinations.json"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps({"destinations": [GOOD]}), encoding="utf-8")
        status, out, _ = user.run("outbox", "try")
        self.assertEqual((status, out.split("\t")[0]), (0, "bureau"))

    def test_a_named_file_must_be_there(self):
        user = self.user([])
        user.environment["TIANBAO_DESTINATIONS"] = str(self.folder / "missing.json")
        self.assertEqual(user.run("outbox", "list")[0], 3)

    def test_wrong_usage(self):
        user = self.user([GOOD])
        for words in (["upload"], ["upload", "form.ods"], ["upload", "--to", "bureau"],
                      ["upload", "form.ods", "--to", "other"],
                      ["upload", "form.ods", "--to", "bureau", "--wait", "x"], ["outbox"],
                      ["outbox", "burn"], ["outbox", "cancel"], ["outbox", "verify", "one"]):
            with self.subTest(words):
                self.assertEqual(user.run(*words)[0], 64)


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()


if __name__ == "__main__":
    main()
