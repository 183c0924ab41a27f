"""Outcomes recorded, the digest and its publishing, end to end."""

from __future__ import annotations

import re

import pytest

from bot.demo.sandbox import TEAM
from bot.demo.workspace import SeenMessage
from models.records.audit import find_head
from tests.bot.slack.e2e import (
    CHAIR,
    CHANNEL,
    COMMISSIONING,
    EDUCATION,
    HEALTH,
    OTHER_SECRETARY,
    SECRETARY,
    OpenAt,
    action,
    as_plan,
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
    with_two_secretaries,
)
from tests.bot.slack.slack_rules import refusals
from tests.local_slack import Fault, Sandbox

OVERDUE_11 = "11 actions overdue for the Children and Young People's Partnership Board"


def after_message(sandbox: Sandbox, day: str = "Wed 16 Sep 2020") -> SeenMessage:
    """What the secretary was sent after a meeting."""
    return message_with(sandbox, SECRETARY, f"After the meeting of {day}")


# -- outcomes recorded, digest, publishing


def test_outcomes_recorded_brings_the_digest_and_says_what_is_overdue_now(after: Sandbox) -> None:
    after.press(SECRETARY, "healthy-5", "Closed")
    after.press(SECRETARY, "healthy-4", "Carry forward")
    shown = read(after.settle(SECRETARY, after_message(after)))
    assert "Outcomes of Wed 16 Sep 2020 recorded." in shown
    said = shown.split("had no outcome")[0]
    assert "9 actions due at it" in said
    overdue = shown.split("overdue now: ")[1].split(".")[0].split(", ")
    assert {"healthy-4", "healthy-5", "16sep-3"} & set(overdue) == set(), "what awaits the board is never overdue"
    assert "[Outcomes recorded]" not in read(after_message(after))
    digest = message_with(after, SECRETARY, "Children and Young People's Partnership Board: 9 actions overdue.")
    assert all(ref in read(digest).split("Awaiting the board")[0] for ref in overdue)
    assert "Awaiting the board (1)" in read(digest)
    assert "Overdue means: open, past its due meeting" in read(digest)
    assert "Publish" in labels(digest)


def test_outcomes_recorded_again_says_so_and_brings_no_second_digest(after: Sandbox) -> None:
    message = after_message(after)
    after.settle(SECRETARY, message)
    before, mark = stored(after), after.workspace.mark()
    again = forge(after, SECRETARY, "recorded", str(meeting_on(after, 9, 16).id))
    assert "The outcomes of Wed 16 Sep 2020 were recorded already." in read(again)
    after.tick()
    assert stored(after) == before
    assert not any("overdue" in read(one) for one in after.workspace.since(SECRETARY, mark))


@pytest.mark.parametrize("user", [HEALTH, OTHER_SECRETARY])
def test_nobody_else_says_that_outcomes_are_recorded(open_at: OpenAt, user: str) -> None:
    sandbox = open_at(when(9, 17, 9), plan=as_plan(with_two_secretaries(example())))
    before = stored(sandbox)
    assert "outcomes are recorded by" in read(forge(sandbox, user, "recorded", str(meeting_on(sandbox, 9, 16).id)))
    assert stored(sandbox) == before


def test_the_outcomes_of_a_meeting_to_come_cannot_be_recorded(after: Sandbox) -> None:
    before = stored(after)
    shown = read(forge(after, SECRETARY, "recorded", str(meeting_on(after, 10, 23).id)))
    assert "The meeting of Fri 23 Oct 2020 has not been held" in shown
    assert stored(after) == before


def digest_of(sandbox: Sandbox) -> SeenMessage:
    """The digest after the outcomes were recorded."""
    sandbox.settle(SECRETARY, after_message(sandbox))
    return next(one for one in reversed(sandbox.workspace.dm(SECRETARY)) if "Publish" in labels(one))


