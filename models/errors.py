"""Exceptions meant for people. Each carries one sentence that says what is wrong and what to do."""


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
    """Another process holds the lock for longer than people are kept waiting."""


class DatabaseOutdated(DatabaseProblem):
    """The database is older than the code: `cypp migrate` brings it up."""
