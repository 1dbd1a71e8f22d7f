"""The table of replies, as a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.wire.replies import Reply, advice_for, verdict_of
from digest.deliver.wire.rules import RULES, Rule
from digest.deliver.wire.verdicts import Stage, Verdict

WORDS = [
    "5.1.1 No such user",
    "5.2.2 Over quota",
    "5.7.1 Blocked using a list",
    "5.7.26 Unauthenticated",
    "4.2.0 Greylisted",
    "4.4.5 Maximum number of messages per session exceeded",
    "Mailbox full",
    "Daily sending limit exceeded",
    "Too large a message size",
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.like.pattern[:30])
def test_every_row_names_its_source_and_holds_somewhere(rule: Rule) -> None:
    assert rule.source
    assert rule.stages


@given(
    stage=st.sampled_from(Stage),
    code=st.integers(400, 599),
    words=st.sampled_from(WORDS),
    case=st.sampled_from([str.upper, str.lower, str]),
    gap=st.sampled_from([" ", "  ", "\t", "\n"]),
)
def test_case_and_blanks_change_nothing(stage: Stage, code: int, words: str, case: type[str], gap: str) -> None:
    plain = verdict_of(stage, Reply(code, words))
    assert verdict_of(stage, Reply(code, gap.join(case(words).split(" ")))) is plain


@given(stage=st.sampled_from([Stage.RECIPIENT, Stage.DATA, Stage.END]), code=st.sampled_from([450, 451, 550, 552, 554]))
def test_the_class_of_the_basic_code_holds_where_the_enhanced_one_has_another(stage: Stage, code: int) -> None:
    for detail in ("1.1", "2.2", "7.1", "7.26", "3.4"):
        right, wrong = code // 100, 9 - code // 100
        assert verdict_of(stage, Reply(code, f"{wrong}.{detail} Hm")) is verdict_of(
            stage, Reply(code, f"{right}.{detail} Hm")
        )


@given(detail=st.sampled_from(["1.1", "2.2", "7.26", "2.1"]), stage=st.sampled_from([Stage.RECIPIENT, Stage.END]))
def test_an_enhanced_code_counts_wherever_it_stands(detail: str, stage: Stage) -> None:
    plain = verdict_of(stage, Reply(550, f"5.{detail} <ada@example.org>: Hm"))
    assert verdict_of(stage, Reply(550, f"<ada@example.org>: Hm (#5.{detail})")) is plain
    assert verdict_of(stage, Reply(550, f"5.{detail} <ada@example.org>:\n5.{detail} Hm")) is plain


@given(address=st.ip_addresses(v=4))
def test_an_address_of_the_network_is_no_enhanced_code(address: object) -> None:
    assert verdict_of(Stage.RECIPIENT, Reply(550, f"Hm, {address}")) is Verdict.UNCLEAR


@given(stage=st.sampled_from(Stage), code=st.integers(0, 999), text=st.text(max_size=200))
def test_any_words_of_any_server_are_judged(stage: Stage, code: int, text: str) -> None:
    verdict_of(stage, Reply(code, text))
    advice_for(stage, Reply(code, text))


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage > Stage.SENDER])
def test_what_is_about_us_is_never_taken_for_a_mailbox(stage: Stage) -> None:
    about_us = [
        "550 5.1.1 Sender 192.0.2.1 is on a blocklist",
        "550 5.2.1 Your IP has a poor reputation",
        "554 5.1.0 Sender denied",
        "550 5.1.1 Rejected: DMARC policy",
        "550 5.2.0 Message rejected as spam. OFR_506 [506]",
        "550 5.1.1 User unknown; relaying denied",
        "550 5.1.1 Daily sending quota exceeded",
        "552 5.2.2 Hourly sending limit exceeded for this sender",
    ]
    named = {Verdict.GONE, Verdict.REFUSE, Verdict.DEFER, Verdict.UNCLEAR, Verdict.LATER}
    assert [words for words in about_us if verdict_of(stage, Reply(int(words[:3]), words[4:])) in named] == []
