"""The help once more, as a page for the browser, for offices without their own help: made of the pages
that help_pages.py makes for the office. src/calc/help.c opens it.
"""
import re
from html import escape
from xml.etree import ElementTree

from help_page import FOLDERS, IDENTIFIER

STYLE = ("body{max-width:46em;margin:2em auto;padding:0 1em;font:1em/1.7 sans-serif;color-scheme:light dark}"
         "h1{margin-top:2em;border-bottom:1px solid #5f86a8}code{background:#5f86a833;padding:.2em .4em}"
         "a{color:#5f86a8}")


def convert_link(link):
    target = re.fullmatch(f"{IDENTIFIER}/(.+).xhp", link.get("href"))[1]
    return f'<a href="#{target}">{escape(link.text)}</a>'


def convert_paragraph(paragraph, name):
    text = "".join(map(convert_link, paragraph)) or escape(paragraph.text)
    role = paragraph.get("role")
    if role == "heading":
        level = paragraph.get("level")
        anchor = f' id="{name}"' if level == "1" else ""
        return f"<h{level}{anchor}>{text}</h{level}>"
    return f"<p><code>{text}</code></p>" if role == "code" else f"<p>{text}</p>"


def convert_list(items):
    texts = "".join(f"<li>{escape(item[0].text)}</li>" for item in items)
    return f"<ul>{texts}</ul>"


def convert_page(page):
    name = ElementTree.fromstring(page).find("meta/topic").get("id")
    for part in ElementTree.fromstring(page).find("body"):
        if part.tag == "paragraph":
            yield convert_paragraph(part, name)
        elif part.tag == "list":
            yield convert_list(part)


def make_manual(pages, language, title):
    """From the pages (.xhp) of one language, the first one first."""
    body = "\n".join(line for page in pages for line in convert_page(page))
    return (f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"/><title>{title}</title>\n'
            f"<style>{STYLE}</style></head>\n<body>\n{body}\n</body>\n</html>\n").encode("utf-8")


def manual_path(language):
    """In the package."""
    return f"manual/{FOLDERS[language]}.html"
