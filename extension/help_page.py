"""A page of the office's help (.xhp) in the making, for function_help.py and help_pages.py."""
from xml.sax.saxutils import escape, quoteattr

IDENTIFIER = "org.tianbao.calc"
FOLDERS = {"en-US": "en", "zh-CN": "zh-CN"}  # of each language's help


class Page:
    def __init__(self, name, title, language):
        self.name, self.title, self.language = name, title, language
        self.parts, self.count = [], 0

    @property
    def path(self):
        """In the package."""
        return f"help/{FOLDERS[self.language]}/{self.url}"

    @property
    def url(self):
        """In links and in help.tree."""
        return f"{IDENTIFIER}/{self.name}.xhp"

    def new_id(self, kind):
        self.count += 1
        return f"{kind}{self.count}"

    def paragraph(self, role, content, **attributes):
        more = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
        return (f'<paragraph role="{role}" id="{self.new_id("p")}" xml-lang="{self.language}"{more}>'
                f"{content}</paragraph>")

    def add(self, role, text, **attributes):
        self.parts.append(self.paragraph(role, escape(text), **attributes))

    def add_list(self, texts):
        items = "".join(f"<listitem>{self.paragraph('listitem', escape(text))}</listitem>" for text in texts)
        self.parts.append(f'<list type="unordered">{items}</list>')

    def add_links(self, pages):
        for page in pages:
            link = f"<link href={quoteattr(page.url)}>{escape(page.title)}</link>"
            self.parts.append(self.paragraph("paragraph", link))

    def add_index(self, names):
        """Words of the help's index."""
        values = "".join(f"<bookmark_value>{escape(name)}</bookmark_value>" for name in names)
        self.add_bookmark("index", values)

    def add_help_id(self, help_id):
        """F1 on what has the id leads to what comes next."""
        self.add_bookmark(f"hid/{help_id}", "")

    def add_bookmark(self, branch, content):
        self.parts.append(f'<bookmark xml-lang="{self.language}" branch={quoteattr(branch)} '
                          f'id="{self.new_id("b")}">{content}</bookmark>')

    def write(self):
        return ('<?xml version="1.0" encoding="UTF-8"?>\n<helpdocument version="1.0">\n<meta>\n'
                f'<topic id="{self.name}" indexer="include">\n'
                f'<title id="tit" xml-lang="{self.language}">{escape(self.title)}</title>\n'
                f"<filename>/{self.url}</filename>\n</topic>\n</meta>\n<body>\n"
                + "\n".join(self.parts) + "\n</body>\n</helpdocument>\n").encode("utf-8")
