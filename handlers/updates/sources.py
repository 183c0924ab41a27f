"""How words were heard, that they are not for publication, and what they ask of the board, said anywhere in them."""

from dataclasses import dataclass, replace

from handlers.buttons import RecordNothing
from handlers.commands.answers import AnswerCommand, GiveUpdate, NoChange, NotOurs, ProposeClosure, ToFollow, Verbal
from handlers.context import RequestContext
from handlers.formatting import day_said, number_said
from handlers.press_codec import PressValue, Words, press_button
from handlers.reading.board_asks import board_ask_in, with_ask
from handlers.reading.dates import NoDay
from handlers.reading.heard import Heard, source_in, without
from handlers.reading.normalise import plain
from handlers.reading.plan_names import NameKind
from handlers.reading.source_words import HeardBy
from handlers.reading.trimming import without_and, without_courtesies
from handlers.reading.withheld import withheld_in
from handlers.responses import NotDone, Response, say
from handlers.safeguarding.confirmation import fits_a_button
from models.enums import NEEDS_REASON, Status, Way
from models.plan.people_reads import person_of
from models.plan.serving import appointments, in_force
from models.records.history import Signed
from models.storage.tables import Action


@dataclass(frozen=True, slots=True)
class SourcedWords:
    """People's words, and what they said about them. `heard`: "by e-mail of Fri 4 Sep 2020"; `withheld`: why.

    `asks`: whether they ask something of the board, which then stands behind them (`handlers.reading.board_asks`).
    """

    words: str
    withheld: str = ""
    heard: str = ""
    asks: bool = False

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
    kept, heard = _source(ctx, action, command) if _for_another(ctx, action) else (command.words, "")
    home = ctx.calendar(action.board_id)
    boards = [one for one in ctx.vocabulary.boards if home is not None and one.key == home.board.key]
    ask = board_ask_in(kept, boards)
    mark = withheld_in(kept, ((ask.start, ask.end),) if ask else ())
    if mark is not None and (not mark.why or mark.doubt):
        example = "Say for instance “…, not for publication because the tender is still open”."
        asks = "Is that not for publication, and why?" if mark.doubt else "Why is it not for publication?"
        raise NotDone(say(f"{asks} Nothing was recorded for {action.ref} yet.", example, typed=command.words))
    if mark is not None and ask is not None and ask.start < mark.start < ask.end:
        kept, mark = without(kept, ((mark.start, mark.end),)), replace(mark, start=0, end=0)
        ask = board_ask_in(kept, boards)
    asked = ask if ask is not None and _rated(action, command) in NEEDS_REASON else None
    spans = [(one.start, one.end) for one in (mark, asked) if one is not None and one.end]
    kept = without(kept, spans) if spans else kept
    words = with_ask(kept, asked.ask if asked else "")
    return SourcedWords(words, mark.why if mark else "", heard, asks=ask is not None)


def _rated(action: Action, command: AnswerCommand) -> Status | None:
    """Return how an action stands once an answer is stored."""
    if isinstance(command, GiveUpdate):
        return command.status
    return action.status if isinstance(command, NoChange) else None


def _for_another(ctx: RequestContext, action: Action) -> bool:
    """Return whether the asker answers as secretary or administrator, for somebody else's post."""
    keeps = ctx.roles.is_administrator or action.board_id in ctx.roles.secretary_of
    return keeps and action.lead_post_id is not None and action.lead_post_id not in ctx.roles.posts


def _source(ctx: RequestContext, action: Action, command: AnswerCommand) -> tuple[str, str]:
    """Return the words without how they were heard, and that; ask where it is not plain."""
    words = command.words
    told = source_in(words, ctx.vocabulary, ctx.today)
    if told is None or not _is_leads(ctx, action, told.heard, command):
        # "invitations sent by e-mail", "the CCG rang": part of what was done, not how it was heard.
        return words, ""
    heard = told.heard
    if isinstance(heard.day, NoDay):
        asks = f"{heard.day.say} Nothing was recorded for {action.ref}: on which day was it said?"
        raise NotDone(say(asks, typed=words))
    if heard.day > ctx.today:
        asks = f"{day_said(heard.day)} is still to come, so nothing was recorded for {action.ref}"
        raise NotDone(say(f"{asks}: on which day was it said?", typed=words))
    left = without_and(without_courtesies(without(words, told.spans)))
    if heard.doubt:
        raise NotDone(_shown(ctx, action, command, left, f"{heard.way.value} {day_said(heard.day)}"))
    return left, f"{heard.way.value} {day_said(heard.day)}"


