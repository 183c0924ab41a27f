"""Read what follows `assign`, `handover`, `contact officer`, `deputy` and `quiet`: refs, posts, people and days."""

import re
from datetime import date

from handlers.commands import Command
from handlers.commands.people import (
    AddPost,
    Assign,
    ChangeOtherNames,
    HandOver,
    KeepQuiet,
    NameContact,
    NameDeputy,
    ShowOtherNames,
)
from handlers.commands.questions import DAY_MEANT, Unclear
from handlers.reading.command_arguments import CommandText, Parsed
from handlers.reading.dates import DayWords, Looking, NoDay, resolve_day
from handlers.reading.days import as_one_day, read_found, take_days, with_day_meant
from handlers.reading.normalise import fold, quoted
from handlers.reading.ref_finder import guess_at, like_ref_at, no_such_ref, ref_at

WHO = re.compile(
    r"<@[UW][A-Z0-9]{1,31}(?:\|[^>\n]{0,80})?>|(?<![^\s,;:(])[UW]0[A-Z0-9]{3,30}(?![^\s,;:)])"
    r"|(?:new person )?[\w.+'-]{1,64}@[\w-]{1,80}(?:\.[\w-]{1,80}){1,8}"
)
"""Somebody with an account, or an e-mail address."""
_EDGE = " ,;:.=-–—\n"
_JOINT = re.compile(r"[ ]?(?:,|;|&|\+|\n|and(?![^\W_]))[ ]?(?:and )?")
_LEAD = re.compile(r"(?:(?:the|action|actions|ref|refs|for|on) )*")
_TO = re.compile(r"[ ,:]*(?:(?:is |are )?(?:now )?(?:to|=>|->|→|goes to|go to|for)(?![^\W_])[ :]*(?:the )?|[:=][ ]?)")
_BECAUSE = re.compile(r"[,;:.-]?\s*(?<![^\W_])(?:because|since|as they|as she|as he|due to|owing to)(?![^\W_])[\s:,]*")
_REMOVE = re.compile(r"(?:remove|end|stop|delete|no longer|take off)(?![^\W_])[ :]*")
_FOR = re.compile(r"^(?:(?:as|to be|is|the|new|our|stands in|covers|cover|covering|for)(?![^\W_])[ :]*)+")
_FROM = re.compile(r"[ ,;]*(?<![^\W_])(?:from|with effect from|as of|as from|starting|on)(?: the)? ")
_AT_NAME = re.compile(r"(?<![^\s(])@[^\W\d_][\w.'-]*(?: [A-Z][\w'-]+)?")
_MEANS = re.compile(
    r"\s*(?:(?<![^\W_])(?:means|(?:is )?short for|stands for|is another name for)(?![^\W_])|=>|=|→)\s*(?:the )?",
    re.IGNORECASE,
)
_MEANT_BY = re.compile(r"^(?:of|for) (?:the )?", re.IGNORECASE)
_AT_ORGANISATION = re.compile(r" (?:ta|ni|nihtiw|htiw) |[ ]?,", re.IGNORECASE)
"""What stands before an organisation, from its end: the last of them counts."""
_OFF = frozenset(("off", "no", "none", "end", "stop", "over", "cancel", "finished"))


def read_assign(given: CommandText) -> Parsed:
    """Read `REF[, REF] to POST [because …]`."""
    return _assign(given, "assign")


