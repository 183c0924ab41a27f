"""What somebody says about a log, as typed: who a name is, what a word means, what a column is, which meeting it is of.

A key is a question's (`who:mw`, `status:in progress`, `column:Outcome`, `meeting`).
"""

from dataclasses import dataclass, field, replace
from datetime import date

from handlers.logs.column_headings import LogColumn
from handlers.logs.draft import LogAnswers, LogPlan, LogQuestion
from handlers.logs.lead_cells import is_group
from handlers.logs.log_questions import BETWEEN_PAIRS, IN_PAIR, NO_DUE_MEETING, PAIRS, RULES
from handlers.logs.status_cells import read_status_cell
from handlers.reading.dates import Looking, NoDay
from handlers.reading.days import read_day
from handlers.reading.lead_names import LeadAsk, read_lead_post
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.normalise import fold, quoted
from handlers.reading.plan_names import NameKind
from models.enums import OPEN, Status
from models.errors import Refusal
from models.files.log_rows import LogNames, NewPost

NOBODY_WORDS = ("nobody", "", "none", "no lead", "no one", "-")
NEW = "new"
_COLUMN_WORDS = {column.value: column for column in LogColumn} | {
    "printed": LogColumn.PRINTED, "as printed": LogColumn.PRINTED, "rag": LogColumn.RATING, "status": LogColumn.RATING,
    "first due": LogColumn.DUE, "revised": LogColumn.REVISED, "progress": LogColumn.UPDATE, "owner": LogColumn.LEAD,
}  # fmt: skip


@dataclass
class Answering:
    """Answers as they come in, and the other names of posts that follow from them."""

    plan: LogPlan
    answers: LogAnswers = field(default_factory=LogAnswers)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def take(self, key: str, said: str) -> None:
        """Take one answer.

        Raises:
            Refusal: it answers nothing.
        """
        sort, _, about = key.partition(":")
        text = said.strip()
        match sort:
            case "meeting":
                self.answers = replace(self.answers, meeting=self._day(text))
            case "who":
                self._who(about, text)
            case "status":
                self._status(about, text)
            case "column":
                self._column(about, text)
            case _ if key in PAIRS:
                for pair in filter(str.strip, text.split(BETWEEN_PAIRS)):
                    name, _, meant = pair.partition(IN_PAIR)
                    self.take(f"{PAIRS[key][0]}:{name.strip()}", meant)
            case "due":
                self._settle(f"due:{fold(about)}", self._due(text))
            case "serves":
                self._settle(key, self._priority(text))
            case _ if key in RULES:
                self._settle(key, self._choice(key, text))
            case _:
                raise Refusal(f"{quoted(key)} is no question about a log: nothing was read.")

    def accept(self, question: LogQuestion, said: str) -> None:
        """Take an answer, or where nothing was said what is proposed.

        Raises:
            Refusal: it answers nothing.
        """
        self.take(question.key, said.strip() or question.proposed)

    def names(self) -> LogNames:
        """Return what posts are called in the log, to be kept with the plan."""
        return LogNames(self.aliases, self.answers.posts)

    def _day(self, text: str) -> date:
        for looking in (Looking.BACK, Looking.AHEAD):
            day = read_day(text, self.plan.today, looking)
            if not isinstance(day, NoDay):
                return day
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Refusal(f"{quoted(text)} is no day: write the day of the log’s meeting, like 16/9/2020.") from None

    def _settle(self, key: str, said: str) -> None:
        self.answers = replace(self.answers, settled={**self.answers.settled, key: said})

    def _choice(self, key: str, text: str) -> str:
        choices = RULES[key].choices
        said = fold(text)
        found = [one for one in choices if one == said] or [one for one in choices if said and said in one]
        if len(found) != 1:
            raise Refusal(f"{quoted(text)} is none of {', '.join(choices)}: say one of them.")
        return found[0]

    def _due(self, text: str) -> str:
        return NO_DUE_MEETING if fold(text) in (NO_DUE_MEETING, *NOBODY_WORDS) else str(self._day(text))

    def _priority(self, text: str) -> str:
        number = "".join(char for char in text if char.isdecimal())
        if fold(text) in NOBODY_WORDS:
            return ""
        if not any(str(one.number) == number for one in self.plan.vocabulary.priorities):
            raise Refusal(f"{quoted(text)} is no priority of the plan: say its number, or “none”.")
        return number

    def _who(self, name: str, text: str) -> None:
        folded = fold(name)
        if fold(text) in NOBODY_WORDS:
            self.answers = replace(self.answers, who={**self.answers.who, folded: ""})
            return
        first, _, rest = text.partition(":")
        if fold(first) == NEW:
            self._new_post(folded, name, rest.strip())
            return
        found = read_lead_post(text, self.plan.vocabulary)
        if isinstance(found, LeadAsk):
            raise Refusal(f"{found.say} Or say “new: Title, Organisation”, or “nobody”.")
        key = next(one.key for one in self.plan.vocabulary.names().posts if one.id == found.post_id)
        self.answers = replace(self.answers, who={**self.answers.who, folded: key})
        if not is_group(name):
            self.aliases[key] = tuple(dict.fromkeys((*self.aliases.get(key, ()), name)))

    def _new_post(self, folded: str, name: str, text: str) -> None:
        from models.files.log_actions import new_key

        title, _, organisation = text.rpartition(",")
        if not title:
            title, organisation = name, text
        found = find_name(organisation.strip(), self.plan.vocabulary, NameKind.ORGANISATION)
        if found.one is None or found.likeness < Likeness.BEGUN:
            raise Refusal(f"Of which organisation is {quoted(title)}? Say “new: {title.strip()}, Organisation”.")
        also = () if fold(title) == folded or is_group(name) else (name,)
        post = NewPost(title.strip(), found.one.key, also)
        posts = tuple(dict.fromkeys((*self.answers.posts, post)))
        self.answers = replace(self.answers, posts=posts, who={**self.answers.who, folded: new_key(post.title)})

    def _status(self, word: str, text: str) -> None:
        status = next((one for one in Status if one.value == fold(text)), None) or read_status_cell(text).status
        if status is None or (status not in OPEN and status is not Status.COMPLETE):
            raise Refusal(f"{quoted(text)} is no status: say not started, on track, some issues, off track or done.")
        meant = Status.PROPOSED if status is Status.COMPLETE else status
        self.answers = replace(self.answers, statuses={**self.answers.statuses, fold(word): meant})

    def _column(self, heading: str, text: str) -> None:
        column = _COLUMN_WORDS.get(fold(text))
        if column is None:
            names = ", ".join(one.value for one in LogColumn)
            raise Refusal(f"{quoted(text)} is no column of a log: there are {names}.")
        self.answers = replace(self.answers, columns={**self.answers.columns, heading: column})


def answer_hint(question: LogQuestion) -> str:
    """Return what may be answered to a question, in a sentence."""
    if question.choices:
        return f"One of {', '.join(question.choices)}."
    sort = question.key.partition(":")[0]
    about = {
        "column": f"as in “Meeting {IN_PAIR} source”: {', '.join(LogColumn)}",
        "who": "a post of the plan, “new: Title, Organisation”, or “nobody”",
        "status": "not started, on track, some issues, off track or done",
        "meeting": "its day, like 16/9/2020",
        "due": f"a day, like 16/9/2020, or “{NO_DUE_MEETING}”",
        "serves": "its number, or “none”",
    }
    if sort in PAIRS:
        return f"After each “{IN_PAIR}”: {about[PAIRS[sort][0]]}."
    return f"{about[sort][:1].upper()}{about[sort][1:]}." if sort in about else ""
