"""Penalised logistic regression by a general optimiser, on the data that make-reference.R drew.

    pip install numpy==2.4.6 scipy==1.17.1
    python3 libs/statistics/reference/regression/make-reference.py
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.special import expit

HERE = Path(__file__).parent
made = json.loads((HERE / "reference-r.json").read_text())["made"]
x = np.column_stack([np.ones(len(made["y"]))] + [made[name] for name in ("size", "visits", "paid")]).astype(float)
y = np.array(made["y"], float)


def penalised(mean, precision):
    """Mode and curvature of the posterior; columns are scaled only to help the optimiser."""
    unit = np.array([1, *x[:, 1:].std(axis=0)])
    z, centre, strength = x / unit, mean * unit, precision / unit**2

    def value(b):
        eta = z @ b
        return np.logaddexp(0, eta).sum() - y @ eta + 0.5 * strength @ (b - centre) ** 2

    def slope(b):
        return z.T @ (expit(z @ b) - y) + strength * (b - centre)

    def curve(b):
        p = expit(z @ b)
        return (z * (p * (1 - p))[:, None]).T @ z + np.diag(strength)

    b = minimize(value, np.zeros(4), jac=slope, hess=curve, method="trust-exact", options={"gtol": 1e-11}).x
    errors = np.sqrt(np.diag(np.linalg.inv(curve(b))))
    own = curve(b) - np.diag(strength)
    return {
        "estimate": (b / unit).tolist(),
        "standardError": (errors / unit).tolist(),
        "effective": float(np.trace(np.linalg.solve(curve(b), own))),
    }


spread = np.array([0, *x[:, 1:].std(axis=0)])
out = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    "ridge5": penalised(np.zeros(4), 5 * spread**2),
    "prior": penalised(np.array([0, 0.001, 0.5, 0]), np.array([0, 0.002**-2.0, 0.1**-2.0, 0])),
}
(HERE / "reference-py.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
