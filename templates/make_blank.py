#!/usr/bin/env python3
"""Packs a blank form, a flat OpenDocument spreadsheet written by hand (blank.fods), as a document
(.ods) or a template (.ots); the ending says which. Leaves comments and indentation out, changes
nothing else, and makes the same bytes of the same source.

  make_blank.py BLANK.fods OUTPUT.ods|OUTPUT.ots
"""
import pathlib
import sys
import xml.dom.minidom
import zipfile

TYPES = {".ods": "application/vnd.oasis.opendocument.spreadsheet",
         ".ots": "application/vnd.oasis.opendocument.spreadsheet-template"}
# The parts of a package, and which children of the flat document each has.
PARTS = {
    "content.xml": ("office:document-content",
                    ("office:font-face-decls", "office:automatic-styles", "office:body")),
    "styles.xml": ("office:document-styles",
                   ("office:font-face-decls", "office:styles", "office:automatic-styles",
                    "office:master-styles")),
    "meta.xml": ("office:document-meta", ("office:meta",)),
}
# Automatic styles that the pages use; all others are the sheet's.
PAGE_STYLES = ("style:page-layout",)
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
ZIP_TIME = (2020, 1, 1, 0, 0, 0)


def strip(node):
    """Takes comments and indentation away; text stands in paragraphs and styles' own texts only."""
    for child in list(node.childNodes):
        blank = child.nodeType == child.TEXT_NODE and not child.data.strip() and "\n" in child.data
        if child.nodeType == child.COMMENT_NODE or blank:
            node.removeChild(child)
        else:
            strip(child)


def copy_child(child, part):
    copy = child.cloneNode(True)
    if child.tagName == "office:automatic-styles":
        for style in list(copy.childNodes):
            if (style.tagName in PAGE_STYLES) != (part == "styles.xml"):
                copy.removeChild(style)
    return copy


def write_part(flat, part):
    name, children = PARTS[part]
    document = xml.dom.minidom.Document()
    root = document.appendChild(document.createElement(name))
    for attribute, value in flat.attributes.items():
        if attribute != "office:mimetype":
            root.setAttribute(attribute, value)
    for child in flat.childNodes:
        if child.tagName in children:
            root.appendChild(copy_child(child, part))
    return document.toxml("UTF-8")


def write_manifest(mimetype):
    entries = [("/", mimetype)] + [(part, "text/xml") for part in PARTS]
    lines = [f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
             for path, kind in entries]
    return (f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
            f'xmlns:manifest="{MANIFEST}" manifest:version="1.3">{"".join(lines)}'
            f'</manifest:manifest>').encode()


def pack(source, output):
    mimetype = TYPES[output.suffix]
    flat = xml.dom.minidom.parse(str(source)).documentElement
    strip(flat)
    # The type comes first and unpacked, so that a look at the file's first bytes tells it.
    entries = [("mimetype", mimetype.encode(), zipfile.ZIP_STORED)]
    entries += [(part, write_part(flat, part), zipfile.ZIP_DEFLATED) for part in PARTS]
    entries.append(("META-INF/manifest.xml", write_manifest(mimetype), zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(output, "w") as package:
        for name, data, method in entries:
            package.writestr(zipfile.ZipInfo(name, ZIP_TIME), data, method)


def main():
    if len(sys.argv) != 3 or pathlib.Path(sys.argv[2]).suffix not in TYPES:
        sys.exit(__doc__)
    pack(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))


if __name__ == "__main__":
    main()
