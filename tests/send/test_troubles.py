#!/usr/bin/env python3
"""Two processes at once, a full disk, a user who stops, and who can see the password meanwhile."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import authority
import profile_server
import sending

PROGRAM = None
FORMS = 12
TOKEN = "canary-token-77c1"


class Troubles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.forms = sending.make_forms(cls.folder / "forms", "troubles", FORMS)
        cls.authority = authority.Authority(cls.folder)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def setUp(self):
        self.server = profile_server.ProfileServer(self.authority, TOKEN)
        self.addCleanup(self.server.close)
        self.home = self.folder / self.id().split(".")[-1]
        self.home.mkdir()
        secret = self.home / "token"
        secret.write_text(TOKEN, encoding="utf-8")
        secret.chmod(0o600)
        self.user = sending.User(PROGRAM, self.home, [{
            "name": "bureau", "kind": "https", "url": self.server.url, "parallel": 2,
            "ca": str(self.authority.file), "token": {"file": str(secret)}}])

    def start(self, *words):
        process = subprocess.Popen([PROGRAM, "--lang", "en", *map(str, words)],
                                   env=self.user.environment, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        return process

    def hold(self):
        """The server's next request is held until the event is set; `held` says that it came."""
        held, go = threading.Event(), threading.Event()

        def answer(handler, body):
            held.set()
            go.wait(60)
            handler.submit(body)

        self.server.answers = [answer] * 2
        self.addCleanup(go.set)
        return held, go

    def test_two_processes_send_the_same_forms_once(self):
        processes = [self.start("upload", *self.forms, "--to", "bureau", "--wait", 60)
                     for _ in range(3)]
        self.assertEqual([process.wait(120) for process in processes], [0, 0, 0],
                         [process.stderr.read() for process in processes])
        self.assertEqual(sorted(self.server.stored().values()), sorted(map(sending.digest, self.forms)))
        self.assertEqual(len(self.user.json("outbox", "list")[1]), FORMS)
        self.assertEqual(list((self.user.outbox / "owners").iterdir()), [])

    def test_stopping_leaves_the_rest_in_the_outbox(self):
        held, go = self.hold()
        process = self.start("upload", *self.forms, "--to", "bureau")
        self.assertTrue(held.wait(60))
        process.send_signal(signal.SIGINT)
        begin = time.monotonic()
        status = process.wait(60)
        self.assertEqual(status, 3)
        self.assertLess(time.monotonic() - begin, 30)  # it does not wait for the server
        _, rows = self.user.json("outbox", "list")
        self.assertEqual({row["state"] for row in rows}, {"queued"})
        go.set()
        self.server.answers = []
        self.assertEqual(self.user.json("outbox", "send", "--wait", 60)[0], 0, self.user.told)
        self.assertEqual(sorted(self.server.stored().values()), sorted(map(sending.digest, self.forms)))

    def test_the_token_is_in_no_list_of_processes(self):
        held, go = self.hold()
        process = self.start("upload", *self.forms[:2], "--to", "bureau")
        self.assertTrue(held.wait(60))
        for name in ("cmdline", "environ", "comm"):
            self.assertNotIn(TOKEN.encode(), pathlib.Path(f"/proc/{process.pid}/{name}").read_bytes())
        # what is being sent by a living process is nobody else's, and can't be taken out
        _, rows = self.user.json("outbox", "list")
        sending_now = next(row for row in rows if row["state"] == "sending")
        status, _, err = self.user.run("outbox", "cancel", sending_now["submission"])
        self.assertEqual((status, "being sent" in err), (2, True), err)
        go.set()
        self.assertEqual(process.wait(60), 0)

    def test_a_full_disk_is_told_and_what_was_queued_stays(self):
        disk = self.home / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk],
                                 capture_output=True, check=False)
        if mounted.returncode:
            self.skipTest("may not mount")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        self.user.environment["XDG_DATA_HOME"] = str(disk)
        status, _, err = self.user.run("upload", *self.forms, "--to", "bureau", "--wait", 0)
        self.assertEqual((status, "full" in err), (3, True), err)
        status, rows = self.user.json("outbox", "list")
        self.assertEqual(status, 0, self.user.told)
        for row in rows:
            copy = disk / "tianbao" / "outbox" / "copies" / row["submission"]
            self.assertEqual(sending.digest(copy), row["sha256"])
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        status, _, err = self.user.run("upload", *self.forms, "--to", "bureau", "--wait", 60)
        self.assertEqual((status, len(self.server.stored())), (0, FORMS), err)


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()


if __name__ == "__main__":
    main()
