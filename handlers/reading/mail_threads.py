"""Find what others wrote in a message: the heads of mails and everything under them, quoted lines, lines of a chat.

Line by line, each looked at a bounded number of times. Formats: Outlook, Outlook for telephones, Gmail, Apple Mail,
Yahoo, Samsung, Lotus Notes, Teams, WhatsApp, in English and Welsh.
"""

from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.written_lines import Furniture, WrittenLine, own, split_off, take

_MEANS = {
    **dict.fromkeys(("from", "oddi wrth", "o"), "from"),
    **dict.fromkeys(("sent", "date", "received", "anfonwyd", "dyddiad"), "date"),
    **dict.fromkeys(("to", "at"), "to"),
    **dict.fromkeys(("cc", "bcc", "reply-to"), "cc"),
    **dict.fromkeys(("subject", "pwnc"), "subject"),
    **dict.fromkeys(("importance", "attachments", "when", "where", "sensitivity", "required", "optional"), "more"),
}
"""The names of the lines at the head of a mail; one alone is a word like any other ("To: follow")."""
_PARTING = {
    "original message",
    "forwarded message",
    "original appointment",
    "neges wreiddiol",
    "neges a anfonwyd ymlaen",
}
_REPLY_MARKS = ("re:", "fw:", "fwd:", "ateb:")
_TIME = lazy_regex(r"[0-9]{1,2}[:.][0-9]{2}")
_CHAT = lazy_regex(
    r"\[[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4},? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)?\] ?(?=[^\W\d])"
    r"|\[[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)?, [0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}\] ?(?=[^\W\d])"
    r"|[^\W\d_][\w '.-]{2,40} \[[0-9]{1,2}:[0-9]{2}(?: ?[ap]m)?\]$"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}, [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)? - (?=[^\W\d])"
)
_MORE_THAN = lazy_regex(r"> ?£?[0-9][0-9.,]*(?![^\W_])")
_LONGEST_ATTRIBUTION = 300


def take_quotations(lines: list[WrittenLine]) -> None:
    """Take out what others wrote, and what introduces it."""
    mine = own(lines)
    _quoted_lines(mine)
    place = no_head = 0
    while place < len(mine):
        if mine[place].taken is None:
            place, no_head = _introduced(mine, place, no_head)
        place += 1
    for line in own(lines):
        if "from: " in line.folded and _collapsed(lines, line):
            break
    _subject(own(lines))


def _introduced(lines: list[WrittenLine], place: int, no_head: int) -> tuple[int, int]:
    """Take out what is introduced at a line, if anything; return the last place done with, and where no head is."""
    folded = lines[place].folded
    if (folded[0] in "[0123456789" or folded[-1] == "]") and _CHAT().match(lines[place].folded):
        return _chat(lines, place), no_head
    end, tried = _head_end(lines, place, place < no_head)
    if end == place:
        return place, max(no_head, tried)
    take(lines[place:end], Furniture.HEADER)
    if end < len(lines) and lines[end].taken is Furniture.QUOTED:
        return end - 1, no_head
    take(lines[end:], Furniture.QUOTED)
    return len(lines), no_head


def _head_end(lines: list[WrittenLine], place: int, no_head: bool) -> tuple[int, int]:
    """Return where the head of a mail that begins at a line ends, its own place where none begins there.

    The second number is how far a block of header lines was followed in vain.
    """
    folded = lines[place].folded
    tried = 0
    if ":" in folded:
        end, tried = (place, 0) if no_head else _header_end(lines, place)
        end = end if end > place else _attribution_end(lines, place)
        if end > place:
            return end, tried
    if folded[:1] in "-_=*b" and _parts(folded):
        return max(place + 1, _header_end(lines, place + 1, sure=True)[0]), 0
    if folded[:2] == "__" and not folded.strip("_ "):
        end = _header_end(lines, place + 1)[0]
        return end if end > place + 1 else place, 0
    return place, tried


def _parts(folded: str) -> bool:
    """Return whether a line parts a mail from the one under it: "-----Original Message-----"."""
    words = folded.strip("-_=* ")
    if folded.startswith(("--", "__", "==")):
        return words in _PARTING or words.startswith("forwarded by ")
    return words == "begin forwarded message:"


def _meaning(folded: str) -> str:
    name, colon, value = folded.lstrip("* ").partition(":")
    return _MEANS.get(name, "") if colon and (value or name != "from") else ""