def read_handover(given: CommandText) -> Parsed:
    """Read `REF[, REF] to POST …` or `POST to WHO [from DATE]`."""
    folded = fold(given.rest)
    start = lead.end() if (lead := _LEAD.match(folded)) else 0
    if ref_at(folded, start, given.vocabulary, numbered=True) is not None:
        return _assign(given, "handover")
    who = WHO.search(given.rest)
    if who is None:
        guess = guess_at(folded, start, given.vocabulary)
        if guess is not None:
            return _assign(given, "handover")
        return Parsed(_which_person(given, "handover", "handover Head of Education to @person from 14/9"))
    post = given.rest[: who.start()].strip(_EDGE)
    post = re.sub(r"(?i)(?:^| )(?:to|goes to|is now|now held by|=>|→)$", "", post).strip(_EDGE)
    if not post:
        return Parsed(
            Unclear(given.typed, "handover", "Say which post: “/cypp handover Head of Education to @person”.")
        )
    tail = given.rest[who.end() :].strip(_EDGE)
    if not tail:
        return Parsed(HandOver(post, who.group()))
    found = read_found(tail, given.today)
    if found is None or found.day is None:
        no_day = as_one_day(found, given.today, tail) if found else NoDay(f"I do not read {quoted(tail)} as a date.")
        say = f"{no_day.say} For instance “/cypp handover {post} to @person from 14/9”."
        again = f"handover {post} to {who.group()} from {DAY_MEANT}"
        return Parsed(Unclear(given.typed, "handover", say, days=no_day.candidates, again=again))
    written = found.written
    if isinstance(written, DayWords) and written.month and not written.year and (found.day - given.today).days > 300:
        # The next such day is a year off, and it may well be last week that is meant.
        last = resolve_day(written, given.today, Looking.BACK)
        if isinstance(last, date) and (given.today - last).days < 365:
            day_month = f"{last.day}/{last.month}"
            say = f"Write the year, please: {day_month}/{last.year} or {day_month}/{found.day.year}?"
            return Parsed(Unclear(given.typed, "handover", say))
    return Parsed(HandOver(post, who.group(), found.day))


def read_new_post(given: CommandText) -> Parsed:
    """Read `TITLE at ORGANISATION`."""
    title, _, organisation = (_AT_ORGANISATION.sub("\n", given.rest[::-1], 1)[::-1]).partition("\n")
    if not title.strip(_EDGE) or not organisation.strip(_EDGE):
        example = "“/cypp new post Participation Officer at the council”"
        return Parsed(Unclear(given.typed, "new post", f"Say the title and of which organisation: {example}."))
    return Parsed(AddPost(_name(title), _name(organisation)))


def read_contact(given: CommandText) -> Parsed:
    """Read `[remove] WHO [for POST]`."""
    rest, remove = _remove(given)
    who = WHO.search(rest)
    if who is None:
        return Parsed(_which_person(given, "contact officer", "contact officer @person for Head of Education"))
    return Parsed(NameContact(who.group(), _post(rest[: who.start()], rest[who.end() :]), remove))


def read_deputy(given: CommandText) -> Parsed:
    """Read `[remove] WHO [for POST] [from DATE] until DATE` in any order; nobody named leaves `who` empty."""
    rest, remove = _remove(given)
    who = WHO.search(rest)
    around = f"{rest[: who.start()]} {rest[who.end() :]}" if who else rest
    days = take_days(around, given.today)
    if days.say:
        more = "" if "for instance" in days.say else " For instance “/cypp deputy @person until 12/9”."
        again = with_day_meant(around, days.place)
        again = f"deputy {who.group() if who else ''} {again}" if again else ""
        may_be = days.no_day.candidates if days.no_day and again else ()
        return Parsed(Unclear(given.typed, "deputy", f"{days.say}{more}", days=may_be, again=again))
    if who is None and _AT_NAME.search(rest):
        return Parsed(_which_person(given, "deputy", "deputy @person until 12/9"))
    return Parsed(
        NameDeputy(who.group() if who else "", _post("", days.rest) if who else "", days.first, days.last, remove)
    )


def read_other_names(given: CommandText) -> Parsed:
    """Read `[POST]`, `NAME means POST`, `remove NAME`."""
    rest, remove = _remove(given)
    if remove:
        return Parsed(ChangeOtherNames(_name(rest), remove=True))
    means = _MEANS.search(given.rest)
    if means is None:
        return Parsed(ShowOtherNames(_MEANT_BY.sub("", given.rest).strip(_EDGE + "?")))
    name, meant = _name(given.rest[: means.start()]), _name(given.rest[means.end() :])
    if not name or not meant:
        return Parsed(
            Unclear(
                given.typed,
                "other names",
                "Say what means whom: “/cypp other names DPH means Director of Public Health”.",
            )
        )
    return Parsed(ChangeOtherNames(name, meant))


