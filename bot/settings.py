"""Read the settings from the environment once; they are frozen, and secrets stay out of logs and `repr`."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.log import LogFormat
from models.errors import Refusal
from models.notifications.retention import LEDGER_DAYS, KeptDays

DEFAULT_DATABASE = "cypp.db"
WHAT_TO_DO = {
    "slack_bot_token": (
        "SLACK_BOT_TOKEN is not set: it is the “Bot User OAuth Token” (xoxb-…) on the app’s page “OAuth & Permissions”."
    ),
    "slack_app_token": (
        "SLACK_APP_TOKEN is not set: it is an app-level token (xapp-…) with connections:write, made on the app’s page "
        "“Basic Information”."
    ),
}
LONGEST_SPAN = 86_400
"""Seconds: no span below is longer than a day."""


def _token(token: SecretStr) -> SecretStr:
    """Return a token as it goes into a header; an invalid character would show the whole token in an error."""
    value = token.get_secret_value().strip()
    if not (value.isascii() and value.isprintable() and " " not in value):
        raise PydanticCustomError("token", "it holds a character that no token has: copy it again from the app’s page")
    return SecretStr(value)


def _address(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise PydanticCustomError("address", "write an address such as https://slack.com/api/")
    return url


Token = Annotated[SecretStr, AfterValidator(_token)]
Seconds = Annotated[float, Field(gt=0, le=LONGEST_SPAN)]


LONGEST_KEPT = 3_650
"""Days: nothing below is kept for longer than ten years."""


def _days(name: str, least: int, what: str) -> Any:
    return Field(default=getattr(KeptDays(), name), ge=least, le=LONGEST_KEPT, description=what)


class KeptSettings(BaseSettings):
    """How long is kept what is kept only for a time (docs/explanation/data-protection.md, How long)."""

    cypp_keep_pages_days: int = _days(
        "pages", 1, "days that messages and answers, as they were sent, are kept for redaction after their meeting"
    )
    cypp_keep_ledger_days: int = _days(
        "ledger", LEDGER_DAYS, "days that it is kept which message went to whom, when and why; 365 or more"
    )
    cypp_keep_received_days: int = _days("received", 1, "days that marks of what Slack delivered are kept")
    cypp_keep_names_days: int = _days(
        "names",
        1,
        "days that names and addresses of people outside the plan are kept once they were asked for",
    )

    @property
    def kept_days(self) -> KeptDays:
        """How many days each sort is kept."""
        return KeptDays(
            self.cypp_keep_pages_days,
            self.cypp_keep_ledger_days,
            self.cypp_keep_received_days,
            self.cypp_keep_names_days,
        )


class Settings(KeptSettings):
    """What `cypp serve` needs. `SLACK_API_URL` may name any other server that speaks Slack's API."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", case_sensitive=False, env_ignore_empty=True, hide_input_in_errors=True
    )

    slack_bot_token: Token = Field(description="the bot's token, xoxb-… (the app's page “OAuth & Permissions”)")
    slack_app_token: Token = Field(
        description="the app-level token with connections:write, xapp-… (page “Basic Information”)"
    )
    slack_api_url: Annotated[str, AfterValidator(_address)] = Field(
        default="https://slack.com/api/",
        repr=False,
        description="where Slack's Web API is, or any other server that speaks it",
    )
    cypp_database_url: str = Field(
        default=DEFAULT_DATABASE,
        repr=False,
        description="the database: a file, or a URL such as postgresql+psycopg://USER:PASSWORD@HOST/NAME",
    )
    cypp_tick_seconds: Seconds = Field(default=60, description="how often the ledger is looked at")
    cypp_lease_seconds: Seconds = Field(default=65, description="how long a claimed message is its sender's")
    cypp_look_after_seconds: float = Field(
        default=120,
        ge=0,
        le=LONGEST_SPAN,
        description="how long after an attempt of unknown outcome the conversation is searched for it",
    )
    cypp_look_again_seconds: float = Field(
        default=60, ge=0, le=LONGEST_SPAN, description="how long after that a second time"
    )
    cypp_health_port: int = Field(default=0, ge=0, le=65535, description="where /healthz is served; 0 is nowhere")
    cypp_health_host: str = Field(default="127.0.0.1", description="the address /healthz is served on")
    cypp_log_format: LogFormat = Field(default=LogFormat.TEXT, description="how the log is written: text, or json")


class TidySettings(KeptSettings):
    """What `cypp tidy` needs."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)


class CommandSettings(BaseSettings):
    """What every other command needs."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    cypp_database_url: str = Field(default=DEFAULT_DATABASE, repr=False, description="the database: a file, or a URL")


def read_settings(database: str = "") -> Settings:
    """Return the settings from the environment; `database` (from --db) goes before the environment's.

    Raises:
        Refusal: with what to do for each one that is missing or wrong.
    """
    given = {"cypp_database_url": database} if database else {}
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise Refusal("\n".join(_said_of(error))) from None
    for token, start, name in (
        (settings.slack_bot_token, "xoxb-", "SLACK_BOT_TOKEN"),
        (settings.slack_app_token, "xapp-", "SLACK_APP_TOKEN"),
    ):
        if not token.get_secret_value().startswith(start):
            raise Refusal(f"{name} does not begin with {start}: the two tokens may have been swapped.")
    return settings


def read_kept_days() -> KeptDays:
    """Return how long is kept what is kept only for a time, from the environment.

    Raises:
        Refusal: with what to do for each setting that is wrong.
    """
    try:
        return TidySettings().kept_days
    except ValidationError as error:
        raise Refusal("\n".join(_said_of(error))) from None


def _said_of(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_input=False, include_url=False, include_context=False):
        name = str(problem["loc"][0])
        if problem["type"] == "missing" and name in WHAT_TO_DO:
            yield WHAT_TO_DO[name]
        elif name.endswith("_seconds"):
            yield f"{name.upper()} is no number of seconds up to {LONGEST_SPAN}: put it right or take it out."
        elif name.endswith("_days"):
            least = LEDGER_DAYS if name == "cypp_keep_ledger_days" else 1
            span = f"no whole number of days from {least} to {LONGEST_KEPT}"
            yield f"{name.upper()} is {span}: put it right or take it out."
        else:
            yield f"{name.upper()}: {problem['msg']}."
