"""Interface strings that are chosen by code: one place, ready for translation.

Words about health come from the content (`web.knowledge`); what stands here only names parts of a page.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext as _p


def capital(text: str) -> str:
    """A short name as the start of a line."""
    return text[:1].upper() + text[1:]


def topic_name(topic: str) -> str:
    """The heading over findings of one topic."""
    names = {
        "about": _("About you"),
        "activity": _("What you do"),
        "aggravating": _("What makes it worse"),
        "circulation": _("Blood flow"),
        "clinic_tests": _("Found in a clinic"),
        "function": _("What you can do"),
        "general_health": _("Your health now"),
        "habits": _("Habits"),
        "history": _("Your health so far"),
        "home_tests": _("Small tests"),
        "location": _("Where it is"),
        "measures": _("Measurements"),
        "mechanical": _("How the knee behaves"),
        "medicines": _("Medicines"),
        "nerve": _("Feeling, strength and control"),
        "onset": _("How it began"),
        "palpation": _("Sore to touch"),
        "quality": _("How it feels"),
        "relieving": _("What makes it better"),
        "swelling": _("Swelling, colour and warmth"),
        "timing": _("When it is there"),
        "urgent_screen": _("Signs to check first"),
    }
    return names.get(topic, topic.replace("_", " ").capitalize())


def state_name(state: str) -> str:
    """An answer in words."""
    return {"present": _("Yes"), "absent": _("No"), "unsure": _("Not sure")}[state]


def unit_name(unit: str) -> str:
    """A unit in words, for the end of a number field."""
    names = {
        "a": _("years"),
        "years": _("years"),
        "d": _("days"),
        "cm": _("cm"),
        "deg": _("degrees"),
        "Cel": _("°C"),
        "min": _("minutes"),
        "kg/m2": _("kg/m²"),
        "{score}": _("out of 10"),
        "{reps}": _("times"),
        "{ratio}": "",
        "%": _("%"),
        "mo": _("months"),
        "wk": _("weeks"),
        "km/wk": _("km a week"),
        "h/d": _("hours a day"),
        "h": _("hours"),
    }
    return names.get(unit, unit.strip("{}"))


def chance_words(probability: float) -> str:
    """A chance in words with its frequency: never a bare percentage, never certain."""
    tenths = round(probability * 10)
    if tenths >= 10:
        return _("very likely – more than 9 in 10")
    if tenths < 1:
        return _("unlikely – fewer than 1 in 10")
    frequency = _("about %(tenths)s in 10") % {"tenths": tenths}
    if tenths >= 7:
        word = _("likely")
    elif tenths >= 4:
        word = _("quite possible")
    else:
        word = _("possible")
    return _("%(chance)s – %(frequency)s") % {"chance": word, "frequency": frequency}


def range_words(low: float, high: float) -> str:
    """How sure we are of a chance."""
    first, last = round(low * 10), round(high * 10)
    if first == last:
        return ""
    lowest = _("fewer than 1") if first < 1 else str(first)
    highest = _("more than 9") if last > 9 else str(last)
    return _("It could be anything from %(low)s to %(high)s in 10.") % {"low": lowest, "high": highest}


def weight_words(weight: float) -> str:
    """How much a sign speaks for or against a cause."""
    size = abs(weight)
    if size >= 1.2:
        return _p("weight", "strongly")
    return _p("weight", "clearly") if size >= 0.5 else _p("weight", "a little")


def status_words(status: str) -> str:
    """How firmly a contributing factor is known."""
    return {
        "measured": _("You measured this"),
        "reported": _("From what you told us"),
        "suspected": _("Only suspected – worth checking"),
    }[status]


def days_words(days: list[int]) -> str:
    """Days of the week's plan on one line: "Days 1, 3, 5"."""
    if len(days) == 7:
        return _("Every day")
    numbers = ", ".join(str(day) for day in days)
    return ngettext("Day %(days)s", "Days %(days)s", len(days)) % {"days": numbers}


def day_name(day: int) -> str:
    """A day of the programme's week."""
    return _("Day %(day)s") % {"day": day}


def side_words(side: str) -> str:
    """Which side, in the person's own left and right."""
    return {
        "left": _("left leg"),
        "right": _("right leg"),
        "both": _("both legs"),
    }.get(side, _("not said"))


