"""The first step of reading: what was typed, to its writer's own words (`normalise`), and to what can be compared.

`quotequail`, a library for quoted mail, was tried and is not used: docs/decisions/0080-mail-is-read-line-by-line.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from handlers.reading.dictation import written_out
from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.mail_notices import take_greeting, take_notices
from handlers.reading.mail_signatures import take_signatures
from handlers.reading.mail_threads import take_quotations
from handlers.reading.text_lines import TextLine, lines_of
from handlers.reading.typed_marks import plain_characters, without_marks
from handlers.reading.written_lines import Furniture, WrittenLine, own, phrases_of, words_of

QUOTE_LENGTH = 60
"""Characters of what was typed that are repeated inside a sentence; the whole goes back beside it."""

_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_EMOJI_NAME = re.compile(r"(?<![^\W_])(?<!/):(?=[^:\s]*[a-z])[a-z0-9_+'-]{1,60}:")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_SAME = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201b": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2015": "-",
        "\u2212": "-",
    }
)

_UNITS = phrases_of(
    "nought|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen",
)
_ORDINALS = phrases_of("first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth")
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
NUMBER_WORDS: dict[str, int] = (
    {word: number for number, word in enumerate(_UNITS)}
    | {word: number for number, word in enumerate(_ORDINALS, start=1)}
    | _TENS
    | {f"{tens}-{unit}": base + n for tens, base in _TENS.items() for n, unit in enumerate(_UNITS[:10]) if n}
)
_TABS = re.compile(r" *\t *")
_MANY_SPACES = re.compile(r"[^\S\n\t]+")
_MOST_ROUNDS = 12
_WIDE_LETTER = lazy_regex("[\uff21-\uff3a\uff41-\uff5a]")
_INTRODUCES = words_of(
    "fw|fwd|forwarded|forwarding|fyi|see|below|attached|as|please|pls|can|could|you|log|record|records|this|for|your|the",
    "a|an|info|information|message|update|reply|email|e-mail|answer|came|in|and|above|here|is",
)
"""The words with which people hand on what others wrote: "Fwd from the police", "FYI, see below"."""
_LONGEST_INTRODUCTION = 80
_WORDS_OF_OTHERS = (Furniture.QUOTED, Furniture.FORWARDED, Furniture.CODE)


@dataclass(frozen=True, slots=True)
class Removed:
    """Lines that went, as one kind of furniture. `at`: the place in the text where they stood."""

    kind: Furniture
    words: str
    at: int


@dataclass(frozen=True)
class Text:
    r"""What somebody wrote, read for the first time.

    `text`: the writer's own words, which may be stored; lines end in `\n`, the cells of a row are parted by tabs.
    `folded`: the same for comparing, character by character in the same place. `removed`: what went, in its order.
    `guessed`: the text has marks that were dictated, or letters of another width: what is read in it is shown first.
    """

    text: str
    folded: str
    removed: tuple[Removed, ...] = ()
    guessed: bool = False

    @cached_property
    def lines(self) -> tuple[TextLine, ...]:
        """The lines with their list marks and cells."""
        return lines_of(self.text)

    @property
    def quotations(self) -> tuple[Removed, ...]:
        """What others wrote; `FORWARDED` where the writer said nothing beside it."""
        return tuple(one for one in self.removed if one.kind in _WORDS_OF_OTHERS)

    @property
    def subject(self) -> str:
        """The words of a subject line over the writer's own, "FW: healthy-5", without its marks; else ""."""
        subjects = [one.words for one in self.removed if one.kind is Furniture.SUBJECT]
        return subjects[-1].rpartition(":")[2].strip() if subjects else ""

    @cached_property
    def forwarded(self) -> str:
        """What others wrote, without their own furniture, where the writer at most introduced it; else ""."""
        if self.text and not (self.quotations and _introduces(self.folded)):
            return ""
        inner = "\n".join(line.lstrip("> ") for one in self.quotations for line in one.words.split("\n"))
        return normalise(inner).text or inner.strip()


def _introduces(folded: str) -> bool:
    """Return whether words only say that what others wrote follows, and from whom."""
    what, _, source = f" {folded.rstrip(' .:,!')}".partition(" from ")
    words = what.replace(",", " ").replace(":", " ").split()
    short = len(folded) <= _LONGEST_INTRODUCTION and not set(source) & set(".,:;?!\n")
    return short and _INTRODUCES.issuperset(words)


