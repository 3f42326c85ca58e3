"""Reference figures from Python, and the data they were made of.

    pip install lifelines==0.30.3 statsmodels==0.15.0 scikit-survival==0.28.0
    python3 libs/statistics/reference/survival/make-reference.py

`scored` is drawn here, without ties: at a time of both an event and a censoring scikit-survival takes the censored
ones out of the event's own weight, and we do not.
"""

import json
from pathlib import Path

import lifelines
import numpy as np
import pandas as pd
import sksurv
import statsmodels
import statsmodels.api as sm
from lifelines.statistics import logrank_test
from lifelines.utils import concordance_index
from sksurv.metrics import brier_score, concordance_index_censored, concordance_index_ipcw, integrated_brier_score
from sksurv.util import Surv

HERE = Path(__file__).parent
rng = np.random.default_rng(20240607)
n = 150
x = rng.normal(size=n)
life = rng.exponential(10 * np.exp(-0.7 * x))
followed = rng.uniform(4, 25, size=n)
time = np.round(np.minimum(life, followed), 6)
event = life <= followed
assert len(set(time)) == n
risk = np.round(0.7 * x + rng.normal(0, 0.4, size=n), 3)
times = np.array([3.0, 6.0, 9.0, 12.0])
survival = np.round(np.exp(-np.outer(np.exp(risk), times / 10)), 6)
y = Surv.from_arrays(event, time)

out = {
    "versions": {
        "lifelines": lifelines.__version__,
        "statsmodels": statsmodels.__version__,
        "scikit-survival": sksurv.__version__,
        "numpy": np.__version__,
    },
    "scored": {
        "time": time.tolist(),
        "event": event.astype(int).tolist(),
        "risk": risk.tolist(),
        "times": times.tolist(),
        "survival": survival.T.tolist(),
    },
    "concordance": {
        "harrell": float(concordance_index_censored(event, time, risk)[0]),
        "harrellLifelines": float(concordance_index(time, -risk, event)),
        "uno": float(concordance_index_ipcw(y, y, risk)[0]),
        "unoUntil12": float(concordance_index_ipcw(y, y, risk, tau=12)[0]),
    },
    "brier": brier_score(y, y, survival, times)[1].tolist(),
    "integratedBrier": float(integrated_brier_score(y, y, survival, times)),
}

# Calibration of probabilities, alone and with weights that are no counts: statsmodels' freq_weights would take them
# for so many independent rows, and its sandwich would be too sure.
m = 200
forecast = np.round(rng.uniform(0.03, 0.9, size=m), 4)
logit = np.log(forecast / (1 - forecast))
outcome = (rng.uniform(size=m) < 1 / (1 + np.exp(-(-0.3 + 0.8 * logit)))).astype(int)
weight = np.round(rng.uniform(0.5, 3, size=m), 2)


def recalibrated(**options):
    slope = sm.GLM(outcome, sm.add_constant(logit), sm.families.Binomial(), **options)
    large = sm.GLM(outcome, np.ones(m), sm.families.Binomial(), offset=logit, **options)
    kind = {"cov_type": "HC0"} if options else {}
    slope, large = slope.fit(tol=1e-12, **kind), large.fit(tol=1e-12, **kind)
    return {"slope": [slope.params[1], slope.bse[1]], "intercept": [large.params[0], large.bse[0]]}


out["calibration"] = {
    "predicted": forecast.tolist(),
    "outcome": outcome.tolist(),
    "weights": weight.tolist(),
    "plain": recalibrated(),
    "weighted": recalibrated(var_weights=weight),
}

waltons = pd.DataFrame(json.loads((HERE / "data-waltons.json").read_text())["columns"])
split = [waltons[waltons.group == group] for group in ("control", "miR-137")]
test = logrank_test(split[0]["T"], split[1]["T"], split[0]["E"], split[1]["E"])
out["waltons"] = {"statistic": float(test.test_statistic), "p": float(test.p_value)}

(HERE / "reference-py.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
