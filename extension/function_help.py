"""The help page of the TB_ functions, one a language: descriptions are those of the function wizard
(registry/CalcAddIns.xcu), examples those of the reference (src/calc/FUNCTIONS.md), so that nothing
is said twice. build_oxt.py packs what this makes.
"""
import re
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape

IDENTIFIER = "org.tianbao.calc"
OOR = "{http://openoffice.org/2001/registry}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# language of the texts, folder of the help, what the page says by itself
LANGUAGES = {
    "en-US": {"folder": "en", "blocks": ("calc",), "title": "Tianbao functions",
              "intro": "Functions for cells that the extension Tianbao adds, in the function wizard under Add-in. "
                       "Yes is 1 and no is 0. Numbers count with 15 digits and are exact from there on.",
              "example": "Example", "cell": "{} is {}", "parameter": "{}: {}", "separator": ", "},
    "zh-CN": {"folder": "zh-CN", "blocks": ("calc zh", "calc"), "title": "填报函数",
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


class Page:
    """An .xhp page in the making."""

    def __init__(self, words, language):
        self.words, self.language, self.parts, self.count = words, language, [], 0

    def add(self, role, text, **attributes):
        self.count += 1
        more = "".join(f' {key}="{value}"' for key, value in attributes.items())
        self.parts.append(f'<paragraph role="{role}" id="p{self.count}" xml-lang="{self.language}"'
                          f'{more}>{escape(text)}</paragraph>')

    def add_index(self, names):
        values = "".join(f"<bookmark_value>{name}</bookmark_value>" for name in names)
        self.parts.append(f'<bookmark xml-lang="{self.language}" branch="index" id="b1">{values}'
                          "</bookmark>")

    def write(self):
        title = escape(self.words["title"])
        return ('<?xml version="1.0" encoding="UTF-8"?>\n<helpdocument version="1.0">\n<meta>\n'
                '<topic id="functions" indexer="include">\n'
                f'<title id="tit" xml-lang="{self.language}">{title}</title>\n'
                f"<filename>/{IDENTIFIER}/functions.xhp</filename>\n</topic>\n</meta>\n<body>\n"
                + "\n".join(self.parts) + "\n</body>\n</helpdocument>\n").encode("utf-8")


def add_function(page, node, reference):
    words, language = page.words, page.language
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


def make_page(functions, reference, language):
    words = LANGUAGES[language]
    page = Page(words, language)
    page.add_index(read_text(node, "DisplayName", language) for node in functions)
    page.add("heading", words["title"], level=1)
    page.add("paragraph", words["intro"])
    for node in functions:
        add_function(page, node, reference)
    return page.write()


def make_tree(language):
    title = escape(LANGUAGES[language]["title"])
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<tree_view>\n'
            f'<help_section application="scalc" id="08" title="{title}">\n'
            f'<node id="0801" title="{title}">\n'
            f'<topic id="scalc/{IDENTIFIER}/functions.xhp">{title}</topic>\n'
            f"</node>\n</help_section>\n</tree_view>\n").encode("utf-8")


def make_help(descriptions, reference):
    """{name in the package: bytes}, from the two files' contents."""
    info = children(ElementTree.fromstring(descriptions))["AddInInfo"]
    functions = list(children(children(children(info)["org.tianbao.Functions"])
                              ["AddInFunctions"]).values())
    entries = {}
    for language, words in LANGUAGES.items():
        folder = f"help/{words['folder']}"
        entries[f"{folder}/{IDENTIFIER}/functions.xhp"] = make_page(functions, reference, language)
        entries[f"{folder}/help.tree"] = make_tree(language)
    return entries
