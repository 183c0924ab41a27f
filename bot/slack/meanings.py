"""What an answer of Slack's means, in one table: nothing else in the bot decides from an error code.

Slack's own answer is a JSON object with `ok`; a refusal has its documented code in `error`. Whatever else comes back (a
proxy's sign-in page, a redirect, half an answer) says nothing of what became of the call, and is never a refusal.

Sources: the errors of each method the bot calls at https://docs.slack.dev/reference/methods/ (August 2026), and
https://docs.slack.dev/apis/web-api/rate-limits/.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from socket import gaierror
from ssl import SSLCertVerificationError
from typing import Any, Final, NamedTuple, TypeVar
from urllib.error import URLError

_Read = TypeVar("_Read")


class Means(Enum):
    """What follows from an answer that is no success."""

    WAIT = "passes by itself"
    """Nothing was done, and the same will be taken later."""
    ADDRESS = "the address is gone"
    """Nothing was done: whoever or whatever it was for cannot be reached now."""
    CONVERSATION = "the conversation is gone"
    """The same, and a direct conversation that is opened anew may take it."""
    MESSAGE = "the message is at fault"
    """Nothing was done, and the same will not be taken later. So with a code that no page of Slack's names."""
    SCOPE = "the app lacks a permission"
    """Nothing was done: this method is not open to the app until somebody changes that."""
    REPEATED = "done before"
    """The same was asked for before, and was done then."""
    TOKEN = "the token is at fault"  # noqa: S105 - no password
    """Nothing was done, and nothing at all will be until somebody has put the token right."""
    UNKNOWN = "nobody can know"
    """It may have been done: it has to be looked up."""


SHORT_WAIT, LONG_WAIT = 30.0, 300.0
"""Seconds until something is tried again where Slack does not say: what passes by itself, what somebody has to mend."""
_MOST_WAIT = 3600.0

_CODES: Final[Mapping[Means, str]] = {
    Means.WAIT: """
        ratelimited rate_limited message_limit_exceeded external_channel_migrating team_added_to_org org_login_required
        """,
    Means.CONVERSATION: "channel_not_found invalid_channel",
    Means.ADDRESS: """
        is_archived not_in_channel user_not_in_channel user_not_found users_not_found user_disabled
        user_not_visible invalid_user_combination team_not_found messages_tab_disabled cannot_dm_bot
        restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel
        restricted_action_non_threadable_channel restricted_action_thread_locked channel_is_limited_access
        app_access_restricted access_denied posting_to_channel_denied method_not_supported_for_channel_type
        not_enough_users too_many_users users_list_not_supplied is_inactive not_enabled cannot_reply_to_message
        channel_type_not_supported used_url expired_url
        """,
    Means.SCOPE: """
        missing_scope no_permission not_allowed_token_type method_deprecated deprecated_endpoint unknown_method is_bot
        enterprise_is_restricted forbidden_team not_implemented metadata_must_be_sent_from_app as_user_not_supported
        """,
    Means.TOKEN: """
        invalid_auth not_authed account_inactive token_revoked token_expired ekm_access_denied accesslimited
        two_factor_setup_required
        """,
    Means.UNKNOWN: """
        internal_error fatal_error service_unavailable request_timeout update_failed
        """,
    Means.MESSAGE: """
        invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long no_text too_many_attachments
        invalid_attachments attachment_payload_limit_exceeded too_many_contact_cards markdown_text_conflict
        invalid_metadata_format invalid_metadata_schema metadata_too_large missing_file_data send_on_behalf_not_allowed
        draft_already_deleted draft_already_sent draft_has_conflict draft_not_found
        duplicate_channel_not_found duplicate_message_not_found slack_connect_canvas_sharing_blocked
        slack_connect_file_link_sharing_blocked slack_connect_lists_sharing_blocked slack_connect_blocked_file_type
        slack_connect_clip_sharing_blocked slack_connect_file_upload_sharing_blocked
        invalid_arg_name invalid_arguments invalid_array_arg invalid_charset invalid_form_data invalid_post_type
        missing_post_type invalid_json json_not_object missing_argument missing_args insecure_request limit_required
        invalid_cursor invalid_ts_latest invalid_ts_oldest invalid_metadata_filter_keys
        message_not_found cant_update_message edit_window_closed block_mismatch cant_broadcast_message
        no_dual_broadcast_content_update streaming_state_conflict
        file_not_found file_deleted file_is_deleted file_share_limit_reached file_update_failed file_type_not_allowed
        file_uploads_disabled file_uploads_except_images_disabled file_upload_size_restricted storage_limit_reached
        snippet_too_large unknown_snippet_type unknown_subtype alt_txt_too_large blocked_file_type
        max_file_sharing_exceeded unable_to_share_files channels_limit_exceeded
        view_too_large duplicate_external_id hash_conflict missing_profile_id
        expired_trigger_id invalid_trigger_id
        """,
    Means.REPEATED: "exchanged_trigger_id",
}
_MEANS: Final[Mapping[str, Means]] = {code: means for means, codes in _CODES.items() for code in codes.split()}
_ADVICE: Final[Mapping[str, str]] = {
    "invalid_auth": "Slack does not accept {name}: copy it again from the app’s page.",
    "not_authed": "Slack does not accept {name}: copy it again from the app’s page.",
    "token_revoked": "{name} was revoked: install the app again and copy the new one.",
    "account_inactive": "{name} belongs to an account that was closed: install the app again and copy the new one.",
    "not_allowed_token_type": "{name} is a token of another kind: one begins with xoxb-, the other with xapp-.",
}
_MUST_BE_MENDED = (Means.SCOPE, Means.TOKEN)
_NO_ANSWER = "no answer of Slack's"
_CODE = re.compile(r"[a-z][a-z0-9_]{1,79}")
_POINTER = re.compile(r"(?:\[ERROR\] )?(.*) \[json-pointer:(/[^\]\s]{0,200})\]")
_OF_BLOCKS = ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_message", "invalid_view")
_NOT_REACHED = (ConnectionRefusedError, gaierror, SSLCertVerificationError)
"""The other end cannot be found, or is not trusted: no request was sent to it."""
_NO_TUNNEL = "Tunnel connection failed"
"""How `http.client` begins its error where a proxy does not let a connection through: no request was sent either."""


