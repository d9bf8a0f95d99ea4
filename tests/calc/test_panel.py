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
from office import Office, install, properties, wait_for

EXAMPLE = next(pathlib.Path(SOURCE, "templates").glob("department-goals/example*.*ods"))
TEXTS = {"zh_CN.UTF-8": {"add-row": "增加行", "mend": "改正", "mail": "检查并发送",
                         "panel": "填报工具", "findings": "校验结果", "new": "新建空白表", "message": "填报",
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

        self.configure(Visible=False, WindowState="")

    def restart(self):
        self.office.stop()
        self.office = self.enterContext(Office(self.folder / "profile", headless=False,
                                               environment=self.environment))

    def configure(self, **values):
        """The state of the panel's window, as the office keeps it."""
        provider = self.office.service("com.sun.star.configuration.ConfigurationProvider")
        state = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess",
            properties(nodepath="/org.openoffice.Office.Views/Windows/org.tianbao.panel"))
        for name, value in values.items():
            setattr(state, name, value)
        state.commitChanges()

    def place_of_panel(self, is_right=lambda x, y: True):
        """On the screen."""
        def place():
            lines = self.desktop.run("xdotool", "getwindowgeometry", "--shell",
                                     self.desktop.titled(self.texts["panel"]))
            values = dict(line.split("=") for line in lines)
            found = int(values["X"]), int(values["Y"])
            return is_right(*found) and found
        return wait_for(place)

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

    def are_closed(self):
        """By the windows' titles: the accessibility interface stumbles over windows that go."""
        return not self.desktop.titled(self.texts["panel"])

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

    def close_findings(self):
        wait_for(lambda: self.desktop.run("xdotool", "getwindowfocus", "getwindowname")
                 == [self.texts["findings"]])
        self.desktop.keys("Escape")
        wait_for(lambda: not dialogs(self.office, self.texts["findings"]))

    def test_panel(self):
        """A click on a button runs its command; the panel stays until Escape."""
        document = self.show_example()
        self.open_panel(document)
        self.assertTrue(self.can_press("check"))
        self.picture("panel")
        self.press("check")
        wait_for(lambda: dialogs(self.office, self.texts["findings"]))
        wait_for(lambda: self.can_press("next"))
        self.close_findings()
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
        self.close_findings()
        self.office.dispatch(document, "org.tianbao:ribbon")
        wait_for(lambda: not self.panels())
        self.open_panel(document)
        self.desktop.keys("Escape")
        wait_for(lambda: not self.panels())

    def test_no_form(self):
        """In a workbook that is no form, what needs one is grey, also before the first check; a check
        finds out when it has become one."""
        document = self.show("private:factory/scalc", ".")
        cell = document.Sheets[0].getCellByPosition(2, 5)
        self.open_panel(document)
        for name in ("next", "required", "mail"):
            self.assertFalse(self.can_press(name), name)
        self.assertTrue(self.can_press("check"))
        self.picture("panel-no-form")
        cell.String = "部门整体绩效目标申报表"
        self.press("check")
        wait_for(lambda: self.can_press("required"))
        cell.String = ""
        self.press("check")
        wait_for(lambda: not self.can_press("required"))

    def test_read_only(self):
        """What changes the form is grey while it is read-only; editing it after all brings it back."""
        path = self.folder / "read-only.fods"
        shutil.copyfile(EXAMPLE, path)
        self.open_panel(self.office.open(path, ReadOnly=True))
        for name, possible in {"add-row": False, "mend": False, "required": True, "mail": True}.items():
            self.assertEqual(self.can_press(name), possible, name)
        self.desktop.click(500, 750)  # a cell
        self.desktop.keys("ctrl+shift+m")  # edits it after all: the office loads it anew
        wait_for(lambda: self.panels() and self.can_press("add-row"))

    def test_remembered(self):
        """Left open, the panel comes back in each window that shows a form and at the next start, where
        it was, but on the screen; closed, it stays away."""
        self.open_panel(self.show_example())
        panel = self.desktop.titled(self.texts["panel"])
        self.desktop.run("xdotool", "windowmove", panel, "60", "500")
        place = self.place_of_panel(lambda x, y: x < 70 and y > 480)
        self.show_example("second.fods")
        wait_for(lambda: len(self.panels()) == 2)
        self.restart()
        document = self.show_example()
        wait_for(self.panels)
        self.assertEqual(self.place_of_panel(), place)
        self.assertTrue(self.desktop.windows("form.fods"))
        self.office.dispatch(document, "org.tianbao:ribbon")
        wait_for(self.are_closed)
        self.configure(Visible=True, WindowState="9000,9000,;")
        self.show_example("second.fods")
        wait_for(self.panels)
        self.picture("panel-on-screen")
        x, y = self.place_of_panel()
        self.assertTrue(0 <= x < 1400 and 0 <= y < 900, (x, y))
        self.desktop.keys("ctrl+shift+F8")
        wait_for(self.are_closed)
        self.show_example("third.fods")
        self.assertEqual(self.panels(), [])

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
