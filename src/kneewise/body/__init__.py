"""The leg: poses, where they put the body, how long its muscles are, and the drawn figure.

A pure room: no files, no clock, no network. One set of poses gives the drawing (`figure`), the muscle
length (`muscle`) and what a person's tightness allows.
"""

from kneewise.body.description import describe
from kneewise.body.figure import DARK_COLOURS, LIGHT_COLOURS, draw
from kneewise.body.kinematics import Skeleton, contact_gaps, place, reshape
from kneewise.body.muscle import (
    HAMSTRINGS,
    length_class,
    muscle_length,
    peak_strain,
    straight_knee_hip_limit,
    strain,
)
from kneewise.body.pose import Arm, Figure, KeyPose, Leg, PoseError, Prop, check_figure, figure_from_mapping

__all__ = [
    "DARK_COLOURS",
    "HAMSTRINGS",
    "LIGHT_COLOURS",
    "Arm",
    "Figure",
    "KeyPose",
    "Leg",
    "PoseError",
    "Prop",
    "Skeleton",
    "check_figure",
    "contact_gaps",
    "describe",
    "draw",
    "figure_from_mapping",
    "length_class",
    "muscle_length",
    "peak_strain",
    "place",
    "reshape",
    "straight_knee_hip_limit",
    "strain",
]
