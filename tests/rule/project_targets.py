"""The 项目支出绩效目标表 that cases change: the one that is shipped as an example."""
import re

import project_form

NAME = "project-goals"
RESTRICTED = re.compile("phone|fiscal|other")  # cells of the template that restrict what is entered


def right_form():
    return project_form.good()


def drop(form, key):
    """Takes out an indicator: indicator.3"""
    del form["indicators"][int(key.split(".")[1])]


def add(form, _, texts):
    """Adds an indicator (second level, name, value, weight); returns the end of its keys."""
    form["indicators"].append(tuple(texts))
    return str(len(form["indicators"]) - 1)


def lay_out(form, _=None):
    """Returns (sheets, {key: (sheet, row, column)})."""
    sheet, names = project_form.sheet_of(form)
    places = {}
    for key, name in names.items():
        letters, digits = re.fullmatch("([A-Z]+)([0-9]+)", name).groups()
        places[key] = (sheet.name, int(digits) - 1, ord(letters) - ord("A"))
    return [sheet], places
