#!/usr/bin/env python3
"""The extension in a real window, used as a person would: by the menu's keys, the mouse and the
dialog's keys. Leaves a picture of each step that is worth looking at in the folder PICTURES.

  test_window.py SOURCE_ROOT OXT PICTURES
"""
import json
import pathlib
import shutil
import sys
import tempfile
import unittest

from window_case import EXAMPLE, WindowCase  # first: it says where the next ones lie
from desktop import children, dialogs, find_table
from office import wait_for

LABEL = 30  # com.sun.star.accessibility.AccessibleRole.LABEL


class Window:
    """A copy of the example in a window, and its findings dialog."""

    def __init__(self, desktop, office, title, path):
        self.desktop, self.office, self.title = desktop, office, title
        shutil.copyfile(EXAMPLE, path)
        self.document = office.open(path)
        desktop.fill_screen(wait_for(lambda: desktop.windows(path.name))[-1])
        self.findings = json.loads(office.check(self.document))["findings"]

    def menu(self, *keys):
        self.desktop.keys("alt+b", *keys)

    def open_dialog(self):
        """The check by the menu; the list is filled when this returns."""
        self.menu("c")
        wait_for(lambda: self.rows() == len(self.findings))
        wait_for(lambda: self.desktop.titled(self.title))

    def dialog(self):
        return next(iter(dialogs(self.office, self.title)), None)

    def rows(self):
        dialog = self.dialog()
        table = dialog and find_table(dialog)
        return table.getAccessibleRowCount() if table else -1

    def summary(self):
        return next(child.getAccessibleName() for child in children(self.dialog())
                    if child.getAccessibleRole() == LABEL)

    def row_position(self, row):
        place = find_table(self.dialog()).getAccessibleCellAt(row, 1).getLocationOnScreen()
        return place.X + 5, place.Y + 5

    def selected(self):
        """Whether the finding's cell is what is selected now, its sheet in front."""
        def is_selected(finding):
            sheet = self.document.CurrentController.ActiveSheet
            cell = sheet.getCellRangeByName(finding["cell"])
            return (sheet.Name == finding["sheet"] and
                    self.document.CurrentSelection.AbsoluteName == cell.AbsoluteName)
        return is_selected


