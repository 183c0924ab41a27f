"""Read what is asked of a board's paper in plain words, as the command that help shows.

A request is read only where nothing is left over: a frame ("can I have", "lock"), what it is about (the paper, its
figures, the chair's brief, the template), and a meeting or nothing. So "the board paper on clean air is late" is none.

Source: docs/explanation/what-people-write.md, Questions in plain words.
"""

import re
from datetime import date

from handlers.reading.clearance_words import CLEARANCE_NAMES
from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.reading.normalise import plain
from handlers.reading.ref_finder import ref_at
from handlers.reading.vocabulary import Vocabulary

_LEADING = re.compile(
    r"(?:(?:please|pls|plz|hi|hello|hey|thanks|thank you|now|again|(?:can|could|would|will) you)(?![^\W_]),? ?)*"
)
_MINE = r"(?: (?:the|an?|our|my|this|that|latest|draft|new|next))*"
_GIVE = (
    r"(?:(?:send|show|give|get|print|make|produce|prepare|(?:pull|put) together)(?: me| us)?|let (?:me|us) (?:have|see)"
    r"|(?:can|could|may) (?:i|we) (?:have|see|get)|(?:i|we) (?:need|want|would like)|(?:i|we)'d like"
    r"|where (?:(?:can|do) (?:i|we) (?:get|find)|is|are))"
)
_PAPERS = r"(?:board |board's |agenda )?papers?"
_TAIL = r"(?P<tail>(?: .+)?)"

_PAPER = lazy_regex(
    rf"(?:{_GIVE}{_MINE} |(?:(?:the|our) )?)(?:(?P<whose>.+?) )??(?:{_PAPERS}|(?P<report>(?:board )?report)){_TAIL}"
)
_GIVEN = lazy_regex(rf"{_GIVE} ")
_FROZEN = lazy_regex(
    rf"(?:freeze|lock|fix){_MINE} (?:{_PAPERS}|(?P<figures>figures)(?P<within> (?:in|of){_MINE} {_PAPERS})?){_TAIL}"
)
_THAWED = lazy_regex(
    rf"(?:(?:thaw|unfreeze|unlock)(?:{_MINE} (?:{_PAPERS}|figures))?|(?:re-?)?open{_MINE} {_PAPERS}){_TAIL}"
)
_SINCE = lazy_regex(
    r"(?:(?:show|tell) (?:me|us) )?(?:(?:what|anything|what is|what's|whats|has anything|what has|is there anything)"
    r"(?: (?:is|has|have))?(?: (?:changed|moved|new|different))|(?:the )?changes) since"
    rf"{_MINE} {_PAPERS}(?P<tail>.*?)"
    r"(?: (?:were|was|went|came|have gone|are)(?: (?:frozen|fixed|sent|issued|published))?(?: out)?)?"
)
_BRIEF = lazy_regex(
    rf"(?:brief (?:me|us)|(?:{_GIVE}{_MINE} |(?:the|my) )?(?:chair'?s )?brief(?:ing)?(?: note)?(?: for the chair)?)"
    rf"{_TAIL}"
)
_IN_BRIEF = lazy_regex(
    rf"(?P<deed>put|add|include|mention|take|leave|remove|drop)"
    rf"(?: (?:the )?(?:(?:last|latest) )?(?:update|words|entry (?P<entry>[0-9]+)) (?:of|on|for|from))? (?P<about>.+?)"
    rf"(?:'s (?:(?:last|latest) )?(?:update|words))?(?: back)? (?P<place>in|into|to|on|out of|from|off){_MINE}"
    rf" (?:chair'?s )?brief(?:ing)?(?P<tail>(?: (?:for|of|on|at) .+)?)"
)
_TO_ASK = lazy_regex(
    rf"what (?:questions )?(?:(?:should|could|can|shall|must) (?:i|we)|do (?:i|we) need to) ask (?:at|on){_TAIL}"
)
_DOCUMENT = rf"(?:{_PAPERS}|(?:report'?s? )?front (?:sheets?|page))"
_TEMPLATE = lazy_regex(
    rf"(?:(?:{_GIVE}{_MINE} |(?:the )?)(?:(?:{_DOCUMENT} template|template (?:for|of){_MINE} {_DOCUMENT}))"
    rf"|(?:which|what) template (?:do(?:es)?{_MINE} {_DOCUMENT} use|is used for{_MINE} {_DOCUMENT}))"
)
_REPORT = r"(?:it|this|(?:the|our|my|this|that) (?:board )?(?:report|paper)s?)"
_CLEARED = r"(?:clear(?:ed)?|sign(?:ed)? off|been consulted)"
_YET = r"(?: (?:yet|so far|now))?"
_NAMES = "|".join(CLEARANCE_NAMES)
_NAMED = rf"(?:the )?(?P<which>(?:{_NAMES})(?: (?:and|or)(?: the)? (?:{_NAMES}))*)"
_CLEARANCES = lazy_regex(
    r"(?:who(?:'s|(?: (?:has|have|still has to|has yet to|still needs to)| hasn'?t| haven'?t)(?: not)?)"
    rf" {_CLEARED} {_REPORT}{_YET}"
    r"|(?:(?:are|is) there )?(?:which|what|any)(?: other)? clearances? (?:(?:are|is|do (?:i|we)) )?(?:still )?"
    rf"(?:outstanding|missing|not (?:in|received)|to come|need(?:ed)?|waiting|wanted){_YET}"
    rf"|(?:are|have)(?: all)?(?: the| our)? clearances(?: all)? (?:in|back|complete|come in|been received){_YET}"
    rf"|(?:{_GIVE}{_MINE} |(?:the )?(?:outstanding|missing) )clearances"
    rf"|(?:has|is) (?:the|our) (?:board )?(?:report|paper)(?P<of> for .+?)?(?: been)? (?:cleared|signed off){_YET}"
    rf"|(?:has|have|did|when (?:did|has|have)) {_NAMED} {_CLEARED}(?: {_REPORT})?{_YET}){_TAIL}"
)
_OF_ONE = lazy_regex(
    rf"(?:(?:is|has) {_NAMED}(?:'s)? clearance (?:in|back|come in|come back|been received){_YET}"
    r"|(?:where are we with|any news on|how is|what about)(?: the)? "
    rf"(?:{_NAMED.replace('which', 'before')}(?:'s)? clearance|clearance from {_NAMED.replace('which', 'behind')}))"
    rf"{_TAIL}"
)
_MENTIONED = re.compile(
    r"paper|front|report|brief|figures|freeze|thaw|unlock|\bask (?:at|on)\b|clear|sign|consulted", re.IGNORECASE
)
_TRAILING = re.compile(r"(?:,? (?:please|pls|plz|thanks|thank you|now|again|for me))+$")
_FOR = re.compile(r"^(?:for|of|at|on) ")
_LONGEST = 120
_TAKES_OUT, _OUT = frozenset(("take", "leave", "remove", "drop")), frozenset(("out of", "from", "off"))
_ENTRY = re.compile(r"(?: (?:entry )?[0-9]{1,5})?")
_ANY = frozenset(("", "the meeting", "the board", "meeting", "the next one"))


