#!/usr/bin/env python3
"""The ribbon-style panel in a real window, and the commands for filling in: by the mouse, by keys, in
both languages, at both scales, on a dark desktop. Leaves pictures in the folder PICTURES.

  test_panel.py SOURCE_ROOT OXT PICTURES
"""
import contextlib
import os
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

from desktop import Desktop, descendants, dialogs  # imports uno, which the next two need
from com.sun.star.accessibility.AccessibleRole import PUSH_BUTTON
from com.sun.star.accessibility.AccessibleStateType import ENABLED
from office import Office, install, wait_for

EXAMPLE = next(pathlib.Path(SOURCE, "templates").glob("department-goals/example*.*ods"))
TEXTS = {"zh_CN.UTF-8": {"panel": "填报工具", "findings": "校验结果", "new": "新建空白表", "message": "填报",
                         "check": "校验", "next": "下一个", "required": "下一必填"},
         "en_US.UTF-8": {"panel": "Tianbao Tools", "findings": "Findings", "new": "New Form",
                         "message": "Tianbao", "check": "Check", "next": "Next",
                         "required": "Required"}}
# What opens a page: it writes down which.
BROWSER = '#!/bin/sh\nprintf "%s" "$1" > "{log}.new" && mv "{log}.new" "{log}"\n'


def make_browser(folder):
    """Returns the folder with a stand-in for the program that opens pages."""
    program = folder / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(BROWSER.format(log=folder / "opened"), "utf-8")
    program.chmod(0o755)
    return program.parent


