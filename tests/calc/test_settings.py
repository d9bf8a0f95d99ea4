#!/usr/bin/env python3
"""The settings and their page in Tools - Options, in a real, headless office: what a user changes,
what an administrator's package presets and locks, and what is left when it is gone.

  test_settings.py SOURCE_ROOT OXT
"""
import contextlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

if shutil.which("soffice") is None:
    sys.exit(77)
SOURCE, OXT = sys.argv[1:3]
del sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(SOURCE, "extension")))

from office import Office, install, properties, uninstall

IDENTIFIER = "org.tianbao.calc"
PRESET = IDENTIFIER + ".preset"
DEFAULTS = {"LiveCheck": True, "HideExplained": True, "MailWithErrors": "ask", "MailTo": "",
            "CheckFileSend": True, "FormsFolder": ""}
CHOICES = ["stop", "ask"]  # in the order of the page's list
PRESETS = """[locked]
MailWithErrors = stop
FormsFolder = {folder}
[preset]
MailTo = forms@finance.example
LiveCheck = false
"""


def configuration(office):
    provider = office.service("com.sun.star.configuration.ConfigurationProvider")
    return provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess",
        properties(nodepath="/org.tianbao.Settings"))


def settings(office):
    access = configuration(office)
    return {name: access.getPropertyValue(name) for name in access.ElementNames}


class Page:
    """The page as the office shows it, with its real handler. Use it as a context manager."""

    def __init__(self, office):
        self.office = office
        self.handler = office.service("org.tianbao.Options")

    def __enter__(self):
        self.document = self.office.open("private:factory/scalc", Hidden=True)
        place = self.office.context.getValueByName(
            "/singletons/com.sun.star.deployment.PackageInformationProvider")
        url = place.getPackageLocation(IDENTIFIER) + "/dialogs/Options.xdl"
        provider = self.office.service("com.sun.star.awt.ContainerWindowProvider")
        parent = self.document.CurrentController.Frame.ContainerWindow
        self.window = provider.createContainerWindow(url, "", parent, self.handler)
        self.tell("initialize")
        return self

    def __exit__(self, *_):
        self.window.dispose()
        self.document.close(True)

    def tell(self, word):
        self.handler.callHandlerMethod(self.window, word, "external_event")

    def model(self, name):
        return self.window.getControl(name).Model

    def shown(self):
        values = {}
        for name, default in DEFAULTS.items():
            if isinstance(default, bool):
                values[name] = self.model(name).State == 1
            elif name == "MailWithErrors":
                values[name] = CHOICES[self.window.getControl(name).SelectedItemPos]
            else:
                values[name] = self.model(name).Text
        return values

    def greyed(self):
        return {name for name in (*DEFAULTS, "browse") if not self.model(name).Enabled}

    def says_locked(self):
        return self.window.getControl("locked").isVisible()


