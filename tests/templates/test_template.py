#!/usr/bin/env python3
"""The blank form in real offices: one without the extension, where it has to add up by itself, and
one with it, where goals and rows are added by commands. What is filled in passes through .xlsx and
back and is checked alike.

  test_template.py SOURCE_ROOT OXT TIANBAO
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

if shutil.which("soffice") is None:
    sys.exit(77)
SOURCE, OXT, TIANBAO = sys.argv[1:4]
del sys.argv[1:4]
sys.path.insert(0, str(pathlib.Path(SOURCE, "extension")))

from declaration import GOALS, MISTAKES, PROJECTS, Declaration, end_of_used, merged_with
from office import Office, install, properties, wait_for

FILTERS = {"ods": "calc8", "xlsx": "Calc MS Excel 2007 XML"}
# Missing entries are all that a rule may find in what was only added.
MISSING = {"R8.present", "R9.output", "R9.benefit", "R9.satisfaction"}


def run(*arguments):
    return subprocess.run([TIANBAO, "--lang", "zh", *map(str, arguments)], capture_output=True,
                          env={**os.environ, "XDG_DATA_HOME": "/nowhere"}, text=True, check=False)


def check(path):
    return json.loads(run("check", "--format", "json", path).stdout)


def placed(result):
    return sorted((finding["rule"], finding["cell"]) for finding in result["findings"])


class InOffice(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.profile = cls.folder / "profile"
        cls.prepare_profile()
        cls.office = cls.enterClassContext(Office(cls.profile))

    @classmethod
    def prepare_profile(cls):
        pass

    def open(self, path, **values):
        document = self.office.open(path, **values)
        self.addCleanup(document.close, True)
        return document

    def save(self, document, name):
        path = self.folder / name
        document.storeToURL(path.as_uri(),
                            properties(FilterName=FILTERS[path.suffix[1:]], Overwrite=True))
        return path

    def through_xlsx(self, document):
        """The document saved as .ods, as .xlsx, and as .ods again out of that."""
        paths = [self.save(document, "filled.ods"), self.save(document, "filled.xlsx")]
        again = self.office.open(paths[1])
        paths.append(self.save(again, "again.ods"))
        again.close(True)
        return paths

    def assert_clean(self, path):
        result = check(path)
        self.assertEqual((result["status"], placed(result)), ("pass", []), path.name)


class WithoutExtension(InOffice):
    def blank(self):
        path = self.folder / "blank.ods"
        done = run("new", "department-goals", "-o", path, "--force")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return Declaration(self.open(path))

    def filled(self):
        form = self.blank()
        form.fill_general()
        form.fill_projects([*PROJECTS[:2], ("农产品检测和档案整理", "常年性项目", 250, 250, "检测试剂")])
        form.fill_goal(1, GOALS[0][0], [row for row in GOALS[0][1] if "道路" not in row[1]])
        return form

    def test_sums_shares_and_balance_follow(self):
        form = self.filled()
        texts = {"F6": "2024年", "H6": "2025年", "D9": "1,500.50", "D11": "1,000.00", "E7": "80.01%",
                 "E8": "19.99%", "E9": "100.00%", "E10": "33.36%", "F12": "1,350.00", "J16": "√",
                 "B20": "目标1：" + GOALS[0][0], "E20": "目标1：" + GOALS[0][0]}
        for name, text in texts.items():
            self.assertEqual(form.cell(name).String, text, name)
        self.assertIn("√", form.cell("J7").String)
        form.type("D7", 1210.5)
        self.assertIn("10.00", form.cell("J7").String)
        self.assertTrue(form.cell("J7").String.startswith("×"))
        form.type("E16", 1201)
        self.assertTrue(form.cell("J16").String.startswith("×"))

    def test_what_is_wrong_stands_out(self):
        """The check column's style is there, also where rows were moved through .xlsx."""
        for path in self.through_xlsx(self.blank().document):
            document = self.open(path)
            form, = document.Sheets[0].ConditionalFormats.getConditionalFormats()
            styles = document.StyleFamilies.getByName("CellStyles")
            style = styles.getByName(form.getByIndex(0).StyleName)
            self.assertEqual(style.CharColor, 0xB3261E, path.name)
            self.assertEqual(form.Range.RangeAddressesAsString, "申报表.J7:J18")

    def test_a_sum_typed_over_is_noticed(self):
        form = self.filled()
        form.sheet.unprotect("")
        form.type("D9", 1500.5)
        for path in self.through_xlsx(form.document):
            self.assertEqual(placed(check(path)), [("R27.formula", "D9")], path.name)

    def test_an_empty_form_shows_no_numbers(self):
        form = self.blank()
        for name in ("D9", "D11", "D12", "E7", "E12", "F9", "H12", "J7", "J16"):
            self.assertEqual((form.cell(name).String, form.cell(name).getError()), ("", 0), name)

    def test_locked_are_the_labels_and_the_formulas(self):
        form = self.blank()
        self.assertTrue(form.sheet.isProtected())
        end, open_cells = end_of_used(form.sheet), 0
        for row in range(end.EndRow + 1):
            for column in range(end.EndColumn + 1):
                cell = form.sheet.getCellByPosition(column, row)
                is_input = cell.CellStyle.startswith(("填报 填写", "填报 日期"))
                self.assertEqual(cell.CellProtection.IsLocked, not is_input, cell.AbsoluteName)
                self.assertFalse(is_input and cell.Type.value == "FORMULA", cell.AbsoluteName)
                self.assertFalse(cell.Validation.InputMessage and not is_input, cell.AbsoluteName)
                open_cells += is_input
        self.assertGreater(open_cells, 80)
        form.sheet.unprotect("")
        self.assertFalse(form.sheet.isProtected())

    def test_lists_and_hints_outlive_xlsx(self):
        for path in self.through_xlsx(self.blank().document):
            form = Declaration(self.open(path))
            for name, code in (("C16", "延续性项目"), ("C24", "时效指标"), ("C28", "生态效益指标"),
                               ("A24", "满意度指标")):
                rule = form.cell(name).Validation
                self.assertEqual(rule.Type.value, "LIST", (path.name, name))
                self.assertIn(code, rule.getFormula1(), (path.name, name))
            self.assertIn("≥98%", form.cell("E24").Validation.InputMessage)
            self.assertTrue(form.sheet.isProtected(), path.name)
            self.assertFalse(form.cell("D24").CellProtection.IsLocked, path.name)

    def test_prints_on_a4(self):
        document = self.filled().document
        style = document.StyleFamilies.getByName("PageStyles").getByName(
            document.Sheets[0].PageStyle)
        self.assertEqual((round(style.Width, -1), round(style.Height, -1)), (21000, 29700))
        self.assertEqual((style.ScaleToPagesX, style.ScaleToPagesY), (1, 0))
        self.assertEqual(document.getRendererCount(document, ()), 3)

    def test_filled_in_rightly_it_passes_in_every_format(self):
        for path in self.through_xlsx(self.filled().document):
            self.assert_clean(path)

    def test_mistakes_are_found_alike_in_every_format(self):
        for name, value, rule, where in MISTAKES:
            form = self.filled()
            form.type(name, value)
            found = [placed(check(path)) for path in self.through_xlsx(form.document)]
            self.assertIn((rule, where), found[0], name)
            self.assertEqual(found, [found[0]] * 3, name)

    def test_it_says_which_form_it_is_also_after_xlsx(self):
        for path in self.through_xlsx(self.filled().document):
            values = self.open(path).DocumentProperties.UserDefinedProperties
            self.assertEqual(values.getPropertyValue("tianbao.form"), "department-goals")


