"""The plan file: one YAML file that holds a whole plan. `read_plan` reads it, `report_on` says what it holds."""

from models.files.planfile.problems import PlanFileRefused, Problem
from models.files.planfile.reader import read_plan
from models.files.planfile.report import meeting_start, report_on, was_held
from models.files.planfile.schema import PlanFile

__all__ = [
    "PlanFile",
    "PlanFileRefused",
    "Problem",
    "meeting_start",
    "read_plan",
    "report_on",
    "was_held",
]
