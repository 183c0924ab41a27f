"""What somebody said, and what it means as an answer, a social act and in its own thread; each read once."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from handlers.commands.answers import ReadAs, Reading
from handlers.context import RequestContext
from handlers.conversation.attachments import evidence_in, without_words
from handlers.conversation.awaited_words import waiting
from handlers.conversation.whose_actions import whose_actions
from handlers.reading.answer_tokens import as_answered, requests
from handlers.reading.names_in_text import names_in
from handlers.reading.normalise import Text, fold, normalise
from handlers.reading.plain_replies import read_reply
from handlers.reading.plan_names import NameKind
from handlers.reading.social_acts import SocialReading, read_social
from handlers.reading.tokens import tokens_of
from handlers.reading.whose import Whose
from handlers.safeguarding.confirmation import BY_WORDS, RecordSurely
from models.storage.history_tables import Draft

_ADDRESSED = re.compile(r"(?i)^@cypp[\s,:]+(?=\S)")
"""The bot's name before what is said to it, where it is typed and no mention."""


@dataclass
class IncomingWords:
    """What somebody said: as typed, the thread it stands in ("" for none), files that came with it, its own stamp."""

    ctx: RequestContext
    typed: str
    thread_ts: str = ""
    links: tuple[str, ...] = ()
    ts: str = ""

    @cached_property
    def said(self) -> Text:
        """What was typed, read for the first time."""
        return normalise(self.typed)

    @property
    def text(self) -> str:
        """The writer's own words."""
        return _ADDRESSED.sub("", self.said.text)

    @cached_property
    def whose(self) -> Whose:
        """The actions that the words may be about without naming them."""
        return whose_actions(self.ctx, self.thread_ts)

    @property
    def topic(self) -> str:
        """The one action that the thread is about; "" where it is about several or none."""
        return self.whose.topic[0] if len(self.whose.topic) == 1 else ""

    @cached_property
    def awaited(self) -> Draft | None:
        """What waits in this place for these words."""
        return waiting(self.ctx, self.thread_ts)

    @cached_property
    def evidence(self) -> str:
        """The links of files that came with the words, or before them in the same thread."""
        return " ".join(filter(None, self.links)) or evidence_in(self.ctx, self.thread_ts)

    @cached_property
    def whole(self) -> str:
        """The words with the evidence behind them."""
        if not self.evidence or not self.text.strip() or without_words(self.text):
            return self.text
        return f"{self.text.rstrip()} {self.evidence}"

    @cached_property
    def social(self) -> SocialReading:
        """Which of the words are social acts."""
        return read_social(self.text, self.ctx.vocabulary, self.ctx.today)

    @property
    def names_anothers_post(self) -> bool:
        """Whether a post is named that is not the writer's: who holds it now is a change, and no farewell."""
        named = [name for seen in names_in(self.text, self.ctx.vocabulary) for name in seen.names]
        posts = {one.id for one in named if one.kind is NameKind.POST}
        return bool(posts) and posts.isdisjoint(self.ctx.roles.posts)

    @property
    def requests_a_rating(self) -> bool:
        """Whether a status is asked to be written down, by a question: it is no question of the plan, and no change."""
        tokens = as_answered(tokens_of(fold(self.text), self.ctx.vocabulary))
        return isinstance(self.reading, ReadAs) and requests(tokens)

    @property
    def again(self) -> RecordSurely:
        """What does the same once their writer has said that they identify nobody."""
        return RecordSurely(how=BY_WORDS, thread=self.thread_ts, words=self.typed)

    @cached_property
    def reading(self) -> Reading:
        """What the words mean as an answer."""
        said = replace(self.said, text=self.whole, folded=fold(self.whole))
        return read_reply(said, self.ctx.vocabulary, self.whose, self.ctx.today)
