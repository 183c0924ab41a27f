"""Our own templates of Word files, by what is made of them."""

from collections.abc import Callable

from models.files.papers.front_template import front_template
from models.files.papers.own_template import brief_template, exempt_template, paper_template, since_template

TEMPLATES: dict[str, Callable[[], bytes]] = {
    "paper": paper_template,
    "since": since_template,
    "brief": brief_template,
    "exempt": exempt_template,
    "front": front_template,
}
