#!/usr/bin/env python3
"""The .oxt as it lies there, without an office: what is in it fits together, is complete in both
languages, and needs nothing that LibreOffice does not bring along.

  test_package.py OXT SOURCE_ROOT
"""
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile
from html import escape

LANGUAGES = {"en-US", "zh-CN"}
OOR = "{http://openoffice.org/2001/registry}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MANIFEST = "{http://openoffice.org/2001/manifest}"
NOT_IN_MANIFEST = ("META-INF/", "blank/", "description", "dialogs/", "help/", "icons/", "lib/",
                   "manual/", "registration/", "templates/")
FOLDERS_IN_MANIFEST = {"help"}
# Linked by libreoffice-core itself.
ALLOWED = {"libuno_cppu.so.3", "libuno_sal.so.3", "libc.so.6", "libm.so.6"}

# How every icon is drawn; extension/icon_sheet shows them.
ICON = {"viewBox": "0 0 32 32", "width": "32", "height": "32", "fill": "none", "stroke-width": "2",
        "stroke-linecap": "round", "stroke-linejoin": "round"}
ICON_COLORS = ("#5f86a8", "#2f9a5f", "#c9772b", "#d9534a")


def luminance(color):
    parts = (int(color[i:i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(color, background):
    """As the Web Content Accessibility Guidelines define it; graphics need 3."""
    darker, lighter = sorted((luminance(color), luminance(background)))
    return (lighter + 0.05) / (darker + 0.05)


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with zipfile.ZipFile(OXT) as package:
            cls.entries = {name: package.read(name) for name in package.namelist()}

    def tree(self, name):
        return ElementTree.fromstring(self.entries[name])

    def named(self, tree, name):
        return [node for node in tree.iter("node") if node.get(OOR + "name") == name]

    def property_of(self, node, name):
        return next((prop for prop in node.findall("prop") if prop.get(OOR + "name") == name), None)

    def commands(self, section):
        """The URLs that a section of Addons.xcu offers."""
        node, = self.named(self.tree("registry/Addons.xcu"), section)
        urls = (self.property_of(item, "URL") for item in node.iter("node"))
        return {url.find("value").text for url in urls if url is not None}

    def test_xml_is_well_formed(self):
        for name in self.entries:
            if name.endswith((".xml", ".xcu", ".xcs", ".xdl", ".xhp", ".tree", ".svg",
                              ".components")):
                with self.subTest(name=name):
                    self.tree(name)

    def test_nothing_is_left_to_fill_in(self):
        for name, data in self.entries.items():
            if name.endswith((".xml", ".components")):
                self.assertNotRegex(data.decode(), r"@[A-Z]+@", name)

    def test_manifest_lists_what_is_there(self):
        listed = {entry.get(MANIFEST + "full-path") for entry in self.tree("META-INF/manifest.xml")}
        there = {name for name in self.entries if not name.startswith(NOT_IN_MANIFEST)}
        self.assertLessEqual(FOLDERS_IN_MANIFEST, listed)
        listed -= FOLDERS_IN_MANIFEST
        self.assertEqual(listed, there | {name for name in listed if name in self.entries})
        self.assertLessEqual(listed, set(self.entries))

    def test_description_points_to_files(self):
        text = self.entries["description.xml"].decode()
        for name in re.findall(r'xlink:href="([^":]+)"', text):
            self.assertIn(name, self.entries)

    def test_every_text_in_both_languages(self):
        for name in self.entries:
            if not name.endswith(".xcu"):
                continue
            for prop in self.tree(name).iter("prop"):
                languages = {value.get(LANG) for value in prop.findall("value")}
                if languages != {None}:
                    self.assertEqual(languages, LANGUAGES, prop.get(OOR + "name"))

    def test_every_command_everywhere(self):
        """What is offered anywhere is in commands.json, has a label, an image and a handler, and is
        on the ribbon too, where there is no menu."""
        table = json.loads(pathlib.Path(SOURCE, "extension/commands.json").read_text("utf-8"))
        urls = {f"org.tianbao:{command['id']}" for command in table["commands"]}
        self.assertIn("org.tianbao:check", urls)
        for section in ("OfficeMenuBar", "OfficeToolBar"):
            self.assertLessEqual(self.commands(section), urls | {"private:separator"}, section)
        for section in ("OfficeNotebookBar", "Images"):
            self.assertEqual(self.commands(section), urls, section)
        labels = self.named(self.tree("registry/CalcCommands.xcu"), "Commands")[0]
        self.assertEqual({node.get(OOR + "name") for node in labels}, urls)
        source = pathlib.Path(SOURCE, "src/calc/commands.c").read_text("utf-8")
        rows = re.findall(r"\[TB_COMMAND_(\w+)\] = \{\w+, \w+\}", source)
        self.assertEqual({f"org.tianbao:{row.lower().replace('_', '-')}" for row in rows}, urls)
        self.assertEqual(len(rows), len(urls))

    def test_shortcuts_are_free(self):
        """None takes away a key that Calc uses."""
        ours = self.keys(self.tree("registry/Accelerators.xcu"))
        self.assertTrue(ours)
        registries = list(pathlib.Path("/usr/lib/libreoffice/share/registry").glob("*.xcd"))
        if not registries:
            self.skipTest("no LibreOffice where Debian puts it")
        for path in registries:
            for part in ElementTree.parse(path).getroot().iter(OOR + "component-data"):
                if part.get(OOR + "name") == "Accelerators":
                    self.assertFalse(ours & self.keys(part), path.name)

    def keys(self, accelerators):
        scopes = (self.named(accelerators, "Global") +
                  self.named(accelerators, "com.sun.star.sheet.SpreadsheetDocument"))
        return {key.get(OOR + "name") for scope in scopes for key in scope.findall("node")}

    def test_icons_are_there(self):
        text = self.entries["registry/Addons.xcu"].decode()
        for name in re.findall(r"%origin%/\.\./(icons/[^<]+)<", text):
            self.assertIn(name, self.entries)

    def test_icons_are_of_one_hand(self):
        """One grid, one pen, four colours that stand out from a light and from a dark window."""
        for background in ("#f6f5f4", "#353535"):
            for color in ICON_COLORS:
                self.assertGreaterEqual(contrast(color, background), 3, (color, background))
        for name in self.entries:
            if name.startswith("icons/"):
                icon = self.tree(name)
                self.assertEqual(dict(icon.attrib), ICON, name)
                for part in icon:
                    self.assertEqual(part.tag, "{http://www.w3.org/2000/svg}path", name)
                    self.assertIn(part.get("stroke"), ICON_COLORS, name)
                    self.assertIn(part.get("fill", part.get("stroke")), ICON_COLORS, name)
                    self.assertIn(part.get("stroke-width", "2"), ("2", "4"), name)

    def test_manual_tells_of_every_page(self):
        """The help for the browser has what the office's help has, and its links lead somewhere."""
        for folder in ("en", "zh-CN"):
            manual = self.entries[f"manual/{folder}.html"].decode("utf-8")
            pages = {pathlib.PurePath(name).stem for name in self.entries
                     if name.startswith(f"help/{folder}/") and name.endswith(".xhp")}
            self.assertEqual(set(re.findall(r'<h1 id="([^"]+)"', manual)), pages)
            self.assertEqual(set(re.findall(r'href="#([^"]+)"', manual)) | {"start"}, pages)
            for name in pages:
                tree = self.tree(f"help/{folder}/org.tianbao.calc/{name}.xhp")
                for paragraph in tree.iter("paragraph"):
                    self.assertIn(escape("".join(paragraph.itertext())), manual)

    def dialog_texts(self, name, language):
        text = self.entries[f"dialogs/{name}_{language}.properties"].decode("ascii")
        return dict(re.findall(r"^(\w+)=(.+)", text, re.MULTILINE))

    def test_dialog_texts(self):
        """Each text in both languages, each with a key of its own among those of its dialog."""
        names = [name[8:-4] for name in self.entries if name.endswith(".xdl")]
        self.assertEqual(sorted(names), ["Explain", "Findings", "Mail", "New", "Options", "Ribbon",
                                         "Sidebar"])
        for name in names:
            used = set(re.findall(r'"&amp;(\w+)"', self.entries[f"dialogs/{name}.xdl"].decode()))
            for language in ("en_US", "zh_CN"):
                texts = self.dialog_texts(name, language)
                self.assertEqual(set(texts), used)
                keys = [key.lower() for text in texts.values() for key in re.findall("~(.)", text)]
                self.assertEqual(len(keys), len(set(keys)), (name, language))

    def help_anchors(self):
        """{language: {help id: [pages]}}."""
        anchors = {}
        for folder, language in (("en", "en-US"), ("zh-CN", "zh-CN")):
            anchors[language] = {}
            for name in self.entries:
                if name.startswith(f"help/{folder}/") and name.endswith(".xhp"):
                    for mark in self.tree(name).iter("bookmark"):
                        if mark.get("branch").startswith("hid/"):
                            anchors[language].setdefault(mark.get("branch")[4:], []).append(name)
        return anchors

    def test_every_help_id_has_a_page(self):
        """Of commands and of dialogs, in both languages, and just one."""
        table = json.loads(pathlib.Path(SOURCE, "extension/commands.json").read_text("utf-8"))
        used = {f"org.tianbao:{command['id']}" for command in table["commands"]}
        for name in self.entries:
            if name.endswith(".xdl"):  # see src/calc/help.h
                used.add(f"org.tianbao.calc:{pathlib.PurePath(name).stem.lower()}")
                self.assertNotIn("help-url", self.entries[name].decode(), name)
        anchors = self.help_anchors()
        self.assertEqual(set(anchors["en-US"]), set(anchors["zh-CN"]))
        for language, known in anchors.items():
            self.assertLessEqual(used, set(known), f"{language}: no help for these")
            self.assertEqual([hid for hid, pages in known.items() if len(pages) > 1], [], language)

    def test_every_help_page_is_reachable(self):
        """From the table of contents, and from the first page; every link leads somewhere."""
        for folder in ("en", "zh-CN"):
            pages = {name[len(f"help/{folder}/"):] for name in self.entries
                     if name.startswith(f"help/{folder}/") and name.endswith(".xhp")}
            topics = {topic.get("id") for topic in self.tree(f"help/{folder}/help.tree").iter("topic")}
            self.assertEqual(topics, {f"scalc/{page}" for page in pages})
            start = "org.tianbao.calc/start.xhp"
            links = {link.get("href") for link in self.tree(f"help/{folder}/{start}").iter("link")}
            self.assertEqual(links | {start}, pages)

    def test_functions_match_the_idl(self):
        """Each function described has as many parameters as the IDL, but for the document, which
        the wizard does not show."""
        idl = "".join(path.read_text("utf-8") for path in pathlib.Path(SOURCE, "idl").rglob("*.idl"))
        idl = re.sub(r"/\*.*?\*/|//[^\n]*", "", idl, flags=re.DOTALL)
        methods = {name: [part for part in arguments.split(",") if part.strip() and "XPropertySet" not in part]
                   for name, arguments in re.findall(r"\b(\w+)\s*\(([^)]*)\)", idl)}
        functions, = self.named(self.tree("registry/CalcAddIns.xcu"), "AddInFunctions")
        described = {node.get(OOR + "name"): len(self.named(node, "Parameters")[0].findall("node"))
                     for node in functions.findall("node")}
        self.assertTrue(described)
        self.assertEqual(described, {name: len(methods[name]) for name in described})
        self.assertEqual(set(described), set(methods))

    def test_no_texts_in_code(self):
        """What users read stands in the files of texts: no literal of the component is a sentence or
        Chinese, but for the words that functions take."""
        words = pathlib.Path(SOURCE, "src/calc/functions")
        for path in sorted(pathlib.Path(SOURCE, "src/calc").rglob("*.[ch]")):
            if words in path.parents:
                continue
            code = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
            code = re.sub(r"^#include.*", "", code, flags=re.MULTILINE)
            for literal in re.findall(r'"((?:[^"\\\n]|\\.)*)"', code):
                text = re.sub(r"%[-+.*\d]*[a-z]+", "", literal)
                self.assertNotRegex(text, r"[a-z]{2,}[,;:]? [a-z]{2,} [a-z]{2,}|[\u3400-\u9fff]",
                                    path.name)

    def test_definitions_are_carried(self):
        self.assertTrue([name for name in self.entries
                         if re.match(r"templates/.+/form\.json", name)])

    def test_blank_forms_are_templates(self):
        """Every definition has one, below the folder that Paths.xcu names."""
        forms = {name.split("/")[1] for name in self.entries if name.endswith("/form.json")}
        blanks = {f"blank/tianbao/{form}.ots" for form in forms}
        self.assertEqual({name for name in self.entries if name.endswith(".ots")}, blanks)
        for name in blanks:
            with zipfile.ZipFile(io.BytesIO(self.entries[name])) as blank:
                self.assertTrue(blank.read("mimetype").endswith(b".spreadsheet-template"))
        self.assertIn(b"%origin%/../blank", self.entries["registry/Paths.xcu"])

    def test_libraries(self):
        """What each library needs is the office's, or lies beside it and is looked for there."""
        libraries = [name for name in self.entries if name.startswith("lib/")]
        carried = {pathlib.PurePath(name).name for name in libraries}
        with tempfile.TemporaryDirectory() as folder:
            for name in libraries:
                path = pathlib.Path(folder, "library.so")
                path.write_bytes(self.entries[name])
                dynamic = subprocess.run(["readelf", "-d", path], check=True, capture_output=True,
                                         text=True).stdout
                needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic))
                self.assertLessEqual(needed, ALLOWED | carried, name)
                paths = re.findall(r"\((?:RUNPATH|RPATH)\).*\[(.*)\]", dynamic)
                if name.endswith("tianbao.so"):
                    self.assertEqual(paths, ["$ORIGIN"])

    def test_exports(self):
        name, = (name for name in self.entries if name.endswith("/tianbao.so"))
        with tempfile.NamedTemporaryFile() as library:
            library.write(self.entries[name])
            library.flush()
            symbols = subprocess.run(["nm", "-D", "--defined-only", library.name], check=True,
                                     capture_output=True, text=True).stdout
        self.assertEqual({line.split()[-1] for line in symbols.splitlines()},
                         {"component_getFactory", "component_getImplementationEnvironment"})


OXT, SOURCE = sys.argv[1:3]
del sys.argv[1:3]
unittest.main()
