#!/usr/bin/env python3
"""The sidebar in a real window: it shows what a check found, follows the document, and lets go of it.
Leaves pictures in the folder PICTURES.

  test_sidebar.py SOURCE_ROOT OXT PICTURES
"""
import json
import unittest

from window_case import WindowCase  # first: it says where the next ones lie
from office import wait_for

PHONE, GOOD_PHONE = "F4", "19900001234"  # the example's error that one edit puts right


class Sidebar:
    """The form in a window, and our panel in its sidebar, asked by the office's own objects: the
    accessibility interface does not reach into panels."""

    def __init__(self, case, document):
        self.office, self.document = case.office, document
        self.office.dispatch(document, "org.tianbao:sidebar")
        self.panel = wait_for(self.find_panel)

    def find_panel(self):
        decks = self.document.CurrentController.Sidebar.getDecks()
        deck = decks.getByName("org.tianbao.FindingsDeck")
        return deck.isActive() and deck.getPanels().getByName("org.tianbao.FindingsPanel").getDialog()

    def control(self, name):
        return self.panel.getControl(name)

    def check(self):
        self.office.dispatch(self.document, "org.tianbao:check")
        wait_for(lambda: self.rows() > 0)

    @property
    def list(self):
        return self.control("findings").Model.GridDataModel

    def rows(self):
        return self.list.RowCount

    def cells(self):
        return [self.list.getCellData(1, row) for row in range(self.rows())]

    def summary(self):
        return self.control("summary").Model.Label

    def select(self, row):
        self.control("findings").deselectAllRows()
        self.control("findings").selectRow(row)

    def cell(self, name):
        return self.document.Sheets[0].getCellRangeByName(name)

    def findings(self):
        return json.loads(self.office.check(self.document))["findings"]


class RealWindow(WindowCase):
    """What must hold in each language, scale and theme; the classes below say which."""

    def open_sidebar(self, name="form.fods", **values):
        return Sidebar(self, self.open_example(name, **values))

    def test_shows_and_follows(self):
        """Nothing is checked unasked; after a check the list follows edits, and undo takes back the
        user's edit and nothing else."""
        sidebar = self.open_sidebar()
        self.assertEqual(sidebar.rows(), 0)
        self.picture("sidebar-empty")
        sidebar.check()
        found = sidebar.findings()
        groups = len({finding["severity"] for finding in found})
        self.assertEqual(sidebar.rows(), len(found) + groups)
        self.assertFalse(sidebar.document.isModified())
        self.assertEqual(sidebar.document.UndoManager.getAllUndoActionTitles(), ())
        self.office.dispatch(sidebar.document, "org.tianbao:next")
        self.picture("sidebar")
        before = sidebar.summary()
        self.assertTrue(any(cell.endswith("!" + PHONE) for cell in sidebar.cells()))
        sidebar.cell(PHONE).String = GOOD_PHONE
        wait_for(lambda: sidebar.rows() == len(found) + groups - 1)
        self.assertNotEqual(sidebar.summary(), before)
        self.assertEqual(len(sidebar.document.UndoManager.getAllUndoActionTitles()), 1)
        self.office.dispatch(sidebar.document, ".uno:Undo")
        wait_for(lambda: sidebar.summary() == before)
        self.assertEqual(sidebar.document.UndoManager.getAllUndoActionTitles(), ())


