"""Run lengths by Brook & Evans's Markov chains, extrapolated to infinitely many states, and ranges from scipy's
beta-binomial and negative binomial at a dispersion found by root finding.

    pip install numpy==2.4.6 scipy==1.17.1
    python3 libs/statistics/reference/monitoring/make-reference.py
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import brentq
from scipy.stats import betabinom, nbinom, norm, t

HERE = Path(__file__).parent


def at_no_width(length, sizes, width):
    """A polynomial in width² through chains of growing size, at width 0."""
    widths = np.array([width(m) for m in sizes])
    values = np.array([length(m) for m in sizes])
    return float(np.linalg.solve(np.vander(widths**2, increasing=True), values)[0])


def cusum(k, h, delta):
    """Brook & Evans (1972): state 0 is the sum at 0, state i sums within half a width of i widths."""

    def length(m):
        width = 2 * h / (2 * m - 1)
        i, j = np.arange(m)[:, None], np.arange(m)[None, :]
        upper = norm.cdf((j - i + 0.5) * width + k - delta)
        stay = upper - norm.cdf((j - i - 0.5) * width + k - delta)
        stay[:, 0] = upper[:, 0]
        return np.linalg.solve(np.eye(m) - stay, np.ones(m))[0]

    return at_no_width(length, (50, 100, 200, 400), lambda m: 2 * h / (2 * m - 1))


def both(k, h, delta):
    return 1 / (1 / cusum(k, h, delta) + 1 / cusum(k, h, -delta))


def ewma(lam, width, delta):
    limit = width * np.sqrt(lam / (2 - lam))

    def length(m):
        step = 2 * limit / m
        centre = -limit + (np.arange(m) + 0.5) * step
        edge = lambda side: (centre[None, :] + side * step / 2 - (1 - lam) * centre[:, None]) / lam - delta
        stay = norm.cdf(edge(1)) - norm.cdf(edge(-1))
        return np.linalg.solve(np.eye(m) - stay, np.ones(m))[m // 2]

    return at_no_width(length, (101, 201, 401, 801), lambda m: 2 * limit / m)


def tails(freedom, confidence):
    tail = norm.cdf(-t.ppf((1 + confidence) / 2, freedom))
    return tail, 1 - tail


def score(distribution, value):
    return float(norm.ppf(distribution.cdf(value - 1) + distribution.pmf(value) / 2))


def proportion(events, trials, weekdays, day, confidence=0.95):
    y, n, w = map(np.array, (events, trials, weekdays))

    def at(rho):
        size = n / (1 + (n - 1) * rho)
        p = {d: ((size * y / n)[w == d].sum() + 0.5) / (size[w == d].sum() + 1) for d in set(weekdays)}
        own = np.array([p[d] for d in weekdays])
        return size, p, (size * (y / n - own) ** 2 / (own * (1 - own))).sum()

    freedom = len(y) - len(set(weekdays))
    rho = brentq(lambda r: at(r)[2] - freedom, 0, 1, xtol=1e-15) if at(0)[2] > freedom else 0.0
    size, p, _ = at(rho)
    p, size = p[day["weekday"]], size[w == day["weekday"]].sum()
    total = rho + (1 - rho) / (size + 2)
    distribution = betabinom(day["trials"], p * (1 / total - 1), (1 - p) * (1 / total - 1))
    low, high = tails(freedom, confidence)
    return {"day": day, "expected": day["trials"] * p, "dispersion": rho, "lower": float(distribution.ppf(low)), "upper": float(distribution.ppf(high)), "score": score(distribution, day["events"])}


def count(counts, exposures, weekdays, day, confidence=0.95):
    y, e, w = map(np.array, (counts, exposures, weekdays))
    plain = {d: (y[w == d].sum() + 0.5) / e[w == d].sum() for d in set(weekdays)}

    def at(kappa):
        weight = e / (1 + kappa * e * np.array([plain[d] for d in weekdays]))
        r = {d: ((weight * y / e)[w == d].sum() + 0.5) / weight[w == d].sum() for d in set(weekdays)}
        own = np.array([r[d] for d in weekdays])
        return weight, r, (weight * (y / e - own) ** 2 / own).sum()

    freedom = len(y) - len(set(weekdays))
    kappa = brentq(lambda k: at(k)[2] - freedom, 0, 100, xtol=1e-15) if at(0)[2] > freedom else 0.0
    weight, r, _ = at(kappa)
    r, weight = r[day["weekday"]], weight[w == day["weekday"]].sum()
    size = 1 / (kappa + (1 + kappa) / (r * weight))
    mean = r * day["exposure"]
    distribution = nbinom(size, size / (size + mean))
    low, high = tails(freedom, confidence)
    return {"day": day, "expected": mean, "dispersion": kappa, "lower": float(distribution.ppf(low)), "upper": float(distribution.ppf(high)), "score": score(distribution, day["count"])}


random = np.random.default_rng(5)
days = 8 * 7
weekdays = [d % 7 for d in range(days)]
trials = random.integers(40, 400, days)
share = np.array([0.22, 0.25, 0.24, 0.21, 0.2, 0.08, 0.07])[weekdays]
events = random.binomial(trials, random.beta(60 * share, 60 * (1 - share)))
rate = np.array([30, 32, 31, 29, 22, 4, 3])[weekdays]
exposures = random.uniform(0.5, 2, days).round(2)
counts = random.poisson(rate * exposures * random.gamma(12, 1 / 12, days))
plain = random.poisson(rate * exposures)
columns = {name: np.asarray(values).tolist() for name, values in {"weekdays": weekdays, "trials": trials, "events": events, "exposures": exposures, "counts": counts, "plain": plain}.items()}
c = columns

out = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    "cusum": [[k, h, d, cusum(k, h, d), both(k, h, d)] for k, h in ((0.5, 4), (0.5, 5), (0.25, 8), (1, 2.52), (0, 3)) for d in (0, 0.5, 1, 2)],
    "ewma": [[lam, width, d, ewma(lam, width, d)] for lam, width in ((0.2, 3), (0.1, 2.814), (0.3, 3), (0.75, 2.5), (1, 3)) for d in (0, 0.5, 1, 2)],
    "history": columns,
    "proportions": [proportion(c["events"], c["trials"], c["weekdays"], day) for day in ({"trials": 300, "weekday": 1, "events": 95}, {"trials": 25, "weekday": 6, "events": 0}, {"trials": 5000, "weekday": 3, "events": 1400})],
    "counts": [count(c["counts"], c["exposures"], c["weekdays"], day) for day in ({"exposure": 1, "weekday": 0, "count": 61}, {"exposure": 0.5, "weekday": 6, "count": 0}, {"exposure": 20, "weekday": 2, "count": 500})],
    "plain": count(c["plain"], c["exposures"], c["weekdays"], {"exposure": 1, "weekday": 0, "count": 20}),
}
(HERE / "reference-py.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
