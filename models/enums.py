"""The closed lists of words the plan is kept in (docs/explanation/boards-and-dates.md, Words)."""

from enum import StrEnum


class Word(StrEnum):
    """A word of one of these lists. It is found in sets and dictionaries as the text it is, not by a slower way."""

    __hash__ = str.__hash__


class Kind(Word):
    """What sort of commitment an action is."""

    DELIVERABLE = "deliverable"
    STANDING = "standing commitment"
    BOARD_ACTION = "board action"


class Status(Word):
    """Where an action stands. The value is the word people see and hear."""

    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    SOME_ISSUES = "some issues"
    OFF_TRACK = "off track"
    PROPOSED = "proposed for closure"
    COMPLETE = "complete"
    CLOSED_NOT_DONE = "closed, not done"


OPEN = frozenset({Status.NOT_STARTED, Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK, Status.PROPOSED})
"""Not complete and not closed-not-done."""

RATINGS = frozenset({Status.NOT_STARTED, Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK})
"""What a lead may rate an action; the board decides the rest."""

NEEDS_REASON = frozenset({Status.SOME_ISSUES, Status.OFF_TRACK})

WORST_FIRST = (
    Status.OFF_TRACK,
    Status.SOME_ISSUES,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.PROPOSED,
    Status.COMPLETE,
    Status.CLOSED_NOT_DONE,
)
"""The order in which statuses are listed to a chair."""


class AnswerKind(Word):
    """What sort of entry in an action's history this is."""

    UPDATE = "update"
    NO_CHANGE = "no change"
    VERBAL = "verbal update at the meeting"
    TO_FOLLOW = "to follow"
    PROPOSED = "proposed for closure"
    NOT_OURS = "not ours"
    REPLAN_ASKED = "asked to re-plan"
    UNDO = "undone"
    ASSIGNED = "lead changed"
    REOPENED = "reopened"
    ADDED = "added"
    """The action was added; taken back, the action is closed, not done."""
    REWORDED = "words changed"
    """The action's own words were changed; the entry holds those before."""
    EDITED = "changed"
    """What else the action is was changed: kind, what it serves; the entry says from what to what."""
    ENDED = "its plan ended"
    """The action was open when its plan ended; the entry says what became of it."""


class AtPlanEnd(Word):
    """What becomes of an action that is open when its plan ends."""

    CARRIED = "carried"
    CLOSED = "closed"
    MOVED = "moved"
    """To another board: carried there where this program keeps that, else closed here."""


ANSWERS = frozenset(
    {
        AnswerKind.UPDATE,
        AnswerKind.NO_CHANGE,
        AnswerKind.VERBAL,
        AnswerKind.TO_FOLLOW,
        AnswerKind.PROPOSED,
        AnswerKind.NOT_OURS,
    }
)
"""The entries that end the asking (docs/explanation/boards-and-dates.md, Answers)."""


class LinkSort(Word):
    """What one link of an action's chain is about (`models.records.chain`)."""

    BEGINS = "begins"
    """What the action was loaded or added with: entry 0."""
    UPGRADED = "begins, chained by an upgrade"
    """The same, where the entries were there before anything was chained."""
    UPDATE = "update"
    OUTCOME = "outcome"
    REPLAN = "re-plan"
    CARRIED = "re-plan of an outcome"
    """Part of its outcome: no entry with a number of its own."""
    WITHHELD = "not for publication"
    REDACTED = "redacted"


class OutcomeKind(Word):
    """What the board decided on an action at a meeting."""

    CLOSED = "closed"
    CARRIED_FORWARD = "carried forward"
    NOT_AGREED = "not agreed"
    CLOSED_NOT_DONE = "closed, not done"
    NO_DECISION = "no decision"


class MeetingState(Word):
    """Stored state of a meeting; *held* is computed (begun and not cancelled)."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Capacity(Word):
    """In which capacity a person acts for a post."""

    HOLDER = "holder"
    CONTACT = "contact officer"
    DEPUTY = "deputy"


class Way(Word):
    """By which way something was written."""

    COMMAND = "command"
    BUTTON = "button"
    FORM = "form"
    REPLY = "reply"
    COMMAND_LINE = "command line"
    IMPORT = "import"
    EMAIL = "e-mail"


class Fate(Word):
    """What became of words that somebody wrote to the bot."""

    DONE = "done"
    OPEN = "open"
    """Nothing yet: the answer asks about them, or gives them back."""
    ANSWERED = "answered"


class MessageKind(Word):
    """What a message to the bot is about, for `cypp figures`."""

    ANSWER = "answer"
    SEVERAL = "several"
    """Answers on several actions."""
    OUTCOME = "outcome"
    CHANGE = "change"
    QUESTION = "question"
    SOCIAL = "social"
    OTHER = "other"
    """Nothing in the reply says what the message was about."""


class MessageStage(Word):
    """How far a message has come, for `cypp figures`; each is counted in one stage."""

    AT_ONCE = "right at once"
    SHOWN = "shown"
    """The reply has one press that does it, and nobody has pressed yet."""
    ASKED = "asked about"
    CONFIRMED = "confirmed"
    """It was shown, and its press was made."""
    SETTLED = "settled"
    """It was asked about, and one of the answers offered was pressed."""
    UNDONE = "undone"


class Clearance(Word):
    """Who clears a report before it is published, or is consulted on it."""

    FINANCE = "finance"
    LEGAL = "legal"
    GOVERNANCE = "governance"
    HR_AND_ICT = "HR and ICT"
    PROPERTY = "property"
    PROCUREMENT = "procurement"
    SENIOR_MANAGER = "senior manager"
    CABINET_MEMBER = "cabinet member"
    LOCAL_MEMBER = "local member"
    OPPOSITION = "opposition spokesperson"
    SCRUTINY = "scrutiny chair"

    @property
    def mark(self) -> str:
        """How the ledger names it: without spaces."""
        return self.value.casefold().replace(" ", "-")


CONSULTED = (Clearance.LOCAL_MEMBER, Clearance.OPPOSITION, Clearance.SCRUTINY)
"""Those who are consulted; the others clear it."""


class ReturnPart(Word):
    """What a partner's return on a focus theme holds, in the order in which it is asked and printed."""

    DID = "what we did"
    EVIDENCE = "evidence"
    CHANGED = "what changed for children"
    WANTING = "what was found wanting"
    NEXT = "what we will do next"


