"""What a visitor does, handed to the workspace as the person they are, so that the real bot receives it.

Each function returns the address to show next. They block, and run one at a time, under the visit's lock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.demo.page.fields import Posted, given, name_of, read_pick
from bot.demo.page.moves import CannotMove, move_clock
from bot.demo.page.scene import NotThere, channel_of
from bot.demo.page.text import escape_typed, unescape
from bot.demo.page.visit import Flash, Question, Visit
from bot.demo.sandbox import SETTLE
from bot.demo.workspace import Answer, CannotDoError, SeenMessage, SeenView, SubmitResult
from bot.demo.workspace.state import elements_of

Json = dict[str, Any]
COMMAND = "/cypp"
CHANGED = "This has changed since it was drawn, so nothing was pressed: it is shown as it stands now."
FORM_GONE = "That form is not open any more: nothing was sent."
NO_SUCH_OPTION = "Choose one of the suggestions."
READ_ALOUD = 300


def begin(visit: Visit) -> None:
    """Forgets what was said of the last thing done."""
    visit.flash, visit.say, visit.just_moved, visit.answering = None, "", False, False


def told(visit: Visit, answer: Answer | SubmitResult) -> None:
    """What a person is told of how it turned out."""
    visit.answering = True
    if answer.error == "operation_timeout":
        visit.flash = Flash("The bot did not answer within three seconds, as Slack would say. Please try again.")
    elif answer.error == "not_a_command":
        visit.flash = Flash(f"That is not a command here. The bot’s command is {COMMAND}.")
    elif answer.error:
        detail = f" {' '.join(answer.detail)}" if answer.detail else ""
        visit.flash = Flash(f"Slack would refuse this ({answer.error}).{detail}")
    new = [message.text for message in answer.messages if message.from_bot]
    visit.say = unescape(" ".join(new))[:READ_ALOUD] if new else ""


# -- words --------------------------------------------------------------------------------------------------------


def say(visit: Visit, user: str, place: str, thread: str, typed: str) -> None:
    """Somebody sends what they typed: a command, or plain words."""
    begin(visit)
    words = typed.replace("\r\n", "\n").strip()
    if not words:
        visit.flash = Flash(f"Write something first, such as {COMMAND} help.")
        return
    town = visit.town
    channel = channel_of(place)
    if words.startswith("/"):
        name, _, rest = words.partition(" ")
        if name.casefold() != COMMAND:
            visit.flash = Flash(f"{name} is not a command here. The bot’s command is {COMMAND}.", typed=typed)
            return
        if thread:
            visit.flash = Flash("A command cannot be typed in a thread, in Slack as here.", typed=typed)
            return
        answer = town.then_tick(
            town.workspace.command(user, COMMAND, _as_sent(visit, user, " ".join(rest.split("\n"))), channel)
        )
        visit.has_asked = True
        if answer.messages:
            first = answer.messages[0]
            visit.asked[first.channel, first.ts] = words
    else:
        answer = town.then_tick(
            town.workspace.say(user, _as_sent(visit, user, words), channel, thread_ts=thread or None, settle=SETTLE)
        )
        visit.has_pressed = True
    told(visit, answer)
    if answer.error:
        visit.flash = Flash(visit.flash.words if visit.flash else "", typed=typed)


def _as_sent(visit: Visit, user: str, words: str) -> str:
    """Words as Slack's client sends them: three signs escaped, people and channels that are named as their ids."""
    sent = escape_typed(words)
    names = {f"@{player.name}": f"<@{player.id}>" for player in (*visit.cast.first, *visit.cast.others)}
    config = visit.town.workspace.config
    names[f"@{config.bot_name}"] = f"<@{config.bot_user_id}>"
    names |= {f"#{place.name}": f"<#{place.id}|{place.name}>" for place in visit.town.workspace.places(user)}
    for name in sorted(names, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(escape_typed(name))}(?!\w)"
        sent = re.sub(pattern, names[name].replace("\\", r"\\"), sent)
    return sent


# -- messages -----------------------------------------------------------------------------------------------------


def press_in_message(visit: Visit, user: str, place: str, path: str, posted: Posted) -> None:
    """Somebody presses a button of a message, or chooses in a menu of one. Raises NotThere."""
    begin(visit)
    visit.questions.pop(user, None)
    ts = posted.get("ts")
    seen = visit.town.workspace.seen(user, channel_of(place))
    message = next((one for one in seen if one.ts == ts), None)
    if message is None:
        visit.flash = Flash("That message is not there any more: nothing was pressed.")
        return
    _press(visit, user, message, path, posted, (("ts", ts),))


def take_shortcut(visit: Visit, user: str, place: str, posted: Posted) -> None:
    """Somebody takes a shortcut of the app on a message, as from its menu in Slack. Raises NotThere."""
    begin(visit)
    town, workspace = visit.town, visit.town.workspace
    if posted.get("shortcut") not in workspace.config.shortcuts:
        raise NotThere("The page sent something it does not know.")
    seen = workspace.seen(user, channel_of(place))
    message = next((one for one in seen if one.ts == posted.get("ts") and not one.ephemeral), None)
    if message is None:
        visit.flash = Flash("That message is not there any more: nothing was done with it.")
        return
    told(visit, town.then_tick(workspace.shortcut(user, message, posted.get("shortcut"), settle=SETTLE)))


