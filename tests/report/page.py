"""Reads an HTML report as strictly as a test should: every element closed where it must be, ids
unique, links resolved, tables without holes or overlaps."""
import html.parser

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(html.parser.HTMLParser):
    """The elements, ids, links, texts and tables of a page; mistakes are collected."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.mistakes, self.open, self.tags, self.attributes = [], [], [], []
        self.ids, self.links, self.tables, self.texts = [], [], [], []
        self.cell_links = {}  # id of a cell: targets of the links in it
        self.item_links = {}  # id of a finding: targets of the links in it, nested ones not
        self.feed(text)
        self.close()
        self.mistakes += [f"<{tag}> is not closed" for tag, _ in self.open]
        self.mistakes += [f"id {name} twice" for name in set(self.ids) if self.ids.count(name) > 1]
        self.mistakes += [f"link to {link}" for link in self.links if link[1:] not in self.ids]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given.get("href", "(none)"))
            self.note_link(given.get("href", "(none)")[1:])
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append((int(given.get("rowspan", 1)), int(given.get("colspan", 1))))
        if tag not in VOID:
            self.open.append((tag, given.get("id")))

    def note_link(self, target):
        for tag, name in reversed(self.open):
            if tag in ("li", "td") and name:
                (self.item_links if tag == "li" else self.cell_links).setdefault(name, []).append(target)
                return

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.mistakes.append(f"</{tag}> closes {self.open[-1:]} at {self.getpos()}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if not self.open or self.open[-1][0] != "style":
            self.texts.append(data)

    @property
    def text(self):
        return "".join(self.texts)


def table_mistakes(rows):
    """Lays the cells out as a browser does; every place must be covered once."""
    width = sum(columns for _, columns in rows[0])
    covered, mistakes = set(), []
    for number, row in enumerate(rows):
        column = 0
        for height, columns in row:
            while (number, column) in covered:
                column += 1
            for place in [(number + i, column + j) for i in range(height) for j in range(columns)]:
                if place in covered:
                    mistakes.append(f"{place} is covered twice")
                covered.add(place)
    expected = {(row, column) for row in range(len(rows)) for column in range(width)}
    return mistakes + [f"hole or excess at {place}" for place in sorted(covered ^ expected)]