def test_publish_posts_the_digest_without_names_and_with_a_way_to_the_rest_for_each_reader(after: Sandbox) -> None:
    digest = digest_of(after)
    shown = read(after.press_in(SECRETARY, digest, "Publish"))
    assert "Publishing the digest of Thu 17 Sep 2020" in shown
    published = after.workspace.messages(CHANNEL)
    assert read(published[0]).startswith("Children and Young People's Partnership Board: 11 actions overdue.")
    assert [labels(one) for one in published] == [["All 11 overdue"]]
    answer = after.workspace.press(EDUCATION, published[0], text="All 11 overdue", replies=1).messages[-1]
    assert (answer.ephemeral_to, read(answer).split(":")[0].split(",")[0]) == (EDUCATION, OVERDUE_11)


@pytest.mark.parametrize("refused", [(), ("data_table",)])
def test_a_channel_is_given_the_worst_ten_of_150_in_one_message_and_each_reader_the_rest(
    open_at: OpenAt, refused: tuple[str, ...]
) -> None:
    sandbox = open_at(when(9, 17, 9), plan=as_plan(with_busy_lead(example(), 150 - 11)), burst=10_000)
    sandbox.workspace.refuse_blocks(*refused)
    sandbox.bot.deps.blocks.ask(sandbox.bot.deps.client)
    sandbox.advance(when(9, 17, 10))
    sandbox.settle(SECRETARY, after_message(sandbox))
    digest = message_with(sandbox, SECRETARY, "Partnership Board: 150 actions overdue.")
    sandbox.press_in(SECRETARY, digest, "Publish")
    (published,) = sandbox.workspace.messages(CHANNEL)
    assert read(published).startswith("Children and Young People's Partnership Board: 150 actions overdue.")
    assert "The 10 that missed the most meetings, of 150." in read(published)
    assert ("data_table" in {one["type"] for one in published.blocks}) is not bool(refused)
    seen: list[str] = []
    page = sandbox.workspace.press(EDUCATION, published, text="All 150 overdue", replies=1).messages[-1]
    while True:
        assert refusals(page.text, list(page.blocks)) == []
        assert page.ephemeral_to == EDUCATION
        seen += re.findall(r"^(?:• )?((?:busy|healthy|happy|heard|9sep|16sep)-\d+)  ", read(page), re.MULTILINE)
        more = [one for one in labels(page) if one.startswith("Next ")]
        if not more:
            break
        page = sandbox.workspace.press(EDUCATION, page, text=more[0], replies=1).messages[-1]
    assert len(seen) == len(set(seen)) == 150
    shown = sum(f"\n{ref}  " in f"\n{read(published)}" for ref in seen)
    assert shown == 10
    assert refusals(published.text, list(published.blocks)) == []


def test_a_published_digest_says_so_and_loses_its_button(after: Sandbox) -> None:
    digest = digest_of(after)
    answer = after.command(SECRETARY, "digest partnership").message
    after.press_in(SECRETARY, digest, "Publish")
    after.tick()
    now = after.workspace.now(digest)
    assert now is not None
    assert "Published to #partnership, Thu 17 Sep." in read(now)
    assert "Publish" not in labels(now)
    assert now.text.split("\n")[:-1] == digest.text.split("\n")
    assert "Publish" in labels(answer), "what one person alone is shown cannot be changed"


@pytest.mark.parametrize("how", ["archived", "left"])
def test_a_channel_that_cannot_be_posted_to_is_known_before_the_press_and_after_it_is_mended(
    after: Sandbox, how: str
) -> None:
    after.workspace.close_channel(CHANNEL, archived=how == "archived", left=how == "left")
    after.settle(SECRETARY, after_message(after))
    for digest in (
        message_with(after, SECRETARY, "Partnership Board: 11 actions overdue."),
        after.command(SECRETARY, "digest partnership").message,
    ):
        assert "Publish" not in labels(digest)
        assert "This cannot be published: #partnership" in read(digest)
        assert "invite the app there" in read(digest) if how == "left" else "unarchive it" in read(digest)
        assert "or choose another with “/cypp board partnership channel #name”." in read(digest)
    after.workspace.close_channel(CHANNEL)
    again = after.workspace.press(SECRETARY, digest, text="Look again", replies=1).messages[-1]
    assert "Publishing the digest" in read(after.press_in(SECRETARY, again, "Publish"))
    assert len(after.workspace.messages(CHANNEL)) == 1


