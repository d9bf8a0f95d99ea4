"""The help page of the TB_ functions, one a language: descriptions are those of the function wizard
(registry/CalcAddIns.xcu), examples those of the reference (src/calc/FUNCTIONS.md), so that nothing
is said twice. help_pages.py takes it.
"""
import re
import xml.etree.ElementTree as ElementTree

from help_page import Page

OOR = "{http://openoffice.org/2001/registry}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# language of the texts, what the page says by itself
LANGUAGES = {
    "en-US": {"blocks": ("calc",), "title": "Tianbao functions",
              "intro": "Functions for cells that the extension Tianbao adds, in the function wizard under Add-in. "
                       "Yes is 1 and no is 0. Numbers count with 15 digits and are exact from there on.",
              "example": "Example", "cell": "{} is {}", "parameter": "{}: {}", "separator": ", "},
    "zh-CN": {"blocks": ("calc zh", "calc"), "title": "填报函数",
              "intro": "填报扩展提供的单元格函数，在函数向导的“附加”类别中。是为 1，否为 0。数值取 15 位有效数字，此后按十进制精确计算。",
              "example": "示例", "cell": "{} 为 {}", "parameter": "{}：{}", "separator": "，"},
}


def children(node):
    return {child.get(OOR + "name"): child for child in node.findall("node")}


def read_text(node, name, language):
    prop = next(prop for prop in node.findall("prop") if prop.get(OOR + "name") == name)
    return next(value.text for value in prop.findall("value") if value.get(LANG) == language)


def find_example(reference, name, kinds):
    """The first example of a function, in the first kind of block that has one: its formula, its
    result, and {cell: content} of the cells that it reads."""
    for kind in kinds:
        for block in re.findall(rf"^```{kind}\n(.*?)^```", reference, re.MULTILINE | re.DOTALL):
            found = re.search(rf"^({name}\(.*) → (.*)$", block, re.MULTILINE)
            if found is None:
                continue
            cells = dict(re.findall(r"^([A-Z]\d) = (.*)$", block, re.MULTILINE))
            read = re.findall(r"\b([A-Z])(\d)(?::[A-Z](\d))?", found[1])
            names = {f"{column}{row}" for column, first, last in read
                     for row in range(int(first), int(last or first) + 1)}
            return found[1], found[2], {cell: cells[cell] for cell in sorted(names & set(cells))}
    raise ValueError(f"no example of {name}")


def add_function(page, node, reference):
    language = page.language
    words = LANGUAGES[language]
    name = read_text(node, "DisplayName", language)
    parameters = list(children(children(node)["Parameters"]).values())
    names = [read_text(parameter, "DisplayName", language) for parameter in parameters]
    page.add("heading", name, level=2)
    page.add("paragraph", read_text(node, "Description", language))
    page.add("code", f"{name}({'; '.join(names)})")
    for parameter, shown in zip(parameters, names):
        described = read_text(parameter, "Description", language)
        page.add("paragraph", words["parameter"].format(shown, described))
    formula, result, cells = find_example(reference, name, words["blocks"])
    page.add("heading", words["example"], level=3)
    if cells:
        page.add("paragraph", words["separator"].join(
            words["cell"].format(cell, content) for cell, content in cells.items()))
    page.add("code", f"={formula} → {result}" if result != "#N/A" else f"={formula}")


def make_function_page(descriptions, reference, language):
    """From the contents of the two files."""
    info = children(ElementTree.fromstring(descriptions))["AddInInfo"]
    functions = children(children(children(info)["org.tianbao.Functions"])["AddInFunctions"]).values()
    words = LANGUAGES[language]
    page = Page("functions", words["title"], language)
    page.add_index(read_text(node, "DisplayName", language) for node in functions)
    page.add("heading", words["title"], level=1)
    page.add("paragraph", words["intro"])
    for node in functions:
        add_function(page, node, reference)
    return page
