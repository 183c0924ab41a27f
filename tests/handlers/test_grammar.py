"""What follows /cypp and the command it is (docs/reference/commands.md), as tables."""

from datetime import date

import pytest

from handlers.commands import Command
from handlers.commands.actions import AddForm, AddLines, Move
from handlers.commands.answers import GiveUpdate, NoChange, NotOurs, ProposeClosure, ToFollow, Verbal
from handlers.commands.outcomes import RecordOutcome
from handlers.commands.questions import (
    AskPlan,
    Help,
    ShowDigest,
    ShowDue,
    ShowMeetings,
    ShowMine,
    ShowOverdue,
    ShowPlans,
    ShowStatus,
    Unclear,
)
from handlers.reading.grammar import Spelling
from models.enums import OutcomeKind, Status
from tests.handlers.reading.plan import GRAMMAR, NUMBERED, SEFTON, TODAY, parse

NS, ON, SOME, OFF = Status.NOT_STARTED, Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK
CLOSED, CARRIED, NOT_AGREED = OutcomeKind.CLOSED, OutcomeKind.CARRIED_FORWARD, OutcomeKind.NOT_AGREED
NOT_DONE, NO_DECISION = OutcomeKind.CLOSED_NOT_DONE, OutcomeKind.NO_DECISION
H5 = "healthy-5"
SEP4 = date(2020, 9, 4)


def outcome(
    kind: OutcomeKind | None, meeting: str = "", to: str = "", minute: str = "", reason: str = ""
) -> RecordOutcome:
    return RecordOutcome(H5, kind, meeting, to, minute, reason)


QUESTIONS: list[tuple[str, Command]] = [
    ("", Help()),
    ("   ", Help()),
    ("help", Help()),
    ("add", AddForm()),
    ("Add:", AddForm()),
    ("add Head of Education: publish it by 8 Dec", AddLines("Head of Education: publish it by 8 Dec")),
    ("add to partnership: publish it, lead X", AddLines("to partnership: publish it, lead X")),
    ("/cypp add\n1. police: read it\n2. CCG: write it", AddLines("1. police: read it\n2. CCG: write it")),
    ("new action police: read it", AddLines("police: read it")),
    ("help update", Help("update")),
    ("help late", Help("overdue")),
    ("?", Help()),
    ("status", ShowStatus()),
    ("status priority 7", ShowStatus("priority 7")),
    ("STATUS   Priority  7?", ShowStatus("Priority 7")),
    ("/cypp status p7", ShowStatus("p7")),
    ("please show me priority seven", ShowStatus("priority seven")),
    ("progress on priorities 7-9", ShowStatus("priorities 7-9")),
    ("status theme healthy", ShowStatus("theme healthy")),
    ("status healthy-5", ShowStatus("healthy-5")),
    ("status helthy 5", ShowStatus("helthy 5")),
    ("priority 7", ShowStatus("priority 7")),
    ("healthy-5", ShowStatus("healthy-5")),
    ("p7", ShowStatus("p7")),
    ("Healthy", ShowStatus("Healthy")),
    ("helthy", ShowStatus("helthy")),
    ("plan", ShowPlans()),
    ("mine", ShowMine()),
    ("my actions", ShowMine()),
    ("show me my actions", ShowMine()),
    ("overdue", ShowOverdue()),
    ("late", ShowOverdue()),
    ("overdue partnership", ShowOverdue("partnership")),
    ("what's overdue at the partnership board?", AskPlan("what's overdue at the partnership board?")),
    ("what’s overdue", ShowOverdue()),
    ("show overdue hwb", AskPlan("show overdue hwb")),
    ("due", ShowDue()),
    ("due 23 Oct", ShowDue("23 Oct")),
    ("due at the september meeting", ShowDue("september meeting")),
    ("meetings", ShowMeetings()),
    ("meetings partnership", ShowMeetings("partnership")),
    ("digest", ShowDigest()),
    ("digest hwb", ShowDigest("hwb")),
]

