"""What is said to people, before any chat service is known: plain text in frozen dataclasses.

Nothing here is marked up or escaped; the renderer of each service does that. Dates are written out already, since
how a date is said is part of the words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, ParamSpec

from models.charts.chart import Chart
from models.enums import NotificationKind, Status
from models.rules.steps import LedgerStep, Occasion
from models.storage.sessions import Session

_P = ParamSpec("_P")

MOST_IN_PARTS = 20
"""Buttons under one message that answers several things."""
LONGEST_LABEL = 75
"""Characters on a button."""
NEVER_DUE = 9999_99_99
"""Sorts after every day: what has no due meeting."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice; `under`: the heading that it stands under with others in a menu, "" for none."""

    value: str
    label: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """One press: `verb` names what it does (see handlers.presses), `value` what it does it to (≤ 2,000 characters).

    `searches`: it is a menu that searches these (see handlers.people.menus) as one types; what is chosen is its value.
    `choices`: it is a menu of these.
    `url`: it leads to a page, and a press does nothing else.
    """

    label: str
    verb: str
    value: str = ""
    style: Literal["", "primary", "danger"] = ""
    confirm: str = ""
    searches: str = ""
    choices: tuple[Choice, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class RowCells:
    """What a table shows of an action beside its ref, words, status and last words.

    `due_order` sorts by when it is due, `due_on` says so ("Wed 16 Sep 2020, overdue"). `beside` follows the status.
    `is_news`: the last words are what the list is about, so they are said out of a table too.
    """

    lead: str
    due_on: str
    due_order: int
    missed: int
    beside: str = ""
    is_news: bool = False


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action in a list.

    `facts` are short pieces shown on one line, in order (lead, due meeting, re-plans, meetings missed). `last` is the
    last words with date and signature. `answered` says how, once somebody has answered. `cells`: it is a short row, of
    two lines or in a table.
    """

    ref: str
    words: str
    status: Status
    facts: tuple[str, ...] = ()
    last: str = ""
    buttons: tuple[Button, ...] = ()
    answered: str = ""
    cells: RowCells | None = None
    tick: str = ""
    """What its box carries, where it is ticked first and then dealt with by a button of its group."""

    @property
    def is_plain_row(self) -> bool:
        """Whether it fits in a table: a short row with nothing to press and no answer."""
        return self.cells is not None and not (self.buttons or self.answered)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure in a table, in words: its figure and when, what was wanted, how it stands, which way it went."""

    ref: str
    words: str
    figure: str
    target: str
    status: str
    moved: str

    @property
    def said(self) -> str:
        """The same in a line: "m7.1 Reviews that met Good: 60 %, Q1 2020/21; ○ floor standard not achieved"."""
        target = f"target {self.target}" if self.target else ""
        return f"{self.ref} {self.words}: {'; '.join(filter(None, (self.figure, self.status, self.moved, target)))}"


@dataclass(frozen=True, slots=True)
class Group:
    """Some lines under a heading ("" for none). `texts` come before the lines; `empty` is said when there are none.

    `measures` are rows as well, of a table of their own.
    Lines to be ticked stay together with the group's buttons, which deal with what is ticked. `folds`: the reader can
    fold it away, and it begins "open" or "closed".
    """

    heading: str = ""
    texts: tuple[str, ...] = ()
    lines: tuple[ActionLine, ...] = ()
    empty: str = ""
    buttons: tuple[Button, ...] = ()
    folds: Literal["", "open", "closed"] = ""
    measures: tuple[MeasureRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """How many actions stand where, worst first; `said` is what they belong to in a few words, for who cannot see.

    `under`: the heading that it stands under with those of the same ("Healthy: 9 actions, 2 overdue").
    """

    label: str
    said: str
    counts: tuple[tuple[Status, int], ...] = ()
    overdue: int = 0
    under: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars of status, for people who would rather look. Where it cannot be shown, nothing else is missing.

    `lead` begins the words that stand for the picture; the bars follow in words.
    """

    title: str
    lead: str
    bars: tuple[Bar, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """One answer or one message.

    `headline` is a whole sentence that can be read out. `intro` follows it. `key` puts the key of status colours under
    the groups. `footer` is small print. `typed` is what the person typed, given back with an error. `shareable` offers
    *Share in channel*: the value is the words that ask the same again. `picture` is shown under all else where the
    reply is a message; an answer that has to be there at once goes without. `channels` are the ids of channels that its
    own words hold, for a front end that can show their names. `publishes`: the channel that its button *Publish* posts
    to, and the key of the board, with "chosen" where it was chosen just now; the front end looks whether it can.
    """

    headline: str
    intro: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    footer: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    key: bool = False
    typed: str = ""
    shareable: str = ""
    picture: Picture | Chart | None = None
    channels: tuple[str, ...] = ()
    publishes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    `kind`: "line" one line, "text" several, "choice" one of `choices`, "date" a day, "person" somebody with an account
    (`initial` is their Slack id, and so is the answer). `source`: where the choices may be more than one menu holds,
    what `handlers.people.menus` is asked for as one types.
    """

    name: str
    label: str
    kind: Literal["line", "text", "choice", "date", "person"] = "text"
    hint: str = ""
    initial: str = ""
    choices: tuple[Choice, ...] = ()
    optional: bool = False
    max_length: int = 3000
    source: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `verb` and `value` come back with the answers; `fields` in order; `note` is small print under them."""

    title: str
    verb: str
    value: str
    submit: str
    intro: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormErrors:
    """A form that was not accepted: one sentence a field; what was typed stays in the form.

    `asks`: the sentences are questions whether a child is identified, and a box to say that nobody is goes under them.
    """

    errors: dict[str, str]
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """Notifications in words: None where they have nothing new to say; and which of them had not."""

    content: Content | None
    fingerprint: str = ""
    """What a digest said, so that the next is sent only if something in it changed."""
    unsaid: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class NoticeOut:
    """Something for another person or a channel, planned in the same transaction and sent by the next tick.

    It goes to `person_id`, or to whoever acts for `post_id`, or else to those who keep the board (of the action, where
    none is named) or to its channel.
    """

    kind: NotificationKind
    subject: int
    meeting_id: int | None = None
    step: LedgerStep = Occasion.ONLY
    board_id: int | None = None
    post_id: int | None = None
    person_id: int | None = None
    fingerprint: str = ""
    """What a digest is to say, where that is settled already; the words that are passed on."""


@dataclass(frozen=True, slots=True)
class FileToCome:
    """A file that follows an answer, to the asker alone: it may take a while, so it is made when the answer is out.

    `make` takes a read transaction and gives the content; `failed` is said where the file cannot be made or sent.
    """

    name: str
    title: str
    make: Callable[[Session], bytes]
    failed: str


@dataclass(frozen=True, slots=True)
class Response:
    """What a handler gives back: the reply to the asker, and what others are to be told."""

    content: Content | Form | FormErrors | None
    notices: Sequence[NoticeOut] = field(default=())
    done: bool = False
    """Something was recorded or changed; where not, what was typed is given back."""
    failed: bool = False
    """Something went wrong on the way and nothing was done: what was pressed can be pressed again."""
    file: FileToCome | None = None
    message: Content | None = None
    """What the asker gets beside the reply, as a message of its own in the direct conversation."""
    doubtful: bool = False
    """The reply asks whether the words identify a child; nothing is stored until its writer has pressed."""


class NotDone(Exception):
    """Ends a request: what was asked is not done, and the response says why, or asks for what is missing."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def response_of(handle: Callable[_P, Response], *args: _P.args, **kwargs: _P.kwargs) -> Response:
    """Return what a handler responds, also where it ends the request (`NotDone`)."""
    try:
        return handle(*args, **kwargs)
    except NotDone as ended:
        return ended.response


def say(headline: str, *intro: str, typed: str = "", buttons: tuple[Button, ...] = ()) -> Response:
    """Return an answer of one sentence, perhaps with a few more."""
    return Response(Content(headline=headline, intro=tuple(intro), typed=typed, buttons=buttons))


def receipt(
    headline: str,
    *intro: str,
    groups: tuple[Group, ...] = (),
    buttons: tuple[Button, ...] = (),
    notices: Sequence[NoticeOut] = (),
) -> Response:
    """Return the answer that something was recorded or changed, without the sentences that are empty."""
    return Response(Content(headline, tuple(filter(None, intro)), groups, buttons=buttons), notices, done=True)


def answer_beside(first: Response, second: Response | None) -> Response:
    """Return two replies to one message as one: what answers first, then the rest, each with its buttons."""
    if second is None or not isinstance(second.content, Content):
        return first
    if not isinstance(first.content, Content):
        return replace(second, notices=[*first.notices, *second.notices], done=first.done)
    one, other = first.content, second.content
    both = replace(
        one,
        intro=(*one.intro, other.headline, *other.intro),
        buttons=(*one.buttons, *other.buttons)[:MOST_IN_PARTS],
    )
    return replace(first, content=both, notices=[*first.notices, *second.notices])