class Panel:
    """What holds everywhere; the classes below say where."""

    language, scale, theme = "zh_CN.UTF-8", 1, "Adwaita"

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.texts = TEXTS[cls.language]
        with Office(cls.folder / "profile") as office:
            install(office, OXT)
        cls.desktop = cls.enterClassContext(Desktop(cls.language, cls.scale, theme=cls.theme))
        cls.environment = {**cls.desktop.environment, "PATH": f"{make_browser(cls.folder)}:{os.environ['PATH']}"}

    def setUp(self):
        self.office = self.enterContext(Office(self.folder / "profile", headless=False,
                                               environment=self.environment))

    def show(self, url, title):
        document = self.office.open(url)
        self.addCleanup(self.forget_changes, document)
        self.desktop.fill_screen(wait_for(lambda: self.desktop.windows(title))[-1])
        return document

    @staticmethod
    def forget_changes(document):
        """Else the office asks at its end; some tests have closed the document themselves."""
        with contextlib.suppress(Exception):
            document.setModified(False)

    def show_example(self, name="form.fods"):
        path = self.folder / name
        shutil.copyfile(EXAMPLE, path)
        return self.show(path, name)

    def open_panel(self, document):
        before = len(self.panels())
        self.office.dispatch(document, "org.tianbao:ribbon")
        wait_for(lambda: len(self.panels()) == before + 1)
        wait_for(lambda: self.desktop.titled(self.texts["panel"]))
        return self.panels()[-1]

    def panels(self):
        return dialogs(self.office, self.texts["panel"])

    def button(self, name, panel=None):
        panel = panel or self.panels()[0]
        return next(control for control in descendants(panel)
                    if control.getAccessibleRole() == PUSH_BUTTON
                    and control.getAccessibleName().split("(")[0] == self.texts[name])

    def can_press(self, name, panel=None):
        return self.button(name, panel).getAccessibleStateSet().contains(ENABLED)

    def press(self, name):
        place, size = self.button(name).getLocationOnScreen(), self.button(name).getSize()
        self.desktop.click(place.X + size.Width // 2, place.Y + size.Height // 2)

    def picture(self, name):
        folder = pathlib.Path(PICTURES)
        folder.mkdir(exist_ok=True)
        theme = "-dark" if "dark" in self.theme else ""
        self.desktop.picture(folder / f"{name}-{self.language[:5]}-{self.scale}x{theme}.png")

    def read_message(self):
        wait_for(lambda: dialogs(self.office, self.texts["message"]))
        self.desktop.keys("Return")
        wait_for(lambda: not dialogs(self.office, self.texts["message"]))

    def test_panel(self):
        """A click on a button runs its command; the panel stays until Escape."""
        document = self.show_example()
        self.open_panel(document)
        self.assertTrue(self.can_press("check"))
        self.picture("panel")
        self.press("check")
        wait_for(lambda: dialogs(self.office, self.texts["findings"]))
        wait_for(lambda: self.can_press("next"))
        self.desktop.keys("Escape")
        wait_for(lambda: not dialogs(self.office, self.texts["findings"]))
        self.assertEqual(len(self.panels()), 1)
        self.office.dispatch(document, "org.tianbao:ribbon")
        wait_for(lambda: not self.panels())
        self.assertFalse(document.isModified())


class Chinese(Panel, unittest.TestCase):
    def test_keys(self):
        """Mnemonics press buttons, Escape closes, the shortcut opens and closes."""
        document = self.show_example()
        self.desktop.keys("ctrl+shift+F8")
        wait_for(lambda: self.desktop.titled(self.texts["panel"]))
        self.desktop.keys("alt+c")
        wait_for(lambda: dialogs(self.office, self.texts["findings"]))
        self.desktop.keys("Escape")
        wait_for(lambda: not dialogs(self.office, self.texts["findings"]))
        self.office.dispatch(document, "org.tianbao:ribbon")
        wait_for(lambda: not self.panels())
        self.open_panel(document)
        self.desktop.keys("Escape")
        wait_for(lambda: not self.panels())

    def test_no_form(self):
        """Where the check finds no form, what needs one is grey, until the document is changed."""
        document = self.show("private:factory/scalc", ".")
        self.open_panel(document)
        self.assertTrue(self.can_press("next"))
        self.press("check")
        wait_for(lambda: not self.can_press("next"))
        self.assertFalse(self.can_press("required"))
        self.assertTrue(self.can_press("check"))
        self.picture("panel-no-form")
        document.Sheets[0].getCellByPosition(0, 0).String = "x"
        wait_for(lambda: self.can_press("next"))

    def test_two_documents(self):
        """Each window has its panel, which goes with it."""
        first, second = self.show_example(), self.show("private:factory/scalc", ".")
        self.open_panel(first)
        self.open_panel(second)
        self.office.close(second)
        wait_for(lambda: len(self.panels()) == 1)
        self.office.close(first)
        wait_for(lambda: not self.panels())
        self.assertIsNone(self.office.process.poll())

    def test_office_ends_under_it(self):
        self.open_panel(self.show_example())
        with contextlib.suppress(Exception):
            self.office.desktop.terminate()
        self.assertEqual(self.office.wait(), 0)

    def test_filling_in(self):
        """A new form; from blank cell to blank cell, around the end, until none is left."""
        start = self.show("private:factory/scalc", ".")
        self.office.dispatch(start, "org.tianbao:new")
        wait_for(lambda: self.desktop.titled(self.texts["new"]))
        self.picture("new")
        self.desktop.keys("alt+1")
        form = wait_for(lambda: next((document for document in self.documents()
                                      if document.Sheets[0].Name != start.Sheets[0].Name), None))
        self.assertEqual(form.URL, "")
        form.CurrentController.select(form.Sheets[0].getCellByPosition(0, 0))
        places = []
        for _ in range(3):
            before = form.CurrentSelection.AbsoluteName
            self.office.dispatch(form, "org.tianbao:required")
            wait_for(lambda: form.CurrentSelection.AbsoluteName != before)
            address = form.CurrentSelection.RangeAddress
            places.append((address.Sheet, address.StartRow, address.StartColumn))
        self.assertEqual(places, sorted(places))
        last = form.Sheets[0].getCellByPosition(0, 1000)
        form.CurrentController.select(last)
        self.office.dispatch(form, "org.tianbao:required")
        self.read_message()
        self.assertNotEqual(form.CurrentSelection.AbsoluteName, last.AbsoluteName)

    def test_settings_and_help(self):
        """The options open at our page, the manual in the browser; in Writer, too."""
        document = self.show("private:factory/swriter", ".")
        self.office.dispatch(document, "org.tianbao:help")
        opened = self.folder / "opened"
        wait_for(opened.exists)
        self.assertRegex(opened.read_text("utf-8"), r"^file:///.*/manual/zh-CN\.html$")
        self.office.dispatch(document, "org.tianbao:settings")
        wait_for(lambda: self.desktop.titled("Options - 填报 - 常规"))
        self.picture("options")
        self.desktop.keys("Escape")
        wait_for(lambda: not self.desktop.titled("Options - 填报 - 常规"))

    def documents(self):
        components = self.office.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            yield components.nextElement()


class ChineseLarge(Panel, unittest.TestCase):
    scale = 2


class ChineseDark(Panel, unittest.TestCase):
    theme = "Adwaita:dark"


class English(Panel, unittest.TestCase):
    language = "en_US.UTF-8"


unittest.main(verbosity=2)
