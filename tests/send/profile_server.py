"""A server of the HTTPS profile, as small as it can be (src/send/SENDING.md): keeps submissions in
memory, signs its receipts, knows replays, and can be told to misbehave. On a port of its own."""
import base64
import hashlib
import http.server
import json
import re
import ssl
import threading
import time

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

UUID = re.compile(r"/v1/submissions/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$")


def parse_body(headers, body):
    """The parts by name; raises ValueError where it is no multipart."""
    found = re.fullmatch(r"multipart/form-data; boundary=([0-9a-f-]+)", headers["Content-Type"])
    if not found:
        raise ValueError("no multipart")
    mark = b"--" + found[1].encode()
    pieces = body.split(mark)
    if pieces[0] != b"" or pieces[-1] != b"--\r\n":
        raise ValueError("no end")
    parts = {}
    for piece in pieces[1:-1]:
        head, _, content = piece.partition(b"\r\n\r\n")
        name = re.search(rb'name="(\w+)"', head)[1].decode()
        parts[name] = content[:-2]
    return parts


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # a reply is one write
    disable_nagle_algorithm = True

    def log_message(self, *_):
        """Silent."""

    def reply(self, status, content=None, headers=()):
        body = b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def problem(self, status, title, headers=()):
        self.reply(status, {"title": title}, headers)

    def authorized(self):
        return self.headers["Authorization"] == f"Bearer {self.server.owner.token}"

    def do_GET(self):
        if not self.authorized():
            self.problem(401, "who are you?")
        elif self.path == "/v1/":
            self.reply(200, {"tianbao": 1, "may_submit": True})
        else:
            self.problem(404, "nothing here")

    def do_PUT(self):
        owner = self.server.owner
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with owner.lock:
            owner.requests += 1
            answer = owner.answers.pop(0) if owner.answers else None
        if answer:
            answer(self, body)
        else:
            self.submit(body)

    def submit(self, body, alter=lambda receipt: receipt):
        owner = self.server.owner
        found = UUID.fullmatch(self.path)
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        if not self.authorized():
            return self.problem(401, "who are you?")
        if not found or self.headers["Idempotency-Key"] != f'"{found[1]}"':
            return self.problem(404, "no such address")
        if self.headers["Content-Digest"] != f"sha-256=:{digest}:" or \
                self.headers["If-None-Match"] != "*":
            return self.problem(400, "digest")
        if len(body) > owner.limit:
            return self.problem(413, f"at most {owner.limit} bytes")
        try:
            parts = parse_body(self.headers, body)
            meta = json.loads(parts["meta"])
        except (ValueError, KeyError) as error:
            return self.problem(400, str(error))
        sha256 = hashlib.sha256(parts["file"]).hexdigest()
        if meta["file"]["sha256"] != sha256 or meta["submission"] != found[1]:
            return self.problem(400, "meta")
        status, receipt = owner.keep(found[1], meta, parts["file"], sha256)
        if receipt is None:
            return self.problem(412, "another file has this id")
        return self.reply(status, alter(dict(receipt)))


class HttpServer(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # else the system lets a connection that is one too many wait for 1 s

    def handle_error(self, *_):
        """Clients that go away, or are killed, are what some tests are about."""


class ProfileServer:
    def __init__(self, authority, token, limit=8 << 20):
        self.token, self.limit = token, limit
        self.lock = threading.Lock()
        self.submissions = {}  # by id: (meta, bytes)
        self.receipts = {}
        self.requests = 0
        self.answers = []  # functions of (handler, body), used up in turn, before it behaves well
        self.key = ed25519.Ed25519PrivateKey.generate()
        raw = self.key.public_key().public_bytes(serialization.Encoding.Raw,
                                                 serialization.PublicFormat.Raw)
        self.public_key = base64.b64encode(raw).decode()
        self.http = HttpServer(("127.0.0.1", 0), Handler)
        self.http.owner = self
        if authority:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*authority.issue("profile"))
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True,
                                                   do_handshake_on_connect=False)
        self.port = self.http.server_address[1]
        self.url = f"http{'s' if authority else ''}://127.0.0.1:{self.port}/"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def keep(self, name, meta, content, sha256):
        with self.lock:
            known = self.receipts.get(name)
            if known:
                return 200, known if known["sha256"] == sha256 else None
            receipt = {"receipt": f"R-{len(self.receipts) + 1:06d}", "submission": name,
                       "sha256": sha256, "state": "accepted", "findings": [],
                       "received_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
            signed = "tianbao-receipt-v1\n" + "".join(
                receipt[key] + "\n" for key in ("receipt", "submission", "sha256", "received_at",
                                                "state"))
            receipt["signature"] = base64.b64encode(self.key.sign(signed.encode())).decode()
            self.submissions[name] = (meta, content)
            self.receipts[name] = receipt
            return 201, receipt

    def stored(self):
        with self.lock:  # a request of a client that is gone may still be at work
            return {name: hashlib.sha256(content).hexdigest()
                    for name, (_, content) in self.submissions.items()}

    def close(self):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join(60)
