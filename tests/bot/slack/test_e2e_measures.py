"""Measures in Slack: a figure is given by command, words and form, asked about, put right, taken back and shown."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.bot.slack.e2e import (
    CHAIR,
    EDUCATION,
    HEALTH,
    SECRETARY,
    Kept,
    OpenAt,
    as_plan,
    example,
    finish,
    finished,
    labels,
    message_with,
    read,
    when,
)
from tests.bot.slack.test_e2e_home import opened
from tests.bot.slack.test_e2e_papers import DRAFT, received
from tests.local_slack import Sandbox

MEASURES = [
    {
        "ref": "m7.1", "name": "Reviews of child protection plans that met Good", "said": "met Good", "priority": 7,
        "target": 75, "floor": 65, "provider": "head-of-education",
    },
    {"ref": "m7.2", "name": "Days waited", "priority": 7, "good is": "low", "unit": "days", "target": 18,
     "provider": "public-health-lead"},
    {"ref": "m7.3", "name": "Young carers known", "theme": "healthy", "unit": "number"},
]  # fmt: skip
VALUES = [
    {"measure": "m7.1", "period": "Q3 2019/20", "figure": 69, "target": 70},
    {"measure": "m7.1", "period": "Q4 2019/20", "figure": 70, "target": 75},
    {"measure": "m7.2", "period": "Q1 2019/20", "figure": 20},
    {"measure": "m7.2", "period": "Q2 2019/20", "figure": 19},
    {"measure": "m7.2", "period": "Q3 2019/20", "figure": 20},
    {"measure": "m7.2", "period": "Q4 2019/20", "figure": 19},
    {"measure": "m7.2", "period": "Q1 2020/21", "figure": 20, "target": 16},
]


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Kept:
    plan = example() | {"measures": MEASURES, "values": VALUES}
    return Kept(open_for_all(when(8, 17, 10), plan=as_plan(plan)))


@pytest.fixture
def sandbox(place: Kept) -> Sandbox:
    return place.back()


def sent(sandbox: Sandbox, user: str, values: dict[str, str]) -> str:
    """What somebody reads once the form in front of them was sent in."""
    return read(finished(sandbox, user, sandbox.submit(user, values)))


def test_a_priority_says_its_measure_and_one_without_says_that_nothing_is_recorded(sandbox: Sandbox) -> None:
    sandbox.command(EDUCATION, "measure m7.1 Q1 72%")
    said = read(sandbox.command(CHAIR, "status priority 7"))
    assert "Measure: 72 % met Good, Q1, below the target of 75 %, improved." in said
    assert "Measure: not recorded." in read(sandbox.command(CHAIR, "status priority 1"))
    shown = read(sandbox.command(CHAIR, "measures priority 7"))
    assert "Priority 7 has 3 measures; for 1 of them data are to be supplied." in shown
    assert "m7.2  Days waited | 20 days, Q1 2020/21 | 16 days | ◐ target not met | worsened since Q4 2019/20" in shown
    assert shown.index("◐ floor standard achieved") < shown.index("m7.2  Days waited")


def test_a_figure_in_words_is_recorded_and_undone(sandbox: Sandbox) -> None:
    said = sandbox.say(EDUCATION, "m7.1 Q1 72%")
    assert "Recorded: m7.1, Q1 2020/21: 72 %, below the target of 75 %, improved." in read(said)
    assert "Signed Head of Education, Sefton Council, Mon 17 Aug 2020." in read(said)
    undone = read(sandbox.press_in(EDUCATION, said.messages[-1], "Undo"))
    assert "Undone: the figure of m7.1 for Q1 2020/21 is not given." in undone
    assert "data to be supplied" in read(sandbox.command(CHAIR, "measure m7.1"))


def test_several_lines_are_recorded_each(sandbox: Sandbox) -> None:
    said = read(sandbox.say(SECRETARY, "m7.1 Q1: 72%\nm7.3 Q1 3"))
    assert "Recorded: m7.1, Q1 2020/21: 72 %" in said
    assert "Recorded: m7.3, Q1 2020/21: fewer than 5" in said


@pytest.mark.parametrize("between", ["; ", " and ", ", ", " "])
def test_several_measures_in_one_line_are_recorded_each(sandbox: Sandbox, between: str) -> None:
    said = read(sandbox.say(SECRETARY, f"m7.1 last quarter 72,5%{between}m7.3 Q1 12 children"))
    assert "Recorded: m7.1, Q1 2020/21: 72.5 %" in said
    assert "Recorded: m7.3, Q1 2020/21: 12" in said
    assert "Note: “children”." in said


def test_a_doubted_figure_is_recorded_by_one_press_with_its_note(sandbox: Sandbox) -> None:
    asked = sandbox.say(EDUCATION, "m7.1 Q1 72%, 3 files are missing")
    done = read(sandbox.press_in(EDUCATION, asked.messages[-1], "It is 72 %: record it"))
    assert "Recorded: m7.1, Q1 2020/21: 72 %" in done
    assert "Note: “3 files are missing”." in done


def test_of_several_in_one_line_what_is_refused_is_said_beside_what_is_recorded(sandbox: Sandbox) -> None:
    said = read(sandbox.command(SECRETARY, "measure m7.1 Q1 72%; m7.3 Q1 4.5"))
    assert "Recorded: m7.1, Q1 2020/21: 72 %" in said
    assert "4.5 is not a whole number, and this measure counts. Nothing was recorded." in said
    assert "m7.3 Q1 4.5" in said


def test_a_correction_is_a_new_entry_against_what_was_wanted_then(sandbox: Sandbox) -> None:
    said = read(sandbox.command(HEALTH, "measure m7.2 Q1 2020/21 19 provisional: two cases were counted twice"))
    assert "m7.2, Q1 2020/21: 19 days (provisional), target not met (above 16 days), no clear change." in said
    assert "It was 20 days; that entry stays in the history." in said
    assert "It stands against the target of that time, 16 days; the target is 18 days now." in said


def test_a_figure_of_somebody_else_is_replaced_only_when_asked(sandbox: Sandbox) -> None:
    sandbox.command(EDUCATION, "measure m7.1 Q1 72%")
    asked = sandbox.command(SECRETARY, "measure m7.1 Q1 73%")
    assert "Head of Education, Sefton Council gave 72 % for Q1 2020/21 on Mon 17 Aug 2020: nothing" in read(asked)
    assert labels(asked.message) == ["Put mine in its place", "Leave theirs"]
    done = read(sandbox.press_in(SECRETARY, asked.message, "Put mine in its place"))
    assert "Recorded: m7.1, Q1 2020/21: 73 %" in done
    assert "for Head of Education, Sefton Council" in done


@pytest.mark.parametrize(
    ("typed", "said", "offered"),
    [
        ("m7.1 Q1 0.72", "0.72 is less than 1 %: did you mean 72 %?", "It is 72 %: record that"),
        ("m7.1 Q4 2019 72%", "Which quarter is “Q4 2019”?", "Q4 2018/19"),
        ("m7.1 72%", "Which quarter is that figure of m7.1 for?", "Q1 2020/21"),
        ("m7.1 Q3 72%", "Which quarter is “Q3”?", "Q3 2019/20"),
        (
            "m7.1 Q1 72-74%",
            "Of that, 72 % is read for Q1 2020/21, and “74%” is not: is 72 % right?",
            "It is 72 %: record it",
        ),
        ("m7.1 Q1 23% or 24%", "and “or 24%” is not: is 23 % right?", "It is 23 %: record it"),
        ("m7.1 Q1 24%?", "and “?” is not: is 24 % right?", "It is 24 %: record it"),
        (
            "m7.1 Q1 18 of 25, as m7.2",
            "Of that, 18 of 25 is read for Q1 2020/21, and “as m7.2” is not",
            "It is 18 of 25",
        ),
        ("m7.1 Q1 n/a 72%", "Of that, not available is read for Q1 2020/21, and “72%” is not", "It is not available"),
        ("m7.1 Q1 24.0.1%", "What is the figure of m7.1 for Q1 2020/21? Nothing was recorded.", ""),
        ("m7.2 Q1 60", "60 after 19 is 5 times the usual change or more: is it right?", "It is 60 days: record"),
    ],
)
def test_what_is_not_plain_is_asked_about(sandbox: Sandbox, typed: str, said: str, offered: str) -> None:
    asked = sandbox.command(SECRETARY, f"measure {typed}")
    assert said in read(asked)
    assert not offered or any(label.startswith(offered) for label in labels(asked.message))
    assert "Recorded" not in read(asked)
    assert typed in read(asked)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("m7.1 Q1 101%", "101 is more than 100 %. Nothing was recorded."),
        ("m7.1 Q2 2020/21 72%", "Q2 2020/21 is not over: it ends on 30 September 2020. Nothing was recorded."),
        ("m7.2 Q1 72%", "m7.2 is in days, and 72 is given in %. Nothing was recorded."),
        ("m7.1 Q1 75% (18 of 25)", "18 of 25 is 72.0 %, and 75 % is given. Nothing was recorded."),
        ("m7.1 Q1 18 of 25 75%", "18 of 25 is 72.0 %, and 75 % is given. Nothing was recorded."),
        (
            "m7.1 Q1 72 people",
            "m7.1 is in %, and “72 people” is not: a note stands after a comma. Nothing was recorded.",
        ),
        ("m7.2 Q1 3 weeks", "m7.2 is in days, and “3 weeks” is not: a note stands after a comma."),
        ("m7.3 Q1 4.5", "4.5 is not a whole number, and this measure counts. Nothing was recorded."),
        ("m9.9 Q1 4", "There is no measure “m9.9”"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(sandbox: Sandbox, typed: str, said: str) -> None:
    assert said in read(sandbox.command(SECRETARY, f"measure {typed}"))


def test_after_a_target_changed_it_is_asked_which_one_counts(sandbox: Sandbox) -> None:
    sandbox.clock.move(when(10, 5))
    asked = sandbox.command(HEALTH, "measure m7.2 Q2 17")
    assert "The target of m7.2 was 16 days in Q1 2020/21 and is 18 days now" in read(asked)
    assert labels(asked.message)[:2] == ["18 days", "16 days"]
    assert "17 days, target of 18 days achieved, improved" in read(sandbox.press_in(HEALTH, asked.message, "18 days"))


def test_the_form_shows_what_stands_and_records(sandbox: Sandbox) -> None:
    shown = sandbox.command(EDUCATION, "measure m7.1")
    sandbox.press_in(EDUCATION, shown.message, "Give figure…")
    done = sent(sandbox, EDUCATION, {"figure": "72", "share": "18 of 25", "state": "provisional"})
    assert "Recorded: m7.1, Q1 2020/21: 72 % (provisional)" in done


def test_whoever_gives_no_figures_is_told_who_does(sandbox: Sandbox) -> None:
    said = read(sandbox.command(HEALTH, "measure m7.1 Q1 72%"))
    assert "Nothing was recorded for m7.1: whoever acts for Head of Education, Sefton Council" in said


def test_whoever_gives_figures_is_asked_ten_working_days_after_a_period_with_one_reminder(open_at: OpenAt) -> None:
    plan = example() | {"measures": MEASURES, "values": VALUES}
    sandbox = open_at(when(10, 13, 12), plan=as_plan(plan))
    sandbox.advance(when(10, 14, 10))
    asked = message_with(sandbox, HEALTH, "1 figure for Q2 2020/21 of yours is wanted.")
    assert "m7.2: Days waited" in read(asked)
    assert "So far: Days waited: 20 days, Q1 2020/21, target not met (above 16 days), worsened." in read(asked)
    assert "m7.1" in read(message_with(sandbox, EDUCATION, "1 figure for Q2 2020/21 of yours is wanted."))
    for words in ("mine", "what do you need from me?"):
        owed = read(sandbox.say(HEALTH, words))
        assert "Figure of m7.2 for Q2 2020/21" in owed
        assert "m7.1" not in owed
    assert "Figure of m7.2 for Q2 2020/21" in opened(sandbox, HEALTH).plain(100)
    assert "Measures, Q2: 3 data to be supplied." in opened(sandbox, CHAIR).plain(100)
    assert "Recorded: m7.1, Q2 2020/21: 72 %" in read(sandbox.say(EDUCATION, "Q2 72%"))
    assert "Recorded" not in read(sandbox.say(EDUCATION, "Q2 73%")), "which is owed no more"
    assert "Recorded" not in read(sandbox.say(HEALTH, "Q1 18")), "which is not what is owed"
    assert "Recorded" not in read(sandbox.say(HEALTH, "Q2 18 visits were made by the nurses"))
    undone = sandbox.say(EDUCATION, "undo").messages[-1]
    sandbox.press_in(EDUCATION, undone, "Undo: the figure of m7.1 for Q2 2020/21")
    sandbox.press_in(HEALTH, asked, "Give figure…")
    sent(sandbox, HEALTH, {"figure": "18"})
    sandbox.press_in(HEALTH, sandbox.workspace.dm(HEALTH)[-1], "18 days")
    sandbox.tick()
    assert "Thank you: no figure is wanted of you just now." in read(message_with(sandbox, HEALTH, "m7.2: Days waited"))
    assert "Figure of m7.2" not in read(sandbox.command(HEALTH, "mine"))
    assert "Figure of m7.2" not in opened(sandbox, HEALTH).plain(100)
    sandbox.advance(when(10, 21, 10))
    assert "Reminder: we still wait for 1 figure for Q2 2020/21." in read(sandbox.workspace.dm(EDUCATION))
    assert "Reminder" not in read(sandbox.workspace.dm(HEALTH)[-1])


def test_where_the_provider_left_the_secretary_is_asked(open_at: OpenAt) -> None:
    plan = example() | {"measures": MEASURES[:1], "values": []}
    next(one for one in plan["posts"] if one["key"] == "head-of-education").pop("holder")
    sandbox = open_at(when(10, 13, 12), plan=as_plan(plan))
    sandbox.advance(when(10, 14, 10))
    assert "1 figure for Q2 2020/21 of yours is wanted." in read(sandbox.workspace.dm(SECRETARY))


def test_the_scorecard_says_each_measure_by_theme_in_words_beside_its_shape(sandbox: Sandbox) -> None:
    sandbox.command(EDUCATION, "measure m7.1 Q1 60%")
    sandbox.command(SECRETARY, "measure m7.3 Q1 3")
    shown = sandbox.command(CHAIR, "scorecard")
    said = read(shown)
    assert "Scorecard Q1 2020/21: 3 measures: 1 floor standard not achieved; 1 target not met; 1 withheld" in said
    assert "Worst first: 3 measures" in said
    below = (
        "m7.1  Reviews of child protection plans that met Good | 60 %, Q1 2020/21 | 75 %, floor standard 65 % | "
        "○ floor standard not achieved | worsened since Q4 2019/20"
    )
    withheld = "m7.3  Young carers known | fewer than 5, Q1 2020/21 | – | – withheld as a small number | –"
    assert said.index(below) < said.index("m7.2  Days waited") < said.index(withheld)
    assert (
        "m7.1 Reviews of child protection plans that met Good: 60 %, Q1 2020/21; ○ floor standard not achieved; "
        "worsened since Q4 2019/20; target 75 %, floor standard 65 %"
    ) in shown.message.text
    assert "Add an improvement action…" not in labels(shown.message)
    earlier = read(sandbox.say(CHAIR, "scorecard Q4 2019/20"))
    assert "70 %, Q4 2019/20 | 75 %, floor standard 65 % | ◐ floor standard achieved" in earlier


def test_where_tables_are_refused_each_measure_has_two_lines(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17, 10), plan=as_plan(example() | {"measures": MEASURES, "values": VALUES}))
    sandbox.workspace.refuse_blocks("data_table")
    sandbox.bot.deps.blocks.ask(sandbox.bot.deps.client)
    sandbox.command(SECRETARY, "measure m7.1 Q1 60%")
    said = read(sandbox.command(CHAIR, "scorecard"))
    assert (
        "m7.1  ○ floor standard not achieved · Reviews of child protection plans that met Good\n"
        "60 %, Q1 2020/21 · target 75 %, floor standard 65 % · worsened since Q4 2019/20"
    ) in said


@pytest.mark.parametrize(
    "words",
    ["has anything improved?", "Which measures got worse?", "have the measures moved?", "did it move anything?",
     "did any of it move anything for children?", "what indicators have improved"],
)  # fmt: skip
def test_whether_anything_moved_is_answered_by_the_scorecard(sandbox: Sandbox, words: str) -> None:
    assert read(sandbox.say(CHAIR, words)).startswith("Scorecard Q1 2020/21: 3 measures")


@pytest.mark.parametrize(
    "words",
    ["has anything improved since june?", "which actions got worse?", "the measures have improved attendance",
     "has healthy-5 improved?"],
)  # fmt: skip
def test_other_questions_and_statements_are_not(sandbox: Sandbox, words: str) -> None:
    assert "Scorecard" not in read(sandbox.say(CHAIR, words))


def test_an_improvement_action_is_added_from_below_the_floor(sandbox: Sandbox) -> None:
    sandbox.command(EDUCATION, "measure m7.1 Q1 60%")
    shown = sandbox.command(SECRETARY, "scorecard")
    sandbox.choose_in(SECRETARY, shown.message, "m7.1 Reviews of child protection plans that met Good")
    done = sent(sandbox, SECRETARY, {"words": "Audit twenty reviews each month"})
    assert "Audit twenty reviews each month" in done
    ref = next(word.strip(".:,") for word in done.split() if word.strip(".:,").startswith(("healthy-", "7.")))
    assert "From: m7.1, Q1 2020/21, below the floor standard of 65 %." in read(sandbox.command(CHAIR, f"status {ref}"))


def test_the_receipt_of_a_figure_below_the_floor_and_the_measure_offer_an_improvement_action(sandbox: Sandbox) -> None:
    receipt = sandbox.command(SECRETARY, "measure m7.1 Q1 60%")
    assert labels(receipt.message) == ["Undo", "Add an improvement action…", "Show m7.1"]
    shown = sandbox.command(SECRETARY, "measure m7.1")
    sandbox.press_in(SECRETARY, shown.message, "Add an improvement action…")
    assert "Audit twenty reviews" in sent(sandbox, SECRETARY, {"words": "Audit twenty reviews each month"})
    assert "Add an improvement action…" not in labels(sandbox.command(EDUCATION, "measure m7.1").message)
    assert "Add an improvement action…" not in labels(sandbox.command(SECRETARY, "measure m7.1 Q1 66%").message)


def test_a_note_is_redacted_and_the_figure_stays(sandbox: Sandbox) -> None:
    given = sandbox.say(EDUCATION, "m7.1 Q1 72%, the boy from Bootle was counted twice")
    if "Yes" in "".join(labels(given.messages[-1])) or "Recorded" not in read(given):
        given = sandbox.press_in(EDUCATION, given.messages[-1], labels(given.messages[-1])[0])
    assert "Note: “the boy" in read(sandbox.workspace.dm(EDUCATION))
    assert "Bootle" in read(sandbox.command(CHAIR, "measure m7.1"))
    assert "Nothing was redacted" in read(sandbox.command(EDUCATION, "measure redact m7.1 Q1 because it names a boy"))
    assert "Why is the note of m7.1, Q1 redacted?" in read(sandbox.command(SECRETARY, "measure redact m7.1 Q1"))
    said = read(sandbox.command(SECRETARY, "measure redact m7.1 Q1 because it names a boy"))
    assert "Redacted: the note of m7.1, Q1 is emptied." in said
    sandbox.tick()
    assert "Note: “the boy" not in read(sandbox.workspace.dm(EDUCATION))
    shown = read(sandbox.command(CHAIR, "measure m7.1"))
    assert "Bootle" not in shown
    assert "72 %, floor" in shown or "72 %, below the target" in shown
    assert "“words redacted: it names a boy" in shown
    again = read(sandbox.command(SECRETARY, "measure redact m7.1 because it names a boy"))
    assert "No figure of m7.1 has a note, so there is nothing to redact." in again


def test_what_is_done_and_moved_nothing_is_listed_two_periods_later(open_at: OpenAt) -> None:
    waits = {
        "ref": "m8",
        "theme": "healthy",
        "name": "Days waited",
        "unit": "days",
        "period": "month",
        "good is": "low",
    }
    june = {"measure": "m8", "period": "June 2020", "figure": 20}
    sandbox = open_at(when(8, 27, 12), plan=as_plan(example() | {"measures": [waits], "values": [june]}))
    sandbox.command(SECRETARY, "close healthy-4 agreed 10 Jun minute 4")
    sandbox.clock.move(when(11, 5))
    assert "Done, but no movement" not in read(sandbox.command(CHAIR, "scorecard"))
    sandbox.command(SECRETARY, "measure m8 October 2020: 20")
    said = read(sandbox.command(CHAIR, "scorecard"))
    assert "Done, but no movement two periods later" in said
    idle = "healthy-4, closed Wed 10 Jun 2020: m8 Days waited, no clear change since"
    assert idle in said
    assert f"Done, but no movement two periods later\n\n{idle}." in read(sandbox.command(CHAIR, "brief"))
    sandbox.command(SECRETARY, "measure m8 October 2020: 15")
    assert "Done, but no movement" not in read(sandbox.command(CHAIR, "scorecard"))
    assert "Done, but no movement" not in read(sandbox.command(CHAIR, "brief"))


def test_the_paper_has_a_section_of_measures_by_theme_whose_headings_state_the_finding(sandbox: Sandbox) -> None:
    sandbox.command(EDUCATION, "measure m7.1 Q1 72%")
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, "papers 16 Sep")
    paper = received(sandbox, SECRETARY, mark, DRAFT)
    headings = [said for _, said in paper.headings]
    assert (
        headings[headings.index("7. Measures") + 1] == "Healthy: 72 % met Good: up from 70 %, below the target of 75 %"
    )
    assert [one for one in headings if one[:1] in "789" or one.startswith("10")] == [
        "7. Measures", "8. Risks", "9. Closed at the last meeting", "10. Key",
    ]  # fmt: skip
    assert "◐ floor standard achieved, target not met" in paper.text
    assert "before: 70 %, 69 %" in paper.text
    assert "improved since Q4 2019/20" in paper.text


def test_the_paper_has_a_chart_beside_the_table_whose_words_say_the_same_figures(sandbox: Sandbox) -> None:
    sandbox.command(EDUCATION, "measure m7.1 Q1 72%")
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, "papers 16 Sep")
    paper = received(sandbox, SECRETARY, mark, DRAFT)
    charts = [one for one in paper.pictures if one.startswith("Line of ")]
    assert charts == [
        "Line of Reviews of child protection plans that met Good, 3 figures from Q3 2019/20 to Q1 2020/21. "
        "Latest 72 %, Q1 2020/21: floor standard achieved, target not met, improved since Q4 2019/20. Target 75 %. "
        "Floor standard 65 %. Figures: Q3 2019/20 69 %; Q4 2019/20 70 %; Q1 2020/21 72 %.",
        "Line of Days waited, 5 figures from Q1 2019/20 to Q1 2020/21. Latest 20 days, Q1 2020/21: target not met, "
        "worsened since Q4 2019/20. Target 16 days. Figures: Q1 2019/20 20 days; Q2 2019/20 19 days; "
        "Q3 2019/20 20 days; Q4 2019/20 19 days; Q1 2020/21 20 days.",
    ]
    assert len([name for name in paper.parts if name.startswith("word/media/")]) == len(charts)


def test_a_measure_is_drawn_as_a_chart_in_a_message_to_the_asker_alone(sandbox: Sandbox) -> None:
    shown = sandbox.command(CHAIR, "measure m7.2")
    mark = sandbox.workspace.mark()
    sandbox.press_in(CHAIR, shown.message, "Show as chart")
    finish(sandbox)
    message = next(one for one in sandbox.workspace.since(CHAIR, mark) if not one.ephemeral)
    (image,) = [block for block in message.blocks if block["type"] == "image"]
    name, content = sandbox.workspace.uploaded(image["slack_file"]["id"])
    assert (name, Image.open(io.BytesIO(content)).format) == ("measure.png", "PNG")
    assert "m7.2: Days waited: 20 days: up from 19 days, target not met (above 16 days)." in read(message)
    assert image["alt_text"].startswith("Line of Days waited, 5 figures from Q1 2019/20 to Q1 2020/21. Latest 20 days")
    assert image["alt_text"].endswith("Q4 2019/20 19 days; Q1 2020/21 20 days.")
    assert "Show as chart" not in labels(sandbox.command(CHAIR, "measure m7.3").message)