def _is_leads(ctx: RequestContext, action: Action, heard: Heard, command: AnswerCommand) -> bool:
    """Return whether an action's lead is who said it; ask where another post, or one not in the plan, was named."""
    lead = action.lead_post_id or 0
    if not heard.typed:
        return True
    names = heard.who.names if heard.who is not None else ()
    posts = [post for post in ctx.plan_names.posts if post.id == lead]
    if not names and any(_shortens(heard.typed, post.label) for post in posts):
        return True
    if heard.clause and heard.who is None and heard.way is HeardBy.PHONE and " " not in heard.typed:
        # "Sunita rang": somebody whom the plan does not know by that name, and the secretary does.
        return True
    if any(name.kind is NameKind.POST and name.id == lead for name in names):
        return True
    if any(name.kind is NameKind.PERSON and _leads(ctx, name.key, lead) for name in names):
        return True
    organisation = next((name for name in names if name.kind is NameKind.ORGANISATION), None)
    of_lead = organisation is not None and any(post.organisation.id == organisation.id for post in posts)
    if heard.clause and not of_lead:
        return False
    known = names[0].label if len(names) == 1 else f"“{heard.typed}”"
    if organisation is not None:
        own = [post.id for post in ctx.plan_names.posts if post.organisation.id == organisation.id]
        if own == [lead]:
            return True
        has = f"{organisation.label} has {number_said(len(own), 'post')}, and " if lead in own else ""
        led = f"{action.ref} is led by {ctx.posts[lead]}{'' if has else f', not by {organisation.label}'}"
        raise NotDone(_whose(ctx, lead, command, heard.typed, f"{has}{led}: nothing was recorded yet."))
    question = f"{action.ref} is led by {ctx.posts[lead]}, not by {known}: nothing was recorded yet."
    raise NotDone(_whose(ctx, lead, command, heard.typed, question))


def _shortens(typed: str, title: str) -> bool:
    """Return whether each word of what was typed begins one of a title, in order: "heads rep"."""
    words = iter(plain(title).split())
    return all(
        any(word.startswith(one) for word in words) for one in (said.rstrip("s") for said in plain(typed).split())
    )


def _leads(ctx: RequestContext, account: str, lead: int) -> bool:
    """Return whether somebody with an account serves in a post today."""
    someone = person_of(ctx.session, account, "")
    rows = appointments(ctx.session, lead) if someone is not None else ()
    return any(someone is not None and row.person_id == someone.id and in_force(row, ctx.today) for row in rows)


def _shown(ctx: RequestContext, action: Action, command: AnswerCommand, left: str, heard: str) -> Response:
    """Show how words were heard, with a button that records it so."""
    again = AskAgain(words=retyped(command, f"{left}, {heard}".removeprefix(", ")))
    buttons = (press_button(f"Record it {heard}"[:70], again, "primary"),) if fits_a_button(again) else ()
    status = f": {command.status.value}" if isinstance(command, GiveUpdate) and command.status else ""
    return say(
        f"Was that heard {heard}? Nothing was recorded for {action.ref} yet.",
        f"{action.ref}{status}, signed for {ctx.posts[action.lead_post_id or 0]}, {heard}.",
        typed=command.words,
        buttons=(*buttons, press_button("Neither: record nothing", RecordNothing())),
    )


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
    said = command.status.value if isinstance(command, GiveUpdate) and command.status else command.kind.value
    named = f"Record {command.ref}: {said}, for {label}"
    buttons = (press_button(named[:70], again, "primary"),) if fits_a_button(again) else ()
    return say(
        f"{question} Whose words are they?",
        typed=words,
        buttons=(*buttons, press_button("Neither: record nothing", RecordNothing())),
    )
