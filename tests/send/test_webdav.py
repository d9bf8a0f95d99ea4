#!/usr/bin/env python3
"""Sending to a real nginx over TLS: what is stored, what is stored twice, and what is said when
something is wrong. Each test is a method."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import authority
import nginx
import sending

PROGRAM = None
FORMS = 12
CANARY = "canary-Kanarienvogel-7f3a"


class WebDav(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.forms = sending.make_forms(cls.folder / "forms", "webdav", FORMS)
        cls.authority = authority.Authority(cls.folder)
        cls.server = nginx.Nginx(cls.folder / "nginx", cls.authority, "office", CANARY,
                                 max_size="1m")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        shutil.rmtree(cls.folder)

    def destination(self, **members):
        members = {"name": "bureau", "kind": "webdav", "url": self.server.url + self.place(),
                   "ca": str(self.authority.file), "user": "office",
                   "password": {"environment": "PASSWORD"}, "timeout": 10, **members}
        return {key: value for key, value in members.items() if value is not None}

    def place(self):
        """A folder at the server for each test."""
        name = self.id().split(".")[-1]
        (self.server.files / name).mkdir(exist_ok=True)
        (self.folder / name).mkdir(exist_ok=True)
        return name

    def user(self, name="home", secret=CANARY, **members):
        home = self.folder / self.place() / name
        user = sending.User(PROGRAM, home, [self.destination(**members)])
        user.environment["PASSWORD"] = secret
        return user

    def stored(self):
        place = self.server.files / self.place()
        return {path.relative_to(place).as_posix(): sending.digest(path)
                for path in sorted(place.rglob("*")) if path.is_file()}

    def test_stored_once_however_often_sent(self):
        user = self.user()
        status, rows = user.upload(self.forms, "bureau")
        self.assertEqual((status, [row["state"] for row in rows]), (0, ["delivered"] * FORMS),
                         user.told)
        wanted = sorted(map(sending.digest, self.forms))
        self.assertEqual(sorted(self.stored().values()), wanted)
        self.assertEqual([row["receipt"]["sha256"] for row in rows],
                         [sending.digest(path) for path in self.forms])
        self.assertFalse(any(row["known"] for row in rows))
        names = set(self.stored())
        # again, as the user would, with nothing to be asked; and asked again on purpose
        before = len(self.server.requests())
        status, rows = user.upload(self.forms, "bureau")
        self.assertEqual((status, all(row["known"] for row in rows)), (0, True))
        self.assertEqual(len(self.server.requests()), before)
        status, rows = user.json("outbox", "retry", "--to", "bureau", "--wait", 0)
        self.assertEqual((status, rows), (0, []), user.told)
        self.assertEqual(set(self.stored()), names)
        # and by another machine that has the same files and knows nothing of the first
        other = self.user("other")
        status, rows = other.upload(self.forms, "bureau")
        self.assertEqual((status, {row["receipt"]["was_there"] for row in rows}), (0, {True}))
        self.assertEqual(set(self.stored()), names)
        self.assertEqual(sorted(self.stored().values()), wanted)

    def test_a_form_that_was_changed_replaces_the_older(self):
        user = self.user()
        form = self.folder / self.place() / "form.ods"
        shutil.copy(self.forms[0], form)
        _, first = user.upload([form], "bureau")
        shutil.copy(self.forms[1], form)
        status, second = user.upload([form], "bureau")
        self.assertEqual((status, second[0]["replaces"]), (0, first[0]["submission"]))
        self.assertEqual(len(self.stored()), 2)

    def test_a_name_taken_by_another_file_is_a_conflict(self):
        user = self.user(path="{form}/same{suffix}")
        status, rows = user.upload(self.forms[:2], "bureau")
        self.assertEqual((status, sorted(row["state"] for row in rows)),
                         (3, ["delivered", "needs-you"]))
        taken = next(row for row in rows if row["state"] == "needs-you")
        self.assertEqual(taken["problem"]["name"], "name-taken")
        self.assertEqual(len(self.stored()), 1)
        self.assertIn(list(self.stored().values())[0],
                      [row["sha256"] for row in rows if row["state"] == "delivered"])

    def test_a_wrong_password_stops_the_batch_with_one_notice(self):
        user = self.user(secret="wrong-" + CANARY)
        status, rows = user.upload(self.forms, "bureau")
        self.assertEqual(status, 3)
        self.assertEqual(user.told.count("does not accept"), 1)
        self.assertLessEqual(sum(row["state"] == "needs-you" for row in rows), 8)
        self.assertGreaterEqual(sum(row["state"] == "queued" for row in rows), FORMS - 8)
        self.assertEqual(self.stored(), {})
        # corrected, everything goes
        user.environment["PASSWORD"] = CANARY
        status, rows = user.json("outbox", "send", "--wait", 0)
        self.assertEqual((status, rows), (0, []), user.told)
        self.assertEqual(len(self.stored()), FORMS)

    def test_a_file_over_the_limit_is_refused_and_kept(self):
        form = self.folder / self.place() / "large.ods"
        form.write_bytes(self.forms[0].read_bytes())
        subprocess.run([sys.executable, "-c", "import sys, zipfile, os\n"
                        "with zipfile.ZipFile(sys.argv[1], 'a') as z:\n"
                        "    z.writestr('Pictures/large.png', os.urandom(2 << 20))", form], check=True)
        user = self.user()
        status, rows = user.upload([form], "bureau")
        self.assertEqual((status, rows[0]["state"], rows[0]["problem"]["name"]),
                         (3, "refused", "too-large"))
        export = self.folder / self.place() / "export.ods"
        self.assertEqual(user.run("outbox", "export", rows[0]["submission"], "-o", export)[0], 0)
        self.assertEqual(sending.digest(export), sending.digest(form))

    def test_a_form_with_errors_is_not_sent(self):
        wrong = sending.generate.generate(self.folder / self.place() / "wrong", "wrong", 6, ["ods"],
                                          "errors", (1, 2))
        files = [self.folder / self.place() / "wrong" / name
                 for name, entry in wrong.items() if entry.get("severity") == "error"]
        user = self.user()
        status, rows = user.upload(files, "bureau")
        self.assertEqual((status, {row["state"] for row in rows}), (1, {"has-errors"}))
        self.assertEqual(self.stored(), {})
        lenient = self.user("lenient", accept_errors=True)
        status, rows = lenient.upload(files, "bureau")
        self.assertEqual((status, len(self.stored())), (0, len(files)), lenient.told)

    def test_what_is_no_form_is_told(self):
        other = self.folder / self.place() / "other.ods"
        other.write_text("no workbook", encoding="utf-8")
        user = self.user()
        status, rows = user.upload([other, self.folder / "missing.ods", self.forms[0]], "bureau")
        self.assertEqual((status, [row["state"] for row in rows]),
                         (2, ["unreadable", "unreadable", "delivered"]))
        self.assertEqual(user.run("upload", other, "--to", "nowhere")[0], 64)

    def test_a_server_that_is_not_there_keeps_the_forms_queued(self):
        user = self.user(url=f"https://127.0.0.1:{nginx.free_port()}/")
        status, rows = user.upload(self.forms[:3], "bureau")
        self.assertEqual((status, {row["state"] for row in rows}), (3, {"queued"}))
        self.assertIn("no-connection", {row.get("problem", {}).get("name") for row in rows})
        user.set([self.destination()])
        status, rows = user.json("outbox", "send")
        self.assertEqual((status, len(self.stored())), (0, 3), user.told)

    def test_trying_out_says_what_is_wrong(self):
        status, out, _ = self.user().run("outbox", "try", "bureau")
        self.assertEqual((status, "can be sent" in out), (0, True), out)
        self.assertEqual(self.stored(), {})
        wrong = self.user(secret="wrong").run("outbox", "try", "bureau")
        self.assertEqual((wrong[0], "does not accept" in wrong[1]), (3, True), wrong)
        away = self.user(url=self.server.url + "no/such/folder/").run("outbox", "try", "bureau")
        self.assertEqual((away[0], "no folder" in away[1]), (3, True), away)
        unset = self.user(password={"environment": "NO_SUCH_VARIABLE"}).run("outbox", "try", "bureau")
        self.assertEqual((unset[0], "NO_SUCH_VARIABLE" in unset[1]), (3, True), unset)

    def test_a_password_file_that_others_can_read_is_not_used(self):
        secret = self.folder / self.place() / "secret"
        secret.write_text(CANARY + "\n", encoding="utf-8")
        secret.chmod(0o644)
        user = self.user(password={"file": str(secret)})
        status, rows = user.upload(self.forms[:1], "bureau")
        self.assertEqual((status, rows[0]["problem"]["name"]), (3, "no-secret"))
        secret.chmod(0o600)
        self.assertEqual(user.json("outbox", "send")[0], 0, user.told)
        self.assertEqual(len(self.stored()), 1)

    def test_a_receipt_is_verified_offline(self):
        user = self.user()
        user.upload(self.forms[:2], "bureau")
        folder = self.folder / self.place() / "receipts"
        status, out, _ = user.run("outbox", "receipts", "-o", folder)
        receipts = [pathlib.Path(line) for line in out.splitlines()]
        self.assertEqual((status, len(receipts)), (0, 2))
        receipt = next(path for path in receipts if path.name.startswith(self.forms[0].name))
        self.assertEqual(user.run("outbox", "verify", receipt, self.forms[0])[0], 0)
        self.assertEqual(user.run("outbox", "verify", receipt, self.forms[1])[0], 1)
        self.assertEqual(user.run("outbox", "verify", self.forms[0], self.forms[0])[0], 2)

    def test_the_secret_is_in_no_file_and_no_text(self):
        user = self.user()
        outputs = [user.run("upload", *self.forms[:2], "--to", "bureau"),
                   user.run("outbox", "list"), user.run("outbox", "try", "bureau"),
                   user.run("outbox", "receipts")]
        for output in outputs:
            self.assertNotIn(CANARY, "".join(map(str, output)))
        for path in user.home.rglob("*"):
            if path.is_file():
                self.assertNotIn(CANARY.encode(), path.read_bytes(), path)

    def test_bad_certificates_are_refused_before_a_byte_of_the_form(self):
        cases = {"expired": {"days": (-30, -1)}, "other-host": {"host": "example.org"},
                 "self-signed": {"self_signed": True}}
        for name, options in cases.items():
            with self.subTest(name):
                server = nginx.Nginx(self.folder / name, self.authority,
                                     certificate=self.authority.issue(name, **options))
                self.addCleanup(server.close)
                user = self.user(name, url=server.url, user=None, password=None)
                user.set([self.destination(url=server.url, user=None, password=None)])
                status, rows = user.upload(self.forms[:2], "bureau")
                self.assertEqual((status, server.stored(), server.requests()), (3, {}, []))
                self.assertIn("certificate", {row.get("problem", {}).get("name") for row in rows})

    def test_old_tls_is_refused(self):
        server = nginx.Nginx(self.folder / "old-tls", self.authority, protocols="TLSv1")
        self.addCleanup(server.close)
        user = self.user()
        user.set([self.destination(url=server.url, user=None, password=None)])
        status, rows = user.upload(self.forms[:1], "bureau")
        self.assertEqual((status, server.stored(), server.requests()), (3, {}, []))
        self.assertEqual(rows[0]["problem"]["name"], "certificate")

    def test_a_client_certificate_opens(self):
        server = nginx.Nginx(self.folder / "mutual", self.authority, client_ca=self.authority.file)
        self.addCleanup(server.close)
        certificate, key = self.authority.issue("client")
        user = self.user()
        open_to = self.destination(url=server.url, user=None, password=None)
        user.set([open_to])
        self.assertEqual(user.upload(self.forms[:1], "bureau")[0], 3)
        user.set([{**open_to, "certificate": {"file": str(certificate), "key": str(key)}}])
        status, rows = user.json("outbox", "retry", "--to", "bureau")
        self.assertEqual((status, len(server.stored())), (0, 1), user.told)

    def test_a_redirect_to_another_host_is_not_followed(self):
        trap = nginx.Nginx(self.folder / "trap", self.authority)
        more = f"location /away/ {{ return 307 {trap.url}; }}"
        server = nginx.Nginx(self.folder / "redirect", self.authority, more=more)
        self.addCleanup(trap.close)
        self.addCleanup(server.close)
        user = self.user()
        user.set([self.destination(url=server.url + "away/", user=None, password=None)])
        status, rows = user.upload(self.forms[:1], "bureau")
        self.assertEqual((status, rows[0]["problem"]["name"]), (3, "redirect"))
        self.assertEqual((trap.stored(), trap.requests()), ({}, []))

    def test_cancelled_forms_leave_the_outbox_and_their_copies(self):
        user = self.user(url=f"https://127.0.0.1:{nginx.free_port()}/")
        _, rows = user.upload(self.forms[:2], "bureau")
        self.assertEqual(user.run("outbox", "cancel", rows[0]["submission"])[0], 0)
        self.assertEqual(user.run("outbox", "cancel", rows[0]["submission"])[0], 2)
        _, left = user.json("outbox", "list")
        self.assertEqual([row["submission"] for row in left], [rows[1]["submission"]])
        self.assertEqual([path.name for path in (user.outbox / "copies").iterdir()],
                         [rows[1]["submission"]])

    def test_chinese_says_what_to_do(self):
        _, out, err = self.user(secret="wrong").run("upload", self.forms[0], "--to", "bureau",
                                                      "--wait", 0, language="zh")
        self.assertTrue(re.search("用户名或密码", out + err), out + err)


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    if not nginx.is_there():
        sys.exit(77)
    unittest.main()


if __name__ == "__main__":
    main()
