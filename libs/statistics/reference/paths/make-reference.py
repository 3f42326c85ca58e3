"""Chains, tests of order and homogeneity, and removal effects, from their definitions with numpy and scipy.

    pip install numpy==2.4.6 scipy==1.17.1
    python3 libs/statistics/reference/paths/make-reference.py
"""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import scipy
from scipy.stats import chi2, chi2_contingency

HERE = Path(__file__).parent
STATES = ["created", "imported", "invited", "ran"]
rng = np.random.default_rng(20240909)


def walk(stickiness):
    """What follows depends on the last two states as much as `stickiness` says."""
    states, state, last = [], rng.integers(4), None
    while True:
        states.append(STATES[state])
        if rng.random() < 0.25 or len(states) == 9:
            return states
        bias = np.array([0.2, 0.3, 0.2, 0.3]) + (0 if last is None else stickiness * np.eye(4)[last])
        last, state = state, rng.choice(4, p=bias / bias.sum())


groups = [[walk(0.0) for _ in range(150)], [walk(0.8) for _ in range(120)]]
paths = groups[0] + groups[1]
ALL = ["(start)", *STATES, "(end)"]


def table(some):
    counts = np.zeros((6, 6))
    for states in some:
        whole = ["(start)", *states, "(end)"]
        for one, other in zip(whole, whole[1:]):
            counts[ALL.index(one), ALL.index(other)] += 1
    return counts


def g_test(table):
    table = table[table.sum(1) > 0][:, table.sum(0) > 0]
    if min(table.shape) < 2:
        return 0.0, 0
    result = chi2_contingency(table, correction=False, lambda_="log-likelihood")
    return result.statistic, result.dof


def summed(tables):
    tests = [g_test(one) for one in tables]
    statistic, dof = sum(t[0] for t in tests), sum(t[1] for t in tests)
    return [statistic, dof, float(chi2.sf(statistic, dof))]


def second_order(some):
    triples = Counter()
    for states in some:
        whole = ["(start)", *states, "(end)"]
        triples.update(zip(whole, whole[1:], whole[2:]))
    return [np.array([[triples[i, j, k] for k in ALL] for i in ALL], float) for j in ALL]


counts = table(paths)
matrix = counts[:5] / counts[:5].sum(1, keepdims=True)


def reach(target):
    goal = ALL.index(target)
    inner = [i for i in range(5) if i != goal]
    system = np.eye(4) - matrix[np.ix_(inner, inner)]
    solved = np.linalg.solve(system, matrix[inner, goal])
    return {ALL[i]: one for i, one in zip(inner, solved)}


def within(target, steps):
    full = np.vstack([matrix, np.eye(6)[5]])
    full[ALL.index(target)] = np.eye(6)[ALL.index(target)]
    return np.linalg.matrix_power(full, steps)[:, ALL.index(target)].tolist()


CHANNELS = ["ads", "guide", "interview", "partner", "ticket"]
touches = Counter()
for _ in range(900):
    channels = tuple(CHANNELS[k] for k in rng.choice(5, p=[0.35, 0.25, 0.1, 0.2, 0.1], size=rng.integers(1, 5)))
    odds = 0.1 + 0.25 * ("interview" in channels) + 0.15 * ("guide" in channels)
    touches[channels, bool(rng.random() < odds)] += 1
journeys = sorted({channels for channels, _ in touches})


def removal():
    index = {name: i for i, name in enumerate(["start", *CHANNELS, "conversion", "null"])}
    flow = np.zeros((8, 8))
    for (channels, converted), count in touches.items():
        whole = ["start", *channels, "conversion" if converted else "null"]
        for one, other in zip(whole, whole[1:]):
            flow[index[one], index[other]] += count
    transition = np.divide(flow, flow.sum(1, keepdims=True), out=np.zeros_like(flow), where=flow.sum(1, keepdims=True) > 0)

    def rate(removed):
        kept = transition.copy()
        if removed is not None:
            kept[:, index["null"]] += kept[:, index[removed]]
            kept[:, index[removed]] = 0
            kept[index[removed]] = 0
        inner = [i for i in range(6) if removed is None or i != index[removed]]
        solved = np.linalg.solve(np.eye(len(inner)) - kept[np.ix_(inner, inner)], kept[inner, index["conversion"]])
        return solved[0]

    whole = rate(None)
    effects = {name: 1 - rate(name) / whole for name in CHANNELS}
    return {"rate": whole, "effects": effects, "shares": {name: one / sum(effects.values()) for name, one in effects.items()}}


out = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    "groups": groups,
    "counts": counts.tolist(),
    "zeroAgainstOne": summed([counts]),
    "oneAgainstTwo": summed(second_order(paths)),
    "homogeneity": summed([np.array([table(group)[i] for group in groups]) for i in range(6)]),
    "reachRan": reach("ran"),
    "reachRanWithin3": within("ran", 3),
    "touches": [{"channels": list(one), "conversions": touches[one, True], "losses": touches[one, False]} for one in journeys],
    "removal": removal(),
}
(HERE / "reference-py.json").write_text(json.dumps(out, separators=(",", ":"), default=float) + "\n")
