"""The outer side of a right leg, from the waist to the calf: the front to the right."""

from __future__ import annotations

from kneewise.body.anatomy_parts import Anchor, Bone, Cord, Muscle, Plate, Pull, Skin, Spot

_SKIN = Skin(
    outline=(
        (128, -20), (214, -20), (217, 20), (215, 55), (214, 85), (219, 120), (223, 160), (221, 205),
        (215, 250), (208, 285), (206, 300), (211, 314), (209, 332), (205, 352), (203, 380), (199, 430),
        (194, 480), (190, 540), (160, 540), (158, 500), (152, 460), (143, 425), (138, 392), (140, 360),
        (147, 335), (148, 315), (142, 280), (134, 235), (128, 195), (124, 168), (117, 150), (109, 122),
        (106, 92), (112, 60), (123, 28),
    ),
    folds=(((124, 166), (134, 170), (144, 168)), ((148, 330), (153, 327), (157, 329))),
)  # fmt: skip
_SACRUM = Bone(
    "pelvis", ((132, 54), (140, 48), (148, 54), (144, 72), (134, 92), (124, 104), (121, 98), (126, 78))
)
_PELVIS = Bone(
    "pelvis",
    (
        (138, 66), (142, 50), (156, 38), (176, 34), (194, 40), (206, 52), (207, 62), (201, 74), (196, 88),
        (200, 100), (206, 112), (200, 118), (188, 116), (176, 122), (166, 130), (158, 140), (149, 145),
        (143, 138), (147, 128), (156, 116), (160, 102), (154, 90), (144, 80),
    ),
    (((146, 60), (164, 46), (188, 50)), ((166, 52), (176, 68), (178, 84))),
)  # fmt: skip
_SIT_BONE = Bone("sit_bone", ((144, 133), (152, 128), (160, 132), (160, 140), (152, 147), (145, 143)))
_THIGH_BONE = Bone(
    "thigh_bone",
    (
        (164, 100), (167, 92), (176, 88), (186, 91), (192, 99), (190, 110), (187, 122), (190, 150),
        (194, 195), (193, 240), (190, 275), (192, 292), (196, 304), (194, 318), (186, 328), (174, 331),
        (162, 327), (157, 316), (160, 305), (170, 296), (177, 280), (181, 240), (181, 195), (176, 150),
        (172, 124), (165, 112),
    ),
    (((181, 140), (187, 190), (187, 240), (183, 275)), ((165, 316), (172, 323), (182, 322))),
)  # fmt: skip
_KNEECAP = Bone(
    "kneecap",
    ((201, 302), (206, 304), (208, 312), (206, 321), (201, 326), (198, 320), (197, 312), (198, 305)),
    (((203, 308), (203, 318)),),
)
_SHIN_BONE = Bone(
    "shin_bone",
    (
        (157, 336), (168, 334), (182, 334), (194, 335), (197, 344), (199, 354), (195, 366), (191, 390),
        (188, 430), (184, 480), (181, 545), (167, 545), (169, 480), (171, 430), (172, 390), (169, 366),
        (161, 350),
    ),
    (((180, 346), (183, 390), (179, 450)),),
)  # fmt: skip
_CALF_BONE = Bone(
    "calf_bone",
    (
        (158, 346), (163, 342), (169, 346), (170, 355), (169, 372), (170, 420), (170, 480), (168, 545),
        (162, 545), (164, 480), (164, 420), (164, 372), (160, 358),
    ),
)  # fmt: skip
_GLUTEUS = Muscle(
    "buttock_muscle",
    ((134, 60, 11), (134, 82, 18), (144, 103, 19), (160, 124, 13), (174, 148, 5.5), (182, 172, 2)),
    (0.0, 0.94),
)
_SIDE_HIP = Muscle(
    "side_hip_muscle", ((168, 40, 22), (170, 58, 19), (174, 82, 8), (176, 100, 2.5)), (0, 0.95)
)
_TENSOR = Muscle("side_hip_muscle", ((203, 60, 4), (202, 82, 7.5), (198, 106, 6.5), (193, 130, 3)), (0, 0.95))
_BAND = Muscle(
    "iliotibial_band",
    ((195, 118, 4), (190, 150, 5), (188, 200, 5), (189, 250, 4.6), (190, 300, 4.2), (190, 322, 3.8),
     (191, 345, 4)),
    (0, 0),
    sheet=True,
)  # fmt: skip
_RECTUS = Muscle(
    "quadriceps",
    (
        (196, 86, 3), (207, 120, 8), (213, 160, 10.5), (212, 205, 10.5), (206, 245, 8), (202, 272, 4.5),
        (201, 290, 3), (202, 306, 3.2),
    ),
    (0.06, 0.83),
)  # fmt: skip
_VASTUS = Muscle(
    "quadriceps",
    (
        (184, 122, 4), (194, 150, 11), (199, 190, 15), (199, 230, 15.5), (196, 262, 12), (196, 285, 6),
        (200, 302, 3),
    ),
    (0.02, 0.93),
)  # fmt: skip
_SEMIS = Muscle(
    "inner_hamstrings",
    (
        (150, 140, 3.5), (141, 165, 8.5), (139, 200, 11.5), (143, 240, 11), (149, 272, 7.5), (153, 296, 3.4),
        (158, 322, 2.4), (171, 350, 2.2),
    ),
    (0.06, 0.72),
)  # fmt: skip
_SHORT_HEAD = Muscle(
    "biceps_femoris_short_head",
    ((178, 212, 3), (175, 240, 8), (170, 268, 8.5), (164, 296, 5), (162, 318, 2.5), (164, 346, 2)),
    (0.0, 0.78),
)
_LONG_HEAD = Muscle(
    "biceps_femoris_long_head",
    (
        (152, 139, 3.5), (153, 165, 9.5), (155, 200, 12), (157, 235, 11), (159, 264, 8), (160, 290, 4.2),
        (161, 314, 2.7), (164, 348, 2.6),
    ),
    (0.06, 0.74),
)  # fmt: skip
_SOLEUS = Muscle(
    "soleus", ((168, 352, 6), (160, 385, 14), (160, 420, 13), (162, 450, 8), (162, 476, 3.5),
     (163, 545, 3.5)),
    (0.02, 0.62),
)  # fmt: skip
_CALF = Muscle(
    "calf_muscle",
    (
        (164, 312, 3.6), (155, 334, 8), (149, 362, 11.5), (147, 392, 11.5), (150, 420, 8), (156, 446, 3.6),
        (160, 480, 3), (162, 545, 3),
    ),
    (0.04, 0.62),
)  # fmt: skip
_SHIN_MUSCLE = Muscle(
    "shin_muscle", ((188, 350, 4), (191, 380, 8), (189, 420, 7.5), (185, 460, 4), (181, 500, 2))
)
_KNEECAP_TENDON = Muscle(
    "kneecap_tendon", ((203, 322, 3.4), (203, 338, 3.2), (198, 357, 3)), (0, 0), sheet=True
)
_OUTER_LIGAMENT = Muscle(
    "outer_ligament",
    ((172, 312, 2.2), (169, 330, 2.2), (165, 348, 2.2)),
    (0, 0),
    sheet=True,
    only_marked=True,
)
_NERVE = Cord("outer_leg_nerve", ((152, 300), (156, 322), (160, 340), (167, 358), (174, 370)), 2.8)

