"""OpenStack Swift with its s3api, one of each server, on ports of its own: what speaks S3 and truly
checks signatures. Its rings are made for the occasion; it needs a file system with attributes."""
import hashlib
import os
import pathlib
import pwd
import shutil
import socket
import ssl
import subprocess
import time
import urllib.request

import nginx

USER, SECRET, REGION, BUCKET = "forms:clerk", "secret:with-a-colon", "us-east-1", "returned"

COMMON = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
log_address = {folder}/no-log
log_level = ERROR
"""

STORAGE = COMMON + """
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""

PROXY = COMMON + """
cert_file = {pem}
key_file = {key}
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk s3api tempauth copy slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
node_timeout = 60
conn_timeout = 10
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:{memory_port}
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
location = {region}
s3_acl = false
[filter:tempauth]
use = egg:swift#tempauth
user_forms_clerk = {secret} .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
"""

KINDS = ("account", "container", "object")


def is_there():
    return all(shutil.which(name) for name in
               ("swift-proxy-server", "swift-ring-builder", "memcached",
                *(f"swift-{kind}-server" for kind in KINDS)))


class Swift:
    def __init__(self, folder, authority):
        self.folder = pathlib.Path(folder)
        (self.folder / "devices" / "d1").mkdir(parents=True)
        self.user = pwd.getpwuid(os.geteuid()).pw_name
        self.processes = []
        (self.folder / "swift.conf").write_text(
            "[swift-hash]\nswift_hash_path_prefix = a\nswift_hash_path_suffix = b\n", encoding="utf-8")
        ports = {kind: nginx.free_port() for kind in KINDS}
        self.port, memory_port = nginx.free_port(), nginx.free_port()
        pem, key = authority.issue("swift")
        self.start("memcached", "-l", "127.0.0.1", "-p", str(memory_port), "-u", self.user)
        for kind, port in ports.items():
            self.make_ring(kind, port)
            self.write(kind, STORAGE, port=port, kind=kind)
        self.write("proxy", PROXY, port=self.port, pem=pem, key=key, memory_port=memory_port,
                   region=REGION, secret=SECRET)
        for kind in (*KINDS, "proxy"):
            self.start(f"swift-{kind}-server", str(self.folder / f"{kind}.conf"))
        for port in (memory_port, *ports.values(), self.port):
            self.wait(port)
        self.address = f"https://127.0.0.1:{self.port}/"
        self.url = f"{self.address}{BUCKET}/"
        self.make_bucket(authority)

    def make_bucket(self, authority):
        """By Swift's own interface, which has the same buckets."""
        context = ssl.create_default_context(cafile=str(authority.file))

        def ask(method, url, headers):
            request = urllib.request.Request(url, method=method, headers=headers)
            return urllib.request.urlopen(request, timeout=60, context=context).headers

        access = ask("GET", self.address + "auth/v1.0",
                     {"X-Auth-User": USER, "X-Auth-Key": SECRET})
        ask("PUT", f"{access['X-Storage-Url']}/{BUCKET}", {"X-Auth-Token": access["X-Auth-Token"]})

    def write(self, file, text, **values):
        (self.folder / f"{file}.conf").write_text(
            text.format(folder=self.folder, user=self.user, **values), encoding="utf-8")

    def make_ring(self, kind, port):
        builder = str(self.folder / f"{kind}.builder")
        for words in (["create", "4", "1", "0"], ["add", f"r1z1-127.0.0.1:{port}/d1", "1"],
                      ["rebalance"]):
            subprocess.run(["swift-ring-builder", builder, *words], check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self, *command):
        log = open(self.folder / f"{pathlib.Path(command[0]).name}.log", "wb")
        self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder))
        log.close()

    def wait(self, port):
        end = time.monotonic() + 120
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("Swift did not start: " + "".join(
            path.read_text(errors="replace") for path in self.folder.glob("*.log")))

    def stored(self):
        """Contents of objects by the files that they lie in."""
        objects = self.folder / "devices" / "d1" / "objects"
        return {path.parent.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(objects.rglob("*.data"))}

    def close(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(30)
