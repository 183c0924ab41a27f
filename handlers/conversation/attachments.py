"""A file without words: "which action, and one line?". Its link becomes the evidence once the words come.

The question stands in the thread of the file. Words in that thread take the link with them; so do words that came with
the file.
"""

from handlers.context import RequestContext
from handlers.conversation.confirmations import _MOST_SHOWN, RecordWords, as_it_stands
from handlers.conversation.near_misses import NotAnUpdate
from handlers.drafts import keep_draft, latest_draft, use_draft
from handlers.permissions import About, may
from handlers.press_codec import press_button
from handlers.reading.normalise import plain
from handlers.reading.social_acts import is_courtesy
from handlers.responses import Button, Response, say
from models.enums import Kind, Verb
from models.storage.tables import Action

_NO_WORDS = frozenset(
    ("", "attached", "see attached", "please see attached", "pls see attached", "as attached", "fyi", "for info",
     "here", "here it is", "here you go", "as requested", "as promised", "file attached", "report attached",
     "the report", "please find attached", "evidence")
)  # fmt: skip
_ASK = "Which action is that {what} for, and in one line, how does it stand? Nothing was recorded yet."


def without_words(text: str) -> bool:
    """Return whether what came with a file says nothing about any action."""
    return plain(text) in _NO_WORDS or is_courtesy(text)


def links_alone(text: str) -> tuple[str, ...]:
    """Return the addresses that are all of what was written; none where there are words as well."""
    pieces = text.split()
    return tuple(pieces) if pieces and all(one.startswith(("http://", "https://", "www.")) for one in pieces) else ()


def ask_about_file(
    ctx: RequestContext, refs: tuple[str, ...], links: tuple[str, ...], ts: str, what: str = "file"
) -> Response:
    """Return the question about a file without words; with buttons where it fits only a few actions."""
    link = " ".join(filter(None, links))
    if ctx.roles.person_id is not None and link and ts:
        keep_draft(ctx, _kind(ts), link)
    actions = [action for ref in refs[:_MOST_SHOWN] if (action := ctx.action(ref)) is not None]
    actions = [one for one in actions if may(ctx.roles, Verb.ANSWER, About(one.lead_post_id, one.board_id))]
    example = actions[0].ref if actions else ctx.vocabulary.example_ref
    return say(
        _ASK.format(what=what),
        f"Answer here, for instance “{example} on track, the report is out” or “done {example}”.",
        buttons=_buttons(actions, link) if link and what == "file" else (),
    )


def _buttons(actions: list[Action], link: str) -> tuple[Button, ...]:
    if not actions:
        return ()
    record = [
        press_button(f"Record for {one.ref}: {as_it_stands(one)}", RecordWords(action=one.id, words=link))
        for one in actions
    ]
    if len(actions) == 1 and actions[0].kind is not Kind.STANDING:
        one = actions[0]
        record.append(
            press_button(f"It shows that {one.ref} is done", RecordWords(action=one.id, words=f"done {link}"))
        )
    return (*record, press_button("Not an update", NotAnUpdate()))


def evidence_in(ctx: RequestContext, thread_ts: str) -> str:
    """Return the link of the file this person put at the head of a thread in the last day; "" otherwise."""
    row = latest_draft(ctx, _kind(thread_ts)) if thread_ts else None
    return row.words if row is not None else ""


def evidence_used(ctx: RequestContext, thread_ts: str) -> None:
    """Note that its link is on record: the next words in the thread are only words."""
    row = latest_draft(ctx, _kind(thread_ts)) if thread_ts else None
    if row is not None:
        use_draft(ctx, row)


def _kind(ts: str) -> str:
    return f"file {ts}"[:64]
