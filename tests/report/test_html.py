#!/usr/bin/env python3
"""The HTML report, parsed: sound, self-contained, linked both ways, and safe from what the forms
say. How it looks in a browser: test_browser.py."""
import json
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

import forms
import page

sys.path.insert(0, str(forms.ROOT / "tests" / "forms"))
import generate  # noqa: E402

PROGRAM = None


def render(*arguments, **options):
    return forms.report(PROGRAM, "html", *arguments, **options)[0].decode("utf-8")


class Html(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.many = cls.folder / "many"
        cls.many.mkdir()
        generate.generate(cls.many, "html", 24, ["ods", "xlsx"], "all", (1, 3))
        shutil.copy(forms.EXAMPLE, cls.many)
        (cls.many / "broken.xlsx").write_bytes(b"no workbook")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def assert_sound(self, text):
        parsed = page.Page(text)
        self.assertEqual(parsed.mistakes, [])
        for table in parsed.tables:
            self.assertEqual(page.table_mistakes(table), [])
        self.assert_self_contained(text, parsed)
        return parsed

    def assert_self_contained(self, text, parsed):
        self.assertFalse({"script", "iframe", "object", "embed", "link", "img"} & set(parsed.tags))
        for tag, name, value in parsed.attributes:
            self.assertFalse(name.startswith("on") or name in ("src", "style"), (tag, name, value))
            if name == "href":
                self.assertRegex(value, r"^#[a-z0-9-]+[A-Z0-9]*$")
        style = text[text.index("<style>"):text.index("</style>")]
        self.assertNotRegex(style, r"url\(|@import")
        self.assertIn("default-src 'none'", text)

    def test_a_form_in_both_languages(self):
        for language, code, word in (("zh", "zh-CN", "推测"), ("en", "en", "hint:")):
            text = render(forms.EXAMPLE, language=language)
            parsed = self.assert_sound(text)
            self.assertIn(("html", "lang", code), parsed.attributes)
            self.assertIn(word.lower(), parsed.text.lower())
            self.assertNotIn("nav", parsed.tags)

    def test_findings_and_cells_are_linked_both_ways(self):
        parsed = page.Page(render(forms.EXAMPLE))
        findings = json.loads(forms.report(PROGRAM, "json", forms.EXAMPLE)[0])["findings"]
        self.assertGreater(len(findings), 10)
        for finding in findings:
            item, cell = f"f1-{finding['id']}", f"f1-1-{finding['cell']}"
            self.assertEqual(parsed.item_links[item][0], cell)
            self.assertIn(item, parsed.cell_links[cell])
            self.assertIn(finding["message"], parsed.text)

    def test_the_overview_begins_with_what_needs_work_most(self):
        parsed = self.assert_sound(render(self.many))
        results = {}
        for line in forms.report(PROGRAM, "json", self.many)[0].splitlines():
            result = json.loads(line)
            results[f"f{len(results) + 1}"] = result
        order = [link[1:] for link in parsed.links[:len(results)]]
        self.assertEqual(sorted(order), sorted(results))
        needs = [(results[name]["status"] in ("unreadable", "unrecognised"),
                  *results[name]["counts"].values()) for name in order]
        self.assertEqual(needs, sorted(needs, reverse=True))
        self.assertEqual(parsed.tags.count("section"), len(results))
        self.assertEqual(len([table for table in parsed.tables if len(table[0]) == 6]), 2)

    def test_threads_and_runs_do_not_change_it(self):
        self.assertEqual(render(self.many), render("--jobs", "7", self.many))

    def test_hostile_texts_stay_texts(self):
        path = forms.write_hostile(self.folder / "hostile.fods", department=forms.MARKUP,
                                   sheet=forms.MARKUP, project_type=forms.DIRECTION + forms.MARKUP)
        shutil.copy(path, self.folder / "<b onclick='x'>&quot;.fods")
        parsed = self.assert_sound(render(path, self.folder / "<b onclick='x'>&quot;.fods"))
        self.assertNotIn("b onclick", " ".join(parsed.tags))
        self.assertGreater(parsed.text.count(forms.MARKUP), 6)
        self.assertIn("<b onclick='x'>&quot;.fods", parsed.text)

    def test_names_that_are_no_utf8(self):
        name = bytes(self.folder) + b"/\xff\xfe.ods"
        pathlib.Path(name.decode("utf-8", "surrogateescape")).write_bytes(b"x")
        self.assert_sound(render(name.decode("utf-8", "surrogateescape")))

    def test_a_repeated_sheet_is_not_expanded(self):
        cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">' \
               "<text:p>again</text:p></table:table-cell>"
        sheet = f'<table:table table:name="Big"><table:table-row table:number-rows-repeated="900000">{cell}' \
                "</table:table-row></table:table><table:table "
        path = forms.write_example(self.folder / "huge.fods", replaced=[("<table:table ", sheet)])
        text = render(path)
        parsed = self.assert_sound(text)
        self.assertLess(len(text), 500_000)
        self.assertIn("are left out", parsed.text)
        self.assertIn("too many columns", parsed.text)

    def test_merges_across_what_is_left_out(self):
        filler = '<table:table-row table:number-rows-repeated="40"><table:table-cell/></table:table-row>'
        first = re.search(r"<table:table-row[^>]*>", forms.EXAMPLE.read_text(encoding="utf-8"))[0]
        cell = '<table:table-row><table:table-cell table:number-rows-spanned="90" ' \
               'table:number-columns-spanned="3" office:value-type="string"><text:p>wide</text:p>' \
               "</table:table-cell></table:table-row>"
        path = forms.write_example(self.folder / "merge.fods", replaced=[
            ("</table:table>", cell + filler * 2 + first + '<table:table-cell '
             'table:number-columns-repeated="5"/><table:table-cell office:value-type="string">'
             "<text:p>last</text:p></table:table-cell></table:table-row></table:table>")])
        parsed = self.assert_sound(render(path))
        self.assertIn("are left out", parsed.text)
        self.assertIn("last", parsed.text)

    def test_a_clean_form_has_no_picture(self):
        clean = sorted(self.many.glob("*clean*.ods"))[0]
        parsed = self.assert_sound(render(clean))
        self.assertEqual(parsed.tables, [])
        self.assertIn("Nothing was found", parsed.text)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
