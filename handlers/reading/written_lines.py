"""The lines of a message while it is read for the first time: what stays, and what goes as which kind of furniture."""

from dataclasses import dataclass
from enum import StrEnum


class Furniture(StrEnum):
    """What stands in a message beside its writer's own words."""

    HEADER = "header"
    SUBJECT = "subject"
    QUOTED = "quoted"
    FORWARDED = "forwarded"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    BANNER = "banner"
    DEVICE = "device"
    GREETING = "greeting"
    RULE = "rule"
    STRUCK = "struck"
    CODE = "code"


@dataclass(slots=True)
class WrittenLine:
    """One line: as written, folded, whether a blank line stood before it, and as what it goes (None: it stays)."""

    words: str
    folded: str
    gap: bool
    taken: Furniture | None = None

    @property
    def quotes(self) -> bool:
        """Whether the line stands behind a mark of quotation; "> 90%" alone means more than."""
        return self.words.startswith(">")


def own(lines: list[WrittenLine]) -> list[WrittenLine]:
    """Return the lines that stay."""
    return [line for line in lines if line.taken is None]


def take(lines: list[WrittenLine], kind: Furniture) -> None:
    """Take out those of some lines that had stayed so far."""
    for line in lines:
        if line.taken is None:
            line.taken = kind


def split_off(lines: list[WrittenLine], line: WrittenLine, place: int) -> WrittenLine:
    """Put the words of a line from a place on into a line of their own behind it, and return that."""
    rest = WrittenLine(line.words[place:], line.folded[place:], gap=False)
    line.words, line.folded = line.words[:place].rstrip(), line.folded[:place].rstrip()
    lines.insert(next(at for at, one in enumerate(lines) if one is line) + 1, rest)
    return rest


def words_of(*lines: str) -> frozenset[str]:
    """Return the words and phrases of a list, parted by bars."""
    return frozenset(phrases_of(*lines))


def phrases_of(*lines: str) -> tuple[str, ...]:
    """Return the phrases of a list, parted by bars, in its order."""
    return tuple("|".join(lines).split("|"))
