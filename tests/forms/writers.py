"""Writes laid-out sheets as .fods, .ods and .xlsx, by hand and byte for byte the same each time."""
import decimal
import zipfile
from xml.sax.saxutils import escape, quoteattr

from layout import COLUMN_WIDTHS, cell_name

FONT = "宋体"
TITLE_FONT = "黑体"
# style: bold, points, horizontal, border, fill, number format (ODF data style), font
STYLES = {
    "title": (True, 18, "center", False, None, None, TITLE_FONT),
    "date": (False, 10.5, "start", False, None, None, FONT),
    "money_unit": (False, 10.5, "end", False, None, None, FONT),
    "label": (True, 10.5, "center", True, "#EDF2F7", None, FONT),
    "block": (True, 10.5, "start", True, "#F7F3E8", None, FONT),
    "text": (False, 10.5, "start", True, None, None, FONT),
    "center": (False, 10.5, "center", True, None, None, FONT),
    "amount": (False, 10.5, "end", True, None, "amount", FONT),
    "percent": (False, 10.5, "end", True, None, "percent", FONT),
    "code": (False, 10.5, "center", True, None, "text", FONT),
    "note": (False, 9, "start", False, None, None, FONT),
}
XLSX_FORMATS = {None: 0, "amount": 4, "percent": 10, "text": 49}  # built-in numbers
ZIP_TIME = (2026, 1, 1, 0, 0, 0)
TEMPLATE_PROPERTY = "tianbao.form"  # says from which form's template a workbook was made
VALIDITY = "filled"  # of cells that restrict what is entered
OTHER_FILE = "file:///other.ods"  # that linked cells take their values from

NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in [
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    ("svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    ("of", "urn:oasis:names:tc:opendocument:xmlns:of:1.2"),
])
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def stored(value):
    """How an office stores a number: the shortest text that gives the same double."""
    return repr(float(value)) if value % 1 else str(int(value))


def shown(value, style):
    if style == "percent":
        return f"{(value * 100).quantize(decimal.Decimal('0.01'))}%"
    return f"{value.quantize(decimal.Decimal('0.01')):,}"


# OpenDocument

def odf_styles():
    out = ['<number:number-style style:name="Namount">',
           '<number:number number:decimal-places="2" number:min-decimal-places="2" '
           'number:min-integer-digits="1" number:grouping="true"/>', '</number:number-style>',
           '<number:percentage-style style:name="Npercent">',
           '<number:number number:decimal-places="2" number:min-decimal-places="2" '
           'number:min-integer-digits="1"/>', '<number:text>%</number:text>',
           '</number:percentage-style>',
           '<number:text-style style:name="Ntext">', '<number:text-content/>',
           '</number:text-style>']
    for number, width in enumerate(COLUMN_WIDTHS):
        out += [f'<style:style style:name="co{number}" style:family="table-column">',
                f'<style:table-column-properties style:column-width="{width}cm"/>',
                '</style:style>']
    for name, (bold, points, side, border, fill, data, font) in STYLES.items():
        data_style = f' style:data-style-name="N{data}"' if data else ""
        line = "0.5pt solid #4A5568" if border else "none"
        fill_style = f' fo:background-color="{fill}"' if fill else ""
        weight = "bold" if bold else "normal"
        out += [f'<style:style style:name="{name}" style:family="table-cell"{data_style}>',
                f'<style:table-cell-properties fo:wrap-option="wrap" fo:border="{line}" '
                f'fo:padding="0.1cm" style:vertical-align="middle"{fill_style}/>',
                f'<style:paragraph-properties fo:text-align="{side}"/>',
                f'<style:text-properties style:font-name="{font}" '
                f'style:font-name-asian="{font}" fo:font-size="{points}pt" '
                f'style:font-size-asian="{points}pt" fo:font-weight="{weight}" '
                f'style:font-weight-asian="{weight}"/>', '</style:style>']
    out += ['<style:style style:name="ta" style:family="table" style:master-page-name="Default">',
            '<style:table-properties table:display="true"/>', '</style:style>']
    return out


