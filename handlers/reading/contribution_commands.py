"""Read what follows `contribute`, `contributions`, `contribution redact` and `focus`."""

import re

from handlers.commands.contributions import (
    Contribute,
    RedactContribution,
    SetFocus,
    ShowContributions,
    ShowFocus,
    ShowWanted,
)
from handlers.commands.questions import Unclear
from handlers.reading.command_arguments import CommandText, Parsed
from handlers.reading.contribution_words import begins_as_heading
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.reading.normalise import fold
from handlers.reading.plan_names import NameKind
from handlers.reading.targets import ThemeTarget, read_target
from handlers.reading.vocabulary import Vocabulary

_LONGEST_ADDRESS = 160
_SMALL = re.compile(r"^(?:(?:for|from|by|of|on behalf of|as|to|the)(?![^\W_])[ ,]*)+", re.IGNORECASE)
_FOR = re.compile(r"(?:^|[ ,]+)(?:for|to|at)(?![^\W_])(?: the)?(?: meeting(?: of| on)?)? +", re.IGNORECASE)
_BECAUSE = re.compile(r"[\s,:;.–-]*(?:because|since|reason|as)(?![^\W_])[\s:,]*", re.IGNORECASE)
_NONE = frozenset(("none", "no theme", "nothing", "no focus", "-"))


def read_contribute(given: CommandText) -> Parsed:
    """Read `[ORGANISATION] [for MEETING]: words`; what stands before the first colon may be words as well."""
    rest = given.rest.strip(" ,\n\t")
    head, colon, words = rest.partition(":")
    if "\n" in head:
        # "Contribution from CVS." stands in a line of its own.
        head, colon, words = rest.partition("\n")
        head = head.strip(" .")
    if colon and len(head) <= _LONGEST_ADDRESS and "\n" not in head and not begins_as_heading(head):
        whose, meeting = _address(head, given)
        if whose is not None:
            words = words.strip()
            return Parsed(Contribute(words, whose, meeting) if words else ShowWanted(whose, meeting))
    whose, meeting = _address(rest, given) if len(rest) <= _LONGEST_ADDRESS and not colon else (None, "")
    return Parsed(ShowWanted(whose, meeting) if whose is not None else Contribute(rest))


def _address(words: str, given: CommandText) -> tuple[str | None, str]:
    """Return whose return some words name, and for which meeting; None where they are no address."""
    whole = words.strip(" ,.?!")
    if not whole:
        return "", ""
    for found in reversed(list(_FOR.finditer(whole))):
        whose, meeting = _SMALL.sub("", whole[: found.start()].strip(" ,")), whole[found.end() :]
        if _names_meeting(meeting, given) and (not whose or _names_partner(whose, given.vocabulary)):
            return whose, meeting
    bare = _SMALL.sub("", whole)
    if _names_partner(bare, given.vocabulary):
        return bare, ""
    return ("", bare) if _names_meeting(bare, given) else (None, "")


def _names_meeting(words: str, given: CommandText) -> bool:
    found = read_meeting(words, given.vocabulary, given.today)
    return not isinstance(found, MeetingAsk) or found.several


def _names_partner(words: str, vocabulary: Vocabulary) -> bool:
    found = find_name(words, vocabulary, NameKind.ORGANISATION, NameKind.POST)
    return bool(found.names) and found.likeness >= Likeness.SHORT


def read_contributions(given: CommandText) -> Parsed:
    """Read `[ORGANISATION] [for MEETING]`; a name that the plan has not stays for the handler to ask about."""
    words = given.rest.strip(" ,:.?!\n")
    whose, meeting = _address(words, given)
    return Parsed(ShowContributions(_SMALL.sub("", words) if whose is None else whose, meeting))


def read_redact_contribution(given: CommandText) -> Parsed:
    """Read `ORGANISATION [for MEETING] because …`; the handler asks for a missing reason."""
    split = _BECAUSE.search(given.rest)
    head = (given.rest[: split.start()] if split else given.rest).strip(" ,:.?!\n")
    if not head:
        say = "Say whose: “/cypp contribution redact Merseyside Police because it describes a child”."
        return Parsed(Unclear(given.typed, "contribution redact", say))
    whose, meeting = _address(head, given)
    return Parsed(
        RedactContribution(whose or _SMALL.sub("", head), given.rest[split.end() :].strip() if split else "", meeting)
    )


def read_focus(given: CommandText) -> Parsed:
    """Read `[MEETING THEME]`, in either order; "none" takes a theme away."""
    words = given.rest.strip(" ,:.?!\n")
    if not words:
        return Parsed(ShowFocus())
    parts = words.split()
    for at in range(1, len(parts)):
        for meeting, theme in ((parts[:at], parts[at:]), (parts[at:], parts[:at])):
            named, named_theme = " ".join(meeting), _SMALL.sub("", " ".join(theme)).removeprefix("theme ")
            if _names_meeting(named, given) and _names_theme(named_theme, given.vocabulary):
                return Parsed(SetFocus(named, "" if fold(named_theme) in _NONE else named_theme))
    if len(parts) > 1 and _names_meeting(" ".join(parts[:-1]), given):
        return Parsed(SetFocus(" ".join(parts[:-1]), parts[-1]))
    say = "Say which meeting takes which theme: “/cypp focus 8 Dec happy”; “/cypp focus” lists them."
    return Parsed(Unclear(given.typed, "focus", say))


def _names_theme(words: str, vocabulary: Vocabulary) -> bool:
    return fold(words) in _NONE or isinstance(read_target(f"theme {words}", vocabulary), ThemeTarget)
