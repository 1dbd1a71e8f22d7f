"""The exports of services for newsletters, by their headers and the words in them: who left is never mailed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.audience.subscribers import check, read
from digest.errors import UnclearListError
from digest.model import Subscriber

#: Header; then who is mailed, with their cells; then who is not.
EXPORTS = {
    "mailchimp, unsubscribed": (
        "Email Address,First Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,UNSUB_TIME,UNSUB_REASON,NOTES,TAGS",
        [],
        [",Lea,2,2020-01-02 10:00:00,192.0.2.1,2020-01-02 10:00:00,2023-05-06 08:09:10,NORMAL,,"],
    ),
    "mailchimp, all": (
        "Email Address,First Name,Email Marketing Status,MEMBER_RATING,TAGS",
        [",Ida,Subscribed,5,VIP"],
        [",Leo,Unsubscribed,1,", ",Lin,Non-Subscribed,1,", ",Lou,Cleaned,1,"],
    ),
    "mailchimp, cleaned": ("Email Address,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE", [], [",2023-07-01 10:00:00,July"]),
    "brevo": ("CONTACT ID,EMAIL,EMAIL_BLACKLISTED,SMS_BLACKLISTED", ["1,,no,yes"], ["2,,yes,no"]),
    "listmonk": (
        "uuid,email,name,attributes,status,created_at",
        ['9,,Ida,"{""city"": ""Elsin""}",enabled,2024-01-01T10:00:00Z'],
        ["8,,Leo,{},disabled,2024-01-01T10:00:00Z", "7,,Lou,{},blocklisted,2024-01-01T10:00:00Z"],
    ),
    "substack": (
        "email,active_subscription,expiry,email_disabled,created_at",
        [",false,,false,2018-08-29T20:50:03.435Z", ",true,2027-01-01T00:00:00Z,false,2018-08-29T20:50:03.435Z"],
        [",true,2027-01-01T00:00:00Z,true,2018-08-29T20:50:03.435Z"],
    ),
    "ghost": (
        "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers",
        ["1,,Ida,,true,false,,2024-01-01T00:00:00.000Z,,,"],
        ["2,,Leo,,false,true,cus_1,2024-01-01T00:00:00.000Z,,VIP,", "3,,L,,true,,,2024-01-01,2024-02-01T00:00:00Z,,"],
    ),
    "buttondown": (
        "email,notes,tags,type,creation_date",
        [",,,regular,2024-01-01", ",,,premium,2024-01-01"],
        [",,,unsubscribed,2024-01-01", ",,,unactivated,2024-01-01", ",,,spammy,2024-01-01", ",,,removed,2024-01-01"],
    ),
    "beehiiv": (
        "email,status,created_at,subscription_tier,utm_source",
        [",active,2024-01-01,free,x"],
        [
            ",inactive,2024-01-01,free,",
            ",pending,2024-01-01,,",
            ",invalid,2024-01-01,,",
            ",needs_attention,2024-01-01,,",
        ],
    ),
    "kit": (
        "id,first_name,email,status,created_at,tags",
        ["1,Ida,,active,2024-01-01,x"],
        ["2,Leo,,cancelled,,", "3,L,,bounced,,", "4,L,,complained,,", "5,L,,inactive,,"],
    ),
    "mailerlite": (
        "Subscriber,Email,Status,Subscribed,Unsubscribed date,Opens count",
        ["1,,Active,2024-01-01,,0"],
        ["2,,Unsubscribed,2024-01-01,2024-03-01,2", "3,,Junk,2024-01-01,,0", "4,,Unconfirmed,2024-01-01,,0"],
    ),
    "campaign monitor": (
        "Email Address,Name,State",
        [",Ida,Active"],
        [",Leo,Unsubscribed", ",L,Bounced", ",L,Deleted"],
    ),
    "hubspot": (
        "ID,Email,Unsubscribed from all email,Email hard bounce reason,Marketing contact status,Lead Status,Opens",
        ["1,,false,,Marketing contact,New,0", "1,,,,Marketing contact,,3"],
        [
            "2,,true,,Marketing contact,Open,0",
            "3,,false,UNKNOWN_USER,Marketing contact,,",
            "4,,,,Non-marketing contact,,",
        ],
    ),
    "hubspot, by topic": ("Email,Opted out of email: Marketing Information", [",false", ","], [",true"]),
    "mailman 3": (
        "address,display_name,delivery_status,delivery_mode",
        [",Ida,enabled,regular"],
        [",Leo,by_user,regular", ",L,by_bounces,plaintext_digests", ",L,by_moderator,regular"],
    ),
    "phplist": (
        "id,email,confirmed,blacklisted,bouncecount,disabled,htmlemail",
        ["1,,1,0,0,0,1", "2,,1,0,3,0,1"],
        ["3,,0,0,0,0,1", "4,,1,1,0,0,1", "5,,1,0,0,1,1"],
    ),
    "klaviyo": (
        "Email,First Name,Email Marketing Consent,Email Suppressions",
        [",Ida,SUBSCRIBED,[]"],
        [",L,UNSUBSCRIBED,[]", ",L,NEVER_SUBSCRIBED,[]", ",L,SUBSCRIBED,\"['HARD_BOUNCE']\""],
    ),
    "shopify": (
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Accepts SMS Marketing,Tax Exempt,Tags",
        ["1,Ida,Berg,,yes,no,no,"],
        ["2,Leo,L,,no,yes,no,"],
    ),
    "wix": (
        "Name,Email,Email subscriber status",
        ["Ida,,Subscribed"],
        ["L,,Unsubscribed", "L,,Never subscribed", "L,,Pending"],
    ),
    "mailpoet": (
        "Email,Global Status,List status",
        [",subscribed,subscribed"],
        [",unsubscribed,subscribed", ",subscribed,unsubscribed", ",bounced,subscribed", ",unconfirmed,subscribed"],
    ),
    "constant contact": (
        "Email address,Email status,Email permission status",
        [",Active,Explicit", ",Active,Implicit"],
        [",Unsubscribed,Unsubscribed", ",Temp hold,Explicit", ",Active,Awaiting"],
    ),
    "aweber": (
        "Email,Status,Stop Time,Stop Status",
        [",Subscribed,,"],
        [",Unsubscribed,2024-01-01,", ",Subscribed,2024-01-01,x"],
    ),
    "keila": ("Email,First name,Status", [",Ida,active"], [",L,unsubscribed", ",L,unreachable"]),
    "mautic": ("id,email,doNotContact,preferredChannel", ["1,,0,email"], ["2,,1,email"]),
    "cleverreach": (
        "email,registered,activated,deactivated",
        [",1700000000,1700000500,0"],
        [",1700000000,0,0", ",1,1700000500,1710000000"],
    ),
    "salesforce": (
        "Email,HasOptedOutOfEmail,IsEmailBounced,EmailBouncedReason,Fax Opt Out,Do Not Call,Mailing State",
        [",false,false,,true,true,OR"],
        [",true,false,,false,false,TX", ",false,true,550 no such user,false,false,TX"],
    ),
    "google groups": (
        "Email address,Nickname,Group status,Email status,Email preference,Posting permissions,Join year",
        [",ida,Member,,All email,Allowed,2020", ",ida,Owner,,Digest,Not allowed,2020"],
        [",leo,Member,Bouncing,All email,Allowed,2020", ",lou,Member,,No email,Allowed,2020"],
    ),
    "moodle": (
        "username,email,suspended,emailstop,confirmed",
        ["ida,,0,0,1"],
        ["leo,,1,0,1", "lou,,0,1,1", "lin,,0,0,0"],
    ),
    "civicrm": (
        "Email,Do Not Email,On Hold,NO BULK EMAILS (User Opt Out),Is Deleted,Do Not Phone",
        [",No,No,No,No,Yes", ",,,,,"],
        [",Yes,No,No,No,No", ",No,On Hold Bounce,No,No,No", ",No,No,Yes,No,No", ",No,No,No,Yes,No"],
    ),
    "postmark": ("EmailAddress,SuppressionReason,Origin,CreatedAt", [], [",HardBounce,Recipient,2024-01-01T00:00:00Z"]),
    "gumroad": ("Email,Followed Time,Can Contact", [",2024-01-01,true"], [",2024-01-01,false"]),
    "german": (
        "Vorname;Nachname;E-Mail-Adresse;Abgemeldet am;Familienstand",
        ["Ida;Berg;;;ledig"],
        ["Leo;L;;01.02.2024;verheiratet"],
    ),
    "french": ("Prénom;Nom;Courriel;Statut", ["Ida;Berg;;abonnée"], ["Leo;L;;désabonné", "Lou;L;;en attente"]),
    "spanish": ("nombre,apellidos,correo electrónico,suscrito", ["Ida,Berg,,sí"], ["Leo,L,,no"]),
    "italian": ("Nome,Cognome,Indirizzo email,Stato", ["Ida,Berg,,iscritto"], ["Leo,L,,disiscritto"]),
    "dutch": ("Voornaam,Achternaam,E-mailadres,Nieuwsbrief", ["Ida,Berg,,ja"], ["Leo,L,,nee"]),
    "polish": ("Imię,Nazwisko,Adres e-mail,Zgoda", ["Ida,Berg,,tak"], ["Leo,L,,nie"]),
    "portuguese": ("Nome,Sobrenome,Endereço de e-mail,Situação", ["Ida,Berg,,ativo"], ["Leo,L,,descadastrado"]),
    "arabic": ("الاسم,البريد الإلكتروني,الحالة", ["ليلى,,نشط"], ["سامي,,غير مشترك"]),
    "persian": ("نام,ایمیل,وضعیت", ["لیلا,,فعال"], ["سام,,لغو اشتراک"]),
    "hebrew": ("שם,דוא״ל,סטטוס", ["נועה,,פעיל"], ["דן,,הוסר"]),
    "a mark in a column": ("name,email,newsletter", ["Ida,,x"], ["Leo,,"]),
    "a column by another name": ("email,city,how it stands", [",Elsin,"], [",Elsin,unsubscribed", ",Elsin,abgemeldet"]),
}
ADDRESSES = (
    "email",
    "email address",
    "e-mail-adresse",
    "courriel",
    "correo electrónico",
    "indirizzo email",
    "e-mailadres",
    "adres e-mail",
    "endereço de e-mail",
    "البريد الإلكتروني",
    "ایمیل",
    "דוא״ל",
    "address",
    "emailaddress",
)


def written(folder: Path, header: str, staying: list[str], leaving: list[str]) -> Path:
    """A list with an address in each row: stay0@..., left0@..."""
    delimiter = ";" if ";" in header else ","
    names = header.split(delimiter)
    [at] = [at for at, name in enumerate(names) if name.casefold() in ADDRESSES]
    lines = [names]
    for who, rows in (("stay", staying), ("left", leaving)):
        for number, row in enumerate(rows):
            [cells] = csv.reader(io.StringIO(row), delimiter=delimiter)
            cells[at] = f"{who}{number}@example.org"
            lines.append([*cells, *[""] * (len(names) - len(cells))])
    path = folder / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(lines)
    return path


def mailed(path: Path) -> list[str]:
    return [row.email.partition("@")[0] for row in read(path) if isinstance(row, Subscriber) and row.status == "active"]


@pytest.mark.parametrize("service", EXPORTS)
def test_of_an_export_those_are_mailed_who_did_not_leave(tmp_path: Path, service: str) -> None:
    header, staying, leaving = EXPORTS[service]
    path = written(tmp_path, header, staying, leaving)

    assert check(path).doubts == ()
    assert mailed(path) == [f"stay{number}" for number in range(len(staying))]


#: Columns that people add to an export, with cells that mislead.
STRAYS = {
    "SMS status": ("subscribed", "unsubscribed", ""),
    "Order status": ("active", "cancelled", ""),
    "Stage": ("Open - Not Contacted", "Customer", ""),
    "City": ("Elsin", "Normal", ""),
    "Subscribed at": ("2024-01-01", ""),
}


@st.composite
def rearranged(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    """An export with its rows and columns in any order, its header in any capitals, and columns of the owner's own."""
    header, staying, leaving = EXPORTS[draw(st.sampled_from(sorted(EXPORTS)))]
    delimiter = ";" if ";" in header else ","
    names = header.split(delimiter)
    at = next(at for at, name in enumerate(names) if name.casefold() in ADDRESSES)
    stay = draw(st.lists(st.sampled_from(staying), min_size=1, max_size=8)) if staying else []
    left = draw(st.lists(st.sampled_from(leaving), min_size=1, max_size=8))
    rows = []
    for who, row in draw(st.permutations([*(("stay", row) for row in stay), *(("left", row) for row in left)])):
        [cells] = csv.reader([row], delimiter=delimiter)
        cells[at] = f"{who}{len(rows)}@x.example"
        rows.append([*cells, *[""] * (len(names) - len(cells))])
    for stray in draw(st.lists(st.sampled_from(sorted(STRAYS)), unique=True, max_size=2)):
        names = [*names, stray]
        rows = [[*row, draw(st.sampled_from(STRAYS[stray]))] for row in rows]
    spelled = draw(st.sampled_from([str, str.lower, str.upper, str.title, lambda name: name.replace(" ", "_")]))
    order = draw(st.permutations(range(len(names))))
    return delimiter, [[spelled(names[at]) for at in order], *([row[at] for at in order] for row in rows)]


