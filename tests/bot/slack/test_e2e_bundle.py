"""The bundle a lead gets: each of its buttons and forms, who gets it, how it changes in place, what it refuses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.enums import AnswerKind, Status, Way
from models.storage.history_tables import Snooze
from models.storage.scope import ALL
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ACTIVE,
    ACTIVE_DEPUTY,
    ANALYST,
    EDUCATION,
    HEALTH,
    SECRETARY,
    OpenAt,
    action,
    as_plan,
    bundle_of,
    entries,
    example,
    forge,
    labels,
    line_of,
    meeting_on,
    message_with,
    read,
    stored,
    when,
    with_busy_lead,
    writer,
)
from tests.local_slack import Sandbox, open_sandbox

SIX = ["On track", "Some issues…", "Off track…", "No change", "Done…", "Other…"]
PUBLIC_HEALTH = "Public Health Lead for Children, Sefton Council"


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Where nothing ever changes: for what is refused."""
    sandbox = open_sandbox(tmp_path_factory.mktemp("quiet") / "plan.db", when(8, 17, 9), burst=10_000)
    add_others(sandbox)
    sandbox.advance(when(8, 17, 9, 30))
    yield sandbox
    sandbox.close()


def value_of(sandbox: Sandbox, ref: str, month: int = 9, day: int = 16) -> str:
    """The value of a button under an action."""
    return f"{action(sandbox, ref).id}|{meeting_on(sandbox, month, day).id}"


# -- what it shows


def test_a_bundle_shows_each_action_with_last_words_and_its_six_buttons(asked: Sandbox) -> None:
    message = bundle_of(asked, HEALTH)
    assert read(message).startswith("2 actions of yours need an update by Tue 1 Sep 2020.")
    for ref in ("healthy-4", "healthy-9"):
        row = line_of(message, ref)
        assert all(f"[{label}" in row for label in SIX)
    assert "“The officer for this was moved to the pandemic response in April” Wed 8 Jul" in line_of(
        message, "healthy-9"
    )
    assert "updates due Tue 1 Sep 2020" in read(message)
    assert "Freedom of Information" in read(message)


def test_the_lead_and_the_contact_officer_are_asked_the_same(asked: Sandbox) -> None:
    assert read(bundle_of(asked, HEALTH)) == read(bundle_of(asked, ANALYST))


def test_more_than_eight_actions_are_behind_a_button_that_shows_them_with_their_buttons(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17, 9), plan=as_plan(with_busy_lead(example(), 11)))
    sandbox.advance(when(8, 17, 9, 30))
    message = bundle_of(sandbox, "U0BUSYLEA")
    assert read(message).startswith("11 actions of yours need an update")
    assert labels(message).count("On track") == 8
    assert labels(message)[-1] == "Show 3 more"
    more = sandbox.press_in("U0BUSYLEA", message, "Show 3 more").message
    assert more.ephemeral_to == "U0BUSYLEA"
    assert read(more).startswith("3 more actions.")
    assert labels(more).count("On track") == 3
    button = [one for one in more.buttons() if one.text == "On track"][-1]
    sandbox.workspace.press("U0BUSYLEA", more, action_id=button.action_id, settle=0.1)
    assert entries(sandbox, "busy-11")[0].status is Status.ON_TRACK


def test_the_actions_behind_the_button_are_shown_to_nobody_else(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17, 9), plan=as_plan(with_busy_lead(example(), 11)))
    sandbox.advance(when(8, 17, 9, 30))
    button = next(one for one in bundle_of(sandbox, "U0BUSYLEA").buttons() if one.text == "Show 3 more")
    shown = read(forge(sandbox, EDUCATION, "more", button.value or ""))
    assert "Nothing more is asked of you just now." in shown
    assert "busy-" not in shown


def test_a_deputy_is_asked_alone_within_the_dates(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 24, 9))
    sandbox.advance(when(8, 26, 9, 30))
    assert "happy-6" in read(bundle_of(sandbox, ACTIVE_DEPUTY))
    assert [one for one in sandbox.workspace.dm(ACTIVE) if one.metadata] == []