def test_a_channel_that_has_gone_is_known_before_the_press(after: Sandbox) -> None:
    after.workspace.faults.add("conversations.info", Fault.error("channel_not_found"))
    digest = after.command(SECRETARY, "digest partnership").message
    assert "Publish" not in labels(digest)
    assert "This cannot be published: #partnership is not to be found" in read(digest)


def test_publish_twice_publishes_once_and_says_so(after: Sandbox) -> None:
    digest = digest_of(after)
    after.press_in(SECRETARY, digest, "Publish")
    count = len(after.workspace.messages(CHANNEL))
    other = after.command(SECRETARY, "digest partnership").messages[-1]
    assert "was published already" in read(after.press_in(SECRETARY, other, "Publish"))
    assert len(after.workspace.messages(CHANNEL)) == count > 0


def test_what_is_published_is_what_the_secretary_saw_whatever_came_meanwhile(after: Sandbox) -> None:
    digest = digest_of(after)
    was = line_of(digest, "healthy-4").rpartition(" | ")[0]
    untouched = {ref: line_of(digest, ref) for ref in ("9sep-1", "happy-2")}
    after.clock.move(when(9, 18, 11))
    after.command(SECRETARY, "move healthy-5 to 8 Dec because the budget comes late")
    after.command(HEALTH, "update healthy-4 off track nobody is left")
    after.press_in(SECRETARY, digest, "Publish")
    published = read(after.workspace.messages(CHANNEL))
    assert published.startswith("Children and Young People's Partnership Board: 11 actions overdue.")
    assert "As of Thu 17 Sep 2020." in published
    line = line_of(after.workspace.messages(CHANNEL)[0], "healthy-4")
    assert line == f"{was} | –"
    assert "nobody is left" not in published
    assert "healthy-5" in published.split("Awaiting the board")[0]
    for ref, said in untouched.items():
        assert line_of(after.workspace.messages(CHANNEL)[0], ref) == said


def test_a_digest_that_was_an_answer_is_published_only_while_it_still_says_so(after: Sandbox) -> None:
    after.settle(SECRETARY, after_message(after))
    after.clock.move(when(9, 18, 11))
    shown = after.command(SECRETARY, "digest partnership").messages[-1]
    after.command(HEALTH, "update healthy-4 off track nobody is left")
    before = stored(after)
    answer = after.press_in(SECRETARY, shown, "Publish")
    assert "This has changed since you looked, so nothing was published yet" in read(answer)
    assert stored(after) == before
    again = answer.messages[-1]
    assert "🔴 off track" in line_of(again, "healthy-4")
    assert "Publishing the digest of Fri 18 Sep 2020" in read(after.press_in(SECRETARY, again, "Publish"))
    assert "🔴 off track" in line_of(after.workspace.messages(CHANNEL)[0], "healthy-4")


def test_a_digest_ends_with_the_head_of_the_record_and_a_new_head_is_no_news(after: Sandbox) -> None:
    after.command(HEALTH, "update healthy-4 some issues nobody has been recruited")
    digest = digest_of(after)
    before, shown = head_in(digest), after.command(SECRETARY, "digest partnership").messages[-1]
    assert head_in(shown) == before
    after.clock.move(when(9, 18, 11))
    after.command(HEALTH, "withhold healthy-4 last because the tender is open")
    count = len(after.workspace.dm(SECRETARY))
    after.advance(when(9, 24, 10))
    assert not any("overdue." in read(one) for one in after.workspace.dm(SECRETARY)[count:]), "nothing in it changed"
    assert "Publishing the digest of Thu 17 Sep 2020" in read(after.press_in(SECRETARY, digest, "Publish"))
    published = head_in(after.workspace.messages(CHANNEL)[-1])
    assert published != before
    with after.database.read(TEAM) as session:
        found = [find_head(session, head.replace(" ", "")) for head in (before, published)]
    assert [(one.ref, one.later) for one in found if one is not None] == [("healthy-4", 1), ("healthy-4", 0)]


def head_in(message: SeenMessage) -> str:
    """The head of the record that a digest ends with."""
    return read(message).split("Record so far: ")[1].split(".")[0]


