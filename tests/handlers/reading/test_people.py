"""Posts, people and days as people write them: what follows assign, handover, deputy, contact officer and quiet."""

from datetime import date

import pytest

from handlers.commands.people import AddPost, Assign, HandOver, KeepQuiet, NameContact, NameDeputy, ShowPeople
from handlers.commands.questions import Unclear
from handlers.reading.days import take_days
from handlers.reading.leave import Leave, read_leave
from handlers.reading.matching import find_name
from handlers.reading.plan_names import NameKind
from handlers.reading.social_acts import read_social
from handlers.reading.social_frames import Act
from handlers.reading.vocabulary import OrganisationWords, PlanNames, PostWords, Vocabulary
from tests.handlers.reading.plan import SEFTON, TODAY, parse

SAM = "<@U0SAMHILL>"
MAIL = "deputy.head@example.org"
SEP12, SEP14, AUG24 = date(2020, 9, 12), date(2020, 9, 14), date(2020, 8, 24)

COMMANDS = [
    ("assign healthy-5 to Head of Education", Assign(("healthy-5",), "Head of Education")),
    ("assign healthy 5 to the police", Assign(("healthy-5",), "police")),
    (
        "assign healthy-5, healthy-8 and 16sep-3 to police because the duty moved",
        Assign(("healthy-5", "healthy-8", "16sep-3"), "police", "the duty moved"),
    ),
    ("assign healthy-5 & healthy-8: Head of Education", Assign(("healthy-5", "healthy-8"), "Head of Education")),
    ("reassign action healthy-5 → head-of-education", Assign(("healthy-5",), "head-of-education")),
    (f"assign healthy-5 to {SAM}", Assign(("healthy-5",), SAM)),
    ("assign helthy 5 to police", Assign(("healthy-5",), "police")),
    ("handover healthy-5 to police", Assign(("healthy-5",), "police")),
    ("hand over healthy-5, healthy-8 to police", Assign(("healthy-5", "healthy-8"), "police")),
    (f"handover Head of Education to {SAM}", HandOver("Head of Education", SAM)),
    (f"handover Head of Education to {MAIL} from 14/9", HandOver("Head of Education", MAIL, SEP14)),
    (f"handover head of education: {SAM} with effect from 14 Sep", HandOver("head of education", SAM, SEP14)),
    ("new post Head of SEND at the council", AddPost("Head of SEND", "the council")),
    ("new post Head of Care at Home, Sefton CVS", AddPost("Head of Care at Home", "Sefton CVS")),
    (f"contact officer {SAM} for Head of Education", NameContact(SAM, "Head of Education")),
    (f"contact officer for Head of Education: {SAM}", NameContact(SAM, "Head of Education")),
    (f"contact officer remove {SAM} for Head of Education", NameContact(SAM, "Head of Education", remove=True)),
    (f"contact officer {MAIL}", NameContact(MAIL)),
    (f"deputy {SAM} until 12/9", NameDeputy(SAM, "", None, SEP12)),
    (f"deputy {SAM} for Head of Education until 12/9", NameDeputy(SAM, "Head of Education", None, SEP12)),
    (f"deputy {SAM} from 24 Aug until 12/9", NameDeputy(SAM, "", AUG24, SEP12)),
    (f"deputy {SAM} until 12/9 from 7/9", NameDeputy(SAM, "", date(2020, 9, 7), SEP12)),
    (f"deputy {SAM} from 7 to 12 September", NameDeputy(SAM, "", date(2020, 9, 7), SEP12)),
    (f"deputy for police: {MAIL} 7/9 - 12/9", NameDeputy(MAIL, "police", date(2020, 9, 7), SEP12)),
    (f"deputy {SAM} for Head of Education", NameDeputy(SAM, "Head of Education")),
    (f"deputy remove {SAM}", NameDeputy(SAM, remove=True)),
    ("deputy", NameDeputy("")),
    ("quiet until 14/9", KeepQuiet(None, SEP14)),
    ("quiet 14/9", KeepQuiet(None, SEP14)),
    ("quiet from 7 Sep until 14 Sep", KeepQuiet(date(2020, 9, 7), SEP14)),
    ("away until Monday 14 September", KeepQuiet(None, SEP14)),
    ("quiet off", KeepQuiet(off=True)),
    ("quiet", KeepQuiet()),
    ("people", ShowPeople()),
    ("people police", ShowPeople("police")),
]