def odf_page():
    return ['<style:page-layout style:name="page">',
            '<style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" '
            'style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1" '
            'style:scale-to-Y="0" style:table-centering="horizontal"/>', '</style:page-layout>']


def odf_fonts():
    return ['<office:font-face-decls>'] + [
        f'<style:font-face style:name="{font}" svg:font-family="{font}"/>'
        for font in (FONT, TITLE_FONT)] + ['</office:font-face-decls>']


def odf_value(cell, places):
    """The attributes that give a cell its value, and its paragraphs."""
    value, formula = cell.value, ""
    if cell.linked:
        formula = f" table:formula=\"of:=['{OTHER_FILE}'#$Sheet1.A1]\""
    elif cell.formula:
        formula = ' table:formula="of:={}"'.format("".join(
            f"[.{cell_name(*places[part][1:])}]" if part in places else part
            for part in cell.formula))
    if isinstance(value, decimal.Decimal):
        kind = "percentage" if cell.style == "percent" else "float"
        return (f'{formula} office:value-type="{kind}" office:value="{stored(value)}"',
                [f"<text:p>{shown(value, cell.style)}</text:p>"])
    if not value:
        return "", []
    return (' office:value-type="string"',
            [f"<text:p>{odf_text(line)}</text:p>" for line in value.split("\n")])


def odf_text(line):
    """Escaped text; a run of blanks is an element of its own in this format."""
    out, blanks = "", 0
    for char in line + "\0":
        if char == " ":
            blanks += 1
            continue
        out += " " if blanks == 1 else f'<text:s text:c="{blanks}"/>' if blanks else ""
        out, blanks = out + escape(char if char != "\0" else ""), 0
    return out


def covered_places(cells):
    """The places below a merged cell, each with its style."""
    covered = {}
    for (row, column), cell in cells.items():
        for down in range(cell.rows):
            for right in range(cell.columns):
                if down or right:
                    covered[row + down, column + right] = cell.style
    return covered


def odf_cell(cell, places):
    value, paragraphs = odf_value(cell, places)
    span = ""
    if cell.columns > 1 or cell.rows > 1:
        span = (f' table:number-columns-spanned="{cell.columns}" '
                f'table:number-rows-spanned="{cell.rows}"')
    valid = f' table:content-validation-name="{VALIDITY}"' if cell.valid else ""
    head = f'<table:table-cell table:style-name="{cell.style}"{valid}{span}{value}'
    return [head + ">"] + paragraphs + ["</table:table-cell>"] if paragraphs else [head + "/>"]


def odf_row(sheet, row, covered, places):
    height = sheet.heights.get(row)
    style = f' table:style-name="{row_style(height)}"' if height else ""
    hidden = ' table:visibility="collapse"' if row in sheet.hidden else ""
    out = [f"<table:table-row{style}{hidden}>"]
    last = sheet.first_column + len(COLUMN_WIDTHS)
    for column in range(last):
        cell = sheet.cells.get((row, column))
        if cell:
            out += odf_cell(cell, places)
        elif (row, column) in covered:
            out.append(f'<table:covered-table-cell table:style-name="{covered[row, column]}"/>')
        else:
            out.append("<table:table-cell/>")
    return out + ["</table:table-row>"]


def row_style(height):
    return f"ro{round(height * 100)}"


def odf_row_styles(sheets):
    out = []
    for height in sorted({height for sheet in sheets for height in sheet.heights.values()}):
        out += [f'<style:style style:name="{row_style(height)}" style:family="table-row">',
                f'<style:table-row-properties style:row-height="{height}cm" '
                'style:use-optimal-row-height="false"/>', '</style:style>']
    return out


def odf_sheet(sheet, places):
    out = [f'<table:table table:name={quoteattr(sheet.name)} table:style-name="ta">']
    out += ["<table:table-column/>"] * sheet.first_column
    out += [f'<table:table-column table:style-name="co{n}"/>' for n in range(len(COLUMN_WIDTHS))]
    covered = covered_places(sheet.cells)
    for row in range(sheet.rows):
        out += odf_row(sheet, row, covered, places)
    return out + ["</table:table>"]


