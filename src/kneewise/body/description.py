"""What a figure shows, in plain words from its poses: the text alternative of the picture."""

from __future__ import annotations

from kneewise.body.pose import Figure, KeyPose, Leg, contacts_of

_ACTIVITIES = {
    "walking": "Walking at an easy stride",
    "cycling": "Cycling on a bicycle, the lower knee only slightly bent",
    "swimming": "Swimming face down in the crawl, legs kicking softly",
    "running": "Running",
    "yoga": "Standing tall with the arms up; then hands and feet on the floor, hips high and knees bent; "
    "then kneeling low with the arms stretched ahead on the floor",
    "water_walking": "Walking in chest-deep water, arms swinging",
    "massage": "Sitting on the floor, both hands round the thigh stroke from the knee towards the hip",
    "warm_up": "Walking; or cycling; or jogging easily",
    "run_walk": "Jogging, then walking, in turns",
    "strides": "Running easily, then fast, then easily again",
    "turning": "Running to a cone; planting a foot beside it, hip and knee bent; running back the other way",
    "sprint": "A crouched start; then driving forward low; then running upright at full speed",
}
_BASES = {
    "supine": "Lying on the back",
    "prone": "Lying face down",
    "kneeling": "Kneeling",
    "seated": "Sitting",
    "long_sitting": "Sitting on the floor",
    "side_lying": "Lying on the side",
    "standing": "Standing",
}
_HOLDS = {
    "hip": "hands on the hips", "belly": "hands on the belly", "chest": "arms crossed on the chest",
    "forehead": "forehead on the hands", "thighs": "hands on the thighs",
    "thigh_back": "hands behind the thigh",
    "knee": "hands on the knee", "knee2": "hands on the front knee", "shin": "hands on the shins",
    "ankle": "one hand holding the ankle", "strap": "hands holding the strap", "together": "hands together",
    "nape": "a stick along the back", "low_back": "a stick along the back",
    "floor": "arms on the floor",
}  # fmt: skip
_SUPPORTS = {"chair": "holding a chair", "wall": "hands on the wall"}
_THINGS = {
    "band": "with a band", "slider": "heels on sliders", "roller": "on a roller",
    "partner": "a helper holds the ankles",
    "towel": "with a rolled towel", "stick": "", "weight": "with a weight", "strap": "with a strap",
}  # fmt: skip


def describe(figure: Figure) -> str:
    """What the picture shows, pose by pose: "Lying on the back, both knees bent 105°, …; then …"."""
    if not figure.poses:
        return _ACTIVITIES[figure.pictogram or "walking"] + "."
    told = [_first(figure)]
    for before, after in zip(figure.poses, figure.poses[1:], strict=False):
        told.append("then " + (_changes(figure, before, after) or "the same again"))
    return "; ".join(told) + "."


def _near(angle: float) -> str:
    return f"{round(angle / 5) * 5:g}°"


def _first(figure: Figure) -> str:
    pose = figure.poses[0]
    parts = [_base(figure, pose), *_legs(pose), *_feet(pose), *_hands(figure, pose), *_things(figure)]
    return ", ".join(p for p in parts if p) + _held(pose)


def _base(figure: Figure, pose: KeyPose) -> str:
    base = _BASES.get(figure.orientation, _on_hands(pose))
    if figure.orientation == "side_lying" and any(c.startswith("elbow") for c in pose.contacts):
        return "On the side, resting on the forearm"
    lean = pose.trunk if figure.view == "side" else pose.lean
    if figure.orientation in ("standing", "seated", "kneeling", "long_sitting"):
        if abs(lean) < 8:
            return base + (" upright" if figure.orientation != "long_sitting" else " with the back upright")
        return f"{base}, leaning {'forward' if lean > 0 else 'back'} {_near(abs(lean))}"
    if figure.orientation == "supine" and pose.trunk > -88:
        return "Shoulders resting on a bench, hips low"
    if figure.orientation == "supine" and pose.trunk < -98:
        return base + ", hips lifted"
    return base


def _on_hands(pose: KeyPose) -> str:
    if any(c.startswith("elbow") for c in pose.contacts):
        return "On the forearms and toes, the body one straight line"
    if any(c.startswith("hand") for c in pose.contacts):
        return "Hands and feet on the floor, hips high"
    return "Lying face down on a bench"


def _bend(leg: Leg) -> str:
    if leg.knee < 10:
        return "straight"
    if leg.knee < 26:
        return "slightly bent"
    return f"bent {_near(leg.knee)}"


def _legs(pose: KeyPose) -> list[str]:
    a, b = pose.working, pose.other
    if abs(a.knee - b.knee) < 9 and abs(a.hip - b.hip) < 12 and abs(a.hip_abduction - b.hip_abduction) < 12:
        return [f"both knees {_bend(a)}"]
    return [f"the working knee {_bend(a)}", f"the other knee {_bend(b)}"]


