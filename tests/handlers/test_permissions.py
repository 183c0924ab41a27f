"""Who may do what (docs/explanation/boards-and-dates.md, Who may do what), as one table of roles and verbs."""

import itertools

import pytest

from handlers.permissions import About, may, why_not
from models.enums import Verb
from models.plan.accounts import Actor, Membership, Roles

POST, OTHER_POST, BOARD, OTHER_BOARD = 1, 2, 10, 20
ABOUT = About(POST, BOARD)
WHO = Actor("T0DEMO", "U0SOME")


def roles(
    membership: Membership = Membership.MEMBER,
    posts: tuple[int, ...] = (),
    secretary_of: int = 0,
    chair_of: int = 0,
    admin: bool = False,
) -> Roles:
    return Roles(
        WHO,
        membership,
        person_id=1,
        posts=posts,
        secretary_of=frozenset({secretary_of} - {0}),
        chair_of=frozenset({chair_of} - {0}),
        is_administrator=admin,
    )


PEOPLE = {
    "member": roles(),
    "guest": roles(Membership.GUEST),
    "stranger": roles(Membership.STRANGER),
    "lead": roles(posts=(POST,)),
    "guest who leads": roles(Membership.GUEST, posts=(POST,)),
    "stranger who leads": roles(Membership.STRANGER, posts=(POST,)),
    "other lead": roles(posts=(OTHER_POST,)),
    "secretary": roles(secretary_of=BOARD),
    "other secretary": roles(secretary_of=OTHER_BOARD),
    "chair": roles(chair_of=BOARD),
    "other chair": roles(chair_of=OTHER_BOARD),
    "administrator": roles(admin=True),
    "stranger who administers": roles(Membership.STRANGER, admin=True),
}
LEADS = {"lead", "guest who leads", "stranger who leads"}
ADMINS = {"administrator", "stranger who administers"}
DECIDE = {"secretary", "chair"} | ADMINS
SECRETARIES = {"secretary", "other secretary"}
OF_NO_BOARD = {Verb.DEPUTISE: SECRETARIES, Verb.PEOPLE: SECRETARIES, Verb.ORGANISATION: SECRETARIES} | {
    Verb.EXPORT: SECRETARIES | {"chair", "other chair"},
    Verb.FIGURES: SECRETARIES,
    Verb.MEASURE: SECRETARIES,
    Verb.RISK: SECRETARIES,
}
"""What belongs to no one board, and who but administrators may do it."""
TABLE = {
    Verb.READ: set(PEOPLE) - {"guest", "stranger"},
    Verb.ANSWER: LEADS | {"secretary"} | ADMINS,
    Verb.SNOOZE: LEADS,
    Verb.ASK_REPLAN: LEADS,
    Verb.REPLAN: DECIDE,
    Verb.OUTCOME: DECIDE,
    Verb.DIGEST: DECIDE,
    Verb.PUBLISH: DECIDE,
    Verb.ASSIGN: {"secretary"} | ADMINS,
    Verb.MEETINGS: {"secretary"} | ADMINS,
    Verb.ADD: {"secretary"} | ADMINS,
    Verb.REDACT: {"secretary"} | ADMINS,
    Verb.BOARD: {"secretary"} | ADMINS,
    Verb.DEPUTISE: LEADS | SECRETARIES | ADMINS,
    Verb.PEOPLE: SECRETARIES | ADMINS,
    Verb.ORGANISATION: SECRETARIES | ADMINS,
    Verb.EXPORT: SECRETARIES | {"chair", "other chair"} | ADMINS,
    Verb.PAPERS: {"secretary"} | ADMINS,
    Verb.CHASE: {"secretary"} | ADMINS,
    Verb.CLEARANCE: LEADS | {"secretary"} | ADMINS,
    Verb.CONTRIBUTE: LEADS | {"secretary"} | ADMINS,
    Verb.BRIEF: DECIDE,
    Verb.EXEMPT: DECIDE,
    Verb.FIGURES: SECRETARIES | ADMINS,
    Verb.MEASURE: LEADS | SECRETARIES | ADMINS,
    Verb.RISK: LEADS | SECRETARIES | ADMINS,
}


@pytest.mark.parametrize(("verb", "who"), list(itertools.product(TABLE, PEOPLE)), ids=str)
def test_who_may_do_what(verb: Verb, who: str) -> None:
    assert may(PEOPLE[who], verb, ABOUT) is (who in TABLE[verb])


@pytest.mark.parametrize("verb", [verb for verb in TABLE if verb is not Verb.READ])
def test_an_action_without_lead_and_board_is_the_administrators_alone(verb: Verb) -> None:
    allowed = {who for who, held in PEOPLE.items() if may(held, verb, About())}
    others = OF_NO_BOARD.get(verb, set())
    assert allowed == (set() if verb in (Verb.SNOOZE, Verb.ASK_REPLAN) else ADMINS | others)


def test_the_table_leaves_no_verb_out() -> None:
    assert set(TABLE) == set(Verb)


def test_roles_add_up() -> None:
    both = roles(posts=(POST,), chair_of=BOARD)
    assert may(both, Verb.ANSWER, ABOUT)
    assert may(both, Verb.OUTCOME, ABOUT)
    assert not may(both, Verb.ASSIGN, ABOUT)


def test_a_post_and_a_board_of_the_same_number_are_not_confused() -> None:
    assert not may(roles(posts=(BOARD,)), Verb.ANSWER, ABOUT)
    assert not may(roles(secretary_of=POST), Verb.ANSWER, ABOUT)


@pytest.mark.parametrize("verb", Verb)
def test_every_refusal_is_a_sentence_that_says_whom_to_turn_to(verb: Verb) -> None:
    for secretary in ("", "Democratic Services Officer, Sefton Council"):
        said = why_not(verb, "healthy-5", "Head of Education", secretary)
        assert said.endswith(".")
        assert "secretary" in said
        assert secretary in said or verb is Verb.READ


def test_the_refusal_of_an_answer_says_whose_it_is() -> None:
    assert why_not(Verb.ANSWER, "healthy-5", "Head of Education").startswith("healthy-5 is led by Head of Education")
    assert why_not(Verb.ANSWER, "healthy-5").startswith("healthy-5 has no lead yet")