QUESTIONS = [
    ("assign", "I do not see which action you mean."),
    ("assign healthy-5", "Say which post leads healthy-5 from now on"),
    ("assign healthy-99 to police", "There is no action healthy-99"),
    ("assign the police to healthy-5", "I do not see which action you mean."),
    ("handover Head of Education", "Say who, with @ and their name or by e-mail address"),
    ("handover Head of Education to @sam", "Say who, with @ and their name or by e-mail address"),
    (f"handover Head of Education to {SAM} from 1/9", "Write the year, please: 1/9/2020 or 1/9/2021?"),
    (f"handover Head of Education to {SAM} from 31/9", "September has 30 days."),
    (f"handover to {SAM}", "Say which post"),
    ("contact officer for Head of Education", "Say who, with @ and their name or by e-mail address"),
    ("deputy @sam until 12/9", "Say who, with @ and their name or by e-mail address"),
    (f"deputy {SAM} until further notice", "“until further notice” names no day."),
    (f"deputy {SAM} until 31/9", "September has 30 days."),
    ("quiet until I say so", "I do not read “until I say so” as a date."),
    ("quiet for a bit", "I do not read “for a bit” as a date."),
]


def test_a_leap_day_without_its_year_is_the_next_one_however_far() -> None:
    assert parse(f"handover Head of Education to {SAM} from 29 Feb", SEFTON, date(2026, 11, 22)).command == HandOver(
        "Head of Education", SAM, date(2028, 2, 29)
    )


@pytest.mark.parametrize(("text", "command"), COMMANDS)
def test_what_is_asked_about_people_is_read(text: str, command: object) -> None:
    assert parse(text, SEFTON, TODAY).command == command


@pytest.mark.parametrize(("text", "said"), QUESTIONS)
def test_what_is_missing_is_asked_for_in_a_sentence(text: str, said: str) -> None:
    command = parse(text, SEFTON, TODAY).command
    assert isinstance(command, Unclear)
    assert said in command.say


def test_a_near_miss_of_a_ref_is_shown() -> None:
    assert parse("assign helthy 5, healthy-8 to police", SEFTON, TODAY).corrections == (("helthy 5", "healthy-5"),)


# -- days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("until 12/9", None, SEP12),
        ("till Sat 12 Sep", None, SEP12),
        ("from 24 Aug until 12/9", AUG24, SEP12),
        ("24 Aug to 12 Sep", AUG24, SEP12),
        ("24/8-12/9", AUG24, SEP12),
        ("from the 7th to the 12th of September", date(2020, 9, 7), SEP12),
        ("7 - 12 September", date(2020, 9, 7), SEP12),
        ("from 20 Dec until 5 Jan", date(2020, 12, 20), date(2021, 1, 5)),
        # Nobody means last year: the end comes before the start, and whoever asked is told so.
        ("from 20/9 until 12/9", date(2020, 9, 20), SEP12),
        ("from 24/8/2020 until 12/9/2020", AUG24, SEP12),
        ("until 1/9/2020", None, date(2020, 9, 1)),
    ],
)
def test_days_are_read_day_before_month(text: str, first: date | None, last: date | None) -> None:
    days = take_days(text, TODAY)
    assert (days.first, days.last, days.say, days.rest) == (first, last, "", "")


# -- posts

COUNCIL = OrganisationWords(1, "sefton-council", "Sefton Council", ("council",))
POLICE = OrganisationWords(2, "merseyside-police", "Merseyside Police", ("police",))
ALDER_HEY = OrganisationWords(3, "alder-hey", "Alder Hey")
POSTS = PlanNames(
    posts=(
        PostWords(1, "head-of-education", "Head of Education", COUNCIL),
        PostWords(2, "executive-director", "Executive Director of Social Care and Education", COUNCIL),
        PostWords(3, "superintendent", "Superintendent", POLICE),
        PostWords(4, "team-manager", "Team Manager", COUNCIL),
        PostWords(5, "team-manager-2", "Team Manager", ALDER_HEY),
    )
)
PLAN = Vocabulary(names=lambda: POSTS)


@pytest.mark.parametrize(
    ("text", "post", "corrected"),
    [
        ("Head of Education", 1, False),
        ("head-of-education", 1, False),
        ("the head of education", 1, False),
        ("Head of Education, Sefton Council", 1, False),
        ("police", 3, False),
        ("Merseyside Police", 3, False),
        ("Team Manager, Alder Hey", 5, False),
        ("alder hey team manager", 5, False),
        ("team-manager", 4, False),
        ("hed of educaton", 1, True),
        ("polise", 3, True),
        ("superintendant", 3, True),
    ],
)
def test_a_post_is_found_by_its_title_its_organisation_or_its_key(text: str, post: int, corrected: bool) -> None:
    found = find_name(text, PLAN, NameKind.POST)
    assert found.one is not None
    assert (found.one.id, found.corrected_from) == (post, text if corrected else "")


