"""Styles moved into the elements they apply to, by premailer behind one function.

Premailer's defaults strip `!important` from kept rules, which ends every phone and dark rule, and overwrite `width`
and `align` attributes. Whatever it does is therefore checked afterwards: a broken mail cannot be called back.
"""

from __future__ import annotations

import logging
import re

import cssutils
from lxml.html import HtmlElement
from premailer import Premailer

from digest.errors import UsageError
from digest.render.document import read_document

_DOCTYPE = "<!DOCTYPE html>"

#: RFC 5321 §4.5.3.1.6 allows 998 octets a line; 240 characters of UTF-8 are at most 960.
_LONG_LINE = 998
_FOLD = re.compile(r"(.{1,240}) ")

_FLOATED = "//table[@align='left' or @align='right']"
#: Gmail drops all styles of an element for one colour it can't read, `rgb(255 0 0)`, and premailer drops the colour.
#: https://github.com/hteumeuleu/email-bugs/issues/160
_MODERN_COLOUR = re.compile(r"\b(?:rgba?|hsla?)\(\s*[\d.]+%?\s+[\d.]")
#: Gmail ignores the style element that goes over 16 KB and those after it.
#: https://github.com/hteumeuleu/email-bugs/issues/90
_STYLE_LIMIT = 16_000

# Outlook takes bgcolor="#fff" for another colour: six digits stay six. (A setting of the library as a whole.)
cssutils.ser.prefs.minimizeColorHash = False


def inline(source: str) -> str:
    """Inline the styles of a document; `<style data-premailer="ignore">` elements stay as they are.

    Raises:
        UsageError: what came out would look broken in a mail client, with the reason.
    """
    if not source.startswith(_DOCTYPE):
        raise _broken_template(f"it does not begin with {_DOCTYPE}")
    inlined = _with_inlined_styles(source)
    for problem in _damage(source, inlined):
        raise _broken_template(problem)
    return with_short_lines(inlined)


def with_short_lines(markup: str) -> str:
    """Break lines too long for mail at spaces; HTML takes a line break for a space."""
    return "\n".join(
        line if len(line.encode()) <= _LONG_LINE else _FOLD.sub(r"\1\n", line) for line in markup.split("\n")
    )


def _with_inlined_styles(source: str) -> str:
    premailer = Premailer(
        source,
        strip_important=False,
        keep_style_tags=False,
        remove_classes=False,
        # Those four are written by hand where Outlook needs them; premailer would put "auto" into width and height.
        disable_basic_attributes=["width", "height", "align", "valign"],
        align_floating_images=False,
        include_star_selectors=False,
        exclude_pseudoclasses=True,
        allow_network=False,
        allow_loading_external_files=False,
        disable_link_rewrites=True,
        cssutils_logging_level=logging.CRITICAL,
    )
    return str(premailer.transform(pretty_print=False))


def _damage(source: str, inlined: str) -> list[str]:
    """What the inliner, or a template it can't cope with, broke."""
    before, after = read_document(source), read_document(inlined)
    kept = _texts(before, "//style[@data-premailer]")
    styles, written = _texts(after, "//style"), [*_texts(before, "//style"), *_texts(before, "//@style")]
    checks = {
        "the doctype is lost": not inlined.startswith(_DOCTYPE),
        "a kept style is lost or changed": not set(kept) <= set(styles),
        "a style in the head lacks !important": any(_lacks_important(style) for style in kept),
        'a width or height is "auto"': "auto" in _texts(after, "//@width | //@height"),
        "a table floats": len(_texts(after, _FLOATED)) > len(_texts(before, _FLOATED)),
        "a style sheet is loaded": after.xpath("//link") or any("@import" in style for style in written),
        "a colour is not hexadecimal": any(_MODERN_COLOUR.search(style) for style in written),
        "a style element is over 16 KB": any(len(style.encode()) > _STYLE_LIMIT for style in styles),
    }
    return [problem for problem, found in checks.items() if found]


def _texts(document: HtmlElement, path: str) -> list[str]:
    found = document.xpath(path)
    return [each if isinstance(each, str) else each.text or "" for each in found]


def _lacks_important(style: str) -> bool:
    """Whether a declaration would lose against the inlined ones."""
    declarations = re.findall(r"[;{]\s*[a-z-]+\s*:[^;{}]+(?=[;}])", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))
    return any("!important" not in declaration for declaration in declarations)


def _broken_template(problem: str) -> UsageError:
    return UsageError(
        f"templates/issue.html.j2: {problem}", hint="Compare it with the packaged template, templates/issue.html.j2."
    )
