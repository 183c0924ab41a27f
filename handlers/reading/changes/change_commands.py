"""The commands that a change in words comes to, with every slot filled; or what it lacks.

Source: docs/explanation/what-people-write.md, What is changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from handlers.reading.changes.change_frames import Changed, FrameFit, fit_of
from handlers.reading.changes.change_tokens import LONGEST_CHANGE, ChangeToken, HowLong, change_tokens
from handlers.reading.changes.change_words import W
from handlers.reading.changes.chases_said import chases_said
from handlers.reading.changes.meeting_slots import (
    MeetingSlots,
    meeting_in_month_of,
    meeting_slots,
    meeting_typed,
    new_day,
)
from handlers.reading.changes.new_posts_said import new_post_said
from handlers.reading.day_ranges import Bound, DaysFound
from handlers.reading.names_in_text import NameSeen
from handlers.reading.trimming import trim_words, without_courtesies, without_thanks
from handlers.reading.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ChangeRead:
    """A change as it was read; without a change, what the words name.

    `commands`: what does it, none where something is lacking; all actions of the post `whose` are given away, and "…"
    stands for them. `plain`: whether it can be offered; `asks`: it is a question, `whether`: if it is so, `proposes`:
    if it should be; `orders`: it begins as an order does; `whole`: every word of it is read; `beside`:
    an action is named that has no part in it.
    """

    change: Changed | None
    named: tuple[ChangeToken, ...] = ()
    slots: MeetingSlots = field(default_factory=MeetingSlots)
    commands: tuple[str, ...] = ()
    whose: str = ""
    plain: bool = False
    asks: bool = False
    whether: bool = False
    proposes: bool = False
    orders: bool = False
    whole: bool = False
    beside: bool = False

    @property
    def refs(self) -> tuple[str, ...]:
        """The actions that are named, in order."""
        found = [one.value for one in self.named if one.has(W.REF) and isinstance(one.value, NameSeen)]
        return tuple(dict.fromkeys(name.key for one in found for name in one.names))


@dataclass(frozen=True, slots=True)
class _Given:
    """What a builder works with: the fit, its slots, its reason, the whole message."""

    fit: FrameFit
    slots: MeetingSlots
    reason: str
    words: str
    vocabulary: Vocabulary

    @property
    def because(self) -> str:
        return f" because {self.reason}" if self.reason else ""

    def texts(self, *kinds: W) -> list[str]:
        return [one.text for one in self.fit.all_of(*kinds)]


def read_change(words: str, vocabulary: Vocabulary, today: date) -> ChangeRead:
    """Return the change that a message says, or what it names."""
    if len(words) > LONGEST_CHANGE:
        return ChangeRead(None)
    if adds := new_post_said(words, vocabulary):
        return ChangeRead(Changed.NEW_POST, commands=adds, plain=True, orders=True, whole=True)
    tokens = change_tokens(words, vocabulary, today)
    fit = fit_of(tokens)
    if fit is None:
        return ChangeRead(None, tokens, meeting_slots(tokens, vocabulary, today))
    first, last = fit.reason
    reason = trim_words(without_courtesies(trim_words(words[first:last]))).rstrip(".") if last else ""
    beside = any(one.has(W.REF) and one not in fit.tokens for one in tokens)
    given = _Given(fit, meeting_slots(fit.tokens, vocabulary, today), reason, words, vocabulary)
    read = ChangeRead(
        fit.frame.change,
        fit.tokens,
        given.slots,
        _BUILDERS[fit.frame.change](given),
        plain=fit.plain and not beside,
        beside=beside,
        asks=fit.asks,
        whether=fit.asks_whether and not fit.proposes,
        proposes=fit.proposes,
        orders=fit.orders and not fit.asks,
        whole=not fit.unread,
    )
    return replace(read, whose=_given_away(given)) if read.change is Changed.ASSIGN_ALL else read


def deputy_for(words: str, vocabulary: Vocabulary, today: date) -> frozenset[str]:
    """Return the keys of the posts for which somebody stands in, as words say plainly; none where they do not."""
    read = read_change(words, vocabulary, today)
    if read.change is not Changed.DEPUTY or not (read.plain and read.commands):
        return frozenset()
    seen = [one.value for one in read.named if one.has(W.POST) and isinstance(one.value, NameSeen)]
    return frozenset(name.key for one in seen for name in one.names)


def _refs(fit: FrameFit) -> tuple[str, ...]:
    found = [one.value for one in fit.all_of(W.REF) if isinstance(one.value, NameSeen)]
    return tuple(dict.fromkeys(name.key for one in found for name in one.names))


# -- meetings


def _cancel(given: _Given) -> tuple[str, ...]:
    meeting = given.slots.meeting
    if meeting is None or len(given.slots.meetings) > 1 or given.slots.days or given.slots.bare:
        return ()
    return (f"meeting cancel {meeting_typed(meeting)} because {given.reason or given.words.strip()}",)


def _clock(given: _Given) -> str:
    """Return the time that is said, not the one that it replaces."""
    tokens = given.fit.tokens
    said = [
        str(one.value) for n, one in enumerate(tokens) if one.has(W.TIME) and not (n and tokens[n - 1].has(W.INSTEAD))
    ]
    return f" {said[0]}" if len(set(said)) == 1 else ""


def _move(given: _Given) -> tuple[str, ...]:
    slots, clock = given.slots, _clock(given)
    meeting = slots.meeting
    if slots.several or slots.wrong or len(slots.days) + len(slots.bare) > 1 or len(slots.meetings) > 2:
        return ()
    if meeting is None and slots.board and slots.days:
        meeting = meeting_in_month_of(slots.days[0], slots.board, given.vocabulary)
    if meeting is None:
        return ()
    day = new_day(slots, meeting, given.fit.tokens)
    if meeting.date is None:
        return (f"meeting confirm {meeting_typed(meeting)} as {day.isoformat()}{clock}",) if day else ()
    if day is None and (not clock or any(isinstance(one.value, HowLong) for one in given.fit.tokens)):
        return ()
    if day is None and slots.bare:
        return ()
    return (f"meeting move {meeting_typed(meeting)} to {(day or meeting.date).isoformat()}{clock}",)


def _add_meeting(given: _Given) -> tuple[str, ...]:
    slots = given.slots
    if slots.meetings or slots.several or slots.bare or slots.wrong or not slots.board or not slots.days:
        return ()
    if not given.fit.all_of(W.EXTRA, W.ADD) and any(
        meeting_in_month_of(day, slots.board, given.vocabulary) for day in slots.days
    ):
        return ()
    themes = [one.value.names[0].key for one in given.fit.all_of(W.THEME) if isinstance(one.value, NameSeen)]
    focus = f" focus {themes[0]}" if len(themes) == 1 else ""
    return tuple(f"meeting add {slots.board} {day.isoformat()}{_clock(given)}{focus}" for day in slots.days)


# -- boards and organisations


def _number(given: _Given) -> HowLong | None:
    """Return the number of days that is said; one beside what is ("two more") and one it replaces are none."""
    tokens = given.fit.tokens
    said = [
        one.value
        for n, one in enumerate(tokens)
        if isinstance(one.value, HowLong) and not one.value.more and not (n and tokens[n - 1].has(W.INSTEAD))
    ]
    return said[0] if len(said) == 1 and said[0].days == said[0].number else None


def _papers(given: _Given) -> tuple[str, ...]:
    number = _number(given)
    if number is None:
        return ()
    sort = f" {number.sort}" if number.sort else ""
    if given.fit.all_of(W.UPDATES):
        return (f"board {given.slots.board} updates due {number.number}{sort} days".replace("  ", " "),)
    return (f"board {given.slots.board} papers {number.number}{sort} days".replace("  ", " "),)


def _reminders_on(given: _Given) -> tuple[str, ...]:
    if not given.slots.board:
        return ()
    start = f" from {given.slots.days[0].isoformat()}" if len(given.slots.days) == 1 else ""
    return (f"start reminders {given.slots.board}{start}",)


def _reminders_off(given: _Given) -> tuple[str, ...]:
    return (f"stop reminders {given.slots.board}",) if given.slots.board else ()


def _days(given: _Given) -> list[DaysFound]:
    return [one.value for one in given.fit.all_of(W.DAY) if isinstance(one.value, DaysFound)]


def _closed(given: _Given) -> tuple[str, ...]:
    days = _days(given)
    spans = [one for one in days if one.first and one.last and (one.first != one.last or len(days) == 1)]
    who = [one.value.names[0].key for one in given.fit.all_of(W.ORGANISATION) if isinstance(one.value, NameSeen)]
    if len(spans) != 1 or len(set(who)) > 1 or not (given.slots.board or who):
        return ()
    what = f"board {given.slots.board}" if given.slots.board else f"org {who[0]}"
    return (f"{what} closed {spans[0].first} to {spans[0].last}{given.because}",)


def _board_post(word: str) -> Callable[[_Given], tuple[str, ...]]:
    def built(given: _Given) -> tuple[str, ...]:
        posts = given.fit.all_of(W.POST)
        if not given.slots.board or len(posts) != 1:
            return ()
        until = next((one.last for one in _days(given) if one.bound is Bound.UNTIL), None)
        till = f" until {until.isoformat()}" if until else ""
        return (f"board {given.slots.board} {word} {posts[0].post_typed}{till}",)

    return built


def _channel(given: _Given) -> tuple[str, ...]:
    channels = given.texts(W.CHANNEL)
    linked = [one for one in channels if one.startswith("<#")]
    return (f"board {given.slots.board} channel {linked[0]}",) if given.slots.board and len(linked) == 1 else ()


def _renamed(given: _Given) -> tuple[str, ...]:
    tokens = given.fit.tokens
    place = next((n for n, one in enumerate(tokens) if one.has(W.RENAMED)), 0)
    who = [one.value for one in tokens[:place] if one.has(W.ORGANISATION) and isinstance(one.value, NameSeen)]
    behind = tokens[place + 1 :]
    day = next((one for one in behind if one.has(W.DAY)), None)
    named = [one for one in behind if day is None or one.start < day.start]
    new = without_thanks(given.words[named[0].start : named[-1].end]).strip(" .,") if named else ""
    since = day.value.first if day is not None and isinstance(day.value, DaysFound) else None
    if len(who) != 1 or len(who[0].names) != 1 or not new or (day is not None and since is None):
        return ()
    return (f"org {who[0].names[0].key} becomes {new}" + (f" from {since}" if since else ""),)


def _named(given: _Given) -> tuple[str, ...]:
    """Return what gives another name: to what stands before "also known as", behind "short for", behind "call"."""
    tokens = given.fit.tokens
    place = next((n for n, one in enumerate(tokens) if one.has(W.CALLED, W.CALLS)), 0)
    meant = [n for n, one in enumerate(tokens) if one.has(W.POST, W.ORGANISATION) and isinstance(one.value, NameSeen)]
    if tokens[place].has(W.CALLS):
        # "Call the Superintendent the Chief": a name has a capital, "call the Superintendent about it" has none.
        found = [n for n in meant if n > place]
        new = tokens[found[0] + 1 :] if found else ()
        new = new if any(one.has(W.NAME) or one.text[:1].isupper() for one in new[:2]) else ()
    else:
        found = [n for n in meant if n < place] or [n for n in meant if n > place]
        new = tokens[place + 1 :] if found and found[0] < place else tokens[:place]
    said = [one for one in new if not one.has(W.QUOTE, W.SET)]
    name = given.words[said[0].start : said[-1].end].partition("\n")[0] if said else ""
    name = name.partition(" from now on")[0].strip(" .,“”\"'")
    return (f"other names {name} means {tokens[found[0]].post_typed}",) if name and found else ()


# -- actions and people


def _target(given: _Given) -> ChangeToken | None:
    """Return the post that something goes to: behind "to" or "with", or the only one."""
    tokens = given.fit.tokens
    posts = [(n, one) for n, one in enumerate(tokens) if one.has(W.POST, W.ORGANISATION)]
    if len(posts) == 1:
        n, one = posts[0]
        before = _before(given, n)
        return None if before in ("from", "off") else one
    led = [one for n, one in posts if _before(given, n) in ("to", "with", "by", "for")]
    return led[0] if len(led) == 1 else None


def _before(given: _Given, place: int) -> str:
    tokens = given.fit.tokens
    return next((one.text for one in reversed(tokens[:place]) if one.text not in ("the", "our", "a")), "")


def _assign(given: _Given) -> tuple[str, ...]:
    target = _target(given)
    refs = ", ".join(_refs(given.fit))
    return (f"assign {refs} to {target.post_typed}{given.because}",) if target is not None else ()


def _assign_all(given: _Given) -> tuple[str, ...]:
    target = _target(given)
    return (f"assign … to {target.post_typed}{given.because}",) if target is not None and _given_away(given) else ()


def _given_away(given: _Given) -> str:
    """Return the other post than the one that something goes to, "" where there is none or several."""
    target = _target(given)
    others = [one for one in given.fit.all_of(W.POST, W.ORGANISATION) if one is not target]
    return others[0].post_typed if len(others) == 1 else ""


def _entry(word: str) -> Callable[[_Given], tuple[str, ...]]:
    def built(given: _Given) -> tuple[str, ...]:
        refs = _refs(given.fit)
        numbers = given.texts(W.NUMBER)
        which = numbers[0] if len(numbers) == 1 else "last" if not numbers else ""
        return (f"{word} {refs[0]} {which}{given.because}",) if len(refs) == 1 and which else ()

    return built


def _reopen(given: _Given) -> tuple[str, ...]:
    return tuple(f"reopen {ref}{given.because}" for ref in _refs(given.fit))


def _who(given: _Given) -> str:
    who = list(dict.fromkeys(str(one.value) for one in given.fit.all_of(W.WHO)))
    return who[0] if len(who) == 1 else ""


def _for_post(given: _Given) -> str | None:
    """Return for which post: " for KEY", "" for the writer's own, None where several are named."""
    posts = given.fit.all_of(W.POST)
    if len(posts) > 1:
        return None
    return f" for {posts[0].post_typed}" if posts else ""


