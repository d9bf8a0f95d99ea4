#!/usr/bin/env python3
"""Where else the commands show up: on the ribbon's Extension tab, on a dark desktop, and beside a
Writer document, which has nothing to check. Leaves pictures in the folder PICTURES.

  test_interface.py SOURCE_ROOT OXT PICTURES
"""
import contextlib
import pathlib
import shutil
import sys
import tempfile
import unittest

if shutil.which("soffice") is None or shutil.which("Xvfb") is None:
    sys.exit(77)
SOURCE, OXT, PICTURES = sys.argv[1:4]
del sys.argv[1:4]
sys.path.insert(0, str(pathlib.Path(SOURCE, "extension")))

from desktop import Desktop, descendants, dialogs, find_table, top_windows
from office import Office, OfficeError, install, properties, wait_for

EXAMPLE = next(pathlib.Path(SOURCE, "templates").glob("department-goals/example*.*ods"))
MODES = "/org.openoffice.Office.UI.ToolbarMode/Applications"
# The ribbon is no part of what the accessibility interface shows: where its Extension tab is, and
# the button 校验 on it.
EXTENSION_TAB, CHECK_BUTTON = (945, 42), (219, 99)


def use_ribbon(office):
    """Switches Calc and Writer to the tabbed interface, from the next start on."""
    provider = office.service("com.sun.star.configuration.ConfigurationProvider")
    settings = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationUpdateAccess", properties(nodepath=MODES))
    for name in settings.ElementNames:
        if name.endswith(("Calc", "Writer")):
            settings.getByName(name).Active = "notebookbar.ui"
    settings.commitChanges()


class Interface:
    ribbon = False
    theme = "Adwaita"

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        profile = cls.folder / "profile"
        with Office(profile) as office:
            install(office, OXT)
            if cls.ribbon:
                use_ribbon(office)
        cls.desktop = cls.enterClassContext(Desktop("zh_CN.UTF-8", theme=cls.theme))
        cls.office = cls.enterClassContext(
            Office(profile, headless=False, environment=cls.desktop.environment))

    def open(self, url, title):
        document = self.office.open(url)
        self.addCleanup(self.office.close, document)
        self.desktop.fill_screen(wait_for(lambda: self.desktop.windows(title))[-1])
        return document

    def open_example(self):
        path = self.folder / "form.fods"
        shutil.copyfile(EXAMPLE, path)
        return self.open(path, path.name)

    def find(self, name):
        """What is shown under that name in any window, or None."""
        named = (context for window in top_windows(self.office)
                 for context in descendants(window)
                 if context.getAccessibleName() == name and context.getBounds().Width > 0)
        return next(named, None)

    def picture(self, name):
        folder = pathlib.Path(PICTURES)
        folder.mkdir(exist_ok=True)
        self.desktop.picture(folder / f"{name}.png")

    def read_message(self, name):
        """A message box instead of findings: there, and closed by its button."""
        wait_for(lambda: dialogs(self.office, "填报"))
        self.assertEqual(dialogs(self.office, "校验结果"), [])
        self.picture(name)
        self.desktop.keys("Return")
        wait_for(lambda: not dialogs(self.office, "填报"))

    def wait_for_findings(self):
        def table():
            found = dialogs(self.office, "校验结果")
            return found and find_table(found[0])
        wait_for(lambda: table() and table().getAccessibleRowCount() > 3)


class Ribbon(Interface, unittest.TestCase):
    ribbon = True

    def press_check(self, is_shown):
        """The tab that was just opened may not be there for the first click."""
        def press():
            self.desktop.click(*CHECK_BUTTON)
            with contextlib.suppress(OfficeError):
                return wait_for(is_shown, 5)
        wait_for(press)

    def test_extension_tab(self):
        self.open_example()
        self.desktop.click(*EXTENSION_TAB)
        self.picture("ribbon")
        self.press_check(lambda: dialogs(self.office, "校验结果"))
        self.wait_for_findings()

    def test_writer(self):
        """The office shows the commands in Writer too, and does not grey them out."""
        document = self.open("private:factory/swriter", ".")
        self.desktop.click(*EXTENSION_TAB)
        self.press_check(lambda: dialogs(self.office, "填报"))
        self.read_message("ribbon-writer")
        self.assertFalse(document.isModified())


class Dark(Interface, unittest.TestCase):
    theme = "Adwaita:dark"

    def test_findings(self):
        document = self.open_example()
        self.office.dispatch(document, "org.tianbao:check")
        self.wait_for_findings()
        self.picture("findings-dark")


class WriterInFront(Interface, unittest.TestCase):
    def test_menu_and_commands(self):
        """No menu of ours in Writer, and each command says why it does nothing there."""
        document = self.open("private:factory/swriter", ".")
        self.assertIsNone(self.find("填报"))
        for command in ("check", "next", "previous"):
            self.office.dispatch(document, f"org.tianbao:{command}")
            self.read_message("writer")
        self.assertFalse(document.isModified())


unittest.main(verbosity=2)
