#!/usr/bin/env python3
"""The ribbon-style panel in a real window, and the commands for filling in: by the mouse, by keys, in
both languages, at both scales, on a dark desktop. Leaves pictures in the folder PICTURES.

  test_panel.py SOURCE_ROOT OXT PICTURES
"""
import contextlib
import os
import shutil
import unittest

from window_case import EXAMPLE, WindowCase, configure  # first: it says where the next ones lie
from desktop import descendants, dialogs  # imports uno, which the next two need
from com.sun.star.accessibility.AccessibleRole import PUSH_BUTTON
from com.sun.star.accessibility.AccessibleStateType import ENABLED
from office import wait_for

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


class Panel(WindowCase):
    """What holds everywhere; the classes below say where."""

    office_for_each_test = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.texts = TEXTS[cls.language]
        cls.programs = make_browser(cls.folder)

    @classmethod
    def environment(cls):
        return {**super().environment(), "PATH": f"{cls.programs}:{os.environ['PATH']}"}

    def setUp(self):
        super().setUp()
        self.configure(Visible=False, WindowState="")

    def restart(self):
        self.office.stop()
        self.office = self.enterContext(self.new_office())

    def configure(self, **values):
        """The state of the panel's window, as the office keeps it."""
        configure(self.office, "/org.openoffice.Office.Views/Windows/org.tianbao.panel", **values)

    def place_of_panel(self, is_right=lambda x, y: True):
        """On the screen."""
        def place():
            lines = self.desktop.run("xdotool", "getwindowgeometry", "--shell",
                                     self.desktop.titled(self.texts["panel"]))
            values = dict(line.split("=") for line in lines)
            found = int(values["X"]), int(values["Y"])
            return is_right(*found) and found
        return wait_for(place)

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

    def read_message(self):
        self.dismiss(self.texts["message"])

    def close_findings(self):
        wait_for(lambda: self.desktop.run("xdotool", "getwindowfocus", "getwindowname")
                 == [self.texts["findings"]])
        self.desktop.keys("Escape")
        wait_for(lambda: not dialogs(self.office, self.texts["findings"]))

    def test_panel(self):
        """A click on a button runs its command; the panel stays until Escape."""
        document = self.open_example()
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
        document = self.open_example()
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
        document = self.open("private:factory/scalc")
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
        self.open_panel(self.open_example())
        panel = self.desktop.titled(self.texts["panel"])
        self.desktop.run("xdotool", "windowmove", panel, "60", "500")
        place = self.place_of_panel(lambda x, y: x < 70 and y > 480)
        self.open_example("second.fods")
        wait_for(lambda: len(self.panels()) == 2)
        self.restart()
        document = self.open_example()
        wait_for(self.panels)
        self.assertEqual(self.place_of_panel(), place)
        self.assertTrue(self.desktop.windows("form.fods"))
        self.office.dispatch(document, "org.tianbao:ribbon")
        wait_for(self.are_closed)
        self.configure(Visible=True, WindowState="9000,9000,;")
        self.open_example("second.fods")
        wait_for(self.panels)
        self.picture("panel-on-screen")
        x, y = self.place_of_panel()
        self.assertTrue(0 <= x < 1400 and 0 <= y < 900, (x, y))
        self.desktop.keys("ctrl+shift+F8")
        wait_for(self.are_closed)
        self.open_example("third.fods")
        self.assertEqual(self.panels(), [])

    def test_two_documents(self):
        """Each window has its panel, which goes with it."""
        first, second = self.open_example(), self.open("private:factory/scalc")
        self.open_panel(first)
        self.open_panel(second)
        self.office.close(second)
        wait_for(lambda: len(self.panels()) == 1)
        self.office.close(first)
        wait_for(lambda: not self.panels())
        self.assertIsNone(self.office.process.poll())

    def test_office_ends_under_it(self):
        self.open_panel(self.open_example())
        with contextlib.suppress(Exception):
            self.office.desktop.terminate()
        self.assertEqual(self.office.wait(), 0)

    def test_filling_in(self):
        """A new form; from blank cell to blank cell, around the end, until none is left."""
        start = self.open("private:factory/scalc")
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

    def test_none_left(self):
        """Where every required cell is filled in, that is said, and the cursor stays."""
        document = self.open_example()
        document.CurrentController.select(document.Sheets[0].getCellRangeByName("B13"))
        before = document.CurrentSelection.AbsoluteName
        self.office.dispatch(document, "org.tianbao:required")
        wait_for(lambda: any("必填项都已填写" in context.getAccessibleName()
                             for dialog in dialogs(self.office, self.texts["message"])
                             for context in descendants(dialog)))
        self.read_message()
        self.assertEqual(document.CurrentSelection.AbsoluteName, before)

    def test_another_window_in_front(self):
        """A panel keeps to the document of its own window, whichever is in front."""
        form, other = self.open_example(), self.open("private:factory/scalc")
        self.open_panel(form)
        self.open_panel(other)
        wait_for(lambda: sorted(self.can_press("required", panel) for panel in self.panels())
                 == [False, True])
        of_form = next(panel for panel in self.panels() if self.can_press("required", panel))
        form.Sheets[0].getCellRangeByName("D8").String = ""
        places = [document.CurrentSelection.AbsoluteName for document in (form, other)]
        other.CurrentController.Frame.activate()
        self.assertEqual(self.office.desktop.CurrentComponent.Sheets[0].Name, other.Sheets[0].Name)
        self.button("required", of_form).doAccessibleAction(0)
        wait_for(lambda: form.CurrentSelection.AbsoluteName != places[0])
        self.assertEqual(other.CurrentSelection.AbsoluteName, places[1])
        self.assertEqual(len(self.panels()), 2)

    def test_settings_and_help(self):
        """The options open at our page, the manual in the browser; in Writer, too."""
        document = self.open("private:factory/swriter")
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