class Verb(Word):
    """What somebody may or may not do (docs/explanation/boards-and-dates.md, Who may do what)."""

    READ = "read"
    ANSWER = "answer"
    ASK_REPLAN = "ask to re-plan"
    REPLAN = "re-plan"
    OUTCOME = "record an outcome"
    PUBLISH = "publish"
    CHASE = "chase"
    DIGEST = "read the digest"
    SNOOZE = "snooze"
    ASSIGN = "assign"
    DEPUTISE = "name a deputy or contact officer"
    PEOPLE = "change who holds a post"
    ADD = "add an action"
    REDACT = "redact"
    EXPORT = "export"
    PAPERS = "make the paper"
    CLEARANCE = "answer a clearance"
    CONTRIBUTE = "contribute to a focus theme"
    BRIEF = "read the brief"
    EXEMPT = "read exempt items"
    FIGURES = "read the figures"
    MEASURE = "give a measure's figure"
    RISK = "assess a risk"
    MEETINGS = "change the meetings"
    BOARD = "change a board"
    ORGANISATION = "change an organisation"


class Nation(Word):
    """Whose bank holidays a board keeps."""

    ENGLAND = "England"
    SCOTLAND = "Scotland"
    WALES = "Wales"
    NORTHERN_IRELAND = "Northern Ireland"


class Step(Word):
    """The steps of asking for one meeting, in order.

    Source: docs/explanation/boards-and-dates.md, The dates around a meeting.
    """

    REQUEST = "request"
    REMINDER = "reminder"
    LAST_CALL = "last call"


class NotificationKind(Word):
    """Why something is said unasked (docs/explanation/boards-and-dates.md, Scheduled notifications)."""

    UPDATE = "update"
    CONTRIBUTION = "contribution"
    """Asked of a partner's contributor: its return on a meeting's focus theme."""
    FIGURE = "figure"
    """Asked of whoever gives a measure's figures, for a period that is over."""
    RISK = "risk"
    """Asked of whoever a risk belongs to, once a quarter is over: how it is scored now."""
    NO_UPDATE = "no update received"
    AFTER_MEETING = "after the meeting"
    DIGEST = "digest"
    OUTCOME = "outcome"
    PUBLISH = "publish"
    PAPERS = "papers"
    """The figures of a board's paper are frozen, and its secretary gets it."""
    CLEARANCE = "clearance"
    """Asked of whoever clears a report before it is published."""
    BRIEF = "brief"
    """Told to a board's chair on the day papers go out."""
    IN_QUESTION = "lead in question"
    REPLAN = "re-plan asked"
    REPORTED = "decided by the chair"
    FAILED = "message not delivered"
    NEW_LEAD = "new lead"
    """Told to whoever acts for a post that an action was given to."""
    LEFT = "account closed"
    """Told to a secretary: somebody left, and these actions have nobody."""
    OTHER_BOARD = "move to another board"
    """Told to the other board's secretary, who is asked to agree."""
    KEEPER = "secretary changed"
    """Told to whoever keeps a board no more, and to whoever keeps it now."""
    PASSED_ON = "words passed on"
    """Told to a secretary: what somebody wrote that the bot cannot do, and they can."""
    MEETING = "meeting changed"
    """Told to whoever acts for a lead: when what was due at a meeting is due now."""
    PLAN_ENDED = "plan ended"
    """Told to whoever acts for a lead: what became of the actions that were open when a plan ended."""


ABOUT_ACTIONS = frozenset(
    {
        NotificationKind.UPDATE,
        NotificationKind.OUTCOME,
        NotificationKind.IN_QUESTION,
        NotificationKind.REPLAN,
        NotificationKind.REPORTED,
        NotificationKind.NEW_LEAD,
        NotificationKind.MEETING,
        NotificationKind.OTHER_BOARD,
    }
)
"""The kinds whose subject is an action."""
ABOUT_PEOPLE = frozenset({NotificationKind.LEFT, NotificationKind.PASSED_ON, NotificationKind.PLAN_ENDED})
"""The kinds whose subject is a person."""


class NotificationState(Word):
    """Where one reason to speak stands."""

    OPEN = "open"
    SENT = "sent"
    LAPSED = "lapsed"
    FAILED = "failed"


class MessageState(Word):
    """Where one message stands (docs/explanation/delivery.md, One pass)."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    LATER = "later"
    UNKNOWN = "unknown"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"


class MessageClass(Word):
    """What a message is counted as when the limits on what is sent are kept.

    Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
    """

    BUNDLE = "bundle"
    """Requests and reminders: one a person a week, Monday to Sunday."""
    LAST_CALL = "last call"
    """Exempt from the weekly limit; one a person a day."""
    PRESSED = "pressed"
    """Caused by the recipient's own press: not counted."""
    TOLD = "told"
    """Outcomes to leads: one a person a day."""
    SECRETARY = "secretary"
    """At most one unasked message a day."""
    CHANNEL = "channel"
    """A digest published to a board's channel."""