def _header_end(lines: list[WrittenLine], place: int, *, sure: bool = False) -> tuple[int, int]:
    """Return where a block of header lines ends, and how far it was followed; its own place where it is none.

    A block names a sender, and a day or a subject; `sure`: any of them will do.
    """
    meanings: set[str] = set()
    at = place
    while at < len(lines):
        meaning = _meaning(lines[at].folded)
        if meaning:
            meanings.add(meaning)
        elif not meanings or not _continues(lines, at):
            break
        at += 1
    whole = "from" in meanings and meanings & {"date", "subject"}
    return (at if whole or (sure and meanings) else place), at


def _continues(lines: list[WrittenLine], at: int) -> bool:
    """Return whether a line goes on with the addresses of the one before it."""
    return not lines[at].gap and (lines[at - 1].words.endswith((";", ",")) or "@" in lines[at].words)


def _attribution_end(lines: list[WrittenLine], place: int) -> int:
    """Return where "On Tue 1 Sep 2020 at 09:12, X wrote:" ends, which may be broken over three lines."""
    first = lines[place].folded
    if not first.startswith(("on ", "ar ")):
        stamped = first.endswith(":") and "@" in first and _TIME().search(first)
        named = (first.endswith(" wrote:") or stamped) and len(first) < _LONGEST_ATTRIBUTION
        return place + 1 if named and _quoted_at(lines, place + 1) else place
    joined = ""
    for at in range(place, min(place + 3, len(lines))):
        joined = f"{joined} {lines[at].folded[:_LONGEST_ATTRIBUTION]}"
        if joined.endswith("wrote:") or (" ysgrifennodd" in joined and joined.endswith(":")):
            dated = _TIME().search(joined) or "@" in joined
            return at + 1 if dated or _quoted_at(lines, at + 1) else place
    return place


def _quoted_at(lines: list[WrittenLine], at: int) -> bool:
    return at < len(lines) and lines[at].taken is Furniture.QUOTED


def _quoted_lines(lines: list[WrittenLine]) -> None:
    """Take out lines behind `>`, and everything behind Slack's `>>>`. "> 90% of schools" alone is a number."""
    quoting = [at for at, line in enumerate(lines) if line.quotes]
    if len(quoting) == 1 and _MORE_THAN().match(lines[quoting[0]].words):
        return
    take([lines[at] for at in quoting], Furniture.QUOTED)
    if quoting and lines[quoting[-1]].words.startswith(">>>"):
        take(lines[quoting[-1] :], Furniture.QUOTED)


def _collapsed(lines: list[WrittenLine], line: WrittenLine) -> bool:
    """Take out a mail whose line ends were lost, "… From: X Sent: … To: … Subject: …", and what follows it."""
    start = line.folded.find("from: ")
    dated = max(line.folded.find(" sent: ", start), line.folded.find(" date: ", start))
    if dated < 0 or line.folded.find(" subject: ", start) < 0:
        return False
    if start and not line.folded[start - 1].isspace():
        return False
    rest = split_off(lines, line, start)
    take(lines[next(place for place, one in enumerate(lines) if one is rest) :], Furniture.QUOTED)
    return True


def _chat(lines: list[WrittenLine], place: int) -> int:
    """Take out a line copied from a chat, "[14/08/2020 16:02] X: words", or the words under its stamp."""
    stamp = _CHAT().match(lines[place].folded)
    if stamp is not None and ":" in lines[place].folded[stamp.end() :]:
        lines[place].taken = Furniture.QUOTED
        return place
    lines[place].taken = Furniture.HEADER
    end = place + 1
    while end < len(lines) and not lines[end].gap and not _CHAT().match(lines[end].folded):
        end += 1
    take(lines[place + 1 : end], Furniture.QUOTED)
    return end - 1


def _subject(lines: list[WrittenLine]) -> None:
    """Take out a subject line that stands over words: "FW: …", "RE: RE: …". "Re: healthy-5, amber" is a person's."""
    for line in lines[:-1]:
        rest, marks = line.folded[:200], []
        while rest.startswith(_REPLY_MARKS):
            mark, _, rest = rest.partition(":")
            marks.append(mark)
            rest = rest.lstrip()
        if len(marks) < 2 and not set(marks) & {"fw", "fwd"}:
            return
        line.taken = Furniture.SUBJECT