class AtFault(NamedTuple):
    """A place in what was sent, as a pointer, and what Slack says of it."""

    pointer: str
    why: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a call to Slack did not succeed. `why`: Slack's code, or a word of the bot's own; never text from a page.

    `after`: in how many seconds of real time it is worth trying again. `at`: where Slack says that what was
    sent is at fault.
    """

    means: Means
    why: str
    after: float = field(default=SHORT_WAIT, compare=False)
    at: tuple[AtFault, ...] = field(default=(), compare=False)

    @property
    def is_page(self) -> bool:
        """Whether an answer came that is none of Slack's."""
        return self.why.startswith(_NO_ANSWER)

    @property
    def is_gone(self) -> bool:
        """Whether whoever or whatever it was for cannot be reached."""
        return self.means in (Means.ADDRESS, Means.CONVERSATION)

    @property
    def is_of_blocks(self) -> bool:
        """Whether something was refused for its blocks; of a view Slack says so by the place alone."""
        of_view = self.why == "invalid_arguments" and any("/blocks/" in one.pointer for one in self.at)
        return self.means is Means.MESSAGE and (self.why in _OF_BLOCKS or of_view)


def meaning(answer: Exception) -> Trouble:
    """Return what a failed call to Slack means, by the exception that the SDK, or the network, raised."""
    response = getattr(answer, "response", None)
    if response is not None:
        data = getattr(response, "data", response)
        status = getattr(response, "status_code", None) or (data.get("status") if isinstance(data, dict) else None)
        return meaning_of_body(int(status or 200), getattr(response, "headers", None) or {}, data)
    cause = answer.reason if isinstance(answer, URLError) else answer
    if isinstance(cause, _NOT_REACHED) or str(cause).startswith(_NO_TUNNEL):
        return Trouble(Means.WAIT, type(cause).__name__)
    return Trouble(Means.UNKNOWN, type(cause).__name__)


def meaning_of_body(status: int, headers: Mapping[str, Any], body: object) -> Trouble:
    """Return what an HTTP answer other than a success means.

    Args:
        status: the HTTP status.
        headers: its headers, in whatever case.
        body: what its JSON says; anything else where it is none.
    """
    code = body.get("error") if isinstance(body, dict) and body.get("ok") is False else None
    if status == 429:
        return Trouble(Means.WAIT, "ratelimited", _retry_after(headers))
    if not isinstance(code, str) or not _CODE.fullmatch(code) or (status != HTTPStatus.OK and code not in _MEANS):
        # Slack refuses with 200 nearly always: by another status and a code of no page of Slack's, it is a proxy's.
        return Trouble(Means.UNKNOWN, f"{_NO_ANSWER} (HTTP {status})")
    means = Means.UNKNOWN if status >= 500 else meaning_of_code(code)
    if means is Means.WAIT:
        return Trouble(means, code, _retry_after(headers))
    return Trouble(means, code, LONG_WAIT if means in _MUST_BE_MENDED else SHORT_WAIT, _places(body))


