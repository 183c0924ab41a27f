"""Read a plan file into a `PlanFile`, or report every problem in it at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from models.files.planfile.actions import check_actions
from models.files.planfile.checks import check_plan
from models.files.planfile.document import NotADocument, read_document
from models.files.planfile.explain import add_findings
from models.files.planfile.key_names import settle_keys
from models.files.planfile.measure_checks import check_measures
from models.files.planfile.problems import PlanFileRefused, Problems
from models.files.planfile.readable import readable
from models.files.planfile.references import resolve_references
from models.files.planfile.risk_checks import check_risks
from models.files.planfile.schema import PlanFile


def read_plan(source: str | bytes, name: str) -> PlanFile:
    """Return the plan that a plan file holds.

    1. Read the YAML; if that fails there is one problem and nothing else to look at.
    2. Turn what is named in words into keys, and make the keys and numbers that are left out; a key in another form
       (`due-date`, `organizations`) is the one that it is a form of.
    3. Check every value by itself.
    4. Check what can be read against the rest, whatever step 3 found.
    5. Refuse with all problems, in the order of the file, or return the plan.

    Raises:
        PlanFileRefused: and nothing else, whatever the bytes.
    """
    try:
        document = read_document(source)
    except NotADocument as unreadable:
        raise PlanFileRefused(name, [unreadable.problem]) from unreadable
    problems = Problems(document.lines)
    for path, line in document.repeated:
        problems.add_at(path, line, "this key is already used just above, in the same place", "keep one of the two")
    return checked_plan(document.values, problems, name)


def checked_plan(values: Mapping[str, Any], problems: Problems, name: str) -> PlanFile:
    """Return the plan that raw values hold, whatever sort of file they are from. Names become keys in the values.

    Raises:
        PlanFileRefused: with all problems, including those that `problems` holds already.
    """
    settle_keys(values)
    resolve_references(values, problems)
    plan: PlanFile | None = None
    try:
        plan = PlanFile.model_validate(values)
    except ValidationError as error:
        add_findings(error, values, problems)
    read = readable(values, plan)
    check_plan(read, problems)
    check_actions(read, problems)
    check_measures(read, problems)
    check_risks(read, problems)
    if plan is None or problems.found:
        raise PlanFileRefused(name, problems.in_order())
    return plan
