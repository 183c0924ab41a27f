"""Plays a row through the real bot: what is stored, what is said, and what each button under it would store.

The local workspace, the moments and the notation of what is stored are those of `tests.test_utterances`. A button is
pressed inside a transaction that is rolled back, so each is pressed where the row left the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bot.demo.sandbox import TEAM
from bot.demo.workspace import Answer, SeenMessage, SubmitResult
from bot.slack.render import verb_of
from bot.slack.requests import request_context
from handlers.catalogue import REGISTRY
from handlers.dispatch import answer_text
from handlers.press_codec import OpenLink, Share, ShowPage, Typed
from handlers.presses import pressed
from handlers.responses import Content, Form, Response
from models.enums import Way
from models.plan.accounts import Actor, asker_of
from models.storage.scope import ALL
from tests.bot.slack.e2e import CHANNEL, bundle_of, finish, labels, read
from tests.local_slack import Sandbox
from tests.test_utterances import ENTRIES, OTHERS, Stage, entries_in, held_in, stored_in
from tests.understanding.rows import Row

MOST_CHOICES = 12
"""Options of one menu that are tried."""
NOT_TRIED = (OpenLink, Share, ShowPage)
"""What stores nothing whatever it carries."""
PAGED = ("answer", "answered in part")
"""Kinds of rows whose answer may go on on further pages."""
TAKES_BACK = "undo"
"""How the verbs begin that take back what was recorded: under its receipt they confirm nothing.

