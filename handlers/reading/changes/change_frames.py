"""Which change a message means: one table of frames, and how a message fits one.

A frame fits where every word of the clauses that say it is explained: by what it needs, by its own words, or by small
ones. What stands beside them is the reason. A denial, a doubt, a condition, a quotation or a question keeps it from
being offered.

Source: docs/explanation/what-people-write.md, What is changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from handlers.reading.changes.change_tokens import ChangeToken
from handlers.reading.changes.change_words import DOUBTS, W
from handlers.reading.clauses import INVERTED


class Changed(StrEnum):
    """What is changed."""

    CANCEL = "a meeting is off"
    MOVE = "a meeting moves"
    ADD_MEETING = "a meeting is added"
    PAPERS = "days before papers"
    REMINDERS_ON = "reminders begin"
    REMINDERS_OFF = "reminders end"
    CLOSED = "closed days"
    CHAIR = "a board's chair"
    SECRETARY = "a board's secretary"
    CHANNEL = "a board's channel"
    RENAMED = "an organisation's name"
    NAMED = "another name of a post or an organisation"
    ASSIGN = "a lead"
    ASSIGN_ALL = "the lead of all of somebody's"
    CONTACT = "a contact officer"
    DEPUTY = "a deputy"
    HANDOVER = "a holder of a post"
    REOPEN = "an action opened again"
    WITHHOLD = "an entry not for publication"
    REDACT = "an entry emptied"
    WORDING = "an action's words"
    DELETE = "an action deleted"
    CHASE = "somebody asked again"
    NEW_POST = "a new post"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a change is said with.

    `needs`: of each set, one has to be there; `by`: one of these says it; `may`: what may stand there as well.
    """

    change: Changed
    needs: tuple[frozenset[W], ...]
    by: frozenset[W]
    may: frozenset[W] = frozenset()


def _any(*kinds: W) -> frozenset[W]:
    return frozenset(kinds)


_WHICH = _any(W.BOARD, W.DAY, W.MONTH, W.NEXT)
_MEETING = _WHICH | {W.TIME, W.GATHERING, W.NOW}
_ENTRIES = _any(W.REF, W.ENTRY)
_CHASED = _any(W.POST, W.ORGANISATION, W.ALL, W.WHO)
_ABOUT_CHASING = _any(W.REF, W.DAY, W.MONTH, W.BOARD, W.UPDATES, W.ALL, W.GATHERING, W.FOCUS, W.ACTION, W.AGAIN,
                      W.UNANSWERED)  # fmt: skip