def _feet(pose: KeyPose) -> list[str]:
    down = {(c.part, c.other): c for c in contacts_of(pose) if c.part in ("foot", "heel", "toe")}
    said = []
    for part, words in (("foot", "flat"), ("heel", "heel down"), ("toe", "on the toes")):
        both = [other for other in (False, True) if (part, other) in down]
        raised = [other for other in both if down[part, other].surface == "step"]
        where = " on the step" if raised == both else ""
        if any(down[part, other].surface == "air" for other in both):
            said.append("off the ground")
        elif len(both) == 2 and len(raised) == 1:
            said.append(f"the {'other' if raised[0] else 'working'} foot on a step, one on the floor")
        elif len(both) == 2:
            said.append({"foot": "feet flat", "heel": "heels down", "toe": "on the toes"}[part] + where)
        elif both:
            said.append(f"the {'other' if both[0] else 'working'} foot {words}" + where)
    for contact in contacts_of(pose):
        if contact.press:
            way = {"down": "down", "up": "up", "forward": "towards the head", "back": "back"}[contact.press]
            said.append(f"the {contact.part} presses {way}")
    return said


def _hands(figure: Figure, pose: KeyPose) -> list[str]:
    held = [arm.to for arm in pose.arms]
    said = []
    if "support" in held:
        kinds = [p.kind for p in figure.props if p.kind in _SUPPORTS]
        said.append(_SUPPORTS[kinds[0]] if kinds else "holding on")
    known = (to if to in _HOLDS else to.removesuffix("2") for to in held)
    said += [_HOLDS[to] for to in known if to in _HOLDS]
    ahead = min(a.shoulder for a in pose.arms) - (pose.trunk if figure.view == "side" else 0.0)
    if not any(held) and figure.orientation == "standing" and ahead > 50:
        said.append("arms stretched ahead")
    if "hands on the knee" in said and "hands on the front knee" in said:  # one on each
        said = ["hands on the knees"]
    return list(dict.fromkeys(said))


def _things(figure: Figure) -> list[str]:
    kinds = dict.fromkeys(p.kind for p in figure.props)
    if any(p.kind == "roller" and p.at.startswith("ankle") for p in figure.props):
        return ["a pad behind the ankles"]
    return [_THINGS[kind] for kind in kinds if _THINGS.get(kind)]


def _held(pose: KeyPose) -> str:
    return f", held for {pose.seconds:g} seconds" if pose.seconds >= 5 else ""


def _changes(figure: Figure, before: KeyPose, after: KeyPose) -> str:
    parts = [*_trunk_moves(figure, before, after), *_leg_moves(before, after)]
    feet = [f for f in _feet(after) if f not in _feet(before)]
    hands = [h for h in _hands(figure, after) if h not in _hands(figure, before)]
    if before.neck is not None and after.neck is not None and abs(after.neck - before.neck) > 15:
        parts.append("looking up" if after.neck < before.neck else "looking down")
    return ", ".join([*parts, *feet, *hands]) + _held(after)


def _trunk_moves(figure: Figure, before: KeyPose, after: KeyPose) -> list[str]:
    if figure.orientation == "supine" and after.trunk < before.trunk - 8:
        return ["hips lifted until the body is straight from shoulder to knee"]
    if figure.orientation == "supine" and after.trunk > 0:
        return ["sitting up"]
    if figure.orientation == "supine" and after.trunk > before.trunk + 5:
        return ["hips a little lower, still off the floor"]
    if figure.orientation == "side_lying" and after.trunk > before.trunk + 8:
        return ["hips lifted until the body is one straight line"]
    moves = []
    for angle, way in ((after.trunk - before.trunk, "trunk"), (after.lean - before.lean, "lean")):
        if abs(angle) <= 8:
            continue
        if figure.view == "front" and way == "trunk":
            moves.append("leaning to the side")
        else:
            now = after.trunk if way == "trunk" else after.lean
            moves.append("the body upright" if abs(now) < 8 else f"the body leaning forward {_near(now)}")
    return moves


def _leg_moves(before: KeyPose, after: KeyPose) -> list[str]:
    moves = [
        [m for m in (_one_leg(getattr(before, leg), getattr(after, leg), before, after)) if m]
        for leg in ("working", "other")
    ]
    if moves[0] and moves[0] == moves[1]:
        return [
            f"both {m.replace('the knee', 'knees').replace('the leg', 'legs').replace('the heel', 'heels')}"
            for m in moves[0]
        ]
    return [
        m.replace("the ", f"the {which} ", 1)
        for which, found in (("working", moves[0]), ("other", moves[1]))
        for m in found
    ]


def _one_leg(a: Leg, b: Leg, before: KeyPose, after: KeyPose) -> list[str]:
    said = []
    if abs(b.knee - a.knee) > 8:
        straight = b.knee < 10
        said.append(
            "the knee straight"
            if straight
            else f"the knee {'bent' if b.knee > a.knee else 'opened'} to {_near(b.knee)}"
        )
    if b.ankle - a.ankle < -25 and abs(b.knee - a.knee) <= 8:
        said.append("the heel raised" if abs(b.hip - a.hip) < 12 else "the toes pointing")
    thigh = (b.hip - after.trunk - after.lean) - (a.hip - before.trunk - before.lean)
    lifts = after.trunk < before.trunk - 8 and after.trunk < -80  # the hips rise, the thighs with them
    if abs(b.knee - a.knee) <= 8 and abs(thigh) > 12 and not lifts:
        said.append("the leg lifted" if thigh > 0 else "the leg back")
    if b.hip_abduction - a.hip_abduction > 10:
        said.append("the leg opened to the side")
    return said
