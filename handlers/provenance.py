"""How words were heard, and that they are not for publication, as people say it at the end of their words."""

from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from handlers.commands import AnswerCommand, NoChange, NotOurs, ProposeClosure, ToFollow, Update, Verbal
from handlers.context import Round
from handlers.identifying import fits_a_button
from handlers.replies import Answer, Button, say
from handlers.said.dates import NoDay
from handlers.said.provenance import Heard, split_heard, split_held
from handlers.wording import day_said
from models.enums import Way
from models.history import Signed
from models.tables import Action

SURE_POST = 88
"""How alike, of 100, what was typed and a post's title or label must be."""
MAYBE_POST = 70


@dataclass(frozen=True, slots=True)
class Said:
    """People's words, and what they said about them. `heard`: "by e-mail of Fri 4 Sep 2020"; `withheld`: why."""

    words: str
    withheld: str = ""
    heard: str = ""

    def signed(self, signed: Signed) -> Signed:
        """The signature, with how it was heard."""
        if not self.heard:
            return signed
        way = Way.EMAIL if self.heard.startswith("by e-mail") else signed.way
        return replace(signed, signature=f"{signed.signature}, {self.heard}", way=way)


def words_of(command: AnswerCommand) -> str:
    """The words of an answer: what was said, or the evidence."""
    return command.evidence if isinstance(command, ProposeClosure) else command.words


def retyped(command: AnswerCommand, words: str) -> str:
    """An answer with other words, as it would be typed after `/cypp`."""
    match command:
        case Update():
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


def what_was_said(asked: Round, action: Action, command: AnswerCommand) -> Said | Answer:
    """An answer in; its words without what is about them, and that, out; or the question where it is not plain."""
    words = words_of(command)
    kept, withheld = split_held(words)
    heard: Heard | None = None
    if _for_another(asked, action):
        kept, heard = split_heard(kept, asked.today)
        if heard is None and withheld:
            withheld, heard = split_heard(withheld, asked.today)
    if withheld is not None and not withheld:
        return say(
            f"Why is it not for publication? Nothing was recorded for {action.ref} yet.",
            "Say for instance “…, not for publication because the tender is still open”.",
            typed=words,
        )
    if heard is None:
        return Said(kept, withheld or "")
    meant = _lead_meant(asked, action, heard, command)
    if isinstance(meant, Answer):
        return meant
    if not meant:
        # "invitations sent by e-mail": part of what was done, not how it was heard.
        return Said(*((words, "") if withheld is None else (split_held(words)[0], withheld)))
    if isinstance(heard.day, NoDay):
        return say(f"{heard.day.say} Nothing was recorded for {action.ref}: on which day was it said?", typed=words)
    if heard.day > asked.today:
        return say(
            f"{day_said(heard.day)} is still to come, so nothing was recorded for {action.ref}: "
            "on which day was it said?",
            typed=words,
        )
    return Said(kept, withheld or "", f"{heard.how} {day_said(heard.day)}")


def _for_another(asked: Round, action: Action) -> bool:
    """Whether the asker answers as secretary or administrator, for somebody else's post."""
    keeps = asked.roles.is_administrator or action.board_id in asked.roles.secretary_of
    return keeps and action.lead_post_id is not None and action.lead_post_id not in asked.roles.posts


def _lead_meant(asked: Round, action: Action, heard: Heard, command: AnswerCommand) -> bool | Answer:
    """Whether the post that was named is the lead; a question where it is another, or none of this plan."""
    if not heard.post:
        return heard.apart
    posts = {post_id: default_process(label) for post_id, label in asked.posts.items()}
    titles = {post_id: default_process(label.partition(",")[0]) for post_id, label in asked.posts.items()}
    typed = default_process(heard.post.removeprefix("the ").removeprefix("The "))
    lead = action.lead_post_id or 0
    if max(fuzz.ratio(typed, posts[lead]), fuzz.ratio(typed, titles[lead])) >= SURE_POST:
        return True
    best = max(
        (found for some in (posts, titles) if (found := process.extractOne(typed, some, scorer=fuzz.ratio))),
        key=lambda found: found[1],
        default=None,
    )
    if (best is None or best[1] < MAYBE_POST) and not heard.post[:1].isupper():
        return False
    known = f"“{heard.post}”" if best is None or best[1] < SURE_POST else asked.posts[best[2]]
    label = asked.posts[lead]
    words = words_of(command)
    place = words.rfind(heard.post)
    value = retyped(command, f"{words[:place]}{label.partition(',')[0]}{words[place + len(heard.post) :]}")
    buttons = (Button(f"Record it for {label}"[:70], "again", value, style="primary"),) if fits_a_button(value) else ()
    return say(
        f"{action.ref} is led by {label}, not by {known}: nothing was recorded yet. Whose words are they?",
        typed=words,
        buttons=(*buttons, Button("Neither: record nothing", "nothing", "-")),
    )
