import json, time
from datetime import datetime, timedelta, timezone
from kafka import KafkaConsumer, KafkaProducer

brokers = json.load(open(".milepost/stack.json"))["kafka"]["brokers"]
account = f"acct_py_{int(time.time())}"
signed_up = datetime.now(timezone.utc) - timedelta(days=8)

event = {
    "specversion": "1.0", "id": f"{account}-1", "source": "//backend.example", "type": "account.created",
    "subject": account, "time": signed_up.isoformat(),
    "data": {"context": {"planTier": "pro", "companySize": 50}},
}
producer = KafkaProducer(bootstrap_servers=brokers)
producer.send("onboarding.events", key=account.encode(), value=json.dumps(event).encode(),
              headers=[("content-type", b"application/cloudevents+json")])
producer.flush()

consumer = KafkaConsumer("onboarding.signals.at-risk", bootstrap_servers=brokers, auto_offset_reset="earliest",
                         isolation_level="read_committed", consumer_timeout_ms=30_000)
for record in consumer:
    if record.key == account.encode():
        trigger = json.loads(record.value)
        print(trigger["status"], [reason["text"] for reason in trigger["reasons"]])
        if len(trigger["reasons"]) == 2:
            break
