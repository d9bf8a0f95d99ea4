"""A screen of its own for tests in a real window: Xvfb with a window manager, and hands (xdotool)
and eyes (import, the accessibility interface) on it."""
import contextlib
import os
import subprocess

import uno  # makes the next line possible
from com.sun.star.accessibility.AccessibleRole import TABLE
from com.sun.star.lang import IndexOutOfBoundsException
from com.sun.star.uno import RuntimeException
from office import wait_for

WIDTH, HEIGHT = 1400, 900


class Desktop:
    """Use it as a context manager; `environment` is for the office that is to show up here."""

    def __init__(self, language, scale=1, height=HEIGHT, theme="Adwaita"):
        self.scale, self.height = scale, height
        self.environment = {"LANG": language, "LC_ALL": language, "SAL_USE_VCLPLUGIN": "gtk3",
                            "GDK_BACKEND": "x11", "GDK_SCALE": str(scale), "GTK_THEME": theme}
        self.processes = []

    def __enter__(self):
        read, write = os.pipe()
        size = f"{WIDTH * self.scale}x{self.height * self.scale}x24"
        self.run_aside("Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp",
                       pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as pipe:
            self.environment["DISPLAY"] = f":{pipe.readline().strip()}"
        self.run_aside("openbox")
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()

    def run_aside(self, *command, **options):
        self.processes.append(subprocess.Popen(command, env={**os.environ, **self.environment},
                                               stdout=subprocess.DEVNULL,
                                               stderr=subprocess.DEVNULL, **options))

    def output(self, *command):
        return subprocess.run(command, env={**os.environ, **self.environment}, check=False,
                              capture_output=True, timeout=60).stdout

    def run(self, *command):
        return self.output(*command).decode().split()

    def windows(self, title):
        return self.run("xdotool", "search", "--onlyvisible", "--name", title)

    def fill_screen(self, window):
        """Not by --sync: where the window's frame leaves it less than it asked for, that waits for
        a quarter of a minute."""
        self.run("xdotool", "windowsize", window, "100%", "100%", "windowmove", window, "0", "0")
        wait_for(lambda: self.geometry(window)[0] == WIDTH * self.scale)

    def keys(self, *keys):
        self.run("xdotool", "key", "--delay", "80", *keys)

    def click(self, x, y, times=1):
        self.run("xdotool", "mousemove", str(x * self.scale), str(y * self.scale), "click",
                 "--repeat", str(times), "--delay", "60", "1")

    def double_click(self, x, y):
        self.click(x, y, times=2)

    def type(self, text):
        self.run("xdotool", "type", "--delay", "40", text)

    def titled(self, title):
        """The window of that title, or None; a search knows no titles in Chinese."""
        def name(window):
            return self.output("xdotool", "getwindowname", window).decode().rstrip("\n")
        return next((window for window in self.windows(".") if name(window) == title), None)

    def resize(self, title, width, height):
        """Asks the window manager for another size of the window, as dragging its edge does."""
        self.run("xdotool", "windowsize", self.titled(title), str(width), str(height))

    def size(self, title):
        return self.geometry(self.titled(title))

    def geometry(self, window):
        """Width and height of the window."""
        lines = self.run("xdotool", "getwindowgeometry", "--shell", window)
        values = dict(line.split("=") for line in lines)
        return int(values["WIDTH"]), int(values["HEIGHT"])

    def pixels(self, height):
        """That much of the top of the screen: rows of pixels, each three bytes."""
        part = ("-crop", f"x{height * self.scale}+0+0", "+repage", "-depth", "8", "rgb:-")
        seen, row = self.output("import", "-window", "root", *part), 3 * WIDTH * self.scale
        return [[line[i:i + 3] for i in range(0, row, 3)]
                for line in (seen[i:i + row] for i in range(0, len(seen), row))]

    def rest(self, height):
        """The pixels of the top of the screen once they stay as they are, for what can't be asked
        whether it is ready: five looks in a row."""
        seen = []
        def is_still():
            seen.append(self.pixels(height))
            return len(seen) >= 5 and all(look == seen[-1] for look in seen[-5:])
        wait_for(is_still)
        return seen[-1]

    def picture(self, path):
        self.run("import", "-window", "root", str(path))


def top_windows(office):
    """The accessible contexts of all windows of the office, but for those that go meanwhile."""
    return [context for _, context in named_windows(office)]


def dialogs(office, title):
    return [context for name, context in named_windows(office) if name == title]


def named_windows(office):
    toolkit, found = office.service("com.sun.star.awt.Toolkit"), []
    for i in range(toolkit.getTopWindowCount()):
        with contextlib.suppress(RuntimeException, IndexOutOfBoundsException):
            window = toolkit.getTopWindow(i)
            context = window and window.getAccessibleContext()
            if context:
                found.append((context.getAccessibleName(), context))
    return found


def children(context):
    for i in range(context.getAccessibleChildCount()):
        child = context.getAccessibleChild(i)
        yield child.getAccessibleContext() if hasattr(child, "getAccessibleContext") else child


def descendants(context):
    """The context and all below it, but for the cells of sheets and tables, which are many."""
    yield context
    if context.getAccessibleRole() != TABLE and context.getAccessibleChildCount() < 500:
        for child in children(context):
            yield from descendants(child)


def find_table(context):
    """The table with the rows (the one without is the row of its headings), or None."""
    if context.getAccessibleRole() == TABLE and context.getAccessibleName() != "ColumnHeaderBar":
        return context
    if context.getAccessibleRole() == TABLE:
        return None
    return next(filter(None, map(find_table, children(context))), None)
