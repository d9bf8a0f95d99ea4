"""Makes files that nothing can be read from, each broken in one known way."""
import io
import struct
import zipfile

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
SECTOR = 512
END, FREE, FAT_SECTOR, NO_STREAM = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
BOMB_SIZE = 400 << 20  # beyond every limit of the reader, and still quickly made


def zip_of(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts:
            package.writestr(name, data)
    return out.getvalue()


def content(body):
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content '
            f'xmlns:office="{ODF}:office:1.0" xmlns:table="{ODF}:table:1.0" '
            f'xmlns:text="{ODF}:text:1.0"><office:body><office:spreadsheet>{body}'
            '</office:spreadsheet></office:body></office:document-content>')


def ods(data, mimetype=ODS_TYPE, manifest=""):
    head = f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0">'
    return zip_of([("mimetype", mimetype), ("content.xml", data),
                   ("META-INF/manifest.xml", f"{head}{manifest}</manifest:manifest>")])


ONE_CELL = ('<table:table table:name="A"><table:table-row><table:table-cell><text:p>1</text:p>'
            "</table:table-cell></table:table-row></table:table>")


def compound_file(streams):
    """A compound file (the container of .xls, .doc and encrypted workbooks) with empty streams."""
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    header += struct.pack("<I", FREE) * 108
    fat = struct.pack("<II", FAT_SECTOR, END) + struct.pack("<I", FREE) * 126
    entries = [directory_entry("Root Entry", 5, 1)]
    entries += [directory_entry(name, 2, NO_STREAM, number + 2 if number + 1 < len(streams)
                                else NO_STREAM) for number, name in enumerate(streams)]
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    return header[:SECTOR] + fat + directory + bytes(SECTOR * 8)


def directory_entry(name, kind, child, right=NO_STREAM):
    data = (name + "\0").encode("utf-16-le")
    return data.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIQ", len(data), kind, 1, NO_STREAM, right, child, END, 0)


def encrypted_zip(data):
    """The package with the flag of the old zip encryption set for every entry."""
    out = bytearray(data)
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(mark, at + 4)
    return bytes(out)


def lying_bomb():
    """A bomb whose directory says that it is small."""
    data = bytearray(zip_bomb())
    for mark, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.find(mark)
        while at >= 0:
            if struct.unpack_from("<I", data, at + offset)[0] == BOMB_SIZE:
                struct.pack_into("<I", data, at + offset, 1000)
            at = data.find(mark, at + 4)
    return bytes(data)


def zip_bomb():
    return zip_of([("mimetype", ODS_TYPE), ("content.xml", b" " * BOMB_SIZE)])


def encrypted_ods():
    algorithm = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
    return ods(bytes(range(256)) * 8, manifest=(
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" '
        'manifest:size="4000"><manifest:encryption-data manifest:checksum-type="SHA256-1K" '
        f'manifest:checksum="AAAA"><manifest:algorithm manifest:algorithm-name="{algorithm}" '
        'manifest:initialisation-vector="AAAA"/></manifest:encryption-data>'
        "</manifest:file-entry>"))


def docx():
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return zip_of([("[Content_Types].xml", f'<Types xmlns="{space}"><Override PartName='
                    f'"/word/document.xml" ContentType="{kind}"/></Types>'),
                   ("word/document.xml", "<document/>")])


def half(data):
    return data[:len(data) // 2]


def deep_xml():
    return ods(content("<table:table>" * 5000))


def make_samples(good):
    """Returns {file name: (bytes, words of the message in Chinese, in English)}; `good` is the
    content of a right .xlsx."""
    damaged = "损坏|不完整|无效|不是|错误", "damaged|broken|incomplete|truncated|not |no \\.xlsx|invalid"
    password = "密码|加密", "password|encrypt"
    too_large = "超过|过大|太大|上限|限制", "limit|too large|more than|exceed"
    old = "另存|转换", "[Ss]ave"
    letter = content("").replace("office:spreadsheet", "office:text")
    not_utf8 = content(ONE_CELL).encode().replace(b">1<", b">\xff\xfe<")
    doctype = content(ONE_CELL).replace("?><", '?><!DOCTYPE x [<!ENTITY e "x">]><', 1)
    return {
        "截断 truncated.xlsx": (half(good), *damaged),
        "encrypted-zip.xlsx": (encrypted_zip(good), *password),
        "password.xlsx": (compound_file(["EncryptionInfo", "EncryptedPackage"]), *password),
        "password.ods": (encrypted_ods(), *password),
        "bomb.ods": (zip_bomb(), *too_large),
        "lying-bomb.ods": (lying_bomb(), *damaged),
        "old.xls": (compound_file(["Workbook"]), *old),
        "letter.doc": (compound_file(["WordDocument"]), "不是|另存|转换", "not |[Ss]ave"),
        "letter.docx": (docx(), *damaged),
        "letter.ods": (ods(letter, "application/vnd.oasis.opendocument.text"), *damaged),
        "unbalanced.ods": (ods(content("<table:table>")), *damaged),
        "no-xml.ods": (ods("{}"), *damaged),
        "deep.ods": (deep_xml(), "嵌套", "nested"),
        "not-utf8.ods": (ods(not_utf8), "不是有效文字", "not valid text"),
        "doctype.ods": (ods(doctype), "DOCTYPE", "DOCTYPE"),
        "empty.xlsx": (b"", "空", "empty"),
        "text.xlsx": ("这不是工作簿。\n".encode(), *damaged),
        "picture.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(64), *damaged),
        "other-form.ods": (ods(content(ONE_CELL)), "表", "form"),
        "no-cells.ods": (ods(content("")), "表|空", "form|sheet|empty"),
    }
