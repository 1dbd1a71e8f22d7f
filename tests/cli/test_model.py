"""A language model as the owner meets it: settings, what is printed, and an issue that goes out whatever happens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, write_articles
from tests.modelserver import HANG, KEY, Asked, ModelServer, Reply, answer, failure

ON = '\n[summarize]\nmethod = "model"\nwords = 30\n'

STORIES = {
    "harbour": (
        "Ferry runs aground off Port Elsin",
        (
            "The ferry Saint Aubrel ran aground on a sandbank off Port Elsin on Sunday with 214 people aboard. "
            "Rescuers brought all of them ashore before midnight, and nobody was hurt. Divers found a crack of 3.5 "
            "metres in the hull on Monday. The owner said that repairs would cost 1.2 million euros and take until "
            "April."
        ),
    ),
    "moss": (
        "Moss wakes after forty years",
        (
            "Botanists in Hallowby have woken a tuft of moss that had been dry for forty years. They watered it for "
            "nine days until the first green tips appeared, the team writes. The moss had been collected in 1986 on "
            "the roof of the town hall. Its cells had kept a sugar that protects them from drying out."
        ),
    ),
}
SUMMARIES = {
    "Ferry": "Rescuers brought all 214 people of the ferry Saint Aubrel ashore off Port Elsin on Sunday.",
    "Moss": "Botanists in Hallowby watered a tuft of moss, dry for forty years, until green tips appeared.",
}
EXTRACTIVE = "The ferry Saint Aubrel ran aground on a sandbank off Port Elsin on Sunday with 214 people aboard."


def good(asked: list[Asked]) -> Reply:
    newest = asked[-1]
    if newest.kind == "introduction":
        return answer("A ferry ran aground off Port Elsin; botanists have woken moss after forty years.")
    if newest.kind == "subject":
        return answer("Ferry aground off Port Elsin; moss wakes after forty years")
    return answer(next(text for word, text in SUMMARIES.items() if word in newest.sources[0]))


@pytest.fixture
def newsletter(project: Path) -> Path:
    (project / "articles" / "maps.md").unlink()
    write_articles(project, STORIES)
    with (project / "digest.toml").open("a") as settings:
        settings.write(ON)
    return project


def draft(project: Path) -> str:
    return next((project / "issues").glob("*/draft.md")).read_text()


def test_a_build_says_what_it_asks_and_what_it_took_and_prints_what_the_model_wrote(newsletter: Path, run: Run) -> None:
    with ModelServer(good) as server:
        result = run("build", **server.environ)

    assert result.code == 0
    assert "Asking test-model at 127.0.0.1: 4 questions, about " in result.out
    assert "The model wrote 4 of 4 texts." in result.out
    assert "It took 4 requests, 400 tokens for questions and 80 for answers, in " in result.out
    written = draft(newsletter)
    assert all(text in written for text in SUMMARIES.values())
    assert "## In this issue\n\nA ferry ran aground off Port Elsin; botanists have woken moss" in written
    assert "subject: Ferry aground off Port Elsin; moss wakes after forty years" in written
    page = next((newsletter / "issues").glob("*/edition.html")).read_text()
    assert "A ferry ran aground off Port Elsin; botanists have woken moss" in page


def test_building_again_asks_nothing(newsletter: Path, run: Run) -> None:
    with ModelServer(good) as server:
        run("build", **server.environ)
        first = draft(newsletter)
        result = run("build", **server.environ)

    assert len(server.asked) == 4
    assert "Asking test-model nothing: 4 answers from earlier runs." in result.out
    assert "It took" not in result.out
    assert draft(newsletter) == first


def test_a_refused_key_leaves_the_extractive_issue_and_says_so_for_each_text(newsletter: Path, run: Run) -> None:
    with ModelServer(lambda _: failure(401)) as server:
        result = run("build", **server.environ)

    assert result.code == 0
    # Two were on their way at the same time; the others were spared it.
    assert len(server.asked) <= 2
    assert "The model wrote 0 of 4 texts. The others are made without it:" in result.out
    assert '  summary of "Ferry runs aground off Port Elsin": the server refused the key (401)' in result.out
    assert '  introduction of "In this issue": the server refused the key (401)' in result.out
    assert "  subject: the server refused the key (401)" in result.out
    assert result.out.count("Check LLM_API_KEY in .env.") == 1
    assert EXTRACTIVE in draft(newsletter)
    assert "subject: Ferry runs aground off Port Elsin" in draft(newsletter) or "subject: Moss" in draft(newsletter)


def test_a_server_that_never_answers_does_not_stop_a_mailing(newsletter: Path, run: Run) -> None:
    with (newsletter / "digest.toml").open("a") as settings:
        settings.write("\n[model]\nseconds = 0.2\n")
    with ModelServer(lambda _: HANG) as server:
        result = run("send", "--yes", **server.environ)

    assert result.code == 0
    assert "out of time" in result.out
    assert "Wrote 2 messages" in result.out


def test_sentences_that_were_left_out_are_in_the_issues_folder(newsletter: Path, run: Run) -> None:
    with ModelServer(lambda _: answer(*SUMMARIES.values(), "Nobody knows how 999 of them got there.")) as server:
        result = run("build", **server.environ)

    kept = json.loads(next((newsletter / "issues").glob("*/writing.json")).read_text())["writing"]
    assert "sentences; see writing.json." in result.out
    assert "no source has the number 999" in {left["reason"] for left in kept["left_out"]}


def test_the_key_is_nowhere_in_the_project_or_on_the_screen(newsletter: Path, run: Run) -> None:
    with ModelServer(lambda asked: good(asked) if len(asked) < 2 else failure(401)) as server:
        result = run("build", **server.environ)

    assert KEY not in result.out + result.err
    assert not [path for path in newsletter.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


def test_too_few_stories_ask_nothing(newsletter: Path, run: Run) -> None:
    text = (newsletter / "digest.toml").read_text().replace("min_stories = 2", "min_stories = 9")
    (newsletter / "digest.toml").write_text(text)
    with ModelServer(good) as server:
        result = run("build", **server.environ)

    assert result.code == 3
    assert server.asked == []


def test_without_the_setting_no_model_is_asked_even_if_it_is_there(project: Path, run: Run) -> None:
    with ModelServer(good) as server:
        result = run("build", **server.environ)

    assert result.code == 0
    assert server.asked == []
    assert "sking" not in result.out


WRONG = {
    "nothing": ({}, 'method = "model" needs LLM_BASE_URL and LLM_MODEL and LLM_API_KEY in .env'),
    "no key": ({"LLM_BASE_URL": "https://api.example.com/v1", "LLM_MODEL": "m"}, "needs LLM_API_KEY in .env"),
    "in the clear": (
        {"LLM_BASE_URL": "http://api.example.com/v1", "LLM_MODEL": "m", "LLM_API_KEY": KEY},
        "LLM_BASE_URL would send articles and key in the clear",
    ),
    "no address": ({"LLM_BASE_URL": "api.example.com", "LLM_MODEL": "m"}, 'such as "https://api.example.com/v1"'),
    "a key in it": ({"LLM_BASE_URL": f"https://me:{KEY}@api.example.com/v1"}, "the key belongs in LLM_API_KEY"),
    "all of it": (
        {"LLM_BASE_URL": "https://api.example.com/v1/chat/completions"},
        'LLM_BASE_URL: leave out "/chat/completions"',
    ),
}


@pytest.mark.parametrize(("environ", "message"), WRONG.values(), ids=WRONG.keys())
def test_settings_that_can_not_work_are_refused_with_the_next_step(
    newsletter: Path, run: Run, environ: dict[str, str], message: str
) -> None:
    result = run("build", **environ)

    assert result.code == 2
    assert message in result.err
    assert KEY not in result.err


def test_a_model_on_another_machine_may_be_allowed_in_the_clear(newsletter: Path, run: Run) -> None:
    with (newsletter / "digest.toml").open("a") as settings:
        settings.write("\n[model]\nallow_http = true\nattempts = 1\nanswer_seconds = 0.001\n")
    result = run("build", LLM_BASE_URL="http://192.0.2.1/v1", LLM_MODEL="m", LLM_API_KEY=KEY)

    assert result.code == 0
    assert "The model wrote 0 of 4 texts." in result.out


def test_a_misspelt_variable_is_named(newsletter: Path, run: Run) -> None:
    (newsletter / ".env").write_text("LLM_MODLE=m\n")
    result = run("build")

    assert '.env: LLM_MODLE: is not a setting; did you mean "LLM_MODEL"?' in result.err
