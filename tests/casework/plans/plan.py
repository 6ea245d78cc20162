"""A whole plan, and who writes it."""

from datetime import date
from typing import Any

from innpass.casework.accounts.models import User
from innpass.casework.participants.models import Participant
from innpass.casework.plans.models import IntegrationPlan
from innpass.casework.plans.services import agree, save_draft, start_draft
from innpass.domain.access.roles import Actor, Role

WHOLE: dict[str, Any] = {
    "end_goal": "work",
    "occupation": "renholder",
    "long_term_goal": "Fast jobb",
    "goal_listening": "B1",
    "goal_reading": "A2",
    "goal_writing": "A2",
    "goal_speaking": "B1",
    "norwegian_hours": 600,
    "social_studies_hours": 0,
    "length_months": 12,
    "complaint_informed": True,
}
ELEMENT: dict[str, Any] = {
    "kind": "practice",
    "text": "Solbakken barnehage",
    "hours_per_week": 15.0,
    "unit": "clock_hour",
    "reason": "Gir referanser og norsk i bruk",
}


def actor(person: Participant, role: Role = Role.PROGRAMME_ADVISER) -> Actor:
    """Return somebody of the person's municipality."""
    user, _ = User.objects.get_or_create(username=f"hanne-{role}")
    return Actor(user.pk, "Hanne", person.municipality_id, "refugee", frozenset({role}))


def agreed(person: Participant, day: date, **values: Any) -> IntegrationPlan:
    """Store a whole plan that is agreed; ``values`` are what it says otherwise."""
    operator = Actor(None, "", person.municipality_id, None, frozenset())
    draft = start_draft(participant=person, on=day, by=operator, known=WHOLE)
    save_draft(plan=draft, values=values, elements=[ELEMENT], expected=1, by=operator)
    return agree(plan=draft, agreed_on=day, expected=2, by=operator)
