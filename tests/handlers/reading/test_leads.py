"""Whom a post or an organisation as typed means, as tables."""

import pytest

from handlers.reading.lead_names import LeadAsk, OnePost, Partners, read_lead, read_partners
from handlers.reading.vocabulary import OrganisationWords, PlanNames, PostWords, Vocabulary

HEAD, HEALTH, POLICE, CCG, SCHOOLS = 1, 2, 3, 4, 5
COUNCIL, FORCE, HEALTH_BODY, CARERS, SCHOOL = 11, 12, 13, 14, 15
LONG = "NHS South Sefton CCG and NHS Southport and Formby CCG"

_COUNCIL = OrganisationWords(COUNCIL, "sefton-council", "Sefton Council", ("council",))
_FORCE = OrganisationWords(FORCE, "merseyside-police", "Merseyside Police", ("police",))
_HEALTH_BODY = OrganisationWords(HEALTH_BODY, "ccg", LONG, ("CCGs",))
_CARERS = OrganisationWords(CARERS, "parent-carers", "Parent and carer groups")
_SCHOOL = OrganisationWords(SCHOOL, "schools", "Sefton schools")
NAMES = PlanNames(
    posts=(
        PostWords(HEAD, "head-of-education", "Head of Education", _COUNCIL, (), "A. N. Other"),
        PostWords(HEALTH, "public-health-lead", "Public Health Lead for Children", _COUNCIL),
        PostWords(POLICE, "police-superintendent", "Superintendent, Sefton", _FORCE),
        PostWords(CCG, "childrens-commissioner", "Children's Commissioner", _HEALTH_BODY),
        PostWords(SCHOOLS, "headteachers-representative", "Headteachers’ representative", _SCHOOL),
    ),
    organisations=(_COUNCIL, _FORCE, _HEALTH_BODY, _CARERS, _SCHOOL),
)
ASKED = {COUNCIL: HEAD, FORCE: POLICE, HEALTH_BODY: CCG, SCHOOL: SCHOOLS}
BOOK = Vocabulary(names=lambda: NAMES, asked_posts=lambda: ASKED)
EVERYBODY = ((COUNCIL, HEAD), (FORCE, POLICE), (HEALTH_BODY, CCG), (CARERS, None), (SCHOOL, SCHOOLS))


@pytest.mark.parametrize(
    ("typed", "post", "sure"),
    [
        ("Head of Education", HEAD, True),
        ("the head of education", HEAD, True),
        ("Head of Education, Sefton Council", HEAD, True),
        ("Sefton Council Head of Education", HEAD, True),
        ("Head of Education (Sefton Council)", HEAD, True),
        ("A. N. Other", HEAD, True),
        ("Public health lead", HEALTH, True),
        ("Superintendent, Sefton", POLICE, True),
        ("police", POLICE, True),
        ("Merseyside Police", POLICE, True),
        ("children’s commissioner", CCG, True),
        ("headteachers' representative", SCHOOLS, True),
        ("Head of Educaton", HEAD, False),
        ("superintendent", POLICE, False),
    ],
)
def test_a_post_is_known_by_its_title_its_holder_or_its_organisation(typed: str, post: int, sure: bool) -> None:
    assert read_lead(typed, BOOK) == OnePost(post, sure)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("council", "Which post of Sefton Council leads it: Head of Education, Sefton Council; Public Health Lead"),
        ("parent and carer groups", "Parent and carer groups has no post in the plan yet, so it can lead nothing."),
        ("Director of Nothing", "I do not know the post “director of nothing”: name one of the plan’s"),
        ("sefton", "Which post leads it: "),
        ("", "Who leads it? Name a post."),
        ("x" * 5000, "Who leads it? Name a post."),
        ("all partners and so on", "I do not read “ and so on”"),
        ("all partners except the fire service", "I do not know the partner “the fire service”."),
    ],
)
def test_what_names_nobody_or_several_is_a_question(typed: str, said: str) -> None:
    read = read_lead(typed, BOOK)
    assert isinstance(read, LeadAsk)
    assert read.say.startswith(said.replace("“ ", "“")), read.say


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("all partners", EVERYBODY),
        ("All the partners", EVERYBODY),
        ("each partner", EVERYBODY),
        ("all organisations", EVERYBODY),
        ("all partners except police", tuple(one for one in EVERYBODY if one[0] != FORCE)),
        ("all partners, but not the police and schools", ((COUNCIL, HEAD), (HEALTH_BODY, CCG), (CARERS, None))),
        ("all partners (except parent and carer groups, CCG)", ((COUNCIL, HEAD), (FORCE, POLICE), (SCHOOL, SCHOOLS))),
        ("partners: police, CCG", ((FORCE, POLICE), (HEALTH_BODY, CCG))),
        ("partners police and Sefton schools", ((FORCE, POLICE), (SCHOOL, SCHOOLS))),
        (f"partners: {LONG} and police", ((HEALTH_BODY, CCG), (FORCE, POLICE))),
        ("partners: public health lead for children, police", ((COUNCIL, HEALTH), (FORCE, POLICE))),
        ("partners: merseyside polise", ((FORCE, POLICE),)),
    ],
)
def test_all_partners_or_those_listed_with_the_post_that_is_asked(
    typed: str, asked: tuple[tuple[int, int | None], ...]
) -> None:
    assert read_lead(typed, BOOK) == Partners(asked)


def test_in_the_form_a_line_says_who_is_asked_for_a_partner() -> None:
    typed = (
        "Sefton Council: Public Health Lead for Children\n"
        f"{LONG}: Children's Commissioner\n"
        "Parent and carer groups: no post yet"
    )
    assert read_partners(typed, BOOK) == Partners(((COUNCIL, HEALTH), (HEALTH_BODY, CCG), (CARERS, None)))
    assert isinstance(read_partners("police: Director of Nothing", BOOK), LeadAsk)