def normalise(raw: str) -> Text:
    """Return what somebody wrote without the furniture of mail, with plain characters and without marks of formatting.

    Nothing in the text stands in another order than it was typed in. Other than typed are: entities, emoji names and
    characters of full width (the character meant), accents (composed), dictated marks, and white space. Read again, the
    text is the same. Where nothing but furniture was written all of it stays, unless others wrote it.
    """
    lines = _split(plain_characters(raw))
    guessed = not raw.isascii() and _WIDE_LETTER().search(raw) is not None
    for _ in range(_MOST_ROUNDS):
        before = [(line.words, line.taken) for line in lines]
        _take_furniture(lines)
        lines, dictated = _reworded(lines)
        guessed = guessed or dictated
        if before == [(line.words, line.taken) for line in lines]:
            break
    return _text(lines, guessed)


def _split(text: str) -> list[WrittenLine]:
    """Return the lines of a text that are not empty; what stands in a block of code goes, an open block is none."""
    pieces = text.split("```")
    if len(pieces) % 2 == 0:
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    lines: list[WrittenLine] = []
    for place, piece in enumerate(pieces):
        gap = False
        for words in piece.split("\n"):
            words = _tidy(words)
            if words:
                lines.append(WrittenLine(words, fold(words), gap, Furniture.CODE if place % 2 else None))
            gap = not words
    return lines


def _tidy(line: str) -> str:
    """Return a line with single spaces; a tab stays between cells, and before the first where that is empty."""
    line = _MANY_SPACES.sub(" ", line)
    if "\t" not in line:
        return line.strip()
    bare = _TABS.sub("\t", line).rstrip().lstrip(" ")
    return bare if "\t" in bare.lstrip() else bare.lstrip()


def _take_furniture(lines: list[WrittenLine]) -> None:
    take_quotations(lines)
    others = any(line.taken for line in lines)
    take_notices(lines)
    take_signatures(lines)
    take_greeting(lines)
    if not others and not own(lines):
        for line in lines:
            line.taken = None


def _reworded(lines: list[WrittenLine]) -> tuple[list[WrittenLine], bool]:
    """Return the lines with the marks of formatting gone from those that stay, and whether marks were dictated."""
    given: list[WrittenLine] = []
    for line in lines:
        words, struck = without_marks(line.words) if line.taken is None else (line.words, "")
        if struck:
            given.append(WrittenLine(struck, "", gap=False, taken=Furniture.STRUCK))
        if words != line.words:
            words = _tidy(plain_characters(words))
            line = WrittenLine(words, fold(words), line.gap)
        if line.words:
            given.append(line)
    whole = "\n".join(line.words for line in own(given))
    written = written_out(whole)
    if written != whole:
        return [line for line in given if line.taken] + _split(written), True
    return given, False


def _text(lines: list[WrittenLine], guessed: bool) -> Text:
    """Return the text of the lines that stay, and the others with their places in it."""
    words: list[str] = []
    removed: list[Removed] = []
    length = 0
    before: Furniture | None = None
    nothing = not own(lines)
    for line in lines:
        if line.taken is None:
            words.append(line.words)
            length += len(line.words) + 1
        else:
            kind = Furniture.FORWARDED if nothing and line.taken is Furniture.QUOTED else line.taken
            same = before is line.taken and kind is not Furniture.RULE
            said = f"{removed.pop().words}\n{line.words}" if same else line.words
            removed.append(Removed(kind, said, length))
        before = line.taken
    text = "\n".join(words)
    return Text(text, fold(text), tuple(removed), guessed)


def clean(text: str) -> str:
    """Return the same words with single spaces, single line ends and nothing invisible."""
    visible = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    return _SPACES.sub(" ", _LINES.sub("\n", visible)).strip()


def fold(text: str) -> str:
    """Return text in lower case with plain quotes and dashes, as many characters, so that places agree.

    Nothing is read inside the name of an emoji (`:team_on_track:`), so its letters are left out.
    """
    if ":" in text:
        text = _EMOJI_NAME.sub(lambda found: f":{'_' * (len(found[0]) - 2)}:", text)
    if text.isascii():
        return text.translate(_SAME).lower()
    return "".join(low if len(low := char.lower()) == 1 else char for char in text.translate(_SAME))


def plain(text: str) -> str:
    """Return the form in which names and commands are compared: cleaned, folded, one line, no trailing . ? !"""
    return fold(clean(text)).replace("\n", " ").rstrip(" .?!,;:").lstrip(" ,;:")


def quoted(text: str) -> str:
    """Return text on one line between quotation marks, cut when it is long."""
    line = clean(text).replace("\n", " ")
    return f"“{line if len(line) <= QUOTE_LENGTH else line[: QUOTE_LENGTH - 1].rstrip() + '…'}”"


def join_words(parts: Iterable[str], last: str = "or", between: str = ", ") -> str:
    """Join `a`, `b`, `c` as "a, b or c"."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{between.join(items[:-1])} {last} {items[-1]}"