@given(export=rearranged())
@settings(deadline=None)
def test_whoever_left_is_never_mailed(
    tmp_path_factory: pytest.TempPathFactory, export: tuple[str, list[list[str]]]
) -> None:
    delimiter, lines = export
    path = tmp_path_factory.mktemp("list") / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(lines)
    try:
        got = mailed(path)
    except UnclearListError:
        return  # nobody is
    assert all(name.startswith("stay") for name in got)


@pytest.mark.parametrize("service", EXPORTS)
def test_an_export_without_anybody_who_left_is_mailed_whole(tmp_path: Path, service: str) -> None:
    header, staying, _ = EXPORTS[service]
    if service == "a mark in a column":
        return
    path = written(tmp_path, header, staying, [])

    assert mailed(path) == [f"stay{number}" for number in range(len(staying))]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("email,Status", ["{},1", "{},2", "{},3"]),  # numbers that only the service knows
        ("email,subscription status", ["{},tilattu", "{},peruttu"]),  # a language that is not known
        ("email,subscribed", ["{},kyllä", "{},ei"]),
        ("email,opted_out", ["{},perhaps", "{},no"]),
        ("email,Email Marketing Consent", ["{},SUBSCRIBED", "{},"]),
        ("email,notes", ["{},likes boats", "{},has unsubscribed by phone in May"]),
        ("status,reason,email,created", ["5.1.1,550 5.1.1 no such user,{},1700000000"]),
        ("email,reason,created", ["{},Mail domain is unknown,1700000000"]),
    ],
)
def test_what_may_tell_that_somebody_left_and_is_not_understood_stops(
    tmp_path: Path, header: str, rows: list[str]
) -> None:
    path = tmp_path / "export.csv"
    lines = [row.format(f"p{number}@example.org") for number, row in enumerate(rows)]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")

    with pytest.raises(UnclearListError) as stopped:
        read(path)
    assert "[lists.export.columns]" in stopped.value.hint
    assert '= "ignore"' in stopped.value.hint


