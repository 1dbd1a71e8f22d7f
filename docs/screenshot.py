#!/usr/bin/env python3
"""Take a picture of an edition.

    python docs/screenshot.py issues/0007-2026-02-19/edition.html docs/issue.png --width 640

The sentinels of an edition are replaced by an example subscriber's values. Needs playwright and a Chromium on the PATH.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

#: No sandbox, as containers and root have none; nothing that calls home.
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
EXAMPLES = {"greeting": "Hello Anna,", "email": "anna@example.org", "unsubscribeurl": "https://example.org/"}


def find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def with_examples(markup: str) -> str:
    return re.sub(r"x(greeting|email|unsubscribeurl)[0-9a-f]{16,64}x", lambda found: EXAMPLES[found[1]], markup)


def take(markup: str, target: Path, *, width: int, height: int = 0, dark: bool = False, scale: float = 1) -> None:
    """Write a picture of HTML as a PNG file.

    Args:
        width: of the window, in CSS pixels.
        height: cut off below it; 0 takes the whole page.
        scale: pixels of the picture for one of the page.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        page = browser.new_page(
            viewport={"width": width, "height": height or 800},
            color_scheme="dark" if dark else "light",
            device_scale_factor=scale,
            java_script_enabled=False,
            offline=True,
        )
        page.set_content(with_examples(markup))
        page.screenshot(path=target, full_page=not height)
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Take a picture of an HTML file.")
    parser.add_argument("file", type=Path, help="the HTML file")
    parser.add_argument("target", type=Path, help="the PNG file to write")
    parser.add_argument("--width", type=int, default=640, help="of the window in pixels (640); a phone has 375")
    parser.add_argument("--height", type=int, default=0, help="cut off below it; the whole page where it is 0")
    parser.add_argument("--dark", action="store_true", help="as a system set to dark shows it")
    parser.add_argument("--scale", type=float, default=1, help="2 for a picture that is sharp on fine screens")
    asked = parser.parse_args()
    if find_chromium() is None:
        sys.exit("No Chromium was found on the PATH: install one, such as the package chromium of Debian.")
    markup = asked.file.read_text(encoding="utf-8")
    take(markup, asked.target, width=asked.width, height=asked.height, dark=asked.dark, scale=asked.scale)


if __name__ == "__main__":
    main()
