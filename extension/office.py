"""An office of our own: started in a profile of its own, driven over a local socket, ended by its
own process id. For extension/try and the tests; needs python3-uno (/usr/bin/python3 on Debian).
"""
import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import time

import uno
import unohelper
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.task import XInteractionApprove, XInteractionHandler
from com.sun.star.ucb import XCommandEnvironment

START_SECONDS = 120
START_ATTEMPTS = 3  # the first start of a new profile may end once it has set the profile up
LIFE_SECONDS = 1800


class OfficeError(Exception):
    pass


def wait_for(condition, seconds=30):
    """Asks until the answer is true and returns it; fails when the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise OfficeError(f"waited {seconds} seconds in vain")
        time.sleep(0.1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


class Office:
    """A running soffice. Use it as a context manager."""

    def __init__(self, profile, headless=True, environment=None, life_seconds=LIFE_SECONDS):
        self.profile = pathlib.Path(profile).absolute()
        self.environment = {**os.environ, **(environment or {})}
        self.process = None
        self.context = None
        self.port = free_port()
        self.command = ["soffice", f"-env:UserInstallation={self.profile.as_uri()}", "--norestore",
                        "--nologo", "--nofirststartwizard", "--nodefault",
                        f"--accept=socket,host=127.0.0.1,port={self.port};urp;"]
        if headless:
            self.command.append("--headless")
        if life_seconds:
            self.command = ["timeout", "--kill-after=10", str(life_seconds)] + self.command

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_):
        self.stop()

    def start(self):
        for _ in range(START_ATTEMPTS):
            self.process = subprocess.Popen(self.command, env=self.environment,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                            start_new_session=True)
            wait_for(lambda: self.connect() or self.process.poll() is not None, START_SECONDS)
            if self.context is not None:
                return self
        raise OfficeError(f"soffice ended with status {self.process.returncode}")

    def connect(self):
        address = f"uno:socket,host=127.0.0.1,port={self.port};urp;StarOffice.ComponentContext"
        with contextlib.suppress(Exception):
            self.context = self.resolve(address)
        return self.context

    @staticmethod
    def resolve(address):
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local)
        return resolver.resolve(address)

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    @property
    def desktop(self):
        return self.service("com.sun.star.frame.Desktop")

    def open(self, path, **values):
        """Opens a document, in the office's main thread: GTK hangs now and then where another one
        makes a window."""
        url = path if ":" in str(path) else pathlib.Path(path).absolute().as_uri()
        return self.desktop.loadComponentFromURL(url, "_blank", 0,
                                                 properties(OnMainThread=True, **values))

    def dispatch(self, document, command):
        """Runs a command as a menu does, in the document's frame."""
        frame = document.CurrentController.Frame
        self.service("com.sun.star.frame.DispatchHelper").executeDispatch(frame, command, "", 0, ())

    def close(self, document):
        """Closes a document's window as a person does, in the office's main thread; what was
        changed is lost."""
        document.setModified(False)
        self.dispatch(document, ".uno:CloseWin")

    def check(self, document, **arguments):
        """The findings of an open document, from our own job."""
        named = (NamedValue("Document", document),
                 *(NamedValue(name, value) for name, value in arguments.items()))
        return self.service("org.tianbao.Check").execute(named)

    def explain(self, document, finding, reason, **arguments):
        """Explains a finding as the job of that name does; the empty reason withdraws it."""
        values = {"Rule": finding["rule"], "Cell": f"{finding['sheet']}!{finding['cell']}",
                  "Reason": reason, **arguments}
        named = (NamedValue("Document", document),
                 *(NamedValue(name, value) for name, value in values.items()))
        self.service("org.tianbao.Explain").execute(named)

    def wait(self, seconds=30):
        """Waits for the office to end; its exit status, or None when it is still there."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(seconds)
        return None

    def stop(self):
        if self.process is None:
            return
        with contextlib.suppress(Exception):
            self.desktop.terminate()
        if self.wait() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Approve(unohelper.Base, XCommandEnvironment, XInteractionHandler):
    """Says yes to whatever the installation asks."""

    def getInteractionHandler(self):
        return self

    def getProgressHandler(self):
        return None

    def handle(self, request):
        for continuation in request.getContinuations():
            approve = continuation.queryInterface(uno.getTypeByName(
                "com.sun.star.task.XInteractionApprove"))
            if approve is not None:
                approve.select()


def extension_manager(office):
    return office.context.getValueByName(
        "/singletons/com.sun.star.deployment.ExtensionManager")


def install(office, package):
    """Adds an .oxt to the office's profile. What it brings is there from the next start."""
    manager = extension_manager(office)
    manager.addExtension(pathlib.Path(package).absolute().as_uri(), (), "user",
                         manager.createAbortChannel(), Approve())


def uninstall(office, identifier):
    manager = extension_manager(office)
    package = manager.getDeployedExtension("user", identifier, f"{identifier}.oxt", Approve())
    manager.removeExtension(identifier, package.getName(), "user", manager.createAbortChannel(),
                            Approve())
