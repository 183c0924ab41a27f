"""Say of every column whether it may hold a person, and in what shape.

A test walks the tables: a column that is new and that no line here names makes it fail.

Source: docs/explanation/data-protection.md, What is held about one person.
"""

from collections.abc import Mapping
from enum import Enum, auto


class Holds(Enum):
    """In what shape a column may hold a person."""

    PERSON = auto()
    """The number of a person of the plan."""
    RECIPIENT = auto()
    """Such a number as an address: "person:3"."""
    ACCOUNT = auto()
    """The id of an account, or of a conversation with it."""
    NAME = auto()
    EMAIL = auto()
    COPY = auto()
    """Words that the program keeps beside the record; an erasure takes a person out of them."""
    RECORD = auto()
    """Words of an entry, in its chain: a redaction alone may empty them."""
    PLAN = auto()
    """Words of the plan itself: people change them in the plan."""
    SIGNATURE = auto()
    """A post; on the command line the operating system's name of an account too."""
    NOTHING = auto()


TEXTS = frozenset({Holds.COPY, Holds.RECORD, Holds.PLAN, Holds.SIGNATURE})
"""Where anybody may be named in words."""

_SIGNED = {Holds.PERSON: "person_id", Holds.SIGNATURE: "signature"}
_NAMED = {Holds.PLAN: "key name aliases"}

HELD_COLUMNS: Mapping[str, Mapping[Holds, str]] = {
    "workspace": {Holds.PLAN: "name", Holds.COPY: "moved_to", Holds.NOTHING: "id actions"},
    "account": {Holds.ACCOUNT: "user", Holds.NAME: "name", Holds.EMAIL: "email", Holds.NOTHING: "team teams"},
    "person": {
        Holds.PERSON: "id",
        Holds.NAME: "name",
        Holds.EMAIL: "email",
        Holds.ACCOUNT: "slack_user channel",
        Holds.NOTHING: "slack_team unreachable",
    },
    "appointment": {Holds.PERSON: "person_id"},
    "quiet": {Holds.PERSON: "person_id"},
    "snooze": {Holds.PERSON: "person_id"},
    "draft": {Holds.PERSON: "person_id", Holds.COPY: "words", Holds.NOTHING: "kind"},
    "action_update": {
        **_SIGNED,
        Holds.RECORD: "words heard withheld redaction",
        Holds.COPY: "message",
        Holds.NOTHING: "corrects_id lead_post_id to_board_id undoes_outcome_id undoes_replan_id",
    },
    "outcome": {**_SIGNED, Holds.RECORD: "minute reason redaction", Holds.COPY: "message"},
    "replan": {**_SIGNED, Holds.RECORD: "reason redaction", Holds.COPY: "message"},
    "setting_change": {**_SIGNED, Holds.COPY: "before after message", Holds.NOTHING: "setting"},
    "meeting_change": {**_SIGNED, Holds.COPY: "message", Holds.NOTHING: "meeting_id"},
    "ended_plan": {**_SIGNED, Holds.COPY: "message", Holds.NOTHING: "name area zone"},
    "frozen_paper": {
        **_SIGNED,
        Holds.SIGNATURE: "signature thawed_by",
        Holds.COPY: "figures message",
        Holds.NOTHING: "edition",
    },
    "paper_template": {**_SIGNED, Holds.COPY: "name message", Holds.NOTHING: "document content"},
    "report_entry": {**_SIGNED, Holds.COPY: "value message", Holds.NOTHING: "name"},
    "contribution": {**_SIGNED, Holds.COPY: "parts redaction message", Holds.NOTHING: "undoes_id"},
    "measure_value": {
        **_SIGNED,
        Holds.COPY: "note message",
        Holds.NOTHING: "figure numerator denominator target floor",
    },
    "risk_assessment": {**_SIGNED, Holds.COPY: "reason redaction message", Holds.NOTHING: "likelihood impact"},
    "message": {
        Holds.RECIPIENT: "recipient",
        Holds.ACCOUNT: "address",
        Holds.COPY: "reason",
        Holds.NOTHING: "uuid slot_n attempts absent",
    },
    "message_part": {Holds.COPY: "payload", Holds.NOTHING: "number ts stale"},
    "notification": {
        Holds.RECIPIENT: "recipient",
        Holds.PERSON: "subject",
        Holds.COPY: "reason fingerprint",
        Holds.NOTHING: "meeting_id step",
    },
    "spoken": {Holds.ACCOUNT: "channel", Holds.COPY: "payload", Holds.NOTHING: "ts"},
    "said_message": {Holds.COPY: "message answer"},
    "message_count": {Holds.NOTHING: "messages"},
    "refused_block": {Holds.NOTHING: "kind"},
    "accepted": {Holds.COPY: "key payload", Holds.NOTHING: "kind"},
    "received": {Holds.COPY: "key", Holds.NOTHING: "about"},
    "plan": {Holds.PLAN: "name area", Holds.NOTHING: "zone"},
    "theme": {**_NAMED, Holds.NOTHING: "position ended_plan_id"},
    "priority": {Holds.PLAN: "title aliases", Holds.NOTHING: "number ended_plan_id"},
    "organisation": {Holds.PLAN: "key name aliases closed renames contributors"},
    "post": {Holds.PLAN: "key title aliases"},
    "board": {
        Holds.PLAN: "key name aliases closed opened risk_bands",
        Holds.NOTHING: "channel papers_days updates_days",
    },
    "meeting": {Holds.PERSON: "outcomes_recorded_by", Holds.PLAN: "note", Holds.NOTHING: "expected"},
    "action": {
        Holds.PLAN: "words minute source",
        Holds.RECORD: "first_words",
        Holds.NOTHING: (
            "ref ref_key number position parent_id partner_id first_lead_post_id replans last_update_id "
            "closed_meeting_id links head moves missed_before ended_plan_id carried_from_id"
        ),
    },
    "measure": {
        Holds.PLAN: "name short_name baseline source benchmarks",
        Holds.NOTHING: "ref ref_key position target floor unchanged ended_plan_id",
    },
    "risk": {
        Holds.PLAN: "title cause event effect treatment",
        Holds.NOTHING: "ref ref_key position target mitigated_by ended_plan_id",
    },
    "action_priority": {},
    "action_support": {},
    "link": {Holds.NOTHING: "number entry_id about salt digest content hash"},
}
"""The columns of each table by what they may hold. Days, times, marks and numbers of other rows need no line."""


def columns_holding(table: str, *shapes: Holds) -> list[str]:
    """Return the columns of a table that may hold a person in one of some shapes."""
    return [column for shape in shapes for column in HELD_COLUMNS[table].get(shape, "").split()]
