#!/usr/bin/env python3
"""Sending by the HTTPS profile to the tests' own server: receipts, replays, and every reply that
a server, or something that pretends to be one, may give."""
import json
import os
import pathlib
import shutil
import sys
import tempfile
import unittest

import jsonschema

import authority
import profile_server
import sending

PROGRAM = None
FORMS = 8
TOKEN = "canary-token-2b91"


def answer(status, title="because", headers=()):
    return lambda handler, body: handler.problem(status, title, headers)


def page(handler, body):
    """A captive portal: whatever was asked for, here is where you log in."""
    text = b"<!DOCTYPE html><title>Welcome</title><form>Please log in</form>"
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(len(text)))
    handler.end_headers()
    handler.wfile.write(text)


def altered(**members):
    return lambda handler, body: handler.submit(body, lambda receipt: {**receipt, **members})




def lost_reply(handler, body):
    handler.reply = lambda *arguments, **options: None
    handler.submit(body)
    handler.close_connection = True


# What the server does first, the problem that this is, and the state it leads to.
REPLIES = [
    (answer(500), "server-error", "queued"),
    (answer(502), "server-error", "queued"),
    (answer(503, headers=[("Retry-After", "3600")]), "busy", "queued"),
    (answer(429), "busy", "queued"),
    (answer(409), "busy", "queued"),
    (answer(408), "busy", "queued"),
    (lost_reply, "cut", "queued"),
    (answer(400), "refused", "refused"),
    (answer(415), "refused", "refused"),
    (answer(422), "refused", "refused"),
    (answer(412), "id-taken", "refused"),
    (answer(413), "too-large", "refused"),
    (answer(401), "password", "needs-you"),
    (answer(403), "forbidden", "needs-you"),
    (answer(404), "no-folder", "needs-you"),
    (answer(507), "no-room", "needs-you"),
    (answer(302, headers=[("Location", "https://127.0.0.1:1/")]), "redirect", "needs-you"),
    (page, "protocol", "needs-you"),
    (lambda handler, body: handler.reply(200, {}), "protocol", "needs-you"),
    (lambda handler, body: handler.reply(201, []), "protocol", "needs-you"),
    (altered(sha256="0" * 64), "receipt", "needs-you"),
    (altered(state="rejected"), "receipt", "needs-you"),
    (altered(signature="AAAA"), "receipt", "needs-you"),
    (altered(submission="00000000-0000-4000-8000-000000000000"), "protocol", "needs-you"),
]