def test_the_deputys_answer_stands_in_the_leads_earlier_bundle_too(asked: Sandbox) -> None:
    asked.advance(when(8, 26, 9, 30))
    asked.press(ACTIVE_DEPUTY, "happy-6", "On track")
    for user in (ACTIVE, ACTIVE_DEPUTY):
        assert "Answered by Deputy for Active Sefton Manager, Sefton Council on Wed 26 Aug 2020" in read(
            bundle_of(asked, user)
        )


def test_the_last_call_says_what_the_papers_will_say(open_at: OpenAt) -> None:
    sandbox = open_at(when(9, 1, 9))
    sandbox.advance(when(9, 1, 9, 30))
    shown = read(bundle_of(sandbox, HEALTH))
    assert shown.startswith("Last call: 2 actions of yours, updates due today, Tue 1 Sep 2020.")
    assert "Without an answer the papers will say “no update received”." in shown
    assert "[Snooze]" not in shown


# -- its buttons


@pytest.mark.parametrize("user", [HEALTH, ANALYST])
def test_on_track_is_recorded_at_once(asked: Sandbox, user: str) -> None:
    answer = asked.press(user, "healthy-4", "On track")
    receipt = answer.messages[0]
    assert read(receipt).startswith("Recorded for healthy-4: on track.")
    assert receipt.ephemeral_to is None, "what one person alone is shown is gone after a reload"
    (entry,) = entries(asked, "healthy-4")
    assert (entry.kind, entry.status, entry.way) == (AnswerKind.UPDATE, Status.ON_TRACK, Way.BUTTON)
    assert writer(asked, entry) == user
    assert action(asked, "healthy-4").status is Status.ON_TRACK


def test_an_answered_line_changes_in_place_for_the_lead_and_the_contact_officer(asked: Sandbox) -> None:
    before = {user: bundle_of(asked, user).ts for user in (HEALTH, ANALYST)}
    asked.clock.move(when(8, 18))
    asked.press(ANALYST, "healthy-4", "On track")
    for user in (HEALTH, ANALYST):
        message = bundle_of(asked, user)
        assert message.ts == before[user]
        row = line_of(message, "healthy-4")
        assert f"Answered by Contact officer for {PUBLIC_HEALTH} on Tue 18 Aug 2020: on track." in row
        assert "[On track]" not in row
        assert "[On track]" in line_of(message, "healthy-9")
        assert read(message).startswith("1 action of yours needs an update by Tue 1 Sep 2020.")


def test_a_bundle_whose_every_action_is_answered_says_thank_you_and_has_no_buttons(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "On track")
    asked.press(HEALTH, "healthy-9", "No change")
    message = bundle_of(asked, HEALTH)
    assert read(message).startswith("Thank you: everything asked here is answered.")
    assert message.buttons() == []


def test_no_change_keeps_the_status_and_says_so(asked: Sandbox) -> None:
    assert "no change, still off track" in read(asked.press(HEALTH, "healthy-9", "No change"))
    (entry,) = entries(asked, "healthy-9")
    assert (entry.kind, entry.status) == (AnswerKind.NO_CHANGE, None)
    assert action(asked, "healthy-9").status is Status.OFF_TRACK


def test_some_issues_opens_a_form_that_wants_a_reason(asked: Sandbox) -> None:
    before = stored(asked)
    asked.press(HEALTH, "healthy-4", "Some issues…")
    view = asked.workspace.view(HEALTH)
    assert view is not None
    assert view.title == "Update healthy-4"
    assert "Make locality profiles" in view.plain(10_000)
    assert stored(asked) == before
    empty = asked.submit(HEALTH, {"words": "   "})
    assert "needs a reason" in empty.errors["words"]
    assert not empty.closed
    assert stored(asked) == before
    done = asked.submit(HEALTH, {"status": "off track", "words": "The data never came"})
    assert done.closed
    assert "Recorded for healthy-4: off track." in read(done)
    (entry,) = entries(asked, "healthy-4")
    assert (entry.status, entry.words, entry.way) == (Status.OFF_TRACK, "The data never came", Way.FORM)


