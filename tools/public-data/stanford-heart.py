"""The Stanford heart transplant programme (Crowley and Hu, JASA 1977), as lifelines ships it, as CloudEvents.

Prints one structured CloudEvent a line, in the order of time. A patient is an account: accepted, perhaps given a heart,
dead or seen last. What stands for what is in docs/public-data.md.
"""

import json
from datetime import datetime, timedelta, timezone

from lifelines.datasets import load_stanford_heart_transplants

# The programme began in October 1967; times before 1970 are none of a broker's. Only distances of days matter.
FIRST_DAY = datetime(2019, 1, 1, tzinfo=timezone.utc)
SOURCE = "//stanford-heart.example"


def event(patient, day, kind, type_, properties, context=None):
    time = (FIRST_DAY + timedelta(days=day)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    data = {"outcome": "succeeded", "properties": properties}
    if context:
        data["context"] = context
    return {
        "specversion": "1.0",
        "id": f"{patient}-{kind}",
        "source": SOURCE,
        "type": type_,
        "subject": f"patient_{patient}",
        "time": time,
        "datacontenttype": "application/json",
        "data": data,
    }


def events_of(patient, rows):
    first, last = rows.iloc[0], rows.iloc[-1]
    # `year` counts from the programme's begin; whole days after it.
    accepted = round(first.year * 365.25)
    context = {"planTier": "surgery" if first.surgery else "no-surgery", "companySize": 1}
    yield event(patient, accepted, "accepted", "account.created", {"trial": False}, context)
    if last.transplant:
        given = rows[rows.transplant == 1].start.iloc[0]
        yield event(patient, accepted + given, "transplant", "workflow.run", {"workflowId": "transplant"})
    end = accepted + last.stop
    if last.event:
        yield event(patient, end, "died", "subscription.cancelled", {"amountMinor": 0, "currency": "USD"})
    else:
        yield event(patient, end, "seen", "report.viewed", {"reportId": "follow-up"})


patients = load_stanford_heart_transplants().groupby("id")
events = [one for patient, rows in patients for one in events_of(int(patient), rows.sort_values("start"))]
for one in sorted(events, key=lambda one: one["time"]):
    print(json.dumps(one))
