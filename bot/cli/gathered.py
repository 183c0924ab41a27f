"""What stands in the way of a command, gathered so that all of it is said at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from models.errors import Refusal

_ENDINGS = (" Nothing was stored.", " Nothing was changed.")


class Gathered:
    """Refusals in their order; what is wrong is left aside meanwhile, since nothing is stored in the end."""

    def __init__(self) -> None:
        self.said: list[str] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep a refusal instead of ending with it."""
        try:
            yield
        except Refusal as refused:
            self.said.append(refused.sentence)

    def refuse(self) -> None:
        """End with all that was gathered.

        Raises:
            Refusal: there is something.
        """
        if len(self.said) < 2:
            for sentence in self.said:
                raise Refusal(sentence)
            return
        shown = [f"{len(self.said)} things stand in the way, so nothing was stored."]
        for sentence in self.said:
            for ending in _ENDINGS:
                sentence = sentence.removesuffix(ending)
            shown.append(f"– {sentence}")
        raise Refusal("\n".join(shown))