@pytest.mark.parametrize(
    "column",
    [
        "SMS Marketing Consent",
        "smsStatus",
        "SMSOptOut",
        "WHATSAPP_BLACKLISTED",
        "Do Not Call",
        "Push subscription status",
        "Direct mail opt out",
        "Werbesperre Telefon",
        "Briefwerbung abgemeldet",
        "Consentement par téléphone",
        "Désinscrit du courrier postal",
        "Estado de teléfono",
        "Correo postal: baja",
        "Consenso telefonico",
        "Uitgeschreven per post",
        "Zgoda na telefon",
        "Baixa por telefone",
    ],
)
@pytest.mark.parametrize("cell", ["unsubscribed", "no", "yes", "NEVER_SUBSCRIBED", "abgemeldet", "perhaps"])
def test_who_left_another_way_to_be_reached_is_mailed(tmp_path: Path, column: str, cell: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"email,Email status,{column}\na@x.example,subscribed,{cell}\n", encoding="utf-8")

    audit = check(path)
    assert (audit.statuses, audit.doubts) == ({"active": 1}, ())


@pytest.mark.parametrize(
    ("header", "stays", "left"),
    [
        ("Status,Email Opt Out", "Working - Contacted,FALSE", "Cold,TRUE"),
        ("Email Opt Out,Unsubscribed Mode,Unsubscribed Time", "false,,", "true,Manual,2024-01-01"),
        ("unsubscribed_at,Unsubscribed Thing", ",", "2024-01-01,perhaps"),
        ("status,cancelled_at", "active,", "lopetettu,2024-01-01"),
        ("Status", "Open - Not Contacted", "Unsubscribed"),
    ],
)
def test_what_is_not_understood_of_who_has_left_doubts_nothing(
    tmp_path: Path, header: str, stays: str, left: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"email,{header}\na@x.example,{stays}\nb@x.example,{left}\n", encoding="utf-8")

    audit = check(path)
    assert (audit.statuses, audit.doubts) == ({"active": 1, "unsubscribed": 1}, ())


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Status,Email Opt Out", "2,FALSE"),  # numbers may mean anything
        ("Status,Email Opt Out", "lopetettu,"),  # the other column is silent
        ("Status,Bounced", "lopetettu,no"),  # the other column tells of something else
        ("Status,Email Opt Out", "lopetettu,FALSE"),  # it says no, and the word may still say that they left
        ("Subscription status,Email Opt Out", "lopetettu,FALSE"),
        ("Unsubscribed Thing,Email Opt Out", "perhaps,FALSE"),
    ],
)
def test_what_may_say_that_somebody_left_stops_whatever_another_column_says(
    tmp_path: Path, header: str, row: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"email,{header}\na@x.example,{row}\n", encoding="utf-8")

    assert len(check(path).doubts) == 1


