#!/usr/bin/env python3
"""Sending by a mapping to a server that takes JSON of its own: it keeps records with a unique key
and answers 400 to a second one, as Directus does."""
import base64
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import sys
import tempfile
import threading
import unittest

import profile_server
import sending

PROGRAM = None
FORMS = 5

MAPPING = {
    "method": "POST",
    "headers": {"X-Form": "{form}", "X-Unit": "{id}"},
    "body": {"id": "{id}", "title": "{year}/{name}", "count": 3, "flag": True, "nothing": None,
             "file": {"name": "{file_name}", "content": "{file}"}, "meta": "{meta}"},
    "stored": [200, 201],
    "confirm": {"at": "/data/0/id", "equals": "{id}"},
    "known": {"status": 400, "contains": "RECORD_NOT_UNIQUE"},
    "receipt": "/data/0/number",
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    disable_nagle_algorithm = True

    def log_message(self, *_):
        """Silent."""

    def reply(self, status, content, kind="application/json"):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_OPTIONS(self):
        self.reply(200 if self.path == "/" else 404, {})

    def do_POST(self):
        owner = self.server.owner
        record = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if owner.answers:
            return self.reply(*owner.answers.pop(0))
        if self.path != "/items/forms" or self.headers["X-Form"] != "department-goals":
            return self.reply(404, {"errors": []})
        with owner.lock:
            if record["id"] in owner.records:
                return self.reply(400, {"errors": [{"extensions": {"code": "RECORD_NOT_UNIQUE"}}]})
            owner.records[record["id"]] = record
        return self.reply(200, {"data": [{"id": record["id"], "number": len(owner.records)}]})


class RecordServer:
    def __init__(self):
        self.records, self.answers, self.lock = {}, [], threading.Lock()
        self.http = profile_server.HttpServer(("127.0.0.1", 0), Handler)
        self.http.owner = self
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join(60)


class JsonMapping(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.forms = sending.make_forms(cls.folder / "forms", "json", FORMS)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def setUp(self):
        self.server = RecordServer()
        self.addCleanup(self.server.close)

    def user(self, **members):
        return sending.User(PROGRAM, self.folder / self.id().split(".")[-1], [{
            "name": "records", "kind": "json", "url": self.server.url, "path": "items/forms",
            "mapping": {**MAPPING, **members}}])

    def test_stored_once(self):
        user = self.user()
        self.assertEqual(user.run("outbox", "try", "records")[0], 0)
        status, rows = user.upload(self.forms, "records")
        self.assertEqual((status, {row["state"] for row in rows}), (0, {"delivered"}), user.told)
        stored = sorted(hashlib.sha256(base64.b64decode(record["file"]["content"])).hexdigest()
                        for record in self.server.records.values())
        self.assertEqual(stored, sorted(map(sending.digest, self.forms)))
        self.assertEqual(sorted(row["receipt"]["number"] for row in rows),
                         [str(number + 1) for number in range(FORMS)])
        record = self.server.records[rows[0]["submission"]]
        self.assertEqual((record["count"], record["flag"], record["nothing"]), (3, True, None))
        self.assertEqual(record["meta"]["file"]["sha256"], rows[0]["sha256"])
        status, _ = user.json("outbox", "retry", "--to", "records", "--wait", 0)
        self.assertEqual((status, len(self.server.records)), (0, FORMS), user.told)
        _, rows = user.json("outbox", "list")
        self.assertEqual({row["receipt"]["was_there"] for row in rows}, {True})

    def test_an_answer_that_confirms_nothing_is_no_delivery(self):
        cases = [(200, b"<html>Please log in</html>", "text/html"), (200, {}), (200, {"data": []}),
                 (200, {"data": [{"id": "other"}]}), (200, b""), (204, b"")]
        for number, case in enumerate(cases):
            with self.subTest(case):
                user = self.user()
                self.server.answers = [case]
                shutil.rmtree(user.home / "data", ignore_errors=True)
                status, rows = user.upload(self.forms[:1], "records")
                self.assertEqual((status, rows[0]["state"], rows[0]["problem"]["name"]),
                                 (3, "needs-you", "protocol"))
                self.assertEqual(user.json("outbox", "send")[0], 0, user.told)
                self.assertEqual(len(self.server.records), number + 1)

    def test_a_refusal_is_told_in_the_servers_words(self):
        user = self.user()
        self.server.answers = [(422, {"title": "Unknown unit", "detail": "17 is no unit"})]
        status, rows = user.upload(self.forms[:1], "records")
        self.assertEqual((status, rows[0]["state"]), (3, "refused"))
        self.assertIn("Unknown unit; 17 is no unit", rows[0]["problem"]["message"])


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()


if __name__ == "__main__":
    main()
