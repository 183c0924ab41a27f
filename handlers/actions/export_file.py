"""`export`: the plan and its action log as a file in the direct conversation."""

from datetime import date
from functools import partial

from handlers.commands.actions import ExportPlan
from handlers.context import RequestContext
from handlers.formatting import day_said
from handlers.permissions import may, why_not
from handlers.responses import Content, FileToCome, Response, say
from models.enums import Verb, Way
from models.storage.sessions import Session

_FORMAT_NAMES = {".xlsx": "an Excel workbook", ".csv": "a CSV file of the action log", ".yaml": "a plan file (YAML)"}


def export_plan_file(ctx: RequestContext, command: ExportPlan) -> Response:
    """Answer `export`: the file itself follows the answer."""
    if not may(ctx.roles, Verb.EXPORT):
        secretary = ctx.secretary(next(iter(ctx.calendars))) if len(ctx.calendars) == 1 else ""
        return say(why_not(Verb.EXPORT, secretary=secretary), typed=f"export {command.suffix.lstrip('.')}".strip())
    if ctx.plan is None:
        return say("There is no plan here yet, so there is nothing to export.")
    if ctx.way is Way.COMMAND_LINE:
        return say(f"On the command line the plan is exported with “cypp export FILE{command.suffix}”.")
    name = f"{ctx.plan.name} {ctx.today.isoformat()}"
    return Response(
        Content(
            "The plan and its action log are on their way to our direct conversation, as "
            f"{_FORMAT_NAMES[command.suffix]}.",
            intro=("Updates that are not for publication are held back in it.",),
        ),
        file=FileToCome(
            name=f"{_file_name(name)}{command.suffix}",
            title=f"{ctx.plan.name}, {day_said(ctx.today)}",
            make=partial(_made, workspace_id=ctx.workspace_id, suffix=command.suffix, asked=ctx.today),
            failed=f"The export could not be sent. Please try again, or ask the administrator for "
            f"“cypp export FILE{command.suffix}”, which writes the same file.",
        ),
    )


def _made(session: Session, *, workspace_id: str, suffix: str, asked: date) -> bytes:
    # The code that makes workbooks is large, and only exports need it: imported when one is made.
    from models.files.export import export_plan

    return export_plan(session, workspace_id, suffix, asked).content


def _file_name(text: str) -> str:
    """Return a file's name without what some systems do not take."""
    kept = "".join(char if char.isalnum() or char in " -_." else "-" for char in text)
    return " ".join(kept.split())[:120]
