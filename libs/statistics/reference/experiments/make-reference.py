"""Newcombe's intervals by statsmodels, and always-valid intervals from their definitions by quadrature, minimising and root finding.

    pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0
    python3 libs/statistics/reference/experiments/make-reference.py
"""

import json
from math import exp, lgamma, log
from pathlib import Path

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import ttest_ind
from statsmodels.stats.proportion import confint_proportions_2indep

HERE = Path(__file__).parent


def newcombe(one, other):
    return list(map(float, confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")))


def bayes_factor(counts, shares, concentration):
    """Of two arms by quadrature over the share of the first; of more by Dirichlet's normalising constants."""
    if len(counts) == 2:
        a, b = concentration * shares[0], concentration * shares[1]
        norm = lgamma(a) + lgamma(b) - lgamma(a + b)
        likelihood = lambda s: counts[0] * log(s / shares[0]) + counts[1] * log((1 - s) / shares[1])
        density = lambda s: exp((a - 1) * log(s) + (b - 1) * log(1 - s) - norm + likelihood(s))
        middle = (a + counts[0]) / (concentration + sum(counts))
        return quad(density, 0, 1, points=[middle], epsabs=0, epsrel=1e-12, limit=500)[0]
    prior = [concentration * s for s in shares]
    log_beta = lambda x: sum(map(lgamma, x)) - lgamma(sum(x))
    after = log_beta([p + c for p, c in zip(prior, counts)])
    return exp(after - log_beta(prior) - sum(c * log(s) for c, s in zip(counts, shares)))


def planned_weight(alpha):
    return brentq(lambda k: k + log(alpha) - log(1 + k), 1, 100, xtol=1e-13)


def region_ends(log_mixtures, estimates, scales, alpha, points):
    """Ends of the difference over all pairs whose product of mixtures is below 1 / alpha, and the least alpha at difference 0."""
    def least(difference):
        """Over the first arm's parameter: the best of a grid, then by Brent."""
        first, second = log_mixtures
        at = lambda x: first(x) + second(x + difference)
        low, high = sorted((estimates[0], estimates[1] - difference))
        grid = np.linspace(low, high, points)
        values = [at(x) for x in grid]
        k = int(np.argmin(values))
        if low == high:
            return values[0]
        found = minimize_scalar(at, bounds=(grid[max(0, k - 1)], grid[min(points - 1, k + 1)]), method="bounded", options={"xatol": 1e-12})
        return min(found.fun, *values)

    estimate = estimates[1] - estimates[0]
    end = lambda far: brentq(lambda d: least(d) + log(alpha), estimate, far, xtol=1e-11) if least(far) > -log(alpha) else far
    return {"lower": end(estimate - scales), "upper": end(estimate + scales), "p": min(1.0, exp(-least(0.0)))}


def always_valid_proportions(control, treatment, alpha, expected=None):
    """Beta mixture of likelihood ratios, by quadrature over the share."""
    priors = [(1.0, 1.0)]
    if expected:
        weight = expected[1] / 2 / planned_weight(alpha)
        priors.append((weight * expected[0], weight * (1 - expected[0])))

    def log_mixture(events, accounts):
        at = (events + 0.5) / (accounts + 1)
        peak = events * log(at) + (accounts - events) * log(1 - at)
        def density(s, a, b):
            return exp((events + a - 1) * log(s) + (accounts - events + b - 1) * log(1 - s) - peak - (lgamma(a) + lgamma(b) - lgamma(a + b)))
        total = sum(quad(density, 0, 1, args=prior, points=[at], epsabs=0, epsrel=1e-12, limit=500)[0] for prior in priors) / len(priors)
        return lambda p: np.inf if (p <= 0 < events) or (p >= 1 and accounts > events) or p < 0 or p > 1 else (
            log(total) + peak - (events * log(p) if events else 0) - ((accounts - events) * log(1 - p) if accounts > events else 0))

    shares = [events / accounts for events, accounts in (control, treatment)]
    arms = [log_mixture(*arm) for arm in (control, treatment)]
    # Inside the open square, where all is finite.
    inner = 1e-9
    clipped = [lambda p, f=f: f(min(1 - inner, max(inner, p))) + 1e6 * (max(0, -p) + max(0, p - 1)) for f in arms]
    return region_ends(clipped, shares, 2.0, alpha, 41)


def always_valid_means(control, treatment, tightest_at, alpha):
    """Ratio of likelihoods with sigma integrated over d sigma / sigma, by quadrature: effects of variance g against none."""
    g = 2 * planned_weight(alpha) / tightest_at

    def log_mixture(accounts, mean, variance):
        squares = (accounts - 1) * variance

        def log_integral(m, spread):
            """Of log sigma: x bar is normal around m with variance sigma^2 spread, the squares are chi-square."""
            log_density = lambda u: -accounts * u - (squares + (mean - m) ** 2 / spread) / (2 * exp(2 * u)) - log(spread) / 2
            peak = log((squares + (mean - m) ** 2 / spread) / accounts) / 2
            wide = 12 / np.sqrt(2 * accounts)
            return log_density(peak) + log(quad(lambda u: exp(log_density(u) - log_density(peak)), peak - 2 * wide, peak + 4 * wide, points=[peak], epsabs=0, epsrel=1e-12, limit=300)[0])

        return lambda m: log_integral(m, 1 / accounts + g) - log_integral(m, 1 / accounts)

    arms = [log_mixture(*arm) for arm in (control, treatment)]
    reach = 7 * np.sqrt(control[2] / control[0] + treatment[2] / treatment[0])
    return region_ends(arms, [control[1], treatment[1]], reach, alpha, 41)


made = {name: np.array(column, float) for name, column in json.loads((HERE / "reference-r.json").read_text())["made"].items()}
arm, before, revenue, seats = (made[name] for name in ("arm", "before", "revenue", "seats"))


def cuped():
    own, other = arm == 1, arm == 0
    pooled = lambda x, y: sum(np.sum((x[a] - x[a].mean()) * (y[a] - y[a].mean())) for a in (own, other))
    theta = pooled(before, revenue) / pooled(before, before)
    adjusted = revenue - theta * (before - before.mean())
    test = ttest_ind(adjusted[own], adjusted[other], equal_var=False)
    interval = test.confidence_interval()
    return {
        "theta": theta,
        "difference": adjusted[own].mean() - adjusted[other].mean(),
        "lower": interval.low,
        "upper": interval.high,
        "p": test.pvalue,
        "varianceReduction": 1 - pooled(adjusted, adjusted) / pooled(revenue, revenue),
    }


def adjusted(interacted):
    centred = [x - x.mean() for x in (before, seats)]
    columns = [np.ones_like(arm), arm, *centred, *([x * arm for x in centred] if interacted else [])]
    fit = sm.OLS(revenue, np.column_stack(columns)).fit(cov_type="HC2", use_t=True)
    lower, upper = fit.conf_int()[1]
    return [fit.params[1], fit.bse[1], lower, upper, fit.pvalues[1]]


out = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "newcombe": [newcombe((13, 90), (10, 100)), newcombe((3, 50), (0, 60)), newcombe((56, 70), (48, 80))],
    "alwaysValidProportions": [
        always_valid_proportions((1, 3), (2, 2), 0.05),
        always_valid_proportions((0, 12), (9, 14), 0.05),
        always_valid_proportions((30, 300), (52, 290), 0.05, (0.1, 1000)),
        always_valid_proportions((300, 2000), (250, 2100), 0.1, (0.5, 400)),
    ],
    "alwaysValidMeans": [
        always_valid_means((12, 1.0, 2.0), (15, 4.0, 5.0), 30, 0.05),
        always_valid_means((100, 0.0, 1.0), (100, 0.4, 1.2), 200, 0.05),
        always_valid_means((40, 10.0, 30.0), (300, 12.0, 9.0), 400, 0.1),
    ],
    "cuped": cuped(),
    "adjusted": {"interacted": adjusted(True), "common": adjusted(False)},
    "bayesFactors": [
        bayes_factor((5000, 5200), (0.5, 0.5), 1000),
        bayes_factor((5000, 5400), (0.5, 0.5), 1000),
        bayes_factor((130, 40), (2 / 3, 1 / 3), 50),
        bayes_factor((512, 240, 270), (0.5, 0.25, 0.25), 1000),
    ],
}
(HERE / "reference-py.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
