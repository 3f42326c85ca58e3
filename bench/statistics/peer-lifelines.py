"""The peer: the same fits by lifelines, on the same columns. Called by main.mjs with a folder of doubles.

    pip install lifelines==0.30.3

Exit code 3 where it is not installed.
"""

import json
import sys
import time
import warnings
from pathlib import Path

try:
    import lifelines
    import numpy as np
    import pandas as pd
    from lifelines import CoxPHFitter, KaplanMeierFitter, NelsonAalenFitter
    from lifelines.statistics import multivariate_logrank_test
    from lifelines.utils import concordance_index
except ModuleNotFoundError:
    sys.exit(3)

warnings.simplefilter("ignore")
folder, runs = Path(sys.argv[1]), int(sys.argv[2])
columns = {path.stem: np.fromfile(path, dtype="<f8") for path in sorted(folder.glob("*.f64"))}
names = sorted((name for name in columns if name.startswith("x")), key=lambda name: int(name[1:]))


def measured(call):
    clock, processor = [], []
    for _ in range(runs):
        began, used = time.perf_counter(), time.process_time()
        answer = call()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    return {"clock": min(clock), "processor": min(processor), "answer": answer}


def cox():
    frame = pd.DataFrame({name: columns[name] for name in ["time", "event", *names]})
    return CoxPHFitter().fit(frame, "time", "event").params_.loc[names].tolist()


def kaplan_meier():
    return float(KaplanMeierFitter().fit(columns["time"], columns["event"]).predict(365.0))


def nelson_aalen():
    fitter = NelsonAalenFitter(nelson_aalen_smoothing=False).fit(columns["time"], columns["event"])
    return float(fitter.predict(365.0))


def log_rank():
    return float(multivariate_logrank_test(columns["time"], columns["group"], columns["event"]).test_statistic)


def concordance():
    return float(concordance_index(columns["time"], -columns["x0"], columns["event"]))


what = {"cox": cox, "kaplanMeier": kaplan_meier, "nelsonAalen": nelson_aalen, "logRank": log_rank, "concordance": concordance}
answers = {name: measured(what[name]) for name in sys.argv[3].split(",")}
print(json.dumps({"version": lifelines.__version__, "measured": answers}))