def paper_request(text: str, vocabulary: Vocabulary, today: date) -> str:
    """Return the command that some words ask for, as help shows it: "papers the 16th since"; "" where they do not."""
    if _MENTIONED.search(text) is None or len(text) > _LONGEST:
        return ""
    words = plain(text)
    words = _TRAILING.sub("", words[_LEADING.match(words).end() :])  # type: ignore[union-attr]

    def meeting(said: str, name: str, more: str = "") -> str:
        about = _FOR.sub("", said.strip())
        if about in _ANY:
            return f"{name}{more}"
        found = read_meeting(about, vocabulary, today)
        known = not about.startswith("to ") and (not isinstance(found, MeetingAsk) or found.several)
        return f"{name} {about}{more}" if known else ""

    if _TEMPLATE().fullmatch(words):
        return "template front sheet" if " front " in f" {words}" else "template papers"
    if found := _SINCE().fullmatch(words):
        return meeting(found["tail"], "papers", " since")
    if found := _FROZEN().fullmatch(words):
        enough = not found["figures"] or found["within"] or found["tail"]
        return meeting(found["tail"], "freeze papers") if enough else ""
    if found := _THAWED().fullmatch(words):
        return meeting(found["tail"], "thaw papers")
    if found := _TO_ASK().fullmatch(words):
        return meeting(found["tail"], "brief")
    if found := _IN_BRIEF().fullmatch(words):
        out = found["deed"] in _TAKES_OUT
        seen = ref_at(found["about"], 0, vocabulary)
        if seen is None or out is not (found["place"] in _OUT) or not _ENTRY.fullmatch(found["about"][seen.end :]):
            return ""
        entry = f" {found['entry']}" if found["entry"] else ""
        named = meeting(found["tail"], "for")
        name = f"brief {'remove' if out else 'add'} {found['about']}{entry}"
        return name if named == "for" else f"{name} {named}" if named else ""
    if found := _BRIEF().fullmatch(words):
        return meeting(found["tail"], "brief")
    if found := _CLEARANCES().fullmatch(words) or _OF_ONE().fullmatch(words):
        said = found.groupdict()
        which = said.get("which") or said.get("before") or said.get("behind") or ""
        return meeting(said.get("of") or said["tail"], "clearance", f" {which}" if which else "")
    if found := _PAPER().fullmatch(words):
        whose, tail = found["whose"] or "", found["tail"]
        if whose.startswith("board "):
            return ""
        if found["report"] and not (tail or whose or found["report"] != "report"):
            return ""
        if not _GIVEN().match(words) and not (tail or whose):
            return ""
        return meeting(f"{whose} {_FOR.sub('', tail.strip())}".strip() if whose else tail, "papers")
    return ""