def _places(body: object) -> tuple[AtFault, ...]:
    """Return what Slack says is at fault, and where: in its messages, or of `blocks.validate` in its errors."""
    given = body if isinstance(body, dict) else {}
    more, errors = given.get("response_metadata"), given.get("errors")
    said = more.get("messages") if isinstance(more, dict) else None
    texts = [one for one in said if isinstance(one, str)] if isinstance(said, list) else []
    found = [AtFault(at[2], at[1]) for one in texts if (at := _POINTER.fullmatch(one))]
    for one in errors if isinstance(errors, list) else []:
        if isinstance(one, dict) and str(one.get("pointer") or "/").startswith("/"):
            why = str(one.get("message") or one.get("code") or "no reason given")
            found.append(AtFault(str(one.get("pointer") or "/"), why))
    return tuple(found)


def meaning_of_url(status: int, headers: Mapping[str, Any], text: str) -> Trouble | None:
    """Return what the answer of a response_url means: None for a success, which is plain `ok`."""
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    if status == 200 and (text.strip() == "ok" or (isinstance(body, dict) and body.get("ok") is True)):
        return None
    return meaning_of_body(status, headers, body)


def meaning_of_code(code: str) -> Means:
    """Return what a refusal by this code means; what does not look like a code of Slack's tells nothing."""
    if not _CODE.fullmatch(code):
        return Means.UNKNOWN
    return _MEANS.get(code, Means.MESSAGE)


def token_advice(name: str, trouble: Trouble) -> str:
    """Return what to do where Slack refuses the token of this name."""
    if (name, trouble.why) == ("SLACK_APP_TOKEN", "missing_scope"):
        return "SLACK_APP_TOKEN lacks connections:write: make a new app-level token with it under “Basic Information”."
    words = _ADVICE.get(trouble.why, "Slack refused {name} ({code}): look at the app’s page, then copy it again.")
    return words.format(name=name, code=trouble.why)


def token_troubles(reasons: Mapping[str, int]) -> list[str]:
    """Return a sentence for each reason why messages wait that only a better token ends; `reasons`: with how many."""
    return [
        f"Slack does not accept the bot's token ({code}): {many} waiting until it is put right"
        for code, many in reasons.items()
        if meaning_of_code(code) in _MUST_BE_MENDED
    ]


def call_slack(call: Callable[[], Any], read: Callable[[Any], _Read]) -> _Read | Trouble:
    """Call Slack once; return what `read` takes from its answer (a `SlackResponse`), or why there is none.

    An answer that lacks what `read` takes is no answer of Slack's, nor is one whose `ok` is anything but true: the SDK
    takes a file, or a text, for a success.
    """
    from slack_sdk.web import SlackResponse  # whoever only asks on the command line needs none of it

    try:
        answer = call()
        if isinstance(answer, SlackResponse) and not (isinstance(answer.data, dict) and answer.data.get("ok") is True):
            return meaning_of_body(answer.status_code, answer.headers, answer.data)
        return read(answer)
    except Exception as error:  # noqa: BLE001 - the SDK raises what a page brings about: of JSON, of coding, of anything
        return meaning(error)


def text_in(answer: Any, *at: str | int) -> str:
    """Return a text of Slack's answer, by the steps that lead to it.

    Raises:
        LookupError, TypeError: there is none.
    """
    for step in at:
        answer = answer[step]
    if not isinstance(answer, str) or not answer:
        raise TypeError("no text in Slack's answer")
    return answer


def _retry_after(headers: Mapping[str, Any]) -> float:
    """Return the seconds of `Retry-After`, within reason; some where there is none to be read."""
    for name, value in headers.items():
        if name.lower() == "retry-after":
            try:
                seconds = float(value[0] if isinstance(value, list) else value)
            except (ValueError, IndexError):
                return SHORT_WAIT
            return min(max(seconds, 0.0), _MOST_WAIT) if math.isfinite(seconds) else SHORT_WAIT
    return SHORT_WAIT
