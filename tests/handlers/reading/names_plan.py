"""The names of two plans, for `names.yaml`: the example plan's, and those of a made-up town."""

from pathlib import Path

from handlers.reading.name_books import PlainPeopleBook
from handlers.reading.vocabulary import (
    BoardWords,
    OrganisationWords,
    PersonWords,
    PlainRefBook,
    PlanNames,
    PostWords,
    PriorityWords,
    ThemeWords,
    Vocabulary,
)
from tests.yaml_files import read_yaml

ROOT = Path(__file__).parents[3]


def _sefton() -> Vocabulary:
    plan = read_yaml(ROOT / "bot" / "demo" / "my-sefton-2020-2025.yaml")
    numbers: dict[str, list[int]] = {}
    for one in plan["priorities"]:
        numbers.setdefault(one["theme"], []).append(one["number"])
    organisations = {
        one["key"]: OrganisationWords(number, one["key"], one["name"], tuple(one.get("aliases", ())))
        for number, one in enumerate(plan["organisations"], start=1)
    }
    names = PlanNames(
        posts=tuple(
            PostWords(number, one["key"], one["title"], organisations[one["organisation"]])
            for number, one in enumerate(plan["posts"], start=1)
        ),
        organisations=tuple(organisations.values()),
    )
    return Vocabulary(
        themes=tuple(
            ThemeWords(one["key"], one["name"], tuple(one["aliases"]), tuple(numbers[one["key"]]))
            for one in plan["themes"]
        ),
        priorities=tuple(
            PriorityWords(one["number"], one["title"], tuple(one.get("aliases", ())), one["theme"])
            for one in plan["priorities"]
        ),
        boards=tuple(BoardWords(one["key"], one["name"], tuple(one["aliases"])) for one in plan["boards"]),
        refs=PlainRefBook(one["ref"] for one in plan["actions"]),
        names=lambda: names,
    )


_COUNCIL = OrganisationWords(1, "town-council", "Town Council", ("council", "the authority"))
_POLICE = OrganisationWords(3, "northshire-police", "Northshire Police", ("the force",))
_TOWN = PlanNames(
    posts=(
        PostWords(1, "dcs", "Director of Children’s Services", _COUNCIL),
        PostWords(2, "dof", "Director of Finance", _COUNCIL, ("MW",), "Mary West"),
        PostWords(3, "virtual-head", "Virtual School Head", _COUNCIL, (), "May Hope"),
        PostWords(4, "head-send", "Head of SEND and Inclusion", _COUNCIL),
        PostWords(5, "supt", "Superintendent", _POLICE),
        PostWords(6, "team-cic", "Team Manager, Children in Care", _COUNCIL),
        PostWords(7, "team-mash", "Team Manager, MASH", _COUNCIL),
    ),
    organisations=(
        _COUNCIL,
        OrganisationWords(2, "icb", "NHS Northshire Integrated Care Board", ("ICB",)),
        _POLICE,
        OrganisationWords(4, "fire", "Fire and Rescue Service"),
        OrganisationWords(5, "may-street", "May Street Family Hub"),
    ),
)

SEFTON_NAMES = _sefton()
TOWN_NAMES = Vocabulary(
    themes=(
        ThemeWords("safe", "Safe", (), (4, 5, 6)),
        ThemeWords("ready", "Ready to learn", (), (1, 3)),
        ThemeWords("belonging", "Belonging", (), (2,)),
    ),
    priorities=(
        PriorityWords(1, "Early help for families", (), "ready"),
        PriorityWords(2, "Mental health and wellbeing", (), "belonging"),
        PriorityWords(3, "SEND and inclusion", (), "ready"),
        PriorityWords(4, "Children in care and care leavers", (), "safe"),
        PriorityWords(5, "Safe at home", (), "safe"),
        PriorityWords(6, "Safe online", (), "safe"),
    ),
    boards=(
        BoardWords("childrens-partnership", "Children’s Partnership Board"),
        BoardWords("corporate", "Corporate Parenting Board"),
        BoardWords("safeguarding", "Safeguarding Partnership"),
    ),
    refs=PlainRefBook(["1.1", "1.2", "4.7", "7.3"]),
    names=lambda: _TOWN,
    people=lambda: PlainPeopleBook(
        (
            PersonWords("U0MARYW", "Mary West", "mary.west@example.org"),
            PersonWords("U0MARYS", "Mary Stone", "mary.stone@example.org"),
            PersonWords("U0TOMASZ", "Tomasz Łukasik", "t.lukasik@example.org"),
            PersonWords("U0SIANPR", "Siân Pryce", "sian.pryce@example.org"),
            PersonWords("U0MAYHOP", "May Hope", "may.hope@example.org"),
            PersonWords("U0WILLLE", "Will Leader", "will@example.org"),
            PersonWords("U0MARKHE", "Mark Head", "mark@example.org"),
        )
    ),
)
