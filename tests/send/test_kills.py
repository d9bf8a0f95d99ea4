#!/usr/bin/env python3
"""The program killed at random moments of queueing and sending: nothing is lost, nothing doubled,
nothing called delivered that is not there.

    test_kills.py TIANBAO [KILLS] [SEED]     default 50
"""
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

import authority
import nginx
import profile_server
import sending

PROGRAM = None
KILLS = 50
SEED = "kills"
BATCH = 10


class Kills(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.forms = sending.make_forms(cls.folder / "forms", SEED, BATCH)
        cls.digests = sorted(map(sending.digest, cls.forms))
        cls.authority = authority.Authority(cls.folder)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def command(self, user):
        return [PROGRAM, "upload", *map(str, self.forms), "--to", "bureau", "--wait", "60"]

    def kill_once(self, user, longest):
        process = subprocess.Popen(self.command(user), env=user.environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.random.random() * longest)
        process.kill()
        return process.wait(60) < 0

    def examine(self, user, stored):
        """What the outbox says after a kill is true: each row has its bytes, what it calls delivered
        is there. Read beside the program, as it was left."""
        path = user.outbox / "outbox.db"
        if not path.exists():
            return
        with sqlite3.connect(path, timeout=60) as database:
            try:
                rows = database.execute("SELECT id, state, hex(sha256) FROM submission").fetchall()
            except sqlite3.OperationalError:  # killed before there was a table
                return
        there = set(stored().values())
        for name, state, digest in rows:
            self.assertEqual(sending.digest(user.outbox / "copies" / name), digest.lower(), SEED)
            if state == "delivered":
                self.assertIn(digest.lower(), there, SEED)

    def run_all(self, server, fresh, **members):
        self.random = random.Random(f"{SEED}/{self.id()}")
        killed = rounds = 0
        members = {"name": "bureau", "url": server.url, "ca": str(self.authority.file), **members}
        while killed < max(1, KILLS // 2):
            fresh(server)
            user = sending.User(PROGRAM, self.folder / self.id().split(".")[-1] / str(rounds),
                                [members])
            user.environment["TOKEN"] = "token"
            begin = time.monotonic()
            if rounds == 0:  # how long an undisturbed one takes here and now
                self.assertEqual(user.upload(self.forms, "bureau", wait=60)[0], 0, user.told)
                longest = (time.monotonic() - begin) * 1.2
                rounds += 1
                continue
            for _ in range(self.random.randint(1, 5)):
                killed += self.kill_once(user, longest)
                self.examine(user, server.stored)
            status, rows = user.upload(self.forms, "bureau", wait=60)
            self.assertEqual((status, {row["state"] for row in rows}), (0, {"delivered"}),
                             (SEED, rounds, user.told))
            self.assertEqual(sorted(server.stored().values()), self.digests,
                             f"seed {SEED}, round {rounds}")
            left = {path.name for path in (user.outbox / "copies").iterdir()}
            self.assertEqual(left, {row["submission"] for row in rows})
            rounds += 1
        print(f"{self.id().split('_')[-1]}: seed {SEED}, killed {killed} times in {rounds} rounds of "
              f"{BATCH} forms: nothing lost, nothing doubled", file=sys.stderr)

    @unittest.skipUnless(nginx.is_there(), "no nginx")
    def test_webdav(self):
        server = nginx.Nginx(self.folder / "nginx", self.authority)
        self.addCleanup(server.close)

        def fresh(server):
            for path in server.files.iterdir():
                shutil.rmtree(path)

        self.run_all(server, fresh, kind="webdav")

    def test_profile(self):
        server = profile_server.ProfileServer(self.authority, "token")
        self.addCleanup(server.close)

        def fresh(server):
            server.submissions.clear()
            server.receipts.clear()

        self.run_all(server, fresh, kind="https", token={"environment": "TOKEN"},
                     receipt_key=server.public_key)


def main():
    global PROGRAM, KILLS, SEED
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        KILLS = int(sys.argv.pop(1))
        SEED = sys.argv.pop(1) if len(sys.argv) > 1 else SEED
    unittest.main()


if __name__ == "__main__":
    main()
