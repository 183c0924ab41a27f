"""Hand what a visitor does to the workspace, as the person they are, so that the real bot receives it.

Each function blocks. They run one at a time, under the visit's lock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.demo.page.form_fields import Posted, field_name, posted_value, read_pick
from bot.demo.page.moves import CannotMoveError, move_clock
from bot.demo.page.scene import NotThereError, channel_of
from bot.demo.page.text import escape_typed
from bot.demo.page.visit import Confirmation, Flash, Visit
from bot.demo.sandbox import SETTLE
from bot.demo.workspace import Answer, CannotDoError, SeenMessage, SeenView, SubmitResult
from bot.demo.workspace.plain import unescape
from bot.demo.workspace.state import Json, pairs_of

COMMAND = "/cypp"
CHANGED_SINCE = "This has changed since it was drawn, so nothing was pressed: it is shown as it stands now."
FORM_GONE = "That form is not open any more: nothing was sent."
NO_SUCH_OPTION = "Choose one of the suggestions."
READ_ALOUD = 300


def clear_last(visit: Visit) -> None:
    """Clear what was said of the last thing done."""
    visit.flash, visit.say, visit.just_moved, visit.answering = None, "", False, False


def report_answer(visit: Visit, answer: Answer | SubmitResult) -> None:
    """Note what a person is told of how something turned out."""
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


def send_typed(visit: Visit, user: str, place: str, thread: str, typed: str) -> None:
    """Send what somebody typed: a command, or plain words."""
    clear_last(visit)
    words = typed.replace("\r\n", "\n").strip()
    if not words:
        visit.flash = Flash(f"Write something first, such as {COMMAND} help.")
        return
    sandbox = visit.sandbox
    channel = channel_of(place)
    if words.startswith("/"):
        name, rest = (*words.split(maxsplit=1), "")[:2]
        if name.casefold() != COMMAND:
            visit.flash = Flash(f"{name} is not a command here. The bot’s command is {COMMAND}.", typed, thread)
            return
        if thread:
            visit.flash = Flash("A command cannot be typed in a thread, in Slack as here.", typed, thread)
            return
        answer = sandbox.then_tick(sandbox.workspace.command(user, COMMAND, _as_sent(visit, user, rest), channel))
        visit.sent.add(words)
        if answer.messages:
            first = answer.messages[0]
            visit.asked[first.channel, first.ts] = words
    else:
        answer = sandbox.then_tick(
            sandbox.workspace.say(user, _as_sent(visit, user, words), channel, thread_ts=thread or None, settle=SETTLE)
        )
        visit.pressed.add((user, ""))
    report_answer(visit, answer)
    if answer.error:
        visit.flash = Flash(visit.flash.words if visit.flash else "", typed, thread)


def _as_sent(visit: Visit, user: str, words: str) -> str:
    """Return words as Slack's client sends them: three signs escaped, people and channels by their ids."""
    sent = escape_typed(words)
    names = {f"@{player.name}": f"<@{player.id}>" for player in (*visit.cast.first, *visit.cast.others)}
    config = visit.sandbox.workspace.config
    names[f"@{config.bot_name}"] = f"<@{config.bot_user_id}>"
    names |= {f"#{place.name}": f"<#{place.id}|{place.name}>" for place in visit.sandbox.workspace.places(user)}
    for name in sorted(names, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(escape_typed(name))}(?!\w)"
        sent = re.sub(pattern, names[name].replace("\\", r"\\"), sent)
    return sent


# -- messages -----------------------------------------------------------------------------------------------------


def press_in_message(visit: Visit, user: str, place: str, path: str, posted: Posted) -> None:
    """Press a button of a message, or choose in a menu of one.

    Raises:
        NotThereError: the page sent something that is not in the message.
    """
    clear_last(visit)
    visit.questions.pop(user, None)
    message = _message(visit, user, place, posted)
    if message is None:
        visit.flash = Flash("That message is not there any more: nothing was pressed.")
        return
    _press(visit, user, message, path, posted, (("ts", message.ts),))


def _message(visit: Visit, user: str, place: str, posted: Mapping[str, str] | Posted) -> SeenMessage | None:
    seen = visit.sandbox.workspace.seen(user, channel_of(place))
    return next((one for one in seen if one.ts == posted.get("ts")), None)


def take_shortcut(visit: Visit, user: str, place: str, posted: Posted) -> None:
    """Take a shortcut of the app on a message, as from its menu in Slack.

    Raises:
        NotThereError: the app has no such shortcut.
    """
    clear_last(visit)
    sandbox, workspace = visit.sandbox, visit.sandbox.workspace
    if posted.get("shortcut") not in workspace.config.shortcuts:
        raise NotThereError("The page sent something it does not know.")
    message = _message(visit, user, place, posted)
    if message is None or message.ephemeral:
        visit.flash = Flash("That message is not there any more: nothing was done with it.")
        return
    report_answer(visit, sandbox.then_tick(workspace.shortcut(user, message, posted.get("shortcut"), settle=SETTLE)))


def change_message(visit: Visit, user: str, place: str, posted: Posted) -> None:
    """Edit or delete a message of one's own."""
    clear_last(visit)
    sandbox, workspace = visit.sandbox, visit.sandbox.workspace
    message, words = _message(visit, user, place, posted), posted.get("text").replace("\r\n", "\n").strip()
    if message is None or message.user != user:
        visit.flash = Flash("That message is not there any more: nothing was changed.")
    elif posted.get("how") == "delete":
        report_answer(visit, sandbox.then_tick(workspace.delete(user, message, settle=SETTLE)))
    elif words:
        answer = workspace.edit(user, message, _as_sent(visit, user, words), settle=SETTLE)
        report_answer(visit, sandbox.then_tick(answer))


