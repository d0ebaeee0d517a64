"""The front of a right leg, from the waist to the shin: outer side to the left."""

from __future__ import annotations

from kneewise.body.anatomy_parts import Anchor, Bone, Muscle, Plate, Pull, Skin, Spot

_SKIN = Skin(
    outline=(
        (136, -20), (130, 20), (123, 60), (118, 100), (118, 140), (122, 190), (130, 240), (137, 280),
        (140, 305), (138, 330), (139, 352), (136, 385), (139, 420), (146, 458), (152, 500), (156, 545),
        (182, 545), (188, 500), (196, 458), (204, 418), (207, 385), (203, 350), (202, 325), (206, 298),
        (210, 268), (215, 230), (218, 190), (219, 160), (218, 130), (221, 110), (221, -20),
    ),
    folds=(((150, 96), (180, 112), (210, 126)), ((154, 290), (169, 285), (184, 291))),
)  # fmt: skip
_SACRUM = Bone("pelvis", ((222, 52), (206, 54), (196, 62), (200, 78), (210, 96), (218, 112), (222, 112)))
_PELVIS = Bone(
    "pelvis",
    (
        (198, 64), (193, 48), (180, 38), (164, 35), (146, 40), (135, 52), (133, 62), (139, 74), (146, 82),
        (148, 94), (152, 110), (162, 120), (176, 124), (186, 132), (190, 142), (198, 136), (208, 126),
        (220, 122), (221, 104), (210, 103), (194, 104), (184, 98), (188, 84),
    ),
    (((190, 58), (172, 46), (150, 50)), ((188, 84), (176, 74), (160, 72))),
)  # fmt: skip
_FORAMEN = Bone("hole", ((182, 112), (194, 110), (204, 112), (200, 122), (190, 126), (183, 120)))
_THIGH_BONE = Bone(
    "thigh_bone",
    (
        (174, 96), (166, 90), (158, 94), (153, 101), (147, 95), (139, 94), (134, 102), (136, 116),
        (140, 132), (145, 160), (149, 200), (153, 240), (157, 275), (155, 294), (149, 306), (147, 318),
        (152, 327), (162, 326), (170, 321), (177, 326), (187, 327), (192, 317), (188, 304), (179, 293),
        (173, 278), (167, 240), (163, 200), (159, 160), (157, 134), (159, 122), (166, 116), (174, 107),
    ),
    (((151, 140), (156, 190), (161, 240), (165, 277)), ((159, 296), (162, 310), (169, 318)),
     ((180, 296), (177, 310), (171, 318))),
)  # fmt: skip
_GROOVE = Bone(
    "kneecap_groove",
    (
        (155, 293),
        (162, 296),
        (170, 301),
        (178, 296),
        (185, 293),
        (186, 306),
        (180, 318),
        (170, 324),
        (160, 318),
        (154, 306),
    ),
)
_SHIN_BONE = Bone(
    "shin_bone",
    (
        (191, 334), (180, 332), (169, 334), (158, 332), (148, 335), (149, 346), (157, 358), (164, 382),
        (166, 420), (166, 470), (166, 545), (180, 545), (179, 470), (179, 420), (180, 382), (185, 358),
        (191, 346),
    ),
    (((170, 362), (172, 400), (171, 470)),),
)  # fmt: skip
_CALF_BONE = Bone(
    "calf_bone",
    (
        (152, 343), (145, 341), (140, 347), (142, 357), (146, 372), (148, 420), (150, 480), (153, 545),
        (159, 545), (156, 480), (153, 420), (151, 372), (153, 355),
    ),
)  # fmt: skip
_KNEECAP = Bone(
    "kneecap",
    ((158, 300), (164, 295), (170, 294), (176, 295), (182, 300), (182, 309), (177, 318), (170, 323),
     (163, 318), (158, 309)),
    (((163, 304), (170, 301), (177, 304)),),
)  # fmt: skip
_ADDUCTORS = Muscle(
    "inner_thigh_muscles",
    ((211, 116, 6), (204, 142, 12), (196, 172, 12), (186, 204, 7), (176, 232, 2)),
    (0, 1),
)
_RECTUS = Muscle(
    "quadriceps",
    (
        (149, 82, 3), (152, 112, 7.5), (156, 150, 11), (161, 195, 12), (165, 235, 9), (168, 262, 5.5),
        (169, 280, 5), (170, 298, 6),
    ),
    (0.07, 0.8),
)  # fmt: skip
_VASTUS_OUTER = Muscle(
    "quadriceps",
    ((139, 124, 4), (139, 165, 9.5), (143, 210, 12.5), (150, 250, 10.5), (157, 278, 6), (163, 297, 3)),
    (0.02, 0.92),
)
_VASTUS_INNER = Muscle(
    "inner_quadriceps",
    ((176, 160, 4), (182, 200, 9), (189, 238, 13), (192, 268, 13), (187, 290, 8), (178, 303, 3)),
    (0.02, 0.97),
)
_SARTORIUS = Muscle(
    "tailor_muscle",
    (
        (136, 60, 3), (147, 96, 5), (164, 138, 5.5), (184, 182, 5.5), (200, 228, 5.5), (206, 272, 5),
        (205, 308, 3.6), (199, 338, 2.4), (184, 356, 2.4),
    ),
    (0.03, 0.84),
)  # fmt: skip
_GRACILIS = Muscle(
    "slender_muscle",
    (
        (214, 114, 4), (214, 155, 6), (213, 200, 5.5), (211, 245, 4), (209, 280, 2.2), (207, 315, 2),
        (201, 344, 2), (185, 362, 2.2),
    ),
    (0.03, 0.6),
)  # fmt: skip
_SEMITENDINOSUS = Muscle(
    "semitendinosus", ((206, 300, 2), (206, 325, 2.1), (200, 350, 2.1), (186, 368, 2.3)), (0, 0), sheet=True
)
_TENSOR = Muscle("side_hip_muscle", ((135, 60, 4), (131, 82, 7.5), (129, 106, 6.5), (128, 128, 3)), (0, 0.95))
_SIDE_HIP = Muscle(
    "side_hip_muscle", ((150, 42, 15), (142, 66, 12), (137, 86, 6), (136, 100, 2.5)), (0, 0.95)
)
_BAND = Muscle(
    "iliotibial_band",
    ((128, 118, 3), (128, 165, 3.6), (133, 215, 3.6), (141, 265, 3.2), (146, 305, 3), (150, 343, 3.6)),
    (0, 0),
    sheet=True,
)
_KNEECAP_TENDON = Muscle(
    "kneecap_tendon", ((170, 318, 7), (170, 338, 5.6), (170, 358, 5)), (0, 0), sheet=True
)
_INNER_LIGAMENT = Muscle("inner_ligament", ((192, 312, 3), (193, 330, 3), (188, 356, 3)), (0, 0), sheet=True)
_OUTER_LIGAMENT = Muscle("outer_ligament", ((148, 312, 2), (146, 330, 2), (145, 345, 2)), (0, 0), sheet=True)
_SHIN_MUSCLE = Muscle(
    "shin_muscle", ((158, 354, 4), (155, 385, 8), (156, 420, 7.5), (162, 458, 4), (167, 500, 2)), (0.05, 0.95)
)
_CALF = Muscle("calf_muscle", ((198, 350, 3), (200, 378, 6.5), (197, 412, 6), (189, 444, 3)), (0, 1))

