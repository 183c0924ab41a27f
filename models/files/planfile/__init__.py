"""The plan file: one YAML file that holds a whole plan. `read_plan` is the way in, `report` says what came."""

from models.files.planfile.problems import PlanFileRefused, Problem
from models.files.planfile.reader import read_plan
from models.files.planfile.report import Report, begins, held, report
from models.files.planfile.schema import PlanFile

__all__ = ["PlanFile", "PlanFileRefused", "Problem", "Report", "begins", "held", "read_plan", "report"]
