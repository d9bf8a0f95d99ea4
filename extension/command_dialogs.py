"""The dialogs that are made of tables: the ribbon-style panel of commands.json, and the choice of a
blank form among the definitions. build_oxt.py packs them; src/calc/panel and src/calc/filling run them.
"""
import json
from itertools import groupby
from xml.sax.saxutils import quoteattr

from command_table import LANGUAGES, button_label, shown

HEAD = ('<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE dlg:window PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "dialog.dtd">\n')
NAMESPACES = {"xmlns:dlg": "http://openoffice.org/2000/dialog",
              "xmlns:script": "http://openoffice.org/2000/script"}
# In the dialog's units, a quarter of a letter wide and an eighth high.
MARGIN, BUTTON_WIDTH, BUTTON_HEIGHT, CAPTION_HEIGHT, GROUP_GAP, ROWS = 4, 43, 38, 10, 8, 2
CHOICE_WIDTH, CHOICE_HEIGHT = 180, 18
PANEL_TITLE = {"zh-CN": "填报工具", "en-US": "Tianbao Tools"}
CHOICE_TEXTS = {"title": {"zh-CN": "新建空白表", "en-US": "New Form"},
                "cancel": {"zh-CN": "取消(~C)", "en-US": "~Cancel"}}


class Dialog:
    """An .xdl file in the making: its controls, and its texts by key and language."""

    def __init__(self, name, title):
        self.name, self.texts, self.controls = name, {"title": title}, []

    def add(self, kind, identifier, place, text=None, event=None, **attributes):
        left, top, width, height = place
        values = {"id": identifier, "tab-index": len(self.controls), "left": left, "top": top,
                  "width": width, "height": height, **attributes}
        if text is not None:
            values["value"] = self.keep(identifier, text)
        inner = (f'<script:event script:event-name="on-performaction" script:macro-name='
                 f'"vnd.sun.star.UNO:{event}" script:language="UNO"/>' if event else "")
        written = "".join(f" dlg:{key.replace('_', '-')}={quoteattr(str(value))}"
                          for key, value in values.items())
        self.controls.append(f"<dlg:{kind}{written}>{inner}</dlg:{kind}>\n")

    def keep(self, identifier, text):
        key = identifier.replace("-", "_")
        self.texts[key] = text
        return f"&{key}"

    def write(self, width, height):
        """{name in the package: bytes}."""
        names = "".join(f' {name}="{url}"' for name, url in NAMESPACES.items())
        xdl = (f'{HEAD}<dlg:window{names} dlg:id="{self.name}" dlg:left="60" dlg:top="40" '
               f'dlg:width="{width}" dlg:height="{height}" dlg:closeable="true" '
               f'dlg:moveable="true" dlg:title="&amp;title">\n<dlg:bulletinboard>\n'
               f"{''.join(self.controls)}</dlg:bulletinboard>\n</dlg:window>\n")
        files = {f"dialogs/{self.name}.xdl": xdl.encode("utf-8"),
                 f"dialogs/{self.name}_en_US.default": b""}
        for language in LANGUAGES:
            lines = "".join(f"{key}={text[language]}\n" for key, text in self.texts.items())
            name = f"dialogs/{self.name}_{language.replace('-', '_')}.properties"
            files[name] = lines.encode("utf-8")
        return files


def add_group(dialog, commands, caption, left):
    """A group's buttons, in rows, and its caption beneath; returns how wide it is."""
    columns = -(-len(commands) // ROWS)
    for i, command in enumerate(commands):
        row, column = divmod(i, columns)
        place = (left + column * BUTTON_WIDTH, MARGIN + row * BUTTON_HEIGHT,
                 BUTTON_WIDTH, BUTTON_HEIGHT)
        tip = dialog.keep(f"{command['id']}_tip", command["tooltip"])
        dialog.add("button", command["id"], place, button_label(command), event=command["id"],
                   image_position="top-center", help_text=tip)
    width = columns * BUTTON_WIDTH
    dialog.add("text", f"{commands[0]['group']}_group",
               (left, MARGIN + ROWS * BUTTON_HEIGHT + 1, width, CAPTION_HEIGHT), caption,
               align="center")
    return width


def make_panel(table):
    """The commands by groups, side by side as on a ribbon; a group without commands is not there."""
    dialog = Dialog("Ribbon", PANEL_TITLE)
    captions = {group["id"]: group["caption"] for group in table["groups"]}
    height = 2 * MARGIN + ROWS * BUTTON_HEIGHT + CAPTION_HEIGHT
    right = MARGIN
    for group, commands in groupby(shown(table, "panel"), lambda command: command["group"]):
        if right > MARGIN:
            dialog.add("fixedline", f"{group}_line", (right, MARGIN, GROUP_GAP, height - 2 * MARGIN),
                       align="vertical")
            right += GROUP_GAP
        right += add_group(dialog, list(commands), captions[group], right)
    return dialog.write(right + MARGIN, height)


def make_choice(definitions):
    """A button for each blank form, by the definitions' paths."""
    dialog = Dialog("New", CHOICE_TEXTS["title"])
    top = MARGIN
    for number, path in enumerate(sorted(definitions), 1):
        title = json.loads(path.read_text(encoding="utf-8"))["title"]
        label = {language: f"{title[language[:2]]} (~{number})" for language in LANGUAGES}
        dialog.add("button", path.parent.name, (MARGIN, top, CHOICE_WIDTH, CHOICE_HEIGHT), label,
                   event=path.parent.name)
        top += CHOICE_HEIGHT + 2
    dialog.add("button", "cancel", (MARGIN + CHOICE_WIDTH - 60, top + 4, 60, 14),
               CHOICE_TEXTS["cancel"], button_type="cancel")
    return dialog.write(CHOICE_WIDTH + 2 * MARGIN, top + 4 + 14 + MARGIN)
