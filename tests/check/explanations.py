"""The sheet of explanations for tests: its rows, and the code of a finding made anew from what
src/rule/explanation_code.h says, so that the two can be compared."""
import decimal
import hashlib
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "forms"))
from layout import Cell, Sheet  # noqa: E402

HEADINGS = {"zh": ["规则", "单元格", "所说明的值", "理由", "说明人", "日期", "校验码"],
            "en": ["Rule", "Cell", "Value explained", "Reason", "By", "Date", "Check code"]}
SHEETS = {"zh": "校验说明", "en": "Explanations"}


def grid(name, rows, first_row=0):
    """A sheet of plain cells: texts and decimals."""
    cells = {(first_row + r, c): Cell(value, "amount" if isinstance(value, decimal.Decimal) else "text")
             for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None}
    return Sheet(name, cells, {}, rows=first_row + len(rows))


def sheet(rows, language="zh", name=None, first_row=0):
    return grid(name or SHEETS[language], [HEADINGS[language], *rows], first_row)


def piece(text):
    data = text.encode()
    return b"%d:" % len(data) + data


def half(data):
    return hashlib.sha256(data).hexdigest()[:32]


def identity(rule, *records, each=""):
    """`records` are (scope, name, namesakes before it), the outermost first."""
    return half(piece(rule) + piece(each) + b"".join(
        piece(scope) + piece(name) + b"%d" % before for scope, name, before in records))


def reads(*items):
    """Each is ("N", "12.5"), ("T", "≥90%"), "B", "M" …"""
    return half(b"".join(item.encode() if isinstance(item, str)
                         else item[0].encode() + piece(item[1]) for item in items))


def code(identity_half, reads_half):
    return f"1-{identity_half}-{reads_half}"
