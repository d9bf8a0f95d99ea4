#!/usr/bin/env python3
"""Check before mailing, in a real window, with a stand-in for the mail program that writes down what
it is given. Leaves a picture of each dialog in the folder PICTURES.

  test_mail.py SOURCE_ROOT OXT PICTURES
"""
import hashlib
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

from window_case import EXAMPLE, WindowCase, configure, is_closed  # first: where the next ones lie
from desktop import descendants, dialogs
import unohelper
from com.sun.star.frame import DispatchDescriptor, XDispatchProviderInterceptor
from com.sun.star.util import URL, CloseVetoException
from office import properties, wait_for

FORM = "部门整体绩效目标申报表"
FODS = "OpenDocument Spreadsheet Flat XML"
# What the example's errors are put right with.
CORRECTIONS = {"F4": "13800138000", "E10": "0.1079", "H12": "1217.32", "C19": "延续性项目",
               "E36": "≥9550人次", "G98": "≥42公里", "G99": "≥67次", "G100": "≥31个",
               "G101": "≥94%", "G102": "12小时内", "G103": "≤6.1万元", "G104": "≥93%",
               "G105": "逐步健全"}
UNIT = "云岭县水利局"
XLSX, XLS = "Calc MS Excel 2007 XML", "MS Excel 97"
# A mail program and a file manager: each writes what it is given into a file of its own.
STAND_IN = '#!/bin/sh\nprintf "%s" "$1" > "{log}.$$" && mv "{log}.$$" "{log}.$(date +%N)"\n'


