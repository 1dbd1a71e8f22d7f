"""Bodies as they are compressed, or are said to be."""

from __future__ import annotations

import contextlib
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.documents.compression import BodyError, codings_in, inflated, unpacked

FEED = b"<rss><channel><title>The harbour bridge</title></channel></rss>"
LIMIT = 10_000


def gzipped(body: bytes) -> bytes:
    """Without the time, so that workers that run the tests name them alike."""
    return gzip.compress(body, mtime=0)


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("headers", "codings"),
    [
        ([], ()),
        (["gzip"], ("gzip",)),
        ([" GZIP , x-gzip"], ("gzip", "x-gzip")),
        (["gzip", "deflate"], ("gzip", "deflate")),
        (['"gzip"'], ("gzip",)),
        (["identity, gzip,,"], ("gzip",)),
        (["utf-8"], ()),
        (["none"], ()),
        (["aws-chunked"], ()),
        (["br"], ("br",)),
    ],
)
def test_codings_are_those_that_compress(headers: list[str], codings: tuple[str, ...]) -> None:
    assert codings_in(headers) == codings


@pytest.mark.parametrize(
    ("codings", "body"),
    [
        ((), FEED),
        (("gzip",), gzipped(FEED)),
        (("x-gzip",), gzipped(FEED)),
        (("deflate",), zlib.compress(FEED)),
        (("deflate",), raw_deflate(FEED)),
        (("gzip", "gzip"), gzipped(gzipped(FEED))),
        (("deflate", "gzip"), gzipped(zlib.compress(FEED))),
        (("deflate",), gzipped(FEED)),
        ((), gzipped(FEED)),
        (("gzip",), gzipped(gzipped(FEED))),
        (("br",), gzipped(FEED)),
        (("gzip",), FEED),
        (("deflate",), FEED),
        (("br",), b"\xef\xbb\xbf " + FEED),
        (("gzip",), b""),
    ],
)
def test_a_body_is_unpacked_as_it_was_packed_whatever_is_said_of_it(codings: tuple[str, ...], body: bytes) -> None:
    assert unpacked(body, codings, limit=LIMIT).removeprefix(b"\xef\xbb\xbf ") in {FEED, b""}


def test_all_members_of_a_gzip_file_are_read_and_nothing_behind_them() -> None:
    assert inflated(gzipped(FEED[:20]) + gzipped(FEED[20:]) + b"\0\0junk", limit=LIMIT) == FEED


def test_what_broke_off_counts_as_far_as_it_came() -> None:
    packed = gzipped(FEED)
    assert inflated(packed[:-8], limit=LIMIT) == FEED
    assert FEED.startswith(inflated(packed[:-20], limit=LIMIT))


@pytest.mark.parametrize(
    ("codings", "body", "said"),
    [
        (("gzip",), b"\x1f\x8bnonsense", "answered with damaged compressed data"),
        (("gzip",), b"\x00nonsense", "answered with damaged compressed data"),
        (("deflate",), b"\xffnonsense", "answered with damaged compressed data"),
        (("br",), b"[\x00\x01", 'answered compressed as "br", which was not asked for'),
        (("zstd",), b"\x28\xb5\x2f\xfd", 'answered compressed as "zstd", which was not asked for'),
        (("gzip",) * 6, b"", "answered with what was compressed 6 times"),
        ((), b"\x1f\x8bnonsense", "is a damaged gzip file"),
    ],
)
def test_what_cannot_be_unpacked_is_told(codings: tuple[str, ...], body: bytes, said: str) -> None:
    with pytest.raises(BodyError) as caught:
        unpacked(body, codings, limit=LIMIT)
    assert str(caught.value) == said


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("codings", [(), ("gzip",), ("gzip", "gzip"), ("deflate",)])
def test_a_small_body_that_unpacks_to_too_much_is_left(codings: tuple[str, ...], times: int) -> None:
    bomb = gzipped(b"\0" * 60_000) + gzipped(b"\0" * 60_000)
    with pytest.raises(BodyError, match=r"larger than 0\.1 MB"):
        unpacked(gzipped(bomb) if times > 1 and codings else bomb, codings, limit=100_000)


@given(st.binary(max_size=200), st.lists(st.sampled_from(["gzip", "deflate", "br", "x-gzip"]), max_size=6))
def test_any_body_is_unpacked_or_told(body: bytes, codings: list[str]) -> None:
    with contextlib.suppress(BodyError):
        assert len(unpacked(body, codings, limit=LIMIT)) <= LIMIT


@given(st.binary(max_size=2_000), st.lists(st.sampled_from(["gzip", "deflate", "x-gzip"]), min_size=1, max_size=4))
def test_what_was_packed_is_what_is_unpacked(body: bytes, codings: list[str]) -> None:
    content = b"<" + body
    packed = content
    for coding in codings:
        packed = zlib.compress(packed) if coding == "deflate" else gzipped(packed)
    assert unpacked(packed, codings, limit=LIMIT) == content
