#!/usr/bin/env python3
"""Everything that can happen to a connection, again and again: in the end each form is stored exactly
once, and nothing was called delivered that is not there.

    test_faults.py TIANBAO [RUNS] [SEED]     RUNS sendings; default 100
"""
import os
import pathlib
import random
import shutil
import sys
import tempfile
import unittest

import authority
import fault_proxy
import nginx
import profile_server
import sending

PROGRAM = None
RUNS = 100
SEED = "faults"
BATCH = 10  # forms that are sent together
TRIES = 40  # until which all are delivered: nearly half of the connections fail


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.forms = sending.make_forms(cls.folder / "forms", SEED, BATCH)
        cls.digests = sorted(map(sending.digest, cls.forms))
        cls.authority = authority.Authority(cls.folder)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def draw(self):
        fault = self.random.choice(self.faults) if self.random.random() < 0.5 else "none"
        return fault, self.random.random()

    def run_batch(self, number, proxy, stored, **members):
        """One batch until all are delivered; what is called delivered on the way must be there."""
        user = sending.User(PROGRAM, self.folder / self.id().split(".")[-1] / f"user{number}", [{
            "name": "bureau", "url": proxy.url, "ca": str(self.authority.file), "timeout": 1,
            **members}])
        user.environment["TOKEN"] = "token"
        self.faults = fault_proxy.FAULTS
        status, rows = user.upload(self.forms, "bureau")
        for attempt in range(TRIES):
            _, rows = user.json("outbox", "list")
            there = list(stored().values())
            for row in rows:
                if row["state"] == "delivered":
                    self.assertIn(row["sha256"], there, f"seed {SEED}, batch {number}")
                self.assertNotEqual(row["state"], "refused", row)
            if all(row["state"] == "delivered" for row in rows):
                return
            if attempt == TRIES // 2:
                self.faults = ["none"]
            user.json("outbox", "send", "--wait", 0)
        self.fail(f"not delivered in {TRIES} tries; seed {SEED}, batch {number}: {rows}")

    def run_all(self, target, server, fresh, stored, **members):
        self.random = random.Random(f"{SEED}/{self.id()}")
        proxy = fault_proxy.FaultProxy(self.authority, target, self.draw)
        self.addCleanup(proxy.close)
        for number in range(max(1, RUNS // BATCH // 2)):
            fresh(server)
            self.run_batch(number, proxy, stored, **members)
            self.assertEqual(sorted(stored().values()), self.digests,
                             f"seed {SEED}, batch {number}: {sorted(stored())}")
        print(f"{self.id().split('_')[-1]}: seed {SEED}, {RUNS // 2} sendings, each stored once; "
              f"connections {proxy.counts}", file=sys.stderr)

    @unittest.skipUnless(nginx.is_there(), "no nginx")
    def test_webdav(self):
        server = nginx.Nginx(self.folder / "nginx")
        self.addCleanup(server.close)

        def fresh(server):
            for path in server.files.iterdir():
                shutil.rmtree(path)

        self.run_all(server.port, server, fresh, server.stored, kind="webdav")

    def test_profile(self):
        server = profile_server.ProfileServer(None, "token")
        self.addCleanup(server.close)

        def fresh(server):
            server.submissions.clear()
            server.receipts.clear()

        self.run_all(server.port, server, fresh, server.stored, kind="https",
                     token={"environment": "TOKEN"}, receipt_key=server.public_key)


def main():
    global PROGRAM, RUNS, SEED
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        RUNS = int(sys.argv.pop(1))
        SEED = sys.argv.pop(1) if len(sys.argv) > 1 else SEED
    unittest.main()


if __name__ == "__main__":
    main()
