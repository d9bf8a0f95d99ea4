#!/usr/bin/env python3
"""Marks and mends in a real window: what is shown, what follows, and where marks never are. Leaves
a picture of each state that is worth looking at in the folder PICTURES.

  test_marks.py SOURCE_ROOT OXT PICTURES
"""
import contextlib
import io
import json
import pathlib
import re
import shutil
import unittest
import zipfile
import zlib

from window_case import EXAMPLE, WindowCase  # first: it says where the next one lies
from office import properties, wait_for

LETTERS = {"error": "!", "warning": "?", "notice": "i"}
FILTERS = {".ods": "calc8", ".fods": "OpenDocument Spreadsheet Flat XML",
           ".xlsx": "Calc MS Excel 2007 XML"}
VOLATILE = re.compile(  # what differs between two files of one document
    rb"/(CreationDate|ModDate)\s*\([^)]*\)|/ID\s*\[.*?\]|/DocChecksum\s*/\w+|<(dc:date|meta:editing-\w+|"
    rb"meta:generator|dcterms:\w+)[^>]*>[^<]*</[^>]*>|meta:\S*=\"[^\"]*\"|%%CreationDate:[^\n]*",
    re.DOTALL)
UNWATCHED = {"Thumbnails/thumbnail.png", "settings.xml"}  # settings: the cursor and the zoom


