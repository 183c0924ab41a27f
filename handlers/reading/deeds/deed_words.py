"""The words in which a board decides and something is moved, by kind, beside those of `handlers.reading.lexicon`.

Each list is a closed kind of words. What they must not read: "carried on with it", "closed the school", "moved to
tears", "brought forward in the agenda", "noted"; what follows them, and is not explained, puts them in doubt
(`handlers.reading.deeds.decided`).

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from collections.abc import Iterator

from handlers.reading.lexicon import PhraseValue, TokenKind, ways
from handlers.reading.tokens import lexicon_entries
from models.enums import OutcomeKind

_AGREE = "agree|agreed|approve|approved|accept|accepted|endorse|endorsed|sign off|signed off|sign it off|ratified"
_END = "close|closed|closing|complete|completed|finish|finished|done|discharge|discharged"
DONE_TOO = frozenset(ways("complete|completed|finish|finished|done|done and dusted|finished with"))
"""What a lead says of an action, too."""
EVERYDAY = frozenset(ways("|now", "everyday work|business as usual|bau"))
"""What becomes of an action that is closed without being done; it is the reason as well."""
OUT_OF_TIME = frozenset(ways("ran out of time|run out of time", "|for|on|before we got to"))
"""What became of an action, where nothing else is said of it; else why: "not reached, ran out of time"."""
_OUTCOMES: dict[OutcomeKind, tuple[str, ...]] = {
    OutcomeKind.NOT_AGREED: (
        *ways("not|not yet", _AGREE),
        *ways(
            "reject|rejected|refused|sent back|send back|referred back|refer back|turned down|thrown out|knocked back"
        ),
        *ways("back to", "the lead|lead|its lead|the leads|the drawing board"),
    ),
    OutcomeKind.CLOSED_NOT_DONE: (
        *ways("closed|close|agreed", "|as", "not done|not complete|not completed|incomplete|not finished"),
        *ways("withdraw|withdrawn|dropped|drop|abandoned|abandon|scrapped|scrap|discontinued|struck off|stood down"),
        *EVERYDAY,
    ),
    OutcomeKind.NO_DECISION: (
        *ways("no", "|clear|final|formal", "decision|outcome|conclusion|decisions|conclusions", "|reached|taken|made"),
        *ways(
            "not|wasn't|weren't|was not|were not|hasn't been|haven't been|has not been|have not been",
            "reached|taken|discussed|considered|decided|heard|covered|dealt with|got to|looked at",
        ),
        *ways("didn't|did not", "get to|get round to|reach|discuss|consider|cover"),
        *ways("never", "reached|got to|discussed"),
        *ways("nothing", "decided|reached|settled|concluded"),
        *ways("undecided|out of time for"),
        *OUT_OF_TIME,
    ),
    OutcomeKind.CLOSED: (
        *ways(f"{_END}|{_AGREE}"),
        *ways(_AGREE, "as|to be|to", "complete|completed|closed|done|finished|close"),
        *ways("|can|to|to be|be|may|now", "be|now", "closed|completed|signed off|discharged"),
        *ways("can be closed|can close|agreed for closure|closed off|closed down|done and dusted|finished with"),
        *ways("noted and", "closed|complete|completed"),
        *ways(
            "|can|to|to be|be|may|now",
            "come off|comes off|came off|taken off|take it off|take off|took it off|drop off|drops off",
            "|now|the list|the log|the tracker|the action log|our list|our log",
        ),
        *ways("|be|to be|is", "fine by|fine with|ok with|okay with|good with|accepted by|agreed by|approved by"),
    ),
}
PROPOSED_ONES = frozenset(
    (
        *ways(
            "everything|all|all those|those|all of those|the ones|all the ones|anything|whatever|the actions",
            "|that was|that were|which was|which were",
            "proposed",
            "|for closure|to be closed|to close",
        ),
        *ways("all the|the|all", "proposed", "ones|closures|actions"),
        *ways("all the|all|the", "proposals|closures", "|proposed|for closure"),
    )
)
"""What was proposed for closure, all of it."""
REPLACED = frozenset(
    ways("superseded by|replaced by|replaced with|overtaken by|merged into|merge into|subsumed by|rolled into|merge")
)
_CARRIED = (
    *ways("carry|carried|carrying|roll|rolled|held|hold|bring|taken|take", "forward|over|fwd|forwards|across"),
    *ways("carry it|carry them|hold it|hold them", "forward|over"),
    *ways("c / f|c / fwd|cf|cfwd|c / forward|defer|deferred|deferring|postpone|postponed|adjourn|adjourned"),
    *ways("roll|rolls|rolled|slip|slips|slipped", "over|on"),
    *ways("held|put", "over|off"),
)
"""To another meeting, whatever follows."""
_SHIFT = (
    *ways("move|moves|moved|moving|shift|shifts|shifted|push|pushes|pushed|slip|slips|slipped|bump|bumped"),
    *ways("reschedule|rescheduled|re-schedule|re-plan|replan|replanned|delay|delayed|extend|extended|changed|change"),
    *ways("put|push|pushed|set|move|moved|knock|knocked|went|gone|goes", "back|off"),
    *ways("take|taken|takes|bring|brought|brings|put|give|given|come|comes|go|goes|roll|hold|wait|carry|carried"),
    *ways("bring|brought|move|moved", "forward|back"),
    *ways("return|returns|returned|to return|to come back|comes back|brought back|bring back|bring it back"),
    *ways("should be|to be|is", "due"),
)
"""To another meeting, where one is named."""
MORE_TIME = frozenset(
    ways("an extension|extension|extend|more time|longer|a bit longer|bit more time|a little longer|extra time")
)
_TIME_WANTED = (
    *ways("have|get|need|want|needs|wants|like|ask for|rather have|ask that|hoping for|chance of|any chance of"),
    *sorted(MORE_TIME),
)
"""What somebody says who asks for another meeting."""
_LEFT = (
    *ways("all|everything|whatever", "|that is|that's|thats|that are|which is|which are", "left|left over|undecided"),
    *ways("all|everything|whatever", "|that", "remains"),
)
"""What a meeting has not decided on yet."""
_NOTED = ways("noted|note|notes|received|considered|discussed|minuted|presented|deferred to the minutes")
WHO_DECIDES = frozenset(
    ways("|the", "board|boards|members|committee|meeting|partnership|partners|panel|chair|everyone|they|we all")
)
_DECIDING = (
    *WHO_DECIDES,
    *ways("resolved|resolve|it was resolved|agreed that|decided|decide|voted|it was agreed|decided that|resolved that"),
    *ways("happy|content|pleased|willing|keen|minded", "to|with|for|that"),
    *ways("unanimously|formally|outcome|outcomes|decision|was|were|has been|have been|had been|is now|all|that"),
    *ways("at the meeting|last night|in the end|on the day|this afternoon|at yesterday's board|by then"),
)
"""Who decides, and the words around a decision that change nothing of it."""
_MINUTE = ways(
    "minute|minutes|min|mins|item|items|m|minute ref|minute reference|min ref|minute no|minute number|min no|item no"
)
_NEXT = (
    *ways("|the", "next", "meeting|one|board|time|mtg|agenda|partnership"),
    *ways("the next|one more meeting|another meeting|the following meeting|following meeting|a meeting later"),
    *ways("back a meeting|on a meeting|by a meeting|a meeting on|on one meeting|back one meeting"),
)
_TARGET = ways("to|until|till|til|for|into|=>|->|in|on to|onto|at|by|as far as")
_MOVING = frozenset(("move", "moved", "put", "set", "change", "gone", "go", "record", "leave", "make", "have"))
"""Verbs that say nothing of a status, and something of a meeting."""


def deed_entries() -> Iterator[tuple[str, TokenKind, PhraseValue]]:
    """Yield the words of decisions, then those that answers are read by; of a phrase the first kind wins."""
    kinds = TokenKind
    for kind, phrases in _OUTCOMES.items():
        for phrase in phrases:
            yield phrase, kinds.OUTCOME, kind
    for phrase in REPLACED:
        yield phrase, kinds.OUTCOME, OutcomeKind.CLOSED_NOT_DONE
    for phrase in _CARRIED:
        yield phrase, kinds.OUTCOME, OutcomeKind.CARRIED_FORWARD
    for phrase in PROPOSED_ONES:
        yield phrase, kinds.ALL, 0
    for phrase in _LEFT:
        yield phrase, kinds.REST, 0
    for phrases, kind_ in (
        (_NEXT, kinds.NEXT),
        (_NOTED, kinds.NOTED),
        (_TIME_WANTED, kinds.TIME_WANTED),
        (_SHIFT, kinds.SHIFT),
        (_MINUTE, kinds.MINUTE),
        (_TARGET, kinds.TARGET),
        (_DECIDING, kinds.DECIDING),
    ):
        for phrase in phrases:
            yield phrase, kind_, None
    for phrase, kind_, meaning in lexicon_entries():
        if kind_ is not kinds.SMALL or not _MOVING & set(phrase.split()):
            yield phrase, kind_, meaning