def test_the_lines_to_copy_mail_only_the_most_frequent_value(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = "".join(f"p{number}@x.example,{cell}\n" for number, cell in enumerate("2113104"))
    path.write_text(f"email,Status\n{rows}", encoding="utf-8")

    assert '"Status" = ["1"]' in check(path).way_out


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Email & SMS opt out", "yes"),
        ("Subscribed to news letter", "no"),
        ("Abonné à la lettre d'information", "non"),
        ("Désinscrit du courrier électronique", "oui"),
    ],
)
def test_who_left_mail_together_with_another_way_is_not_mailed(tmp_path: Path, column: str, cell: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"email,{column}\na@x.example,{cell}\n", encoding="utf-8")

    assert check(path).statuses == {"unsubscribed": 1}


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("state", ["OR", "TX", "New York"]),
        ("State", ["Bayern", "Hessen"]),
        ("estado", ["Jalisco", "Oaxaca"]),
        ("Mailing State", ["OR", ""]),
        ("order status", ["cancelled", "shipped"]),
        ("Payment Status", ["active", "inactive"]),
        ("marital status", ["single", "married"]),
        ("job type", ["manager", "clerk"]),
        ("subscription tier", ["free", "gold"]),
        ("OPTIN_TIME", ["2020-01-01 10:00:00", ""]),
        ("Subscribed at", ["2020-01-01", ""]),
        ("confirmed_at", ["2020-01-01", ""]),
        ("CONFIRM_IP", ["192.0.2.1", ""]),
        ("opens", ["0", "7"]),
        ("last bounce rate", ["0.5", "0"]),
        ("unsubscribe_url", ["https://example.org/unsubscribe?u=1", "https://example.org/unsubscribe?u=2"]),
        ("email_disabled", ["false", "false"]),
        ("Email Type", ["html", "text"]),
        ("Accepts SMS Marketing", ["no", "yes"]),
        ("topics", ["left; right", "science"]),
        ("tags", ["VIP", "cancelled concert"]),
        ("country", ["NO", "DE"]),
        ("language", ["no", "de"]),
        ("retired", ["yes", "no"]),
    ],
)
def test_what_says_nothing_of_leaving_is_silent(tmp_path: Path, column: str, cells: list[str]) -> None:
    path = tmp_path / "list.csv"
    rows = [f"p{number}@example.org,{cell}" for number, cell in enumerate(cells)]
    path.write_text("\n".join([f"email,{column}", *rows]) + "\n", encoding="utf-8")

    audit = check(path)
    assert (audit.statuses, audit.notes, audit.doubts) == ({"active": len(cells)}, (), ())
