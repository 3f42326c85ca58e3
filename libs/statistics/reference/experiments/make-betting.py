"""Hedged capital with predictable plug-in bets (Waudby-Smith & Ramdas 2024, section 4.2 and theorem 3), step by step as written
there: capital is multiplied, not its logarithm added, and the ends of the set of means that are kept are bisected.

    pip install numpy==2.4.6
    python3 libs/statistics/reference/experiments/make-betting.py
"""

import json
from math import log, sqrt
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def plug_in_bets(x, alpha):
    bets = []
    for t in range(1, len(x) + 1):
        before = x[: t - 1]
        means = [(0.5 + sum(before[:i])) / (i + 1) for i in range(1, t)]
        variance = (0.25 + sum((one - mean) ** 2 for one, mean in zip(before, means))) / t
        bets.append(sqrt(2 * log(2 / alpha) / (variance * t * log(1 + t))))
    return bets


def is_kept(m, x, bets, alpha):
    """The larger half of the capital against m has not reached 1 / alpha."""
    above = below = 1.0
    for one, bet in zip(x, bets):
        above *= 1 + min(bet, 0.5 / m) * (one - m)
        below *= 1 - min(bet, 0.5 / (1 - m)) * (one - m)
    return max(above / 2, below / 2) < 1 / alpha


def interval(values, lowest, highest, confidence):
    alpha = 1 - confidence
    x = [(one - lowest) / (highest - lowest) for one in values]
    bets = plug_in_bets(x, alpha)
    grid = [(k + 0.5) / 2000 for k in range(2000)]
    kept = [m for m in grid if is_kept(m, x, bets, alpha)]

    def end(inside, outside):
        if is_kept(outside, x, bets, alpha):
            return round(outside)
        for _ in range(80):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if is_kept(middle, x, bets, alpha) else (inside, middle)
        return inside

    ends = end(kept[0], 1e-12), end(kept[-1], 1 - 1e-12)
    return [lowest + one * (highest - lowest) for one in ends]


random = np.random.default_rng(23)
cases = [
    ("scores", [9, 10, 7, 8, 10, 3, 9, 8, 10, 9, 6, 10], 0, 10, 0.95),
    ("shares", [round(float(one), 6) for one in random.beta(2, 6, 60)], 0, 1, 0.95),
    ("few of many", [int(one) for one in random.random(200) < 0.05], 0, 1, 0.9),
    ("changes of use", [round(float(one), 4) for one in random.uniform(-5, 12, 80)], -5, 20, 0.99),
    ("one", [1], 0, 1, 0.95),
    ("all the same", [0.4] * 50, 0, 1, 0.95),
]
out = {
    "versions": {"numpy": np.__version__},
    "cases": [
        {"name": name, "values": values, "lowest": lowest, "highest": highest, "confidence": confidence, "interval": interval(values, lowest, highest, confidence)}
        for name, values, lowest, highest, confidence in cases
    ],
}
(HERE / "betting-py.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
