"""A secretary chases: one message a lead, once a working day, outside the weekly limit, signed and on record."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.cli.sent import message_said
from bot.demo.workspace import SeenMessage
from models.notifications.summaries import messages_of_day
from tests.bot.slack.e2e import (
    ADMIN,
    CHAIR,
    COMMISSIONING,
    EDUCATION,
    HEALTH,
    LONDON,
    SECRETARY,
    OpenAt,
    as_plan,
    bundle_of,
    example,
    finish,
    labels,
    message_with,
    read,
    when,
    with_two_secretaries,
)
from tests.local_slack import Sandbox

REFUSED = "Nobody was asked: the board’s secretary"
SIGNED = "Democratic Services Officer, Sefton Council asks for an update on"


def chases(sandbox: Sandbox, user: str) -> list[str]:
    """The chasing messages that somebody got, as they begin."""
    texts = (read(message).partition(".")[0] for message in sandbox.workspace.dm(user))
    return [text for text in texts if " asks for an update on " in text]


def menu_of(message: SeenMessage, label: str) -> str:
    """The action_id of a menu."""
    menus = (one for one in message.elements() if one.get("placeholder", {}).get("text") == label)
    return str(next(menus)["action_id"])


def test_one_command_asks_everybody_who_owes_and_says_how_many(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    shown = read(asked.command(SECRETARY, "chase"))
    assert shown.startswith("Chased 7 leads about 12 actions.")
    assert "Head of Education, Sefton Council: healthy-5, healthy-8 and 9sep-2." in shown
    assert "Each gets one message, signed Democratic Services Officer, Sefton Council." in shown
    assert chases(asked, EDUCATION) == [f"{SIGNED} 3 actions of yours: updates are due Tue 1 Sep 2020"]
    assert chases(asked, HEALTH) == [f"{SIGNED} 2 actions of yours: updates are due Tue 1 Sep 2020"]


def test_nobody_is_chased_twice_on_a_working_day(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    assert read(asked.command(SECRETARY, "chase head of education")).startswith("Chased 1 lead about 3 actions.")
    shown = read(asked.command(ADMIN, "chase"))
    assert shown.startswith("Chased 6 leads about 9 actions; 1 lead was chased today already.")
    assert "Head of Education, Sefton Council (chased today already): healthy-5, healthy-8 and 9sep-2." in shown
    assert read(asked.command(ADMIN, "chase anyway")).startswith("Nobody was chased: 7 leads were chased today")
    assert len(chases(asked, EDUCATION)) == 1
    asked.advance(when(8, 19, 11))
    assert read(asked.command(SECRETARY, "chase head of education")).startswith("Chased 1 lead")
    assert len(chases(asked, EDUCATION)) == 2


def test_whom_the_schedule_asked_today_is_chased_only_by_another_press(asked: Sandbox) -> None:
    answer = asked.command(SECRETARY, "chase head of education")
    assert read(answer).startswith("Nobody was chased: 1 lead was asked today already.")
    assert chases(asked, EDUCATION) == []
    again = asked.press_in(SECRETARY, answer.messages[-1], "Chase all the same")
    assert read(again).startswith("Chased 1 lead about 3 actions.")
    assert len(chases(asked, EDUCATION)) == 1


def test_an_answer_changes_the_chasing_message_in_place(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    asked.command(SECRETARY, "chase head of education")
    asked.press(EDUCATION, "healthy-5", "No change")
    shown = read(bundle_of(asked, EDUCATION))
    assert "asks for an update on 2 actions of yours" in shown
    assert "Answered by Head of Education, Sefton Council on Tue 18 Aug 2020: no change." in shown


def test_a_press_waits_for_no_hour_and_a_weekend_counts_with_its_friday(asked: Sandbox) -> None:
    asked.advance(when(8, 21, 22))
    assert read(asked.command(SECRETARY, "chase head of education")).startswith("Chased 1 lead")
    assert len(chases(asked, EDUCATION)) == 1, "on a Friday at 22:00"
    asked.advance(when(8, 22, 11))
    assert "1 lead was chased today already" in read(asked.command(SECRETARY, "chase head of education"))
    asked.command(SECRETARY, "chase public health lead for children")
    assert len(chases(asked, HEALTH)) == 1, "on a Saturday"
    asked.advance(when(8, 24, 11))
    assert read(asked.command(SECRETARY, "chase head of education")).startswith("Chased 1 lead")


def test_it_is_outside_the_weekly_limit_and_takes_nothing_from_it(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    asked.command(SECRETARY, "chase head of education")
    asked.advance(when(8, 26, 9, 30))
    assert read(bundle_of(asked, EDUCATION)).startswith("Reminder: 3 actions of yours still wait")


def test_nobody_is_told_who_has_answered_by_then(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    asked.command(EDUCATION, "no change healthy-5")
    asked.command(EDUCATION, "no change healthy-8")
    asked.command(EDUCATION, "no change 9sep-2")
    shown = read(asked.command(SECRETARY, "chase head of education"))
    assert shown.startswith("Nobody was chased: Head of Education, Sefton Council owes no answer for")
    assert "answered since Mon 17 Aug 2020." in shown
    assert chases(asked, EDUCATION) == []


def test_who_answered_since_the_list_was_shown_is_told_apart(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    owing = asked.command(SECRETARY, "owing").messages[-1]
    for ref in ("healthy-5", "healthy-8", "9sep-2"):
        asked.command(EDUCATION, f"no change {ref}")
    asked.command(HEALTH, "healthy-4 on track, all three are drafted")
    shown = read(asked.press_in(SECRETARY, owing, "Chase all"))
    assert shown.startswith(
        "Chased 6 leads about 8 actions; 1 lead was not asked: it has answered since Mon 17 Aug 2020."
    )
    assert chases(asked, EDUCATION) == []


def test_who_answered_before_leads_were_last_asked_has_not_answered_since(asked: Sandbox) -> None:
    asked.advance(when(8, 18, 9, 40))
    for ref in ("healthy-5", "healthy-8", "9sep-2"):
        asked.command(EDUCATION, f"no change {ref}")
    asked.advance(when(8, 18, 10))
    asked.command(SECRETARY, "chase active sefton manager")
    shown = read(asked.command(SECRETARY, "chase"))
    assert shown.startswith("Chased 5 leads about 8 actions; 1 lead was chased today already.")
    assert "answered since" not in shown


def test_in_words_it_is_shown_first_and_one_press_does_it(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    shown = asked.say(SECRETARY, "can you chase everyone who hasn't answered please")
    assert "Shall I do that? Nothing was changed yet." in read(shown)
    assert "Chased 7 leads about 12 actions." in read(shown)
    assert chases(asked, EDUCATION) == []
    done = asked.press_in(SECRETARY, shown.messages[-1], "Do it")
    assert read(done).startswith("Chased 7 leads about 12 actions.")
    assert len(chases(asked, EDUCATION)) == 1


def test_only_the_boards_secretary_and_administrators_chase(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    for user in (CHAIR, EDUCATION):
        assert read(asked.command(user, "chase head of education")).startswith(REFUSED)
    assert chases(asked, EDUCATION) == []
    assert read(asked.command(ADMIN, "chase head of education")).startswith("Chased 1 lead")
    assert chases(asked, EDUCATION)[0].startswith("An administrator asks for an update on 3 actions")


def test_another_boards_secretary_chases_for_the_own_board_alone(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17, 9), plan=as_plan(with_two_secretaries(example())))
    sandbox.advance(when(8, 18, 10))
    assert read(sandbox.command(SECRETARY, "chase everyone for hwb")).startswith(REFUSED)
    assert "9sep-4" not in read(sandbox.command(SECRETARY, "chase everyone"))


def test_a_lead_without_an_account_comes_with_a_text_to_copy(open_at: OpenAt) -> None:
    sandbox = open_at(when(10, 9, 10))
    shown = read(sandbox.command(SECRETARY, "chase police"))
    assert shown.startswith("Nobody was asked: 1 lead has no account: text to copy.")
    assert "Subject: Update wanted for the Children and Young People's Partnership Board of Fri 23 Oct 2020" in shown


@pytest.mark.parametrize("why", ["nobody holds the post", "its holder left"])
def test_where_nobody_can_be_asked_another_lead_is_one_press_away(asked: Sandbox, why: str) -> None:
    if why == "its holder left":
        asked.workspace.deactivate(EDUCATION)
    else:
        asked.command(SECRETARY, "assign healthy-5 to environmental health manager")
    asked.advance(when(8, 18))
    for words in ("owing", "chase"):
        shown = asked.command(SECRETARY, words).messages[-1]
        assert why in read(shown)
        menu = next(one for one in shown.elements() if one.get("placeholder", {}).get("text") == "Assign…")
        assert any(one["text"]["text"].startswith("healthy-5: ") for one in menu["options"])
    card = asked.command(SECRETARY, "status healthy-5")
    assert "Nobody is asked: the " in read(card)
    assert "“Assign…” gives it to another post; “/cypp handover" in read(card)
    assert "“Assign…”" not in read(asked.command(HEALTH, "status healthy-5"))
    asked.workspace.choose(SECRETARY, shown, menu["options"][0]["text"]["text"], action_id=menu["action_id"])
    form = asked.workspace.view(SECRETARY)
    assert form is not None
    assert form.title == "Assign healthy-5"


def test_a_board_that_was_not_started_chases_nobody_and_one_started_late_asks_now(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 18), started=False)
    quiet = sandbox.command(SECRETARY, "chase head of education")
    assert "the reminders for the Children and Young People's Partnership Board have not been started" in read(quiet)
    started = sandbox.press_in(SECRETARY, quiet.messages[-1], "Start reminders: partnership")
    assert "Already past, so not sent: request Mon 17 Aug 2020." in read(started)
    now = sandbox.press_in(SECRETARY, started.messages[-1], "Ask now")
    assert read(now).startswith("Asked 7 leads about 11 actions.")
    assert len(chases(sandbox, EDUCATION)) == 1


def test_before_the_request_nobody_is_chased(asked: Sandbox) -> None:
    shown = read(asked.command(SECRETARY, "chase everyone for october"))
    assert shown.startswith("Nobody was chased: the request for")
    assert "goes out Thu 24 Sep 2020." in shown


def test_owing_has_the_buttons_for_all_and_for_one(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    owing = asked.command(SECRETARY, "owing").messages[-1]
    assert "Chase all" in labels(owing)
    menu = menu_of(owing, "Chase one lead…")
    one = asked.workspace.choose(SECRETARY, owing, "Head of Education, Sefton Council", action_id=menu, replies=1)
    assert read(asked.then_tick(one)).startswith("Chased 1 lead about 3 actions.")
    assert "Chase all" not in labels(asked.command(CHAIR, "owing").messages[-1])
    shown = read(asked.press_in(SECRETARY, owing, "Chase all"))
    assert shown.startswith("Chased 6 leads about 9 actions; 1 lead was chased today already.")


def test_a_chase_is_in_the_history_of_each_action_and_in_what_was_sent(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    asked.command(SECRETARY, "chase head of education")
    said = "Chased on Tue 18 Aug 2020 by Democratic Services Officer, Sefton Council."
    assert said in read(asked.command(EDUCATION, "history healthy-5"))
    with asked.database.read("T0DEMO") as session:
        told = messages_of_day(session, when(8, 18).date(), LONDON, moved_clock=True)
    assert [message_said(one, LONDON) for one in told] == [
        "10:00 · chase · 3 actions · lead: Head of Education, Sefton Council · sent"
    ]


def test_a_lead_who_is_away_or_asked_for_later_is_named_and_not_chased(asked: Sandbox) -> None:
    asked.command(EDUCATION, "quiet from 18/8 until 21/8")
    for ref in ("heard-10", "happy-2"):
        asked.press(COMMISSIONING, ref, "Snooze")
    asked.advance(when(8, 18))
    shown = read(asked.command(SECRETARY, "chase"))
    assert shown.startswith("Chased 5 leads about 7 actions; 1 lead is away; 1 lead asked to be reminded later.")
    assert chases(asked, EDUCATION) == chases(asked, COMMISSIONING) == []


def test_who_answers_between_the_press_and_the_message_is_not_written_to(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    pressed = asked.workspace.command(SECRETARY, "/cypp", "chase head of education")
    for ref in ("healthy-5", "healthy-8", "9sep-2"):
        asked.workspace.command(EDUCATION, "/cypp", f"no change {ref}")
    asked.tick()
    assert read(pressed).startswith("Chased 1 lead about 3 actions.")
    assert chases(asked, EDUCATION) == []
    assert "Chased on" not in read(asked.command(SECRETARY, "history healthy-5"))


def test_two_who_press_at_once_send_one_message(asked: Sandbox) -> None:
    asked.advance(when(8, 18))
    with ThreadPoolExecutor(2) as both:
        pressed = [both.submit(asked.workspace.command, who, "/cypp", "chase") for who in (SECRETARY, ADMIN)]
        said = sorted(read(one.result()).partition(".")[0] for one in pressed)
    finish(asked)
    asked.tick()
    assert said == ["Chased 7 leads about 12 actions", "Nobody was chased: 7 leads were chased today already"]
    assert len(chases(asked, EDUCATION)) == len(chases(asked, HEALTH)) == 1


# -- No update received


def test_no_update_received_changes_in_place_until_papers_are_published(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 24, 9))
    sandbox.advance(when(9, 2, 9, 30))
    first = message_with(sandbox, SECRETARY, "Wed 16 Sep 2020: no update received on")
    assert "no update received on 11 of 12 actions." in read(first)
    sandbox.advance(when(9, 2, 10))
    sandbox.command(EDUCATION, "no change healthy-5")
    sandbox.command(HEALTH, "healthy-4 on track, all three are drafted")
    now = sandbox.workspace.now(first)
    assert now is not None
    assert "no update received on 9 of 12 actions; 2 came since." in read(now)
    assert "3 of 12 answers in. Papers go out Tue 8 Sep 2020." in read(now)
    assert "healthy-5" not in read(now)
    sandbox.command(EDUCATION, "healthy-8 on track, done with the schools")
    sandbox.advance(when(9, 8, 16, 1))
    published = sandbox.workspace.now(first)
    sandbox.command(EDUCATION, "no change 9sep-2")
    after = sandbox.workspace.now(first)
    assert published is not None
    assert after is not None
    assert "no update received on 8 of 12 actions; 3 came since." in read(published)
    assert read(after) == read(published)


def test_no_update_received_changes_in_place_beside_other_notices(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 24, 9))
    sandbox.advance(when(9, 1, 18))
    sandbox.command(EDUCATION, "not ours healthy-8 because the schools keep it")
    sandbox.advance(when(9, 2, 9, 30))
    shared = message_with(sandbox, SECRETARY, "healthy-8: Head of Education, Sefton Council says it is not theirs.")
    assert "no update received on 10 of 12 actions." in read(shared)
    sandbox.advance(when(9, 2, 10))
    sandbox.command(EDUCATION, "no change healthy-5")
    now = sandbox.workspace.now(shared)
    assert now is not None
    assert "no update received on 9 of 12 actions; 1 came since." in read(now)
    assert "healthy-8: Head of Education, Sefton Council says it is not theirs." in read(now)
    assert labels(now) == labels(shared)


def test_no_update_received_chases_answers_for_a_lead_and_opens_a_card(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 24, 9))
    sandbox.advance(when(9, 2, 9, 30))
    message = message_with(sandbox, SECRETARY, "Wed 16 Sep 2020: no update received on")
    rows = [part.partition("  ")[0] for part in read(message).split("\n\n") if " | " in part][1:13]
    education = [n for n, ref in enumerate(rows) if ref in ("healthy-5", "healthy-8", "9sep-2")]
    assert education[-1] - education[0] == 2, "those of one lead stand together"
    menu = menu_of(message, "Answer for…")
    leads = next(one["option_groups"] for one in message.elements() if one["action_id"] == menu)
    own = next(one["options"] for one in leads if one["label"]["text"] == "Head of Education, council")
    assert [one["text"]["text"].partition(":")[0] for one in own] == rows[education[0] : education[-1] + 1]
    chosen = next(one for one in own if one["text"]["text"].startswith("healthy-5: Act on the"))
    sandbox.workspace.choose(SECRETARY, message, chosen, action_id=menu, settle=0.1)
    view = sandbox.workspace.view(SECRETARY)
    assert view is not None
    assert "For Head of Education, Sefton Council: end with how you know" in view.plain()
    sent = sandbox.submit(SECRETARY, {"status": "off track", "words": "two posts vacant, by e-mail of 1 Sep"})
    assert "Recorded for healthy-5: off track." in read(sent)
    menu = menu_of(message, "Open an action…")
    options = next(one["options"] for one in message.elements() if one["action_id"] == menu)
    option = next(text for one in options if (text := one["text"]["text"]).startswith("healthy-4"))
    card = sandbox.workspace.choose(SECRETARY, message, option, action_id=menu, replies=1)
    assert read(card).startswith("healthy-4: some issues")
    now = sandbox.workspace.now(message)
    assert now is not None
    shown = read(sandbox.press_in(SECRETARY, now, "Chase all"))
    assert shown.startswith("Chased 7 leads about 10 actions.")


def test_owing_counts_the_answers_that_are_in(asked: Sandbox) -> None:
    asked.command(EDUCATION, "no change healthy-5")
    shown = read(asked.command(SECRETARY, "owing"))
    assert "2 of 13 answers in. Owed: " in shown
    assert "Head of Education, Sefton Council 2" in shown