def _name(words: str) -> str:
    return words.strip(_EDGE + "'\"“”‘’?!")


def read_quiet(given: CommandText) -> Parsed:
    """Read `[from DATE] until DATE` or `off`; a day alone is the last one."""
    words = fold(given.rest).strip(_EDGE + "!")
    if words in _OFF:
        return Parsed(KeepQuiet(off=True))
    if not words:
        return Parsed(KeepQuiet())
    found = read_found(given.rest, given.today)
    if found is not None and found.no_day is None:
        alone = found.first == found.last
        return Parsed(KeepQuiet(None if alone else found.first, found.last))
    no_day = (found and found.no_day) or NoDay(f"I do not read {quoted(given.rest)} as a date.")
    more = "" if "for instance" in no_day.say else " For instance “/cypp quiet until 14/9”."
    again = f"quiet until {DAY_MEANT}"
    return Parsed(
        Unclear(
            given.typed,
            "quiet",
            f"{no_day.say}{more}",
            days=no_day.candidates,
            again=again,
            label=f"Quiet until {DAY_MEANT}",
        )
    )


def _assign(given: CommandText, name: str) -> Parsed:
    """Read refs joined by commas or *and*, then to whom, then perhaps why."""
    folded = fold(given.rest)
    example = f"“/cypp {name} {given.vocabulary.example_ref} to Head of Education”"
    place = lead.end() if (lead := _LEAD.match(folded)) else 0
    refs: list[str] = []
    corrections: list[tuple[str, str]] = []
    while True:
        seen = ref_at(folded, place, given.vocabulary)
        if seen is not None:
            refs.append(seen.ref)
            end = seen.end
        else:
            guess = guess_at(folded, place, given.vocabulary)
            if guess is None or not guess.certain:
                typed = guess.typed if guess else like_ref_at(folded, place)
                near = guess.near if guess else ()
                say = no_such_ref(typed, near) if typed else "I do not see which action you mean."
                return Parsed(Unclear(given.typed, name, f"{say} Nothing was changed. For instance {example}."))
            refs.append(guess.near[0])
            corrections.append((given.rest[guess.start : guess.end], guess.near[0]))
            end = guess.end
        joint = _JOINT.match(folded, end)
        if joint is None or _TO.match(folded, end):
            break
        place = joint.end()
    tail = given.rest[end:]
    found = _TO.match(fold(tail))
    to = (tail[found.end() :] if found else tail).strip(" ,;:\n")
    because = _BECAUSE.search(fold(to))
    reason = to[because.end() :].strip() if because else ""
    to = (to[: because.start()] if because else to).strip(_EDGE)
    refs = list(dict.fromkeys(refs))
    if not to:
        say = f"Say which post leads {refs[0]} from now on: “/cypp {name} {', '.join(refs)} to Head of Education”."
        return Parsed(Unclear(given.typed, name, say))
    return Parsed(Assign(tuple(refs), to, reason), tuple(corrections))


def _remove(given: CommandText) -> tuple[str, bool]:
    """Return the words, and whether somebody is taken off; "remove" may stand before the command too."""
    found = _REMOVE.match(fold(given.rest))
    return (given.rest[found.end() :], True) if found else (given.rest, False)


def _post(before: str, after: str) -> str:
    """Return what is left once the person and the days are taken out: the post, if one was named."""
    for words in (after, before):
        left = words.strip(_EDGE + "()")
        found = _FOR.match(fold(left))
        left = (left[found.end() :] if found else left).strip(_EDGE + "()")
        if left:
            return left
    return ""


def _which_person(given: CommandText, name: str, example: str) -> Command:
    return Unclear(
        given.typed,
        name,
        f"Say who, with @ and their name or by e-mail address: “/cypp {example}”.",
        whom=True,
    )
