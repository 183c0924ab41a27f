"""Exceptions meant for people. Each carries one sentence that says what is wrong and what to do."""

import re

_SECRETS = (
    (re.compile(r"\b(xox[a-z]|xapp)-[\w-]{2,}"), r"\1-…"),
    (re.compile(r"(?i)\b(bearer\s+)[^\s'\",;)\]}]+"), r"\1…"),
    # In a query, a keyword string, or a dictionary as Python or JSON shows it.
    (
        re.compile(
            r"(?i)(\b\w*(?:pass(?:word|wd)?|pasword|pwd|secret|token|client_key|server_key|(?<=[?&])key)"
            r"(?:['\"]\s*:|\s*=)\s*)(?:'[^']*'|\"[^\"]*\"|[^\s'\",;)\]}&]+)"
        ),
        r"\1…",
    ),
    (re.compile(r"(?i)(\bpostgres\w*(?:\+\w+)?:?/{1,3}).*@"), r"\1…@"),
    (re.compile(r"(\b[a-z][a-z0-9+.:-]*://)[^\s'\"“”]*@"), r"\1…@"),
)


def hide_secrets(text: str) -> str:
    """Return a text without the tokens and passwords in it, wherever somebody may have put one."""
    for pattern, shown in _SECRETS:
        text = pattern.sub(shown, text)
    return text


class Refusal(Exception):
    """Something that cannot be done as asked. `str()` is the sentence for people; nothing was stored."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class DatabaseProblem(Refusal):
    """The database cannot be used as it is."""

    quotes_nobody = True
    """Its sentences name files and commands, so the log may have them (`models.storage.tracebacks`)."""


class DatabaseBusy(DatabaseProblem):
    """It cannot be had just now, for a cause that passes by itself or that people may know of.

    Another process holds the lock for longer than people are kept waiting, for instance.
    """


class DatabaseFull(DatabaseBusy):
    """There is no room left on its disk: nothing is stored until there is."""


class DatabaseUnsure(DatabaseBusy):
    """A commit was sent and not answered: nobody knows yet whether it was stored."""


class DatabaseOutdated(DatabaseProblem):
    """The database is older than the code: `cypp migrate` brings it up."""
