"""Everything that can be read by `/cypp`, through the real Bolt app: what is said, to whom, how it pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.demo.workspace import SeenMessage
from handlers.catalogue import REGISTRY
from handlers.press_codec import OnAction
from handlers.reading.grammar import Spelling
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ADMIN,
    ANALYST,
    CHAIR,
    CHANNEL,
    EDUCATION,
    GUEST,
    HEALTH,
    MEMBER,
    NOTHING_SHOWN,
    SECRETARY,
    action,
    example,
    labels,
    line_of,
    read,
    stored,
    when,
)
from tests.local_slack import Sandbox, open_sandbox

SEVEN = (
    "Priority 7 shares the 9 actions of theme Healthy (priorities 7–9): "
    "1 off track, 2 some issues, 1 not started, 5 on track."
)
TO_NINE = SEVEN.replace("Priority 7 shares", "Priorities 7–9 share")
HEALTHY = "Theme Healthy (priorities 7–9) has 9: 1 off track, 2 some issues, 1 not started, 5 on track."
WORST_FIRST = ["healthy-9", "healthy-4", "healthy-3", "healthy-7", "healthy-5"]
WORST_FIRST += ["healthy-8", "healthy-1", "healthy-2", "healthy-6"]


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Thursday 5 November 2020: two boards were held and nobody recorded an outcome."""
    sandbox = open_sandbox(tmp_path_factory.mktemp("late") / "plan.db", when(11, 5))
    add_others(sandbox)
    yield sandbox
    sandbox.close()


def opening(message: SeenMessage) -> str:
    """The first line of a message."""
    return message.plain(100_000).split("\n")[0]


def refs_in(message: SeenMessage) -> list[str]:
    """The actions listed in a message, in order."""
    known = {row["ref"] for row in example()["actions"]}
    firsts = (line.split("  ")[0] for line in message.plain(100_000).split("\n") if "  " in line)
    return [ref for ref in firsts if ref in known]


@pytest.mark.parametrize(
    ("typed", "first_line"),
    [
        ("status priority 7", SEVEN),
        ("status p7", SEVEN),
        ("status priority seven", SEVEN),
        ("status Priority  7?", SEVEN),
        ("status healthy priority 1", SEVEN),
        ("p7", SEVEN),
        ("status priorities 7-9", TO_NINE),
        ("status priorities 7 to 9", TO_NINE),
        ("status theme healthy", HEALTHY),
        ("status health", HEALTHY),
        ("status healthy-5", "healthy-5: on track. Due Wed 16 Sep 2020."),
        ("status HEALTHY 5", "healthy-5: on track. Due Wed 16 Sep 2020."),
        ("status healthy-1", "healthy-1: on track. Standing commitment."),
        ("status healthy-7", "healthy-7: not started. No due meeting."),
        ("status 9sep-6", "9sep-6: complete. Was due Wed 10 Jun 2020."),
    ],
)
def test_the_answer_opens_with_one_line_a_chair_can_read_out(reading: Sandbox, typed: str, first_line: str) -> None:
    answer = reading.command(CHAIR, typed)
    assert opening(answer.message) == first_line
    assert answer.message.text.split("\n")[0] == first_line


def test_the_whole_plan_is_told_by_priority_and_counts_each_action_once(reading: Sandbox) -> None:
    shown = read(reading.command(CHAIR, "status"))
    actions = example()["actions"]
    assert shown.startswith(f"My Sefton 2020–2025: {len(actions)} actions: 1 off track, ")
    counts = shown.split("\n")[0].split(": ")[2].rstrip(".").replace("closed, not done", "closed").split(", ")
    assert sum(int(part.split(" ")[0]) for part in counts) == len(actions)
    for number in range(1, 13):
        assert f"\n{number}. " in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "status priority 10",
            "Priority 10 has no actions yet; theme Achieving (priorities 10–12) has none either.",
        ),
        (
            "status priority 12",
            "Priority 12 has 1 action: 1 not started; theme Achieving (priorities 10–12) has no more.",
        ),
        ("status achieving", "Theme Achieving (priorities 10–12) has 1: 1 not started."),
        (
            "status priority 1",
            "Priority 1 has 12 actions: 8 not started, 3 on track, 1 proposed for closure; theme Heard has 12 more",
        ),
        (
            "status priorities 9-10",
            f"{SEVEN.replace('Priority 7 shares', 'Priorities 9–10 share')[:-1]}; theme Achieving",
        ),
    ],
)
def test_a_theme_without_printed_actions_says_so_and_does_not_fail(reading: Sandbox, typed: str, said: str) -> None:
    assert read(reading.command(CHAIR, typed)).startswith(said)