@pytest.mark.parametrize(
    ("text", "posts"), [("Team Manager", (4, 5)), ("education", (1, 2)), ("manager", (4, 5)), ("wizard", ()), ("", ())]
)
def test_several_posts_or_none_are_asked_about(text: str, posts: tuple[int, ...]) -> None:
    found = find_name(text, PLAN, NameKind.POST)
    assert found.one is None
    assert tuple(post.id for post in found.names or found.nearest) == posts


# -- leave

LEAVE = [
    ("I'm on leave until 12/9", Leave(None, SEP12)),
    ("Hi, I’ll be on annual leave from 24 Aug to 12 Sep", Leave(AUG24, SEP12)),
    ("I am away until Saturday 12 September.", Leave(None, SEP12)),
    ("I'm on holiday, back on 14 Sep", Leave(None, date(2020, 9, 13))),
    ("On leave 24 Aug - 12 Sep", Leave(AUG24, SEP12)),
    ("Away until 12/9", Leave(None, SEP12)),
    ("I'm off sick today", Leave(TODAY, TODAY)),
    ("I'm away tomorrow", Leave(date(2020, 9, 3), date(2020, 9, 3))),
    ("I'm away on 9 September", Leave(date(2020, 9, 9), date(2020, 9, 9))),
    (f"My deputy is {SAM} until 12/9", Leave(None, SEP12, SAM, somebody=True)),
    (f"{SAM} covers for me until 12/9", Leave(None, SEP12, SAM, somebody=True)),
    ("I'm off next week", Leave(date(2020, 9, 7), date(2020, 9, 11))),
    ("I'm off all next week", Leave(date(2020, 9, 7), date(2020, 9, 11))),
    ("A/L 7-11 Sept", Leave(date(2020, 9, 7), date(2020, 9, 11))),
    (f"{MAIL} will deputise for me 7 sep to 12 sep", Leave(date(2020, 9, 7), SEP12, MAIL, somebody=True)),
    ("Off Friday", Leave(date(2020, 9, 4), date(2020, 9, 4))),
    ("im off from friday back 7th", Leave(date(2020, 9, 4), date(2020, 9, 6))),
    ("off fri, back mon", Leave(date(2020, 9, 4), date(2020, 9, 6))),
    ("half term off, so 26 to 30 oct", Leave(date(2020, 10, 26), date(2020, 10, 30))),
    ("On leave w/c 14/9", Leave(date(2020, 9, 14), date(2020, 9, 18))),
    ("Leave Monday to Wednesday", Leave(date(2020, 9, 7), date(2020, 9, 9))),
    ("I'm away for two weeks from Monday", Leave(date(2020, 9, 7), date(2020, 9, 20))),
    ("I'm on holiday until the end of September", Leave(None, date(2020, 9, 30))),
    ("I'm away from tomorrow, back a week on Tuesday", Leave(date(2020, 9, 3), date(2020, 9, 14))),
    ("annual leave the whole of October", Leave(date(2020, 10, 1), date(2020, 10, 31))),
    ("I am on leave from 7 Sep", Leave(date(2020, 9, 7), None)),
    (f"I am on leave until 12/9, {SAM} stands in", Leave(None, SEP12, SAM, somebody=True)),
    (f"I'm on leave until 12/9. {MAIL} covers", Leave(None, SEP12, MAIL, somebody=True)),
    ("I'm on leave until 12/9, Sam covers for me", Leave(None, SEP12, somebody=True, name="Sam")),
    ("I'm on leave until 31/9", Leave(say="September has 30 days.")),
    ("Automatic reply: I am out of the office until 12 September", Leave(None, SEP12, automatic=True)),
    ("Automatic reply: I am away. Please contact reception", Leave(somebody=True, automatic=True)),
]
NO_LEAVE = [
    "healthy-5 on track",
    "our analyst is on leave until 12/9",
    "the post is vacant until 12/9",
    "I am on track until September",
    "leave it with me until Friday",
    "off the record the heads are cross",
    "away days went well",
    "leave 12 copies at reception",
    "off 12 schools 9 replied",
    "holiday clubs start on Monday",
    f"{SAM} is covering the survey",
    "thanks",
    "",
]


def _leave(text: str) -> Leave | None:
    return read_leave(text, TODAY, announced=read_social(text, SEFTON, TODAY).asks is Act.AWAY)


@pytest.mark.parametrize(("text", "leave"), LEAVE)
def test_leave_is_read(text: str, leave: Leave) -> None:
    assert _leave(text) == leave


@pytest.mark.parametrize("text", NO_LEAVE)
def test_other_words_announce_no_leave(text: str) -> None:
    assert _leave(text) is None
