"""Muscle lengths: the fast path beside the scalar reference, and beside OpenSim where a model file is given.

`KNEEWISE_OSIM_MODEL` names RajagopalLaiUhlrich2023.osim (repository opensim-models, Models/Rajagopal); the
program is `pip install opensim`. Without them the benchmark says what is missing and goes on.
"""

from __future__ import annotations

import importlib.util
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

MODEL_VARIABLE = "KNEEWISE_OSIM_MODEL"
MODEL_FILE = "RajagopalLaiUhlrich2023.osim"
PATHS = {
    "biceps_femoris_long_head": "bflh_r",
    "biceps_femoris_short_head": "bfsh_r",
    "semimembranosus": "semimem_r",
    "semitendinosus": "semiten_r",
    "rectus_femoris": "recfem_r",
}


def _line(name: str, unit: str, ours: float, peer: float, peer_name: str) -> None:
    row = {"name": name, "unit": unit, "ours": ours, "peer": peer, "peer_name": peer_name}
    print(json.dumps(row | {"ratio": round(ours / peer, 8) if peer else None}), flush=True)


def _median_us(work: Callable[[], object], repeats: int, per: int) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e6 / per)
    return round(statistics.median(times), 4)


def _poses(number: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    return rng.uniform(-20, 100, number), rng.uniform(0, 120, number)


def _against_scalar() -> None:
    from kneewise.body.muscle import FITS, muscle_length
    from kneewise.body.muscle_arrays import lengths

    hip, knee = _poses(10_000)
    pairs = list(zip(hip.tolist(), knee.tolist(), strict=True))

    def ours() -> list[np.ndarray]:
        return [lengths(muscle, hip, knee) for muscle in FITS]

    def scalar() -> list[list[float]]:
        return [[muscle_length(muscle, h, k) for h, k in pairs] for muscle in FITS]

    number = len(pairs) * len(FITS)
    fast, slow = _median_us(ours, 21, number), _median_us(scalar, 3, number)
    _line("muscle length", "us/length", fast, slow, "our scalar reference")
    worst = max(float(np.abs(a - np.array(b)).max()) for a, b in zip(ours(), scalar(), strict=True))
    _line("muscle length, largest difference", "mm", worst * 1000, 0.0, "our scalar reference")


def _person() -> None:
    from kneewise import default_engine
    from kneewise.pathway.mechanics import leg

    engine = default_engine()
    case = engine.parse(
        {
            "on": "2026-11-20",
            "side": "left",
            "evidence": [{"id": "active_knee_extension_deficit_degrees", "value": 33, "from": "measured"}],
        }
    )
    leg(case, engine)
    all_of_it = _median_us(lambda: leg(case, engine), 9, 1000)
    one = _median_us(lambda: leg(case, engine, only=["rdl"]), 9, 1000)
    _line("what all exercises ask of one person", "ms", all_of_it, one, "one exercise")


def _missing() -> str | None:
    """What a comparison with OpenSim lacks; None if nothing."""
    if importlib.util.find_spec("opensim") is None:
        return "OpenSim is not installed: pip install opensim"
    given = os.environ.get(MODEL_VARIABLE)
    if not given:
        return f"no model file: set {MODEL_VARIABLE} to {MODEL_FILE} (opensim-models, Models/Rajagopal)"
    if not Path(given).is_file():
        return f"{MODEL_VARIABLE} names {Path(given).name}, which is not there"
    return None


def _against_opensim() -> None:
    missing = _missing()
    if missing:
        print(f"not compared with OpenSim: {missing}", file=sys.stderr)
        return
    opensim: Any = importlib.import_module("opensim")
    from kneewise.body.muscle_arrays import lengths

    opensim.Logger.setLevelString("Error")
    model = opensim.Model(os.environ[MODEL_VARIABLE])
    state = model.initSystem()
    coordinates, muscles = model.getCoordinateSet(), model.getMuscles()
    hip, knee = _poses(300)

    def theirs() -> np.ndarray:
        found = np.empty((len(PATHS), len(hip)))
        for i, (h, k) in enumerate(zip(np.radians(hip), np.radians(knee), strict=True)):
            coordinates.get("hip_flexion_r").setValue(state, float(h), False)
            coordinates.get("knee_angle_r").setValue(state, float(k), False)
            model.assemble(state)
            model.realizePosition(state)
            for j, path in enumerate(PATHS.values()):
                found[j, i] = muscles.get(path).getGeometryPath().getLength(state)
        return found

    def ours() -> np.ndarray:
        return np.stack([lengths(muscle, hip, knee) for muscle in PATHS])

    number = len(PATHS) * len(hip)
    peer = f"OpenSim {opensim.GetVersion()}"
    _line("muscle length", "us/length", _median_us(ours, 21, number), _median_us(theirs, 3, number), peer)
    reference = theirs()
    apart = np.abs(ours() - reference)
    for muscle, row, lengths_ in zip(PATHS, apart, reference, strict=True):
        worst, longest = round(1000 * float(row.max()), 3), round(1000 * float(lengths_.max()), 1)
        _line(f"{muscle}, largest difference against longest length", "mm", worst, longest, peer)


def leg() -> None:
    """Lengths against the scalar reference and OpenSim, and one person's exercises."""
    _against_scalar()
    _person()
    _against_opensim()
