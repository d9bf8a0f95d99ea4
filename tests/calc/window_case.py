"""What the tests in a real window have in common: the arguments of the programs, and a case with a
profile, a screen and an office of its own. A program that imports it ends with 77 (skipped) where
there is no office or no screen.

  test_….py SOURCE_ROOT OXT PICTURES     (PICTURES: the folder that pictures are left in)
"""
import pathlib
import shutil
import sys
import tempfile

if shutil.which("soffice") is None or shutil.which("Xvfb") is None:
    sys.exit(77)
SOURCE, OXT, PICTURES = map(pathlib.Path, sys.argv[1:4])
del sys.argv[1:4]  # what is left is unittest's
sys.path.insert(0, str(SOURCE / "extension"))

from desktop import Desktop, dialogs
from office import Office, install, properties, wait_for

EXAMPLE = SOURCE / "templates/department-goals/example.fods"


def configure(office, path, **values):
    """Sets values of the office's configuration, for good."""
    provider = office.service("com.sun.star.configuration.ConfigurationProvider")
    node = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationUpdateAccess", properties(nodepath=path))
    for name, value in values.items():
        node.setPropertyValue(name, value)
    node.commitChanges()


class WindowCase:
    """To be inherited beside unittest.TestCase. One office serves all tests of a class, unless it
    says otherwise."""

    language, scale, theme = "zh_CN.UTF-8", 1, "Adwaita"
    office_for_each_test = False

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        with Office(cls.folder / "profile") as office:
            install(office, OXT)
            cls.prepare(office)
        cls.desktop = cls.enterClassContext(Desktop(cls.language, cls.scale, theme=cls.theme))
        if not cls.office_for_each_test:
            cls.office = cls.enterClassContext(cls.new_office())

    @classmethod
    def prepare(cls, office):
        """What else the profile needs, done in a headless office."""

    @classmethod
    def environment(cls):
        """What the office finds in its environment."""
        return cls.desktop.environment

    @classmethod
    def new_office(cls):
        return Office(cls.folder / "profile", headless=False, environment=cls.environment())

    def setUp(self):
        if self.office_for_each_test:
            self.office = self.enterContext(self.new_office())

    def open(self, url, **values):
        """Opens a document and lets its window fill the screen."""
        document = self.office.open(url, **values)
        self.addCleanup(self.close, document)
        self.fill_screen(document)
        return document

    def fill_screen(self, document):
        frame = document.CurrentController.Frame
        self.desktop.fill_screen(wait_for(lambda: self.desktop.titled(frame.Title)))

    def open_example(self, name="form.fods", **values):
        """A copy of the example in a window."""
        path = self.folder / name
        shutil.copyfile(EXAMPLE, path)
        return self.open(path, **values)

    def close(self, document):
        if not is_closed(document):
            self.office.close(document)
            wait_for(lambda: is_closed(document))

    def picture(self, name):
        """Leaves a picture of the screen, under a name that says where it was taken."""
        PICTURES.mkdir(exist_ok=True)
        theme = "-dark" if "dark" in self.theme else ""
        self.desktop.picture(PICTURES / f"{name}-{self.language[:5]}-{self.scale}x{theme}.png")

    def dismiss(self, title, key="Return", picture=None):
        """Waits for the message of that title and answers it by a key."""
        wait_for(lambda: dialogs(self.office, title))
        if picture:
            self.picture(picture)
        self.desktop.keys(key)
        wait_for(lambda: not dialogs(self.office, title))


def is_closed(document):
    try:
        return document.CurrentController is None
    except Exception:  # the office's own, of a document that has gone
        return True
