"""What the tests of sending share: forms to send, a user of one's own with settings and an outbox,
and the program run in his name."""
import hashlib
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "forms"))
import generate  # noqa: E402

TEMPLATES = ROOT / "templates"
TIMEOUT = 300


def make_forms(folder, seed, count):
    """Clean forms, in the order of their names."""
    truth = generate.generate(folder, seed, count, ["ods"], "clean", (1, 2))
    return [folder / name for name in sorted(truth)]


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class User:
    """A user with a home of his own. `program` is tianbao."""

    def __init__(self, program, home, destinations):
        self.program = program
        self.home = pathlib.Path(home)
        self.home.mkdir(parents=True, exist_ok=True)
        self.settings = self.home / "destinations.json"
        self.set(destinations)
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.lower().endswith("proxy")},
            "TIANBAO_TEMPLATES": str(TEMPLATES), "XDG_DATA_HOME": str(self.home / "data"),
            "HOME": str(self.home), "TIANBAO_DESTINATIONS": str(self.settings)}
        self.outbox = self.home / "data" / "tianbao" / "outbox"

    def set(self, destinations):
        self.settings.write_text(json.dumps({"destinations": destinations}, ensure_ascii=False),
                                 encoding="utf-8")

    def run(self, *arguments, language="en", **options):
        environment = {**self.environment, **options.pop("environment", {})}
        done = subprocess.run([self.program, "--lang", language, *map(str, arguments)],
                              capture_output=True, env=environment, check=False,
                              timeout=options.pop("timeout", TIMEOUT), **options)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def json(self, *arguments, **options):
        """Status and the objects that were printed."""
        status, out, err = self.run(*arguments, "--format", "json", **options)
        self.told = err
        return status, [json.loads(line) for line in out.splitlines()]

    def upload(self, files, to, wait=0, **options):
        return self.json("upload", *files, "--to", to, "--wait", wait, **options)