def test_a_form_put_away_records_nothing_and_opens_again(asked: Sandbox) -> None:
    before = stored(asked)
    asked.press(HEALTH, "healthy-4", "Some issues…")
    view = asked.workspace.view(HEALTH)
    assert view is not None
    asked.workspace.close_view(HEALTH, view)
    assert stored(asked) == before
    asked.press(HEALTH, "healthy-4", "Some issues…")
    assert asked.workspace.view(HEALTH) is not None


def test_done_asks_for_evidence_and_proposes_closure(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "Done…")
    done = asked.submit(HEALTH, {"words": "https://example.org/profiles"})
    assert "proposed for closure" in read(done)
    assert action(asked, "healthy-4").status is Status.PROPOSED
    assert action(asked, "healthy-4").rating is Status.SOME_ISSUES
    assert "proposed for closure" in line_of(bundle_of(asked, ANALYST), "healthy-4")
    asked.advance(when(8, 26, 9, 30))
    assert "healthy-4" not in read(bundle_of(asked, HEALTH)), "what awaits the board is not asked about"


def test_not_ours_ends_the_asking_and_the_secretary_may_assign(asked: Sandbox) -> None:
    asked.press(EDUCATION, "healthy-8", "Not ours")
    done = asked.submit(EDUCATION, {"words": "Careers service, I think"})
    assert "not yours. You will not be asked again, and the secretary has been told" in read(done)
    assert action(asked, "healthy-8").lead_in_question
    told = message_with(asked, SECRETARY, "healthy-8: Head of Education, Sefton Council says it is not theirs.")
    assert "“Careers service, I think”" in read(told)
    assert labels(told) == ["Assign…", "Leave"]
    assert "Left as it is" in read(asked.press_in(SECRETARY, told, "Leave"))
    assert action(asked, "healthy-8").lead_in_question
    asked.press_in(SECRETARY, told, "Assign…")
    answer = asked.submit(SECRETARY, {"post": "Communications Manager, Sefton Council"})
    assert "healthy-8 is led by Communications Manager, Sefton Council now." in read(answer)
    assert "Before: Head of Education, Sefton Council." in read(answer)
    assert not action(asked, "healthy-8").lead_in_question
    assert [entry.kind for entry in entries(asked, "healthy-8")] == [AnswerKind.NOT_OURS, AnswerKind.ASSIGNED]
    asked.advance(when(8, 26, 9, 30))
    assert "healthy-8" in read(bundle_of(asked, "U0COMMSMG"))
    assert "healthy-8" not in read(bundle_of(asked, EDUCATION))


def test_a_lead_in_question_is_not_asked_again(asked: Sandbox) -> None:
    asked.press(EDUCATION, "healthy-8", "Not ours")
    asked.submit(EDUCATION, {})
    asked.advance(when(8, 26, 9, 30))
    assert "healthy-8" not in read(bundle_of(asked, EDUCATION))
    asked.advance(when(9, 2, 9, 30))
    told = read(message_with(asked, SECRETARY, "no update received on"))
    assert "Leads in question (1)" in told
    assert "Head of Education, council (in question)" in told


def test_a_snoozed_action_is_asked_again_two_working_days_later_at_half_past_nine(asked: Sandbox) -> None:
    asked.clock.move(when(8, 20, 15))
    first = bundle_of(asked, HEALTH).ts
    answer = asked.press(HEALTH, "healthy-4", "Snooze")
    assert "you will be asked again on Mon 24 Aug 2020." in read(answer)
    asked.advance(when(8, 24, 9, 29))
    assert bundle_of(asked, HEALTH).ts == first
    asked.advance(when(8, 24, 9, 30))
    again = bundle_of(asked, HEALTH)
    assert again.ts != first
    assert "healthy-4" in read(again)
    assert "healthy-9" not in read(again)
    assert "You asked to be reminded about now." in read(again)
    assert bundle_of(asked, ANALYST).ts < again.ts, "only the one who snoozed is asked again"