def make_program(path, log):
    path.parent.mkdir(exist_ok=True)
    path.write_text(STAND_IN.format(log=log), "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


class Interceptor(unohelper.Base, XDispatchProviderInterceptor):
    """Of another extension: it passes everything on."""

    slave = master = None

    def getSlaveDispatchProvider(self):
        return self.slave

    def setSlaveDispatchProvider(self, provider):
        self.slave = provider

    def getMasterDispatchProvider(self):
        return self.master

    def setMasterDispatchProvider(self, provider):
        self.master = provider

    def queryDispatch(self, url, target, flags):
        return self.slave.queryDispatch(url, target, flags)

    def queryDispatches(self, descriptors):
        return self.slave.queryDispatches(descriptors)


class Mailing(WindowCase):
    """What must hold in each language; the classes below say which."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = cls.folder / "文档"
        cls.work.mkdir()
        cls.program = cls.folder / "bin" / "xdg-email"
        make_program(cls.program, cls.folder / "mail.log")
        make_program(cls.folder / "bin" / "xdg-open", cls.folder / "open.log")
        cls.office.service("com.sun.star.util.PathSettings").Work = cls.work.as_uri()

    @classmethod
    def prepare(cls, office):
        configure(office, "/org.openoffice.Office.Linguistic/General",
                  UILocale=cls.language[:5].replace("_", "-"))

    @classmethod
    def environment(cls):
        """The locale is one that every machine has, else there are no file names in Chinese."""
        return {**super().environment(), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
                "PATH": f"{cls.folder / 'bin'}:{os.environ['PATH']}"}

    def setUp(self):
        self.settings()
        self.use_program(self.program)
        for log in self.folder.glob("*.log.*"):
            log.unlink()

    def use_program(self, path):
        configure(self.office, "/org.openoffice.Office.Common/ExternalMailer", Program=str(path))

    def settings(self, **values):
        """The settings of Tianbao; those that are not named are as they come."""
        configure(self.office, "/org.tianbao.Settings",
                  **{"MailWithErrors": "ask", "MailTo": "", "CheckFileSend": True, **values})

    # ---- documents

    def open_form(self, name="form.fods", example=EXAMPLE, **values):
        """A copy of the example in a window: with errors, as it is shipped."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        shutil.copyfile(example, path)
        return self.show(self.office.open(path, **values))

    def show(self, document):
        self.addCleanup(self.close, document)
        self.fill_screen(document)
        return document

    def close(self, document):
        """Also where a test has failed before a dialog."""
        for dialog in (self.title, self.box):
            if dialogs(self.office, dialog):
                self.picture("mail-stuck")
                self.desktop.keys("Escape")
        super().close(document)

    def clean_form(self, name="clean.fods", **values):
        """The example without its errors."""
        path = self.folder / "source.fods"
        shutil.copyfile(EXAMPLE, path)  # opening it where it lies would leave a lock there
        document = self.office.open(path, Hidden=True)
        sheet = document.Sheets[0]
        for cell, text in CORRECTIONS.items():
            sheet.getCellRangeByName(cell).setFormula(text)
        document.storeToURL(path.as_uri(), properties(FilterName=values.pop("filter", FODS),
                                                      **values.pop("storing", {})))
        document.close(True)
        return self.open_form(name, path, **values)

    @staticmethod
    def state(document):
        manager = document.UndoManager
        return (document.isModified(), document.URL, manager.getAllUndoActionTitles(),
                manager.getAllRedoActionTitles())

    # ---- the dialogs

    def send(self, document, command="org.tianbao:mail"):
        self.office.dispatch(document, command)

    def texts(self, title):
        return "".join(context.getAccessibleName() for dialog in dialogs(self.office, title)
                       for context in descendants(dialog))

    def answer(self, key, says="", picture=None, title=None):
        """Waits for the dialog, reads it, and answers by its mnemonic."""
        title = title or self.title
        wait_for(lambda: says in self.texts(title) if dialogs(self.office, title) else False)
        wait_for(lambda: self.desktop.titled(title))
        if picture:
            self.picture(f"mail-{picture}")
        asked = self.texts(title)
        self.desktop.keys(key)
        wait_for(lambda: self.texts(title) != asked)  # the next one may be there at once

    def read_message(self, says, picture=None):
        self.answer("Return", says, picture, self.box)

    def finish(self, picture=None):
        self.answer(self.shut, self.handed_on, picture)

    # ---- what the mail program was given

    def mails(self):
        return [self.parse(path.read_text("utf-8")) for path in self.folder.glob("mail.log.*")]

    @staticmethod
    def parse(url):
        scheme, _, rest = url.partition(":")
        to, _, query = rest.partition("?")
        fields = dict(part.split("=", 1) for part in query.split("&"))
        return {"scheme": scheme, "to": to,
                **{name: urllib.parse.unquote(value) for name, value in fields.items()}}

    def take_mail(self, suffix):
        """The one message, and the file that came with it."""
        mail, = wait_for(self.mails)
        path = pathlib.Path(urllib.parse.unquote(mail["attach"].removeprefix("file://")))
        self.assertEqual(path.name, f"{UNIT}_{FORM}_2026{suffix}")
        self.assertEqual(path.parents[2], self.work)
        self.assertIn(hashlib.sha256(path.read_bytes()).hexdigest(), mail["body"])
        self.assertIn(path.name, mail["body"])
        self.assertIn("2026", mail["subject"])
        self.assertIn(UNIT, mail["subject"])
        return mail, path

    # ---- in each language

    def test_clean_form(self):
        """One message; the document, changed and not saved, stays as it is."""
        self.settings(MailTo="office@example.org; second@example.org")
        document = self.clean_form("清洁的表.fods")
        document.Sheets[0].getCellRangeByName("J3").String = "没有保存的改动"
        before = self.state(document)
        self.send(document)
        self.finish("handed-on")
        mail, path = self.take_mail(".fods")
        self.assertEqual((mail["to"], mail["cc"]), ("office@example.org", "second@example.org"))
        self.assertIn("没有保存的改动", path.read_text("utf-8"))
        self.assertEqual(self.state(document), before)
        self.assertTrue(before[0])

    def test_errors(self):
        """They are shown first; not sent, then sent all the same."""
        document = self.open_form()
        before = self.state(document)
        self.send(document)
        wait_for(lambda: dialogs(self.office, self.title))
        self.assertTrue(dialogs(self.office, self.findings))
        self.answer("alt+c", "6", "errors")
        self.assertEqual(self.mails(), [])
        self.assertTrue(dialogs(self.office, self.findings))
        self.send(document)
        self.answer("alt+s", "6")
        self.finish()
        self.take_mail(".fods")
        self.assertEqual(self.state(document), before)

    def test_stop(self):
        """Where the administrator says so, errors end it."""
        self.settings(MailWithErrors="stop")
        self.send(self.open_form())
        self.read_message("6", "stop")
        self.assertEqual(self.mails(), [])

    def test_never_saved(self):
        """A form that was never saved is asked about, and stays without a name."""
        document = self.show(self.office.open(EXAMPLE, AsTemplate=True))
        before = self.state(document)
        self.send(document)
        self.answer("alt+s", "6")
        self.answer(self.no, ".xlsx", "never-saved")
        self.assertEqual(self.mails(), [])
        self.send(document)
        self.answer("alt+s", "6")
        self.answer("alt+s", ".xlsx")
        self.finish()
        self.take_mail(".xlsx")
        self.assertEqual(self.state(document), before)

    def test_no_form(self):
        self.send(self.show(self.office.open("private:factory/scalc")))
        self.read_message("", "no-form")
        self.assertEqual(self.mails(), [])

    def test_no_program(self):
        self.use_program(self.folder / "bin" / "nothing")
        self.send(self.clean_form())
        self.read_message(FORM, "no-program")
        self.assertEqual(self.mails(), [])


class Chinese(Mailing, unittest.TestCase):
    language = "zh_CN.UTF-8"
    title, box, findings = "检查并发送邮件", "填报", "校验结果"
    shut, no, handed_on = "alt+c", "alt+c", "已交给邮件程序"

    def test_open_folder(self):
        self.send(self.clean_form())
        self.answer("alt+f", self.handed_on)
        self.take_mail(".fods")
        opened, = wait_for(lambda: list(self.folder.glob("open.log.*")))
        folder = urllib.parse.unquote(opened.read_text("utf-8")).removeprefix("file://")
        self.assertEqual(pathlib.Path(folder).parent, self.work / "填报邮件")

    def test_file_send(self):
        """The office's own commands, each in its format; and without the setting."""
        document = self.clean_form()
        for command, suffix in ((".uno:SendMail", ".fods"), (".uno:SendMailDocAsMS", ".xlsx"),
                                (".uno:SendMailDocAsOOo", ".ods")):
            with self.subTest(command=command):
                self.send(document, command)
                self.finish()
                self.take_mail(suffix)
                for log in self.folder.glob("mail.log.*"):
                    log.unlink()
        self.settings(CheckFileSend=False)
        self.send(document, ".uno:SendMail")
        mail, = wait_for(self.mails)
        self.assertNotIn("body", mail)

    def test_file_send_of_another_workbook(self):
        """It goes the office's way: no check, no question."""
        document = self.show(self.office.open("private:factory/scalc"))
        path = self.folder / "plain.ods"
        document.storeAsURL(path.as_uri(), properties(FilterName="calc8"))
        self.send(document, ".uno:SendMail")
        mail, = wait_for(self.mails)
        self.assertIn("plain", mail["attach"])
        self.assertNotIn("body", mail)

    def test_old_format(self):
        document = self.clean_form("old.xls", filter=XLS)
        before = self.state(document)
        self.send(document)
        self.answer("alt+s", ".xls", "old-format")
        self.finish()
        self.take_mail(".xlsx")
        self.assertEqual(self.state(document), before)

    def test_encrypted(self):
        """The copy has no password, after asking; the document keeps it."""
        document = self.clean_form("secret.ods", filter="calc8", storing={"Password": "密码"},
                                   Password="密码")
        before = self.state(document)
        self.send(document)
        self.answer("alt+s", "密码", "encrypted")
        self.finish()
        self.take_mail(".xlsx")
        self.assertEqual(self.state(document), before)

    def test_read_only(self):
        document = self.clean_form("fixed.fods", ReadOnly=True)
        self.send(document)
        self.finish()
        self.take_mail(".fods")
        self.assertTrue(document.isReadonly())

    def test_unwritable_folder(self):
        """Said in plain words; a file is where the folder should be."""
        blocked = self.folder / "blocked"
        blocked.write_text("")
        paths = self.office.service("com.sun.star.util.PathSettings")
        paths.Work = (blocked / "here").as_uri()
        self.addCleanup(setattr, paths, "Work", self.work.as_uri())
        self.send(self.clean_form())
        self.read_message("blocked", "no-folder")
        self.assertEqual(self.mails(), [])

    def test_full_disk(self):
        """The copy does not fit: said in plain words, and nothing is handed on."""
        disk = self.folder / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk], check=False,
                          capture_output=True).returncode != 0:
            self.skipTest("a small disk can't be mounted here")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        paths = self.office.service("com.sun.star.util.PathSettings")
        paths.Work = disk.as_uri()
        self.addCleanup(setattr, paths, "Work", self.work.as_uri())
        document = self.clean_form()
        before = self.state(document)
        self.send(document)
        self.read_message("无法写出副本", "full-disk")
        self.assertEqual(self.mails(), [])
        self.assertEqual(self.state(document), before)

    def test_second_window(self):
        """A second window of one document sends that document, with what was typed in the first."""
        document = self.clean_form()
        first = document.CurrentController.Frame
        self.office.dispatch(document, ".uno:NewWindow")
        wait_for(lambda: document.CurrentController.Frame != first)
        document.Sheets[0].getCellRangeByName("J3").String = "两个窗口"
        frames = [first, document.CurrentController.Frame]
        self.addCleanup(frames[1].close, True)
        for frame, command in ((frames[1], "org.tianbao:mail"), (frames[0], "org.tianbao:mail"),
                               (frames[1], ".uno:SendMail")):
            with self.subTest(window=frames.index(frame), command=command):
                self.office.service("com.sun.star.frame.DispatchHelper").executeDispatch(
                    frame, command, "", 0, ())
                self.finish()
                _, path = self.take_mail(".fods")
                self.assertIn("两个窗口", path.read_text("utf-8"))
                for log in self.folder.glob("mail.log.*"):
                    log.unlink()

    def test_many_dispatches(self):
        """Who stands above us and asks for many commands at once gets ours among the others."""
        document = self.clean_form()
        above = Interceptor()
        frame = document.CurrentController.Frame
        frame.registerDispatchProviderInterceptor(above)
        self.addCleanup(frame.releaseDispatchProviderInterceptor, above)
        transformer = self.office.service("com.sun.star.util.URLTransformer")
        urls = [transformer.parseStrict(URL(Complete=url))[1]
                for url in (".uno:Save", ".uno:SendMail", ".uno:nothing_of_that_name")]
        found = above.slave.queryDispatches(
            tuple(DispatchDescriptor(url, "_self", 0) for url in urls))
        self.assertEqual([bool(dispatch) for dispatch in found], [True, True, False])
        found[1].dispatch(urls[1], ())
        self.finish()
        self.take_mail(".fods")

    def test_old_copies(self):
        """Older than 90 days they go; what is not ours, or not a file, stays."""
        root = self.work / "填报邮件"
        for name in ("2020-01-01-120000", "2020-01-01-120000-02", "2020-01-01 说明", "2020-02-02-120000"):
            (root / name).mkdir(parents=True, exist_ok=True)
            (root / name / "copy.ods").write_text("")
        (root / "2020-02-02-120000" / "mine").mkdir()
        self.send(self.clean_form())
        self.finish()
        self.take_mail(".fods")
        self.assertEqual(sorted(path.name for path in root.iterdir())[:2],
                         ["2020-01-01 说明", "2020-02-02-120000"])
        self.assertFalse(list(root.glob("2020-01-01-*")))

    def test_closed_meanwhile(self):
        """While the user is asked, the office lets nobody close the document."""
        document = self.open_form()
        self.send(document)
        wait_for(lambda: "6" in self.texts(self.title))
        document.setModified(False)
        with self.assertRaises(CloseVetoException):
            document.close(True)
        self.answer(self.no, "6")
        self.assertEqual(self.mails(), [])

    def test_two_documents(self):
        """Each is sent as itself."""
        first, second = self.clean_form("one.fods"), self.clean_form("two.fods")
        second.Sheets[0].getCellRangeByName("J3").String = "第二份"
        for document, is_second in ((first, False), (second, True)):
            self.send(document)
            self.finish()
            _, path = self.take_mail(".fods")
            self.assertEqual("第二份" in path.read_text("utf-8"), is_second)
            for log in self.folder.glob("mail.log.*"):
                log.unlink()


class English(Mailing, unittest.TestCase):
    language = "en_US.UTF-8"
    title, box, findings = "Check and Send by Mail", "Tianbao", "Findings"
    shut, no, handed_on = "alt+c", "alt+n", "Handed to the mail program"


unittest.main(verbosity=2)