def test_a_digest_of_yesterday_is_published_as_of_yesterday_once(after: Sandbox) -> None:
    digest = digest_of(after)
    after.clock.move(when(9, 18, 11))
    assert "Publishing the digest of Thu 17 Sep 2020" in read(after.press_in(SECRETARY, digest, "Publish"))
    count = len(after.workspace.messages(CHANNEL))
    board = action(after, "healthy-4").board_id
    assert "of Thu 17 Sep 2020 was published already" in read(forge(after, SECRETARY, "publish", str(board)))
    assert "I do not find that digest any more" in read(forge(after, SECRETARY, "publish", f"{board}|sent 999"))
    assert len(after.workspace.messages(CHANNEL)) == count


def test_a_board_that_publishes_by_itself_publishes_what_the_secretary_is_sent_and_nothing_earlier(
    after: Sandbox,
) -> None:
    digest_of(after)
    after.command(SECRETARY, "board partnership publish at once")
    after.advance(when(9, 18, 10))
    assert after.workspace.messages(CHANNEL) == [], "what went out before is not published after the event"
    after.command(HEALTH, "update healthy-4 off track nobody is left")
    after.advance(when(9, 24, 10))
    published = after.workspace.messages(CHANNEL)
    sent = message_with(after, SECRETARY, "Partnership Board: 11 actions overdue.")
    assert "As of Thu 24 Sep 2020." in read(published)
    assert line_of(published[0], "healthy-4") == line_of(sent, "healthy-4")
    assert "Publish" not in labels(sent)


def test_nobody_else_publishes(after: Sandbox) -> None:
    board = action(after, "healthy-4").board_id
    before = stored(after)
    for user in (HEALTH, EDUCATION):
        assert "The digest is for the board’s secretary" in read(forge(after, user, "publish", str(board)))
    after.tick()
    assert after.workspace.messages(CHANNEL) == []
    assert stored(after) == before


def test_leads_are_told_what_the_board_decided_once_the_outcomes_are_recorded(after: Sandbox) -> None:
    after.press(SECRETARY, "healthy-5", "Closed")
    after.press(SECRETARY, "healthy-4", "Carry forward")
    mark = after.workspace.mark()
    after.settle(SECRETARY, after_message(after))
    after.advance(when(9, 18, 9, 30))
    told = [one for one in after.workspace.since(EDUCATION, mark) if "decided on" in read(one)]
    assert len(told) == 1
    assert "What the Children and Young People's Partnership Board of Wed 16 Sep 2020 decided on 1 action" in read(
        told[0]
    )
    assert "The board: closed, minute reference to be added." in line_of(told[0], "healthy-5")
    (health,) = [one for one in after.workspace.since(HEALTH, mark) if "decided on" in read(one)]
    assert "The board: carried forward to Fri 23 Oct 2020." in line_of(health, "healthy-4")
    assert "healthy-9" not in read(health), "what nobody decided is not told"
    assert not any("decided on" in read(one) for one in after.workspace.since(COMMISSIONING, mark))


def test_nothing_goes_unasked_to_the_chair(after: Sandbox) -> None:
    after.settle(SECRETARY, after_message(after))
    after.advance(when(9, 21, 10))
    assert after.workspace.dm(CHAIR) == []


def test_a_secretary_gets_at_most_one_unasked_message_a_day(open_at: OpenAt) -> None:
    sandbox = open_at(when(9, 9, 16))
    sandbox.advance(when(9, 17, 9, 30))
    told = [one for one in sandbox.workspace.dm(SECRETARY) if one.metadata]
    assert [read(one).split(":")[0] for one in told] == [
        "After the meeting of Wed 9 Sep 2020",
        "After the meeting of Wed 16 Sep 2020",
    ]
    sandbox.advance(when(9, 18, 9, 30))
    told = [one for one in sandbox.workspace.dm(SECRETARY) if one.metadata]
    assert len(told) == 3
    assert read(told[2]).startswith("Health and Wellbeing Board: 1 action overdue.")
    assert "9sep-4" in read(told[2])
