"""Decide on words that may identify a child, whichever way they come in: refused, asked about, or let through.

Every path that stores people's words asks `objection`. Its question carries no buttons: the way the words came in adds
them (`asked_first`), since only it knows how to do the same again once the writer has pressed.
Source: docs/explanation/data-protection.md.
"""

from collections.abc import Mapping
from dataclasses import replace

from handlers.context import RequestContext
from handlers.reading.source_phrases import split_held
from handlers.responses import Button, Content, FormErrors, Response, say
from handlers.safeguarding.detection import asking, doubts, refusal, refused

RECORD_MAX = 1500
"""Characters of words that a button can carry; longer ones go through the command or the form."""
RECORD_ROOM = 1900
"""The same as Slack may count it: with its own marks escaped, and an emoji as two."""
SURE = "sure"
"""The verb of *No, it identifies nobody: record it*, and the name of the box that says the same in a form."""
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
    question = "" if ctx.sure else asking(doubts(words))
    return Response(Content(question, typed=typed or words), doubtful=True) if question else None


def objection_to_reason(ctx: RequestContext, reason: str) -> Response | None:
    """Return the objection to the reason of a decision, which is public: none of it can be held back."""
    return say(REASON_IS_PUBLIC, typed=reason) if _is_held(reason) else objection(ctx, reason)


def _is_held(reason: str) -> bool:
    """Return whether a reason says of itself that it is not for publication."""
    return split_held(reason)[1] is not None


def asked_first(given: Response, how: str, typed: str) -> Response:
    """Put the two buttons under a question about words; return any other response as it was.

    `how`: one of `BY_…`; `typed`: what is done again when the writer presses.
    """
    if not given.doubtful or not isinstance(given.content, Content):
        return given
    value = f"{how}|{typed}"
    if not fits_a_button(value):
        return replace(
            given,
            content=replace(
                given.content,
                intro=(
                    f"That is {len(typed):,} characters, more than can be asked about here: please leave that piece "
                    "out, or shorten it, and send it again.",
                ),
            ),
        )
    buttons = (Button(SURE_LABEL, SURE, value), Button(REWORD_LABEL, "reword", value, style="primary"))
    return replace(given, content=replace(given.content, buttons=buttons))


def fits_a_button(value: str) -> bool:
    """Return whether a button can carry this, as Slack counts it."""
    return len(value) <= RECORD_MAX and size_in_slack(value) <= RECORD_ROOM


def size_in_slack(words: str) -> int:
    """Count characters as Slack may: escaped, an emoji as two."""
    return sum({"&": 5, "<": 4, ">": 4}.get(each, 1 + (ord(each) > 0xFFFF)) for each in words)


def let_me_reword(value: str) -> Response:
    """Answer *Let me reword*: nothing was recorded, and the words are the writer's again."""
    how, _, typed = value.partition("|")
    headline = "Nothing was recorded: please send it again in other words."
    if how != BY_COMMAND:
        # Their own message stands above with the words; this one keeps them no longer.
        return say(headline, "Please delete your own message too, if it names or describes a child.")
    return say(headline, typed=typed)


def objection_to_form(fields: Mapping[str, str]) -> Response | None:
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
    found = {name: asking(seen) for name, text in fields.items() if (seen := doubts(text))}
    return Response(FormErrors(found, asks=True)) if found else None