def _contact(given: _Given) -> tuple[str, ...]:
    who, post = _who(given), _for_post(given)
    if not who or post is None:
        return ()
    removes = any(one.has(W.REMOVE) for one in given.fit.tokens)
    return (f"contact officer {'remove ' * removes}{who}{post}",)


def _deputy(given: _Given) -> tuple[str, ...]:
    who, post = _who(given), _for_post(given)
    days = _days(given)
    if not who or post is None or len(days) != 1 or days[0].last is None:
        return ()
    start = f" from {days[0].first}" if days[0].first else ""
    return (f"deputy {who}{post}{start} until {days[0].last}",)


def _handover(given: _Given) -> tuple[str, ...]:
    who = _who(given)
    posts = list(dict.fromkeys(one.post_typed for one in given.fit.all_of(W.POST)))
    days = _days(given)
    day = days[0].first if len(days) == 1 else None
    if not who or len(posts) != 1 or (days and day is None):
        return ()
    return (f"handover {posts[0]} to {who}" + (f" from {day}" if day else ""),)


def _nothing(given: _Given) -> tuple[str, ...]:
    return ()


_BUILDERS: Mapping[Changed, Callable[[_Given], tuple[str, ...]]] = {
    Changed.CANCEL: _cancel,
    Changed.MOVE: _move,
    Changed.ADD_MEETING: _add_meeting,
    Changed.PAPERS: _papers,
    Changed.REMINDERS_ON: _reminders_on,
    Changed.REMINDERS_OFF: _reminders_off,
    Changed.CLOSED: _closed,
    Changed.CHAIR: _board_post("chair"),
    Changed.SECRETARY: _board_post("secretary"),
    Changed.CHANNEL: _channel,
    Changed.RENAMED: _renamed,
    Changed.NAMED: _named,
    Changed.ASSIGN: _assign,
    Changed.ASSIGN_ALL: _assign_all,
    Changed.CONTACT: _contact,
    Changed.DEPUTY: _deputy,
    Changed.HANDOVER: _handover,
    Changed.REOPEN: _reopen,
    Changed.WITHHOLD: _entry("withhold"),
    Changed.REDACT: _entry("redact"),
    Changed.WORDING: _nothing,
    Changed.DELETE: _nothing,
    Changed.CHASE: lambda given: chases_said(given.fit.tokens, given.slots),
}
