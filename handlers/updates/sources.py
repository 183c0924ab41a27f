"""How words were heard, and that they are not for publication, as people say it at the end of their words."""

from dataclasses import dataclass, replace

from handlers.buttons import RecordNothing
from handlers.commands.answers import AnswerCommand, GiveUpdate, NoChange, NotOurs, ProposeClosure, ToFollow, Verbal
from handlers.context import RequestContext
from handlers.formatting import day_said, number_said
from handlers.press_codec import PressValue, Words, press_button
from handlers.reading.dates import NoDay
from handlers.reading.likeness import Likeness
from handlers.reading.matching import NameMatch, find_name
from handlers.reading.plan_names import NameKind, PlanName
from handlers.reading.source_phrases import Heard, split_heard, split_held
from handlers.responses import NotDone, Response, say
from handlers.safeguarding.confirmation import fits_a_button
from models.enums import Way
from models.records.history import Signed
from models.storage.tables import Action


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
    best = NameMatch("")
    for typed, before in heard.posts:
        found = find_name(typed, ctx.vocabulary, NameKind.POST)
        if not found.sure and found.likeness is not Likeness.MISTYPED:
            continue
        if found.one is not None and found.one.id == lead:
            return before
        best = max(best, found, key=lambda one: one.likeness)
    named = _organisation_meant(ctx, heard)
    if named is not None:
        return _of_organisation(ctx, action, command, *named)
    typed = best.typed or next((one for one, _ in heard.posts if one[:1].isupper()), "")
    if not typed:
        return left if heard.apart else None
    known = best.one.label if best.one is not None else f"“{typed}”"
    question = f"{action.ref} is led by {ctx.posts[lead]}, not by {known}: nothing was recorded yet."
    raise NotDone(_whose(ctx, lead, command, typed, question))


def _organisation_meant(ctx: RequestContext, heard: Heard) -> tuple[PlanName, str, str] | None:
    """Return an organisation that was named in place of a post, as typed, with the words before it."""
    for typed, before in heard.posts:
        found = find_name(typed, ctx.vocabulary, NameKind.ORGANISATION)
        if found.one is not None and found.likeness >= Likeness.SHORT:
            return found.one, typed, before
    return None


def _of_organisation(
    ctx: RequestContext, action: Action, command: AnswerCommand, named: PlanName, typed: str, before: str
) -> str:
    """Return the words before an organisation whose only post leads the action; else ask whose they are."""
    lead = action.lead_post_id or 0
    own = [post.id for post in ctx.plan_names.posts if post.organisation.id == named.id]
    if own == [lead]:
        return before
    label = ctx.posts[lead]
    has = f"{named.label} has {number_said(len(own), 'post')}, and " if lead in own else ""
    led = f"{action.ref} is led by {label}{'' if has else f', not by {named.label}'}: nothing was recorded yet."
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