def test_a_snooze_is_asked_for_twice_and_kept_once(asked: Sandbox) -> None:
    message, action_id, _ = asked.find_button(HEALTH, "healthy-4", "Other…")
    for _ in range(2):
        asked.workspace.choose(HEALTH, message, "Snooze", action_id=action_id, settle=0.1)
    with asked.database.read(ALL) as session:
        assert session.query(Snooze).count() == 1


def test_snooze_is_not_offered_and_not_taken_where_updates_are_due_too_soon(asked: Sandbox) -> None:
    old, action_id, _ = asked.find_button(HEALTH, "healthy-4", "Other…")
    asked.advance(when(8, 31, 9, 30))
    answer = asked.workspace.choose(HEALTH, old, "Snooze", action_id=action_id, settle=0.1)
    assert "Updates are due Tue 1 Sep 2020, too soon to put healthy-4 off" in read(answer)
    assert stored(asked)["snooze"] == []
    asked.advance(when(9, 1, 9, 30))
    menu = next(one for one in bundle_of(asked, HEALTH).elements() if one["type"] == "static_select")
    assert [one["text"]["text"] for one in menu["options"]][-1] == "Ask for another meeting…"


# -- the menu *Other…*, and the order


def test_off_track_opens_the_form_with_that_status_chosen(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "Off track…")
    view = asked.workspace.view(HEALTH)
    assert view is not None
    assert "[🔴 off track ▾]" in view.plain() or "(•) 🔴 off track" in view.plain()
    refused = asked.submit(HEALTH, {"words": " "})
    assert refused.errors == {"words": "Off track needs a reason."}
    asked.submit(HEALTH, {"words": "the analyst left"})
    assert action(asked, "healthy-4").status is Status.OFF_TRACK


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Verbal update at the meeting", "Recorded for healthy-4: verbal update at the meeting."),
        ("Snooze", "Snoozed healthy-4"),
    ],
)
def test_what_needs_no_words_is_recorded_by_the_choice(asked: Sandbox, label: str, said: str) -> None:
    assert said in read(asked.press(HEALTH, "healthy-4", label))


def test_to_follow_asks_for_a_day(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "To follow…")
    assert list(asked.submit(HEALTH, {}).errors) == ["by"]
    done = asked.submit(HEALTH, {"by": "2020-08-27"})
    assert "Recorded for healthy-4: update to follow by Thu 27 Aug 2020." in read(done)


def test_another_meeting_is_asked_for_from_the_bundle(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "Ask for another meeting…")
    asked.submit(HEALTH, {"to": str(meeting_on(asked, 10, 23).id), "reason": "the data comes in October"})
    assert entries(asked, "healthy-4")[0].kind is AnswerKind.REPLAN_ASKED
    assert "asks to move it to Fri 23 Oct 2020" in read(message_with(asked, SECRETARY, "asks to move it"))


def test_nothing_leads_the_hand_and_who_cannot_see_hears_what_each_is_about(asked: Sandbox) -> None:
    elements = bundle_of(asked, EDUCATION).elements()
    assert not [one for one in elements if "style" in one]
    spoken = [one["accessibility_label"] for one in elements if one["type"] == "button"]
    assert len(set(spoken)) == len(spoken) == 15
    assert spoken[:2] == ["On track, healthy-5", "Some issues…, healthy-5"]


def test_after_an_answer_what_is_left_keeps_its_order(asked: Sandbox) -> None:
    def left() -> list[str]:
        spoken = (one.get("accessibility_label", "") for one in bundle_of(asked, EDUCATION).elements())
        return [one.partition(", ")[2] for one in spoken if one.startswith("On track,")]

    assert left() == ["healthy-5", "healthy-8", "9sep-2"]
    asked.press(EDUCATION, "healthy-8", "No change")
    assert left() == ["healthy-5", "9sep-2"]