def _press(
    visit: Visit,
    user: str,
    target: SeenMessage | SeenView,
    action: str,
    posted: Posted,
    kept: tuple[tuple[str, str], ...],
) -> None:
    town, workspace = visit.town, visit.town.workspace
    chooses = bool(posted.get("choose"))
    pick = posted.get("choose") or posted.get("press")
    try:
        block_id, action_id, option = read_pick(pick)
    except ValueError:
        raise NotThere("The page sent something it does not know.") from None
    found = find_element(target, block_id, action_id)
    if found is None:
        visit.flash = Flash(CHANGED)
        return
    block, element = found
    if element.get("confirm") and not posted.get("confirmed"):
        name = "choose" if chooses else "press"
        more = tuple((key, str(value)) for key, value in _chosen_again(block, element, posted) if chooses)
        visit.questions[user] = Question(element["confirm"], action, (*kept, (name, pick), *more), name)
        return
    try:
        if chooses:
            value = given(element, posted, name_of(block, element))
            answer = workspace.choose(user, target, value, block_id=block_id, action_id=action_id, settle=SETTLE)
        else:
            # A line of an overflow menu is named by its value; a button by its ids alone.
            answer = workspace.press(user, target, block_id=block_id, action_id=action_id, value=option, settle=SETTLE)
    except CannotDoError:
        visit.flash = Flash(CHANGED if not chooses else NO_SUCH_OPTION)
        return
    visit.has_pressed = True
    told(visit, town.then_tick(answer))


def _chosen_again(block: Json, element: Json, posted: Posted) -> list[tuple[str, str]]:
    name = name_of(block, element)
    return [(name, value) for value in posted.all(name)]


def find_element(target: SeenMessage | SeenView, block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """A block and its element by their ids; None where there is none any more."""
    for block in target.all_blocks():
        for element in elements_of(block):
            if (block["block_id"], element["action_id"]) == (block_id, action_id):
                return block, element
    return None


# -- forms and the Home tab ---------------------------------------------------------------------------------------


def act_in_view(visit: Visit, user: str, path: str, posted: Posted) -> None:
    """Somebody sends a form, puts it away, or presses something in it or on the Home tab."""
    begin(visit)
    visit.questions.pop(user, None)
    workspace = visit.town.workspace
    view_id = posted.get("view")
    view = next((one for one in (workspace.view(user), workspace.home(user)) if one and one.id == view_id), None)
    if view is None:
        visit.flash = Flash(FORM_GONE)
        return
    if posted.get("close"):
        workspace.close_view(user, view)
        _forget(visit, view.id)
        return
    problems = _fill(visit, user, view, posted)
    if posted.get("press") or posted.get("choose"):
        _press(visit, user, view, path, posted, (("view", view.id),))
        return
    if problems:
        visit.errors[view.id] = problems
        visit.say = _problems_said(problems)
        return
    try:
        result = visit.town.then_tick(workspace.submit(user, view, settle=SETTLE))
    except CannotDoError as cannot:
        visit.flash = Flash(str(cannot))
        return
    told(visit, result)
    if result.errors:
        visit.errors[view.id] = result.errors
        visit.say = _problems_said(result.errors)
    elif result.closed:
        visit.has_pressed = True
        _forget(visit, view.id)
    else:
        visit.errors.pop(view.id, None)


def _problems_said(errors: Mapping[str, str]) -> str:
    return "There is a problem. " + " ".join(errors.values())


def _forget(visit: Visit, view_id: str) -> None:
    visit.errors.pop(view_id, None)
    visit.raw.pop(view_id, None)


def _fill(visit: Visit, user: str, view: SeenView, posted: Posted) -> dict[str, str]:
    """Puts what was typed into the open form; what fits no option is kept aside, with what to say of it."""
    problems: dict[str, str] = {}
    raw: dict[str, str] = {}
    for block in view.blocks:
        if block.get("type") != "input":
            continue
        for element in elements_of(block):
            name = name_of(block, element)
            value = given(element, posted, name)
            try:
                visit.town.workspace.fill(user, view, {block["block_id"]: value})
            except CannotDoError:
                problems[block["block_id"]] = NO_SUCH_OPTION
                raw[name] = posted.get(name)
    visit.raw[view.id] = raw
    return problems


def suggest(visit: Visit, user: str, place: str, asked: Mapping[str, str]) -> list[dict[str, str]]:
    """What a menu whose options come from the bot offers for some letters; nothing where it is not there."""
    workspace = visit.town.workspace
    targets: list[SeenMessage | SeenView | None] = [workspace.view(user), workspace.home(user)]
    targets += [one for one in workspace.seen(user, channel_of(place)) if one.ts == asked.get("ts")]
    try:
        block_id, action_id, _ = read_pick(asked.get("pick", ""))
        target = next(one for one in targets if one is not None and find_element(one, block_id, action_id))
        options = workspace.suggest(user, target, asked.get("typed", ""), block_id=block_id, action_id=action_id)
    except (ValueError, StopIteration, CannotDoError):
        return []
    return [{"value": str(o.get("value", "")), "text": str((o.get("text") or {}).get("text", ""))} for o in options]


# -- the clock ----------------------------------------------------------------------------------------------------


def move(visit: Visit, how: str, picked: str) -> None:
    """Somebody moves the story's clock."""
    begin(visit)
    try:
        visit.move = move_clock(visit.town, visit.cast, visit.timeline, how, picked, visit.zone, visit.ending)
    except CannotMove as cannot:
        visit.flash = Flash(str(cannot))
        visit.say = str(cannot)
        return
    visit.say, visit.just_moved = visit.move.sentence, True
