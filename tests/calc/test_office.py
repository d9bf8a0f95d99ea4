#!/usr/bin/env python3
"""The real .oxt in a real, headless office with a profile of its own.

  test_office.py SOURCE_ROOT OXT TIANBAO
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

if shutil.which("soffice") is None:
    sys.exit(77)
SOURCE, OXT, TIANBAO = sys.argv[1:4]
del sys.argv[1:4]
sys.path.insert(0, str(pathlib.Path(SOURCE, "extension")))

import unohelper
from com.sun.star.frame import XStatusListener
from com.sun.star.lang import IllegalArgumentException
from com.sun.star.util import URL
from office import Office, install, properties, uninstall, wait_for

IDENTIFIER = "org.tianbao.calc"


def all_forms():
    forms = sorted(pathlib.Path(SOURCE, "../shared/forms").glob("*.*s*"))
    forms = [path for path in forms if path.suffix in (".ods", ".xlsx")]
    return forms + sorted(pathlib.Path(SOURCE, "templates").glob("*/example*.*ods"))


class Listener(unohelper.Base, XStatusListener):
    def __init__(self):
        self.enabled = None

    def statusChanged(self, event):
        self.enabled = event.IsEnabled

    def disposing(self, _):
        pass


class Headless:
    """One office for all tests of a class."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        with Office(cls.folder.name + "/profile") as office:
            install(office, OXT)
        cls.office = cls.enterClassContext(Office(cls.folder.name + "/profile"))

    def open(self, path, **values):
        document = self.office.open(path, **{"Hidden": True, **values})
        self.addCleanup(document.close, True)
        return document


class Checking(Headless, unittest.TestCase):
    def enabled_in(self, frame, command):
        url = URL(Complete=command)
        dispatch = frame.queryDispatch(url, "_self", 0)
        listener = Listener()
        dispatch.addStatusListener(listener, url)
        return listener.enabled

    def test_same_findings_as_from_the_file(self):
        """Every form: the open document and its file give the same JSON."""
        forms = all_forms()
        result = subprocess.run([TIANBAO, "check", "--format", "json", "--lang", "zh", *forms],
                                capture_output=True, text=True, check=False)
        lines = result.stdout.splitlines()
        self.assertEqual(len(lines), len(forms), result.stderr)
        for path, line in zip(forms, lines):
            with self.subTest(form=path.name):
                document = self.office.open(path, Hidden=True)
                found = json.loads(self.office.check(document, Language="zh"))
                self.assertFalse(document.isModified())
                document.close(True)
                expected = json.loads(line)
                self.assertEqual(pathlib.Path(found.pop("file")).name,
                                 pathlib.Path(expected.pop("file")).name)
                self.assertEqual(found, expected)

    def test_template_is_known(self):
        """A document that says from which template it was made is checked for lost formulas, open
        and in both formats of files."""
        example = pathlib.Path(SOURCE, "templates/department-goals/example.fods")
        document = self.open(example)
        before = json.loads(self.office.check(document))["findings"]
        document.DocumentProperties.UserDefinedProperties.addProperty(
            "tianbao.form", 128, "department-goals")
        found = json.loads(self.office.check(document))["findings"]
        self.assertIn("R27.formula", {finding["rule"] for finding in found})
        self.assertNotIn("R27.formula", {finding["rule"] for finding in before})
        for suffix, filter_name in ((".ods", "calc8"), (".xlsx", "Calc MS Excel 2007 XML")):
            path = pathlib.Path(self.folder.name, "from-template" + suffix)
            document.storeToURL(path.as_uri(), properties(FilterName=filter_name))
            result = subprocess.run([TIANBAO, "check", "--format", "json", path],
                                    capture_output=True, text=True, check=False)
            self.assertEqual(json.loads(result.stdout)["findings"], found)

    def test_text_for_people(self):
        document = self.open(all_forms()[-1])
        chinese = self.office.check(document, Format="text", Language="zh")
        english = self.office.check(document, Format="text", Language="en")
        self.assertRegex(chinese, "[\u4e00-\u9fff]")
        self.assertNotEqual(chinese, english)

    def test_no_form(self):
        """An empty document, and one that is something else, are told apart from a form."""
        document = self.open("private:factory/scalc")
        self.assertEqual(json.loads(self.office.check(document))["status"], "unrecognised")
        document.Sheets[0].getCellByPosition(0, 0).String = "采购清单"
        document.Sheets[0].getCellByPosition(1, 3).Value = 3.5
        self.assertEqual(json.loads(self.office.check(document))["status"], "unrecognised")

    def test_hostile_content(self):
        """Errors, far cells and whole formatted columns are read without fuss."""
        document = self.open("private:factory/scalc")
        sheet = document.Sheets[0]
        for row, formula in enumerate(("=1/0", "=NA()", '=""', "=TRUE()", "2024-01-02", "12:30")):
            sheet.getCellByPosition(0, row).Formula = formula
        sheet.getCellByPosition(16000, 1000000).String = "远处"
        sheet.getCellRangeByName("C1:D1048576").CellBackColor = 255
        sheet.Rows.getByIndex(3).IsVisible = False
        self.assertEqual(json.loads(self.office.check(document))["status"], "unrecognised")

    def test_wrong_arguments(self):
        document = self.open("private:factory/scalc")
        for arguments in ({"Format": "pdf"}, {"Language": "fr"}):
            with self.assertRaises(IllegalArgumentException):
                self.office.check(document, **arguments)
        with self.assertRaises(IllegalArgumentException):
            self.office.check(None)

    def test_command_is_enabled_in_calc_only(self):
        document = self.open("private:factory/scalc")
        self.assertTrue(self.enabled_in(document.CurrentController.Frame, "org.tianbao:check"))
        empty = self.office.service("com.sun.star.frame.Frame")
        window = document.CurrentController.Frame.ContainerWindow
        empty.initialize(window)
        provider = self.office.service("org.tianbao.calc.Commands")
        provider.initialize((empty,))
        url = URL(Complete="org.tianbao:check")
        listener = Listener()
        provider.queryDispatch(url, "_self", 0).addStatusListener(listener, url)
        self.assertFalse(listener.enabled)

    def test_state_follows_the_document(self):
        """Who shows a command hears of another document in the frame, a read-only one, one that is
        no form or no workbook; who has left hears nothing."""
        frame = self.office.open(all_forms()[-1], Hidden=True).CurrentController.Frame
        self.addCleanup(frame.close, True)
        listeners = {command: Listener() for command in ("check", "add-row")}
        gone, url = Listener(), URL(Complete="org.tianbao:add-row")
        for command, listener in listeners.items():
            own = URL(Complete=f"org.tianbao:{command}")
            frame.queryDispatch(own, "_self", 0).addStatusListener(listener, own)
        dispatch = frame.queryDispatch(url, "_self", 0)
        dispatch.addStatusListener(gone, url)
        dispatch.removeStatusListener(gone, url)

        def states():
            return listeners["check"].enabled, listeners["add-row"].enabled
        self.assertEqual(states(), (True, True))
        for url, states_then, values in (
                (all_forms()[-1].as_uri(), (True, False), {"ReadOnly": True}),
                ("private:factory/scalc", (True, False), {}),
                (all_forms()[-1].as_uri(), (True, True), {}),
                ("private:factory/swriter", (False, False), {})):
            frame.loadComponentFromURL(url, "_self", 0, properties(OnMainThread=True, **values))
            wait_for(lambda: states() == states_then)
        self.assertTrue(gone.enabled)

    def test_unknown_command(self):
        provider = self.office.service("org.tianbao.calc.Commands")
        self.assertIsNone(provider.queryDispatch(URL(Complete="org.tianbao:nothing"), "_self", 0))


