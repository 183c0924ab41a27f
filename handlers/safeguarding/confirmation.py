"""Decide on words that may identify a child, whichever way they come in: refused, asked about, or let through.

Every path that stores people's words asks `objection`. Its question carries no buttons: the way the words came in adds
them (`asked_first`), since only it knows how to do the same again once the writer has pressed.
Source: docs/explanation/data-protection.md.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.context import RequestContext
from handlers.press_codec import MaybeStatus, Number, PressValue, Words, press_button
from handlers.reading.withheld import withheld_in
from handlers.responses import Content, FormErrors, NotDone, Response, say
from handlers.safeguarding.detection import Doubt, DoubtKind, asking, doubts, refusal, refused
from handlers.safeguarding.people_known import names_of_the_plan

RECORD_MAX = 1500
"""Characters of words that a button can carry; longer ones go through the command or the form."""
RECORD_ROOM, BUTTON_ROOM = 1900, 1980
"""The same, and all that a button carries, as Slack may count it: with its own marks escaped, and an emoji as two."""
SURE = "sure"
"""The name of the box that says the same as *No, it identifies nobody: record it* in a form."""
SURE_LABEL = "No, it identifies nobody: record it"
SURE_BOX = "It identifies nobody: record it"
REWORD_LABEL = "Let me reword"
REASON_IS_PUBLIC = (
    "Everybody can read a reason, so nothing was changed: leave out what is not for publication, or say that in an "
    "update."
)
BY_COMMAND, BY_WORDS, BY_RECORD = "c", "p", "r"
"""How the words came in: after a command, as plain words, by *Record for REF*."""


def objection(ctx: RequestContext, words: str, typed: str = "") -> Response | None:
    """Return why some words are not stored yet, or None where they may be.

    A number that stands for one person is refused; what may identify a child is asked about, unless the writer has
    said that it does not. `typed`: what goes back to the writer, where it is more than the words.
    """
    what = refused(words)
    if what:
        return say(refusal(what), typed=typed or words)
    question = "" if ctx.sure else asking(doubts_here(ctx, words))
    return Response(Content(question, typed=typed or words), doubtful=True) if question else None


def doubts_here(ctx: RequestContext, words: str) -> tuple[Doubt, ...]:
    """Return what in some words may identify a child, to whom the people of the plan are known."""
    found = doubts(words)
    named = any(doubt.kind in {DoubtKind.NAME, DoubtKind.INITIALS} for doubt in found)
    return doubts(words, names_of_the_plan(ctx)) if named else found


def check_reason(ctx: RequestContext, reason: str) -> None:
    """End the request on an objection to the reason of a decision, which is public: none of it can be held back."""
    objected = say(REASON_IS_PUBLIC, typed=reason) if _is_held(reason) else objection(ctx, reason)
    if objected is not None:
        raise NotDone(objected)


def _is_held(reason: str) -> bool:
    """Return whether a reason says of itself that it is not for publication."""
    return withheld_in(reason) is not None


class WordsAgain(PressValue):
    """Words that are asked about, and how they came in: `how` is one of `BY_…`.

    `thread`: where plain words stand; `action` and `status`: what *Record for REF* would have recorded.
    """

    words_in = "words"

    how: Words = ""
    thread: Words = ""
    action: Number = 0
    status: MaybeStatus = None
    words: Words = ""

    @classmethod
    def _old_fields_in(cls, text: str) -> dict[str, Any]:
        """Read "c|words", "p|thread|words" or "r|action|status|words"."""
        how, _, rest = text.partition("|")
        names = {BY_WORDS: ("thread", "words"), BY_RECORD: ("action", "status", "words")}.get(how, ("words",))
        return {"how": how, **dict(zip(names, rest.split("|", len(names) - 1), strict=False))}


class RecordSurely(WordsAgain):
    """*No, it identifies nobody: record it*."""

    verb = "sure"


class Reword(WordsAgain):
    """*Let me reword*."""

    verb = "reword"


def asked_first(given: Response, again: RecordSurely) -> Response:
    """Put the two buttons under a question about words; anything else is given back as it was.

    `again`: what is done when the writer presses.
    """
    if not given.doubtful or not isinstance(given.content, Content):
        return given
    if not fits_a_button(again):
        return replace(
            given,
            content=replace(
                given.content,
                intro=(
                    f"That is {len(again.words):,} characters, more than can be asked about here: please leave that "
                    "piece out, or shorten it, and send it again.",
                ),
            ),
        )
    buttons = (press_button(SURE_LABEL, again), press_button(REWORD_LABEL, Reword(**vars(again)), "primary"))
    return replace(given, content=replace(given.content, buttons=buttons))


def fits_a_button(value: PressValue) -> bool:
    """Return whether a button can carry this, as Slack counts it."""
    words = getattr(value, value.words_in)
    return len(words) <= RECORD_MAX and size_in_slack(value.encode()) <= BUTTON_ROOM


def size_in_slack(words: str) -> int:
    """Count characters as Slack may: escaped, an emoji as two."""
    return sum({"&": 5, "<": 4, ">": 4}.get(each, 1 + (ord(each) > 0xFFFF)) for each in words)


def let_me_reword(_ctx: RequestContext, value: Reword) -> Response:
    """Answer *Let me reword*: nothing was recorded, and the words are the writer's again."""
    headline = "Nothing was recorded: please send it again in other words."
    if value.how != BY_COMMAND:
        # Their own message stands above with the words; this one keeps them no longer.
        return say(headline, "Please delete your own message too, if it names or describes a child.")
    return say(headline, typed=value.words)


def objection_to_form(ctx: RequestContext, fields: Mapping[str, str]) -> Response | None:
    """Return the objections to a form, a sentence at each field; a box may let those asked about through.

    The field `reason` of any form is the reason of a decision.
    """
    wrong = {name: refusal(what) for name, text in fields.items() if (what := refused(text))}
    if not wrong and _is_held(fields.get("reason", "")):
        wrong = {"reason": REASON_IS_PUBLIC}
    if wrong:
        return Response(FormErrors(wrong))
    if fields.get(SURE):
        return None
    found = {name: asking(seen) for name, text in fields.items() if (seen := doubts_here(ctx, text))}
    return Response(FormErrors(found, asks=True)) if found else None
