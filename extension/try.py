"""Opens a form in a Calc that has the extension; see extension/try, which calls this."""
import hashlib
import os
import pathlib
import sys

from office import Office, OfficeError, install, uninstall

IDENTIFIER = "org.tianbao.calc"


def install_when_new(package, profile):
    """Installs the package into the profile unless exactly this one is there already."""
    stamp = profile / "installed.sha256"
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    with Office(profile) as office:
        if stamp.exists():
            uninstall(office, IDENTIFIER)
        install(office, package)
    stamp.write_text(digest)


def show(profile, file):
    """Opens the form in a window, its findings over it, and waits until the user is done."""
    with Office(profile, headless=False, life_seconds=None) as office:
        document = office.open(file)
        office.dispatch(document, "org.tianbao:check")
        print(f"{file.name} is open in Calc. Close Calc to end.", flush=True)
        office.process.wait()


def print_findings(profile, file):
    with Office(profile) as office:
        document = office.open(file, Hidden=True)
        print(office.check(document, Format="text"), end="")
        document.close(True)


def main():
    package, profile, file = (pathlib.Path(argument).absolute() for argument in sys.argv[1:])
    install_when_new(package, profile)
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        try:
            show(profile, file)
            return
        except OfficeError as problem:
            print(f"No window could be opened ({problem}); checking without one.", file=sys.stderr)
    print_findings(profile, file)


if __name__ == "__main__":
    main()