WRITES: list[tuple[str, Command]] = [
    ("update healthy-5 on track two advisors recruited", GiveUpdate(H5, ON, "two advisors recruited")),
    ("update healthy 5: green, two advisors", GiveUpdate(H5, ON, "two advisors")),
    ("update HEALTHY5 — Amber — the post is vacant", GiveUpdate(H5, SOME, "the post is vacant")),
    ("update healthy-5 at risk the post is vacant", GiveUpdate(H5, SOME, "the post is vacant")),
    ("update healthy-5 some issues", GiveUpdate(H5, SOME)),
    ("update healthy-5 g two advisors", GiveUpdate(H5, ON, "two advisors")),
    ("update healthy-5 a", GiveUpdate(H5, SOME)),
    ("update healthy-5 r: nobody left", GiveUpdate(H5, OFF, "nobody left")),
    ("update healthy-5 not on track nobody left", GiveUpdate(H5, OFF, "nobody left")),
    ("update healthy-5 off track", GiveUpdate(H5, OFF)),
    ("update healthy-5 not started", GiveUpdate(H5, NS)),
    ("update healthy-5 is now grey", GiveUpdate(H5, NS)),
    ("update “healthy-5” on track", GiveUpdate(H5, ON)),
    ("update healthy – 5 on track", GiveUpdate(H5, ON)),
    ("update 16 sep 3 green film made", GiveUpdate("16sep-3", ON, "film made")),
    ("update 23oct 1 red", GiveUpdate("23oct-1", OFF)),
    ("update health 5 green", GiveUpdate(H5, ON)),
    ("update healthy-5", GiveUpdate(H5, None)),
    ("update healthy-5 two advisors recruited", GiveUpdate(H5, None, "two advisors recruited")),
    ("update healthy-5 all posts filled by June. amber", GiveUpdate(H5, SOME, "all posts filled by June.")),
    ("update healthy-5 done see https://example.org/report", ProposeClosure(H5, "see https://example.org/report")),
    ("update healthy-5 complete", ProposeClosure(H5)),
    ("update healthy-5 no change", NoChange(H5)),
    ("update healthy-5 no change, still recruiting", NoChange(H5, "still recruiting")),
    ("update healthy-5 verbal", Verbal(H5)),
    ("update healthy-5 verbal update at the meeting", Verbal(H5)),
    ("update healthy-5 to follow by 4/9", ToFollow(H5, SEP4)),
    ("update healthy-5 to follow on Friday once housing replies", ToFollow(H5, SEP4, "once housing replies")),
    ("update healthy-5 not ours", NotOurs(H5)),
    ("healthy-5 on track, two advisors", GiveUpdate(H5, ON, "two advisors")),
    ("healthy-5 g", GiveUpdate(H5, ON)),
    ("done healthy-5 both advisors started", ProposeClosure(H5, "both advisors started")),
    ("finished healthy-5: see the report", ProposeClosure(H5, "see the report")),
    ("done healthy-5", ProposeClosure(H5)),
    ("no change healthy-5", NoChange(H5)),
    ("verbal healthy-5", Verbal(H5)),
    ("not ours healthy-5 ask housing", NotOurs(H5, "ask housing")),
    ("outcome healthy-5", outcome(None)),
    ("outcome healthy-5 closed", outcome(CLOSED)),
    ("outcome healthy-5 closed minute 41", outcome(CLOSED, minute="41")),
    ("outcome healthy-5 carried forward to 23 oct", outcome(CARRIED, to="23 oct")),
    ("outcome healthy-5 carried forward to december at 16/9 minute 12", outcome(CARRIED, "16/9", "december", "12")),
    ("outcome healthy-5 carried forward to next because the post is vacant",
     outcome(CARRIED, to="next", reason="the post is vacant")),
    ("outcome healthy-5 moved to 23 oct", outcome(CARRIED, to="23 oct")),
    ("outcome healthy-5 not agreed because the report is a draft", outcome(NOT_AGREED, reason="the report is a draft")),
    ("outcome healthy-5 not agreed at 16 sep: too thin", outcome(NOT_AGREED, "16 sep", reason="too thin")),
    ("outcome healthy-5 withdrawn because the money ended", outcome(NOT_DONE, reason="the money ended")),
    ("outcome healthy-5 closed, not done because the money ended", outcome(NOT_DONE, reason="the money ended")),
    ("outcome healthy-5 replaced by healthy-9", outcome(NOT_DONE, reason="replaced by healthy-9")),
    ("outcome healthy-5 moved to the NHS trust", outcome(NOT_DONE, reason="moved to the NHS trust")),
    ("outcome healthy-5 now everyday work", outcome(NOT_DONE, reason="now everyday work")),
    ("outcome healthy-5 no decision", outcome(NO_DECISION)),
    ("outcome healthy-5 no decision at 16 sep", outcome(NO_DECISION, "16 sep")),
    ("close healthy-5", outcome(CLOSED)),
    ("close healthy-5 agreed 23/10", outcome(CLOSED, "23/10")),
    ("close healthy-5 agreed 23/10 minute 41", outcome(CLOSED, "23/10", minute="41")),
    ("close healthy-5 as agreed at 23 oct partnership (minute 41)", outcome(CLOSED, "23 oct partnership", minute="41")),
    ("close healthy-5 minute to be added", outcome(CLOSED, minute="to be added")),
    ("close healthy-5 not done because the money ended", outcome(NOT_DONE, reason="the money ended")),
    ("move healthy-5 to 23 Oct because the post is vacant", Move(H5, "23 Oct", "the post is vacant")),
    ("re-plan healthy-5 to the december meeting: no staff", Move(H5, "december meeting", "no staff")),
    ("postpone healthy-5 to next as the post is vacant", Move(H5, "next", "the post is vacant")),
    ("replan healthy-5 from september to december because of staff", Move(H5, "december", "staff")),
]  # fmt: skip

