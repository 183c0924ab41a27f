"""The plan as a workbook (.xlsx): the template to fill in, reading it, and writing an export."""

from models.files.workbook.reading import WorkbookRead, read_workbook
from models.files.workbook.writing import ExportExtras, plan_workbook, template_workbook

__all__ = ["ExportExtras", "WorkbookRead", "plan_workbook", "read_workbook", "template_workbook"]