class Settings(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.profile = self.folder / "profile"
        with Office(self.profile) as office:
            install(office, OXT)

    def preset(self, text):
        source, package = self.folder / "preset.ini", self.folder / f"{PRESET}.oxt"
        source.write_text(text, encoding="utf-8")
        done = subprocess.run([pathlib.Path(SOURCE, "extension/preset"), source, "-o", package],
                              capture_output=True, text=True, check=False)
        return package, done

    @contextlib.contextmanager
    def page(self):
        with Office(self.profile) as office, Page(office) as page:
            yield office, page

    def written(self):
        text = (self.profile / "user/registrymodifications.xcu").read_text(encoding="utf-8")
        start = 'oor:path="/org.tianbao.Settings"><prop oor:name='
        return {name for name in DEFAULTS if f'{start}"{name}"' in text}

    def test_user(self):
        """Defaults are shown; what is changed is kept, and only that, and there at the next start."""
        with self.page() as (office, page):
            self.assertEqual(page.shown(), DEFAULTS)
            self.assertEqual(page.greyed(), set())
            self.assertFalse(page.says_locked())
            page.tell("ok")
            self.assertEqual(settings(office), DEFAULTS)
            page.model("LiveCheck").State = 0
            page.model("MailTo").Text = "  zhang@finance.example "
            page.window.getControl("MailWithErrors").selectItemPos(0, True)
            page.tell("back")  # forgets
            self.assertEqual(page.shown(), DEFAULTS)
            page.model("LiveCheck").State = 0
            page.model("MailTo").Text = "  zhang@finance.example "
            page.window.getControl("MailWithErrors").selectItemPos(0, True)
            page.tell("ok")
            changed = {**DEFAULTS, "LiveCheck": False, "MailTo": "zhang@finance.example",
                       "MailWithErrors": "stop"}
            self.assertEqual(settings(office), changed)
        self.assertEqual(self.written(), {"LiveCheck", "MailTo", "MailWithErrors"})
        with self.page() as (_, page):
            self.assertEqual(page.shown(), changed)

    def test_forms_folder(self):
        """A definition there goes before the shipped one, for documents opened from then on."""
        example = next(pathlib.Path(SOURCE, "templates/department-goals").glob("example*.*ods"))
        definition = json.loads((example.parent / "form.json").read_text(encoding="utf-8"))
        definition["rules"] = []
        folder = self.folder / "表样" / definition["id"]
        folder.mkdir(parents=True)
        (folder / "form.json").write_text(json.dumps(definition), encoding="utf-8")
        with self.page() as (office, page):
            document = office.open(example, Hidden=True)
            with_shipped = json.loads(office.check(document))
            page.model("FormsFolder").Text = str(folder.parent)
            page.tell("ok")
            with_own = json.loads(office.check(document))
            document.close(True)
        self.assertNotEqual(with_shipped["findings"], [])
        self.assertEqual(with_own["findings"], [])
        self.assertEqual(with_own["values"], with_shipped["values"])

    def test_administrator(self):
        """A preset is used and can be changed, a locked value cannot; both go with the package."""
        package, done = self.preset(PRESETS.format(folder="/srv/表样"))
        self.assertEqual(done.stderr, "")
        with Office(self.profile) as office:
            install(office, package)
        preset = {**DEFAULTS, "MailWithErrors": "stop", "FormsFolder": "/srv/表样",
                  "MailTo": "forms@finance.example", "LiveCheck": False}
        with self.page() as (office, page):
            self.assertEqual(settings(office), preset)
            self.assertEqual(page.shown(), preset)
            self.assertEqual(page.greyed(), {"MailWithErrors", "FormsFolder", "browse"})
            self.assertTrue(page.says_locked())
            page.model("FormsFolder").Text = "/elsewhere"
            page.model("MailTo").Text = "li@finance.example"
            page.tell("ok")
            preset["MailTo"] = "li@finance.example"
            self.assertEqual(settings(office), preset)
        with Office(self.profile) as office:
            uninstall(office, PRESET)
        with self.page() as (_, page):
            self.assertEqual(page.shown(), {**DEFAULTS, "MailTo": "li@finance.example"})
            self.assertEqual(page.greyed(), set())
            self.assertFalse(page.says_locked())


class Preset(unittest.TestCase):
    """The script refuses what would be ignored in silence."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    preset = Settings.preset

    def test_refused(self):
        for text, what in (("[locked]\nMailsTo = x\n", "MailsTo"), ("[locked]\nLiveCheck = yes\n", "true or false"),
                           ("[forced]\nMailTo = x\n", "[forced]"), ("# nothing\n", "nothing"),
                           ("[preset]\nMailWithErrors = never\n", "stop or ask"),
                           ("[preset]\nMailTo = x\n[locked]\nMailTo = y\n", "both"), ("MailTo = x\n", "section")):
            with self.subTest(text=text):
                _, done = self.preset(text)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(what, done.stderr)

    def test_example(self):
        _, done = self.preset(pathlib.Path(SOURCE, "extension/preset.example").read_text(encoding="utf-8"))
        self.assertEqual((done.returncode, done.stderr), (0, ""))


unittest.main()
