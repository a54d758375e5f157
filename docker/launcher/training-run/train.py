"""Logs one run with nothing but the standard library, so that no environment has to be built for it."""

import json
import os
import urllib.request

SERVER = os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/"


def call(path, **fields):
    request = urllib.request.Request(SERVER + path, json.dumps(fields).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


run = call("runs/create", experiment_id="0", start_time=1)["run"]["info"]["run_id"]
call(
    "runs/log-batch",
    run_id=run,
    params=[{"key": "alpha", "value": "0.5"}],
    metrics=[{"key": "loss", "value": 1.0 / step, "timestamp": step, "step": step} for step in (1, 2)],
)
call("registered-models/create", name="tiny")
call("model-versions/create", name="tiny", source="mlflow-artifacts:/0/" + run + "/artifacts/model", run_id=run)
call("runs/update", run_id=run, status="FINISHED", end_time=2)
with open("metrics.json", "w") as metrics:
    json.dump({"accuracy": 0.9}, metrics)
