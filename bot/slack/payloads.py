"""What Slack sends, as far as the bot reads it: frozen models, strict about ids, tolerant about everything else.

Unknown fields, unknown subtypes and missing texts are normal (Slack adds fields without notice); a malformed id is
not, and is refused before it reaches a query. `actor_team` and `actor_user` say who acted: in a channel shared with
another organisation, the team of the person is not the team the bot is installed in.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from bot.slack.emoji import with_emoji
from bot.slack.limits import BUTTON_VALUE, IDENTIFIER, INPUT_VALUE, OPTION_VALUE, PRIVATE_METADATA, TYPED_TEXT
from bot.slack.typed_text import typed_words
from models.records.said_messages import message_name

_SURROGATES = re.compile("[\ud800-\udfff]")


def _asclipped_text(value: object) -> str:
    """Return "" for a missing or odd value, dropping halves of surrogate pairs: JSON allows them, UTF-8 does not."""
    return _SURROGATES.sub("", value) if isinstance(value, str) else ""


def clipped_text(limit: int) -> BeforeValidator:
    """Return what makes a text of any value, of so many characters at most."""
    return BeforeValidator(lambda value: _asclipped_text(value)[:limit])


def _or_empty(pattern: str) -> StringConstraints:
    return StringConstraints(pattern=rf"^(?:{pattern})?$")


_NONE_IS_EMPTY = BeforeValidator(lambda value: "" if value is None else value)

_TEAM = "[TE][A-Z0-9]{1,31}"
_USER = "[UW][A-Z0-9]{1,31}"
_CHANNEL = "[CDG][A-Z0-9]{1,31}"
_STAMP = r"[0-9]{1,12}\.[0-9]{1,9}"

TeamId = Annotated[str, StringConstraints(pattern=f"^{_TEAM}$")]
UserId = Annotated[str, StringConstraints(pattern=f"^{_USER}$")]
ChannelId = Annotated[str, StringConstraints(pattern=f"^{_CHANNEL}$")]
ViewId = Annotated[str, StringConstraints(pattern="^V[A-Z0-9]{1,31}$")]
EventId = Annotated[str, StringConstraints(pattern="^Ev[A-Za-z0-9]{1,61}$")]
Stamp = Annotated[str, StringConstraints(pattern=f"^{_STAMP}$")]
MaybeTeam = Annotated[str, _NONE_IS_EMPTY, _or_empty(_TEAM)]
MaybeUser = Annotated[str, _NONE_IS_EMPTY, _or_empty(_USER)]
MaybeChannel = Annotated[str, _NONE_IS_EMPTY, _or_empty(_CHANNEL)]
MaybeStamp = Annotated[str, _NONE_IS_EMPTY, _or_empty(_STAMP)]
MaybeUrl = Annotated[str, _NONE_IS_EMPTY, _or_empty(r"https?://[^\s]{1,1000}"), Field(repr=False)]
"""An address that whoever knows it may write to."""
TriggerId = Annotated[str, _NONE_IS_EMPTY, _or_empty("[A-Za-z0-9._-]{1,200}")]
Identifier = Annotated[str, StringConstraints(max_length=IDENTIFIER)]
TypedText = Annotated[str, clipped_text(TYPED_TEXT)]
ShortText = Annotated[str, clipped_text(IDENTIFIER)]


class Payload(BaseModel):
    """Common settings of all payloads: frozen, and what is not read is dropped."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class SlashCommand(Payload):
    """A typed command (https://docs.slack.dev/interactivity/implementing-slash-commands).

    `text` still has Slack's escaping (the command is installed with `should_escape`): see `words`.
    """

    team_id: TeamId
    user_id: UserId
    channel_id: ChannelId
    text: TypedText = ""
    trigger_id: TriggerId = ""
    response_url: MaybeUrl = ""

    @property
    def words(self) -> str:
        """What the person typed."""
        return typed_words(self.text)

    @property
    def actor_team(self) -> str:
        """The workspace the app is installed in: nothing in a command says which team the person is of."""
        return self.team_id

    @property
    def actor_user(self) -> str:
        """The person."""
        return self.user_id


class PayloadUser(Payload):
    """The user of an interaction. `team_id` is their own team's."""

    id: UserId
    team_id: MaybeTeam = ""


class PayloadTeam(Payload):
    """The team of an interaction."""

    id: TeamId


class Interaction(Payload):
    """What every press, choice, form and shortcut carries. `team`: the one it came through."""

    user: PayloadUser
    team: PayloadTeam | None = None
    trigger_id: TriggerId = ""

    @property
    def actor_team(self) -> str:
        """The team of the person."""
        return self.user.team_id or (self.team.id if self.team else "")

    @property
    def actor_user(self) -> str:
        """The person."""
        return self.user.id


