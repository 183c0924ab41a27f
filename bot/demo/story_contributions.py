"""What partners told the partnership board of 23 October 2020 about *Heard*, in short words of our own.

What is documented: who reported, and what; from the scrutiny report of 2020. Who typed it, and when, is illustrative.
"""

from collections.abc import Mapping

HEARD: Mapping[str, str] = {
    "U0ALDERHY": """Our Youth Forum brings together more than 30 young people of Sefton, Liverpool and beyond; \
whoever uses NHS services or wants to change them may join.
Evidence: invited to regional and national consultations, and to NHS England's youth forum conference.
What changed for children: members redesigned a part of the hospital around children's rights.
Next steps:
- Open the Alder Hey Youth Forum to more young people from Sefton""",
    "U0CCGCOMM": """What we did: contracts ask each provider how it hears children; we check that in audits and in \
referrals.
Evidence: the joint inspection of December 2019 found good use of children's views in health assessments.
Next steps:
- Report how children in care rated their health assessments in the new questionnaire""",
    "U0EARLYHP": """What we did: took part in Hello Yellow and Make Your Mark, and improved what we offer online.
Impact: a focus group in 2020 had a say in decisions and shared what it learned with the safeguarding board.
Going forward:
- Launch Early Help's toolkit for hearing the child
- Use the toolkit in every assessment, plan and visit of Early Help""",
    "U0HEADEDU": """What we did: educational psychologists asked pupils online how they had lived through lockdown.
Evidence: a good response; the report went to schools and others.
What changed: schools used it in how they took pupils back.
What we will do next: Decide on a second pupil survey, about being back at school, and run it""",
    "U0NWB019S": """Our contribution to date: the 0–19 service plans health with the child, and the Making a \
Difference group helps to choose staff.
Evidence: an audit by the CCG and the council found young people naming their needs and the changes they could make.
Impact: more health assessments are done in time.
Gaps: too little is known of what families thought of their care.
Next steps:
- Ask parents, by questionnaire, how health information for EHC plans is gathered
- Use the NHS Friends and Family test more, to learn what children and parents thought of their care
- Carry out what audits and safeguarding reviews found""",
    "U0PUBHEAL": """What we did: Young Advisors asked young people about smoking before a stop smoking service was \
bought, and two sat on its panel.
Evidence: the service has run since 1 April 2020.
What was found wanting: those who use Kooth are too far from its scrutiny.
Next steps:
- Bring young people closer to the scrutiny of Kooth""",
    "U0PRINCSW": """What we did: every team talked through what the Making a Difference group says about identity.
What was found wanting: children's identity needs are not always acknowledged or understood.
Next steps:
- Expand the Making a Difference group, with more members aged 14 to 16
- Make diversity and identity a regular item in team meetings
- Have auditors hear from children and families themselves""",
}
"""By the account of who gives it."""

HEARD_BY_EMAIL = """contribute police: three in four call handlers are trained to notice vulnerability, and a \
meeting each month looks at children at risk.
Evidence: the child's voice is recorded in over 90% of contacts with children.
Next steps:
- Appoint the three Safer Schools Officers still to come
by e-mail of 6 Oct"""
"""The superintendent has no account: the secretary records it."""

NEW_ACTIONS: Mapping[str, str] = {
    "Early Help Manager": "Use the toolkit in every assessment, plan and visit of Early Help",
    "North West Boroughs": "Carry out what audits and safeguarding reviews found",
    "Principal Social Worker": "Have auditors hear from children and families themselves",
}
"""The lines of what they will do next that were no actions yet, by whose they are."""