def _press(
    visit: Visit,
    user: str,
    target: SeenMessage | SeenView,
    action: str,
    posted: Posted,
    kept: tuple[tuple[str, str], ...],
) -> None:
    sandbox, workspace = visit.sandbox, visit.sandbox.workspace
    chooses = bool(posted.get("choose"))
    pick = posted.get("choose") or posted.get("press")
    try:
        block_id, action_id = read_pick(pick)
    except ValueError:
        raise NotThereError("The page sent something it does not know.") from None
    found = find_element(target, block_id, action_id)
    if found is None:
        visit.flash = Flash(CHANGED_SINCE)
        return
    block, element = found
    if not chooses and not posted.get("confirmed"):
        _tick(visit, user, target, posted)
    if element.get("confirm") and not posted.get("confirmed"):
        name = "choose" if chooses else "press"
        field = field_name(block, element)
        more = [(field, value) for value in posted.all(field) if chooses]
        visit.questions[user] = Confirmation(element["confirm"], action, (*kept, (name, pick), *more), name)
        return
    try:
        if chooses:
            value = posted_value(element, posted, field_name(block, element))
            answer = workspace.choose(user, target, value, block_id=block_id, action_id=action_id, settle=SETTLE)
        else:
            answer = workspace.press(user, target, block_id=block_id, action_id=action_id, settle=SETTLE)
    except CannotDoError:
        visit.flash = Flash(CHANGED_SINCE if not chooses else NO_SUCH_OPTION)
        return
    visit.pressed.add((user, "" if chooses else element["text"]["text"]))
    report_answer(visit, sandbox.then_tick(answer))


def _tick(visit: Visit, user: str, target: SeenMessage | SeenView, posted: Posted) -> None:
    """Tick the boxes of a message as they were posted with a press: Slack tells the bot of each as it is ticked."""
    for block, element in pairs_of(target.blocks):
        if element["type"] == "checkboxes" and block["type"] == "actions":
            values = posted_value(element, posted, field_name(block, element))
            visit.sandbox.workspace.choose(
                user, target, values, block_id=block["block_id"], action_id=element["action_id"]
            )


def find_element(target: SeenMessage | SeenView, block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """Return a block and its element by their ids; None where it is gone."""
    for block, element in pairs_of(target.blocks):
        if (block["block_id"], element["action_id"]) == (block_id, action_id):
            return block, element
    return None


# -- forms and the Home tab ---------------------------------------------------------------------------------------


def act_in_view(visit: Visit, user: str, path: str, posted: Posted) -> None:
    """Send a form, close it, or press something in it or on the Home tab."""
    clear_last(visit)
    visit.questions.pop(user, None)
    workspace = visit.sandbox.workspace
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
        result = visit.sandbox.then_tick(workspace.submit(user, view, settle=SETTLE))
    except CannotDoError as cannot:
        visit.flash = Flash(str(cannot))
        return
    report_answer(visit, result)
    if result.errors:
        visit.errors[view.id] = result.errors
        visit.say = _problems_said(result.errors)
    elif result.closed:
        _forget(visit, view.id)
    else:
        visit.errors.pop(view.id, None)


def _problems_said(errors: Mapping[str, str]) -> str:
    return "There is a problem. " + " ".join(errors.values())


def _forget(visit: Visit, view_id: str) -> None:
    visit.errors.pop(view_id, None)
    visit.raw.pop(view_id, None)


def _fill(visit: Visit, user: str, view: SeenView, posted: Posted) -> dict[str, str]:
    """Put what was typed into the open form; keep aside what fits no option, with what to say of it."""
    problems: dict[str, str] = {}
    raw: dict[str, str] = {}
    for block, element in pairs_of(one for one in view.blocks if one.get("type") == "input"):
        name = field_name(block, element)
        try:
            visit.sandbox.workspace.fill(user, view, {block["block_id"]: posted_value(element, posted, name)})
        except CannotDoError:
            problems[block["block_id"]] = NO_SUCH_OPTION
            raw[name] = posted.get(name)
    visit.raw[view.id] = raw
    return problems


def suggest_options(visit: Visit, user: str, place: str, asked: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what a menu whose options come from the bot offers for some letters; nothing where it is gone."""
    workspace = visit.sandbox.workspace
    targets = (workspace.view(user), workspace.home(user), _message(visit, user, place, asked))
    try:
        block_id, action_id = read_pick(asked.get("pick", ""))
        target = next(one for one in targets if one is not None and find_element(one, block_id, action_id))
        options = workspace.suggest(user, target, asked.get("typed", ""), block_id=block_id, action_id=action_id)
    except (ValueError, StopIteration, CannotDoError):
        return []
    return [{"value": str(o.get("value", "")), "text": str((o.get("text") or {}).get("text", ""))} for o in options]


# -- the clock ----------------------------------------------------------------------------------------------------


def move_story(visit: Visit, how: str, picked: str) -> None:
    """Move the story's clock."""
    clear_last(visit)
    try:
        visit.move = move_clock(visit.sandbox, visit.cast, visit.timeline, how, picked, visit.zone, visit.ending)
    except CannotMoveError as cannot:
        visit.flash = Flash(str(cannot))
        visit.say = str(cannot)
        return
    visit.say, visit.just_moved = visit.move.sentence, True
