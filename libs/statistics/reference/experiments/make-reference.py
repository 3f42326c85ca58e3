"""Newcombe's intervals by statsmodels, and always-valid intervals from their definitions by quadrature and root finding.

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
from scipy.optimize import brentq
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


def always_valid(accounts, tightest_at, alpha):
    """Half width in standard errors: where the normal mixture of likelihood ratios comes to 1 / alpha."""
    rho = np.sqrt((-2 * log(alpha) + log(1 - 2 * log(alpha))) / tightest_at)

    def mixture(z):
        weight = lambda t: exp(t * z * np.sqrt(accounts) - t * t * accounts / 2 - t * t / (2 * rho**2))
        peak = z * np.sqrt(accounts) / (accounts + 1 / rho**2)
        spread = 1 / np.sqrt(accounts + 1 / rho**2)
        return quad(weight, peak - 12 * spread, peak + 12 * spread, epsabs=0, epsrel=1e-12)[0] / (rho * np.sqrt(2 * np.pi))

    half = brentq(lambda z: mixture(z) - 1 / alpha, 1, 10, xtol=1e-13)
    return {"half": half, "p": 1 / mixture(2.5)}


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
    "alwaysValid": [always_valid(*case) for case in ((200, 1000, 0.05), (1000, 1000, 0.05), (5000, 1000, 0.05), (300, 400, 0.1))],
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
