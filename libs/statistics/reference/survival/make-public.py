"""Brier scores and concordance of forecasts on the public data sets of `make-public.R`, by scikit-survival.

    pip install scikit-survival==0.28.0 && python3 libs/statistics/reference/survival/make-public.py

Forecasts are exponential in one covariate, so that they are as wrong as forecasts are. Rows that end at a time of both an
event and a censoring are put a hundredth of a day apart, the event first: there scikit-survival takes the censored out of
the event's own weight, and we do not.
"""

import json
from pathlib import Path

import numpy as np
import sksurv
from sksurv.metrics import brier_score, concordance_index_censored, concordance_index_ipcw, integrated_brier_score
from sksurv.util import Surv

HERE = Path(__file__).parent
public = json.loads((HERE / "public-r.json").read_text())


def scored(time, event, risk, times, scale):
    time, event, risk = np.array(time, float), np.array(event) == 1, np.array(risk, float)
    apart = np.where(event, time, time + 0.01)
    times = np.array(times, float)
    survival = np.round(np.exp(-np.outer(np.exp(risk), times / scale)), 6)
    y = Surv.from_arrays(event, apart)
    return {
        "risk": risk.tolist(),
        "times": times.tolist(),
        "scale": scale,
        "brier": brier_score(y, y, survival, times)[1].tolist(),
        "integratedBrier": float(integrated_brier_score(y, y, survival, times)),
        "harrell": float(concordance_index_censored(event, apart, risk)[0]),
        "uno": float(concordance_index_ipcw(y, y, risk, tau=float(times[-1]))[0]),
    }


pbc, veteran, colon = (public[name]["data"] for name in ("pbc", "veteran", "colon"))
death = [i for i, etype in enumerate(colon["etype"]) if etype == 2]
out = {
    "versions": {"scikit-survival": sksurv.__version__, "numpy": np.__version__},
    "pbc": scored(pbc["time"], pbc["died"], np.round(np.array(pbc["bili"]) * 0.9, 4), [300, 900, 1500, 2700, 3600], 9000),
    "veteran": scored(veteran["time"], veteran["status"], np.round(-0.03 * np.array(veteran["karno"]), 4), [20, 60, 120, 240], 22),
    "colon": scored(*([colon[name][i] for i in death] for name in ("time", "status")), [0.1 * colon["nodes"][i] for i in death], [300, 900, 1500, 2400], 5000),
}
(HERE / "public-py.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
