"""`digest preview` as its author meets it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.web.preview import self_contained

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "editions" / "0007-2026-02-19"

#: Shows a file as the mail; a file that holds "broken" is a mistake of the author.
SERVER = """
    import sys
    from pathlib import Path
    from digest.errors import UsageError
    from digest.model import Edition
    from digest.render.placeholders import new_placeholders
    from digest.web.preview import serve

    file = Path(sys.argv[1])

    def render():
        html = file.read_text(encoding="utf-8")
        if html.startswith("broken"):
            raise UsageError("draft.md:3: this is broken", hint="Mend it.")
        return Edition(issue="7", subject="S", html=html, text="T", placeholders=new_placeholders("0123456789abcdef"))

    serve(render, open_browser=False, watch=[file], say=lambda line: print(line, flush=True))
"""


@pytest.fixture
def mail(tmp_path) -> Path:
    file = tmp_path / "mail.html"
    file.write_text((GOLDEN / "edition.html").read_text(encoding="utf-8"), encoding="utf-8")
    return file


@pytest.fixture
def address(mail) -> Iterator[str]:
    command = [sys.executable, "-c", textwrap.dedent(SERVER), str(mail)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=dict(os.environ)) as server:
        yield re.findall(r"http://\S+", server.stdout.readline())[0]
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=30) == 0


# Asked for behind `address`, so that it is closed before the server stops: it looks for changes all the time, and would
# complain.
@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def test_the_mail_is_shown_on_a_phone_and_a_desktop(address, page):
    page.goto(address)
    widths = [frame.evaluate("innerWidth") for frame in page.frames[1:]]
    assert widths == [375, 760]
    assert page.frames[1].get_by_text("Hello Anna,").is_visible()


def test_dark_is_chosen_with_a_button_whatever_the_system_says(address, page):
    page.goto(address)
    page.get_by_role("button", name="Dark").click()
    page.wait_for_url("**dark=1**")
    ground = page.frames[1].evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(18, 18, 17)"


def test_a_change_is_shown_where_the_author_was_reading(address, page, mail):
    page.goto(address)
    page.frames[2].evaluate("scrollTo(0, 900)")
    mail.write_text(mail.read_text(encoding="utf-8").replace("Hello", "Hullo").replace("A quieter week", "A loud week"))
    page.frame_locator("iframe").nth(1).get_by_text("A loud week").wait_for(state="attached")
    page.wait_for_function("document.querySelectorAll('iframe')[1].contentWindow.scrollY === 900")


def test_a_mistake_is_told_above_the_last_mail_that_worked(address, page, mail):
    page.goto(address)
    good = mail.read_text(encoding="utf-8")
    mail.write_text("broken")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "draft.md:3: this is broken" in alert.inner_text()
    assert page.frame_locator("iframe").first.get_by_text("Hello Anna,").is_visible()
    mail.write_text(good, encoding="utf-8")
    alert.wait_for(state="detached")


def test_scripts_in_a_mail_do_not_run(chromium, address, mail):
    html = mail.read_text(encoding="utf-8")
    mail.write_text(html.replace("</h1>", '</h1><script>document.title = "ran"</script><img src="x" onerror="ran()">'))
    page = chromium.new_page()
    page.goto(address)
    page.frame_locator("iframe").first.locator("img").wait_for(state="attached")
    assert page.frames[1].title() != "ran"
    page.close()


def test_the_page_of_its_own_works_from_a_file_without_a_request(page, tmp_path, edition):
    file = tmp_path / "preview.html"
    file.write_text(self_contained(edition), encoding="utf-8")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert page.locator("iframe:visible").count() == 2
    page.get_by_text("Dark", exact=True).click()
    assert page.locator("iframe:visible").count() == 2
    dark = page.frame_locator("iframe:visible").first
    assert dark.locator("body").evaluate("element => getComputedStyle(element).backgroundColor") == "rgb(18, 18, 17)"
    assert [url for url in asked if url != file.as_uri() and url != "about:srcdoc"] == []
