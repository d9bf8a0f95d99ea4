"""The help: pages of help/<language>.md and the page of the functions, with their tree, and all of them
for the browser (manual.py). A source has

    # page Title            a page, which begins with the next lines
    ## anchor Title         a section of it
    - item                  of a list
    text                    a paragraph a line

F1 leads to a page or section from what has its anchor: the dialog of that name in small letters
(src/calc/help.h), and the commands whose `help` in commands.json it is.
"""
import re
from xml.sax.saxutils import escape

from command_table import SCHEME
from function_help import make_function_page
from help_page import FOLDERS, IDENTIFIER, Page
from manual import make_manual, manual_path

TITLES = {"en-US": "Tianbao", "zh-CN": "填报"}


class Sections:
    """Turns the lines of a source into pages."""

    def __init__(self, language, commands):
        self.language, self.commands = language, commands
        self.pages, self.items = [], []

    def end_list(self):
        if self.items:
            self.pages[-1].add_list(self.items)
        self.items = []

    def begin(self, level, anchor, title):
        self.end_list()
        if level == 1:
            self.pages.append(Page(anchor, title, self.language))
        page = self.pages[-1]
        page.add_index([title])
        page.add_help_id(f"{IDENTIFIER}:{anchor}")
        for command in self.commands:
            if command["help"] == anchor:
                page.add_help_id(f"{SCHEME}:{command['id']}")
        page.add("heading", title, level=level)

    def read(self, line):
        heading = re.fullmatch(r"(#+) ([a-z-]+) (.+)", line)
        if heading:
            self.begin(len(heading[1]), heading[2], heading[3])
        elif line.startswith("- "):
            self.items.append(line[2:])
        else:
            self.end_list()
            if line:
                self.pages[-1].add("paragraph", line)


def read_pages(path, language, commands):
    sections = Sections(language, commands)
    for line in path.read_text(encoding="utf-8").splitlines():
        sections.read(line)
    sections.end_list()
    return sections.pages


def make_tree(pages, language):
    """What the help's table of contents shows."""
    title = TITLES[language]
    topics = "".join(f'<topic id="scalc/{page.url}">{escape(page.title)}</topic>\n' for page in pages)
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<tree_view>\n'
            f'<help_section application="scalc" id="08" title="{title}">\n'
            f'<node id="0801" title="{title}">\n{topics}</node>\n</help_section>\n</tree_view>\n').encode("utf-8")


def make_help(folder, commands, descriptions, reference):
    """{name in the package: bytes}; the first page links to all others."""
    entries = {}
    for language, place in FOLDERS.items():
        pages = read_pages(folder / f"{language}.md", language, commands)
        pages.append(make_function_page(descriptions, reference, language))
        pages[0].add_links(pages[1:])
        entries |= {page.path: page.write() for page in pages}
        entries[f"help/{place}/help.tree"] = make_tree(pages, language)
        entries[manual_path(language)] = make_manual([page.write() for page in pages], language,
                                                     TITLES[language])
    return entries
