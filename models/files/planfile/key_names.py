"""What people call the keys and headings of a plan: the same word in another form is read, another word asked about."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from models.files.planfile.problems import nearest
from models.files.planfile.schema import PlanFile

_WORD = re.compile(r"[^\W_]+")
_ALSO = {
    "actions": "commitments tasks deliverables actionlog actionplan log",
    "boards": "committees groups partnerships panels bodies",
    "organisations": "partners agencies organisationlist services",
    "posts": "roles jobs people leads owners",
    "priorities": "objectives aims",
    "themes": "headings outcomes strands",
    "meetings": "dates calendar",
    "words": "description action text task commitment what details",
    "lead": "owner responsible responsibleofficer leadofficer bywhom who assignedto",
    "due": "deadline target targetdate bywhen duemeeting timescale",
    "due_date": "datedue date",
    "status": "rag rating brag",
    "status_words": "update comment progress lastupdate latest",
    "status_date": "updated updatedon dateofupdate",
    "supporting": "partner support with",
    "title": "name post role jobtitle priority",
    "name": "title",
    "organisation": "employer agency partner council",
    "holder": "person postholder heldby officer",
    "secretary": "clerk keeper",
    "chair": "chairman chairperson",
    "date": "day meeting",
    "from": "starts start begins",
    "to": "ends end until",
}
"""Other words for a key; which of the keys of a place is meant is asked."""


def same_word(text: str) -> str:
    """Return what two forms of a word have in common: capitals, hyphens, the plural, American spelling."""
    words = _WORD.findall(text.casefold().replace("’", "").replace("'", ""))
    british = (re.sub(r"ies$", "y", one.replace("organiz", "organis")) for one in words)
    return "".join(re.sub(r"(?:ses|s)$", "", one) for one in british)


def likely_key(word: str, known: Collection[str]) -> str | None:
    """Return the known key that an unknown word may stand for, if there is one."""
    said = same_word(word)
    also = [key for key in known if said in map(same_word, _ALSO.get(key, "").split())]
    return also[0] if also else nearest(word, known)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside a field's annotation, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := model_in(part))), None)


@cache
def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return what a model knows of each key, as a plan file calls it."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


@cache
def _forms(model: type[BaseModel]) -> dict[str, str]:
    return {same_word(key): key for key in fields_of(model)}


def settle_keys(values: Any, model: type[BaseModel] | None = PlanFile) -> None:
    """Name keys as the plan file does, in the values: the same word in another form, where its key is not there.

    Another word stays, as a problem; what it may stand for has its value, so that it is the only one.
    """
    if isinstance(values, list):
        for one in values:
            settle_keys(one, model)
    if model is None or not isinstance(values, dict):
        return
    fields, forms = fields_of(model), _forms(model)
    for key in [key for key in values if key not in fields]:
        form = forms.get(same_word(str(key)))
        if form is not None and form not in values:
            values[form] = values.pop(key)
        elif (likely := likely_key(str(key), fields)) is not None:
            values.setdefault(likely, values[key])
    for key, value in values.items():
        if key in fields:
            settle_keys(value, model_in(fields[key].annotation))
