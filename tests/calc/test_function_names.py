#!/usr/bin/env python3
"""What the functions are called agrees everywhere: the interface, the table in C, the texts for the
function wizard in both languages, and the reference.

  test_function_names.py SOURCE_ROOT
"""
import pathlib
import re
import sys
import unittest
import xml.etree.ElementTree as ElementTree

SOURCE = pathlib.Path(sys.argv[1])
del sys.argv[1:]
LANGUAGES = {"en-US", "zh-CN"}
OOR = "{http://openoffice.org/2001/registry}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CALLER = "com::sun::star::beans::XPropertySet"  # not an argument of the formula


def interface_methods():
    """{method: [parameter]} as the interface has them, without what Calc fills in."""
    text = (SOURCE / "idl/org/tianbao/XFunctions.idl").read_text()
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    methods = {}
    for name, arguments in re.findall(r"(\w+)\(([^)]*)\);", text):
        parameters = re.findall(r"\[in\]\s*([^,]+?)\s+(\w+)\s*(?:,|$)", arguments)
        methods[name] = [parameter for type_, parameter in parameters if type_ != CALLER]
    return methods


def children(node):
    return {child.get(OOR + "name"): child for child in node.findall("node")}


def texts(node, name):
    """{language: text} of a property."""
    prop, = (prop for prop in node.findall("prop") if prop.get(OOR + "name") == name)
    return {value.get(LANG): value.text for value in prop.findall("value")}


class Names(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.methods = interface_methods()
        root = ElementTree.parse(SOURCE / "extension/registry/CalcAddIns.xcu").getroot()
        add_in = children(children(root)["AddInInfo"])["org.tianbao.Functions"]
        cls.described = children(children(add_in)["AddInFunctions"])

    def test_there_are_functions(self):
        self.assertEqual(len(self.methods), 17)

    def test_table_in_c(self):
        text = (SOURCE / "src/calc/functions/answers.h").read_text()
        self.assertEqual(re.findall(r"^ +FUNCTION\((\w+)\)", text, re.MULTILINE), list(self.methods))

    def test_parameters_are_those_of_the_interface(self):
        self.assertEqual(set(self.described), set(self.methods))
        for method, node in self.described.items():
            with self.subTest(method=method):
                self.assertEqual(list(children(children(node)["Parameters"])), self.methods[method])

    def test_names_are_stable(self):
        for method, node in self.described.items():
            for name in ("DisplayName", "CompatibilityName"):
                self.assertEqual(texts(node, name),
                                 dict.fromkeys(LANGUAGES, f"TB_{method.upper()}"))

    def test_both_languages_are_complete(self):
        for method, node in self.described.items():
            self.assertEqual(texts(node, "CategoryDisplayName"),
                             {"en-US": "Tianbao", "zh-CN": "填报"})
            for described in (node, *children(children(node)["Parameters"]).values()):
                for name in ("DisplayName", "Description"):
                    found = texts(described, name)
                    with self.subTest(method=method, name=name):
                        self.assertEqual(set(found), LANGUAGES)
                        self.assertTrue(all(found.values()))
                self.assertRegex(texts(described, "Description")["zh-CN"], "[\u4e00-\u9fff].*。$")
                self.assertRegex(texts(described, "Description")["en-US"], r"^.*[a-z].*\.$")

    def test_reference_has_an_example_of_each(self):
        text = (SOURCE / "src/calc/FUNCTIONS.md").read_text(encoding="utf-8")
        examples = re.findall(r"^(TB_\w+)\(.*→", text, re.MULTILINE)
        rows = re.findall(r"^\| `(TB_\w+)\(", text, re.MULTILINE)
        names = {f"TB_{method.upper()}" for method in self.methods}
        self.assertEqual(set(examples), names)
        self.assertEqual(set(rows), names)


unittest.main(verbosity=2)
