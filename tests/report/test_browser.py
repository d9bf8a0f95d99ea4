#!/usr/bin/env python3
"""The HTML report in a real browser, without a window: Chromium must make of a page the very
elements that were written, and print it. Skipped (77) where there is no Chromium."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import forms
import page

SKIPPED = 77
TIMEOUT = 60
OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync",
           "--no-pdf-header-footer"]


def browse(browser, folder, *arguments):
    """What the browser prints; each run has a profile of its own."""
    profile = tempfile.mkdtemp(dir=folder)
    return subprocess.run([browser, *OPTIONS, f"--user-data-dir={profile}", *arguments],
                          capture_output=True, timeout=TIMEOUT, check=True).stdout.decode("utf-8")


def check_elements(browser, folder, path):
    written = page.Page(path.read_text(encoding="utf-8"))
    seen = page.Page(browse(browser, folder, "--dump-dom", path.as_uri()))
    assert written.tags == seen.tags, "the browser mended the page"
    assert sorted(written.ids) == sorted(seen.ids), "the browser sees other ids"
    assert written.text.split() == seen.text.split(), "the browser sees other texts"
    print(f"{path.name}: {len(seen.tags)} elements, as written")


def check_print(browser, folder, path):
    target = folder / "page.pdf"
    browse(browser, folder, f"--print-to-pdf={target}", path.as_uri())
    pages = len(re.findall(rb"/Type\s*/Page\b", target.read_bytes()))
    assert pages > 2, f"{pages} pages"
    print(f"{path.name}: {pages} pages on paper")


def main(program):
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or \
        shutil.which("google-chrome")
    if not browser:
        print("no Chromium here")
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        hostile = forms.write_hostile(folder / "hostile.fods", department=forms.MARKUP)
        for language in ("zh", "en"):
            path = folder / f"{language}.html"
            path.write_bytes(forms.report(program, "html", forms.EXAMPLE, hostile, folder / "missing.ods",
                                          language=language)[0])
            check_elements(browser, folder, path)
        check_print(browser, folder, path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
