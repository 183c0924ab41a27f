"""How words were heard, and that they are not for publication, as people say it at the end of their words."""

from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from handlers.buttons import RecordNothing
from handlers.commands.answers import AnswerCommand, GiveUpdate, NoChange, NotOurs, ProposeClosure, ToFollow, Verbal
from handlers.context import RequestContext
from handlers.formatting import day_said, number_said
from handlers.press_codec import PressValue, Words, press_button
from handlers.reading.dates import NoDay
from handlers.reading.normalise import plain
from handlers.reading.source_phrases import Heard, split_heard, split_held
from handlers.responses import NotDone, Response, say
from handlers.safeguarding.confirmation import fits_a_button
from models.enums import Way
from models.plan.people_reads import organisations_of, posts_of_organisation
from models.plan.renames import names_of
from models.records.history import Signed
from models.storage.tables import Action, Organisation

SURE_POST = 88
"""How alike, of 100, what was typed and a post's title or label must be."""
MAYBE_POST = 70


@dataclass(frozen=True, slots=True)
class SourcedWords:
    """People's words, and what they said about them. `heard`: "by e-mail of Fri 4 Sep 2020"; `withheld`: why."""

    words: str
    withheld: str = ""
    heard: str = ""

    def signed(self, signed: Signed) -> Signed:
        """Return the signature, with how it was heard."""
        if not self.heard:
            return signed
        way = Way.EMAIL if self.heard.startswith("by e-mail") else signed.way
        return replace(signed, signature=f"{signed.signature}, {self.heard}", way=way)


def retyped(command: AnswerCommand, words: str) -> str:
    """Return an answer with other words, as it would be typed after `/cypp`."""
    match command:
        case GiveUpdate():
            return f"update {command.ref} {f'{command.status.value}, ' if command.status else ''}{words}"
        case ProposeClosure():
            return f"done {command.ref} {words}"
        case ToFollow():
            return f"update {command.ref} to follow by {command.by.isoformat()}, {words}"
        case NoChange():
            return f"no change {command.ref} {words}"
        case Verbal():
            return f"verbal {command.ref} {words}"
        case NotOurs():
            return f"not ours {command.ref} {words}"


def what_was_said(ctx: RequestContext, action: Action, command: AnswerCommand) -> SourcedWords:
    """Return an answer's words without what is about them, and that; ask where it is not plain."""
    words = command.words
    kept, withheld = split_held(words)
    if withheld is not None and not withheld:
        example = "Say for instance “…, not for publication because the tender is still open”."
        asks = f"Why is it not for publication? Nothing was recorded for {action.ref} yet."
        raise NotDone(say(asks, example, typed=words))
    if not _for_another(ctx, action):
        return SourcedWords(kept, withheld or "")
    left, heard = split_heard(kept, ctx.today)
    in_why = heard is None and bool(withheld)
    if in_why:
        left, heard = split_heard(withheld or "", ctx.today)
    meant = _lead_meant(ctx, action, heard, command, left) if heard else None
    if heard is None or meant is None:
        # "invitations sent by e-mail": part of what was done, not how it was heard.
        return SourcedWords(kept, withheld or "")
    if in_why:
        withheld = meant
    else:
        kept = meant
    if isinstance(heard.day, NoDay):
        asks = f"{heard.day.say} Nothing was recorded for {action.ref}: on which day was it said?"
        raise NotDone(say(asks, typed=words))
    if heard.day > ctx.today:
        asks = f"{day_said(heard.day)} is still to come, so nothing was recorded for {action.ref}"
        raise NotDone(say(f"{asks}: on which day was it said?", typed=words))
    return SourcedWords(kept, withheld or "", f"{heard.how} {day_said(heard.day)}")


def _for_another(ctx: RequestContext, action: Action) -> bool:
    """Return whether the asker answers as secretary or administrator, for somebody else's post."""
    keeps = ctx.roles.is_administrator or action.board_id in ctx.roles.secretary_of
    return keeps and action.lead_post_id is not None and action.lead_post_id not in ctx.roles.posts