PLATE = Plate(
    parts=(
        _SKIN, _SACRUM, _SHIN_BONE, _CALF_BONE, _PELVIS, _THIGH_BONE, _SIT_BONE,
        Spot("hip_joint", (178, 104), (18, 17)),
        _SEMIS, _SOLEUS, _CALF, _SHIN_MUSCLE, _SHORT_HEAD, _LONG_HEAD, _NERVE, _RECTUS, _KNEECAP_TENDON,
        _VASTUS, _KNEECAP, _OUTER_LIGAMENT, _SIDE_HIP, _GLUTEUS, _TENSOR, _BAND,
        Spot("knee_joint", (176, 331), (26, 12)),
        Spot("hamstring_upper_tendons", (152, 142), (12, 14)),
        Spot("band_at_the_knee", (190, 314), (10, 14)),
        Spot("under_kneecap", (198, 314), (9, 16)),
        Spot("kneecap_tendon_spot", (203, 338), (8, 16)),
        Spot("quadriceps_tendon_spot", (202, 294), (8, 14)),
        Spot("fat_pad", (198, 333), (7, 9)),
        Spot("front_of_kneecap", (208, 314), (6, 16)),
        Spot("shin_bump", (199, 357), (8, 10)),
        Spot("outer_hamstring_tendon", (162, 322), (8, 22)),
        Spot("outer_small_joint", (165, 350), (10, 9)),
        Spot("hollow_of_knee", (150, 325), (10, 24)),
    ),
    anchors={
        "pelvis": Anchor((152, 52), True),
        "hip_joint": Anchor((184, 104), False),
        "sit_bone": Anchor((148, 142), True),
        "thigh_bone": Anchor((180, 318), False),
        "shin_bone": Anchor((177, 478), False),
        "calf_bone": Anchor((167, 476), True),
        "kneecap": Anchor((204, 312), False),
        "buttock_muscle": Anchor((130, 92), True),
        "side_hip_muscle": Anchor((180, 60), False),
        "iliotibial_band": Anchor((190, 160), False),
        "quadriceps": Anchor((213, 196), False),
        "inner_hamstrings": Anchor((136, 206), True),
        "biceps_femoris_long_head": Anchor((152, 232), True),
        "biceps_femoris_short_head": Anchor((171, 262), False),
        "calf_muscle": Anchor((146, 384), True),
        "soleus": Anchor((163, 430), True),
        "shin_muscle": Anchor((191, 396), False),
        "kneecap_tendon": Anchor((203, 340), False),
        "outer_ligament": Anchor((170, 328), True),
        "outer_leg_nerve": Anchor((157, 326), True),
        "knee_joint": Anchor((190, 331), False),
        "hamstring_upper_tendons": Anchor((148, 146), True),
        "band_at_the_knee": Anchor((192, 316), False),
        "under_kneecap": Anchor((200, 316), False),
        "kneecap_tendon_spot": Anchor((204, 342), False),
        "quadriceps_tendon_spot": Anchor((203, 292), False),
        "fat_pad": Anchor((198, 335), False),
        "front_of_kneecap": Anchor((209, 312), False),
        "shin_bump": Anchor((200, 358), False),
        "outer_hamstring_tendon": Anchor((161, 322), True),
        "outer_small_joint": Anchor((164, 350), True),
        "hollow_of_knee": Anchor((149, 322), True),
    },
    usual=(
        "buttock_muscle", "sit_bone", "inner_hamstrings", "biceps_femoris_long_head", "calf_muscle",
        "side_hip_muscle", "iliotibial_band", "quadriceps", "kneecap", "kneecap_tendon", "shin_bone",
        "calf_bone",
    ),
    context=("kneecap", "shin_bone", "calf_muscle"),
    pulls=(
        Pull("quadriceps", ((223, 292), (225, 262), (229, 232))),
        Pull("biceps_femoris_long_head", ((136, 318), (131, 290), (125, 262))),
        Pull("calf_muscle", ((130, 440), (127, 412), (128, 384))),
    ),
    height=496,
    inner_left=104,
    inner_right=236,
)  # fmt: skip