class Explaining(Headless, unittest.TestCase):
    """Explanations in the open document and in what is saved of it."""

    FILTERS = {".ods": "calc8", ".xlsx": "Calc MS Excel 2007 XML"}
    EXAMPLE = pathlib.Path(SOURCE, "templates/department-goals/example.fods")

    def setUp(self):
        path = pathlib.Path(self.folder.name, "form.fods")
        shutil.copyfile(self.EXAMPLE, path)
        # Hidden, LibreOffice 7.4 crashes when the making of a sheet is undone.
        self.document = self.open(path, Hidden=False)
        self.finding = self.explainable()[0]

    def check(self, document=None):
        found = json.loads(self.office.check(document or self.document, Language="zh"))
        found.pop("file")
        return found

    def explainable(self):
        return [f for f in self.check()["findings"]
                if f["severity"] == "warning" and not f.get("cause")]

    def again(self, finding=None):
        """The finding as it is now."""
        wanted = finding or self.finding
        return next(f for f in self.check()["findings"]
                    if (f["rule"], f["field"]) == (wanted["rule"], wanted["field"]))

    def explain(self, reason="按任务书填写", **arguments):
        self.office.explain(self.document, self.finding, reason, By="李明", **arguments)

    def rows(self):
        cursor = self.document.Sheets.getByName("校验说明").createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress.EndRow
        return self.document.Sheets.getByName("校验说明").getCellRangeByPosition(
            0, 0, 6, last).DataArray

    def check_file(self, path):
        result = subprocess.run([TIANBAO, "check", "--format", "json", "--lang", "zh", path],
                                capture_output=True, text=True, check=False)
        found = json.loads(result.stdout)
        found.pop("file")
        return found

    def test_written_as_one_step(self):
        before, sheets = self.check(), self.document.Sheets.ElementNames
        self.explain("=1+1")
        self.assertEqual(self.document.Sheets.ElementNames, sheets + ("校验说明",))
        headings, row = self.rows()
        self.assertEqual(headings[:6], ("规则", "单元格", "所说明的值", "理由", "说明人", "日期"))
        self.assertEqual((row[0], row[1]), (
            self.finding["rule"], f"{self.finding['sheet']}!{self.finding['cell']}"))
        self.assertEqual(row[3:5], ("=1+1", "李明"))
        self.assertRegex(row[5], r"^\d{4}-\d{2}-\d{2}$")
        self.assertTrue(self.again()["explained"])
        self.assertEqual(self.check()["counts"]["warning"], before["counts"]["warning"] - 1)
        self.assertEqual(self.document.UndoManager.getAllUndoActionTitles(), ("Explain Finding",))
        self.document.UndoManager.undo()
        self.assertEqual(self.document.Sheets.ElementNames, sheets)
        self.assertEqual(self.check(), before)
        self.document.UndoManager.redo()
        self.assertTrue(self.again()["explained"])

    def test_saved_files_say_the_same(self):
        for finding in self.explainable():
            self.finding = finding
            self.explain("第一行\n第二行")
        open_document = self.check()
        self.assertEqual(open_document["counts"]["warning"], 0)
        for suffix, filter_ in self.FILTERS.items():
            path = pathlib.Path(self.folder.name, "explained" + suffix)
            self.document.storeToURL(path.as_uri(), properties(FilterName=filter_))
            self.assertEqual(self.check_file(path), open_document, suffix)
            self.assertEqual(self.check(self.open(path)), open_document, suffix)

    def test_rows_above_and_changes(self):
        self.explain()
        sheet = self.document.Sheets.getByName(self.finding["sheet"])
        cell = sheet.getCellRangeByName(self.finding["cell"])
        sheet.Rows.insertByIndex(cell.CellAddress.Row, 1)
        self.assertTrue(self.again()["explained"])
        text, cell.String = cell.String, cell.String.replace("1", "2") + "0"
        changed = [f for f in self.check()["findings"] if f["rule"] == self.finding["rule"]
                   and f["field"] == self.finding["field"]]
        for finding in changed:
            self.assertEqual(finding["explanation"]["state"], "stale")
        cell.String = text
        self.assertTrue(self.again()["explained"])

    def test_what_no_field_holds(self):
        """Hidden rows are explained for what stands in them, wherever they are."""
        sheet = self.document.Sheets[0]
        sheet.Rows.getByIndex(15).IsVisible = False
        self.finding = next(f for f in self.check()["findings"] if f["rule"] == "R27.hidden")
        self.explain()
        sheet.Rows.insertByIndex(10, 2)
        self.assertTrue(self.again()["explained"])
        sheet.getCellByPosition(0, 17).String += "改"
        self.assertFalse(self.again()["explained"])

    def test_changed_and_withdrawn(self):
        self.explain("甲")
        self.explain("乙")
        self.assertEqual([row[3] for row in self.rows()], ["理由", "乙"])
        self.finding = self.explainable()[1]
        self.explain("丙")
        self.assertEqual([row[3] for row in self.rows()], ["理由", "乙", "丙"])
        self.explain("")
        self.assertEqual([row[3] for row in self.rows()], ["理由", "乙"])
        self.assertNotIn("explanation", self.again())
        self.assertEqual(self.document.UndoManager.getAllUndoActionTitles()[0], "Withdraw Explanation")

    def refused(self, pattern):
        before = self.check()
        with self.assertRaisesRegex(IllegalArgumentException, pattern):
            self.explain()
        self.assertEqual(self.check(), before)
        self.assertFalse(self.document.UndoManager.isUndoPossible())

    def test_an_error_is_not_explained(self):
        self.finding = next(f for f in self.check()["findings"] if f["severity"] == "error")
        self.refused("不能用说明代替|corrected")

    def test_a_finding_that_is_not_there(self):
        self.finding["cell"] = "XFD1048576"
        self.refused(self.finding["rule"])

    def test_protected_and_read_only(self):
        self.document.protect("")
        self.document.UndoManager.clear()
        self.refused("保护|protect")
        self.document.unprotect("")
        self.explain()
        sheet = self.document.Sheets.getByName("校验说明")
        sheet.protect("")
        self.document.UndoManager.clear()
        self.refused("保护|protect")
        self.document = self.open(self.EXAMPLE, ReadOnly=True)
        self.refused("只读|read-only")

    def test_a_sheet_of_that_name_of_the_users(self):
        self.document.Sheets.insertNewByName("校验说明", 0)
        self.document.UndoManager.clear()
        self.refused("改名|[Rr]ename")


class Uninstalling(unittest.TestCase):
    def test_leaves_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            profile = pathlib.Path(folder, "profile")
            with Office(profile) as office:
                install(office, OXT)
            with Office(profile) as office:
                self.assertIsNotNone(office.service("org.tianbao.Check"))
                self.assertIsNotNone(office.service("org.tianbao.Explain"))
                uninstall(office, IDENTIFIER)
            with Office(profile) as office:
                self.assertIsNone(office.service("org.tianbao.Check"))
            left = [path for path in profile.rglob("*") if "tianbao" in path.name]
            self.assertEqual(left, [])
            for path in profile.rglob("*.xc*"):
                self.assertNotIn(b"tianbao", path.read_bytes(), path)


unittest.main(verbosity=2)
