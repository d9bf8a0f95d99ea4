"""A real Apache with mod_dav on a port of its own; as nginx.py in all that tests see of it."""
import base64
import hashlib
import os
import pathlib
import socket
import subprocess
import time

import nginx

PROGRAM = pathlib.Path("/usr/sbin/apache2")
MODULES = pathlib.Path("/usr/lib/apache2/modules")
LOADED = ["mpm_event", "authn_core", "authz_core", "authn_file", "authz_user", "auth_basic", "dav",
          "dav_fs", "ssl", "socache_shmcb"]

CONFIGURATION = """
ServerRoot {folder}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
DefaultRuntimeDir {folder}
{modules}
{user}
SSLEngine on
SSLCertificateFile {pem}
SSLCertificateKeyFile {key}
DavLockDB {folder}/locks
DocumentRoot {files}
<Directory {files}>
    Dav On
    AuthType Basic
    AuthName forms
    AuthUserFile {folder}/users
    Require valid-user
</Directory>
"""


def is_there():
    return PROGRAM.exists() and all((MODULES / f"mod_{name}.so").exists() for name in LOADED)


class Apache:
    def __init__(self, folder, authority, user, password):
        self.folder = pathlib.Path(folder)
        self.files = self.folder / "files"
        self.files.mkdir(parents=True)
        self.port = nginx.free_port()
        self.url = f"https://127.0.0.1:{self.port}/"
        pem, key = authority.issue(f"apache-{self.port}")
        digest = base64.b64encode(hashlib.sha1(password.encode()).digest()).decode()
        (self.folder / "users").write_text(f"{user}:{{SHA}}{digest}\n", encoding="utf-8")
        modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in LOADED)
        is_root = os.geteuid() == 0
        if is_root:  # its children become another user, who must reach the files
            for path in (self.folder.parent, self.folder, self.files):
                path.chmod(0o777)
        (self.folder / "apache.conf").write_text(CONFIGURATION.format(
            folder=self.folder, files=self.files, port=self.port, pem=pem, key=key, modules=modules,
            user="User www-data\nGroup www-data" if is_root else ""), encoding="utf-8")
        self.process = subprocess.Popen([PROGRAM, "-f", self.folder / "apache.conf", "-D",
                                         "FOREGROUND"], stderr=subprocess.DEVNULL)
        self.wait()

    def wait(self):
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("Apache did not start: " +
                           (self.folder / "error.log").read_text(encoding="utf-8"))

    def stored(self):
        return {path.relative_to(self.files).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(self.files.rglob("*")) if path.is_file()}

    def close(self):
        self.process.terminate()
        self.process.wait(60)