class Chinese(RealWindow, unittest.TestCase):
    def test_no_form(self):
        """A workbook that is no form is told so when asked, and is never checked unasked."""
        sidebar = self.open_sidebar("form.fods")
        sidebar.cell("A1").String = ""
        self.office.dispatch(sidebar.document, "org.tianbao:check")
        unknown = wait_for(lambda: sidebar.summary().strip() and sidebar.summary())
        sidebar.cell("A1").String = "部门整体绩效目标申报表"
        self.assertEqual(sidebar.rows(), 0)
        self.office.dispatch(sidebar.document, "org.tianbao:check")
        wait_for(lambda: sidebar.rows() > 0)
        self.assertNotEqual(sidebar.summary(), unknown)

    def test_selection_stays(self):
        """The selected finding is selected after an edit that changes the list before it."""
        sidebar = self.open_sidebar()
        sidebar.check()
        for _ in range(3):
            self.office.dispatch(sidebar.document, "org.tianbao:next")
        at = wait_for(lambda: sidebar.document.CurrentSelection.AbsoluteName)
        rows = sidebar.rows()
        sidebar.cell(PHONE).String = GOOD_PHONE
        wait_for(lambda: sidebar.rows() == rows - 1)
        for command in ("next", "previous"):
            self.office.dispatch(sidebar.document, f"org.tianbao:{command}")
        wait_for(lambda: sidebar.document.CurrentSelection.AbsoluteName == at)

    def test_typing(self):
        """Keys typed in the sheet while the list is filled anew reach the sheet, all of them; a cell
        that is being edited keeps what was typed, and the list does not change under it."""
        sidebar = self.open_sidebar()
        sidebar.check()
        rows, text = sidebar.rows(), "typed on and on while the findings follow the edit before"
        sidebar.document.CurrentController.select(sidebar.cell("J3"))
        sidebar.document.CurrentController.Frame.ComponentWindow.setFocus()
        sidebar.cell(PHONE).String = GOOD_PHONE
        self.desktop.type(text)
        self.desktop.keys("Return")
        wait_for(lambda: sidebar.cell("J3").String == text)
        wait_for(lambda: sidebar.rows() == rows - 1)

    def test_removed_sheet(self):
        """The findings of a sheet that is gone go with it."""
        sidebar = self.open_sidebar()
        sidebar.check()
        sheets = sidebar.document.Sheets
        name = sheets[0].Name
        sheets.insertNewByName("new", 0)
        sheets.removeByName(name)
        self.office.dispatch(sidebar.document, "org.tianbao:next")
        wait_for(lambda: sidebar.rows() == 0)
        self.assertEqual(sidebar.document.CurrentController.ActiveSheet.Name, "new")

    def test_two_documents(self):
        """Each window shows its own document; one that is closed leaves the other at work."""
        first, second = self.open_sidebar("first.fods"), self.open_sidebar("second.fods")
        first.check()
        self.assertEqual(second.rows(), 0)
        second.check()
        rows = first.rows()
        self.assertEqual(second.rows(), rows)
        second.cell(PHONE).String = GOOD_PHONE
        wait_for(lambda: second.rows() == rows - 1)
        self.assertEqual(first.rows(), rows)
        self.close(second.document)
        first.cell(PHONE).String = GOOD_PHONE
        wait_for(lambda: first.rows() == rows - 1)

    def test_closed_amid_an_edit(self):
        """A document that goes right after an edit takes the check of it along."""
        sidebar = self.open_sidebar()
        sidebar.check()
        sidebar.cell(PHONE).String = GOOD_PHONE
        self.close(sidebar.document)
        again = self.open_sidebar("again.fods")
        again.check()
        self.assertIsNone(self.office.process.poll())

    def test_read_only(self):
        sidebar = self.open_sidebar("read-only.fods", ReadOnly=True)
        sidebar.check()
        self.office.dispatch(sidebar.document, "org.tianbao:next")
        second = sidebar.cells()[2]  # behind the group's heading and the first, which a check goes to
        wait_for(lambda: sidebar.document.CurrentSelection.AbsoluteName.translate({36: None, 46: "!"}) == second)
        self.assertFalse(sidebar.document.isModified())


class ChineseLarge(RealWindow, unittest.TestCase):
    scale = 2


class ChineseDark(RealWindow, unittest.TestCase):
    theme = "Adwaita:dark"


class English(RealWindow, unittest.TestCase):
    language = "en_US.UTF-8"


unittest.main(verbosity=2)
