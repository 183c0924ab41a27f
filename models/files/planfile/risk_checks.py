"""Check the risks of a plan file and their assessments: refs, what mitigates them, printed scores, boards' bands."""

from __future__ import annotations

from datetime import date

from models.files.planfile.problems import Problems
from models.files.planfile.readable import Item, Readable
from models.files.planfile.schema import FileAction, FileAssessment, FileBoard, FileRisk
from models.rules.refs import ref_key
from models.rules.risk_scores import overlapping, read_band, refused_score


def check_risks(read: Readable, problems: Problems) -> None:
    """Add a problem for everything the risks, their assessments and the bands of their scores get wrong."""
    by_ref: dict[str, Item[FileRisk]] = {}
    actions = {ref_key(item.value.ref) for item in read.of(FileAction) if "ref" not in item.broken}
    for item in read.of(FileRisk):
        one = item.value
        if "ref" not in item.broken and by_ref.setdefault(ref_key(one.ref), item) is not item:
            used = problems.where(by_ref[ref_key(one.ref)].path("ref"))
            problems.add(item.path("ref"), f"this ref is already used on {used}", "give each its own", one.ref)
        for at, ref in enumerate(one.mitigated_by):
            if ref_key(ref) not in actions:
                path = item.path("mitigated_by", at)
                problems.add(path, "no action has this ref", "list it under `actions:`", ref)
    first: dict[tuple[str, date], Item[FileAssessment]] = {}
    for assessed in read.of(FileAssessment):
        _check_assessment(assessed, by_ref, first, problems)
    for board in read.of(FileBoard):
        bands = [band for text in board.value.risk_bands if (band := read_band(text)) is not None]
        if (double := overlapping(bands)) is not None:
            path = board.path("risk_bands", bands.index(double))
            problems.add(path, "another band holds one of these scores", "give each score one name", double.said)


def _check_assessment(
    item: Item[FileAssessment],
    risks: dict[str, Item[FileRisk]],
    first: dict[tuple[str, date], Item[FileAssessment]],
    problems: Problems,
) -> None:
    one = item.value
    if "risk" not in item.broken and ref_key(one.risk) not in risks:
        problems.add(item.path("risk"), "no risk has this ref", "list it under `risks:`", one.risk)
    if not item.broken & {"risk", "day"}:
        other = first.setdefault((ref_key(one.risk), one.day), item)
        if other is not item:
            where = problems.where(other.path("day"))
            wrong = f"this risk is assessed on that day on {where} already"
            problems.add(item.path("day"), wrong, "keep one of the two", one.day.isoformat())
    whole = not item.broken & {"likelihood", "impact", "score"}
    if whole and (wrong := refused_score(one.likelihood, one.impact, one.score)):
        problems.add(item.path("score"), wrong.rstrip("."), "leave the score out: it is computed", str(one.score))
