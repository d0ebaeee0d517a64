"""Assessment and preferences to a programme: gate, choose, dose, schedule, advise."""

from kneewise.plan.preferences import Preferences, parse_preferences
from kneewise.plan.programme import Programme, Situation, first_programme

__all__ = ["Preferences", "Programme", "Situation", "first_programme", "parse_preferences"]
