#!/usr/bin/env python3
"""Where else the commands show up: on the ribbon's Extension tab, on a dark desktop, and beside a
Writer document, which has nothing to check. Leaves pictures in the folder PICTURES.

  test_interface.py SOURCE_ROOT OXT PICTURES
"""
import contextlib
import unittest

from window_case import WindowCase, configure  # first: it says where the next ones lie
from desktop import descendants, dialogs, find_table, top_windows
from office import OfficeError, wait_for

MODE = "/org.openoffice.Office.UI.ToolbarMode/Applications/{}"
# The ribbon is no part of what the accessibility interface shows. How far across its Extension tab
# and the button 校验 on it are, and how far below the line under the tab in front, 常用; that line lies
# lower where the office shows its menu bar above the ribbon, as it does now and then.
EXTENSION_TAB, CHECK_BUTTON = (945, -15), (265, 42)
HOME_TAB, LINE_COLOUR, RIBBON_HEIGHT = 345, bytes.fromhex("3584e4"), 160


class Interface(WindowCase):
    def find(self, name):
        """What is shown under that name in any window, or None."""
        named = (context for window in top_windows(self.office)
                 for context in descendants(window)
                 if context.getAccessibleName() == name and context.getBounds().Width > 0)
        return next(named, None)

    def read_message(self, name):
        """A message box instead of findings: there, and closed by its button."""
        self.dismiss("填报", picture=name)
        self.assertEqual(dialogs(self.office, "校验结果"), [])

    def has_findings(self):
        found = dialogs(self.office, "校验结果")
        table = found and find_table(found[0])
        return table and table.getAccessibleRowCount() > 3


class Ribbon(Interface, unittest.TestCase):
    @classmethod
    def prepare(cls, office):
        """Switches Calc and Writer to the tabbed interface, from the next start on."""
        for application in ("Calc", "Writer"):
            configure(office, MODE.format(application), Active="notebookbar.ui")

    def click_check(self, is_answered):
        """Again where nothing comes of it: under load the office draws its ribbon well before it
        heeds it."""
        pixels = self.desktop.rest(RIBBON_HEIGHT)
        line = next(i for i, row in enumerate(pixels) if row[HOME_TAB] == LINE_COLOUR)
        for seconds in (5, 5, 30):
            for across, down in (EXTENSION_TAB, CHECK_BUTTON):
                self.desktop.click(across, line + down)
                self.desktop.rest(RIBBON_HEIGHT)
            with contextlib.suppress(OfficeError):
                return wait_for(is_answered, seconds)
        self.fail("the button does nothing")

    def test_extension_tab(self):
        self.open_example()
        self.click_check(self.has_findings)
        self.picture("ribbon")

    def test_writer(self):
        """The office shows the commands in Writer too, and does not grey them out."""
        document = self.open("private:factory/swriter")
        self.click_check(lambda: dialogs(self.office, "填报"))
        self.read_message("ribbon-writer")
        self.assertFalse(document.isModified())


class Dark(Interface, unittest.TestCase):
    theme = "Adwaita:dark"

    def test_findings(self):
        document = self.open_example()
        self.office.dispatch(document, "org.tianbao:check")
        wait_for(self.has_findings)
        self.picture("findings")


class WriterInFront(Interface, unittest.TestCase):
    def test_menu_and_commands(self):
        """No menu of ours in Writer, and each command says why it does nothing there."""
        document = self.open("private:factory/swriter")
        self.assertIsNone(self.find("填报"))
        for command in ("check", "next", "previous"):
            self.office.dispatch(document, f"org.tianbao:{command}")
            self.read_message("writer")
        self.assertFalse(document.isModified())


unittest.main(verbosity=2)