CHANGE_FRAMES = (
    Frame(Changed.ASSIGN, (_any(W.REF), _any(W.POST, W.ORGANISATION)), _any(W.GIVE, W.LEAD, W.NOW, W.TO),
          _any(W.SHOULD, W.ACTION, W.ME, W.REMOVE, W.INSTEAD)),
    Frame(Changed.ASSIGN_ALL, (_any(W.ALL), _any(W.POST, W.ORGANISATION)), _any(W.GIVE),
          _any(W.SHOULD, W.ACTION, W.DAY)),
    Frame(Changed.REOPEN, (_any(W.REF),), _any(W.REOPEN), _any(W.ACTION)),
    Frame(Changed.REDACT, (_any(W.REF),), _any(W.BLANK), _ENTRIES | {W.NUMBER}),
    Frame(Changed.WITHHOLD, (_any(W.REF), _any(W.ENTRY)), _any(W.HIDE), _ENTRIES | {W.PAPERS}),
    Frame(Changed.WORDING, (_any(W.REF),), _any(W.WORDING), _any(W.SET, W.SHIFT)),
    Frame(Changed.DELETE, (_any(W.REF),), _any(W.DELETE), _any(W.ACTION)),
    Frame(Changed.REMINDERS_OFF, (_any(W.REMIND),), _any(W.STOP), _any(W.BOARD, W.GATHERING)),
    Frame(Changed.REMINDERS_ON, (_any(W.REMIND),), _any(W.ON), _any(W.BOARD, W.DAY, W.GATHERING)),
    Frame(Changed.PAPERS, (_any(W.AMOUNT),), _any(W.PAPERS, W.UPDATES),
          _any(W.BOARD, W.SET, W.BEFORE, W.SHOULD, W.INSTEAD, W.NUMBER, W.GATHERING, W.NOW)),
    Frame(Changed.CLOSED, (_any(W.DAY), _any(W.BOARD, W.ORGANISATION)), _any(W.CLOSED), _any(W.SET, W.ALL)),
    Frame(Changed.CHAIR, (_any(W.BOARD), _any(W.POST)), _any(W.CHAIR),
          _any(W.NOW, W.SET, W.DAY, W.HOLDS, W.GIVE, W.GATHERING)),
    Frame(Changed.SECRETARY, (_any(W.BOARD), _any(W.POST)), _any(W.SECRETARY),
          _any(W.NOW, W.SET, W.HOLDS, W.GIVE, W.GATHERING)),
    Frame(Changed.CHANNEL, (_any(W.CHANNEL), _any(W.BOARD)), _any(W.CHANNEL), _any(W.SET, W.NOW, W.GATHERING)),
    Frame(Changed.CONTACT, (_any(W.WHO),), _any(W.CONTACT), _any(W.ME, W.POST, W.REMOVE, W.ADD, W.SET, W.ALL)),
    Frame(Changed.CONTACT, (_any(W.ME), _any(W.POST)), _any(W.OFFICER), _any(W.SET, W.ADD, W.GIVE)),
    Frame(Changed.DEPUTY, (_any(W.WHO, W.POST), _any(W.DAY, W.MONTH)), _any(W.DEPUTY),
          _any(W.ME, W.POST, W.WHO, W.GATHERING, W.SET, W.ADD, W.AWAY)),
    Frame(Changed.HANDOVER, (_any(W.POST), _any(W.WHO)), _any(W.HOLDS), _any(W.DAY, W.ME, W.NAME)),
    Frame(Changed.RENAMED, (_any(W.ORGANISATION),), _any(W.RENAMED), _any(W.DAY, W.OTHER, W.ORGANISATION)),
    Frame(Changed.NAMED, (_any(W.POST, W.ORGANISATION),), _any(W.CALLED, W.CALLS),
          _any(W.OTHER, W.NAME, W.QUOTE, W.LEAD, W.OFFICER, W.ALL, W.SET)),
    Frame(Changed.MOVE, (_WHICH,), _any(W.SHIFT, W.NOW, W.STARTS, W.EARLIER, W.LATER, W.INSTEAD, W.FIXED),
          _MEETING | {W.AMOUNT, W.NUMBER, W.EXTRA, W.MEETS, W.FOCUS, W.THEME}),
    Frame(Changed.CANCEL, (_WHICH,), _any(W.OFF), _any(W.BOARD, W.DAY, W.MONTH, W.NEXT, W.GATHERING, W.MEETS)),
    Frame(Changed.ADD_MEETING, (_any(W.BOARD), _any(W.DAY)), _any(W.EXTRA, W.ADD, W.MEETS),
          _MEETING | {W.FOCUS, W.THEME, W.SET, W.GATHERING}),
    Frame(Changed.CHASE, (_CHASED,), _any(W.CHASE), _ABOUT_CHASING | {W.GIVE}),
    Frame(Changed.CHASE, (_CHASED, _any(W.REMIND, W.CHASE)), _any(W.SEND), _ABOUT_CHASING),
    Frame(Changed.CHASE, (_CHASED, _any(W.AGAIN, W.UPDATES)), _any(W.PROMPT), _ABOUT_CHASING),
)  # fmt: skip
"""In the order in which they are tried."""
_ALWAYS = _any(W.SMALL, W.POLITE, W.TO)
_BREAKS = _any(W.MARK, W.LINE, W.QUESTION)
_PROPOSING = ("should", "shall", "can", "could", "would", "may")
"""How the questions begin that propose something."""
_TURNS = frozenset(("dont", "don't", "do not", "actually", "or", "wait", "sorry", "unless", "if", "not"))
"""How words begin that take back what stands before them."""


