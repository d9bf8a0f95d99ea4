#!/usr/bin/env python3
"""The same submissions to each server: as many stored as sent, digests equal; sent again, by the same
user and by one who knows nothing of it: nothing new, no error.

    test_servers.py TIANBAO [COUNT]     COUNT submissions; default 25
"""
import os
import pathlib
import shutil
import sys
import tempfile
import time
import unittest

import apache
import authority
import nginx
import profile_server
import sending
import swift

PROGRAM = None
COUNT = 25
PASSWORD = "a password: with a colon, Grüße, 汉字"


class Servers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.forms = sending.make_forms(cls.folder / "forms", "servers", COUNT)
        cls.digests = sorted(map(sending.digest, cls.forms))
        cls.authority = authority.Authority(cls.folder)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def user(self, name, url, **members):
        user = sending.User(PROGRAM, self.folder / self.id().split(".")[-1] / name, [{
            "name": "bureau", "url": url, "ca": str(self.authority.file), **members}])
        user.environment["PASSWORD"] = PASSWORD
        return user

    def send_all(self, server, knows_bytes, **members):
        """`knows_bytes`: a second user's forms, under ids of their own, are no new ones either."""
        first = self.user("first", server.url, **members)
        begin = time.monotonic()
        status, rows = first.upload(self.forms, "bureau", wait=60)
        took = time.monotonic() - begin
        self.assertEqual((status, {row["state"] for row in rows}), (0, {"delivered"}), first.told)
        self.assertEqual(sorted(server.stored().values()), self.digests)
        names = set(server.stored())
        status, again = first.json("outbox", "retry", "--to", "bureau", "--wait", 60)
        self.assertEqual((status, again), (0, []), first.told)
        _, rows = first.json("outbox", "list")
        self.assertEqual([row["receipt"]["was_there"] for row in rows], [True] * COUNT)
        if knows_bytes:
            other = self.user("other", server.url, **members)
            status, rows = other.upload(self.forms, "bureau", wait=60)
            self.assertEqual((status, {row["state"] for row in rows}), (0, {"delivered"}))
        self.assertEqual(set(server.stored()), names)
        self.assertEqual(sorted(server.stored().values()), self.digests)
        print(f"{self.id().split('_')[-1]}: {COUNT} stored in {took:.1f} s, digests equal, 0 new when "
              "sent again", file=sys.stderr)

    @unittest.skipUnless(nginx.is_there(), "no nginx")
    def test_nginx(self):
        server = nginx.Nginx(self.folder / "nginx", self.authority, "office", PASSWORD)
        self.addCleanup(server.close)
        self.send_all(server, True, kind="webdav", user="office", password={"environment": "PASSWORD"})

    @unittest.skipUnless(apache.is_there(), "no Apache")
    def test_apache(self):
        server = apache.Apache(self.folder / "apache", self.authority, "office", PASSWORD)
        self.addCleanup(server.close)
        self.send_all(server, True, kind="webdav", user="office", password={"environment": "PASSWORD"})

    @unittest.skipUnless(swift.is_there(), "no Swift")
    def test_swift(self):
        server = swift.Swift(self.folder / "swift", self.authority)
        self.addCleanup(server.close)
        access = {"kind": "s3", "region": swift.REGION, "user": swift.USER,
                  "password": {"environment": "SECRET"}, "timeout": 60}
        user = self.user("trial", server.url, **access)
        user.environment["SECRET"] = "wrong"
        status, out, _ = user.run("outbox", "try", "bureau")
        self.assertEqual((status, "does not accept" in out), (3, True), out)
        os.environ["SECRET"] = swift.SECRET
        user.environment["SECRET"] = swift.SECRET
        status, out, _ = user.run("outbox", "try", "bureau")
        self.assertEqual((status, "can be sent" in out), (0, True), out)
        self.send_all(server, True, **access)

    def test_profile(self):
        server = profile_server.ProfileServer(self.authority, "token")
        self.addCleanup(server.close)
        os.environ["TOKEN"] = "token"
        self.send_all(server, False, kind="https", token={"environment": "TOKEN"},
                      receipt_key=server.public_key)


def main():
    global PROGRAM, COUNT
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        COUNT = int(sys.argv.pop(1))
    unittest.main()


if __name__ == "__main__":
    main()
