"""Forms behind an action's card, through the real app: edit and re-plan it; what it was stays in its history."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.demo.workspace import SeenView, SubmitResult
from models.enums import AnswerKind, Kind
from models.storage.scope import ALL
from models.storage.tables import ActionPriority, Post, Priority
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ADMIN,
    CHAIR,
    EDUCATION,
    HEALTH,
    MEMBER,
    SECRETARY,
    OpenAt,
    action,
    as_plan,
    entries,
    example,
    finish,
    finished,
    forge,
    labels,
    meeting_on,
    read,
    replans,
    stored,
    when,
)
from tests.local_slack import Sandbox


def form(sandbox: Sandbox, user: str, ref: str, label: str) -> SeenView:
    """Opens a form from the card of an action."""
    card = sandbox.command(user, f"status {ref}").message
    sandbox.workspace.press(user, card, text=label)
    view = sandbox.workspace.view(user)
    assert view is not None, f"{label} opened nothing"
    return view


def send(sandbox: Sandbox, user: str, view: SeenView, **values: str) -> SubmitResult:
    return finished(sandbox, user, sandbox.workspace.submit(user, view, values))


def post(sandbox: Sandbox, title: str) -> int:
    with sandbox.database.read(ALL) as session:
        return session.scalars(select(Post.id).where(Post.title == title)).one()


def serves(sandbox: Sandbox, ref: str) -> tuple[int | None, list[int]]:
    row = action(sandbox, ref)
    with sandbox.database.read(ALL) as session:
        wanted = select(Priority.number).join(ActionPriority).where(ActionPriority.action_id == row.id)
        return row.theme_id, sorted(session.scalars(wanted))


def undo(sandbox: Sandbox, user: str, result: SubmitResult) -> str:
    receipt = result.messages[-1]
    return read(finished(sandbox, user, sandbox.workspace.press(user, receipt, text="Undo")))


# -- who is offered what


@pytest.mark.parametrize(
    ("user", "offered"),
    [
        (SECRETARY, ["Re-plan…", "Edit…", "Assign…", "Put in the brief", "Share in channel"]),
        (CHAIR, ["Re-plan…", "Share in channel"]),
        (EDUCATION, ["Re-plan…", "Share in channel"]),
        (HEALTH, ["Share in channel"]),
        (MEMBER, ["Share in channel"]),
    ],
)
def test_the_card_offers_each_what_they_may(calm: Sandbox, user: str, offered: list[str]) -> None:
    add_others(calm)
    assert labels(calm.command(user, "status healthy-5").message) == offered


def test_a_closed_action_offers_nothing(calm: Sandbox) -> None:
    calm.command(SECRETARY, "withdraw healthy-5 because it is everyday work")
    assert labels(calm.command(SECRETARY, "status healthy-5").message) == ["Share in channel"]


@pytest.mark.parametrize(("verb", "said"), [("edit", "healthy-5 was not changed"), ("replanform", "was not moved")])
def test_a_press_by_somebody_who_may_not_changes_nothing(calm: Sandbox, verb: str, said: str) -> None:
    before = stored(calm)
    assert said in read(forge(calm, HEALTH, verb, f"{action(calm, 'healthy-5').id}|0"))
    assert stored(calm) == before


# -- editing


def test_the_words_are_changed_and_the_history_says_what_they_were_and_undo_brings_them_back(calm: Sandbox) -> None:
    words = action(calm, "healthy-5").words
    sent = send(calm, SECRETARY, form(calm, SECRETARY, "healthy-5", "Edit…"), words="Act on the survey <now> & tell us")
    said = read(sent)
    assert said.startswith("Changed healthy-5.")
    assert f"Before: “{words}”" in said
    assert action(calm, "healthy-5").words == "Act on the survey <now> & tell us"
    history = read(calm.command(SECRETARY, "history healthy-5"))
    assert f"Democratic Services Officer, Sefton Council: words changed. Before: “{words}”." in history
    assert undo(calm, SECRETARY, sent).startswith("Undone: healthy-5 is as it was.")
    assert action(calm, "healthy-5").words == words
    assert [entry.kind for entry in entries(calm, "healthy-5")] == [AnswerKind.REWORDED, AnswerKind.REWORDED]


def test_what_it_serves_its_kind_and_its_lead_are_changed_together_and_undone_together(calm: Sandbox) -> None:
    before = (action(calm, "healthy-5"), serves(calm, "healthy-5"))
    view = form(calm, SECRETARY, "healthy-5", "Edit…")
    sent = send(
        calm,
        SECRETARY,
        view,
        kind=Kind.STANDING.value,
        serves="7, 8",
        lead=str(post(calm, "Executive Director of Children's Social Care and Education")),
    )
    said = read(sent)
    assert "Kind: deliverable → standing commitment." in said
    assert "Serves: theme healthy → 7, 8." in said
    assert "Lead: Head of Education, Sefton Council → Executive Director" in said
    assert "It has no due meeting any more." in said
    now = action(calm, "healthy-5")
    assert (now.kind, now.due_meeting_id, now.replans, serves(calm, "healthy-5")) == (
        Kind.STANDING,
        None,
        0,
        (None, [7, 8]),
    )
    assert undo(calm, SECRETARY, sent).startswith("Undone")
    back = action(calm, "healthy-5")
    for name in ("words", "kind", "theme_id", "lead_post_id", "due_meeting_id", "replans"):
        assert getattr(back, name) == getattr(before[0], name), name
    assert serves(calm, "healthy-5") == before[1]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"words": "   "}, "words", "Say what is to be done."),
        ({"serves": "theme nonsense"}, "serves", "Write “theme” and its name"),
        ({"serves": ""}, "serves", "only a board action may leave this empty"),
        ({}, "words", "Nothing is different yet"),
        ({"words": "See the pupil with NHS number 943 476 5919"}, "words", "NHS number"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_changed(
    calm: Sandbox, values: dict[str, str], field: str, said: str
) -> None:
    before = stored(calm)
    sent = send(calm, SECRETARY, form(calm, SECRETARY, "healthy-5", "Edit…"), **values)
    assert said in sent.errors[field]
    assert not sent.closed
    assert stored(calm) == before


def test_a_standing_commitment_that_becomes_a_deliverable_is_offered_a_due_meeting(calm: Sandbox) -> None:
    sent = send(calm, SECRETARY, form(calm, SECRETARY, "heard-1", "Edit…"), kind=Kind.DELIVERABLE.value)
    assert "It has no due meeting yet." in read(sent)
    calm.workspace.press(SECRETARY, sent.messages[-1], text="Re-plan…")
    view = calm.workspace.view(SECRETARY)
    assert view is not None
    october = meeting_on(calm, 10, 23).id
    assert "Moved heard-1" in read(send(calm, SECRETARY, view, to=str(october), reason="it can be finished after all"))
    assert action(calm, "heard-1").first_due_meeting_id == october


def test_an_edit_is_undone_only_while_it_is_the_last_and_within_ten_minutes(calm: Sandbox) -> None:
    first = send(calm, SECRETARY, form(calm, SECRETARY, "healthy-5", "Edit…"), words="First wording")
    second = send(calm, SECRETARY, form(calm, SECRETARY, "healthy-5", "Edit…"), words="Second wording")
    assert "was changed again meanwhile" in undo(calm, SECRETARY, first)
    calm.clock.move(calm.clock() + timedelta(minutes=11))
    assert "more than 10 minutes ago" in undo(calm, SECRETARY, second)
    assert action(calm, "healthy-5").words == "Second wording"


def test_an_action_that_was_edited_while_the_form_was_open_is_not_edited_back(calm: Sandbox) -> None:
    add_others(calm)
    first, second = (form(calm, user, "healthy-5", "Edit…") for user in (ADMIN, SECRETARY))
    send(calm, ADMIN, first, words="First wording")
    said = read(send(calm, SECRETARY, second, kind=Kind.STANDING.value))
    assert "healthy-5 was changed while the form was open, so nothing of yours was stored" in said
    now = action(calm, "healthy-5")
    assert (now.words, now.kind) == ("First wording", Kind.DELIVERABLE)


def test_to_undo_an_edit_leaves_a_re_plan_since_as_it_is(calm: Sandbox) -> None:
    sent = send(calm, SECRETARY, form(calm, SECRETARY, "healthy-5", "Edit…"), words="First wording")
    calm.command(SECRETARY, "move healthy-5 to 23 Oct because the survey is late")
    assert undo(calm, SECRETARY, sent).startswith("Undone")
    assert action(calm, "healthy-5").due_meeting_id == meeting_on(calm, 10, 23).id
    assert [move.reason for move in replans(calm, "healthy-5")] == ["the survey is late"]


def test_the_new_lead_and_the_former_one_are_told(calm: Sandbox) -> None:
    lead = str(post(calm, "Public Health Lead for Children"))
    sent = send(calm, SECRETARY, form(calm, SECRETARY, "healthy-5", "Edit…"), lead=lead)
    assert "Both sides are told in working hours." in read(sent)
    calm.tick()
    assert any("healthy-5" in read(one) for one in calm.workspace.dm(HEALTH))


# -- re-planning


def test_a_secretary_moves_an_action_by_the_form(calm: Sandbox) -> None:
    october = meeting_on(calm, 10, 23).id
    view = form(calm, SECRETARY, "healthy-5", "Re-plan…")
    sent = send(calm, SECRETARY, view, to=str(october), reason="the survey is late")
    assert read(sent).startswith("Moved healthy-5 to Fri 23 Oct 2020.")
    (move,) = replans(calm, "healthy-5")
    assert (move.to_meeting_id, move.reason) == (october, "the survey is late")


def test_a_lead_asks_by_the_same_form_and_the_secretary_gets_a_button(calm: Sandbox) -> None:
    view = form(calm, EDUCATION, "healthy-5", "Re-plan…")
    assert view.submit == "Ask"
    sent = send(calm, EDUCATION, view, to=str(meeting_on(calm, 10, 23).id), reason="the survey is late")
    assert read(sent).startswith("Asked: the board’s secretary will decide")
    assert replans(calm, "healthy-5") == []
    calm.tick()
    assert any("healthy-5" in read(one) for one in calm.workspace.dm(SECRETARY))


def test_a_re_plan_without_a_reason_or_to_a_meeting_that_was_cancelled_meanwhile_keeps_what_was_typed(
    calm: Sandbox,
) -> None:
    view = form(calm, SECRETARY, "healthy-5", "Re-plan…")
    october = str(meeting_on(calm, 10, 23).id)
    assert send(calm, SECRETARY, view, to=october, reason="  ").errors["reason"]
    calm.change_meeting(SECRETARY, "cancel 23 oct because the chamber is closed")
    sent = send(calm, SECRETARY, view, to=october, reason="the survey is late")
    assert "was cancelled" in sent.errors["to"]
    assert replans(calm, "healthy-5") == []


# -- five hundred posts


def test_a_menu_of_five_hundred_posts_searches_as_one_types(open_at: OpenAt) -> None:
    plan = example()
    plan["posts"] += [
        {"key": f"officer-{number}", "title": f"Officer number {number}", "organisation": "sefton-council"}
        for number in range(500)
    ]
    sandbox = open_at(when(8, 27), plan=as_plan(plan))
    view = form(sandbox, SECRETARY, "healthy-5", "Edit…")
    menu = next(one for one in view.elements() if one["type"] == "external_select")
    assert menu["initial_option"]["text"]["text"] == "Head of Education, Sefton Council"
    offered = sandbox.workspace.suggest(SECRETARY, view, "number 417", action_id=menu["action_id"])
    assert offered[0]["text"]["text"] == "Officer number 417, Sefton Council"
    assert len(sandbox.workspace.suggest(SECRETARY, view, "", action_id=menu["action_id"])) == 100
    assert sandbox.workspace.suggest(SECRETARY, view, "zzzzzz", action_id=menu["action_id"]) == []
    sent = sandbox.workspace.submit(SECRETARY, view, {"lead": offered[0]})
    assert sent.ok
    finish(sandbox)
    assert action(sandbox, "healthy-5").lead_post_id == post(sandbox, "Officer number 417")
    for command, field in (("add", "lead"), ("board partnership", "chair")):
        shown = sandbox.command(SECRETARY, command)
        if shown.messages:
            sandbox.workspace.press(SECRETARY, shown.message, text="Change…")
        opened = sandbox.workspace.view(SECRETARY)
        assert opened is not None
        block = next(one for one in opened.blocks if one.get("block_id") == field)
        assert block["element"]["type"] == "external_select"
        sandbox.workspace.close_view(SECRETARY, opened)
