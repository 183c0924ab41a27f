"""What the log looks like: lines of text, or a JSON object a line. Configured here and nowhere else."""

import json
import logging
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from models.storage.tracebacks import format_traceback


class LogFormat(StrEnum):
    """The values of CYPP_LOG_FORMAT."""

    TEXT = "text"
    JSON = "json"


_OF_EVERY_RECORD = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"})


class TextFormatter(logging.Formatter):
    """Writes time, level, logger and message; tracebacks without what people typed, whichever library logs them."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """Return an exception's traceback as the log may have it."""
        return format_traceback(ei[1]).rstrip()


class JsonFormatter(TextFormatter):
    """Writes each record as an object: time (UTC), level, logger, message, and the fields it was given (`extra`)."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        fields = {name: value for name, value in vars(record).items() if name not in _OF_EVERY_RECORD}
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **fields,
        }
        if record.exc_info and record.exc_info[1] is not None:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def configure_logging(log_format: LogFormat) -> None:
    """Send the log to standard error, from INFO on; libraries only where nobody here says the same in words."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if log_format is LogFormat.JSON else TextFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)


def sdk_logger(level: int = logging.WARNING) -> logging.Logger:
    """Return the logger of Bolt and the SDK, whose debug lines hold whole payloads, and so what people typed."""
    logger = logging.getLogger("bot.slack.sdk")
    logger.setLevel(level)
    return logger