def odf_meta(template):
    namespace = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
    return [f'<office:meta xmlns:meta="{namespace}">', f'<meta:user-defined meta:name="{TEMPLATE_PROPERTY}">{template}'
            "</meta:user-defined>", "</office:meta>"]


def odf_validities(sheets):
    if not any(cell.valid for sheet in sheets for cell in sheet.cells.values()):
        return []
    return [f'<table:content-validations><table:content-validation table:name="{VALIDITY}" '
            'table:condition="of:cell-content-text-length()&gt;0"/></table:content-validations>']


def odf_document(root, sheets, places, flat, template=""):
    out = ['<?xml version="1.0" encoding="UTF-8"?>']
    mimetype = f' office:mimetype="{ODS_TYPE}"' if flat else ""
    out.append(f'<{root} {NAMESPACES} office:version="1.3"{mimetype}>')
    out += odf_meta(template) if template else []
    out += odf_fonts()
    out += ["<office:automatic-styles>"] + odf_styles() + odf_row_styles(sheets)
    out += (odf_page() if flat else []) + ["</office:automatic-styles>"]
    if flat:
        out += odf_master()
    out += ["<office:body>", "<office:spreadsheet>"] + odf_validities(sheets)
    for sheet in sheets:
        out += odf_sheet(sheet, places)
    out += ["</office:spreadsheet>", "</office:body>", f"</{root}>", ""]
    return "\n".join(out)


def odf_master():
    return ["<office:master-styles>",
            '<style:master-page style:name="Default" style:page-layout-name="page"/>',
            "</office:master-styles>"]


def odf_page_styles():
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>',
         f'<office:document-styles {NAMESPACES} office:version="1.3">',
         "<office:automatic-styles>"] + odf_page() + ["</office:automatic-styles>"] +
        odf_master() + ["</office:document-styles>", ""])


def write_zip(path, parts, stored_first=False):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (name, data) in enumerate(parts):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            plain = stored_first and number == 0
            info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            package.writestr(info, data.encode("utf-8"))


def write_fods(path, sheets, places, template=""):
    text = odf_document("office:document", sheets, places, True, template)
    path.write_text(text, encoding="utf-8")


def odf_meta_part(template):
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>',
         f'<office:document-meta {NAMESPACES} office:version="1.3">'] +
        odf_meta(template) + ["</office:document-meta>", ""])


def write_ods(path, sheets, places, template=""):
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = [("/", ODS_TYPE), ("content.xml", "text/xml"), ("styles.xml", "text/xml")]
    manifest = "".join(f'<manifest:file-entry manifest:full-path="{name}" '
                       f'manifest:media-type="{kind}"/>' for name, kind in entries)
    meta = [("meta.xml", odf_meta_part(template))] if template else []
    write_zip(path, [
        ("mimetype", ODS_TYPE),
        ("content.xml", odf_document("office:document-content", sheets, places, False)),
        ("styles.xml", odf_page_styles()),
        ("META-INF/manifest.xml", '<?xml version="1.0" encoding="UTF-8"?>'
         f'<manifest:manifest xmlns:manifest="{namespace}" manifest:version="1.3">{manifest}'
         "</manifest:manifest>")] + meta, stored_first=True)


# Office Open XML

SHEET_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_NS = "http://schemas.openxmlformats.org/package/2006"
CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SIDES = {"start": "left", "end": "right", "center": "center"}


