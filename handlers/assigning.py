"""Who leads an action: *Assign…* and *Leave* under one whose lead is in question, and the form behind the first."""

from collections.abc import Mapping

from handlers.context import Round
from handlers.permissions import About, may, why_not
from handlers.pressed_on import form_intro, number_in
from handlers.replies import Answer, Choice, Field, Form, FormErrors, Reply, say
from models.enums import AnswerKind, Verb
from models.history import record_update
from models.tables import Action, Post


def assign_form(asked: Round, action: Action, _meeting: int, value: str) -> Answer:
    if not may(asked.roles, Verb.ASSIGN, About(action.lead_post_id, action.board_id)):
        return say(why_not(Verb.ASSIGN, action.ref, secretary=asked.secretary(action.board_id)))
    choices = tuple(Choice(str(post_id), label) for post_id, label in sorted(asked.posts.items(), key=lambda p: p[1]))
    return Answer(
        Form(
            title=f"Assign {action.ref}",
            verb="assign",
            value=value,
            submit="Assign",
            intro=form_intro(asked, action),
            fields=(Field("post", "Who leads it?", kind="choice", choices=choices[:100]),),
        )
    )


def leave_pressed(asked: Round, action: Action, _meeting: int, _value: str) -> Answer:
    lead = asked.posts.get(action.lead_post_id or 0, "no lead")
    return say(f"Left as it is: {action.ref}, {lead}. Nothing was changed.")


def assign_sent(asked: Round, action: Action, _meeting: int, fields: Mapping[str, str]) -> Answer:
    """*Assign…* was sent in."""
    if not may(asked.roles, Verb.ASSIGN, About(action.lead_post_id, action.board_id)):
        return say(why_not(Verb.ASSIGN, action.ref, secretary=asked.secretary(action.board_id)))
    row = asked.session.get(Post, number_in(fields.get("post", "")))
    if row is None or row.workspace_id != asked.workspace_id:
        return Answer(FormErrors({"post": "Choose a post of this plan."}))
    before = asked.posts.get(action.lead_post_id or 0, "no lead")
    action.lead_post_id = row.id
    record_update(asked.session, action, AnswerKind.ASSIGNED, asked.signed(), words=f"{before} → {asked.posts[row.id]}")
    return Answer(Reply(f"{action.ref} is led by {asked.posts[row.id]} now.", intro=(f"Before: {before}.",)), done=True)