class WithExtension(InOffice):
    @classmethod
    def prepare_profile(cls):
        with Office(cls.profile) as office:
            install(office, OXT)

    def template(self, name="department-goals"):
        provider = self.office.context.getValueByName(
            "/singletons/com.sun.star.deployment.PackageInformationProvider")
        folder = provider.getPackageLocation("org.tianbao.calc")
        return self.open(f"{folder}/blank/tianbao/{name}.ots")

    def command(self, document, cell, command, sheet=None):
        """Runs it with the cursor in that cell and waits for its step to be there."""
        sheet = document.Sheets[0] if sheet is None else sheet
        document.UndoManager.clear()
        document.CurrentController.select(sheet.getCellRangeByName(cell))
        self.office.dispatch(document, "org.tianbao:" + command)
        wait_for(document.UndoManager.isUndoPossible)
        self.assertEqual(len(document.UndoManager.getAllUndoActionTitles()), 1)

    def picture(self, document):
        """Everything that a step must bring back."""
        sheet = document.Sheets[0]
        end = end_of_used(sheet)
        area = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        cells = [sheet.getCellByPosition(column, row) for row in range(end.EndRow + 1)
                 for column in range(end.EndColumn + 1)]
        return (area.getFormulaArray(), sheet.isProtected(),
                [(cell.CellStyle, cell.IsMerged, cell.CellProtection.IsLocked,
                  cell.Validation.InputMessage) for cell in cells],
                [sheet.Rows[row].Height for row in range(end.EndRow + 1)])

    def test_the_templates_are_filed(self):
        self.office.service("com.sun.star.frame.DocumentTemplates").update()
        provider = self.office.service("com.sun.star.configuration.ConfigurationProvider")
        root = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess",
            properties(nodepath="/org.openoffice.ucb.Hierarchy/Root"))

        def titles(node):
            children = [node.Children.getByName(name) for name in node.Children.ElementNames]
            found = {node.Title: {child.Title for child in children}}
            for child in children:
                found.update(titles(child))
            return found

        found = {}
        for name in root.ElementNames:
            found.update(titles(root.getByName(name)))
        self.assertEqual(found.get("填报"), {"部门整体绩效目标申报表", "项目支出绩效目标表"})

    def test_a_template_opens_as_a_new_document(self):
        document = self.template()
        self.assertEqual(document.URL, "")
        self.assertFalse(document.isReadonly())

    def full(self):
        form = Declaration(self.template())
        self.fill(form)
        return form

    def fill(self, form):
        """A form that needs a fourth project, one more indicator each and a second goal."""
        document = form.document
        form.fill_general()
        self.command(document, "D18", "add-row")
        form.fill_projects(PROJECTS)
        for name in ("长期", "年度"):
            self.command(document, f"D{form.indicator_row(name + '目标1', '数量指标')}", "add-row")
        form.fill_goal(1, *GOALS[0])
        for name in ("长期", "年度"):
            self.command(document, f"C{form.find_row('A', name + '目标1：')}", "add-goal")
        form.fill_goal(2, *GOALS[1])

    def test_what_was_added_to_is_right(self):
        form = self.full()
        self.assertTrue(form.sheet.isProtected())
        self.assertEqual(form.cell("D11").Value, 1000)
        self.assertEqual(form.cell("B21").String, f"目标1：{GOALS[0][0]}\n目标2：{GOALS[1][0]}")
        for path in self.through_xlsx(form.document):
            self.assert_clean(path)
        area = form.sheet.getPrintAreas()[0]
        last = form.find_row("A", "注：")
        self.assertEqual(area.EndRow + 1, last)

    def test_every_step_is_taken_back_and_done_again(self):
        document = self.template()
        for cell, command in (("D24", "add-row"), ("D27", "add-row"), ("D32", "add-row"),
                              ("B16", "add-row"), ("B18", "add-row"), ("C21", "add-goal"),
                              ("C33", "add-goal"), ("D40", "add-row"), ("A1", "add-goal")):
            with self.subTest(cell=cell, command=command):
                before = self.picture(document)
                self.command(document, cell, command)
                after = self.picture(document)
                self.assertNotEqual(before, after)
                document.UndoManager.undo()
                self.assertEqual(self.picture(document), before)
                document.UndoManager.redo()
                self.assertEqual(self.picture(document), after)
                document.UndoManager.undo()

    def test_only_entries_are_missing_in_what_was_added(self):
        form = self.full()
        for name in ("长期", "年度"):
            self.command(form.document, f"C{form.find_row('A', name + '目标2：')}", "add-goal")
        self.command(form.document, "B17", "add-row")
        result = check(self.save(form.document, "added.ods"))
        self.assertLessEqual({finding["rule"] for finding in result["findings"]}, MISSING)

    def test_a_new_row_is_like_its_model_and_empty(self):
        form = Declaration(self.template())
        form.fill_goal(1, *GOALS[1])
        row = form.find_row("C", "成本指标")
        self.command(form.document, f"D{row}", "add-row")
        model, new = (form.sheet.getCellRangeByName(f"C{at}:H{at}") for at in (row, row + 1))
        self.assertEqual([cell.CellStyle for cell in (model, new)], [model.CellStyle] * 2)
        self.assertEqual(new.getDataArray()[0], ("成本指标", "", "", "", "", ""))
        self.assertEqual(model.getDataArray()[0][1], "人均培训成本")
        for column in "CDEH":
            model, new = (form.cell(f"{column}{at}") for at in (row, row + 1))
            for name in ("Type", "InputMessage", "ErrorMessage", "ShowList"):
                self.assertEqual(getattr(new.Validation, name), getattr(model.Validation, name))
            self.assertEqual(new.CellProtection.IsLocked, model.CellProtection.IsLocked)
        selected = form.document.CurrentController.Selection.RangeAddress
        self.assertEqual((selected.StartRow + 1, selected.StartColumn), (row + 1, 3))

    def test_a_kind_of_one_row_becomes_one_of_two(self):
        form = Declaration(self.template())
        row = form.find_row("C", "服务对象满意度指标")
        self.command(form.document, f"D{row}", "add-row")
        area = merged_with(form.cell(f"A{row}"))
        self.assertEqual((area.StartRow, area.EndRow, area.EndColumn), (row - 1, row, 1))
        self.assertEqual(form.cell(f"A{row}").String, "满意度指标")

    def test_a_password_is_respected(self):
        document = self.template()
        sheet = document.Sheets[0]
        sheet.unprotect("")
        sheet.protect("geheim")
        before = self.picture(document)
        steps = document.UndoManager.getAllUndoActionTitles()
        document.CurrentController.select(sheet.getCellRangeByName("D24"))
        for command in ("add-row", "add-goal"):
            self.office.dispatch(document, "org.tianbao:" + command)
        # Commands run in their order: when this one is done, those are.
        other = self.template()
        self.command(other, "D24", "add-row")
        self.assertEqual(self.picture(document), before)
        self.assertEqual(document.UndoManager.getAllUndoActionTitles(), steps)

    def test_what_can_not_be_done_leaves_no_trace(self):
        """The office refuses to divide a matrix formula, after the sheet was opened."""
        document = self.template()
        sheet = document.Sheets[0]
        sheet.unprotect("")
        sheet.getCellRangeByName("L20:L40").setArrayFormula("=ROW(L20:L40)")
        sheet.protect("")
        document.UndoManager.clear()
        before = self.picture(document)
        document.CurrentController.select(sheet.getCellRangeByName("D25"))
        for command in ("add-row", "add-goal"):
            self.office.dispatch(document, "org.tianbao:" + command)
        self.command(self.template(), "D24", "add-row")
        self.assertEqual(self.picture(document), before)
        self.assertFalse(document.UndoManager.isUndoPossible())
        self.assertFalse(document.UndoManager.isRedoPossible())

    def test_a_workbook_that_is_no_form_is_left_alone(self):
        document = self.open("private:factory/scalc")
        for command in ("add-row", "add-goal"):
            self.office.dispatch(document, "org.tianbao:" + command)
        self.command(self.template(), "D24", "add-row")
        self.assertFalse(document.isModified())
        self.assertEqual(document.UndoManager.getAllUndoActionTitles(), ())

    def add_and_remove(self, document, compared=slice(None)):
        """Rows inside of what is merged, at its beginning and at its end; each in one step."""
        def picture():
            return self.picture(document)[compared]

        before = picture()
        for cell, row in (("D24", "D24"), ("D27", "D28"), ("D32", "D32"), ("B18", "B19")):
            with self.subTest(added=cell, removed=row):
                self.command(document, cell, "add-row")
                longer = picture()
                self.command(document, row, "remove-row")
                self.assertEqual(picture(), before)
                document.UndoManager.undo()
                self.assertEqual(picture(), longer)
                document.UndoManager.redo()

    def test_what_was_added_can_be_removed(self):
        document = self.template()
        self.assertTrue(document.Sheets[0].isProtected())
        self.add_and_remove(document)

    def test_sums_and_the_rest_outlive_a_removal(self):
        """A filled form with a project and indicators more than it needs, some of them in one go,
        and a form that has been an .xlsx."""
        for path in (None, *self.through_xlsx(self.full().document)):
            form = Declaration(self.open(path)) if path else self.full()
            total = form.cell("D11").Value
            row = form.find_row("B", PROJECTS[1][0])
            self.command(form.document, f"B{row}", "remove-row")
            self.assertEqual(form.find_row("B", PROJECTS[2][0]), row)
            self.assertEqual(form.cell("D11").Value, total - PROJECTS[1][3])
            indicator = form.find_row("C", "数量指标", form.find_row("A", "长期目标1："))
            self.command(form.document, f"D{indicator}", "remove-row")
            self.assertEqual(form.cell(f"D{indicator}").String, GOALS[0][1][1][1])
            self.assertEqual(form.cell(f"C{indicator}").String, "数量指标")
            self.assertEqual(form.cell(f"A{indicator}").String, "产出指标")
            area = form.sheet.getPrintAreas()[0]
            self.assertEqual(area.EndRow + 1, form.find_row("A", "注："))

    def test_what_would_destroy_the_form_is_not_removed(self):
        """The only row of a kind, all rows of a table, headings, sums, a goal, two tables at a time."""
        document = self.template()
        before = self.picture(document)
        for cells in ("D24", "D32", "B15:B18", "B16:B18", "D9", "A1", "C21", "B18:D24"):
            document.CurrentController.select(document.Sheets[0].getCellRangeByName(cells))
            self.office.dispatch(document, "org.tianbao:remove-row")
        other = self.template()
        self.command(other, "D24", "add-row")
        self.assertEqual(self.picture(document), before)
        self.assertEqual(document.UndoManager.getAllUndoActionTitles(), ())

    def test_forms_that_are_not_from_the_template(self):
        """The example, which is not protected and joins nothing by formulas."""
        example = pathlib.Path(SOURCE, "templates/department-goals/example.fods")
        document = self.open(example)
        before = placed(json.loads(self.office.check(document)))
        row = Declaration(document).find_row("C", "质量指标")
        self.command(document, f"C{row}", "add-row")
        self.assertEqual(len(placed(json.loads(self.office.check(document)))), len(before))
        self.command(document, f"C{row}", "add-goal")
        rules = {rule for rule, _ in placed(json.loads(self.office.check(document)))}
        self.assertLessEqual(rules - {rule for rule, _ in before}, MISSING | {"R8.listed"})
        self.assertFalse(document.Sheets[0].isProtected())

    def add_anywhere(self, document, before):
        """Adds at every twentieth row, looks at what the check says then, and takes it back."""
        for sheet in document.Sheets:
            document.CurrentController.setActiveSheet(sheet)
            for row in range(20, end_of_used(sheet).EndRow, 20):
                for command in ("add-row", "add-goal"):
                    formulas = sheet.getCellRangeByPosition(0, 0, 12, 300).getFormulaArray()
                    self.command(document, f"D{row}", command, sheet)
                    found = placed(json.loads(self.office.check(document)))
                    rules = {rule for rule, _ in found} - {rule for rule, _ in before}
                    self.assertLessEqual(rules, MISSING | {"R8.listed"}, (sheet.Name, row))
                    if command == "add-row":
                        self.assertEqual(len(found), len(before), (sheet.Name, row))
                    document.UndoManager.undo()
                    self.assertEqual(
                        sheet.getCellRangeByPosition(0, 0, 12, 300).getFormulaArray(), formulas)

    def test_forms_of_others(self):
        """Forms that people laid out in their own ways, where they lie beside the tree."""
        forms = sorted(pathlib.Path(SOURCE, "../shared/forms").glob("corrected.*"))
        if not forms:
            self.skipTest("no shared forms")
        for path in forms:
            with self.subTest(form=path.name):
                document = self.open(path)
                self.add_anywhere(document, placed(json.loads(self.office.check(document))))

    def assert_project_rows(self, form, last):
        """Each row of projects, up to the last, has its list and looks at its own amounts; the sum and
        the conditional format take all of them."""
        for row in range(16, last + 1):
            rule = form.cell(f"C{row}").Validation
            self.assertEqual((rule.Type.value, rule.ShowList), ("LIST", 1), row)
            self.assertIn("延续性项目", rule.getFormula1(), row)
            self.assertEqual(set(re.findall(r"[A-Z](\d+)", form.cell(f"J{row}").Formula)), {str(row)})
            self.assertFalse(form.cell(f"B{row}").CellProtection.IsLocked, row)
            self.assertTrue(form.cell(f"J{row}").CellProtection.IsLocked, row)
        self.assertIn(f"SUM(E15:E{last})", form.cell("D11").Formula)
        marked, = form.sheet.ConditionalFormats.getConditionalFormats()
        self.assertEqual(marked.Range.RangeAddressesAsString, f"申报表.J7:J{last}")

    def test_rows_come_and_go_in_an_xlsx(self):
        """The template saved as .xlsx and opened again: the document is one then, as is what is saved
        of it in the end. Each command is one step that can be taken back."""
        form = Declaration(self.open(self.save(self.template(), "blank.xlsx")))
        document = form.document
        self.add_and_remove(document, slice(0, 3))  # heights: the office sets them anew after .xlsx
        self.assert_project_rows(form, 18)
        self.fill(form)
        self.assert_project_rows(form, 19)
        indicator = form.find_row("C", "数量指标")
        self.assertIn("≥98%", form.cell(f"E{indicator + 1}").Validation.InputMessage)
        self.assertTrue(form.sheet.isProtected())
        self.assertEqual(form.cell("D11").Value, 1000)
        for path in self.through_xlsx(document):
            self.assert_clean(path)
        again = Declaration(self.open(self.folder / "filled.xlsx"))
        self.command(again.document, "B17", "remove-row")
        self.assert_project_rows(again, 18)
        self.assertEqual(again.cell("D11").Value, 1000 - PROJECTS[1][3])

    def test_a_form_with_one_table_only(self):
        document = self.template("project-goals")
        sheet = document.Sheets[0]
        self.command(document, "D19", "add-row")
        self.assertIn("F10:F20", sheet.getCellRangeByName("H10").Formula)
        self.assertEqual(merged_with(sheet.getCellRangeByName("A10")).EndRow, 19)


if __name__ == "__main__":
    unittest.main(verbosity=2)