def xlsx_styles():
    fonts, fills, cells = [], [], []
    for number, (bold, points, side, border, fill, data, font) in enumerate(STYLES.values()):
        weight = "<b/>" if bold else ""
        fonts.append(f'<font>{weight}<sz val="{points}"/><name val="{font}"/></font>')
        fill_id = 0
        if fill:
            fills.append('<fill><patternFill patternType="solid"><fgColor rgb="FF'
                         f'{fill[1:]}"/></patternFill></fill>')
            fill_id = len(fills) + 1
        cells.append(f'<xf numFmtId="{XLSX_FORMATS[data]}" fontId="{number + 1}" '
                     f'fillId="{fill_id}" borderId="{int(border)}" xfId="0" '
                     'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" '
                     f'applyAlignment="1"><alignment horizontal="{SIDES[side]}" '
                     'vertical="center" wrapText="1"/></xf>')
    line = "".join(f'<{edge} style="thin"><color rgb="FF4A5568"/></{edge}>'
                   for edge in ("left", "right", "top", "bottom"))
    return (f'{HEAD}<styleSheet xmlns="{SHEET_NS}">'
            f'<fonts count="{len(fonts) + 1}"><font><sz val="11"/><name val="{FONT}"/></font>'
            f'{"".join(fonts)}</fonts><fills count="{len(fills) + 2}"><fill><patternFill '
            'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
            f'{"".join(fills)}</fills><borders count="2"><border><left/><right/><top/><bottom/>'
            f'<diagonal/></border><border>{line}<diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            f'</cellStyleXfs><cellXfs count="{len(cells) + 1}"><xf numFmtId="0" fontId="0" '
            f'fillId="0" borderId="0" xfId="0"/>{"".join(cells)}</cellXfs></styleSheet>')


class SharedStrings:
    def __init__(self):
        self.numbers = {}

    def add(self, text):
        return self.numbers.setdefault(text, len(self.numbers))

    def part(self):
        items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>'
                        for text in self.numbers)
        return f'{HEAD}<sst xmlns="{SHEET_NS}" uniqueCount="{len(self.numbers)}">{items}</sst>'


def xlsx_cell(row, column, cell, strings, places):
    style = list(STYLES).index(cell.style) + 1
    head = f'<c r="{cell_name(row, column)}" s="{style}"'
    if isinstance(cell.value, decimal.Decimal):
        formula = ""
        if cell.linked:
            formula = "<f>[1]Sheet1!A1</f>"
        elif cell.formula:
            formula = "<f>{}</f>".format("".join(
                cell_name(*places[part][1:]) if part in places else part for part in cell.formula))
        return f"{head}>{formula}<v>{float(cell.value):.17g}</v></c>"
    if not cell.value:
        return head + "/>"
    return f'{head} t="s"><v>{strings.add(cell.value)}</v></c>'


def xlsx_rows(sheet, strings, places):
    covered = covered_places(sheet.cells)
    styles = list(STYLES)
    out = []
    for row in range(sheet.rows):
        cells = []
        for column in range(sheet.first_column + len(COLUMN_WIDTHS)):
            cell = sheet.cells.get((row, column))
            if cell:
                cells.append(xlsx_cell(row, column, cell, strings, places))
            elif (row, column) in covered:
                style = styles.index(covered[row, column]) + 1
                cells.append(f'<c r="{cell_name(row, column)}" s="{style}"/>')
        height = sheet.heights.get(row)
        attributes = f' ht="{height * 28.35:.1f}" customHeight="1"' if height else ""
        attributes += ' hidden="1"' if row in sheet.hidden else ""
        if cells or height:
            out.append(f'<row r="{row + 1}"{attributes}>{"".join(cells)}</row>')
    return "".join(out)


def xlsx_validities(sheet):
    ranges = [cell_name(*place) for place, cell in sorted(sheet.cells.items()) if cell.valid]
    if not ranges:
        return ""
    return ('<dataValidations count="1"><dataValidation type="textLength" operator="greaterThan" '
            f'sqref="{" ".join(ranges)}"><formula1>0</formula1></dataValidation></dataValidations>')


