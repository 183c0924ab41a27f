"""Settings, read from the environment once, frozen, secrets kept out of logs and `repr`."""

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

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


class Settings(BaseSettings):
    """What `cypp serve` needs. `SLACK_API_URL` points it at any other server that speaks Slack's API."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", case_sensitive=False)

    slack_bot_token: SecretStr = Field(description="the bot's token, xoxb-…")
    slack_app_token: SecretStr = Field(description="the app-level token for Socket Mode, xapp-…")
    slack_api_url: str = Field(default="https://slack.com/api/", description="where Slack's Web API is")
    cypp_database_url: str = Field(default=DEFAULT_DATABASE, description="the database: a file, or a URL")
    cypp_tick_seconds: float = Field(default=60, gt=0, description="how often the ledger is looked at")
    cypp_lease_seconds: float = Field(default=65, gt=0, description="how long a claimed message is its sender's")
    cypp_look_after_seconds: float = Field(default=120, ge=0, description="first look for a message in doubt")
    cypp_look_again_seconds: float = Field(default=60, ge=0, description="second look for a message in doubt")


class CommandSettings(BaseSettings):
    """What every other command needs."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    cypp_database_url: str = Field(default=DEFAULT_DATABASE, description="the database: a file, or a URL")


def read_settings(database: str = "") -> Settings:
    """The settings from the environment; `database` (from --db) goes before the environment's.

    Raises Refusal with what to do for each one that is missing or wrong.
    """
    given = {"cypp_database_url": database} if database else {}
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        said = []
        for problem in error.errors(include_input=False, include_url=False, include_context=False):
            name = str(problem["loc"][0])
            said.append(
                WHAT_TO_DO[name]
                if problem["type"] == "missing" and name in WHAT_TO_DO
                else f"{name.upper()}: {problem['msg']}."
            )
        raise Refusal("\n".join(said)) from None
    for token, start, name in (
        (settings.slack_bot_token, "xoxb-", "SLACK_BOT_TOKEN"),
        (settings.slack_app_token, "xapp-", "SLACK_APP_TOKEN"),
    ):
        if not token.get_secret_value().startswith(start):
            raise Refusal(f"{name} does not begin with {start}: the two tokens may have been swapped.")
    return settings