@dataclass(frozen=True, slots=True)
class FrameFit:
    """A frame, the tokens that say it, the place of the first word of the reason, and what keeps it from being offered.

    `unread`: words of its clause that nothing explains; `reason`: from where to where, (0, 0) for none.
    """

    frame: Frame
    tokens: tuple[ChangeToken, ...]
    doubts: frozenset[W] = frozenset()
    unread: tuple[ChangeToken, ...] = ()
    reason: tuple[int, int] = (0, 0)
    orders: bool = False
    begins: str = ""

    @property
    def plain(self) -> bool:
        """Whether it can be offered."""
        return not self.doubts and not self.unread

    @property
    def asks(self) -> bool:
        """Whether it is asked about."""
        return W.ASK in self.doubts

    @property
    def proposes(self) -> bool:
        """Whether it is asked whether it should be so."""
        return self.asks and self.begins.startswith(_PROPOSING)

    @property
    def asks_whether(self) -> bool:
        """Whether it is asked whether it is so, and no word of it is left over."""
        return self.doubts <= {W.ASK, W.PAST} and self.asks and not self.unread and self.begins in INVERTED

    def all_of(self, *kinds: W) -> list[ChangeToken]:
        """Return its tokens of some kinds, in order."""
        return [one for one in self.tokens if one.has(*kinds)]


@dataclass
class _Segment:
    """The tokens between two marks. `because`: it gives a reason; `asked`: its sentence ends in a question mark."""

    tokens: list[ChangeToken] = field(default_factory=list)
    because: bool = False
    asked: bool = False


def fit_of(tokens: Sequence[ChangeToken]) -> FrameFit | None:
    """Return the frame that a message fits best: one that can be offered before one that is in doubt."""
    said = frozenset[W]().union(*(one.kinds for one in tokens))
    may_fit = [one for one in CHANGE_FRAMES if not any(some.isdisjoint(said) for some in (one.by, *one.needs))]
    fits = [fit for frame in may_fit if (fit := _fit(frame, tokens)) is not None]
    return min(fits, key=lambda one: (not one.plain, len(one.unread), bool(one.doubts)), default=None)


def _explains(frame: Frame, token: ChangeToken) -> bool:
    needed = frozenset[W]().union(*frame.needs)
    return token.has(*needed, *frame.by, *frame.may)


def _segments(frame: Frame, tokens: Sequence[ChangeToken]) -> list[_Segment]:
    found = [_Segment()]
    quoted = False
    for n, one in enumerate(tokens):
        if one.has(W.QUOTE):
            quoted = not quoted
            found[-1].tokens.append(one)
        elif one.has(*_BREAKS):
            found[-1].asked = one.has(W.QUESTION)
            found.append(_Segment())
        elif one.has(W.SO) and found[-1].tokens:
            found[-1].because = True
            found.append(_Segment())
        elif one.has(W.BECAUSE) and not _explains(frame, one) and not _goes_on(frame, tokens, n):
            found.append(_Segment(because=True))
        else:
            found[-1].tokens.append(one)
    return [one for one in found if one.tokens]


def _goes_on(frame: Frame, tokens: Sequence[ChangeToken], place: int) -> bool:
    """Return whether "as" or "while" leads on to what the frame says: "treat these days as closed"."""
    after = next((one for one in tokens[place + 1 :] if not one.kinds <= _ALWAYS), None)
    return tokens[place].has(W.SMALL) and after is not None and _explains(frame, after)


