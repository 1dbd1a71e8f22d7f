import pytest
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.provisional import domains

from digest.text import addresses
from digest.text.addresses import address_key, normal_address

ATEXT = "abcXYZ019!#$%&'*+/=?^_`{|}~-."


@given(
    local=st.text(ATEXT, max_size=70),
    domain=domains()
    | st.text("abcXYZ019-.", max_size=80)
    | st.sampled_from(SPECIAL_USE_DOMAIN_NAMES).map("a.{}".format),
)
@example(local="a" * 65, domain="example.org")
@example(local="a", domain="ab--c.example.org")
@example(local="a", domain="a." * 125 + "org")
@example(local="a", domain="example.123")
def test_the_short_way_accepts_nothing_that_email_validator_refuses(local, domain):
    address = f"{local}@{domain}"
    if not addresses._PLAIN.fullmatch(address):
        return
    valid = validate_email(address, check_deliverability=False, test_environment=True, strict=True)
    assert normal_address(address) == valid.ascii_email


@pytest.mark.parametrize(
    "address", ["ada@example.org", "Ada.Lovelace+news@Mail.Example.co.uk", "o'brien@example.com", "a@b-c.example.net"]
)
def test_the_addresses_that_people_have_go_the_short_way(address):
    assert addresses._PLAIN.fullmatch(address)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Ada@Example.ORG", "Ada@example.org"),
        ("ada@bücher.de", "ada@xn--bcher-kva.de"),
        ("ada@faß.de", "ada@xn--fa-hia.de"),
        ("ada@xn--bcher-kva.de", "ada@xn--bcher-kva.de"),
        ("zoë@example.org", "zoë@example.org"),
        ("用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"),
        ("ada@example.test", "ada@example.test"),
    ],
)
def test_an_address_is_written_as_a_server_takes_it(written, normal):
    assert normal_address(written) == normal


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@localhost",
        "ada@host.local",
        "ada@[127.0.0.1]",
        "ada@example..org",
        ".ada@example.org",
        "ada@-example.org",
        "ada lovelace@example.org",
        "Ada <ada@example.org>",
        "ada@example.org, bob@example.org",
        "ada@example.org\nBcc: bob@example.org",
        "ada@example.org\n",
        "ada\0@example.org",
        "ada\u202e@example.org",
        "ada\u200b@example.org",
        "a" * 65 + "@example.org",
        "mailto:ada@example.org",
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(address):
    with pytest.raises(ValueError, match=r"\w+ .*\."):
        normal_address(address)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada@Example.org", "ada@example.ORG"),
        ("ada@bücher.de", "ADA@XN--BCHER-KVA.DE"),
        ("Zoë@example.org", "zoe\u0308@example.org"),
    ],
)
def test_the_same_persons_addresses_have_one_key(one, other):
    assert address_key(one) == address_key(other)


def test_dots_and_tags_are_different_people_as_far_as_we_know():
    assert len({address_key(address) for address in ("a.da@example.org", "ada@example.org", "ada+x@example.org")}) == 3


@given(st.text(max_size=40) | st.emails())
def test_a_key_is_its_own_key(text):
    assert address_key(address_key(text)) == address_key(text)


@given(st.emails())
def test_a_normal_address_stays_as_it_is_and_keeps_its_key(address):
    try:
        normal = normal_address(address)
    except ValueError:
        return
    assert normal_address(normal) == normal
    assert address_key(normal) == address_key(address)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_value_error(text):
    try:
        normal = normal_address(text)
    except ValueError:
        return
    with pytest.raises(EmailNotValidError):
        validate_email(normal + "\n", check_deliverability=False)
    assert normal.partition("@")[2].isascii()
