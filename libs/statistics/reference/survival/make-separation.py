"""Small data sets with the answer to one question: has the likelihood a maximum at finite values?

    pip install numpy scipy && python3 libs/statistics/reference/survival/make-separation.py

By linear programming (Albert & Anderson 1984; for Cox's partial likelihood Bryson & Johnson 1981): there is none if a
direction moves every row with the event at least as far up as those it is compared with, and some of them further.
Covariates are of one unit, whole, skewed or far from 0, so that the answer is hard to see in a few iterations.
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import linprog

rng = np.random.default_rng(20261125)


def answer(comparisons):
    moved = comparisons[np.any(comparisons != 0, axis=1)]
    if len(moved) == 0 or np.linalg.matrix_rank(moved - 0.0) < moved.shape[1]:
        return "collinear"
    moved = moved / np.abs(moved).max(axis=0)
    found = linprog(-moved.sum(0), A_ub=-moved, b_ub=np.zeros(len(moved)), bounds=[(-1, 1)] * moved.shape[1])
    return "separation" if -found.fun > 1e-9 else "finite"


def column(n):
    kind = rng.integers(4)
    if kind == 0:
        return np.round(rng.normal(size=n), 2)
    if kind == 1:
        return rng.integers(0, 2, n).astype(float)
    if kind == 2:
        return np.round(np.exp(rng.normal(0, 2, n)), 2)
    return rng.integers(0, 2, n) * 1000.0 + 500_000


sets = []
while len(sets) < 120:
    n, p = int(rng.integers(5, 25)), int(rng.integers(1, 4))
    x = np.column_stack([column(n) for _ in range(p)])
    eta = x @ (rng.normal(size=p) / np.maximum(1e-9, x.std(axis=0))) * rng.choice([0, 1, 3])
    eta -= eta.mean()
    outcome = (rng.uniform(size=n) < 1 / (1 + np.exp(-eta))).astype(int)
    if outcome.min() == outcome.max():
        continue
    time = np.ceil(rng.exponential(5 * np.exp(-np.clip(eta, -5, 5))))
    event = rng.integers(0, 2, n)
    if event.max() == 0:
        continue
    # Centred, or the solver's tolerance is larger than what a far-off column varies by.
    centred = (x - x.mean(axis=0)) / np.maximum(1e-9, x.std(axis=0))
    binomial = answer(np.column_stack([np.ones(n), centred]) * (2 * outcome - 1)[:, None])
    pairs = [centred[i] - centred[j] for i in range(n) if event[i] for j in range(n) if time[j] >= time[i]]
    sets.append(
        {
            "x": x.T.tolist(),
            "outcome": outcome.tolist(),
            "time": time.tolist(),
            "event": event.tolist(),
            "binomial": binomial,
            "cox": answer(np.array(pairs).reshape(-1, p)),
        }
    )

out = {"versions": {"numpy": np.__version__}, "sets": sets}
(Path(__file__).parent / "separation.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
