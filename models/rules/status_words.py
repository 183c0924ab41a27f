"""The words, letters and pictures by which a status is plainly said, in Slack and in a file alike."""

from __future__ import annotations

from models.enums import Status

_ON, _SOME, _OFF, _NOT = Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK, Status.NOT_STARTED

COLOURS: dict[str, Status] = {
    "green": _ON,
    "grn": _ON,
    "amber": _SOME,
    "yellow": _SOME,
    "orange": _SOME,
    "red": _OFF,
    "grey": _NOT,
    "gray": _NOT,
}
"""Ratings that are words for other things too: "red tape", "Green Park"."""
PICTURES: dict[str, Status] = {
    "🟢": _ON,
    "🟩": _ON,
    "🟠": _SOME,
    "🟡": _SOME,
    "🟧": _SOME,
    "🟨": _SOME,
    "🔴": _OFF,
    "🟥": _OFF,
    "⚪": _NOT,
    "⬜": _NOT,
}
LETTERS: dict[str, Status] = {"g": _ON, "a": _SOME, "r": _OFF}
RATING_WORDS: dict[str, Status] = COLOURS | {
    "on track": _ON,
    "ontrack": _ON,
    "some issues": _SOME,
    "at risk": _SOME,
    "off track": _OFF,
    "offtrack": _OFF,
    "not on track": _OFF,
    "not started": _NOT,
    "not yet started": _NOT,
    "not started yet": _NOT,
}
STATUS_WORDS: dict[str, Status] = {
    **RATING_WORDS,
    **PICTURES,
    **LETTERS,
    "done": Status.PROPOSED,
    "finished": Status.PROPOSED,
    "completed": Status.PROPOSED,
    "closed": Status.COMPLETE,
    "agreed": Status.COMPLETE,
    "withdrawn": Status.CLOSED_NOT_DONE,
    "cancelled": Status.CLOSED_NOT_DONE,
}
"""What may stand alone in a file where a status belongs."""