def test_actions_come_worst_first_with_lead_due_meeting_and_last_words(reading: Sandbox) -> None:
    message = reading.command(CHAIR, "status priority 7").message
    assert refs_in(message) == WORST_FIRST
    worst = line_of(message, "healthy-9")
    assert "🔴 off track" in worst
    assert "Public Health Lead for Children, council | 16 Sep 2020" in worst
    assert "“The officer for this was moved to the pandemic response in…” Wed 8 Jul" in worst
    assert "Environmental Health Manager, council | no due meeting" in line_of(message, "healthy-7")


def test_overdue_ones_come_before_all_others_and_are_counted_in_the_first_line(late: Sandbox) -> None:
    message = late.command(CHAIR, "status priority 7").message
    assert opening(message).startswith(
        "Priority 7 shares the 9 actions of theme Healthy (priorities 7–9), 4 of them overdue: "
    )
    assert refs_in(message)[:4] == ["healthy-9", "healthy-4", "healthy-5", "healthy-8"]
    assert "16 Sep 2020 | 🟢 on track | 2 |" in line_of(message, "healthy-5")


def test_what_was_moved_twice_says_so_and_keeps_its_first_due_meeting(calm: Sandbox) -> None:
    sandbox = calm
    sandbox.command(SECRETARY, "move healthy-5 to 23 Oct because the survey is late")
    sandbox.command(SECRETARY, "move healthy-5 to 8 Dec because it is later still")
    assert "8 Dec 2020, re-planned twice" in line_of(sandbox.command(CHAIR, "status p7").message, "healthy-5")
    card = read(sandbox.command(CHAIR, "status healthy-5"))
    assert "First due Wed 16 Sep 2020." in card
    assert action(sandbox, "healthy-5").first_due_meeting_id != action(sandbox, "healthy-5").due_meeting_id


def test_a_near_miss_is_understood_and_shown(reading: Sandbox) -> None:
    assert "Read “helthy 5” as healthy-5." in read(reading.command(CHAIR, "status helthy 5"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("status priority 99", "There is no priority 99; the plan has 1 to 12."),
        ("status nowhere-77", "nowhere-77"),
        ("statsu p7", "Did you mean “/cypp status p7”?"),
        ("overdeu", "Did you mean “/cypp overdue”?"),
        ("frobnicate the plan", "“/cypp help” lists what I can do."),
        ("overdue narnia", "narnia"),
        ("due 31 feb", "31 feb"),
        ("due december 2031", "december 2031"),
        ("meetings narnia", "narnia"),
        ("help frobnicate", "There is no command “frobnicate”."),
    ],
)
def test_wrong_words_get_the_nearest_right_ones_and_come_back(reading: Sandbox, typed: str, said: str) -> None:
    shown = read(reading.command(CHAIR, typed))
    assert said in shown
    assert "You typed: " in shown
    assert typed.split()[-1] in shown.split("You typed: ")[1]


def test_nothing_typed_gets_the_help(reading: Sandbox) -> None:
    assert read(reading.command(CHAIR, "")).startswith("What you can ask of the action tracker.")


@pytest.mark.parametrize("entry", REGISTRY.grammar.spellings, ids=lambda entry: entry.name)
def test_each_command_has_help_with_examples(reading: Sandbox, entry: Spelling) -> None:
    name, usage, examples = entry.name, entry.usage, entry.examples
    shown = read(reading.command(MEMBER, f"help {name}"))
    assert shown.startswith(f"/cypp {usage}")
    assert all(f"/cypp {one}" in shown for one in examples)
    assert f"/cypp {usage}: " in read(reading.command(MEMBER, "help"))


def test_an_unknown_word_offers_help_by_a_button_that_answers(reading: Sandbox) -> None:
    message = reading.command(MEMBER, "statsu p7").message
    answer = reading.workspace.press(MEMBER, message, text="Help on status", settle=0.1)
    assert "/cypp status [priority, theme or action]" in read(answer)


# -- paging and sharing


