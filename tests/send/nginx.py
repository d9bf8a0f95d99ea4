"""A real nginx with its WebDAV module on a port of its own, with files, log and process id in a
folder of the test. Nothing is started but what is ended here."""
import base64
import hashlib
import os
import pathlib
import shutil
import socket
import subprocess
import time

# Listing is no part of what we send by; other programs that are measured beside ours need it.
LISTING = pathlib.Path("/usr/lib/nginx/modules/ngx_http_dav_ext_module.so")

CONFIGURATION = """
{listing}
{user}
daemon off;
master_process on;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size {max_size};
    keepalive_requests 100000;
    server {{
        listen 127.0.0.1:{port} {ssl};
        {tls}
        location / {{
            root {folder}/files;
            dav_methods PUT DELETE MKCOL COPY MOVE;
            create_full_put_path off;
            {list_methods}
            {access}
        }}
        {more}
    }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_there():
    return shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin") is not None


class Nginx:
    def __init__(self, folder, authority=None, user=None, password=None, certificate=None,
                 client_ca=None, protocols="TLSv1.2 TLSv1.3", max_size="64m", more=""):
        self.folder = pathlib.Path(folder)
        self.port = free_port()
        self.files = self.folder / "files"
        self.files.mkdir(parents=True)
        scheme = "http"
        tls = access = ""
        if authority:
            scheme = "https"
            pem, key = certificate or authority.issue(f"server-{self.port}")
            tls = (f"ssl_certificate {pem}; ssl_certificate_key {key};"
                   f" ssl_protocols {protocols};")
            if "TLSv1;" in tls or protocols == "TLSv1":
                tls += " ssl_ciphers ALL:@SECLEVEL=0;"
        if client_ca:
            tls += f" ssl_client_certificate {client_ca}; ssl_verify_client on;"
        if user:
            digest = base64.b64encode(hashlib.sha1(password.encode()).digest()).decode()
            (self.folder / "users").write_text(f"{user}:{{SHA}}{digest}\n", encoding="utf-8")
            access = f'auth_basic "forms"; auth_basic_user_file {self.folder}/users;'
        self.url = f"{scheme}://127.0.0.1:{self.port}/"
        (self.folder / "nginx.conf").write_text(CONFIGURATION.format(
            listing=f"load_module {LISTING};" if LISTING.exists() else "",
            list_methods="dav_ext_methods PROPFIND OPTIONS;" if LISTING.exists() else "",
            user="user root;" if os.geteuid() == 0 else "", folder=self.folder, port=self.port,
            ssl="ssl" if authority else "", tls=tls, access=access, max_size=max_size, more=more),
            encoding="utf-8")
        self.start()

    def start(self):
        program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        self.process = subprocess.Popen(
            [program, "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder),
             "-e", str(self.folder / "error.log")], stderr=subprocess.DEVNULL)
        self.wait()

    def wait(self):
        """Until it answers; it is never waited for longer than it may take on a busy machine."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.02)
        raise RuntimeError("nginx did not start: " +
                           (self.folder / "error.log").read_text(encoding="utf-8"))

    def stored(self):
        """Digest by name of all files that it has."""
        return {path.relative_to(self.files).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(self.files.rglob("*")) if path.is_file()}

    def requests(self):
        return (self.folder / "access.log").read_text(encoding="utf-8").splitlines()

    def close(self):
        self.process.terminate()
        self.process.wait(60)