def _lead_meant(ctx: RequestContext, action: Action, heard: Heard, command: AnswerCommand, left: str) -> str | None:
    """Return the words before the lead's post; ask where another post, or one not in the plan, was named."""
    lead = action.lead_post_id or 0
    best: tuple[float, str, int] = (0.0, "", 0)
    for typed, before in heard.posts:
        scores = {post_id: _alike(typed, label) for post_id, label in ctx.posts.items()}
        post_id = max(scores, key=lambda one: (scores[one], one == lead))
        if scores[post_id] >= SURE_POST and post_id == lead:
            return before
        best = max(best, (scores[post_id], typed, post_id))
    named = _organisation_meant(ctx, heard)
    if named is not None:
        return _of_organisation(ctx, action, command, *named)
    score, typed, post_id = best
    if score < MAYBE_POST:
        typed = next((one for one, _ in heard.posts if one[:1].isupper()), "")
        if not typed:
            return left if heard.apart else None
    known = ctx.posts[post_id] if score >= SURE_POST else f"“{typed}”"
    question = f"{action.ref} is led by {ctx.posts[lead]}, not by {known}: nothing was recorded yet."
    raise NotDone(_whose(ctx, lead, command, typed, question))


def _organisation_meant(ctx: RequestContext, heard: Heard) -> tuple[Organisation, str, str] | None:
    """Return an organisation that was named in place of a post, as typed, with the words before it."""
    rows = organisations_of(ctx.session)
    for typed, before in heard.posts:
        wanted = plain(typed).removeprefix("the ")
        fitting = [row for row in rows if wanted in {plain(name).removeprefix("the ") for name in names_of(row)}]
        if len(fitting) == 1:
            return fitting[0], typed, before
    return None


def _of_organisation(
    ctx: RequestContext, action: Action, command: AnswerCommand, row: Organisation, typed: str, before: str
) -> str:
    """Return the words before an organisation whose only post leads the action; else ask whose they are."""
    lead = action.lead_post_id or 0
    own = [post.id for post in posts_of_organisation(ctx.session, row)]
    if own == [lead]:
        return before
    label = ctx.posts[lead]
    has = f"{row.name} has {number_said(len(own), 'post')}, and " if lead in own else ""
    led = f"{action.ref} is led by {label}{'' if has else f', not by {row.name}'}: nothing was recorded yet."
    raise NotDone(_whose(ctx, lead, command, typed, f"{has}{led}"))


class AskAgain(PressValue):
    """*Record it for POST*: a command that the bot worded. Unlike what a press types, it is done once."""

    verb = "again"
    words_in = "words"
    old_form = ("words",)

    words: Words = ""


def _whose(ctx: RequestContext, lead: int, command: AnswerCommand, typed: str, question: str) -> Response:
    """Ask whose words they are, with a button that records them for the lead."""
    label, words = ctx.posts[lead], command.words
    place = words.rfind(typed)
    again = AskAgain(words=retyped(command, f"{words[:place]}{label.partition(',')[0]}{words[place + len(typed) :]}"))
    buttons = (press_button(f"Record it for {label}"[:70], again, "primary"),) if fits_a_button(again) else ()
    return say(
        f"{question} Whose words are they?",
        typed=words,
        buttons=(*buttons, press_button("Neither: record nothing", RecordNothing())),
    )


def _alike(typed: str, label: str) -> float:
    """Return how alike what was typed is to a post, by title or by title and organisation; a title begun counts."""
    typed, whole = default_process(typed).removeprefix("the "), default_process(label)
    title = default_process(label.partition(",")[0])
    begun = 90.0 if len(typed.split()) > 1 and f"{title} ".startswith(f"{typed} ") else 0.0
    return max(begun, fuzz.ratio(typed, whole), fuzz.ratio(typed, title))
