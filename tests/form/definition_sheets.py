"""Definitions written as spreadsheets, for the tests: read by `tianbao cells`, changed, written, and
made of a form.json."""
import json
import re
import subprocess
from xml.sax.saxutils import escape, quoteattr

HEAD = ('<?xml version="1.0" encoding="UTF-8"?><office:document '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        '<office:body><office:spreadsheet>')
TAIL = '</office:spreadsheet></office:body></office:document>'


def place(name):
    """(row, column) of "B5", from 0."""
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def read(program, path):
    """{sheet: {(row, column): text}}"""
    out = subprocess.run([program, "cells", str(path)], capture_output=True, check=True, timeout=60)
    sheets = {}
    for line in out.stdout.splitlines():
        cell = json.loads(line)
        sheets.setdefault(cell["sheet"], {})[place(cell["cell"])] = str(cell["value"])
    return sheets


def cell_xml(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if value.startswith("=="):  # a formula of the spreadsheet, with an error for its result
        return (f'<table:table-cell table:formula={quoteattr("of:" + value[1:])} '
                'office:value-type="string"><text:p>#NAME?</text:p></table:table-cell>')
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def write(path, sheets):
    out = [HEAD]
    for name, cells in sheets.items():
        out.append(f"<table:table table:name={quoteattr(name)}>")
        for row in range(max((r for r, _ in cells), default=-1) + 1):
            width = max((c for r, c in cells if r == row), default=-1) + 1
            out.append("<table:table-row>" +
                       "".join(cell_xml(cells.get((row, c))) for c in range(width)) +
                       "</table:table-row>")
        out.append("</table:table>")
    path.write_text("".join(out + [TAIL]), encoding="utf-8")


def sheet_of(headings, rows):
    """A sheet of dicts, with the headings that occur in them."""
    cells = {(0, column): heading for column, heading in enumerate(headings)}
    for number, row in enumerate(rows, 1):
        assert set(row) <= set(headings), set(row) - set(headings)
        for column, heading in enumerate(headings):
            if row.get(heading) not in (None, ""):
                cells[number, column] = row[heading]
    return cells


def joined(value):
    return "\n".join(value) if isinstance(value, list) else value


def named(row, source, key="name"):
    if key in source:
        row[key], row[f"{key.replace('_', ' ')} en"] = source[key]["zh"], source[key]["en"]
        if "_" in key:
            row[key.replace("_", " ")] = row.pop(key)
    return row


def plain(source, *keys, **renamed):
    """The members as cells; `renamed` gives the heading of those that are called otherwise."""
    row = {}
    for key in keys:
        if key in source:
            value = source[key]
            value = ("yes" if value else "no") if isinstance(value, bool) else joined(value)
            row[renamed.get(key, key.replace("_", " "))] = value
    return row


def field_row(field, owner, line=""):
    row = plain(field, "id", "type", "required", "list", "unit", "labels", "value", "repeats",
                "under", "nth", "fill_down", "beside", value="place")
    return named({**row, "in": owner, "line": line}, field)


def code_rows(codes, name, parent=""):
    for code in codes:
        yield {**plain(code, "code", "aliases"), "list": name, "parent": parent}
        yield from code_rows(code.get("codes", []), name, code["code"])


def block_rows(kind, blocks, owner=""):
    """(rows of the sheet of blocks, rows of the sheet of fields)"""
    rows, fields = [], []
    for block in blocks:
        row = plain(block, "id", "required", "row_name", "totals", "value", "entry", "pair", "pair_by",
                    value="place")
        row.update(kind=kind, **{"in": owner})
        labels = block.get("headings", block.get("labels", block.get("titles")))
        row["labels"] = joined(labels)
        for view in ("by_column", "by_row"):
            if view in block:
                heading = view.replace("_", " ")
                row[heading] = block[view]["id"]
                row[f"{heading} name"] = block[view]["name"]["zh"]
                row[f"{heading} name en"] = block[view]["name"]["en"]
        rows.append(named(row, block))
        path = f"{owner}.{block['id']}" if owner else block["id"]
        for line, members in (("", block.get("fields", [])), ("column", block.get("columns", [])),
                              ("row", block.get("rows", []))):
            fields += [field_row(member, path, line) for member in members]
        inner = block_rows("table", block.get("tables", []), path)
        rows, fields = rows + inner[0], fields + inner[1]
    return rows, fields


def rule_row(rule):
    row = plain(rule, "id", "severity", "for", "only", "each", "at", "when", "formula", "check",
                "related", "basis", "explainable")
    return named(named(row, rule, "message"), rule, "basis_note")


def across_row(rule):
    row = plain(rule, "id", "severity", "for", "compare", "at", "by", "basis")
    return named(named(row, rule, "message"), rule, "basis_note")


def parameter_rows(source, rule=""):
    return [{**named(plain(p, "id", "value"), p, "note"), "rule": rule}
            for p in source.get("parameters", [])]


def of_json(form):
    """The sheets of a definition, with English headings."""
    years = form["recognise"].get("budget_years", {})
    about = {**plain(form, "id", "version", "filer", "year", "date"),
             "labels": joined(form["recognise"]["labels"]), "identity": joined(form.get("identity")),
             "from year": years.get("from"), "to year": years.get("to")}
    lists = []
    for source in form.get("lists", []):
        rows = list(code_rows(source["codes"], source["id"]))
        lists += [named(rows[0], source)] + rows[1:]
    blocks, fields = [], [field_row(field, "") for field in form.get("fields", [])]
    for kind, key in (("matrix", "matrices"), ("table", "tables"), ("entries", "entries"),
                      ("block", "blocks")):
        rows, inner = block_rows(kind, form.get(key, []))
        blocks, fields = blocks + rows, fields + inner
    parameters = parameter_rows(form)
    for rule in form["rules"]:
        parameters += parameter_rows(rule, rule["id"])
    for rule in form.get("across", []):
        parameters += parameter_rows(rule, rule["id"])
    tables = {"about": [named(about, form, "title")], "parameters": parameters, "lists": lists,
              "fields": fields, "blocks": blocks, "rules": [rule_row(r) for r in form["rules"]],
              "across": [across_row(r) for r in form.get("across", [])]}
    return {name: sheet_of(sorted({key for row in rows for key in row}), rows)
            for name, rows in tables.items()}
