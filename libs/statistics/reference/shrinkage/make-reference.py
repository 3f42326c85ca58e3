"""Beta-binomial and normal shrinkage from their definitions, by a general optimiser and by dense grids.

    pip install numpy==2.4.6 scipy==1.17.1
    python3 libs/statistics/reference/shrinkage/make-reference.py

The hyperprior's posterior is summed over some 10^6 points of (log(a/b), log(a+b)), each with its own beta distribution
for every segment, none of them approximated.
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import brentq, minimize
from scipy.special import betainc, betaln, expit
from scipy.stats import beta as beta_distribution
from scipy.stats import norm

HERE = Path(__file__).parent
rats = json.loads((HERE / "data-rats.json").read_text())["columns"]
cases = {
    "rats": (rats["events"], rats["trials"]),
    "large": ([1200, 90, 15000, 300, 5], [10000, 1000, 90000, 2500, 40]),
    "few": ([3, 7, 2], [12, 15, 20]),
    "sparse": ([0, 1, 2, 0], [10, 12, 9, 0]),
    "pair": ([1, 30], [5, 40]),
    "alike": ([10, 21, 30], [100, 200, 310]),
}


def marginal(y, n, a, b):
    return (betaln(a + y, b + n - y) - betaln(a, b)).sum()


def empirical(y, n):
    y, n = np.array(y, float), np.array(n, float)
    value = lambda p: -marginal(y, n, *np.exp(p))
    best = min((minimize(value, start, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 10**4}) for start in ([0, 1], [2, 4], [3, 5])), key=lambda r: r.fun)
    # Nelder-Mead ends where the values no longer differ: the root of the gradient has more digits.
    step = 1e-4
    gradient = lambda p: np.array([(value(p + step * e) - value(p - step * e)) / (2 * step) for e in np.eye(2)])
    p = best.x
    a, b = np.exp(p)
    return {
        "alpha": a,
        "beta": b,
        "logLikelihood": -best.fun,
        "gradient": float(np.abs(gradient(p)).max()),
        "mean": list((a + y) / (a + b + n)),
        "lower": list(beta_distribution.ppf(0.025, a + y, b + n - y)),
        "upper": list(beta_distribution.ppf(0.975, a + y, b + n - y)),
    }


def log_density(y, n, mu, rest, phi):
    """Over a row of mu at one phi = 1/(a+b): products as they are defined, so that no digits are lost at small phi."""
    total = np.log(mu) + np.log(rest) + 0.5 * np.log(phi)
    for hits, size in zip(y, n):
        total = total + np.log(mu + phi * np.arange(hits)[:, None]).sum(0)
        total = total + np.log(rest + phi * np.arange(size - hits)[:, None]).sum(0) - np.log1p(phi * np.arange(size)).sum()
    return total


def hyper(y, n, chosen, fine=1500):
    y, n = np.array(y), np.array(n)
    segments = [(int(y[j]), int(n[j])) for j in chosen] + [(0, 0)]
    step_u = 0.2
    rows = []
    for u in np.arange(-45, 60, step_u):
        phi = np.exp(-u)
        coarse = np.linspace(-40, 40, 2001)
        value = log_density(y, n, expit(coarse), expit(-coarse), phi)
        inside = coarse[value > value.max() - 32]
        eta = np.linspace(inside[0] - 0.04, inside[-1] + 0.04, fine)
        value = log_density(y, n, expit(eta), expit(-eta), phi)
        rows.append((u, eta, value + np.log(eta[1] - eta[0])))
    top = max(value.max() for _, _, value in rows)
    rows = [(u, eta, np.exp(value - top)) for u, eta, value in rows if value.max() > top - 25]
    mass = sum(weight.sum() for _, _, weight in rows)
    out = []
    for hits, size in segments:
        mean = sum((weight * (np.exp(u) * expit(eta) + hits) / (np.exp(u) + size)).sum() for u, eta, weight in rows) / mass
        pull = sum(weight.sum() * np.exp(u) / (np.exp(u) + size) for u, eta, weight in rows) / mass
        flat = np.log(1e5 * n.sum())
        pooled = sum(weight.sum() for u, _, weight in rows if u > flat)
        near = [(u, eta, weight) for u, eta, weight in rows if u <= flat]
        a = np.concatenate([np.exp(u) * expit(eta) + hits for u, eta, _ in near])
        b = np.concatenate([np.exp(u) * expit(-eta) + size - hits for u, eta, _ in near])
        w = np.concatenate([weight for _, _, weight in near])
        kept = w > 1e-12 * w.max()
        a, b, w = a[kept], b[kept], w[kept]
        cdf = lambda x: (w @ betainc(a, b, x) + pooled * betainc(y.sum() + 1, n.sum() - y.sum() + 1, x)) / mass
        quantile = lambda p: float(cdf(1e-12) < p) if not cdf(1e-12) < p < cdf(1 - 1e-12) else brentq(lambda x: cdf(x) - p, 1e-12, 1 - 1e-12, xtol=1e-9)
        out.append({"segment": [hits, size], "mean": mean, "pull": pull, "lower": quantile(0.025), "upper": quantile(0.975)})
    u = np.array([row[0] for row in rows])
    of_u = np.array([weight.sum() for _, _, weight in rows]) / mass
    spline = scipy.interpolate.CubicSpline(u, of_u / step_u).antiderivative()
    whole = spline(u[-1])
    size = [float(np.exp(brentq(lambda x: spline(x) / whole - p, u[0], u[-1]))) for p in (0.025, 0.5, 0.975)]
    mean = sum((weight * expit(eta)).sum() for _, eta, weight in rows) / mass
    eta = np.concatenate([eta for _, eta, _ in rows])
    w = np.concatenate([weight for _, _, weight in rows])
    order = np.argsort(eta)
    below = (np.cumsum(w[order]) - w[order] / 2) / mass
    bounds = [float(expit(np.interp(p, below, eta[order]))) for p in (0.025, 0.975)]
    return {"segments": out, "mean": [float(mean), *bounds], "concentration": size}


def normal(x, s):
    x, s = np.array(x, float), np.array(s, float)

    def fit(spread):
        w = 1 / (s**2 + spread**2)
        mean = (w * x).sum() / w.sum()
        return mean, 1 / w.sum(), (w * (x - mean) ** 2).sum() - (len(x) - 1)

    spread = brentq(lambda t: fit(t)[2], 0, 1000, xtol=1e-13) if fit(0)[2] > 0 else 0.0
    mean, variance, _ = fit(spread)
    pull = s**2 / (s**2 + spread**2)
    error = np.sqrt((1 - pull) * s**2 + pull**2 * variance)
    estimate = pull * mean + (1 - pull) * x
    return {"mean": mean, "error": variance**0.5, "spread": spread, "estimate": list(estimate), "lower": list(estimate - norm.ppf(0.975) * error)}


schools = ([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18])
wide = ([2.1, 3.9, 3.0, 7.4, 5.5], [0.4, 0.7, 0.5, 0.9, 1.2])
out = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    "cases": {name: {"events": y, "trials": n} for name, (y, n) in cases.items()},
    "empirical": {name: empirical(*cases[name]) for name in ("rats", "large", "few")},
    "hyper": {
        "rats": hyper(*cases["rats"], [0, 31, 66, 70]),
        **{name: hyper(*cases[name], range(len(cases[name][0]))) for name in ("few", "sparse", "pair", "alike")},
    },
    "jeffreys": list(beta_distribution.ppf([0.025, 0.975], 61.5, 549.5)),
    "normal": [
        {"estimates": x, "standardErrors": s, **normal(x, s)} for x, s in (schools, wide)
    ],
}
(HERE / "reference-py.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
