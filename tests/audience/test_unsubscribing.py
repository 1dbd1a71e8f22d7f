import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.audience.unsubscribing import return_path, tokens_in, tokens_of, unsubscribe_token, unsubscribe_url, verify
from digest.errors import UsageError
from digest.settings import NewsletterSettings

SECRET = b"0123456789abcdef0123456789abcdef"
ADA = {"secret": SECRET, "list_name": "weekly", "key": "ada@example.org"}
MAIL_ONLY = NewsletterSettings(title="The Signal", sender="The Signal <news+list@example.org>")
WITH_SITE = MAIL_ONLY.model_copy(update={"unsubscribe_url": "https://news.example.org/unsubscribe/{token}"})


def test_a_token_is_the_same_in_every_run():
    assert unsubscribe_token(SECRET, "weekly", "ada@example.org") == "2ksuz34ouycod7fupts4n4ws"


@given(token=st.text(max_size=40))
def test_no_other_text_verifies(token):
    assert verify(token, **ADA) == (token.strip().lower() == unsubscribe_token(*ADA.values()))


def test_a_token_survives_a_mail_program_that_shouts():
    assert verify(f" {unsubscribe_token(*ADA.values()).upper()}\n", **ADA)


@pytest.mark.parametrize(
    "other", [{"key": "bob@example.org"}, {"list_name": "daily"}, {"secret": b"another secret of this length!!!"}]
)
def test_a_token_is_good_for_one_person_on_one_list(other):
    assert not verify(unsubscribe_token(*ADA.values()), **{**ADA, **other})


@pytest.mark.parametrize("secret", [b"", b"changeme"])
def test_a_secret_that_can_be_guessed_is_refused(secret):
    with pytest.raises(UsageError, match="DIGEST_SECRET_KEY") as error:
        unsubscribe_url(WITH_SITE, **{**ADA, "secret": secret})
    assert "token_urlsafe" in error.value.hint


def test_a_link_is_short_enough_for_every_mail_header():
    url = unsubscribe_url(WITH_SITE, **ADA)
    assert url == "https://news.example.org/unsubscribe/" + unsubscribe_token(*ADA.values())
    assert len(url) < 75


def test_without_a_site_people_unsubscribe_by_mail():
    token = unsubscribe_token(*ADA.values())
    assert unsubscribe_url(MAIL_ONLY, **ADA) == f"mailto:news%2Blist@example.org?subject=unsubscribe%20{token}"


def test_a_mail_needs_no_secret():
    url = unsubscribe_url(MAIL_ONLY, **{**ADA, "secret": b""})
    assert url == "mailto:news%2Blist@example.org?subject=unsubscribe"


def test_a_sender_cannot_add_fields_to_the_mail():
    crafted = NewsletterSettings(title="T", sender='"?bcc=eve@example.org&x" <a?bcc=eve@example.org>')
    assert unsubscribe_url(crafted, **ADA).count("?") == 1


def test_a_token_for_bounces_unsubscribes_nobody() -> None:
    secret = b"0123456789abcdef"
    path = return_path("bounces+{token}@example.org", secret=secret, list_name="weekly", key="ada@example.org")
    token = path.removeprefix("bounces+").removesuffix("@example.org")
    assert len(token) == 24
    assert not verify(token, secret=secret, list_name="weekly", key="ada@example.org")


def test_a_token_is_turned_back_into_a_person_wherever_it_stands() -> None:
    ada = tokens_of("ada@example.org", secret=SECRET, list_names=["weekly"])
    bob = tokens_of("bob@example.org", secret=SECRET, list_names=["weekly"])
    token = unsubscribe_token(SECRET, "weekly", "ada@example.org")
    bounce = return_path("bounces+{token}@example.org", **ADA)
    for text in (token, token.upper(), f"Re: unsubscribe {token}", f"https://example.org/u/{token}?x=1", bounce):
        assert tokens_in(text) & ada
        assert not tokens_in(text) & bob
    for text in ("", "unsubscribe", f"x{token}", token[:-1], unsubscribe_token(SECRET, "daily", "ada@example.org")):
        assert not tokens_in(text) & ada


def test_mail_of_older_versions_carries_the_name_of_another_list() -> None:
    token = unsubscribe_token(SECRET, "board", "ada@example.org")
    assert token in tokens_of("ada@example.org", secret=SECRET, list_names=["weekly", "board"])
