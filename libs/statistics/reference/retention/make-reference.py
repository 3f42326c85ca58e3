"""Shifted beta-geometric by its own likelihood, accounts' probabilities by beta functions, and sums by mpmath's 2F1.

    pip install mpmath==1.3.0 numpy==2.4.6 scipy==1.17.1
    python3 libs/statistics/reference/retention/make-reference.py
"""

import json
from pathlib import Path

import mpmath
import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.special import betaln
from scipy.stats import norm

HERE = Path(__file__).parent
mpmath.mp.dps = 40

cases = {
    "fader": [[1000, 869, 743, 653, 593, 551, 517, 491]],
    "regular": [[1000, 631, 468, 382, 326, 289, 262, 241]],
    "cohorts": [[400, 330, 290, 262, 245], [520, 411, 360, 331], [610, 497, 440], [380, 301], [55]],
    "steady": [[5000, 4010, 3230, 2600, 2101, 1700, 1385]],
}


def log_likelihood(a, b, cohorts):
    """P(T = t) = B(a + 1, b + t - 1)/B(a, b) of those lost, S(T) = B(a, b + T)/B(a, b) of those left at the end."""
    total = mpmath.mpf(0)
    log_beta = lambda x, y: mpmath.loggamma(x) + mpmath.loggamma(y) - mpmath.loggamma(x + y)
    for cohort in cohorts:
        for t in range(1, len(cohort)):
            total += (cohort[t - 1] - cohort[t]) * (log_beta(a + 1, b + t - 1) - log_beta(a, b))
        total += cohort[-1] * (log_beta(a, b + len(cohort) - 1) - log_beta(a, b))
    return total


def fit(cohorts):
    """A start by scipy, then Newton with mpmath's derivatives of 40 digits, in (log a, log b)."""

    def rough(p):
        a, b = np.exp(p)
        value = sum(
            sum((c[t - 1] - c[t]) * (betaln(a + 1, b + t - 1) - betaln(a, b)) for t in range(1, len(c)))
            + c[-1] * (betaln(a, b + len(c) - 1) - betaln(a, b))
            for c in cohorts
        )
        return -value

    p = minimize(rough, [0, 1], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 10**4}).x
    value = lambda u, v: log_likelihood(mpmath.exp(u), mpmath.exp(v), cohorts)
    u, v = map(mpmath.mpf, p)
    for _ in range(4):
        gradient = mpmath.matrix([mpmath.diff(value, (u, v), (1, 0)), mpmath.diff(value, (u, v), (0, 1))])
        hessian = mpmath.matrix(2, 2)
        for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)):
            hessian[i, j] = mpmath.diff(value, (u, v), ((2, 0), (1, 1), (0, 2))[i + j])
        step = mpmath.lu_solve(hessian, -gradient)
        u, v = u + step[0], v + step[1]
    covariance = -hessian**-1
    return mpmath.exp(u), mpmath.exp(v), value(u, v), covariance


def survival(a, b, t, n=0):
    return mpmath.beta(a, b + t) / mpmath.beta(a, b + n)


def delta(f, a, b, covariance):
    """Standard error of f(a, b) by derivatives in (log a, log b)."""
    g = lambda u, v: f(mpmath.exp(u), mpmath.exp(v))
    at = (mpmath.log(a), mpmath.log(b))
    gradient = mpmath.matrix([mpmath.diff(g, at, (1, 0)), mpmath.diff(g, at, (0, 1))])
    return mpmath.sqrt((gradient.T * covariance * gradient)[0])


def probability(f, a, b, covariance):
    p, s = f(a, b), delta(f, a, b, covariance)
    z = mpmath.mpf(norm.ppf(0.975))
    power = mpmath.exp(z * s / (p * mpmath.log(p)))
    return [p, s, p ** (1 / power), p**power]


def positive(f, a, b, covariance):
    p, s = f(a, b), delta(f, a, b, covariance)
    factor = mpmath.exp(mpmath.mpf(norm.ppf(0.975)) * s / p)
    return [p, s, p / factor, p * factor]


def derl(n, z, terms=None):
    def of(a, b):
        if terms is not None:
            first = survival(a, b, n, n - 1) if n > 0 else 1
            return first * mpmath.fsum(z**k * survival(a, b, n + k, n) for k in range(terms))
        first = (b + n - 1) / (a + b + n - 1) if n > 0 else 1
        return first * mpmath.hyp2f1(1, b + n, a + b + n, z)

    return of


def one_in_2f1(b, c, z):
    """2F1(1, b; c; z); term by term where z (b + k)/(c + k) falls too slowly for mpmath's transformations."""
    b, c, z = map(mpmath.mpf, (b, c, z))
    if b < 1e5:
        return mpmath.hyp2f1(1, b, c, z)
    term, total = mpmath.mpf(1), mpmath.mpf(0)
    for k in range(5000):
        total += term
        term *= z * (b + k) / (c + k)
    return total


out = {"versions": {"mpmath": mpmath.__version__, "numpy": np.__version__, "scipy": scipy.__version__}, "cases": cases}
fits = {name: fit(cohorts) for name, cohorts in cases.items()}
out["fits"] = {
    name: {"alpha": a, "beta": b, "logLikelihood": value, "errors": [a * mpmath.sqrt(c[0, 0]), b * mpmath.sqrt(c[1, 1])]}
    for name, (a, b, value, c) in fits.items()
}
out["forecasts"] = {
    name: [
        {
            "renewal": t,
            "survived": n,
            "retention": probability(lambda x, y: survival(x, y, t, t - 1), a, b, c),
            "survival": probability(lambda x, y: survival(x, y, t, n), a, b, c),
        }
        for t, n in ((1, 0), (8, 0), (12, 0), (40, 0), (9, 7), (12, 7))
    ]
    for name, (a, b, _, c) in fits.items()
    if name != "steady"
}
out["lifetimes"] = {
    name: [
        {"discount": d, "active": n, "terms": terms, "value": positive(derl(n, 1 / (1 + mpmath.mpf(d)), terms), a, b, c)}
        for d, n, terms in ((0.1, 0, None), (0.1, 1, None), (0.1, 5, None), (0.001, 3, None), (0.1, 0, 10), (0, 4, 6))
    ]
    for name, (a, b, _, c) in fits.items()
    if name != "steady"
}
out["sums"] = [
    [b, c, z, one_in_2f1(b, c, z)]
    for b, c, z in ((3.8061, 4.47419, 0.9), (0.2, 0.5, 0.99), (0.3, 1.0, 0.5), (1e-3, 1e-2, 0.9999), (80, 81.5, 0.999999), (2e6, 2.1e6, 0.97), (5, 9, 0), (5, 9, 1))
]

number = lambda x: float(x) if isinstance(x, mpmath.mpf) else str(x)
(HERE / "reference-py.json").write_text(json.dumps(out, separators=(",", ":"), default=number) + "\n")
