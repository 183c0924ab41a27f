"""What is asked of the plan. Every command, press and form of this package."""

from handlers.commands.questions import (
    ChaseLeads,
    ShowChanges,
    ShowDigest,
    ShowDue,
    ShowFigures,
    ShowLeaderless,
    ShowMine,
    ShowOverdue,
    ShowOwing,
    ShowPlans,
    ShowStatus,
)
from handlers.press_codec import PublishDigest
from handlers.reading.chase_commands import read_chase
from handlers.reading.question_commands import (
    about,
    read_changes,
    read_figures_asked,
    read_leaderless,
    read_mine,
    read_owing,
    read_plans,
    read_status,
)
from handlers.registry import CommandEntry, PressEntry
from handlers.status import action_lists, changes, chasing, digest, figures, home, owing, pictures, plan_status, plans
from models.enums import Verb

COMMANDS = (
    CommandEntry(ShowStatus, plan_status.show_status, (Verb.READ,), reads=True).typed(
        "status",
        read_status,
        usage="status [priority, theme or action]",
        line="Where the plan, a priority, a theme or one action stands.",
        examples=("status priority 7", "status", "status priorities 7-9", "status theme healthy", "status healthy-5"),
        synonyms=("progress", "show", "show me", "report", "state", "stat", "how is", "how are", "overview"),
        gives_way_to=("mine", "overdue", "due", "owing", "meetings", "digest"),
    ),
    CommandEntry(ShowPlans, plans.show_plans, (Verb.READ,), reads=True).typed(
        "plan",
        read_plans,
        usage="plan",
        line="Which plan runs, and which have ended. “old plan” and “old healthy-3” ask about the one before.",
        examples=("plan",),
        synonyms=(
            "plans",
            "which plan",
            "which plans",
            "what plan",
            "end the plan",
            "close the plan",
            "finish the plan",
            "start the next plan",
            "import the next plan",
            "load the next plan",
            "how do i end the plan",
            "how do we end the plan",
            "how is a plan ended",
            "when does the plan end",
            "is there a next plan",
        ),
    ),
    CommandEntry(ShowMine, action_lists.show_mine, (Verb.READ,), reads=True).typed(
        "mine",
        read_mine,
        usage="mine",
        line="The actions you answer for.",
        examples=("mine",),
        synonyms=("my actions", "my action", "my list", "my", "me", "actions for me"),
    ),
    CommandEntry(ShowOverdue, action_lists.show_overdue, (Verb.READ,), reads=True).typed(
        "overdue",
        about(ShowOverdue),
        usage="overdue [board]",
        line="What is overdue, most meetings missed first.",
        examples=("overdue", "overdue partnership"),
        synonyms=("late", "what is overdue", "what's overdue", "what is late", "what's late", "behind"),
    ),
    CommandEntry(ShowDue, action_lists.show_due, (Verb.READ,), reads=True).typed(
        "due",
        about(ShowDue),
        usage="due [meeting]",
        line="What is due at the next meeting, or at one you name.",
        examples=("due", "due 23 Oct", "due september meeting"),
        synonyms=("what is due", "what's due", "due at", "due for"),
    ),
    CommandEntry(ShowOwing, owing.show_owing, (Verb.READ,), reads=True).typed(
        "owing",
        read_owing,
        usage="owing [meeting or board]",
        line="Who still owes an answer for a meeting, by lead. Everyone else sees their own.",
        examples=("owing", "owing october", "owing partnership"),
        synonyms=("who owes", "who still owes", "owed", "outstanding", "no update received", "no update"),
    ),
    CommandEntry(ChaseLeads, chasing.chase, (Verb.CHASE,)).typed(
        "chase",
        read_chase,
        usage="chase [lead or organisation]",
        line="Ask those who owe an answer for your board, at once: one message a lead, once a working day at most.",
        examples=("chase police", "chase head of education for october"),
        synonyms=("chase up", "nudge", "ask now"),
    ),
    CommandEntry(ShowChanges, changes.show_changes, (Verb.READ,), reads=True).typed("changes", read_changes),
    CommandEntry(ShowLeaderless, changes.show_leaderless, (Verb.READ,), reads=True).typed("no lead", read_leaderless),
    CommandEntry(ShowDigest, digest.show_digest, (Verb.DIGEST,), reads=True).typed(
        "digest",
        about(ShowDigest),
        usage="digest [board]",
        line="The secretary's digest of overdue actions.",
        examples=("digest", "digest partnership"),
        synonyms=("summary", "secretary digest"),
    ),
    CommandEntry(ShowFigures, figures.show_figures, (Verb.FIGURES,), reads=True).typed(
        "figures",
        read_figures_asked,
        usage="figures [since DAY]",
        line="How well messages were read, and how many leads answered before papers.",
        examples=("figures", "figures since 1 Sep"),
        synonyms=(
            "the figures",
            "show figures",
            "show the figures",
            "show me the figures",
            "statistics",
            "how well are you understood",
            "how well do you understand us",
        ),
    ),
)

PRESSES = (
    PressEntry(PublishDigest, digest.publish_pressed, (Verb.PUBLISH,)),
    PressEntry(home.SendDigest, home.digest_now, (Verb.DIGEST,)),
    PressEntry(home.ShowCard, home.card_chosen, (Verb.READ,), repeatable=True),
    PressEntry(pictures.ShowPicture, pictures.show_picture, (Verb.READ,), repeatable=True),
)