UNCLEAR = [
    # text, nearest command, what the sentence holds
    ("statsu", "status", "I do not know “statsu”. Did you mean “/cypp status priority 7”?"),
    ("statsu priority 8", "status", "Did you mean “/cypp status priority 8”?"),
    ("updte healthy-5 green", "update", "Did you mean “/cypp update healthy-5 green”?"),
    ("overdeu", "overdue", "/cypp overdue"),
    ("xyzzy", "help", "/cypp help"),
    ("healthy 55", "status", "There is no action healthy-55. Did you mean healthy-5?"),
    ("priority 13", "status", "There is no priority 13; the plan has 1 to 12."),
    ("update healthy-55 green", "update", "There is no action healthy-55. Did you mean healthy-5?"),
    ("update banana 7 green", "update", "There is no action banana-7."),
    ("update 5 green", "update", "Did you mean heard-5, happy-5 or healthy-5?"),
    ("update", "update", "/cypp update healthy-5 on track two advisors recruited"),
    ("update on track", "update", "I do not see which action you mean."),
    ("update healthy-5 on trakc two", "update", "Did you mean “/cypp update healthy-5 on track two”?"),
    ("update healthy-5 closed", "done", "The board closes an action."),
    ("update healthy-5 to follow by 31/9", "update", "September has 30 days."),
    ("update healthy-5 to follow", "update", "Say by which day."),
    ("update healthy-5 and healthy-9 on track", "update", "One action at a time"),
    ("status healthy-5 on track", "update", "Nothing was recorded."),
    ("healthy-5 a report was published", "update", "/cypp update healthy-5 on track"),
    ("done", "done", "Say which action"),
    ("outcome", "outcome", "Say which action"),
    ("outcome healthy-5 banana", "outcome", "Say what the board decided on healthy-5"),
    ("outcome healthy-5 carried forward", "outcome", "to which meeting"),
    ("outcome healthy-5 not agreed", "outcome", "because …"),
    ("outcome healthy-5 withdrawn", "outcome", "because …"),
    ("close", "close", "/cypp close healthy-5 agreed 23/10 minute 41"),
    ("move healthy-5", "move", "Say which meeting"),
    ("move healthy-5 to 23 oct", "move", "“/cypp move healthy-5 to 23 oct because …”"),
    ("move healthy-5 because of staff", "move", "Say which meeting"),
]


