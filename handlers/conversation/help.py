"""`help`, and what is said to words that are no command."""

from handlers.buttons import day_buttons
from handlers.commands.questions import Help, Unclear
from handlers.context import RequestContext
from handlers.conversation.open_questions import likely_buttons
from handlers.people.lookup import ask_who
from handlers.press_codec import ask_button
from handlers.responses import Content, Group, Response, say
from handlers.ways_on import label_of, ways_on


def show_help(ctx: RequestContext, command: Help) -> Response:
    """Answer `help [command]`."""
    grammar = ctx.registry.grammar
    entries = grammar.help_for(command.topic)
    if not entries:
        return say(
            f"There is no command “{command.topic}”.",
            "“/cypp help” lists them.",
            typed=command.topic,
        )
    if len(entries) == 1:
        entry = entries[0]
        examples = tuple(f"/cypp {example}" for example in entry.examples)
        return Response(
            Content(f"/cypp {entry.usage}", intro=(entry.line,), groups=(Group("For instance", texts=examples),))
        )
    return Response(
        Content(
            "What you can ask of the action tracker.",
            groups=(Group(texts=tuple(f"/cypp {entry.usage}: {entry.line}" for entry in entries)),),
            footer=("“/cypp help update” shows examples. Leads can also reply in their own words.",),
            buttons=(ask_button("My actions", "mine"), ask_button("The plan", "status")),
        )
    )


_MOST_OFFERS = 3


def explain(ctx: RequestContext, command: Unclear) -> Response:
    """Say what to do about words that are no command, giving back what was typed."""
    if command.whom and (asked := ask_who(ctx, command.typed)) is not None:
        return asked
    topic = "" if command.nearest == "help" else command.nearest
    record = (ask_button("Record it", command.meant, "primary"),) if command.meant else ()
    lacks = not (command.offers or command.days or command.meant)
    buttons = (
        *day_buttons(command.days, command.again, command.label),
        *record,
        *(ask_button(label_of(one), one) for one in command.offers[:_MOST_OFFERS]),
        *(ways_on(ctx, command.say, command.say) if topic and lacks else ()),
        *(likely_buttons(ctx, command.typed) if not topic else ()),
        ask_button(f"Help on {topic}" if topic else "Help", f"help {topic}".strip()),
    )
    return say(
        command.say or "I do not know that: “/cypp help” lists what can be asked.", typed=command.typed, buttons=buttons
    )
