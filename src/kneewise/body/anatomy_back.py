"""The back of a right leg, from the waist to the calf: outer side to the right."""

from __future__ import annotations

from kneewise.body.anatomy_parts import Anchor, Bone, Cord, Muscle, Plate, Pull, Skin, Spot

_SKIN = Skin(
    outline=(
        (122, -20), (204, -20), (210, 20), (217, 60), (221, 100), (220, 140), (215, 190), (208, 240),
        (202, 285), (199, 318), (201, 345), (205, 380), (203, 415), (196, 455), (189, 495), (184, 540),
        (158, 540), (152, 495), (143, 455), (136, 415), (134, 380), (138, 348), (141, 318), (138, 285),
        (131, 240), (126, 195), (124, 165), (124, 146), (121, 120),
    ),
    folds=(((128, 158), (150, 166), (176, 165), (200, 156)), ((153, 318), (170, 323), (188, 319))),
)  # fmt: skip

_SACRUM = Bone(
    "pelvis",
    ((120, 52), (136, 54), (147, 60), (146, 74), (139, 90), (131, 104), (126, 116), (120, 120)),
    (((129, 66), (130, 67)), ((128, 78), (129, 79)), ((126, 90), (127, 91))),
)
_PELVIS = Bone(
    "pelvis",
    (
        (143, 66), (146, 50), (157, 39), (172, 34), (187, 37), (200, 46), (206, 58), (203, 74), (195, 88),
        (189, 100), (184, 113), (174, 122), (165, 130), (161, 139), (154, 146), (147, 142), (145, 132),
        (138, 126), (128, 117), (123, 111), (124, 104), (133, 105), (146, 108), (157, 103), (158, 93),
        (152, 82),
    ),
    (((150, 62), (166, 47), (186, 47)), ((160, 52), (170, 66), (168, 84))),
)  # fmt: skip
_FORAMEN = Bone("hole", ((141, 114), (151, 113), (156, 119), (151, 127), (144, 124)))
_SIT_BONE = Bone("sit_bone", ((146, 131), (154, 127), (161, 132), (162, 141), (154, 147), (147, 143)))
_THIGH_BONE = Bone(
    "thigh_bone",
    (
        (166, 96), (174, 92), (181, 96), (186, 101), (192, 95), (200, 94), (205, 102), (203, 116),
        (199, 132), (195, 160), (192, 200), (188, 240), (184, 275), (185, 294), (191, 306), (193, 318),
        (188, 327), (178, 326), (171, 319), (164, 326), (153, 327), (148, 317), (152, 304), (161, 293),
        (168, 278), (174, 240), (178, 200), (181, 160), (184, 134), (182, 122), (174, 116), (166, 107),
    ),
    (((188, 140), (185, 190), (181, 240), (177, 272)), ((171, 319), (171, 310))),
)  # fmt: skip
_SHIN_BONE = Bone(
    "shin_bone",
    (
        (149, 334), (160, 332), (171, 334), (182, 332), (192, 335), (191, 346), (184, 358), (178, 380),
        (176, 420), (175, 470), (174, 545), (160, 545), (161, 470), (161, 420), (160, 380), (155, 358),
        (149, 346),
    ),
    (((168, 352), (169, 400), (168, 470)),),
)  # fmt: skip
_CALF_BONE = Bone(
    "calf_bone",
    (
        (188, 343), (195, 341), (200, 347), (198, 357), (194, 372), (192, 420), (190, 480), (187, 545),
        (181, 545), (184, 480), (187, 420), (189, 372), (187, 355),
    ),
)  # fmt: skip

_PIRIFORMIS = Muscle(
    "deep_buttock_muscle", ((132, 84, 9), (152, 88, 8), (174, 94, 5), (196, 99, 2.5)), (0.0, 0.85), True
)
_GLUTEUS = Muscle(
    "buttock_muscle",
    ((142, 62, 17), (160, 92, 27), (180, 122, 22), (193, 150, 9), (194, 172, 3)),
    (0.0, 0.92),
    True,
)
_SEMIMEMBRANOSUS = Muscle(
    "semimembranosus",
    (
        (156, 138, 2.5), (151, 165, 4.5), (147, 195, 9.5), (146, 230, 12.5), (148, 265, 12),
        (152, 292, 8), (153, 312, 4), (154, 340, 2.8),
    ),
    (0.2, 0.84),
)  # fmt: skip
_SEMITENDINOSUS = Muscle(
    "semitendinosus",
    (
        (153, 138, 3.2), (153, 162, 8), (154, 190, 10.5), (152, 218, 8.5), (147, 244, 3.4),
        (143, 270, 1.9), (142, 305, 1.9), (144, 332, 2), (154, 356, 2.2),
    ),
    (0.06, 0.5),
)  # fmt: skip
_SHORT_HEAD = Muscle(
    "biceps_femoris_short_head",
    ((182, 216, 3), (187, 245, 8), (192, 272, 8.5), (195, 298, 5), (196, 320, 2.5), (195, 344, 2)),
    (0.0, 0.78),
)
_LONG_HEAD = Muscle(
    "biceps_femoris_long_head",
    (
        (156, 138, 3.2), (163, 162, 9), (170, 192, 12.5), (177, 225, 12.5), (184, 255, 9.5),
        (190, 283, 5), (194, 308, 2.8), (195, 346, 2.6),
    ),
    (0.07, 0.74),
)  # fmt: skip
_SOLEUS = Muscle(
    "soleus", ((172, 348, 12), (170, 385, 31), (169, 418, 27), (169, 446, 12), (169, 470, 4.5),
     (170, 545, 4.5)),
    (0.05, 0.62),
)  # fmt: skip
_CALF_INNER = Muscle(
    "calf_muscle",
    ((156, 311, 3.6), (153, 335, 11), (152, 366, 15), (154, 398, 13.5), (161, 426, 7), (168, 446, 3)),
    (0.05, 0.95),
)
_CALF_OUTER = Muscle(
    "calf_muscle",
    ((186, 311, 3.6), (187, 335, 10), (187, 364, 13.5), (184, 392, 12), (177, 416, 6.5), (171, 436, 3)),
    (0.05, 0.95),
)
_POPLITEUS = Muscle(
    "deep_knee_muscle", ((189, 320, 2.5), (180, 332, 5), (169, 346, 9), (160, 362, 7)), (0.2, 1.0), True
)