class RealWindow(WindowCase):
    """What must hold in each language and at each scale; the classes below say which."""

    def setUp(self):
        super().setUp()
        self.window = self.new_window("form.fods")
        self.addCleanup(self.close)

    def new_window(self, name):
        return Window(self.desktop, self.office, self.title, self.folder / name)

    def close(self):
        if self.window is not None:
            self.office.close(self.window.document)
            wait_for(lambda: self.window.dialog() is None)

    def test_findings(self):
        window = self.window
        self.assertGreater(len(window.findings), 3)
        window.open_dialog()
        errors = sum(finding["severity"] == "error" and not finding.get("cause")
                     for finding in window.findings)
        self.assertIn(f"{self.error_word} {errors}", window.summary())
        is_selected = window.selected()
        self.desktop.keys("Down", "Return")
        wait_for(lambda: is_selected(window.findings[1]))
        self.picture("findings")
        self.desktop.double_click(*window.row_position(3))
        wait_for(lambda: is_selected(window.findings[3]))
        self.desktop.keys("Up", "Return")
        wait_for(lambda: is_selected(window.findings[2]))
        self.assertFalse(window.document.isModified())
        self.desktop.keys("Escape")
        wait_for(lambda: window.dialog() is None)


    def select(self, wanted):
        """Moves to the first finding that is wanted; the list has the focus."""
        place = next(i for i, finding in enumerate(self.window.findings) if wanted(finding))
        self.desktop.keys("Home", *["Down"] * place)
        return self.window.findings[place]

    def ask(self, reason):
        """The second dialog: the reason is typed in, and it is gone when this returns."""
        self.desktop.keys("alt+e")
        wait_for(lambda: dialogs(self.office, self.question))
        self.desktop.keys("alt+o")  # without a reason it stays
        self.desktop.type(reason)
        self.picture("explain")
        self.desktop.keys("alt+o")
        wait_for(lambda: not dialogs(self.office, self.question))

    def state_of(self, finding):
        found = json.loads(self.office.check(self.window.document))["findings"]
        return next((f for f in found if f["field"] == finding["field"]
                     and f["rule"] == finding["rule"]), {})

    def test_explain(self):
        """A warning is explained, hidden, shown again, its explanation withdrawn, and that undone."""
        window = self.window
        window.open_dialog()
        finding = self.select(lambda f: f["severity"] == "warning" and "cause" not in f)
        rows = len(window.findings)
        self.ask("As in the letter of 3 March")
        wait_for(lambda: self.state_of(finding)["explained"])
        self.picture("explained")
        self.assertIn(f"{self.explained_word} 1", window.summary())
        self.desktop.keys("alt+s")
        wait_for(lambda: window.rows() < rows)
        self.desktop.keys("alt+s")
        wait_for(lambda: window.rows() == rows)
        sheet = window.document.Sheets.getByName("校验说明")
        self.assertEqual(sheet.getCellByPosition(3, 1).String, "As in the letter of 3 March")
        self.desktop.keys("alt+f", "Up")  # hidden, it had left its place to the next one
        self.desktop.keys("alt+w")
        wait_for(lambda: not self.state_of(finding)["explained"])
        self.assertEqual(sheet.getCellByPosition(3, 1).String, "")
        self.office.dispatch(window.document, ".uno:Undo")
        wait_for(lambda: self.state_of(finding)["explained"])
        window.document.CurrentController.setActiveSheet(sheet)
        self.picture("explanations")

    def test_resize(self):
        """The list grows with the dialog; smaller than designed it does not stay."""
        window = self.window
        window.open_dialog()
        width, height = self.desktop.size(self.title)
        before = find_table(window.dialog()).getSize()
        self.desktop.resize(self.title, width + 300 * self.scale, height + 150 * self.scale)
        wait_for(lambda: find_table(window.dialog()).getSize().Width > before.Width)
        self.picture("resized")
        self.assertEqual(window.rows(), len(window.findings))
        self.desktop.resize(self.title, width // 2, height // 2)
        wait_for(lambda: self.desktop.size(self.title) == (width, height))
        self.picture("smallest")


class Chinese(RealWindow, unittest.TestCase):
    language, title, error_word = "zh_CN.UTF-8", "校验结果", "错误"
    question, explained_word = "填写校验说明", "已说明"

    def test_check_again(self):
        """A title taken away makes it no form; put back, the findings are back."""
        window = self.window
        window.open_dialog()
        title = window.document.Sheets[0].getCellByPosition(0, 0)
        text, title.String = title.String, ""
        self.desktop.keys("alt+c")
        wait_for(lambda: window.rows() == 0)
        self.picture("no-form")
        title.String = text
        self.desktop.keys("alt+c")
        wait_for(lambda: window.rows() == len(window.findings))

    def test_removed_sheet(self):
        """A finding whose sheet is gone moves nothing, and the list follows: it is no form any more."""
        window = self.window
        window.open_dialog()
        sheets = window.document.Sheets
        sheets.insertNewByName("new", 0)
        for name in {finding["sheet"] for finding in window.findings}:
            sheets.removeByName(name)
        self.desktop.keys("Down", "Return")
        self.picture("sheet-gone")
        self.assertEqual(window.document.CurrentController.ActiveSheet.Name, "new")
        wait_for(lambda: window.rows() == 0)

    def test_document_closed_under_the_dialog(self):
        window, self.window = self.window, None
        window.open_dialog()
        self.office.close(window.document)
        wait_for(lambda: window.dialog() is None)
        self.assertEqual(self.office.process.poll(), None)

    def test_two_documents(self):
        """Each has its own dialog, and one check does not make a second dialog."""
        self.window.open_dialog()
        self.office.dispatch(self.window.document, "org.tianbao:check")
        other = self.new_window("other.fods")
        self.office.dispatch(other.document, "org.tianbao:check")
        wait_for(lambda: len(dialogs(self.office, self.title)) == 2)
        self.office.close(other.document)
        wait_for(lambda: len(dialogs(self.office, self.title)) == 1)

    def test_dialog_cannot_be_made(self):
        """A command whose dialog is missing says so."""
        dialog, = (self.folder / "profile").rglob("dialogs/Findings.xdl")
        hidden = dialog.rename(dialog.with_suffix(".away"))
        try:
            self.office.dispatch(self.window.document, "org.tianbao:check")
            wait_for(lambda: dialogs(self.office, "填报"))
            self.picture("no-dialog")
            self.desktop.keys("Return")
            wait_for(lambda: not dialogs(self.office, "填报"))
        finally:
            hidden.rename(dialog)
        self.window.open_dialog()

    def test_next_and_previous(self):
        window = self.window
        is_selected = window.selected()
        for command, finding in (("next", 0), ("next", 1), ("previous", 0), ("previous", -1)):
            self.office.dispatch(window.document, f"org.tianbao:{command}")
            wait_for(lambda: is_selected(window.findings[finding]))


class ChineseLarge(RealWindow, unittest.TestCase):
    language, title, error_word = "zh_CN.UTF-8", "校验结果", "错误"
    question, explained_word = "填写校验说明", "已说明"
    scale = 2


class English(RealWindow, unittest.TestCase):
    language, title, error_word = "en_US.UTF-8", "Findings", "Error"
    question, explained_word = "Explain Finding", "Explained"


unittest.main(verbosity=2)
