"""Give an action that carries another on, under the next plan, the first due meeting and the re-plans of that one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import Way
from models.records import chain
from models.records.action_state import ActionState, derive_state, standing_moves
from models.records.history import Signed, read_meetings, record_replan
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.tables import Action


def carry_moves(session: Session, old: Action, new: Action, note: str, signed: Signed) -> None:
    """Write the re-plans of the old action into the history of the new one, and move that on to where it is due.

    `note` stands for the reasons, which stay where they were written, so that a redaction empties them once.
    """
    to = new.due_meeting_id
    new.first_due_meeting_id = old.first_due_meeting_id
    updates = session.scalars(select(Update).where(Update.action_id == old.id).order_by(Update.id)).all()
    outcomes = session.scalars(select(Outcome).where(Outcome.action_id == old.id).order_by(Outcome.id)).all()
    replans = session.scalars(select(Replan).where(Replan.action_id == old.id).order_by(Replan.id)).all()
    moves = [
        Replan(
            workspace_id=new.workspace_id,
            action_id=new.id,
            from_meeting_id=one.from_meeting_id,
            to_meeting_id=one.to_meeting_id,
            counted=one.counted,
            reason=note,
            **Signed(one.person_id, None, one.signature, Way.IMPORT, one.at).columns(),
        )
        for one in standing_moves(updates, outcomes, replans)
    ]
    chain.add_entries(session, [(new, move) for move in moves])
    written = session.scalars(select(Update).where(Update.action_id == new.id).order_by(Update.id)).all()
    standing = derive_state(new, written, [], moves, read_meetings(session))
    for name in ActionState.__slots__:
        setattr(new, name, getattr(standing, name))
    session.flush()
    if new.due_meeting_id != to:
        record_replan(session, new, to, note, signed)
