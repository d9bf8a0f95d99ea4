"""A proxy of bytes between the program and a server that does one bad thing to a connection, or none.
It ends TLS, so that it can speak, and speaks TLS to nobody: the server behind it is plain."""
import select
import socket
import ssl
import threading

FAULTS = ["none", "cut-before", "cut-in-request", "cut-after-request", "cut-in-reply", "stall",
          "500", "503", "garbage", "portal"]

REPLIES = {
    "500": b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
    "503": b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
    "garbage": b"\x00\xff\x13garbage that is no HTTP\r\n\r\n\x7f",
    "portal": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 42\r\n\r\n"
              b"<html><title>Please log in</title></html> ",
}


class FaultProxy:
    """`draw` is asked for the fault of each connection: (name, a share from 0 to 1)."""

    def __init__(self, authority, target, draw):
        self.target, self.draw = target, draw
        self.counts = {}
        self.lock = threading.Lock()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*authority.issue("proxy"))
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        self.url = f"https://127.0.0.1:{self.port}/"
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with self.lock:
            fault, share = self.draw()
            self.counts[fault] = self.counts.get(fault, 0) + 1
        try:
            if fault == "cut-before":
                return
            with self.context.wrap_socket(client, server_side=True) as secure, \
                    socket.create_connection(("127.0.0.1", self.target)) as server:
                self.carry(secure, server, fault, share)
        except (OSError, ValueError):
            pass  # the other side went away: that is what this is for
        finally:
            client.close()

    def carry(self, client, server, fault, share):
        """One request, whole, and its reply with the fault; afterwards plain carrying."""
        head, body, length = self.read_request(client)
        if fault == "cut-in-request":
            server.sendall(head + body[:int(length * share)])
            return
        if fault in REPLIES:
            client.sendall(REPLIES[fault])
            return
        server.sendall(head + body)
        if fault == "cut-after-request":
            self.read_reply(server)
            return
        if fault == "stall":
            self.read_reply(server)
            select.select([client], [], [], 60)  # until the program has had enough
            return
        if fault == "cut-in-reply":
            reply = self.read_reply(server)
            client.sendall(reply[:int(len(reply) * share)])
            return
        self.pump(client, server)

    @staticmethod
    def read_request(client):
        data = b""
        while b"\r\n\r\n" not in data:
            more = client.recv(65536)
            if not more:
                raise OSError("no request")
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        while len(body) < length:
            more = client.recv(65536)
            if not more:
                raise OSError("half a request")
            body += more
        return head + b"\r\n\r\n", body, length

    @staticmethod
    def read_reply(server):
        """What comes until the server pauses: enough to know that it has done its work."""
        data = b""
        server.settimeout(10)
        while b"\r\n\r\n" not in data:
            more = server.recv(65536)
            if not more:
                return data
            data += more
        return data

    @staticmethod
    def pump(client, server):
        pairs = {client: server, server: client}
        while True:
            ready = [client] if client.pending() else select.select(list(pairs), [], [])[0]
            for side in ready:
                data = side.recv(65536)
                if not data:
                    return
                pairs[side].sendall(data)

    def close(self):
        self.listener.close()
