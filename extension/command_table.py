#!/usr/bin/env python3
"""Makes from commands.json, where every command stands once, what the office wants to know of it
(menu, toolbar, ribbon, images, labels, shortcuts), and what the component does.

A command has `id` (its URL is org.tianbao:<id>), `group`, `icon` and `help` (an anchor of the help
page commands), `label` (short, for buttons), `menu` (with its mnemonic after ~), `tooltip`, and may
have `shortcut` (a node name of Accelerators.xcu) and `where` (all of WHERE unless told). The order in
the file is the order that users see. build_oxt.py takes make_registry(); meson runs this for C.
"""
import argparse
import json
import pathlib
import re
from xml.sax.saxutils import escape, quoteattr

SCHEME = "org.tianbao"
LANGUAGES = ("zh-CN", "en-US")  # in the order of enum tb_language
WHERE = ("menu", "toolbar", "ribbon", "panel")
NEEDED = {"id", "group", "icon", "help", "label", "menu", "tooltip"}
OPTIONAL = {"shortcut", "where"}
TITLE = {"zh-CN": "填报(~B)", "en-US": "Tian~bao"}
SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
NAMESPACES = ('xmlns:oor="http://openoffice.org/2001/registry" '
              'xmlns:xs="http://www.w3.org/2001/XMLSchema"')


# ---- reading

def mnemonic(command, language):
    found = re.findall("~(.)", command["menu"][language])
    return found[0].upper() if len(found) == 1 else None


def complain_about(command, groups):
    """What is wrong with one command, or None."""
    if not NEEDED <= command.keys() <= NEEDED | OPTIONAL:
        return f"has not exactly {sorted(NEEDED)}, perhaps {sorted(OPTIONAL)}"
    if not re.fullmatch("[a-z]+(-[a-z]+)*", command["id"]) or command["group"] not in groups:
        return "an id in small letters and a group that is there are needed"
    if not set(command.get("where", WHERE)) <= set(WHERE):
        return f"where is some of {WHERE}"
    for member in ("label", "menu", "tooltip"):
        if set(command[member]) != set(LANGUAGES) or not all(command[member].values()):
            return f"{member} needs a text in each language"
    if None in (mnemonic(command, language) for language in LANGUAGES):
        return "menu needs one mnemonic in each language"
    return None


def check_unique(commands):
    taken = {}
    for command in commands:
        claims = [("id", command["id"]), ("shortcut", command.get("shortcut"))]
        claims += [(language, mnemonic(command, language)) for language in LANGUAGES]
        for claim in claims:
            if claim[1] is not None and taken.setdefault(claim, command["id"]) != command["id"]:
                raise ValueError(f"{command['id']}: {claim} is taken by {taken[claim]}")


def read_table(path):
    """The groups and commands, each command with its url and where it is shown."""
    table = json.loads(path.read_text(encoding="utf-8"))
    groups = [group["id"] for group in table["groups"]]
    for command in table["commands"]:
        complaint = complain_about(command, groups)
        if complaint:
            raise ValueError(f"{path}: {command.get('id', command)}: {complaint}")
        command["url"] = f"{SCHEME}:{command['id']}"
        command.setdefault("where", list(WHERE))
    table["commands"].sort(key=lambda command: groups.index(command["group"]))
    check_unique(table["commands"])
    return table


# ---- for the office

def prop(name, value, type_="xs:string"):
    """A property: one value for all languages, or one each."""
    if isinstance(value, dict):
        values = "".join(f"<value xml:lang={quoteattr(language)}>{escape(text)}</value>"
                         for language, text in sorted(value.items()))
    else:
        values = f"<value>{escape(value)}</value>"
    return f"<prop oor:name={quoteattr(name)} oor:type={quoteattr(type_)}>{values}</prop>"


def node(name, *contents, new=False):
    operation = ' oor:op="replace"' if new else ""
    return f"<node oor:name={quoteattr(name)}{operation}>\n{''.join(contents)}</node>\n"


def data(package, name, *contents):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<oor:component-data {NAMESPACES} oor:name="{name}" oor:package="{package}">\n'
            f"{''.join(contents)}</oor:component-data>\n").encode("utf-8")


def shown(table, where):
    return [command for command in table["commands"] if where in command["where"]]


def items(commands, words, separators=False, **more):
    """The entries of a menu or bar; the office orders them by their names."""
    entries = []
    for i, command in enumerate(commands):
        name = f"m{i + 1:02}0"
        if separators and i > 0 and commands[i - 1]["group"] != command["group"]:
            entries.append(node(f"m{i:02}5", prop("URL", "private:separator"), new=True))
        entries.append(node(name, prop("URL", command["url"]), prop("Title", command[words]),
                            prop("Context", SPREADSHEET), prop("Target", "_self"),
                            *(prop(key, value) for key, value in more.items()), new=True))
    return "".join(entries)


