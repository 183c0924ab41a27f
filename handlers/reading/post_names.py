"""Which post somebody means: by its title, its organisation or its key, or a near miss of one."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from handlers.reading.normalise import plain, quoted

_LONGEST = 200
_NEAR_WORD = 0.75
"""How alike, of 1, a mistyped word of a title must be."""
NEAREST = 45
"""How alike, of 100, a title must be to be offered where none fits."""
_MOST = 5

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(("the", "a", "of", "and", "for", "in", "on", "to", "at", "s", "our", "post"))


@dataclass(frozen=True, slots=True)
class PostWords:
    """A post as people may write it: its key, its title, and the names of its organisation, the printed one first."""

    id: int
    key: str
    title: str
    organisations: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """As it is printed: "Head of Education, Sefton Council"."""
        return f"{self.title}, {self.organisations[0]}" if self.organisations else self.title


@dataclass(frozen=True, slots=True)
class PostFound:
    """One post. `corrected_from`: what was typed, when it was a near miss."""

    post: PostWords
    corrected_from: str = ""


@dataclass(frozen=True, slots=True)
class PostAsk:
    """No post, or several: one sentence that asks, and those that fit or are nearest."""

    say: str
    posts: tuple[PostWords, ...] = ()


def read_post(text: str, posts: tuple[PostWords, ...]) -> PostFound | PostAsk:
    """Return the post that is meant."""
    typed = plain(text[:_LONGEST])
    words = [word for word in _WORD.findall(typed) if word not in _SMALL] or _WORD.findall(typed)
    if not words:
        return PostAsk("Which post?")
    exact = [post for post in posts if typed == plain(post.key)] or [
        post for post in posts if typed in (plain(post.title), *_labels(post))
    ]
    fitting = exact or [post for post in posts if all(word in _words_of(post) for word in words)]
    near = False
    if not fitting:
        fitting = [post for post in posts if all(any(_alike(word, one) for one in _words_of(post)) for word in words)]
        near = True
    if len(fitting) == 1:
        return PostFound(fitting[0], text.strip() if near else "")
    if fitting:
        return PostAsk(f"{quoted(text)} fits {len(fitting)} posts. Which is meant?", tuple(fitting))
    scored = sorted(
        (
            (max(fuzz.token_set_ratio(typed, label) for label in (plain(post.title), *_labels(post))), post)
            for post in posts
        ),
        key=lambda pair: -pair[0],
    )
    nearest = tuple(post for score, post in scored if score >= NEAREST)[:_MOST]
    return PostAsk(f"There is no post {quoted(text)} in the plan.", nearest)


def _labels(post: PostWords) -> tuple[str, ...]:
    """Return title and organisation in every way they may be put together."""
    return tuple(
        plain(label) for name in post.organisations for label in (f"{post.title}, {name}", f"{post.title} {name}")
    )


def _words_of(post: PostWords) -> set[str]:
    return {word for name in (post.title, *post.organisations) for word in _WORD.findall(plain(name))}


def _alike(typed: str, known: str) -> bool:
    if typed == known:
        return True
    if min(len(typed), len(known)) < 3:
        return False
    return (len(typed) > 3 and known.startswith(typed)) or OSA.normalized_similarity(typed, known) >= _NEAR_WORD
