"""What is asked once for a whole log where many rows have the same doubt: the questions, and what may be answered.

Source: docs/explanation/action-logs.md, What is asked.
"""

from dataclasses import dataclass

NO_DUE_MEETING, NEXT_MEETING, NOBODY = "no due meeting", "the next meeting", "nobody"
SEVERAL, LEAD_LEFT_OUT, NO_DAY, PAST, BETWEEN_MEETINGS = "several", "no lead", "no day", "past", "between"
TWO_DAYS, IN_WORDS, TWICE, CLOSED_ON = "two days", "in words", "twice", "closed on"
STRUCK_WORDS, BESIDE_STATUS, COMMENTS, UNIVERSAL = "struck", "beside", "comments", "universal"
MONTH_FIRST, MINUTES, WHO_IN_WORDS, UNDER_CLOSED = "month first", "minutes", "who in words", "under closed"
BY_MARKS = "by marks"


@dataclass(frozen=True, slots=True)
class LogRule:
    """A question whose answer holds for every row of a log. The first of `choices` is taken without an answer."""

    say: str
    choices: tuple[str, ...]


MARKS, NAMES, GROUPS, DAYS, COLUMNS = "marks", "names", "groups", "days", "columns"
PAIRS = {
    COLUMNS: ("column", "Is a column something else?"),
    GROUPS: ("who", "These are several: which post leads for them? All that are meant support it."),
    NAMES: ("who", "Are these the posts that are meant?"),
    MARKS: ("status", "What do these words and marks mean?"),
    DAYS: ("due", "No single day is named: when are these due?"),
}
"""Questions answered in pairs, "Q3 = 31/12/2020; mid May = 15/5/2021": what each pair is about, and the words."""
BETWEEN_PAIRS, IN_PAIR = ";", "="

RULES = {
    SEVERAL: LogRule("Several are named as lead: which one leads? The others support.", ("the first", "the last")),
    LEAD_LEFT_OUT: LogRule("No lead stands in these rows: who leads?", (NOBODY, "as in the row above")),
    NO_DAY: LogRule("No day is named: when are they due?", (NO_DUE_MEETING, NEXT_MEETING)),
    PAST: LogRule("No year is said: which day is meant?", ("the one just past", "the one to come")),
    TWO_DAYS: LogRule("Several days stand in one cell: which is the due day now?", ("the last", "the first")),
    BETWEEN_MEETINGS: LogRule(
        "The board does not meet then: when are they due?", ("as proposed", "that day", NEXT_MEETING)
    ),
    IN_WORDS: LogRule("A day stands in the action’s words only: is it due then?", ("yes", NO_DUE_MEETING)),
    BY_MARKS: LogRule("Months are marked: is each due in the last of them?", ("yes", NO_DUE_MEETING)),
    TWICE: LogRule("A ref is used more than once: what about the later ones?", ("a new ref each",)),
    CLOSED_ON: LogRule("It has a closing date: how does it stand?", ("proposed for closure", "as it is rated")),
    STRUCK_WORDS: LogRule("Its words are struck out: how does it stand?", ("proposed for closure", "as it is rated")),
    UNIVERSAL: LogRule("Some days end with a time in UTC: which day is meant?", ("the next", "the one written")),
    MONTH_FIRST: LogRule("One of these days has the month first: do they all?", ("yes", "no")),
    MINUTES: LogRule(
        "Actions stand in what was discussed: which words are theirs?", ("the action alone", "all that was said")
    ),
    WHO_IN_WORDS: LogRule(
        "Who acts stands in the action’s words only: who leads?", ("who is named there", "nobody, and all words stay")
    ),
    UNDER_CLOSED: LogRule(
        "These stand under actions that are over: how do they stand?", ("proposed for closure", "as they are rated")
    ),
    COMMENTS: LogRule(
        "Several columns hold comments: which is the latest?", ("the last that says something", "the first that does")
    ),
    BESIDE_STATUS: LogRule("Words stand beside a status: is it how the action stands?", ("yes", "no")),
}
