"""Zones as dates of feeds name them → `tzinfo`.

A short name that several zones share means the one that RFC 5322 §4.3 says (EST to PDT are North America's), else the
one of the most people: IST is India's, BST Britain's in summer, CST North America's central one, AST the Atlantic's.
"""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

#: Names of what is the same all year, by hours east of Greenwich (https://www.iana.org/time-zones, `zone1970.tab`).
_FIXED: dict[str, float] = {
    name: hours
    for hours, names in {
        0: "z ut utc gmt wet egst azost",
        1: "cet mez wat bst west wesz",
        2: "cest mesz eet cat sast oez",
        3: "eest msk eat trt oesz",
        3.5: "irst",
        4: "gst samt azt get amt msd",
        4.5: "irdt aft",
        5: "pkt uzt yekt tjt tmt mvt",
        5.5: "ist slst",
        5.75: "npt",
        6: "bdt omst kgt btt almt",
        6.5: "mmt",
        7: "wib ict krat novt",
        8: "wita sgt hkt myt pht awst irkt cnst",
        9: "jst kst wit yakt",
        9.5: "acst",
        10: "aest vlat chst pgt",
        10.5: "acdt lhst",
        11: "aedt magt sakt ncst",
        12: "nzst fjt pett",
        13: "nzdt",
        -1: "azot cvt",
        -2: "fnt brst",
        -2.5: "ndt",
        -3: "brt art uyt adt clst pyst",
        -3.5: "nst",
        -4: "edt ast clt bot vet pyt gyt",
        -5: "est cdt cot pet ect",
        -6: "cst mdt",
        -7: "mst pdt",
        -8: "pst akdt",
        -9: "akst hdt",
        -10: "hst",
        -11: "sst",
    }.items()
    for name in names.split()
}
#: Names of what changes with the season.
_PLACES = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
#: Half names that programs write out: "Eastern European Time", "Pacific Daylight Time".
_WRITTEN_OUT = {
    "coordinated universal time": "utc",
    "greenwich mean time": "gmt",
    "central european standard time": "cet",
    "central european time": "cet",
    "central european summer time": "cest",
    "eastern european standard time": "eet",
    "eastern european time": "eet",
    "eastern european summer time": "eest",
    "british summer time": "bst",
    "moscow standard time": "msk",
    "india standard time": "ist",
    "japan standard time": "jst",
    "eastern standard time": "est",
    "eastern daylight time": "edt",
    "central standard time": "cst",
    "central daylight time": "cdt",
    "mountain standard time": "mst",
    "mountain daylight time": "mdt",
    "pacific standard time": "pst",
    "pacific daylight time": "pdt",
}
_OFFSET = re.compile(r"(?:z|utc?|gmt)?\s*([+-])\s*(\d{1,2})(?::?([0-5]\d))?(?::?[0-5]\d)?")
#: No place on earth is further from Greenwich.
_FURTHEST = timedelta(hours=14)


def zone_of(name: str) -> tzinfo | None:
    """The zone that a name or an offset means: "+0200", "GMT+2", "UTC-05:30", "CEST", "Europe/Berlin".

    A letter alone is UTC: RFC 822 gave the military ones with the wrong sign, so that nobody knows what they mean
    (RFC 5322 §4.3). None for a name that is none.
    """
    written = name.strip()
    lower = written.casefold()
    if offset := _OFFSET.fullmatch(lower):
        return _offset(offset[1], int(offset[2]), int(offset[3] or 0))
    lower = _WRITTEN_OUT.get(lower, lower)
    if lower in _FIXED:
        return timezone(timedelta(hours=_FIXED[lower])) if _FIXED[lower] else UTC
    if len(lower) == 1 and "a" <= lower <= "z":
        return UTC
    return _place(_PLACES.get(lower, written)) if "/" in written or lower in _PLACES else None


def _offset(sign: str, hours: int, minutes: int) -> tzinfo | None:
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if sign == "-" else span) if span <= _FURTHEST else None


@lru_cache(maxsize=256)
def _place(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
