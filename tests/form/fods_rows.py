"""Rows of a flat .fods as dictionaries {column: (kind, value, text, columns, rows)}: read, written,
and what is located in them. For the tests of layouts.
"""
import re
import subprocess
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet>"""
TAIL = "</office:spreadsheet></office:body></office:document>"


def paragraph_text(paragraph):
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == TEXT + "s":
            parts.append(" " * int(child.get(TEXT + "c", "1")))
        else:
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    return "".join(parts)


def read_rows(path):
    """All sheets below each other: rows of {column: (kind, value, text, columns, rows)}."""
    root = ET.parse(path).getroot()
    rows = []
    for sheet in root.iter(TABLE + "table"):
        for row in sheet.iter(TABLE + "table-row"):
            cells, column = {}, 0
            for cell in row:
                if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                    continue
                text = "\n".join(paragraph_text(p) for p in cell.findall(TEXT + "p"))
                for _ in range(min(int(cell.get(TABLE + "number-columns-repeated", "1")), 64)):
                    if text or cell.get(TABLE + "number-columns-spanned"):
                        cells[column] = (cell.get(OFFICE + "value-type"), cell.get(OFFICE + "value"),
                                         text, int(cell.get(TABLE + "number-columns-spanned", "1")),
                                         int(cell.get(TABLE + "number-rows-spanned", "1")))
                    column += 1
            for _ in range(min(int(row.get(TABLE + "number-rows-repeated", "1")), 3)):
                rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def write_cell(cell):
    kind, value, text, columns, rows = cell
    attributes = f' office:value-type="{kind}"' if kind else ""
    if value is not None:
        attributes += f' office:value="{value}"'
    if columns > 1 or rows > 1:
        attributes += (f' table:number-columns-spanned="{columns}"'
                       f' table:number-rows-spanned="{rows}"')
    paragraphs = "".join("<text:p>" + re.sub(" ", "<text:s/>", escape(line)) + "</text:p>"
                         for line in text.split("\n")) if text else ""
    return f"<table:table-cell{attributes}>{paragraphs}</table:table-cell>"


def write_sheet(name, rows):
    out = [f'<table:table table:name="{name}">']
    for row in rows:
        out.append("<table:table-row>")
        for column in range(max(row, default=-1) + 1):
            out.append(write_cell(row[column]) if column in row else "<table:table-cell/>")
        out.append("</table:table-row>")
    return "".join(out) + "</table:table>"


def write(path, sheets):
    path.write_text(HEAD + "".join(write_sheet(f"S{i}", rows) for i, rows in enumerate(sheets))
                    + TAIL, encoding="utf-8")


def located(program, definition, path):
    result = subprocess.run([program, "--values", definition, str(path)], capture_output=True,
                            timeout=60)
    if result.returncode != 0:
        return [result.stderr.decode()]
    # Without formats 47.03% has other decimals; what a number is shown with is not the question here.
    return [re.sub(r"/-?\d+$", "", line) for line in result.stdout.decode("utf-8").splitlines()]