def drawn(data):
    """What the pages of a PDF draw; its fonts are written with random numbers in them."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    plain = []
    for stream in streams:
        with contextlib.suppress(zlib.error):
            plain.append(zlib.decompress(stream))
    return {str(i): text for i, text in enumerate(t for t in plain if b"\nET" in t or b" re\n" in t)}


def contents(path):
    """What a file holds, part by part, without times."""
    data = pathlib.Path(path).read_bytes()
    if data.startswith(b"%PDF"):
        return drawn(data)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {"": VOLATILE.sub(b"", data)}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: VOLATILE.sub(b"", package.read(name)) for name in package.namelist()
                if name not in UNWATCHED}


def differences(one, other):
    """Where two contents differ, in short: to show all of them would take for ever."""
    if not isinstance(one, dict):
        return [] if one == other else [f"{one} {other}"]
    def place(name):
        a, b = one.get(name, b""), other.get(name, b"")
        at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        return f"{name}: {a[max(at - 40, 0):at + 40]} {b[max(at - 40, 0):at + 40]}"
    return [place(name) for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


class View:
    """A form in a window, and the marks that can be seen in it."""

    def __init__(self, desktop, office, path):
        self.desktop, self.office, self.path = desktop, office, path
        self.document = office.open(path)
        desktop.fill_screen(wait_for(lambda: desktop.windows(path.name))[-1])
        self.sheet = self.document.Sheets[0]

    @property
    def controller(self):
        return self.document.CurrentController

    def run(self, command):
        self.office.dispatch(self.document, f"org.tianbao:{command}")

    def findings(self):
        return json.loads(self.office.check(self.document))["findings"]

    def marks(self):
        """[(letter, x, y)] of all marks that are shown, from top to bottom."""
        component = self.controller.Frame.ComponentWindow
        panes = [pane for part in component.getWindows() if hasattr(part, "getWindows")
                 for pane in part.getWindows() if hasattr(pane, "getWindows")]
        found = []
        for window in (window for pane in panes for window in pane.getWindows()):
            if window.isVisible() and window.getProperty("Label"):
                place = window.getPosSize()
                found.append((window.getProperty("Label"), place.X, place.Y))
        return sorted(found, key=lambda mark: (mark[2], mark[1]))

    def letters(self):
        return sorted(mark[0] for mark in self.marks())

    def expected(self, part=0):
        """The letters of the cells with findings that can be seen; of so many more rows a part."""
        cells = {}
        for finding in self.findings():
            order = list(LETTERS).index(finding["severity"])
            cells[finding["cell"]] = min(cells.get(finding["cell"], order), order)
        seen = self.controller.getByIndex(0).VisibleRange
        def is_seen(cell):
            at = self.sheet.getCellRangeByName(cell).CellAddress
            return (seen.StartRow <= at.Row <= seen.EndRow + part and
                    seen.StartColumn <= at.Column <= seen.EndColumn + part)
        return sorted(list(LETTERS.values())[order] for cell, order in cells.items() if is_seen(cell))

    def is_marked(self):
        return self.letters() in (self.expected(), self.expected(1))

    def mark(self):
        self.run("mark")
        return wait_for(self.marks)

    def settle(self, condition):
        wait_for(condition, 20)

    def bytes_of(self, store):
        store()
        return contents(self.path)


class Window(WindowCase):
    def open(self, name="form.fods"):
        path = self.folder / name
        if path.suffix == ".fods":
            shutil.copyfile(EXAMPLE, path)
        view = View(self.desktop, self.office, path)
        self.addCleanup(self.close, view)
        return view

    def close(self, view):
        if view.document is not None:
            self.office.close(view.document)
            wait_for(lambda: not self.desktop.windows(view.path.name))

    def answer(self, key="Return"):
        """Answers the message box that the last command shows."""
        self.dismiss("填报", key, "question")


class Showing(Window, unittest.TestCase):
    def test_each_cell_by_severity(self):
        view = self.open()
        view.sheet.getCellRangeByName("E25").String = "4座"  # a warning: at least, or at most?
        view.mark()
        view.controller.ZoomValue = 100
        self.picture("marks")
        view.controller.ZoomValue = 60
        view.settle(view.is_marked)
        self.picture("marks-small")
        self.assertGreater(len(set(view.letters())), 1)
        view.run("unmark")
        view.settle(lambda: view.marks() == [])

    def test_clicks_go_through(self):
        view = self.open()
        view.controller.ZoomValue = 100
        _, x, y = view.mark()[0]
        view.controller.select(view.sheet.getCellRangeByName("A40"))
        view.controller.setFirstVisibleRow(0)
        wait_for(view.marks)
        pane = view.controller.Frame.ComponentWindow.AccessibleContext.LocationOnScreen
        before = view.document.CurrentSelection.AbsoluteName
        part = view.controller.Frame.ComponentWindow.getWindows()[0].getPosSize()
        self.desktop.click(pane.X + part.X + 37 + x + 3, pane.Y + part.Y + 22 + y + 3)
        view.settle(lambda: view.document.CurrentSelection.AbsoluteName != before)

    def test_scrolling_zoom_and_sheets(self):
        view = self.open()
        view.mark()
        view.controller.setFirstVisibleRow(15)
        view.settle(view.is_marked)
        view.controller.setFirstVisibleRow(0)
        view.controller.ZoomValue = 70
        view.settle(view.is_marked)
        self.picture("marks-zoomed")
        view.document.Sheets.insertNewByName("别的", 1)
        view.controller.setActiveSheet(view.document.Sheets[1])
        view.settle(lambda: view.marks() == [])
        view.controller.setActiveSheet(view.sheet)
        view.settle(view.is_marked)

    def test_frozen_panes(self):
        view = self.open()
        view.controller.ZoomValue = 100
        view.controller.freezeAtPosition(0, 6)
        view.mark()
        view.settle(lambda: len(view.marks()) >= len(view.expected()))
        self.picture("marks-frozen")

    def test_follow_rows_and_checks(self):
        view = self.open()
        before = view.mark()
        view.sheet.Rows.insertByIndex(2, 1)
        view.settle(lambda: view.marks() and view.marks()[0][2] > before[0][2])
        view.sheet.Rows.removeByIndex(2, 1)
        view.settle(lambda: view.marks() == before)
        errors = [f for f in view.findings() if f["severity"] == "error"]
        view.sheet.Rows.removeByIndex(view.sheet.getCellRangeByName(errors[0]["cell"]).CellAddress.Row, 1)
        view.settle(lambda: view.marks() != before)
        view.document.UndoManager.undo()
        view.run("mark")
        view.settle(lambda: view.marks() == before)

    def test_thousands_of_findings(self):
        """More than are marked is said; scrolling to the last of them shows those there."""
        view, rows = self.open(), 1200
        view.controller.ZoomValue = 100
        view.document.UndoManager.lock()
        view.sheet.Rows.insertByIndex(16, rows)
        view.sheet.getCellRangeByPosition(1, 16, 4, 15 + rows).setDataArray(
            tuple((f"项目{i}", "其他", "若干", "若干") for i in range(rows)))
        view.run("mark")
        self.answer()
        wait_for(view.marks)
        for row in (300, 16, 150):
            view.controller.setFirstVisibleRow(row)
            view.settle(lambda: len(view.marks()) > 20)
        self.picture("marks-many")
        shown = len(view.marks())
        view.sheet.Rows.removeByIndex(20, 1)  # the office joins ranges that touch when rows go
        view.controller.setFirstVisibleRow(152)
        view.controller.setFirstVisibleRow(150)
        view.settle(lambda: len(view.marks()) == shown)

    def test_a_document_closed_with_marks(self):
        view = self.open("closed.fods")
        view.mark()
        self.close(view)
        view.document = None
        self.assertIsNone(self.office.process.poll())


class Nowhere(Window, unittest.TestCase):
    """Everything that could hold a mark, with and without them."""

    def both(self, make):
        """What `make` gives before there are marks, while they are shown, and afterwards."""
        before = make()
        self.view.mark()
        marked = make()
        self.assertNotEqual(self.view.marks(), [])
        self.view.run("unmark")
        self.view.settle(lambda: self.view.marks() == [])
        return before, marked, make()

    def assert_same(self, make):
        make()  # the first file of a document has other names in it than those after it
        before, marked, after = self.both(make)
        self.assertEqual(differences(before, marked), [])
        self.assertEqual(differences(before, after), [])

    def setUp(self):
        self.view = self.open()

    def stored(self, method, suffix, filter_name):
        def make():
            path = self.folder / f"stored{suffix}"
            getattr(self.view.document, method)(path.as_uri(), properties(FilterName=filter_name))
            return contents(path)
        return make

    def test_copies(self):
        for suffix, filter_name in FILTERS.items():
            with self.subTest(suffix=suffix):
                self.assert_same(self.stored("storeToURL", suffix, filter_name))

    def test_saved_files(self):
        for suffix in (".ods", ".xlsx"):
            with self.subTest(suffix=suffix):
                path = self.folder / f"saved{suffix}"
                self.view.document.storeAsURL(path.as_uri(),
                                              properties(FilterName=FILTERS[suffix]))
                def save(saved=path):
                    self.view.document.store()
                    return contents(saved)
                self.assert_same(save)

    def test_recovery(self):
        def make():
            path = self.folder / "recovery.ods"
            self.view.document.storeToRecoveryFile(path.as_uri(), ())
            return contents(path)
        self.assert_same(make)

    def test_pdf(self):
        self.assertTrue(self.stored("storeToURL", ".pdf", "calc_pdf_Export")())
        self.assert_same(self.stored("storeToURL", ".pdf", "calc_pdf_Export"))

    def test_print(self):
        def make():
            path = self.folder / "printed.ps"
            path.unlink(missing_ok=True)
            self.view.document.print(properties(FileName=path.as_uri(), Wait=True))
            wait_for(lambda: path.exists() and path.stat().st_size > 0)
            return contents(path)
        try:
            make()
        except Exception:  # no printer at all
            self.skipTest("there is no printer")
        self.assert_same(make)

    def test_drawing_page_and_formats(self):
        self.assert_same(lambda: (self.view.sheet.DrawPage.Count, self.view.sheet.Annotations.Count,
                                  self.view.sheet.ConditionalFormats.getLength()))

    def test_clipboard(self):
        self.view.controller.select(self.view.sheet.getCellRangeByName("A1:H40"))
        def make():
            data = self.view.controller.getTransferable()
            flavors = {f.MimeType: data.getTransferData(f) for f in data.getTransferDataFlavors()
                       if f.MimeType.startswith(("text/html", "text/rtf"))}
            return {kind: bytes(value.value) for kind, value in flavors.items()}
        self.assertTrue(make())
        self.assert_same(make)

    def test_undo_and_the_modified_flag(self):
        undo, cell = self.view.document.UndoManager, self.view.sheet.getCellRangeByName("B3")
        self.view.document.setModified(False)
        self.both(lambda: None)
        self.assertFalse(self.view.document.isModified())
        self.assertFalse(undo.isUndoPossible())
        old = cell.String
        self.view.mark()
        cell.String = "甲"
        self.view.run("unmark")
        self.view.settle(lambda: self.view.marks() == [])
        cell.String = "乙"
        self.view.mark()
        self.assertEqual(len(undo.getAllUndoActionTitles()), 2)
        undo.undo()
        undo.undo()
        self.assertEqual(cell.String, old)
        self.view.run("unmark")
        self.view.settle(lambda: self.view.marks() == [])
        undo.redo()
        undo.redo()
        self.assertEqual((cell.String, self.view.marks()), ("乙", []))
        undo.undo()
        self.assertEqual(self.view.marks(), [])


class Mending(Window, unittest.TestCase):
    """In files of both formats."""

    def spoil(self, view):
        """A total with two digits exchanged, and a unit left out."""
        total = view.sheet.getCellRangeByName("F9")
        self.assertEqual(total.String, "1,080.76")
        total.Value = 1008.76
        view.document.UndoManager.clear()
        return total

    def forms(self):
        original = self.open("original.fods")
        for suffix in (".ods", ".xlsx"):
            path = self.folder / f"mend{suffix}"
            original.document.storeToURL(path.as_uri(), properties(FilterName=FILTERS[suffix]))
            yield self.open(path.name)

    def test_one_cell_in_one_step(self):
        for view in self.forms():
            with self.subTest(view.path.name):
                total = self.spoil(view)
                view.controller.select(total)
                view.run("mend")
                view.settle(lambda cell=total: cell.String == "1,080.76")
                self.assertEqual(view.document.UndoManager.getAllUndoActionTitles(), ("改正",))
                view.document.UndoManager.undo()
                self.assertEqual(total.Value, 1008.76)

    def test_all_after_a_yes(self):
        view = self.open()
        total = self.spoil(view)
        before = {(f["rule"], f["cell"]) for f in view.findings()}
        view.run("mend-all")
        self.answer("Escape")
        self.assertEqual(total.Value, 1008.76)
        view.run("mend-all")
        self.answer()
        view.settle(lambda: total.String == "1,080.76")
        after = {(f["rule"], f["cell"]) for f in view.findings()}
        self.assertLess(after, before)
        self.assertEqual(len(view.document.UndoManager.getAllUndoActionTitles()), 1)
        view.document.UndoManager.undo()
        self.assertEqual({(f["rule"], f["cell"]) for f in view.findings()}, before)

    def test_locked_and_free_cells(self):
        view = self.open()
        total = self.spoil(view)
        view.sheet.protect("")
        view.document.UndoManager.clear()
        view.controller.select(total)
        view.run("mend")
        self.answer()
        self.assertEqual(total.Value, 1008.76)
        view.sheet.unprotect("")
        protection = total.CellProtection
        protection.IsLocked = False
        total.CellProtection = protection
        view.sheet.protect("")
        view.run("mend")
        view.settle(lambda: total.String == "1,080.76")
        self.assertTrue(view.sheet.isProtected())

    def test_nothing_to_mend_here(self):
        view = self.open()
        view.controller.select(view.sheet.getCellRangeByName("A1"))
        view.run("mend")
        self.answer()
        self.assertFalse(view.document.isModified())


unittest.main(verbosity=2)
