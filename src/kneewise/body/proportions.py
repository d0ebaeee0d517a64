"""Lengths of body segments as shares of stature.

Long segments: Drillis R, Contini R. Body segment parameters (1966), as tabulated in Winter DA,
Biomechanics and Motor Control of Human Movement, 4th ed. (2009). Half-depths and radii (how thick a limb
is drawn, how high a joint lies above the floor it rests on) are estimates for a recognisable figure.
"""

from __future__ import annotations

THIGH = 0.245
SHANK = 0.246
FOOT_HEIGHT = 0.039
FOOT_LENGTH = 0.152
TRUNK = 0.288  # hip to shoulder
HEAD_AND_NECK = 0.182
UPPER_ARM = 0.186
FOREARM = 0.146
HAND = 0.108

# Estimates from here on.
HIP_HALF_WIDTH = 0.050
SHOULDER_HALF_WIDTH = 0.100
HEAD_RADIUS = 0.062
HEAD_CENTRE = HEAD_AND_NECK - HEAD_RADIUS  # from the shoulder line, along the head
GRIP = 0.050  # wrist to the middle of the hand

# How far the surface of the body lies from a joint's centre.
PELVIS_DEPTH = 0.062
SHOULDER_DEPTH = 0.052
KNEE_DEPTH = 0.037
ANKLE_DEPTH = 0.021
ELBOW_DEPTH = 0.021
HAND_DEPTH = 0.018
PELVIS_SIDE = 0.085
SHOULDER_SIDE = 0.120

# The foot: two discs on the sole, seen from the ankle; x towards the toes, y away from the sole.
HEEL_DISC = (-0.022, -0.019, 0.020)
TOE_DISC = (0.098, -0.028, 0.011)
