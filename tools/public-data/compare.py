"""The same questions of the same table, answered by lifelines, beside the answers of the API (a JSON file) as Markdown.

lifelines answers twice: of the table as it is, and of the table as the API understands it, where those lost to follow-up
are there until the end, and a heart given on the very day of death counts as given after it.
"""

import json
import sys

import lifelines
import numpy as np
import pandas as pd
from lifelines import CoxPHFitter, CoxTimeVaryingFitter, KaplanMeierFitter
from lifelines.datasets import load_stanford_heart_transplants
from lifelines.statistics import logrank_test

DAYS = [30, 90, 180, 365, 730]


def patients_of(rows):
    """One row a patient: days until death or the last sight of it, and until a heart was given (inf for never)."""
    patients = rows.groupby("id").agg(stop=("stop", "max"), died=("event", "max"), surgery=("surgery", "first"), year=("year", "first"))
    patients["given"] = rows[rows.transplant == 1].groupby("id").start.min().reindex(patients.index).fillna(np.inf)
    return patients


def as_understood(patients):
    accepted = (patients.year * 365.25).round()
    closing = (accepted + patients.stop).max()
    given = np.ceil(patients.given)
    given = given.where(given < patients.stop, np.inf)
    return patients.assign(stop=patients.stop.where(patients.died == 1, closing - accepted), switched=given)


def survival(patients, group, days):
    """The shares still there with their intervals on the log-log scale, by day."""
    chosen = patients if group is None else patients[patients.surgery == group]
    fitted = KaplanMeierFitter().fit(chosen.stop, chosen.died)
    found = []
    for day in days:
        low, high = fitted.confidence_interval_.loc[:day].iloc[-1]
        found.append([fitted.predict(day), low, high])
    return found


def log_rank(patients):
    before, after = patients[patients.surgery == 0], patients[patients.surgery == 1]
    test = logrank_test(before.stop, after.stop, before.died, after.died)
    return [test.test_statistic, test.p_value]


def ratio(fitted):
    low, high = np.exp(fitted.confidence_intervals_.iloc[0])
    return [float(np.exp(fitted.params_.iloc[0])), low, high]


def naive(patients):
    table = patients[["stop", "died"]].assign(has=(patients.given <= patients.stop).astype(int))
    return ratio(CoxPHFitter().fit(table, "stop", "died"))


def landmark(patients, day):
    left = patients[patients.stop > day]
    left = pd.DataFrame({"stop": left.stop - day, "died": left.died, "has": (left.given <= day).astype(int)})
    return ratio(CoxPHFitter().fit(left, "stop", "died"))


def switched(patients, given):
    """A heart is off before it is given and on after."""
    rows = []
    for (id, one), at in zip(patients.iterrows(), given):
        if 0 < at < one.stop:
            rows += [(id, 0, at, 0, 0), (id, at, one.stop, one.died, 1)]
        else:
            rows.append((id, 0, one.stop, one.died, int(at == 0)))
    table = pd.DataFrame(rows, columns=["id", "start", "stop", "event", "has"])
    return ratio(CoxTimeVaryingFitter().fit(table, event_col="event", id_col="id"))


def answers(patients, given):
    found = {}
    for label, group in (("everyone", None), ("no-surgery", 0), ("surgery", 1)):
        for day, values in zip(DAYS, survival(patients, group, DAYS)):
            found[f"{label} alive, day {day}"] = values
    found["surgery or not, log-rank: statistic, p"] = log_rank(patients)
    found["hazard ratio, ever given a heart"] = naive(patients)
    found["hazard ratio, from the transplant on"] = switched(patients, given)
    for day in (14, 30):
        found[f"hazard ratio, landmark at day {day}"] = landmark(patients, day)
    return found


def api_answers(api):
    found = {}
    groups = api["all"]["data"]["groups"] + api["byTier"]["data"]["groups"]
    for one in groups:
        label = "everyone" if one["group"] == "all" else one["group"]
        for point in one["at"]:
            found[f"{label} alive, day {point['time']}"] = [point[key] for key in ("estimate", "lower", "upper")]
    found["surgery or not, log-rank: statistic, p"] = [api["byTier"]["data"]["logRank"][key] for key in ("statistic", "p")]
    names = {"ever reached, from signup": "ever given a heart", "time-varying": "from the transplant on"}
    for one in api["immortalTime"]["data"]["designs"]:
        label = names.get(one["design"], one["design"])
        found[f"hazard ratio, {label}"] = [one["hazardRatio"][key] for key in ("ratio", "lower", "upper")]
    return found


table = patients_of(load_stanford_heart_transplants())
understood = as_understood(table)
ours = api_answers(json.load(open(sys.argv[1])))
plain, same = answers(table, table.given), answers(understood, understood.switched)
if set(ours) != set(plain):
    sys.exit(f"Not answered by both: {sorted(set(ours) ^ set(plain))}")
print(f"lifelines {lifelines.__version__}\n")
print("| what, with its 95 % interval | Milepost | lifelines, the table as it is | apart | as the API understands it: apart |\n|---|---|---|---|---|")
for what in ours:
    text = [", ".join(f"{value:.3f}" for value in side[what]) for side in (ours, plain)]
    apart = [f"{max(abs(a - b) for a, b in zip(ours[what], side[what])):.0e}" for side in (plain, same)]
    print(f"| {what} | {text[0]} | {text[1]} | {apart[0]} | {apart[1]} |")

# Both stop their iterations at 1e-5 or so.
TOLERANCE = 1e-4
differ = [what for what in ours if max(abs(a - b) for a, b in zip(ours[what], same[what])) > TOLERANCE]
if differ:
    sys.exit(f"Not the same answers to the same understanding: {differ}")