class PayloadChannel(Payload):
    """The channel of an interaction."""

    id: ChannelId


class Container(Payload):
    """Where a pressed button stood: a message (perhaps an ephemeral one) or a view."""

    message_ts: MaybeStamp = ""
    channel_id: MaybeChannel = ""
    is_ephemeral: bool = False


class PressedMessage(Payload):
    """The message a pressed button stood in; ephemeral messages do not come along."""

    ts: MaybeStamp = ""


class Option(Payload):
    """The option that was chosen."""

    value: Annotated[str, clipped_text(OPTION_VALUE)] = ""


class PressedElement(Payload):
    """One pressed button or chosen option."""

    action_id: Identifier
    value: Annotated[str, clipped_text(BUTTON_VALUE)] = ""
    selected_option: Option | None = None

    @property
    def chosen(self) -> str:
        """What the press was about: the button's value, or the option's."""
        return self.selected_option.value if self.selected_option else self.value


class PressedView(Payload):
    """The view a pressed button stood in: `hash` is another each time it is shown anew."""

    id: ShortText = ""
    type: ShortText = ""
    hash: ShortText = ""


class FormElement(Payload):
    """One element of a form or a message; what is typed into it has names for emoji, as messages have."""

    value: Annotated[str, AfterValidator(with_emoji), clipped_text(INPUT_VALUE)] = ""
    selected_option: Option | None = None
    selected_options: Annotated[tuple[Option, ...], BeforeValidator(lambda value: value or ())] = ()
    selected_date: ShortText = ""
    selected_user: MaybeUser = ""


class ViewState(Payload):
    """What was put into a form, or chosen in a message, by block_id and action_id."""

    values: dict[Identifier, dict[Identifier, FormElement]] = {}


class BlockActions(Interaction):
    """A press in a message or a view.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """

    actions: Annotated[tuple[PressedElement, ...], Field(min_length=1, max_length=25)]
    container: Container = Container()
    channel: PayloadChannel | None = None
    message: PressedMessage | None = None
    view: PressedView | None = None
    state: ViewState | None = None
    response_url: MaybeUrl = ""

    @property
    def ticked(self) -> tuple[str, ...]:
        """What is ticked beside the button, in the order in which it stands there."""
        elements = (one for block in (self.state.values if self.state else {}).values() for one in block.values())
        return tuple(option.value for element in elements for option in element.selected_options)

    @property
    def on_home(self) -> bool:
        """Whether it was on the Home tab, which has no conversation and no address to answer to."""
        return self.view is not None and self.view.type == "home"

    @property
    def place(self) -> str:
        """Where the press was, the same each time it is delivered: the message, or the view as it was shown."""
        if self.view is not None:
            return f"{self.view.id}:{self.view.hash}"
        return f"{self.channel_id}:{self.message_ts}"

    @property
    def press(self) -> PressedElement:
        """The press itself: Slack sends one at a time."""
        return self.actions[0]

    @property
    def channel_id(self) -> str:
        """The channel of the message; "" in a view."""
        return self.channel.id if self.channel else self.container.channel_id

    @property
    def message_ts(self) -> str:
        """The message the press was in; "" in a view."""
        return self.container.message_ts or (self.message.ts if self.message else "")

    @property
    def answer(self) -> str:
        """The message the press was in, by its name; "" in a view, and in what is no answer to a message."""
        return message_name(self.channel_id, self.message_ts) if self.channel_id and self.message_ts else ""


class TurnedMessage(Payload):
    """The message that somebody took a shortcut on."""

    ts: Stamp
    text: TypedText = ""


class MessageShortcut(Interaction):
    """A shortcut taken on a message.

    https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
    """

    channel: PayloadChannel
    message: TurnedMessage
    response_url: MaybeUrl = ""

    @property
    def words(self) -> str:
        """What the message says."""
        return typed_words(self.message.text)


class BlockSuggestion(Interaction):
    """What somebody types into a menu.

    https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
    """

    action_id: Identifier
    value: ShortText = ""


class SubmittedView(Payload):
    """A submitted form. `id` identifies a repeated submission."""

    id: ViewId
    callback_id: ShortText = ""
    private_metadata: Annotated[str, StringConstraints(max_length=PRIVATE_METADATA)] = ""
    state: ViewState = ViewState()


class ViewSubmission(Interaction):
    """A form that was sent.

    https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
    """

    view: SubmittedView
