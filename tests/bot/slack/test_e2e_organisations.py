"""Organisations: what they are called from when on, and when they are closed, through the real Bolt app."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.storage.scope import ALL
from models.storage.tables import Organisation, Post
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ADMIN,
    EDUCATION,
    HEALTH,
    MEMBER,
    OTHER_SECRETARY,
    SECRETARY,
    OpenAt,
    Pristine,
    action,
    as_plan,
    entries,
    example,
    read,
    when,
    with_two_secretaries,
)
from tests.local_slack import Sandbox


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    plan = with_two_secretaries(example())
    plan["posts"][4]["aliases"] = ["MW", "the schools lady"]
    sandbox = open_for_all(when(8, 20), plan=as_plan(plan))
    add_others(sandbox)
    return Pristine(sandbox)


def organisation(sandbox: Sandbox, key: str) -> Organisation:
    with sandbox.database.read(ALL) as session:
        return session.scalars(select(Organisation).where(Organisation.key == key)).one()


def kept(sandbox: Sandbox, key: str) -> tuple[object, ...]:
    row = organisation(sandbox, key)
    return row.name, row.aliases, row.closed, row.renames


def test_anyone_reads_the_organisations(sandbox: Sandbox) -> None:
    shown = read(sandbox.command(MEMBER, "orgs"))
    assert shown.startswith("9 organisations in the plan.")
    assert "Merseyside Police (police)" in shown
    assert "Sefton schools: closed Thu 23 Jul 2020 to Mon 31 Aug 2020 (summer holidays (illustrative))" in shown
    one = read(sandbox.command(MEMBER, "org police"))
    assert "Also called: police" in one
    assert "Posts: " in one


@pytest.mark.parametrize("user", [SECRETARY, OTHER_SECRETARY, ADMIN])
def test_a_name_that_holds_from_today_is_understood_both_ways(sandbox: Sandbox, user: str) -> None:
    shown = read(sandbox.command(user, "org CCGs becomes NHS Sefton Integrated Care"))
    assert "is called NHS Sefton Integrated Care now." in shown
    assert kept(sandbox, "ccg")[:2] == (
        "NHS Sefton Integrated Care",
        ["CCGs", "clinical commissioning groups", "NHS South Sefton CCG and NHS Southport and Formby CCG"],
    )
    assert "NHS Sefton Integrated Care." in read(sandbox.command(MEMBER, "org CCGs"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("org nowhere becomes Somewhere", "I know no such organisation: “/cypp orgs” lists them."),
        ("org sefton becomes Bigger Sefton", "Which organisation is meant?"),
        ("org police becomes Sefton CVS", "“Sefton CVS” means Sefton CVS already, so nothing was changed"),
        ("org police becomes council from 1/6/21", "“council” means Sefton Council already, so nothing was changed"),
        ("org police becomes Merseyside Police", "already has that name: nothing was changed."),
        ("org police becomes The Force from 1/8/2020", "Sat 1 Aug 2020 is past, so nothing was changed"),
        ("org police becomes The Force from 31/9", "September has 30 days. Nothing was changed."),
        ("org police becomes", "Say which organisation becomes what"),
        ("org police becomes " + "x" * 301, "A name has at most 300 characters"),
        ("org police closed 31/9", "September has 30 days. Nothing was changed."),
        ("org police open 1/9", "Tue 1 Sep 2020 is open already, so nothing was changed."),
        ("org police closed", "Say on which days"),
    ],
    ids=lambda value: str(value)[:45],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(sandbox: Sandbox, typed: str, said: str) -> None:
    before = kept(sandbox, "merseyside-police")
    shown = read(sandbox.command(SECRETARY, typed))
    assert said in shown, shown
    assert kept(sandbox, "merseyside-police") == before


def test_several_that_fit_are_asked_about(sandbox: Sandbox) -> None:
    asked = sandbox.command(SECRETARY, "org sefton becomes Bigger Sefton").message
    assert "is called Bigger Sefton now." in read(sandbox.press_in(SECRETARY, asked, "Sefton CVS"))
    assert kept(sandbox, "sefton-cvs")[0] == "Bigger Sefton"


def test_a_name_to_come_takes_hold_on_its_day_and_signatures_stay_as_written(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 31, 20))
    sandbox.command(HEALTH, "update healthy-4 on track two are done")
    shown = read(sandbox.command(SECRETARY, "org council becomes Sefton Borough from 1/9"))
    assert "Sefton Council becomes Sefton Borough from Tue 1 Sep 2020 on." in shown
    assert "Sefton Council" in read(sandbox.command(HEALTH, "status healthy-4"))
    assert "Sefton Borough from Tue 1 Sep 2020" in read(sandbox.command(HEALTH, "orgs"))
    sandbox.clock.move(when(9, 1, 0, 1))
    sandbox.tick()
    assert kept(sandbox, "sefton-council") == ("Sefton Borough", ["council", "Sefton Council"], [], [])
    card = read(sandbox.command(HEALTH, "status healthy-4"))
    assert "Public Health Lead for Children, Sefton Borough" in card
    assert "Public Health Lead for Children, Sefton Council" in card, "the signature under the last words"
    (entry,) = entries(sandbox, "healthy-4")
    assert entry.signature == "Public Health Lead for Children, Sefton Council"
    sandbox.advance(when(9, 1, 10))
    assert "Sefton Borough" in read(sandbox.workspace.dm(EDUCATION)[-1])


def test_closed_days_put_off_what_would_be_asked_then(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17, 9))
    sandbox.advance(when(8, 20))
    shown = read(sandbox.command(SECRETARY, "org council closed 26/8 to 27/8 because we move house"))
    assert "Sefton Council: closed Wed 26 Aug 2020 to Thu 27 Aug 2020 (we move house)." in shown
    mark = sandbox.workspace.mark()
    sandbox.advance(when(8, 27, 17))
    assert sandbox.workspace.since(HEALTH, mark) == ()
    sandbox.advance(when(8, 28, 10))
    assert len(sandbox.workspace.since(HEALTH, mark)) == 1


@pytest.mark.parametrize("name", ["MW", "mw", "the schools lady", "Head of Ed", "HoE", "head of educaton"])
def test_a_post_is_known_by_its_other_names_its_initials_and_what_is_nearly_its_title(
    sandbox: Sandbox, name: str
) -> None:
    shown = read(sandbox.command(SECRETARY, f"assign healthy-4 to {name} because it was agreed"))
    assert "Head of Education, Sefton Council" in shown
    with sandbox.database.read(ALL) as session:
        lead = session.scalars(select(Post.key).where(Post.id == action(sandbox, "healthy-4").lead_post_id)).one()
    assert lead == "head-of-education"


@pytest.mark.parametrize("name", ["he", "head", "policy", "mind you", "Head of Transport"])
def test_what_only_looks_like_a_post_is_asked_about_and_nothing_is_changed(sandbox: Sandbox, name: str) -> None:
    before = action(sandbox, "healthy-4").lead_post_id
    shown = read(sandbox.command(SECRETARY, f"assign healthy-4 to {name} because it was agreed"))
    assert "Nothing was changed yet." in shown
    assert action(sandbox, "healthy-4").lead_post_id == before


# -- who contributes to a focus theme, and until when


def contributes(sandbox: Sandbox, key: str) -> tuple[list[str], str]:
    row = organisation(sandbox, key)
    return row.contributors, str(row.last_day or "")


@pytest.mark.parametrize(
    ("typed", "keys", "said"),
    [
        ("org council contributor Head of Education", ["head-of-education"], "by Head of Education now."),
        ("org council contributors Early Help Manager, MW and Public Health Lead for Children",
         ["early-help-manager", "head-of-education", "public-health-lead"],
         "Each gives a contribution of its own."),
        ("org police contributor Superintendent, Sefton", ["police-superintendent"], "by Superintendent, Sefton now."),
        ("org council contributor none", [], "by the post that leads most of its open actions now."),
    ],
)  # fmt: skip
def test_who_contributes_is_named_by_posts_of_that_organisation(
    sandbox: Sandbox, typed: str, keys: list[str], said: str
) -> None:
    assert said in read(sandbox.command(SECRETARY, typed))
    key = {"council": "sefton-council", "police": "merseyside-police"}[typed.split()[1]]
    assert contributes(sandbox, key)[0] == keys


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("org police contributor Head of Education",
         "Head of Education, Sefton Council is no post of Merseyside Police, so nothing was changed: it has"),
        ("org police contributor the wizard", "I know no post called “the wizard”, so nothing was changed"),
        ("org LSCB contributor Head of Education", "it has no post in the plan."),
        ("org police ends 31/9", "September has 30 days. Nothing was changed."),
        ("org police ends never", "is set to that already: nothing was changed."),
    ],
)  # fmt: skip
def test_what_names_no_post_of_it_and_no_day_changes_nothing(sandbox: Sandbox, typed: str, said: str) -> None:
    assert said in read(sandbox.command(SECRETARY, typed))
    assert contributes(sandbox, "merseyside-police") == ([], "")


def test_an_organisation_that_ends_is_asked_for_no_contribution_from_the_day_after(sandbox: Sandbox) -> None:
    assert "Merseyside Police ends on Fri 21 Aug 2020" in read(sandbox.command(SECRETARY, "org police ends 21/8"))
    assert "Last day Fri 21 Aug 2020" in read(sandbox.command(MEMBER, "org police"))
    assert "Merseyside Police" in read(sandbox.command(SECRETARY, "contributions for 23 Oct"))
    sandbox.advance(when(8, 24))
    assert "Merseyside Police" not in read(sandbox.command(SECRETARY, "contributions for 23 Oct"))
    given = read(sandbox.command(SECRETARY, "contribute police for 23 Oct: we appointed two officers"))
    assert "Merseyside Police ended on Fri 21 Aug 2020 and contributes no more, so nothing was recorded." in given
    assert "we appointed two officers" in given
    sandbox.command(SECRETARY, "org police ends never")
    assert "Merseyside Police" in read(sandbox.command(SECRETARY, "contributions for 23 Oct"))