@pytest.mark.parametrize(("text", "command"), QUESTIONS)
def test_reads_a_question(text: str, command: Command) -> None:
    assert parse(text, SEFTON, TODAY).command == command


@pytest.mark.parametrize(("text", "command"), WRITES)
def test_reads_what_is_to_be_stored(text: str, command: Command) -> None:
    assert parse(text, SEFTON, TODAY).command == command


@pytest.mark.parametrize(("text", "nearest", "sentence"), UNCLEAR)
def test_unclear_words_come_back_with_what_to_do(text: str, nearest: str, sentence: str) -> None:
    command = parse(text, SEFTON, TODAY).command
    assert isinstance(command, Unclear)
    assert command.typed == text
    assert command.nearest == nearest
    assert sentence in command.say


@pytest.mark.parametrize(
    ("text", "ref", "corrections"),
    [
        ("update helthy 5 red nobody left", "healthy-5", (("helthy 5", "healthy-5"),)),
        ("done Hapy 3 see report", "happy-3", (("Hapy 3", "happy-3"),)),
        ("move 16sept3 to next because of staff", "16sep-3", (("16sept3", "16sep-3"),)),
        ("update healthy-5 red", "healthy-5", ()),
    ],
)
def test_a_near_miss_of_one_action_is_taken_and_named(
    text: str, ref: str, corrections: tuple[tuple[str, str], ...]
) -> None:
    parsed = parse(text, SEFTON, TODAY)
    assert getattr(parsed.command, "ref", "") == ref
    assert parsed.corrections == corrections


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("update 7.3 green ok", GiveUpdate("7.3", ON)),
        ("update 7 3: amber", GiveUpdate("7.3", SOME)),
        ("update 1.12 r nobody", GiveUpdate("1.12", OFF, "nobody")),
        ("7-3", ShowStatus("7-3")),
    ],
)
def test_a_plan_with_refs_of_numbers_is_read_alike(text: str, command: Command) -> None:
    assert parse(text, NUMBERED, TODAY).command == command


@pytest.mark.parametrize("text", ["update 11.2 green", "update 112 green", "update 73 green"])
def test_separators_are_never_dropped_between_digits(text: str) -> None:
    assert isinstance(parse(text, NUMBERED, TODAY).command, Unclear)


@pytest.mark.parametrize("entry", GRAMMAR.spellings, ids=lambda entry: entry.name)
def test_every_example_in_the_help_is_understood(entry: Spelling) -> None:
    for example in entry.examples:
        assert not isinstance(parse(example, SEFTON, TODAY).command, Unclear), example


def test_help_finds_a_command_by_any_of_its_names() -> None:
    assert GRAMMAR.help_for("") == GRAMMAR.spellings
    for word, name in GRAMMAR.names.items():
        if word != "?":
            assert [entry.name for entry in GRAMMAR.help_for(word)] == [name]
    assert [entry.name for entry in GRAMMAR.help_for("/cypp updaet")] == ["update"]
    assert GRAMMAR.help_for("xyzzy") == ()


def test_no_command_is_written_in_words_that_are_not_used() -> None:
    text = " ".join(" ".join((e.name, e.usage, e.line, *e.examples)) for e in GRAMMAR.spellings).lower()
    assert not [word for word in ("owner", "assignee", "ticket", "task", "nil return") if word in text.split()]
