#!/usr/bin/env python3
"""How long 1,000 forms take to a real nginx over TLS, beside curl --parallel and rclone copy in the
same run. Ours checks, keeps, sends, reads back and records each; the others only send.

    measure.py TIANBAO [FORMS] [ROUNDS]
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import authority
import nginx
import sending


def clear(server):
    for path in server.files.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def timed(server, count, command, **options):
    clear(server)
    begin = time.monotonic()
    done = subprocess.run(command, capture_output=True, check=False, timeout=1200, **options)
    took = time.monotonic() - begin
    if done.returncode or len(server.stored()) != count:
        sys.exit(f"{command[0]}: {len(server.stored())} stored; {done.stderr.decode()[-500:]}")
    return took


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    folder = pathlib.Path(tempfile.mkdtemp())
    forms = sending.make_forms(folder / "forms", "measure", count)
    for path in (folder / "forms").glob("truth.json"):
        path.unlink()
    trust = authority.Authority(folder)
    server = nginx.Nginx(folder / "nginx", trust)
    times = {"tianbao upload": [], "tianbao outbox retry": [], "curl --parallel": [], "rclone copy": []}
    try:
        for number in range(rounds):
            user = sending.User(program, folder / f"user{number}", [
                {"name": "bureau", "kind": "webdav", "url": server.url, "ca": str(trust.file)}])
            times["tianbao upload"].append(timed(
                server, count, [program, "upload", str(folder / "forms"), "--to", "bureau"],
                env=user.environment))
            times["tianbao outbox retry"].append(timed(
                server, count, [program, "outbox", "retry", "--to", "bureau"], env=user.environment))
            times["curl --parallel"].append(timed(
                server, count, ["curl", "-sS", "--fail", "--parallel", "--cacert", str(trust.file),
                                "-T", "{" + ",".join(map(str, forms)) + "}", server.url]))
            if shutil.which("rclone"):
                times["rclone copy"].append(timed(
                    server, count, ["rclone", "--config", "/dev/null", "--ca-cert", str(trust.file),
                                    "copy", str(folder / "forms"), ":webdav:/", "--webdav-url",
                                    server.url, "--webdav-vendor", "other"]))
    finally:
        server.close()
        shutil.rmtree(folder)
    for name, values in times.items():
        if values:
            print(f"{name}: {min(values):.2f} s at best, {sorted(values)[len(values) // 2]:.2f} s in the "
                  f"middle, of {len(values)}; {count} forms")


if __name__ == "__main__":
    main()