def test_a_long_answer_pages_forward_and_back_and_leaves_nothing_out(reading: Sandbox) -> None:
    sandbox = reading
    every = [row["ref"] for row in example()["actions"]]
    assert len(every) >= 33
    message = sandbox.command(HEALTH, "status priorities 1-12").message
    first_page = refs_in(message)
    assert "Back" not in labels(message)
    assert f"Next 25 of {len(every) - 25} more" in labels(message)
    seen = list(first_page)
    pages = 1
    while forward := [label for label in labels(message) if label.startswith("Next ")]:
        message = sandbox.workspace.press(HEALTH, message, text=forward[0], replies=1, settle=0.05).messages[-1]
        assert message.ephemeral_to == HEALTH
        seen += refs_in(message)
        pages += 1
    assert sorted(seen) == sorted(every)
    assert pages == -(-len(every) // 25)
    assert "Back" in labels(message)
    for _ in range(pages - 1):
        message = sandbox.workspace.press(HEALTH, message, text="Back", replies=1, settle=0.05).messages[-1]
    assert refs_in(message) == first_page
    assert "Back" not in labels(message)


def test_a_page_is_turned_in_place_and_not_told_anew(reading: Sandbox) -> None:
    message = reading.command(ANALYST, "status priorities 1-12").message
    before = len(reading.workspace.dm(ANALYST))
    forward = next(label for label in labels(message) if label.startswith("Next "))
    reading.workspace.press(ANALYST, message, text=forward, replies=1, settle=0.1)
    assert len(reading.workspace.dm(ANALYST)) == before


def test_reads_are_for_the_asker_alone(reading: Sandbox) -> None:
    answer = reading.workspace.command(CHAIR, "/cypp", "status p7", CHANNEL)
    assert answer.message.ephemeral_to == CHAIR
    assert not any("Priority 7" in one.text for one in reading.workspace.seen(EDUCATION, CHANNEL))


def test_share_in_channel_posts_the_same_for_all_who_are_there(reading: Sandbox) -> None:
    message = reading.workspace.command(CHAIR, "/cypp", "status priority 7", CHANNEL).message
    reading.workspace.press(CHAIR, message, text="Share in channel", replies=1, settle=0.1)
    shared = reading.workspace.messages(CHANNEL)[-1]
    assert opening(shared) == SEVEN
    assert refs_in(shared) == WORST_FIRST
    assert "Shared from “/cypp status priority 7”." in read(shared)
    assert shared.buttons() == []
    assert any(one.ts == message.ts for one in reading.workspace.seen(CHAIR, CHANNEL)), "the asker keeps the answer"


def test_a_shared_page_says_that_it_is_not_all(reading: Sandbox) -> None:
    total = len(example()["actions"])
    message = reading.workspace.command(CHAIR, "/cypp", "status priorities 1-12", CHANNEL).message
    reading.workspace.press(CHAIR, message, text="Share in channel", replies=1, settle=0.1)
    shared = reading.workspace.messages(CHANNEL)[-1]
    assert len(refs_in(shared)) == 25
    assert f"Actions 1 to 25 of {total}." in read(shared)
    assert "Shared from “/cypp status priorities 1-12”." in read(shared)


# -- lists


def test_mine_lists_what_a_lead_owes_first_with_the_buttons_to_answer(reading: Sandbox) -> None:
    message = reading.command(EDUCATION, "mine").message
    assert opening(message) == "You answer for 5 open actions; 3 wait for an update."
    assert refs_in(message)[:3] == ["9sep-2", "healthy-5", "healthy-8"]
    assert labels(message).count("On track") == 3
    assert "Update owed: 3 (due Tue 1 Sep 2020)" in read(message)


def test_mine_is_the_same_list_for_a_contact_officer(reading: Sandbox) -> None:
    theirs, leads = reading.command(ANALYST, "mine").message, reading.command(HEALTH, "mine").message
    assert refs_in(theirs) == refs_in(leads) != []


def test_mine_of_somebody_without_actions_says_what_to_do(reading: Sandbox) -> None:
    assert "You lead no action in this plan." in read(reading.command(MEMBER, "mine"))


def test_the_buttons_under_mine_record(calm: Sandbox) -> None:
    sandbox = calm
    message = sandbox.command(EDUCATION, "mine").message
    wanted = action(sandbox, "healthy-5").id
    presses = (one for one in message.buttons() if one.text == "On track")
    button = next(one for one in presses if OnAction.decode(one.value or "").action == wanted)
    answer = sandbox.workspace.press(EDUCATION, message, action_id=button.action_id, replies=1)
    assert "Recorded for healthy-5: on track." in read(answer)


def test_overdue_lists_most_meetings_missed_first_and_says_what_overdue_means(late: Sandbox) -> None:
    message = late.command(CHAIR, "overdue").message
    shown = read(message)
    assert "actions overdue, most meetings missed first." in shown.split("\n")[0]
    missed = [int(line_of(message, ref).split(" | ")[4]) for ref in refs_in(message)]
    assert missed == sorted(missed, reverse=True)
    assert missed[0] == 2
    assert "Overdue means: open, past its due meeting" in shown


def test_overdue_can_be_asked_for_one_board(late: Sandbox) -> None:
    shown = late.command(CHAIR, "overdue hwb").message
    assert opening(shown) == "1 action overdue for the Health and Wellbeing Board, most meetings missed first."
    assert refs_in(shown) == ["9sep-4"]


def test_standing_commitments_and_what_awaits_the_board_are_never_overdue(late: Sandbox) -> None:
    message = late.command(CHAIR, "overdue partnership").message
    every = refs_in(message)
    while forward := [label for label in labels(message) if label.startswith("Next ")]:
        message = late.workspace.press(CHAIR, message, text=forward[0], replies=1).messages[-1]
        every += refs_in(message)
    standing = {row["ref"] for row in example()["actions"] if row["kind"] == "standing commitment"}
    assert every
    assert not standing & set(every)
    assert "16sep-3" not in every


@pytest.mark.parametrize(
    ("ref", "means"),
    [
        ("healthy-5", "Deliverable: it can be finished, and is due at a meeting."),
        ("healthy-1", "Standing commitment: never late, never complete; looked at once a year."),
        ("16sep-1", "Board action: given out in a meeting; due at one or on a day."),
    ],
)
def test_a_card_says_what_the_kind_of_its_action_means(reading: Sandbox, ref: str, means: str) -> None:
    assert means in read(reading.command(CHAIR, ref))


def test_a_list_says_what_a_standing_commitment_is_where_it_has_one(reading: Sandbox) -> None:
    means = "A standing commitment: never late, never complete; looked at once a year."
    assert means in read(reading.command(CHAIR, "status theme healthy"))
    assert means in read(reading.command(CHAIR, "status priority 7"))
    assert means not in read(reading.command(CHAIR, "due"))


def test_nothing_overdue_is_said_in_one_line(reading: Sandbox) -> None:
    assert read(reading.command(CHAIR, "overdue")).startswith("Nothing is overdue.")


def test_due_without_a_meeting_is_about_the_next_of_each_board(reading: Sandbox) -> None:
    message = reading.command(CHAIR, "due").message
    assert opening(message) == "13 actions due at the next meetings."
    assert "Children and Young People's Partnership Board, Wed 16 Sep 2020" in read(message)


@pytest.mark.parametrize("typed", ["due 16 sep", "due september meeting of the partnership board", "due 16/9"])
def test_due_can_be_asked_for_a_meeting_as_people_name_it(reading: Sandbox, typed: str) -> None:
    message = reading.command(CHAIR, typed).message
    assert opening(message) == "12 actions due at the Children and Young People's Partnership Board of Wed 16 Sep 2020."
    assert "Updates due Tue 1 Sep 2020; papers Tue 8 Sep 2020." in read(message)


def test_meetings_lists_every_board_with_the_days_around_each_meeting(reading: Sandbox) -> None:
    shown = read(reading.command(CHAIR, "meetings"))
    assert shown.startswith("The next meeting is the Health and Wellbeing Board on Wed 9 Sep 2020, 14:00.")
    assert "Wed 10 Jun 2020, 14:00: held" in shown
    assert "Wed 16 Sep 2020, 14:00: updates due Tue 1 Sep, papers Tue 8 Sep" in shown
    assert "Fri 23 Oct 2020, 14:00, focus Heard: updates due Thu 8 Oct, papers Thu 15 Oct" in shown
    assert "December 2020, date to be confirmed" in shown
    assert "No meetings yet." not in shown


def test_meetings_can_be_asked_for_one_board(reading: Sandbox) -> None:
    shown = read(reading.command(CHAIR, "meetings hwb"))
    assert "Wed 9 Sep 2020" in shown
    assert "Wed 16 Sep 2020" not in shown


def test_digest_is_for_the_secretary_the_chair_and_the_administrator(reading: Sandbox) -> None:
    for user in (SECRETARY, CHAIR, ADMIN):
        shown = read(reading.command(user, "digest partnership"))
        assert shown.startswith("Children and Young People's Partnership Board: nothing overdue."), user
    for user in (EDUCATION, MEMBER):
        shown = read(reading.command(user, "digest partnership"))
        assert "The digest is for the board’s secretary" in shown
        assert "open actions" not in shown


def test_digest_of_somebody_who_may_not_read_it_asks_no_question_first(reading: Sandbox) -> None:
    assert "The digest is for" in read(reading.command(MEMBER, "digest"))


def test_a_chair_of_one_board_need_not_name_it(reading: Sandbox) -> None:
    assert read(reading.command(CHAIR, "digest")).startswith("Children and Young People's Partnership Board")


def test_the_secretary_of_two_boards_is_asked_which(reading: Sandbox) -> None:
    assert "Which board" in read(reading.command(SECRETARY, "digest"))


@pytest.mark.parametrize("typed", ["status", "mine", "overdue", "due", "meetings", "digest", "help", "statsu", ""])
def test_a_guest_reads_nothing(reading: Sandbox, typed: str) -> None:
    shown = read(reading.command(GUEST, typed))
    assert shown.startswith(NOTHING_SHOWN)
    assert "healthy" not in shown.lower()


def test_reading_stores_nothing(reading: Sandbox) -> None:
    before = stored(reading)
    for typed in ("status p7", "mine", "overdue", "due", "meetings", "help", "digest partnership", "statsu"):
        reading.command(SECRETARY, typed)
    assert stored(reading) == before