Where somebody wants it back, the label says what it is: "Undo healthy-5: on track".
"""


@dataclass(frozen=True)
class Offer:
    """One button, or one option of a menu: its label, its verb, and what a press stores.

    `leads`: what the press brings: stored, form, answer (it only reads), words (a question or an error), or nothing.
    `says`: the first words of that, or what is asked.
    """

    label: str
    verb: str
    stores: tuple[str, ...] = ()
    leads: str = "nothing"
    says: str = ""


@dataclass(frozen=True)
class Played:
    """What came of a row.

    `said`: all that the writer was shown last. `stored`: every new entry of all its messages. `trouble`: why it could
    not be played to its end.
    """

    stored: tuple[str, ...] = ()
    said: str = ""
    offers: tuple[Offer, ...] = ()
    ticks: int = 0
    trouble: str = ""


class Standing:
    """How a moment stands before anybody writes, and what is stored since: the same as `stored_in`, and quicker."""

    def __init__(self, session: Session) -> None:
        self.last, self.lines = held_in(session)
        self.plan, self.entries = _plan_rows(session), _last_entries(session)

    def since(self, session: Session) -> tuple[str, ...]:
        """Return every new entry and change, a line each."""
        if _plan_rows(session) == self.plan:
            return tuple(entries_in(session, self.last)) if _last_entries(session) != self.entries else ()
        return tuple(stored_in(session, (self.last, self.lines)))


_PLAN_ROWS = (
    "SELECT id, ref, lead_post_id, words, board_id FROM action",
    *(
        f"SELECT * FROM {name}"
        for name in ("board", "meeting", "post", "person", "organisation", "appointment", "quiet")
    ),
)


def _plan_rows(session: Session) -> list[list[Any]]:
    """Return the rows of which the lines of `held_in` are made."""
    connection = session.connection()
    return [[tuple(row) for row in connection.exec_driver_sql(query)] for query in _PLAN_ROWS]


def _last_entries(session: Session) -> list[Any]:
    connection = session.connection()
    return [connection.exec_driver_sql(f"SELECT max(id) FROM {one.__tablename__}").scalar() for one in ENTRIES]


class Player:
    """Plays one row after another, each from its moment as it was."""

    def __init__(self, folder: Path) -> None:
        self.stage = Stage(folder)
        self.moment, self.users = "", dict(OTHERS)
        self.tried: dict[tuple[str, str, str], Offer] = {}

    def close(self) -> None:
        """Nothing runs on."""
        self.stage.close()

    def play(self, row: Row) -> Played:
        """Return what comes of a row."""
        sandbox = self.stage.at(row.moment)
        if row.moment != self.moment:
            self.moment = row.moment
            self.tried.clear()
            with sandbox.database.read(ALL) as session:
                self.standing = Standing(session)
            self.users = {name: slack for slack, name in sandbox.people()} | OTHERS
        user = self.users[row.who]
        sandbox.workspace.forget_calls()
        shown, trouble = _shown(sandbox, user, row)
        said = [read(message) for message in shown]
        if row.kind in PAGED and not trouble:
            said += _further_pages(sandbox, user, shown, row.several("answer"))
        with sandbox.bot.deps.writing() as session:
            stored = self.standing.since(session)
            standing, tried = (Standing(session), {}) if stored else (self.standing, self.tried)
            pressing = _Pressing(sandbox, user, session, standing, tried)
            offers = tuple(offer for message in shown for offer in pressing.offers_of(message))
            session.rollback()
        return Played(
            stored,
            "\n\n".join(said),
            offers,
            len(sandbox.workspace.calls_of("reactions.add")),
            trouble,
        )


def _shown(sandbox: Sandbox, user: str, row: Row) -> tuple[tuple[SeenMessage, ...], str]:
    """Say and press what stands in the row; return what is shown last, and why not all of it could be done."""
    shown: tuple[SeenMessage, ...] = ()
    said: SeenMessage | None = None
    for number, words in enumerate(row.says):
        files = [row.keys["file"]] if "file" in row.keys and number == 0 else []
        answer = _say(sandbox, user, words, row.keys.get("way", ""), said, files)
        shown, said = _seen(sandbox, user, answer), answer.said or said
    for label in row.several("press"):
        message = next((one for one in shown if label in labels(one)), None)
        if message is None:
            return shown, f"there is no button “{label}”"
        pressed_now: Answer | SubmitResult = sandbox.workspace.press(user, message, text=label, settle=0.0)
        if label.endswith("…"):
            view = sandbox.workspace.wait_for_view(user)
            pressed_now = sandbox.workspace.submit(user, view, row.keys["fill"], settle=0.0)
            if pressed_now.errors and not pressed_now.messages:
                asked = sandbox.workspace.view(user)
                return shown, " ".join(pressed_now.errors.values()) + (asked.plain() if asked else "")
        shown = _seen(sandbox, user, pressed_now)
    return shown, ""


def _further_pages(sandbox: Sandbox, user: str, shown: tuple[SeenMessage, ...], wanted: list[str]) -> Iterator[str]:
    """Yield the pages that follow, as long as something that is certain to be said has not been seen."""
    message, seen = (shown[-1], read(shown[-1]).casefold()) if shown else (None, "")
    while message is not None and not all(one.casefold() in seen for one in wanted):
        following = next((label for label in labels(message) if label.startswith("Next ")), None)
        if following is None:
            return
        pages = _seen(sandbox, user, sandbox.workspace.press(user, message, text=following, settle=0.0))
        message = pages[-1] if pages else None
        if message is not None:
            seen += read(message).casefold()
            yield read(message)


def _say(sandbox: Sandbox, user: str, words: str, way: str, said: SeenMessage | None, files: list[str]) -> Answer:
    workspace = sandbox.workspace
    if words.startswith("/cypp"):
        return workspace.command(user, "/cypp", words.removeprefix("/cypp").strip(), settle=0.0)
    if way == "edited" and said is not None:
        return workspace.edit(user, said, words, settle=0.0)
    if way == "mention":
        return workspace.say(user, words, CHANNEL, mention=True, files=files, settle=0.0)
    thread = bundle_of(sandbox, user).ts if way == "thread" else None
    return workspace.say(user, words, thread_ts=thread, files=files, settle=0.0)


def _seen(sandbox: Sandbox, user: str, done: Answer | SubmitResult) -> tuple[SeenMessage, ...]:
    finish(sandbox)
    return sandbox.workspace.since(user, done.mark)


class _Pressing:
    """Presses buttons as somebody inside a transaction, and takes back all that comes of each.

    `tried`: what the same press came to in another row, from where nothing was stored.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        user: str,
        session: Session,
        standing: Standing,
        tried: dict[tuple[str, str, str], Offer],
    ) -> None:
        self.sandbox, self.user, self.session, self.standing, self.tried = sandbox, user, session, standing, tried

    def offers_of(self, message: SeenMessage) -> Iterator[Offer]:
        """Everything that can be pressed or chosen in a message, in order."""
        for element in message.elements():
            label = str((element.get("text") or element.get("placeholder") or {}).get("text", ""))
            verb = verb_of(element["action_id"])
            options: list[Any] = element.get("options") or [
                one for group in element.get("option_groups") or () for one in group["options"]
            ]
            if element["type"] == "button":
                yield self._offer(label, verb, element.get("value") or "")
            elif options:
                for one in options[:MOST_CHOICES]:
                    yield self._offer(str(one["text"]["text"]), verb, one["value"])
            else:
                yield Offer(label, verb)

    def _offer(self, label: str, verb: str, carried: str) -> Offer:
        press = (self.user, verb, carried)
        if press not in self.tried or "draft" in carried:
            self.tried[press] = self._press(label, verb, carried)
        return replace(self.tried[press], label=label)

    def _press(self, label: str, verb: str, carried: str) -> Offer:
        entry = REGISTRY.presses.get(verb)
        value = entry.value.decode(carried) if entry is not None else None
        if value is None or isinstance(value, NOT_TRIED) or (verb.startswith(TAKES_BACK) and ":" not in label):
            return Offer(label, verb)
        deps, now = self.sandbox.bot.deps, self.sandbox.clock()
        one_press = self.session.begin_nested()
        asker = asker_of(self.session, TEAM, Actor(TEAM, self.user))
        ctx = request_context(deps, self.session, asker, Way.BUTTON, now)
        try:
            words = value.words if isinstance(value, Typed) else ""
            if words and REGISTRY.reads(ctx.parsed(words).command):
                return Offer(label, verb, leads="answer", says=words)
            given = answer_text(ctx, words) if words else pressed(ctx, verb, carried)
            self.session.flush()
            return Offer(label, verb, self.standing.since(self.session) if given.done else (), *_leads(given))
        finally:
            one_press.rollback()


def _leads(given: Response) -> tuple[str, str]:
    content = given.content
    if isinstance(content, Form):
        return "form", content.title
    if isinstance(content, Content):
        return "stored" if given.done else "words", str(content.headline)
    return ("stored" if given.done else "nothing"), ""