def make_images(commands):
    entries = []
    for command in commands:
        url = f"%origin%/../icons/{command['icon']}.svg"
        images = node("UserDefinedImages", prop("ImageSmallURL", url), prop("ImageBigURL", url))
        entries.append(node(command["url"].replace(":", "."), prop("URL", command["url"]), images,
                            new=True))
    return "".join(entries)


def make_addons(table):
    menu = node(f"{SCHEME}.menu", prop("Title", TITLE), prop("Context", SPREADSHEET),
                node("Submenu", items(shown(table, "menu"), "menu", separators=True)), new=True)
    toolbar = node(f"{SCHEME}.toolbar", items(shown(table, "toolbar"), "label", separators=True),
                   new=True)
    ribbon = node(f"{SCHEME}.ribbon", items(shown(table, "ribbon"), "label", Style="Text"),
                  new=True)
    return data("org.openoffice.Office", "Addons", node(
        "AddonUI", node("OfficeMenuBar", menu), node("OfficeToolBar", toolbar),
        node("OfficeNotebookBar", ribbon), node("Images", make_images(table["commands"]))))


def make_commands(table):
    entries = (node(command["url"], prop("Label", command["label"]),
                    prop("ContextLabel", command["menu"]),
                    prop("TooltipLabel", command["tooltip"]), new=True)
               for command in table["commands"])
    return data("org.openoffice.Office.UI", "CalcCommands",
                node("UserInterface", node("Commands", *entries)))


def make_accelerators(table):
    keys = (node(command["shortcut"], prop("Command", dict.fromkeys(LANGUAGES, command["url"])),
                 new=True)
            for command in table["commands"] if "shortcut" in command)
    return data("org.openoffice.Office", "Accelerators",
                node("PrimaryKeys", node("Modules", node(SPREADSHEET, *keys))))


def make_registry(table):
    """{name in the package: bytes}."""
    return {"registry/Addons.xcu": make_addons(table),
            "registry/CalcCommands.xcu": make_commands(table),
            "registry/Accelerators.xcu": make_accelerators(table)}


# ---- for the component

def c_name(identifier):
    return identifier.upper().replace("-", "_")


def c_texts(texts):
    return "{" + ", ".join(json.dumps(texts[language], ensure_ascii=False)
                           for language in LANGUAGES) + "}"


def button_label(command):
    """The short label with the menu's mnemonic: 校验(~C), ~Check."""
    labels = {}
    for language in LANGUAGES:
        label, key = command["label"][language], mnemonic(command, language)
        at = label.upper().find(key)
        labels[language] = f"{label[:at]}~{label[at:]}" if at >= 0 else f"{label}(~{key})"
    return labels


def make_header(table):
    commands = "".join(f"    TB_COMMAND_{c_name(command['id'])},\n" for command in table["commands"])
    groups = "".join(f"    TB_GROUP_{c_name(group['id'])},\n" for group in table["groups"])
    return ("/* Made by extension/command_table.py. */\n"
            "#ifndef TB_COMMANDS_GEN_H\n#define TB_COMMANDS_GEN_H\n\n"
            f"typedef enum tb_command {{\n{commands}    TB_COMMAND_COUNT\n}} tb_command;\n\n"
            f"typedef enum tb_group {{\n{groups}    TB_GROUP_COUNT\n}} tb_group;\n\n#endif\n")


def make_source(table):
    captions = "".join(f"    {c_texts(group['caption'])},\n" for group in table["groups"])
    rows = "".join(
        f'    {{"{command["url"]}", "icons/{command["icon"]}.svg", '
        f"TB_GROUP_{c_name(command['group'])},\n     {c_texts(button_label(command))},\n"
        f"     {c_texts(command['tooltip'])},\n     {str('panel' in command['where']).lower()}}},\n"
        for command in table["commands"])
    return ('/* Made by extension/command_table.py. */\n#include "calc/command_table.h"\n\n'
            f"const char *const tb_group_captions[TB_GROUP_COUNT][TB_LANGUAGE_COUNT] = {{\n{captions}}};\n\n"
            f"const tb_command_entry tb_command_entries[TB_COMMAND_COUNT] = {{\n{rows}}};\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("table", "header", "source"):
        parser.add_argument(name, type=pathlib.Path)
    arguments = parser.parse_args()
    table = read_table(arguments.table)
    arguments.header.write_text(make_header(table), encoding="utf-8")
    arguments.source.write_text(make_source(table), encoding="utf-8")


if __name__ == "__main__":
    main()