def _fit(frame: Frame, tokens: Sequence[ChangeToken]) -> FrameFit | None:
    segments = _segments(frame, tokens)
    saying = [n for n, one in enumerate(segments) if not one.because and _says(frame, one)]
    if not saying:
        return None
    own = [n for n in saying if not _unread(frame, segments[n])] or saying[:1]
    told = [n for n, one in enumerate(segments) if n in own or (not one.because and _adds_to(frame, one))]
    first, last = _edge_of(told, own[0], -1), _edge_of(told, own[-1], 1)
    mine = [n for n in (*told, *own) if first <= n <= last and not _introduces(segments[n])]
    mine = sorted(set(mine))
    said = tuple(one for n in mine for one in segments[n].tokens)
    lacking = [need for need in frame.needs if not any(one.has(*need) for one in said)]
    for n, one in enumerate(segments):
        more = tuple(each for each in one.tokens if lacking and any(each.has(*need) for need in lacking))
        if one.because and n not in mine and more:
            said = (*more, *said) if n < first else (*said, *more)
            lacking = [need for need in lacking if not any(each.has(*need) for each in more)]
    if lacking:
        return None
    beside = [n for n in range(len(segments)) if n not in mine and not _introduces(segments[n])]
    doubts = {kind for n in mine for kind in _doubts(frame, segments[n])}
    doubts |= {kind for n in beside for kind in _doubts_beside(segments[n], before=n < first)}
    unread = tuple(one for n in mine for one in _unread(frame, segments[n]))
    return FrameFit(
        frame,
        said,
        frozenset(doubts),
        unread,
        _reason(segments, beside, last),
        _is_order(frame, segments[own[0]]),
        segments[own[0]].tokens[0].text,
    )


def _edge_of(told: Sequence[int], place: int, step: int) -> int:
    """Return the farthest of the segments on end, from one on, that say nothing else."""
    while place + step in told:
        place += step
    return place


def _says(frame: Frame, segment: _Segment) -> bool:
    return any(one.has(*frame.by) for one in segment.tokens)


def _adds_to(frame: Frame, segment: _Segment) -> bool:
    """Return whether a clause that does not say the change says more of it, or nothing: "both 2pm", "thanks"."""
    if _unread(frame, segment):
        return False
    content = any(_explains(frame, one) and not one.has(*_ALWAYS) for one in segment.tokens)
    return content or not any(one.has(*DOUBTS) and not one.has(*_ALWAYS) for one in segment.tokens)


def _unread(frame: Frame, segment: _Segment) -> list[ChangeToken]:
    return [
        one for one in segment.tokens if not (_explains(frame, one) or one.has(*_ALWAYS, W.QUOTE) or one.has(*DOUBTS))
    ]


def _introduces(segment: _Segment) -> bool:
    """Return whether somebody says who they are: "DSO here"."""
    return segment.tokens[-1].text == "here" and len(segment.tokens) == 2


def _doubts(frame: Frame, segment: _Segment) -> set[W]:
    """Return what keeps a clause from being offered: its own words of a doubt, a question, a quotation."""
    found: set[W] = set()
    polite = segment.tokens[0].has(W.POLITE)
    for n, one in enumerate(segment.tokens):
        if one.has(W.PAST) and one.has(*frame.by):
            found.add(W.PAST)
        if _explains(frame, one) and not (n == 0 and one.has(W.ASK)):
            continue
        if one.has(W.QUOTE):
            found.add(W.SAID)
        elif one.has(W.ASK) and not polite:
            found |= {W.ASK} if n == 0 or not one.has(*_ALWAYS) else set()
        elif not one.has(*_ALWAYS):
            found |= one.kinds & DOUBTS
    if segment.asked and not polite:
        found.add(W.ASK)
    return found


def _doubts_beside(segment: _Segment, *, before: bool) -> set[W]:
    first = segment.tokens[0]
    if before:
        return {kind for one in segment.tokens for kind in one.kinds & {W.IF, W.SAID, W.HEDGE}}
    return {W.NOT} if first.text in _TURNS or any(one.has(W.IF, W.HEDGE) for one in segment.tokens[:2]) else set()


def _is_order(frame: Frame, segment: _Segment) -> bool:
    """Return whether a clause begins as an order does: with its verb."""
    first = next((one for one in segment.tokens if not one.kinds <= _ALWAYS | {W.NOT, W.POLITE}), None)
    return first is not None and first.has(*frame.by) and not first.has(*frozenset[W]().union(*frame.needs))


def _reason(segments: Sequence[_Segment], beside: Sequence[int], last: int) -> tuple[int, int]:
    """Return where the reason stands: what follows, else what goes before."""
    after = [n for n in beside if n > last]
    chosen = after or [n for n in beside if n < last]
    if not chosen:
        return 0, 0
    return segments[chosen[0]].tokens[0].start, segments[chosen[-1]].tokens[-1].end
