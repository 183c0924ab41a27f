"""What buttons and forms carry: each value comes back as it went out, the old texts are still read, junk is nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.limits import BUTTON_VALUE
from handlers.catalogue import REGISTRY
from handlers.press_codec import OpenLink, PressValue, press_button
from models.enums import Status

BOARD, MEETING, DRAFT = {"board": 7}, {"meeting": 3}, {"draft": "12-0123456789ab"}
ACTION = {"action": 12}
ASKED = {"action": 12, "meeting": 3, "seen": 5}
WISH = {"action": 12, "meeting": 3, "entry": 9}
DAYS = {"first": date(2020, 8, 24), "last": date(2020, 9, 12)}
SEVERAL = {"actions": (12, 13), "meeting": "16 Sep", "minute": "7"}

OLD_PRESSES: dict[str, tuple[str, dict[str, Any]]] = {
    "ask": ("status priority 7", {"words": "status priority 7"}),
    "page": ("2|overdue partnership", {"words": "overdue partnership", "page": 2}),
    "share": ("0|status", {"words": "status"}),
    "undo": ("9", {"entry": 9}),
    "undoone": ("9", {"entry": 9}),
    "undomeeting": ("3|9", MEETING | {"change": 9}),
    "undooutcomes": ("9,10", {"entries": (9, 10)}),
    "undooutcome": ("9", {"entries": (9,)}),
    "undoleads": ("9,10", {"entries": (9, 10)}),
    "undosettings": ("9,10", {"changes": (9, 10)}),
    "undoreplans": ("9,10", {"entries": (9, 10)}),
    "undoreplan": ("9", {"entries": (9,)}),
    "recorded": ("3", MEETING),
    "publish": ("7|sent 41", BOARD | {"shown": "sent 41"}),
    "digestnow": ("7", BOARD),
    "card": ("12", ACTION),
    "picture": ("", {}),
    "more": ("3|12,13", MEETING | {"actions": (12, 13)}),
    "domeeting": ("-", {}),
    "take": ("3", MEETING),
    "board": ("7", BOARD),
    "keeper": ("7|4|0", BOARD | {"before": 4, "after": 0}),
    "asitis": ("-", {}),
    "meetingadd": ("7", BOARD),
    "meetingchange": ("7", BOARD),
    "record": ("12|on track|a|b~c", ACTION | {"status": Status.ON_TRACK, "words": "a|b~c"}),
    "recordall": ("12-0123456789ab", DRAFT),
    "change": ("12-0123456789ab", DRAFT),
    "decidedso": ("12-0123456789ab", DRAFT),
    "dochanges": ("12-0123456789ab", DRAFT),
    "undoappointments": ("12-0123456789ab", DRAFT),
    "undopost": ("12-0123456789ab", DRAFT),
    "replace": ("12-0123456789ab", DRAFT),
    "keeprecord": ("-", {}),
    "addform": ("7", BOARD),
    "editback": ("12-0123456789ab", DRAFT),
    "addall": ("12-0123456789ab", DRAFT),
    "addchange": ("12-0123456789ab", DRAFT),
    "adddrop": ("12-0123456789ab", DRAFT),
    "addback": ("12,13", {"actions": (12, 13)}),
    "namedeputy": ("2020-08-24|2020-09-12|U0EARLYHP", DAYS | {"user": "U0EARLYHP"}),
    "recorddeputy": ("2020-08-24|2020-09-12|<@U0EARLYHP>", DAYS | {"who": "<@U0EARLYHP>"}),
    "quietuntil": ("2020-08-24|2020-09-12", DAYS),
    "notnow": ("-", {}),
    "apologies": ("3|for october", MEETING | {"words": "for october"}),
    "sure": ("p|1599123456.000200|a|b", {"how": "p", "thread": "1599123456.000200", "words": "a|b"}),
    "reword": ("c|update healthy-5 a|b", {"how": "c", "words": "update healthy-5 a|b"}),
    "closemany": ("s|12,13|16 Sep|7|a|b", SEVERAL | {"sure": True, "reason": "a|b"}),
    "disagree": ("|12,13|16 Sep|7|a draft", SEVERAL | {"reason": "a draft"}),
    "again": ("no change healthy-5", {"words": "no change healthy-5"}),
    "nothing": ("-", {}),
    "notupdate": ("-", {}),
    "isupdate": ("-", {}),
    "ontrack": ("12|3~5", ASKED),
    "issues": ("12|3~5", ASKED),
    "nochange": ("12|3~5", ASKED),
    "done": ("12|3~5", ASKED),
    "notours": ("12|3~5", ASKED),
    "offtrack": ("12|3~5", ASKED),
    "otheranswer": ("12|3~5", ASKED),
    "snooze": ("12|3~5", ASKED),
    "closed": ("12|3~5", ASKED),
    "nodecision": ("12|3~5", ASKED),
    "notagreed": ("12|3~5", ASKED),
    "outcome": ("12|3~5", ASKED),
    "carried": ("12|3|4~5", ASKED | {"to": 4}),
    "ticked": ("-", {}),
    "tickedform": ("-", {}),
    "carryleft": ("3", MEETING),
    "assign": ("12", ACTION),
    "leave": ("12", ACTION),
    "replan": ("12|3|9", WISH),
    "replanform": ("12|0", ACTION),
    "edit": ("12|0", ACTION),
    "agree": ("12|3|9", WISH),
    "leaveother": ("12|3|9", WISH),
    "logboard": ("12-0123456789ab|hwb", DRAFT | {"board": "hwb"}),
    "loganswer": ("12-0123456789ab", DRAFT),
    "logdrop": ("12-0123456789ab", DRAFT),
    "logadd": ("12-0123456789ab", DRAFT),
    "logbook": ("12-0123456789ab", DRAFT),
    "paper": ("-", {}),
    "exempt": ("-", {}),
    "front": ("-", {}),
    "clearance": ("-", {}),
    "clearancena": ("-", {}),
    "undoreport": ("-", {}),
    "inbrief": ("12|3", ACTION | MEETING),
    "contribute": ("3", MEETING),
    "contribution": ("12-0123456789ab", DRAFT),
    "dropcontribution": ("12-0123456789ab", DRAFT),
    "undocontribution": ("-", {}),
    "nextstep": ("-", {}),
    "givefigure": ("-", {}),
    "improve": ("-", {}),
    "chart": ("-", {}),
    "figure": ("12-0123456789ab", DRAFT),
    "dropfigure": ("12-0123456789ab", DRAFT),
    "undofigure": ("-", {}),
    "assessrisk": ("-", {}),
    "stillrisk": ("-", {}),
    "undorisk": ("-", {}),
}
"""The text that a button of each verb carried until November 2026, and what it says."""
OLD_FORMS: dict[str, tuple[str, dict[str, Any]]] = {
    "reread": ("12-0123456789ab", DRAFT),
    "loganswer": ("12-0123456789ab", DRAFT),
    "add": ("12-0123456789ab", DRAFT),
    "addlines": ("12-0123456789ab", DRAFT),
    "namedeputy": ("-", {}),
    "board": ("7~0123456789ab", BOARD | {"stood": "0123456789ab"}),
    "edit": ("12|0~0123456789ab", ACTION | {"stood": "0123456789ab"}),
    "meetingadd": ("7", BOARD),
    "meetingchange": ("7", BOARD),
    "issues": ("12|3", {"action": 12, "meeting": 3}),
    "done": ("12|3", {"action": 12, "meeting": 3}),
    "notours": ("12|3", {"action": 12, "meeting": 3}),
    "follows": ("12|3", {"action": 12, "meeting": 3}),
    "outcome": ("12|3", {"action": 12, "meeting": 3}),
    "assign": ("12", ACTION),
    "replanform": ("12|0", ACTION),
    "front": ("-", {}),
    "clearance": ("-", {}),
    "contribute": ("3", MEETING),
    "givefigure": ("-", {}),
    "assessrisk": ("-", {}),
    "tickedform": ("-", {}),
}
ENTRIES = [*REGISTRY.presses.values(), *REGISTRY.forms.values()]
OLD = [
    *((REGISTRY.presses[verb].value, text, said) for verb, (text, said) in OLD_PRESSES.items()),
    *((REGISTRY.forms[verb].value, text, said) for verb, (text, said) in OLD_FORMS.items()),
]
"""Each of them with the type that reads it."""
ODD = ["", "-", "|", "12|", "~", "x|y|z", "-1", "²", "9" * 400, "{", "{}", '{"action":"x"}', "[" * 1500, '{"a":' * 400]


def names(kinds: list[Any]) -> list[str]:
    return [kind.__name__ for kind in kinds]


def test_there_is_an_old_text_of_every_button_and_form() -> None:
    assert OLD_PRESSES.keys() == REGISTRY.presses.keys()
    assert OLD_FORMS.keys() == REGISTRY.forms.keys()


@pytest.mark.parametrize(("kind", "text", "said"), OLD, ids=names([kind for kind, _, _ in OLD]))
def test_a_button_of_an_old_message_says_what_it_said(kind: type[PressValue], text: str, said: dict[str, Any]) -> None:
    assert kind.decode(text) == kind(**said)


@pytest.mark.parametrize(("kind", "text", "said"), OLD, ids=names([kind for kind, _, _ in OLD]))
def test_every_value_comes_back_as_it_went_out(kind: type[PressValue], text: str, said: dict[str, Any]) -> None:
    value = kind(**said)
    carried = value.encode()
    assert carried.startswith("{"), "no old text does, so the two are told apart"
    assert kind.decode(carried) == value
    assert len(carried) <= BUTTON_VALUE


def test_the_words_of_somebody_who_asked_for_record_anyway_are_read_in_each_old_form() -> None:
    sure = REGISTRY.presses["sure"].value
    assert sure.decode("c|update healthy-5 a|b") == sure(how="c", words="update healthy-5 a|b")
    assert sure.decode("r|12|off track|a|b") == sure(how="r", action=12, status=Status.OFF_TRACK, words="a|b")
    assert sure.decode("r|12||a|b") == sure(how="r", action=12, words="a|b")


@pytest.mark.parametrize("kind", [each.value for each in ENTRIES], ids=names([each.value for each in ENTRIES]))
@pytest.mark.parametrize("text", ODD)
def test_what_no_button_carries_is_read_as_nothing(kind: type[PressValue], text: str) -> None:
    value = kind.decode(text)
    assert kind.decode(value.encode()) == value


@given(st.text(max_size=300), st.sampled_from(["{", '{"words":"x"}', "", "1|2|", "{}"]))
def test_words_come_back_whole_whatever_is_in_them(words: str, begins: str) -> None:
    for verb in ("ask", "record", "sure", "closemany"):
        kind = REGISTRY.presses[verb].value
        value = kind(**{kind.words_in: begins + words})
        assert kind.decode(value.encode()) == value


def test_a_verb_is_of_one_button_and_the_bot_answers_to_all_that_it_offers() -> None:
    button = press_button("On track", REGISTRY.presses["ontrack"].value(action=12), "primary")
    assert (button.verb, button.style) == ("ontrack", "primary")
    assert OpenLink.verb not in REGISTRY.presses, "a press of it needs no answer"