_NERVE_TOP = Cord("sciatic_nerve", ((148, 92), (160, 112), (170, 134), (174, 156), (175, 176)), 5.5)
_NERVE_UNDER = Cord("sciatic_nerve", ((175, 176), (175, 205), (172, 238), (170, 256)), 5.5, hidden=True)
_NERVE_LOW = Cord("sciatic_nerve", ((170, 254), (170, 268)), 5.5)
_INNER_BRANCH = Cord("sciatic_nerve", ((170, 266), (169, 290), (169, 320), (169, 344), (169, 372)), 4)
_OUTER_BRANCH = Cord(
    "outer_leg_nerve", ((170, 266), (177, 284), (186, 306), (191, 326), (199, 348), (197, 364)), 3
)
_VEIN = Cord("vessels", ((175, 276), (177, 304), (177, 336), (176, 366)), 5, "vein", only_marked=True)
_ARTERY = Cord("vessels", ((163, 276), (161, 304), (161, 336), (163, 366)), 4.4, "artery", only_marked=True)

PLATE = Plate(
    parts=(
        _SKIN, _SACRUM, _PELVIS, _FORAMEN, _SHIN_BONE, _CALF_BONE, _THIGH_BONE, _SIT_BONE,
        Spot("hip_joint", (178, 103), (17, 15)),
        _SOLEUS, _PIRIFORMIS, _NERVE_TOP, _SHORT_HEAD, _SEMIMEMBRANOSUS, _SEMITENDINOSUS,
        _LONG_HEAD, _NERVE_UNDER, _NERVE_LOW, _INNER_BRANCH, _CALF_INNER, _CALF_OUTER, _POPLITEUS,
        _ARTERY, _VEIN, _OUTER_BRANCH, _GLUTEUS,
        Spot("knee_joint", (171, 329), (29, 12)), Spot("inner_meniscus", (157, 330), (12, 6)),
        Spot("outer_meniscus", (186, 330), (10, 6)),
        Spot("hollow_of_knee", (171, 312), (15, 34)),
        Spot("hamstring_upper_tendons", (155, 142), (13, 15)),
        Spot("outer_hamstring_tendon", (195, 322), (8, 24)),
        Spot("inner_hamstring_tendons", (147, 318), (10, 26)),
        Spot("calf_upper_tendons", (157, 316), (10, 13)),
        Spot("outer_small_joint", (194, 346), (10, 9)),
        Spot("cyst", (157, 327), (12, 18), "sac"),
        Spot("hamstring_middle", (164, 214), (22, 30)),
    ),
    anchors={
        "pelvis": Anchor((150, 56), True),
        "hip_joint": Anchor((186, 104), False),
        "sit_bone": Anchor((149, 138), True),
        "thigh_bone": Anchor((197, 150), False),
        "shin_bone": Anchor((164, 476), True),
        "calf_bone": Anchor((187, 478), False),
        "buttock_muscle": Anchor((186, 132), False),
        "deep_buttock_muscle": Anchor((178, 95), False),
        "semitendinosus": Anchor((152, 196), True),
        "semimembranosus": Anchor((141, 246), True),
        "biceps_femoris_long_head": Anchor((181, 226), False),
        "biceps_femoris_short_head": Anchor((195, 272), False),
        "sciatic_nerve": Anchor((169, 132), False),
        "outer_leg_nerve": Anchor((198, 352), False),
        "calf_muscle": Anchor((150, 380), True),
        "soleus": Anchor((192, 412), False),
        "deep_knee_muscle": Anchor((166, 350), True),
        "vessels": Anchor((161, 322), True),
        "hollow_of_knee": Anchor((177, 308), False),
        "knee_joint": Anchor((190, 330), False),
        "inner_meniscus": Anchor((150, 330), True),
        "outer_meniscus": Anchor((191, 330), False),
        "hamstring_upper_tendons": Anchor((153, 142), True),
        "hamstring_middle": Anchor((176, 215), False),
        "outer_hamstring_tendon": Anchor((196, 316), False),
        "inner_hamstring_tendons": Anchor((144, 312), True),
        "calf_upper_tendons": Anchor((154, 318), True),
        "outer_small_joint": Anchor((195, 346), False),
        "cyst": Anchor((152, 330), True),
    },
    usual=(
        "pelvis", "sit_bone", "thigh_bone", "shin_bone", "semitendinosus", "semimembranosus",
        "biceps_femoris_long_head", "biceps_femoris_short_head", "sciatic_nerve", "calf_muscle",
        "hollow_of_knee", "calf_bone", "outer_leg_nerve",
    ),
    context=("sit_bone", "thigh_bone", "calf_muscle"),
    pulls=(
        Pull("biceps_femoris_long_head", ((207, 318), (205, 290), (200, 262))),
        Pull("semitendinosus", ((133, 318), (131, 290), (131, 262))),
    ),
    height=496,
    inner_left=114,
    inner_right=230,
)  # fmt: skip
