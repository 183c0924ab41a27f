"""Press buttons, choose in menus, and send forms as people."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, Unpack

from bot.demo.workspace import deliveries
from bot.demo.workspace.core import SlackError
from bot.demo.workspace.form_state import action_of, field_error, find_option, options_of, state_for, state_values
from bot.demo.workspace.people_actions import PeopleActions, UserOrId, Wait, blocking, failure_code
from bot.demo.workspace.refusals import check_options
from bot.demo.workspace.seen import Answer, CannotDoError, SeenMessage, SeenView, SubmitResult, see_view
from bot.demo.workspace.sockets import Delivery
from bot.demo.workspace.state import Conversation, Json, StoredMessage, StoredView, User, pairs_of
from bot.demo.workspace.views import close_modal, update_view

PressTarget = SeenMessage | SeenView


@dataclass(frozen=True)
class WantedElement:
    """Which element is wanted: every field that is given must fit."""

    action_id: str | None = None
    value: str | None = None
    block_id: str | None = None
    text: str | None = None

    def fits(self, block: Json, element: Json) -> bool:
        """Return whether a button is the wanted one."""
        return (
            self.action_id in (None, element.get("action_id"))
            and self.block_id in (None, block.get("block_id"))
            and self.value in (None, element.get("value"))
            and self.text in (None, (element.get("text") or {}).get("text"))
        )

    def __str__(self) -> str:
        given = {name: value for name, value in vars(self).items() if value is not None}
        return ", ".join(f"{name}={value!r}" for name, value in given.items()) or "anything"


def _describe(blocks: list[Json]) -> str:
    every = [
        f"{(e.get('text') or {}).get('text', e['type'])!r} ({e['action_id']}={e.get('value')!r})"
        for _, e in pairs_of(blocks)
    ]
    return "there are " + ", ".join(every) if every else "there is nothing to press"


def _only(blocks: list[Json], what: str, fits: Callable[[Json, Json], bool]) -> tuple[Json, Json]:
    """Return the one block and element that fit.

    Raises:
        CannotDoError: unless there is just one.
    """
    found = [pair for pair in pairs_of(blocks) if fits(*pair)]
    if len(found) != 1:
        kind, _, wanted = what.partition(" ")
        number = f"{len(found)} {kind}s" if found else f"no {kind}"
        raise CannotDoError(f"{number} {wanted}: {_describe(blocks)}")
    return found[0]


def _find(blocks: list[Json], kind: Literal["button", "menu"], **ids: str | None) -> tuple[Json, Json]:
    """Return the wanted block and element; every id, value and text that is given must fit."""
    wanted = WantedElement(**ids)
    buttons = kind == "button"
    return _only(blocks, f"{kind} with {wanted}", lambda b, e: (e["type"] == "button") is buttons and wanted.fits(b, e))


@dataclass(frozen=True)
class _Place:
    """A message or view to act in: its blocks, what was put into them so far, and how the bot is told of an act.

    `container` is what a block_suggestion says of it.
    """

    blocks: list[Json]
    held: Callable[[], dict[str, dict[str, Json]]]
    container: Json
    tell: Callable[[Json], Delivery]

    def hold(self, block: Json, element: Json, given: Any) -> None:
        """Remember what somebody put into an element."""
        self.held().setdefault(block["block_id"], {})[element["action_id"]] = state_for(element, given)


class PressActions(PeopleActions):
    """Act on buttons, menus and forms too."""

    # -- what is there now -------------------------------------------------------------------------------------

    def _message(self, user: User, seen: SeenMessage, stale: bool) -> tuple[Conversation, StoredMessage, list[Json]]:
        channel = self._core.state.channels[seen.channel]
        message = self._core.state.find_message(seen.channel, seen.ts)
        if message is None or message.ephemeral_to not in (None, user.id) or not self._core.sees(user, channel.id):
            raise CannotDoError(f"{user.name} does not see this message (any more)")
        blocks = list(seen.blocks) if stale else message.blocks
        return channel, message, copy.deepcopy(blocks)

    def _view(self, user: User, seen: SeenView) -> StoredView:
        view = self._core.state.view_by_id(seen.id)
        if view is None or view.user != user.id:
            raise CannotDoError(f"{user.name} does not have this view open (any more)")
        return view

    def _place(self, user: User, target: PressTarget, *, stale: bool = False) -> _Place:
        if isinstance(target, SeenView):
            view = self._view(user, target)
            return _Place(
                list(target.blocks) if stale else view.blocks,
                lambda: view.typed,
                {"view": {"id": view.id, **view.spec}, "container": {"type": "view", "view_id": view.id}},
                partial(deliveries.view_action, self._core, user, view),
            )
        channel, message, blocks = self._message(user, target, stale)
        container = {
            "channel": {"id": channel.id, "name": deliveries.channel_name(channel)},
            "message": message.to_json(self._core.config),
            "container": {"type": "message", "message_ts": message.ts, "channel_id": channel.id},
        }
        tell = partial(deliveries.message_action, self._core, user, channel, message, blocks)
        return _Place(blocks, lambda: message.choices.setdefault(user.id, {}), container, tell)

    # -- pressing and choosing ---------------------------------------------------------------------------------

    @blocking
    async def press(
        self,
        user: UserOrId,
        target: PressTarget,
        *,
        action_id: str | None = None,
        value: str | None = None,
        block_id: str | None = None,
        text: str | None = None,
        stale: bool = False,
        **wait: Unpack[Wait],
    ) -> Answer:
        """Press a button in a message, a modal or the Home tab.

        Any of action_id, value, block_id and the visible text choose it. It must still be there now; `stale` presses it
        as it was when `target` was looked at.

        Raises:
            CannotDoError: unless just one button fits.
        """
        user = self._person(user)
        stamp = self._core.state.new_ts()
        place = self._place(user, target, stale=stale)
        block, element = _find(place.blocks, "button", action_id=action_id, value=value, block_id=block_id, text=text)
        return await self._interact(user, place.tell(action_of(block, element, None, stamp)), **wait)

    @blocking
    async def choose(
        self,
        user: UserOrId,
        target: PressTarget,
        value: Any,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        **wait: Unpack[Wait],
    ) -> Answer:
        """Choose in a menu, tick boxes or pick a date, in a message, a modal or the Home tab; the bot is told at once.

        `value` is as in `form_state.state_for`: an option's value or words, a list of them, a date.
        """
        user = self._person(user)
        stamp = self._core.state.new_ts()
        place = self._place(user, target)
        block, element = _find(place.blocks, "menu", action_id=action_id, block_id=block_id)
        given = await self._suggested(user, element, block, value, place.container)
        action = action_of(block, element, given, stamp)
        place.hold(block, element, given)
        if isinstance(target, SeenView) and block["type"] == "input":
            return Answer(mark=self._core.state.seq, delivered=False)
        return await self._interact(user, place.tell(action), **wait)

    @blocking
    async def shortcut(self, user: UserOrId, seen: SeenMessage, callback_id: str, **wait: Unpack[Wait]) -> Answer:
        """Take a message shortcut of the app on a message, by the shortcut's callback id.

        Those the app was not installed with are not offered.
        """
        user = self._person(user)
        if callback_id not in self._core.config.shortcuts:
            raise CannotDoError(f"the app has no message shortcut {callback_id!r}")
        channel, message, _ = self._message(user, seen, stale=False)
        delivery = deliveries.message_shortcut(self._core, user, channel, message, callback_id)
        return await self._interact(user, delivery, **wait)

    async def _interact(self, user: User, delivery: Delivery, **wait: Unpack[Wait]) -> Answer:
        mark = self._core.state.seq
        ack = await self._core.hub.deliver(delivery)
        if not ack.ok:
            return Answer(error=failure_code(ack), elapsed=ack.elapsed, delivered=False, mark=mark)
        messages = await self._finish(user, mark, **wait)
        return Answer(messages, elapsed=ack.elapsed, mark=mark)

    # -- menus whose options the bot gives ---------------------------------------------------------------------

    @blocking
    async def suggest(
        self,
        user: UserOrId,
        target: PressTarget,
        typed: str,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
    ) -> list[Json]:
        """Type into a menu whose options come from the bot; return the options the bot offers.

        Raises:
            CannotDoError: it offers none in time.
        """
        user = self._person(user)
        place = self._place(user, target)
        block, element = _find(place.blocks, "menu", action_id=action_id, block_id=block_id)
        return await self._ask(user, element, block, typed, place.container)

    async def _ask(self, user: User, element: Json, block: Json, typed: str, container: Json) -> list[Json]:
        delivery = deliveries.block_suggestion(self._core, user, element, block["block_id"], typed, container)
        ack = await self._core.hub.deliver(delivery)
        if not ack.ok:
            raise CannotDoError(f"the menu stayed empty ({failure_code(ack)})")
        refused = check_options(ack.payload)
        if refused:
            raise CannotDoError(f"the menu stayed empty ({refused.error} {' '.join(refused.messages)})".strip())
        return options_of(ack.payload or {})

    async def _suggested(self, user: User, element: Json, block: Json, given: Any, container: Json) -> Any:
        """Turn what is typed into an external menu into the option the bot offers for it."""
        if element["type"] != "external_select" or not given or isinstance(given, dict):
            return given
        return find_option({"options": await self._ask(user, element, block, given, container)}, given)

    # -- forms -------------------------------------------------------------------------------------------------

    @blocking
    async def fill(self, user: UserOrId, seen: SeenView, values: Mapping[str, Any]) -> SeenView:
        """Fill in parts of a form, by action_id or block_id, without sending it; return the form."""
        return see_view(self._core.state, await self._filled(self._person(user), seen, values))

    async def _filled(self, user: User, seen: SeenView, values: Mapping[str, Any]) -> StoredView:
        view, place = self._view(user, seen), self._place(user, seen)
        for name, given in values.items():
            block, element = _only(place.blocks, f"field called {name!r}", partial(_is_field, name))
            place.hold(block, element, await self._suggested(user, element, block, given, place.container))
        return view

    @blocking
    async def submit(
        self, user: UserOrId, seen: SeenView, values: Mapping[str, Any] | None = None, **wait: Unpack[Wait]
    ) -> SubmitResult:
        """Fill in a form (by action_id or block_id, over what stands there) and send it.

        What Slack's own form would object to is not sent at all.
        """
        user = self._person(user)
        view = self._view(user, seen)
        if view.spec.get("type") != "modal" or not view.spec.get("submit"):
            raise CannotDoError("this view has nothing to send")
        if user.is_partner(self._core.config) and not self._core.config.partners_can:
            raise CannotDoError(
                f"{user.name} belongs to another organisation, whose members may be unable to send forms"
            )
        await self._filled(user, seen, values or {})
        mark = self._core.state.seq
        current = state_values(view.blocks, view.typed)
        found = {
            block["block_id"]: field_error(block, current[block["block_id"]][block["element"]["action_id"]])
            for block in view.blocks
            if block.get("type") == "input"
        }
        errors = {block_id: error for block_id, error in found.items() if error}
        if errors:
            return SubmitResult(errors, see_view(self._core.state, view), mark=mark)
        ack = await self._core.hub.deliver(deliveries.view_submission(self._core, user, view))
        if not ack.ok:
            return self._result(user, view, error=failure_code(ack), elapsed=ack.elapsed, mark=mark)
        try:
            errors = self._apply(user, view, ack.payload or {})
        except SlackError as refused:
            return self._result(
                user, view, error=refused.error, detail=refused.messages, elapsed=ack.elapsed, mark=mark
            )
        messages = await self._finish(user, mark, **wait)
        return self._result(user, view, errors=errors, messages=messages, elapsed=ack.elapsed, mark=mark)

    def _result(self, user: User, view: StoredView, **outcome: Any) -> SubmitResult:
        now = self._core.state.modals.get(user.id)
        return SubmitResult(
            view_after=see_view(self._core.state, now) if now else None, closed=now is not view, **outcome
        )

    def _apply(self, user: User, view: StoredView, answer: Json) -> dict[str, str]:
        """Do what the acknowledgement of a form says (https://docs.slack.dev/surfaces/modals/).

        Raises:
            SlackError: Slack would refuse it.
        """
        action = answer.get("response_action")
        match action:
            case None:
                close_modal(self._core, user.id)
            case "update":
                update_view(self._core, view, answer.get("view"))
            case "errors":
                errors = answer.get("errors")
                inputs = {block["block_id"] for block in view.blocks if block.get("type") == "input"}
                if isinstance(errors, dict) and errors and set(errors) <= inputs:
                    return {str(block_id): str(words) for block_id, words in errors.items()}
                raise SlackError("invalid_errors", ("[ERROR] errors must name input blocks of this view",))
            case _:
                raise SlackError("invalid_response_action", (f"[ERROR] unknown response_action {action!r}",))
        return {}

    @blocking
    async def close_view(self, user: UserOrId, seen: SeenView) -> None:
        """Close a form."""
        user = self._person(user)
        self._view(user, seen)
        close_modal(self._core, user.id)


def _is_field(name: str, block: Json, element: Json) -> bool:
    return name in (element["action_id"], block["block_id"]) and element["type"] != "button"
