"""The Home tab through the real app: who sees what, each press answered on it, the planned digest left alone."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import text

from bot.demo.workspace import Answer, SeenView
from bot.slack.home_tab import publish_home
from handlers.press_codec import OnAction
from models.enums import Status
from models.plan.accounts import Actor
from models.storage.scope import ALL
from models.storage.workspaces import ensure_workspace
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ACTIVE_DEPUTY,
    ADMIN,
    CHAIR,
    EDUCATION,
    GUEST,
    MEMBER,
    NOTHING_SHOWN,
    SECRETARY,
    STRANGER,
    WIDE,
    OpenAt,
    action,
    as_plan,
    entries,
    example,
    finish,
    finished,
    forge,
    read,
    when,
    with_busy_lead,
)
from tests.local_slack import Fault, Sandbox


def opened(sandbox: Sandbox, user: str) -> SeenView:
    home = sandbox.workspace.open_home(user)
    assert home is not None
    return home


def shown(home: SeenView) -> str:
    return home.plain(WIDE)


def home_of(sandbox: Sandbox, user: str) -> SeenView:
    home = sandbox.workspace.home(user)
    assert home is not None
    return home


def press(sandbox: Sandbox, user: str, label: str, ref: str = "") -> Answer:
    """Presses a button on the Home tab that stands there; under an action where a ref is given."""
    home = home_of(sandbox, user)
    wanted = action(sandbox, ref).id if ref else 0
    found = (one for one in home.buttons() if one.text == label)
    button = next(one for one in found if not ref or OnAction.decode(one.value or "").action == wanted)
    return finished(sandbox, user, sandbox.workspace.press(user, home, action_id=button.action_id))


def ledger(sandbox: Sandbox) -> list[tuple[object, ...]]:
    with sandbox.database.read(ALL) as session:
        asks = session.execute(text("SELECT id, kind, step, state, fingerprint FROM notification ORDER BY id")).all()
        sent = session.execute(text("SELECT id, state FROM message ORDER BY id")).all()
    return [tuple(row) for row in (*asks, *sent)]


def test_what_stands_on_a_home_tab_is_remembered_for_its_own_workspace(calm: Sandbox) -> None:
    other = replace(calm.bot.deps, workspace_id="T0OTHER")
    with calm.database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0OTHER", calm.clock())
    for deps in (calm.bot.deps, other, calm.bot.deps):
        publish_home(deps, Actor(deps.workspace_id, EDUCATION))
    with calm.database.read(ALL) as session:
        rows = session.execute(text("SELECT workspace_id, payload LIKE '%healthy-5%' FROM spoken ORDER BY 1")).all()
    assert [tuple(row) for row in rows] == [("T0DEMO", 1), ("T0OTHER", 0)]


# -- who sees what


def test_a_lead_sees_what_waits_for_an_update_with_the_buttons_and_by_when(calm: Sandbox) -> None:
    home = opened(calm, EDUCATION)
    said = shown(home)
    assert said.startswith("3 actions of yours wait for an update by Tue 1 Sep 2020.")
    assert "Board, Wed 16 Sep 2020: updates due Tue 1 Sep\n" in said
    assert "16sep-3  🟣 proposed for closure" in said
    assert [one.text for one in home.buttons()].count("On track") == 3
    assert "Share in channel" not in said


def test_what_is_overdue_stands_first(open_at: OpenAt) -> None:
    sandbox = open_at(when(10, 5))
    said = shown(opened(sandbox, EDUCATION))
    assert "overdue." in said.split("\n\n")[0]
    assert said.index("Overdue\n") < said.index("\nLater\n")


def test_a_deputy_sees_whose_post_it_is_and_its_holder_that_it_is_deputised(calm: Sandbox) -> None:
    said = shown(opened(calm, ACTIVE_DEPUTY))
    assert "Deputy for Active Sefton Manager, Sefton Council: " in said
    holder = shown(opened(calm, "U0ACTIVES"))
    assert "Active Sefton Manager, Sefton Council: a deputy gets the requests until " in holder


def test_a_secretary_sees_each_board_with_its_counts_and_who_has_not_answered(calm: Sandbox) -> None:
    said = shown(opened(calm, SECRETARY))
    assert said.startswith("You keep 2 boards.")
    assert "49 open actions, 0 overdue, 1 awaiting the board." in said
    assert "Next meeting Wed 16 Sep 2020: updates due Tue 1 Sep, papers Tue 8 Sep." in said
    assert "Not answered yet: 11 actions of 7 leads." in said
    assert "Head of Education: healthy-5, healthy-8, 9sep-2" in said


def test_a_secretary_sees_which_outcomes_are_still_to_be_recorded(open_at: OpenAt) -> None:
    sandbox = open_at(when(9, 17))
    opened(sandbox, SECRETARY)
    assert "Next for you: the outcomes of Wed 16 Sep 2020, 12 to record." in shown(home_of(sandbox, SECRETARY))
    sandbox.workspace.command(SECRETARY, "/cypp", "outcome happy-2 no decision")
    assert "the outcomes of Wed 16 Sep 2020, 11 to record." in shown(opened(sandbox, SECRETARY))
    press(sandbox, SECRETARY, "Outcomes recorded")
    assert "11 actions due on Wed 16 Sep 2020 have no outcome yet." in shown(home_of(sandbox, SECRETARY))
    press(sandbox, SECRETARY, "Carry them forward to Fri 23 Oct")
    assert shown(opened(sandbox, SECRETARY)).count("Next for you") == 1, "the other board's alone"


def test_a_secretary_with_every_outcome_there_is_told_to_press_that_they_are_recorded(open_at: OpenAt) -> None:
    sandbox = open_at(when(9, 16))
    sandbox.advance(when(9, 17))
    asked = sandbox.say(SECRETARY, "carry forward all that is left to 23 Oct").message
    sandbox.press_in(SECRETARY, asked, "Record these 12")
    assert "press “Outcomes recorded” for Wed 16 Sep 2020" in shown(opened(sandbox, SECRETARY))
    press(sandbox, SECRETARY, "Outcomes recorded")
    assert shown(opened(sandbox, SECRETARY)).count("Next for you") == 1, "the other board's alone"


def test_an_expected_meeting_is_named_as_such(open_at: OpenAt) -> None:
    said = shown(opened(open_at(when(9, 17)), SECRETARY))
    assert "Next meeting December 2020, date to be confirmed." in said


def test_a_chair_sees_first_how_their_own_board_stands_and_what_changed_since_it_met(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17))
    said = shown(opened(sandbox, CHAIR))
    assert said.startswith("You chair the Children and Young People's Partnership Board.")
    assert "49 open actions: 1 off track, 4 some issues, 26 not started, 17 on track, 1 proposed for closure." in said
    assert "Nothing is overdue." in said
    assert "Since Wed 10 Jun 2020 nothing got better or worse." in said
    assert said.index("healthy-9  🔴 off track") < said.index("healthy-4  🟠 some issues") < said.index("My Sefton")
    sandbox.workspace.command(EDUCATION, "/cypp", "update healthy-5 off track, nobody bid")
    sandbox.workspace.command(EDUCATION, "/cypp", "update 9sep-2 on track, out in October")
    said = shown(opened(sandbox, CHAIR))
    assert "Since Wed 10 Jun 2020: 1 worse and 1 better." in said
    press(sandbox, CHAIR, "What is overdue")


def test_a_chair_sees_which_are_overdue_and_has_the_digest_sent(open_at: OpenAt) -> None:
    sandbox = open_at(when(10, 5))
    said = shown(opened(sandbox, CHAIR))
    assert "12 overdue: healthy-9, happy-2, healthy-4, 9sep-2, heard-10 and 7 more." in said
    press(sandbox, CHAIR, "Send digest now")
    assert "The digest of the Children and Young People's Partnership Board is on its way to you." in shown(
        home_of(sandbox, CHAIR)
    )


def test_an_administrator_sees_every_board_too(calm: Sandbox) -> None:
    assert "Send digest now" in shown(opened(calm, ADMIN))


def test_a_chair_and_a_member_see_the_plan_by_priority(calm: Sandbox) -> None:
    add_others(calm)
    for user in (CHAIR, MEMBER):
        said = shown(opened(calm, user))
        assert ("You chair the" in said) == (user == CHAIR)
        assert "My Sefton 2020–2025: 53 actions" in said
        assert "7. Good mental health" in said
        press(calm, user, "Actions of Healthy")
        assert shown(home_of(calm, user)).startswith("Theme Healthy (priorities 7–9) has 9")


def test_a_guest_and_a_stranger_get_one_sentence_and_nothing_to_press(calm: Sandbox) -> None:
    add_others(calm)
    for user in (GUEST, STRANGER):
        home = opened(calm, user)
        assert shown(home).startswith(NOTHING_SHOWN)
        assert home.elements() == []


def test_five_hundred_actions_are_one_view_that_slack_takes(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 27), plan=as_plan(with_busy_lead(example(), 500)))
    home = opened(sandbox, "U0BUSYLEA")
    assert shown(home).startswith("500 actions of yours wait for an update")
    assert "And 488 more actions." in shown(home)
    assert len(home.blocks) <= 100


# -- pressing


def test_a_press_is_answered_on_top_and_its_undo_takes_it_back(calm: Sandbox) -> None:
    opened(calm, EDUCATION)
    answer = press(calm, EDUCATION, "On track", "healthy-5")
    assert answer.messages == ()
    said = shown(home_of(calm, EDUCATION))
    assert said.startswith("Recorded for healthy-5: on track.\n")
    assert "2 actions of yours wait for an update" in said
    assert len(entries(calm, "healthy-5")) == 1
    press(calm, EDUCATION, "Undo")
    said = shown(home_of(calm, EDUCATION))
    assert said.startswith("Undone: healthy-5 is on track again.")
    assert "3 actions of yours wait for an update" in said


def test_a_double_press_counts_once_and_the_same_press_later_counts_again(calm: Sandbox) -> None:
    opened(calm, EDUCATION)
    calm.workspace.deliver_times = 2
    press(calm, EDUCATION, "No change", "healthy-8")
    calm.workspace.deliver_times = 1
    assert len(entries(calm, "healthy-8")) == 1


def test_a_form_opened_there_shows_its_receipt_there_and_keeps_what_was_typed_in_an_error(calm: Sandbox) -> None:
    opened(calm, EDUCATION)
    press(calm, EDUCATION, "Some issues…", "healthy-5")
    form = calm.workspace.view(EDUCATION)
    assert form is not None
    held = calm.workspace.submit(EDUCATION, form, {"words": "NHS number 943 476 5919"})
    assert not held.closed
    assert "NHS number" in " ".join(held.errors.values())
    sent = finished(calm, EDUCATION, calm.workspace.submit(EDUCATION, form, {"words": "the survey is late"}))
    assert sent.closed
    assert sent.messages == ()
    assert shown(home_of(calm, EDUCATION)).startswith("Recorded for healthy-5: some issues.\n")
    assert action(calm, "healthy-5").status is Status.SOME_ISSUES


def test_a_list_asked_for_there_pages_there(open_at: OpenAt) -> None:
    calm = open_at(when(8, 27), plan=as_plan(with_busy_lead(example(), 30)))
    opened(calm, SECRETARY)
    press(calm, SECRETARY, "Who has not answered")
    first = shown(home_of(calm, SECRETARY))
    following = next(one for one in home_of(calm, SECRETARY).buttons() if one.text.startswith("Next "))
    calm.workspace.press(SECRETARY, home_of(calm, SECRETARY), action_id=following.action_id)
    finish(calm)
    assert shown(home_of(calm, SECRETARY)) != first
    assert "You keep 2 boards." in shown(home_of(calm, SECRETARY))


def test_an_action_is_found_as_one_types_and_its_card_stands_on_top(calm: Sandbox) -> None:
    home = opened(calm, CHAIR)
    menu = next(one for one in home.elements() if one["type"] == "external_select")
    offered = calm.workspace.suggest(CHAIR, home, "emotional health survey", action_id=menu["action_id"])
    assert offered[0]["text"]["text"].startswith("healthy-5: Act on the emotional health survey")
    calm.workspace.choose(CHAIR, home, offered[0], action_id=menu["action_id"])
    finish(calm)
    assert shown(home_of(calm, CHAIR)).startswith("healthy-5: on track.")


def test_an_action_is_added_there_to_the_board_whose_button_was_pressed(calm: Sandbox) -> None:
    opened(calm, SECRETARY)
    press(calm, SECRETARY, "Add an action…")
    form = calm.workspace.view(SECRETARY)
    assert form is not None
    board = next(block["element"] for block in form.blocks if block.get("block_id") == "board")
    assert board["initial_option"]["text"]["text"] == "Children and Young People's Partnership Board"
    calm.workspace.submit(SECRETARY, form, {"words": "Publish the guide", "lead": "none", "day": "2020-09-30"})
    finish(calm)
    said = shown(home_of(calm, SECRETARY))
    assert said.startswith("Added ")
    press(calm, SECRETARY, "Take back")
    assert shown(home_of(calm, SECRETARY)).startswith("Taken back: ")


def test_words_that_are_redacted_go_from_the_home_tab_too(calm: Sandbox) -> None:
    calm.command(EDUCATION, "update healthy-5 on track, the words that should not be here")
    home = opened(calm, EDUCATION)
    menu = next(one for one in home.elements() if one["type"] == "external_select")
    found = calm.workspace.suggest(EDUCATION, home, "healthy-5", action_id=menu["action_id"])
    calm.workspace.choose(EDUCATION, home, found[0], action_id=menu["action_id"])
    finish(calm)
    assert "the words that should not be here" in shown(home_of(calm, EDUCATION))
    calm.command(SECRETARY, "redact healthy-5 1 because it was a mistake")
    calm.tick()
    finish(calm)
    assert "the words that should not be here" not in shown(home_of(calm, EDUCATION))


def test_a_home_tab_that_slack_does_not_take_harms_nothing(calm: Sandbox) -> None:
    opened(calm, EDUCATION)
    calm.workspace.faults.add("views.publish", Fault.error("internal_error"))
    press(calm, EDUCATION, "On track", "healthy-5")
    assert len(entries(calm, "healthy-5")) == 1
    assert "2 actions of yours wait" in shown(opened(calm, EDUCATION))


# -- the digest at a press


def test_the_digest_is_sent_at_a_press_and_takes_nothing_from_the_scheduled_one(calm: Sandbox) -> None:
    before = ledger(calm)
    opened(calm, SECRETARY)
    for _ in range(2):
        answer = press(calm, SECRETARY, "Send digest now")
        assert read(answer).startswith("Children and Young People's Partnership Board: nothing overdue.")
        assert not answer.message.ephemeral
        assert shown(home_of(calm, SECRETARY)).startswith("The digest of the Children and Young People's Partnership")
    assert ledger(calm) == before


def test_the_digest_goes_to_nobody_who_may_not_have_it(calm: Sandbox) -> None:
    said = read(forge(calm, EDUCATION, "digestnow", "1"))
    assert "The digest is for" in said