PLATE = Plate(
    parts=(
        _SKIN, _SACRUM, _PELVIS, _FORAMEN, _CALF_BONE, _SHIN_BONE, _THIGH_BONE, _GROOVE,
        Spot("hip_joint", (164, 104), (18, 16)),
        _INNER_LIGAMENT, _OUTER_LIGAMENT, _CALF, _SHIN_MUSCLE, _SIDE_HIP, _ADDUCTORS, _VASTUS_OUTER,
        _VASTUS_INNER, _RECTUS, _GRACILIS, _SEMITENDINOSUS, _SARTORIUS, _TENSOR, _BAND, _KNEECAP_TENDON,
        _KNEECAP,
        Spot("knee_joint", (170, 329), (29, 12)),
        Spot("inner_meniscus", (184, 330), (11, 6)), Spot("outer_meniscus", (156, 330), (11, 6)),
        Spot("under_kneecap", (170, 308), (16, 18)),
        Spot("front_of_kneecap", (170, 308), (13, 14)),
        Spot("kneecap_tendon_spot", (170, 332), (9, 13)),
        Spot("quadriceps_tendon_spot", (169, 286), (10, 12)),
        Spot("fat_pad", (170, 328), (15, 8)),
        Spot("shin_bump", (170, 359), (10, 9)),
        Spot("goose_foot", (188, 357), (11, 14)),
        Spot("inner_ligament_spot", (192, 332), (8, 20)),
        Spot("outer_ligament_spot", (146, 330), (8, 18)),
        Spot("band_at_the_knee", (145, 311), (9, 14)),
    ),
    anchors={
        "pelvis": Anchor((190, 50), False),
        "hip_joint": Anchor((158, 104), True),
        "thigh_bone": Anchor((153, 312), True),
        "shin_bone": Anchor((173, 430), False),
        "calf_bone": Anchor((152, 480), True),
        "kneecap": Anchor((166, 306), True),
        "kneecap_groove": Anchor((157, 314), True),
        "side_hip_muscle": Anchor((134, 84), True),
        "quadriceps": Anchor((157, 190), True),
        "inner_quadriceps": Anchor((193, 262), False),
        "tailor_muscle": Anchor((181, 176), False),
        "slender_muscle": Anchor((214, 210), False),
        "inner_thigh_muscles": Anchor((203, 150), False),
        "semitendinosus": Anchor((206, 320), False),
        "iliotibial_band": Anchor((133, 226), True),
        "kneecap_tendon": Anchor((168, 342), True),
        "inner_ligament": Anchor((193, 326), False),
        "outer_ligament": Anchor((146, 334), True),
        "shin_muscle": Anchor((153, 400), True),
        "calf_muscle": Anchor((201, 390), False),
        "knee_joint": Anchor((188, 330), False),
        "inner_meniscus": Anchor((190, 331), False),
        "outer_meniscus": Anchor((150, 331), True),
        "under_kneecap": Anchor((164, 310), True),
        "front_of_kneecap": Anchor((164, 310), True),
        "kneecap_tendon_spot": Anchor((168, 338), True),
        "quadriceps_tendon_spot": Anchor((166, 284), True),
        "fat_pad": Anchor((160, 330), True),
        "shin_bump": Anchor((167, 361), True),
        "goose_foot": Anchor((190, 358), False),
        "inner_ligament_spot": Anchor((194, 336), False),
        "outer_ligament_spot": Anchor((145, 334), True),
        "band_at_the_knee": Anchor((144, 312), True),
    },
    usual=(
        "side_hip_muscle", "quadriceps", "iliotibial_band", "kneecap", "kneecap_groove", "kneecap_tendon",
        "pelvis", "tailor_muscle", "slender_muscle", "inner_quadriceps", "semitendinosus",
        "goose_foot", "shin_bone",
    ),
    context=("kneecap", "shin_bone", "quadriceps"),
    pulls=(
        Pull("quadriceps", ((148, 290), (142, 262), (136, 236))),
        Pull("inner_quadriceps", ((199, 292), (204, 268), (206, 244))),
    ),
    height=496,
    inner_left=114,
    inner_right=226,
)  # fmt: skip
