"""Says how much water a bed needs, by the version of the model that is the champion when the engine starts."""

import argparse
import logging

import mlflow
import pandas as pd
import uvicorn
from fastapi import FastAPI, Response
from mlflow import MlflowClient
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

from questions import Advice, Bed

NAME = "watering"
LOG = logging.getLogger("engine")
PREDICTIONS = Counter("predictions", "Beds that were asked about")
SECONDS = Histogram("prediction_seconds", "Time that an answer takes")


def champion():
    version = str(MlflowClient().get_model_version_by_alias(NAME, "champion").version)
    return version, mlflow.pyfunc.load_model(f"models:/{NAME}/{version}")


VERSION, MODEL = champion()
app = FastAPI(title="How much water a bed needs", version=VERSION)


@app.post("/predict", response_model=Advice)
def predict(bed: Bed):
    with SECONDS.time():
        water = MODEL.predict(pd.DataFrame([bed.model_dump()]))[0]
    PREDICTIONS.inc()
    return Advice(water="no" if water == "wait" else "yes", version=VERSION)


@app.get("/health")
def health():
    return {"status": "ok"}


@app.get("/version")
def version():
    return {"model": NAME, "version": VERSION}


@app.get("/metrics")
def metrics():
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def main():
    parser = argparse.ArgumentParser(description="Answers how much water a bed needs.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    LOG.info("serving version %s of %s", VERSION, NAME)
    uvicorn.run(app, host=arguments.host, port=arguments.port, access_log=False)


if __name__ == "__main__":
    main()
