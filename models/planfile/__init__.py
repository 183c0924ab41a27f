"""The plan file: one YAML file that holds a whole plan. `read_plan` is the way in, `report` says what came."""

from models.planfile.problems import PlanFileRefused, Problem
from models.planfile.reader import read_plan
from models.planfile.report import Report, begins, held, report
from models.planfile.schema import PlanFile

__all__ = ["PlanFile", "PlanFileRefused", "Problem", "Report", "begins", "held", "read_plan", "report"]