class Profile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.forms = sending.make_forms(cls.folder / "forms", "profile", FORMS)
        cls.authority = authority.Authority(cls.folder)
        schemas = sending.ROOT / "src" / "send"
        cls.schemas = {name: jsonschema.Draft202012Validator(
            json.loads((schemas / f"{name}.schema.json").read_text(encoding="utf-8")))
            for name in ("receipt", "submission")}

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def setUp(self):
        self.server = profile_server.ProfileServer(self.authority, TOKEN)
        self.addCleanup(self.server.close)

    def user(self, name="home", **members):
        home = self.folder / self.id().split(".")[-1] / name
        user = sending.User(PROGRAM, home, [{
            "name": "bureau", "kind": "https", "url": self.server.url,
            "ca": str(self.authority.file), "token": {"environment": "TOKEN"},
            "receipt_key": self.server.public_key, "timeout": 10, **members}])
        user.environment["TOKEN"] = TOKEN
        return user

    def test_stored_once_with_signed_receipts(self):
        user = self.user()
        status, rows = user.upload(self.forms, "bureau")
        self.assertEqual((status, {row["state"] for row in rows}), (0, {"delivered"}), user.told)
        self.assertEqual(sorted(self.server.stored().values()), sorted(map(sending.digest, self.forms)))
        for row in rows:
            self.schemas["receipt"].validate(row["receipt"])
        status, _ = user.json("outbox", "retry", "--to", "bureau", "--wait", 0)
        self.assertEqual((status, len(self.server.stored()), self.server.requests),
                         (0, FORMS, 2 * FORMS))
        _, rows = user.json("outbox", "list")
        self.assertEqual({row["receipt"]["was_there"] for row in rows}, {True})

    def test_what_goes_with_the_form(self):
        user = self.user()
        user.upload(self.forms[:1], "bureau")
        (name, (meta, _)), = self.server.submissions.items()
        self.schemas["submission"].validate(meta)
        self.assertEqual((meta["submission"], meta["file"]["name"]), (name, self.forms[0].name))
        definition = sending.TEMPLATES / "department-goals" / "form.json"
        self.assertEqual(meta["form"]["sha256"], sending.digest(definition))
        self.assertEqual((meta["check"]["status"], meta["form"]["id"]),
                         ("pass", meta["check"]["form"]["id"]))
        self.assertTrue(meta["unit"] and meta["year"] and meta["check"]["values"])

    def test_every_reply_has_its_meaning(self):
        for number, (reply, problem, state) in enumerate(REPLIES):
            with self.subTest(number=number, problem=problem):
                user = self.user(f"home{number}")
                self.server.answers = [reply]
                status, rows = user.upload(self.forms[:1], "bureau")
                self.assertEqual((status, rows[0]["state"], rows[0]["problem"]["name"]),
                                 (3, state, problem), user.told)
                # when it is over, the same submission goes, once
                before = len(self.server.stored())
                stored_already = rows[0]["submission"] in self.server.stored()
                status, _ = user.json("outbox", "retry", "--to", "bureau", "--wait", 0)
                self.assertEqual((status, len(self.server.stored())),
                                 (0, before + (0 if stored_already else 1)), user.told)

    def test_retry_after_is_obeyed_and_stops_the_batch(self):
        user = self.user(parallel=1)
        self.server.answers = [answer(503, headers=[("Retry-After", "3600")])]
        status, rows = user.upload(self.forms, "bureau", wait=5)
        self.assertEqual((status, self.server.requests), (3, 1))
        self.assertEqual([row["state"] for row in rows], ["queued"] * FORMS)
        self.assertEqual(sum("next_try" in row for row in rows), 1)
        self.server.answers = [answer(503, headers=[("Retry-After", "1")])]
        status, rows = user.json("outbox", "send", "--wait", 60)
        self.assertEqual((status, len(self.server.stored())), (0, FORMS), user.told)

    def test_passing_failures_are_tried_again_by_themselves(self):
        user = self.user()
        self.server.answers = [lost_reply, answer(500), answer(429, headers=[("Retry-After", "1")])]
        status, rows = user.upload(self.forms[:3], "bureau", wait=120)
        self.assertEqual((status, len(self.server.stored())), (0, 3), user.told)

    def test_a_wrong_token_and_trying_out(self):
        user = self.user()
        self.assertEqual(user.run("outbox", "try", "bureau")[0], 0)
        user.environment["TOKEN"] = "wrong"
        status, out, _ = user.run("outbox", "try", "bureau")
        self.assertEqual((status, "who are you?" in out), (3, True), out)
        self.assertEqual(self.server.stored(), {})

    def test_signed_receipts_are_verified_offline(self):
        user = self.user()
        user.upload(self.forms[:1], "bureau")
        receipts = self.folder / self.id().split(".")[-1] / "receipts"
        _, out, _ = user.run("outbox", "receipts", "-o", receipts)
        receipt = pathlib.Path(out.splitlines()[0])
        status, out, _ = user.run("outbox", "verify", receipt, self.forms[0])
        self.assertEqual((status, "signature is right" in out), (0, True))
        content = json.loads(receipt.read_text(encoding="utf-8"))
        content["server"]["received_at"] = "2001-01-01T00:00:00Z"
        receipt.write_text(json.dumps(content), encoding="utf-8")
        self.assertEqual(user.run("outbox", "verify", receipt, self.forms[0])[0], 1)
        # elsewhere, without settings: by the key alone
        user.set([])
        self.assertEqual(user.run("outbox", "verify", receipt, self.forms[0])[0], 0)
        self.assertEqual(user.run("outbox", "verify", receipt, self.forms[0], "--key",
                                  self.server.public_key)[0], 1)

    def test_the_token_is_in_no_file_and_no_text(self):
        user = self.user()
        self.server.answers = [answer(500)]
        texts = [user.run("upload", self.forms[0], "--to", "bureau", "--wait", 0),
                 user.run("outbox", "list"), user.run("outbox", "send")]
        self.assertNotIn(TOKEN, str(texts))
        for path in user.home.rglob("*"):
            if path.is_file():
                self.assertNotIn(TOKEN.encode(), path.read_bytes(), path)


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()


if __name__ == "__main__":
    main()