def xlsx_sheet(sheet, strings, places):
    first = sheet.first_column + 1
    columns = "".join(f'<col min="{first + n}" max="{first + n}" width="{width * 4.6:.2f}" '
                      'customWidth="1"/>' for n, width in enumerate(COLUMN_WIDTHS))
    merges = [f'<mergeCell ref="{cell_name(row, column)}:'
              f'{cell_name(row + cell.rows - 1, column + cell.columns - 1)}"/>'
              for (row, column), cell in sorted(sheet.cells.items())
              if cell.rows > 1 or cell.columns > 1]
    return (f'{HEAD}<worksheet xmlns="{SHEET_NS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<cols>{columns}</cols><sheetData>{xlsx_rows(sheet, strings, places)}</sheetData>'
            f'<mergeCells count="{len(merges)}">{"".join(merges)}</mergeCells>{xlsx_validities(sheet)}'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>')


def xlsx_relations(rows):
    items = "".join(f'<Relationship Id="rId{number}" Type="{REL_NS}/{kind}" Target="{target}"/>'
                    for number, (kind, target) in enumerate(rows, 1))
    return f'{HEAD}<Relationships xmlns="{PACKAGE_NS}/relationships">{items}</Relationships>'


def xlsx_types(count):
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles"),
             ("/xl/sharedStrings.xml", "sharedStrings")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, count + 1)]
    rows = "".join(f'<Override PartName="{name}" ContentType="{base}.{kind}+xml"/>'
                   for name, kind in parts)
    return (f'{HEAD}<Types xmlns="{PACKAGE_NS}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>')


def xlsx_properties(template):
    return (f'{HEAD}<Properties xmlns="{CUSTOM_NS}/custom-properties" '
            f'xmlns:vt="{CUSTOM_NS}/docPropsVTypes"><property pid="2" name="{TEMPLATE_PROPERTY}" '
            'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}">'
            f"<vt:lpwstr>{template}</vt:lpwstr></property></Properties>")


def xlsx_link_parts():
    """The other file that a cell's value is taken from."""
    return [("xl/externalLinks/externalLink1.xml",
             f'{HEAD}<externalLink xmlns="{SHEET_NS}" xmlns:r="{REL_NS}"><externalBook r:id="rId1">'
             '<sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>'),
            ("xl/externalLinks/_rels/externalLink1.xml.rels",
             f'{HEAD}<Relationships xmlns="{PACKAGE_NS}/relationships"><Relationship Id="rId1" '
             f'Type="{REL_NS}/externalLinkPath" Target="{OTHER_FILE}" TargetMode="External"/>'
             "</Relationships>")]


def write_xlsx(path, sheets, places, template=""):
    strings = SharedStrings()
    bodies = [xlsx_sheet(sheet, strings, places) for sheet in sheets]
    names = "".join(f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"/>'
                    for n, sheet in enumerate(sheets, 1))
    relations = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    relations += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    linked = any(cell.linked for sheet in sheets for cell in sheet.cells.values())
    relations += [("externalLink", "externalLinks/externalLink1.xml")] if linked else []
    links = (f'<externalReferences><externalReference r:id="rId{len(relations)}"/>'
             "</externalReferences>" if linked else "")
    roots = [("officeDocument", "xl/workbook.xml")]
    roots += [("custom-properties", "docProps/custom.xml")] if template else []
    parts = [("[Content_Types].xml", xlsx_types(len(sheets))),
             ("_rels/.rels", xlsx_relations(roots)),
             ("xl/workbook.xml", f'{HEAD}<workbook xmlns="{SHEET_NS}" xmlns:r="{REL_NS}">'
              f"<sheets>{names}</sheets>{links}</workbook>"),
             ("xl/_rels/workbook.xml.rels", xlsx_relations(relations)),
             ("xl/styles.xml", xlsx_styles())]
    parts += [(f"xl/worksheets/sheet{n}.xml", body) for n, body in enumerate(bodies, 1)]
    parts += xlsx_link_parts() if linked else []
    parts += [("docProps/custom.xml", xlsx_properties(template))] if template else []
    write_zip(path, parts + [("xl/sharedStrings.xml", strings.part())])


WRITERS = {"fods": write_fods, "ods": write_ods, "xlsx": write_xlsx}
