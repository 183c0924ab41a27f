"""Read a wish to move an action, in the words of somebody who asks rather than commands.

"can you move healthy-5 to october please" and "could healthy-5 be moved to october?" are `move healthy-5 to october`:
somebody who may move it moves it, its lead asks, and nothing happens without a reason.

Source: docs/explanation/boards-and-dates.md, Who may do what.
"""

import re

from handlers.reading.normalise import clean, fold
from handlers.reading.ref_finder import ref_at
from handlers.reading.vocabulary import Vocabulary

_LONGEST = 400
_SMALL = r"(?:(?:hi|hello|hi all|please|sorry)(?![^\W_])[,!.]? )*"
_MAY = r"(?:can|could|may|might|should|would)"
_WHO = r"(?:you|we|i|somebody|someone|the board)"
_WOULD = rf"(?:{_MAY} {_WHO}|(?:i|we)(?:'d like| would like| want)(?: you)? to)"
_MOVING = r"(?:move|postpone|defer|push back|put back|re-?plan|re-?schedule)"
_MOVED = r"(?:be (?:moved|postponed|deferred|pushed back|put back|re-?planned|re-?scheduled)|move|go|come)"
_ACTIVE = re.compile(rf"{_SMALL}(?:{_WOULD},? (?:please )?(?:possibly )?)?{_MOVING} (?:back )?(?:action )?")
_PASSIVE = re.compile(rf"{_SMALL}{_MAY} (?:action )?")
_LONGER = re.compile(
    rf"{_SMALL}(?:{_MAY} (?:i|we) (?:please |possibly )?(?:have|get|ask for)|"
    r"(?:i|we) (?:will |would )?(?:need|want|ask for))"
    r" (?:an extension|more time|(?:a bit |a little )?longer)(?: please)? (?:on|for|with|to) (?:action )?"
)
_BE = re.compile(rf",? (?:please |possibly )?{_MOVED}(?: back)?(?: please)?(?= (?:in)?to | until | till )")
_UNTIL = re.compile(r"[ ,]+(?:until|till) ")
_END = re.compile(r"(?:[ ,]+(?:please|thanks|thank you|if possible|if that's ok))*[ ?.!]*$")


def as_command(text: str, vocabulary: Vocabulary) -> str:
    """Return `move REF to MEETING because …` where the text is such a wish, else the text itself."""
    words = clean(text)
    if len(words) > _LONGEST or "\n" in words:
        return text
    folded = fold(words)
    asked = _file_or_meeting(words, folded) or _carry(words, folded, vocabulary)
    if asked:
        return asked
    active = _ACTIVE.match(folded)
    active = active or _LONGER.match(folded)
    found = active or _PASSIVE.match(folded)
    seen = ref_at(folded, found.end(), vocabulary) if found is not None else None
    if found is None or seen is None:
        return text
    rest = words[seen.end :]
    if active is None:
        be = _BE.match(folded, seen.end)
        if be is None:
            return text
        rest = words[be.end() :]
    rest = rest[: _END.search(fold(rest)).start()]  # type: ignore[union-attr]
    until = _UNTIL.match(fold(rest))
    return f"move {words[seen.start : seen.end]}{' to ' + rest[until.end() :] if until else rest}"


_PLEASE = (
    r"(?:(?:please|hi|hello)[, ]+)*"
    r"(?:(?:can|could|may) (?:i|we|you) (?:please )?|(?:i|we) (?:need|want|would like) (?:to )?)?"
)
_FILE = re.compile(
    rf"{_PLEASE}(?:have|get|send me|email me|export|download)? ?(?:me )?(?:the |an? |our )?"
    r"(?:(?:whole |latest )?(?P<what>action log|action plan|plan|actions|spreadsheet|excel(?: file| sheet)?|workbook|"
    r"csv|export)"
    r"(?: of (?:all )?(?:the |our )?(?:actions|plan))?)"
    r"(?: (?:as|in|to) (?:an? )?(?P<how>excel|xlsx|spreadsheet|csv|yaml)(?: file)?)?(?: please)?[ ?.!]*"
)
_SENT = re.compile(r"(?:send me|email me|export|download|have|get) ?")
_MEETING = re.compile(
    r"(?:please )?(?P<verb>cancel|move|postpone|put back) the (?P<when>[^,;.\n]{2,40}?) meeting(?P<rest>$|[ ,.][^\n]*)"
)
_FORWARD = re.compile(r"(?:please )?carry (?P<early>forward )?(?:action )?(?=\S)")
_AND = re.compile(r"[ ]?(?:,|and|&)[ ]?(?:and )?")


def _file_or_meeting(words: str, folded: str) -> str:
    """Read "send me the action log" as `export`, "cancel the October meeting …" as `meeting cancel October …`."""
    found = _FILE.fullmatch(folded)
    if found is not None and _SENT.search(folded):
        kinds = {"csv": "csv", "yaml": "yaml"}
        return f"export {kinds.get(found['how'] or found['what'], 'xlsx')}"
    meeting = _MEETING.match(folded)
    if meeting is None or meeting["when"] in ("next", "last"):
        return ""
    verb = "cancel" if meeting["verb"] == "cancel" else "move"
    return f"meeting {verb} {words[meeting.start('when') : meeting.end('when')]}{words[meeting.start('rest') :]}"


def _carry(words: str, folded: str, vocabulary: Vocabulary) -> str:
    """Read "carry healthy-5 forward to October" and "carry forward healthy-5 and 9sep-1 to October" as the outcome."""
    found = _FORWARD.match(folded)
    if found is None:
        return ""
    refs, place = [], found.end()
    while (seen := ref_at(folded, place, vocabulary)) is not None:
        refs.append(seen.ref)
        joint = _AND.match(folded, seen.end)
        place = joint.end() if joint is not None else seen.end
        if joint is None:
            break
    rest = words[place:].strip()
    if not found["early"] and fold(rest).startswith(("forward", "over")):
        rest = rest.partition(" ")[2]
    elif not found["early"]:
        return ""
    return f"outcome {', '.join(refs)} carried forward {rest}".strip() if refs else ""
