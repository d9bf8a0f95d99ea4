#!/usr/bin/env python3
"""Every dialog, in both languages, at both scales, light and dark: pictures of them to look at, and of
each label, button and box the office itself is asked how much room its text takes.

  test_dialogs.py SOURCE_ROOT OXT PICTURES
"""
import json
import unittest

from window_case import WindowCase  # first: it says where the next ones lie
from desktop import find_table
from com.sun.star.accessibility import AccessibleRole
from com.sun.star.awt import Size
from office import wait_for

TOP = 60  # pixels: further down a cursor may blink
TEXT_ROLES = {AccessibleRole.LABEL, AccessibleRole.PUSH_BUTTON, AccessibleRole.CHECK_BOX,
              AccessibleRole.RADIO_BUTTON}
# Of each dialog: its title in both languages, and how many texts it shows at least.
DIALOGS = {"new": ("新建空白表", "New Form", 3), "ribbon": ("填报工具", "Tianbao Tools", 17),
           "mail": ("检查并发送邮件", "Check and Send by Mail", 3),
           "check": ("校验结果", "Findings", 9), "explain": ("填写校验说明", "Explain Finding", 5),
           "settings": ("Options - 填报 - 常规", "Options - Tianbao - General", 0)}


def windows_below(window):
    """The window and all in it, as the toolkit has them."""
    yield window
    for child in window.getWindows() if hasattr(window, "getWindows") else ():
        yield from windows_below(child)


class Dialogs(WindowCase):
    """What holds everywhere; the classes below say where."""

    def title(self, name):
        return DIALOGS[name][self.language.startswith("en")]

    def find_dialog(self, name):
        toolkit = self.office.service("com.sun.star.awt.Toolkit")
        windows = (toolkit.getTopWindow(i) for i in range(toolkit.getTopWindowCount()))
        return next((window for window in windows if window and
                     window.getAccessibleContext().getAccessibleName() == self.title(name)), None)

    def texts(self, dialog):
        """Each text, the width that it takes and that it has, and whether its lines are too many for its
        height. (What a button takes in height is mostly air.)"""
        for window in windows_below(dialog):
            context = window.getAccessibleContext()
            role = context and context.getAccessibleRole()
            if role in TEXT_ROLES and window.isVisible():
                has = window.getPosSize()
                needs = window.calcAdjustedSize(Size(has.Width, has.Height))
                too_low = role == AccessibleRole.LABEL and needs.Height > has.Height
                yield context.getAccessibleName(), needs.Width, has.Width, too_low

    def look_at(self, name):
        wait_for(lambda: self.desktop.titled(self.title(name)))
        self.desktop.rest(TOP)
        self.picture(f"dialog-{name}")
        dialog, least = self.find_dialog(name), DIALOGS[name][2]
        if least == 0:  # the office's own window, which the toolkit does not hand out
            return
        texts = list(self.texts(dialog))
        with self.subTest(dialog=name):
            self.assertGreaterEqual(len(texts), least)
            self.assertEqual([text for text in texts if text[1] > text[2] or text[3]], [])

    def close_dialog(self, name):
        self.desktop.run("xdotool", "windowfocus", self.desktop.titled(self.title(name)))
        self.desktop.keys("Escape")
        wait_for(lambda: not self.desktop.titled(self.title(name)))

    def explain(self, document):
        """The first warning in the findings, which are open."""
        findings = json.loads(self.office.check(document))["findings"]
        place = next(i for i, finding in enumerate(findings)
                     if finding["severity"] == "warning" and "cause" not in finding)
        wait_for(lambda: find_table(self.find_dialog("check").getAccessibleContext()))
        self.desktop.keys("Home", *["Down"] * place, "alt+e")

    def test_dialogs(self):
        document = self.open_example()
        for name in ("new", "ribbon", "settings", "check"):
            self.office.dispatch(document, f"org.tianbao:{name}")
            self.look_at(name)
            if name != "check":
                self.close_dialog(name)
        self.explain(document)
        self.look_at("explain")
        self.close_dialog("explain")
        self.close_dialog("check")
        self.office.dispatch(document, "org.tianbao:mail")
        self.look_at("mail")
        self.close_dialog("mail")


class Chinese(Dialogs, unittest.TestCase):
    pass


class ChineseDark(Dialogs, unittest.TestCase):
    theme = "Adwaita:dark"


class ChineseLarge(Dialogs, unittest.TestCase):
    scale = 2


class ChineseLargeDark(Dialogs, unittest.TestCase):
    scale, theme = 2, "Adwaita:dark"


class English(Dialogs, unittest.TestCase):
    language = "en_US.UTF-8"


class EnglishDark(English):
    theme = "Adwaita:dark"


class EnglishLarge(English):
    scale = 2


class EnglishLargeDark(English):
    scale, theme = 2, "Adwaita:dark"


unittest.main(verbosity=2)