def sets_words(sets: int, reps: int, hold: float, *, held: bool = True) -> str:
    """The work of one exercise: "3 sets of 10", or only a time when nothing is `held`: "20 minutes"."""
    if hold and reps <= 1 and not held:
        time = seconds_words(hold)
        return time if sets == 1 else _("%(n)s times, %(time)s each") % {"n": sets, "time": time}
    first = ngettext("%(n)s set", "%(n)s sets", sets) % {"n": sets}
    if hold and reps <= 1:
        return _("%(sets)s, hold %(hold)s") % {"sets": first, "hold": seconds_words(hold)}
    many = _("%(sets)s of %(reps)s") % {"sets": first, "reps": reps}
    if hold:
        return _("%(work)s, hold each %(hold)s") % {"work": many, "hold": seconds_words(hold)}
    return many


def seconds_words(seconds: float) -> str:
    """A short time in words."""
    if seconds >= 120 and seconds % 60 == 0:
        minutes = int(seconds // 60)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    whole = f"{seconds:g}"
    return ngettext("%(n)s second", "%(n)s seconds", round(seconds)) % {"n": whole}


def goal_names() -> dict[str, str]:
    """What a person may want to get back to."""
    return {
        "walk": _("Walk without trouble"),
        "stairs": _("Go up and down stairs"),
        "sit": _("Sit for longer"),
        "run": _("Run"),
        "sport": _("Play my sport"),
        "prevent": _("Stop it from coming (back)"),
    }


def experience_names() -> dict[str, str]:
    """How used a person is to exercise."""
    return {
        "new": _("New to exercise, or long ago"),
        "some": _("I exercise now and then"),
        "trained": _("I train most weeks"),
    }


def place_names() -> dict[str, str]:
    """Where a person exercises."""
    return {"home": _("At home"), "gym": _("In a gym"), "pool": _("In a pool"), "work": _("At work")}


def minutes_words(minutes: float) -> str:
    """How long something takes, rounded: nobody exercises to the second."""
    whole = max(round(minutes), 1)
    return ngettext("about %(n)s minute", "about %(n)s minutes", whole) % {"n": whole}


def compared_words(compared: str) -> str:
    """How another exercise compares with the one it would replace."""
    return {"easier": _("easier"), "alike": _("about as hard"), "harder": _("harder")}[compared]


def refusal_heading(kind: str) -> str:
    """The heading over exercises that somebody does not get for one reason."""
    return {
        "contraindicated": _("Not right for you now"),
        "early": _("Comes later"),
        "gentle_only": _("Not before somebody has looked at your leg"),
        "ask": _("We would need to know more first"),
        "criterion": _("Once you have reached something else"),
        "aside": _("Set aside for now"),
        "banned": _("Ruled out by you or your clinician"),
        "goal": _("Only for runners and sport"),
        "equipment": _("Needs something you do not have"),
        "too_hard": _("Too hard to start with"),
        "no_room": _("No room in this week"),
    }[kind]


def tempo_words(tempo: str) -> str:
    """How fast, in words; empty for a tempo that only clinicians read ("3-0-3"): the cues say it in words."""
    return {
        "controlled": _p("tempo", "controlled"),
        "explosive": _p("tempo", "explosive"),
        "gentle": _p("tempo", "gentle"),
        "hold": _p("tempo", "hold"),
        "hold, ease off, repeat": _p("tempo", "hold, ease off, repeat"),
        "rhythmic": _p("tempo", "rhythmic"),
        "rhythmic, no hold": _p("tempo", "rhythmic, no hold"),
        "slow": _p("tempo", "slow"),
        "slow in, hold, no bounce": _p("tempo", "slow in, hold, no bounce"),
        "smooth": _p("tempo", "smooth"),
        "small steps out and back": _p("tempo", "small steps out and back"),
        "steady": _p("tempo", "steady"),
        "steps each way": _p("tempo", "steps each way"),
        "very slow at first": _p("tempo", "very slow at first"),
        "slow lower to the break point, push back": _p("tempo", "slow lower to the break point, push back"),
        "as slow as possible down, push back with hands": _p(
            "tempo", "as slow as possible down, push back with hands"
        ),
    }.get(tempo, "")


def equipment_name(thing: str) -> str:
    """A thing that an exercise needs, as an entry of a list."""
    return {
        "band": _("Band"),
        "bike": _("Bike"),
        "box": _("Box"),
        "chair": _("Chair"),
        "dumbbells": _("Dumbbells"),
        "foam roller": _("Foam roller"),
        "kettlebell": _("Kettlebell"),
        "leg-curl machine": _("Leg-curl machine"),
        "mat": _("Mat"),
        "pool": _("Pool"),
        "shoes": _("Shoes"),
        "socks": _("Socks"),
        "step": _("Step"),
        "strap": _("Strap"),
        "support": _("Something to hold on to"),
        "towel": _("Towel"),
        "wall": _("Wall"),
    }[thing]
