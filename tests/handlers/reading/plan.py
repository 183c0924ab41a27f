"""Two small plans whose words the tests read: the Sefton example's, and one without themes whose refs are numbers."""

from datetime import date

from handlers.catalogue import REGISTRY
from handlers.reading.vocabulary import BoardWords, MeetingWords, PlainRefBook, PriorityWords, ThemeWords, Vocabulary

TODAY = date(2020, 9, 2)
GRAMMAR = REGISTRY.grammar
parse = GRAMMAR.parse

_TITLES = (
    "Children and young people are listened to",
    "Children and young people shape services",
    "Everyone's voice counts",
    "Children live in happy homes",
    "Children feel safe",
    "Families get early help",
    "Emotional health and wellbeing",
    "Healthy weight and an active life",
    "A healthy start in life",
    "Ready for school",
    "Good progress at school",
    "Ready for work and adult life",
)
_THEME_KEYS = ("heard", "happy", "healthy", "achieving")

SEFTON = Vocabulary(
    themes=(
        ThemeWords("heard", "Heard", ("voice",), (1, 2, 3)),
        ThemeWords("happy", "Happy", (), (4, 5, 6)),
        ThemeWords("healthy", "Healthy", ("health", "being healthy"), (7, 8, 9)),
        ThemeWords("achieving", "Achieving", ("achieve", "achievement"), (10, 11, 12)),
    ),
    priorities=tuple(
        PriorityWords(n, title, ("school readiness",) if n == 10 else (), _THEME_KEYS[(n - 1) // 3])
        for n, title in enumerate(_TITLES, start=1)
    ),
    boards=(
        BoardWords("partnership", "Children and Young People's Partnership Board", ("CYP board", "CYPPB")),
        BoardWords("hwb", "Health and Wellbeing Board", ("health and wellbeing",)),
        BoardWords("scrutiny", "Overview and Scrutiny Committee", ("O&S",)),
    ),
    meetings=(
        MeetingWords(1, "partnership", date(2020, 6, 17)),
        MeetingWords(2, "hwb", date(2020, 9, 9)),
        MeetingWords(3, "partnership", date(2020, 9, 16)),
        MeetingWords(4, "partnership", date(2020, 10, 23)),
        MeetingWords(5, "hwb", None, "2020-12"),
        MeetingWords(6, "partnership", date(2020, 11, 20), cancelled=True),
        MeetingWords(7, "partnership", date(2020, 12, 9)),
        MeetingWords(8, "scrutiny", date(2020, 11, 10)),
        MeetingWords(9, "partnership", date(2021, 3, 17)),
    ),
    refs=PlainRefBook(
        [f"heard-{n}" for n in range(1, 13)]
        + [f"happy-{n}" for n in range(1, 13)]
        + [f"healthy-{n}" for n in range(1, 10)]
        + ["16sep-1", "16sep-2", "16sep-3", "23oct-1"]
    ),
)

NUMBERED = Vocabulary(
    priorities=(PriorityWords(1, "Safer streets"), PriorityWords(2, "Better schools"), PriorityWords(7, "Jobs")),
    boards=(BoardWords("board", "Children's Board"),),
    meetings=(MeetingWords(21, "board", date(2020, 10, 1)), MeetingWords(22, "board", date(2020, 10, 29))),
    refs=PlainRefBook(["1.1", "1.12", "7.3", "7.4", "11.1", "7.10"]),
    example=lambda: "7.3",
)

EMPTY = Vocabulary()
