"""Read the settings from the environment once; they are frozen, and secrets stay out of logs and `repr`."""

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.log import LogFormat
from models.errors import Refusal

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


class Settings(BaseSettings):
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
        said = []
        for problem in error.errors(include_input=False, include_url=False, include_context=False):
            name = str(problem["loc"][0])
            if problem["type"] == "missing" and name in WHAT_TO_DO:
                said.append(WHAT_TO_DO[name])
            elif name.endswith("_seconds"):
                said.append(
                    f"{name.upper()} is no number of seconds up to {LONGEST_SPAN}: put it right or take it out."
                )
            else:
                said.append(f"{name.upper()}: {problem['msg']}.")
        raise Refusal("\n".join(said)) from None
    for token, start, name in (
        (settings.slack_bot_token, "xoxb-", "SLACK_BOT_TOKEN"),
        (settings.slack_app_token, "xapp-", "SLACK_APP_TOKEN"),
    ):
        if not token.get_secret_value().startswith(start):
            raise Refusal(f"{name} does not begin with {start}: the two tokens may have been swapped.")
    return settings
