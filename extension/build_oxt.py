#!/usr/bin/env python3
"""Packs the .oxt: this folder as it is, with @VERSION@ and @PLATFORM@ filled in, and beside it what
command_table.py makes of commands.json, the component, its types, the form definitions, the blank
forms as templates, the help, the licence, and those libraries that the component
needs and LibreOffice does not bring along. The same input gives the same bytes.
"""
import argparse
import pathlib
import re
import subprocess
import zipfile
from xml.sax.saxutils import escape as xml_escape

from command_dialogs import make_choice, make_panel
from command_table import make_registry, read_table
from help_pages import make_help

FOLDERS = ("META-INF", "blank", "description", "dialogs", "icons", "registry", "schema")
FILES = ("description.xml", "tianbao.components")
UPDATE_FEED = "tianbao.update.xml"  # what stands at the update's address beside the .oxt
BLANK_FOLDER = "blank/tianbao"  # the office reads names in ASCII only
FILLED_IN = (".xml", ".components")

# Where the office looks for updates.
UPDATE = """  <update-information>
    <src xlink:href="{url}/tianbao.update.xml"/>
  </update-information>
"""

# What LibreOffice itself links: never carried along.
FROM_OFFICE = re.compile(r"lib(c|m|pthread|dl|gcc_s|uno_cppu|uno_sal)\.so")


def needed(library):
    dynamic = subprocess.run(["readelf", "-d", library], check=True, capture_output=True, text=True)
    names = re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic.stdout)
    return [name for name in names if not FROM_OFFICE.match(name)]


def find_library(compiler, name):
    found = subprocess.run([*compiler, f"-print-file-name={name}"], check=True,
                           capture_output=True, text=True).stdout.strip()
    return pathlib.Path(found)


def escape(text):
    """The office reads .properties as Latin-1 with \\u escapes."""
    units = text.encode("utf-16-be")
    codes = (int.from_bytes(units[i:i + 2], "big") for i in range(0, len(units), 2))
    return "".join(chr(code) if code < 0x80 else f"\\u{code:04x}" for code in codes)


def read_source(path, values):
    data = path.read_bytes()
    if path.suffix == ".properties":
        return escape(data.decode("utf-8")).encode("ascii")
    if path.suffix in FILLED_IN:
        text = data.decode("utf-8")
        for name, value in values.items():
            text = text.replace(f"@{name}@", value)
        return text.encode("utf-8")
    return data


def values_to_fill_in(arguments):
    url = xml_escape(arguments.update_url)
    return {"VERSION": arguments.version, "PLATFORM": arguments.platform, "UPDATE_URL": url,
            "UPDATE": UPDATE.format(url=url) if url else ""}


def make_from_tables(table, templates):
    """What commands.json and the definitions say: {name in the package: bytes}."""
    made = make_registry(table) | make_panel(table) | make_choice(templates.glob("*/form.json"))
    return {name: escape(data.decode("utf-8")).encode("ascii") if name.endswith(".properties") else data
            for name, data in made.items()}


def collect(arguments):
    """Returns {name in the package: bytes}."""
    source = pathlib.Path(__file__).parent
    values = values_to_fill_in(arguments)
    paths = [source / name for name in FILES]
    for folder in FOLDERS:
        paths += (path for path in (source / folder).iterdir() if path.is_file())
    entries = {str(path.relative_to(source)): read_source(path, values) for path in paths}
    table = read_table(source / "commands.json")
    entries |= make_from_tables(table, arguments.templates)
    entries |= make_help(source / "help", table["commands"], entries["registry/CalcAddIns.xcu"],
                         arguments.reference.read_text("utf-8"))
    entries["tianbao.rdb"] = arguments.types.read_bytes()
    entries["registration/LICENSE.txt"] = arguments.license.read_bytes()
    library = f"lib/{arguments.platform}"
    entries[f"{library}/tianbao.so"] = arguments.component.read_bytes()
    for name in needed(arguments.component):
        entries[f"{library}/{name}"] = find_library(arguments.compiler, name).read_bytes()
    for definition in arguments.templates.glob("*/form.json"):
        entries[f"templates/{definition.parent.name}/form.json"] = definition.read_bytes()
    for blank in arguments.blank:
        entries[f"{BLANK_FOLDER}/{blank.parent.name}.ots"] = blank.read_bytes()
    return entries


def write_package(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(entries):
            package.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), entries[name],
                             zipfile.ZIP_DEFLATED)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("component", "types", "templates", "reference", "license", "output"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    for name in ("version", "platform"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("compiler", nargs="+")
    parser.add_argument("--blank", type=pathlib.Path, action="append", default=[])
    parser.add_argument("--update-url", default="")
    arguments = parser.parse_args()
    write_package(arguments.output, collect(arguments))
    if arguments.update_url:
        feed = pathlib.Path(__file__).with_name(UPDATE_FEED)
        arguments.output.with_name(UPDATE_FEED).write_bytes(read_source(feed, values_to_fill_in(arguments)))


if __name__ == "__main__":
    main()
