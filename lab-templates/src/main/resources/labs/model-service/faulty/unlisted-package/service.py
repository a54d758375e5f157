"""Says how many minutes a delivery takes, by the version of delivery-time that is the champion when the service starts."""

import mlflow
import pandas as pd
import structlog
import uvicorn
from fastapi import FastAPI, Response
from mlflow import MlflowClient
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from pydantic import BaseModel

NAME = "delivery-time"
LOG = structlog.get_logger("service")
PREDICTIONS = Counter("predictions", "Deliveries that were predicted")
SECONDS = Histogram("prediction_seconds", "Time that a prediction takes")


class Delivery(BaseModel):
    distance: float
    load: float
    climb: float
    traffic: float


class Answer(BaseModel):
    minutes: float
    version: str


def champion():
    version = str(MlflowClient().get_model_version_by_alias(NAME, "champion").version)
    return version, mlflow.pyfunc.load_model(f"models:/{NAME}/{version}")


VERSION, MODEL = champion()
app = FastAPI(title="How long a delivery takes", version=VERSION)


@app.post("/predict", response_model=Answer)
def predict(delivery: Delivery):
    with SECONDS.time():
        minutes = MODEL.predict(pd.DataFrame([delivery.model_dump()]))[0]
    PREDICTIONS.inc()
    return Answer(minutes=minutes, version=VERSION)


@app.get("/health")
def health():
    return {"status": "ok"}


@app.get("/version")
def version():
    return {"model": NAME, "version": VERSION}


@app.get("/metrics")
def metrics():
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


if __name__ == "__main__":
    LOG.info("serving", version=VERSION, model=NAME)
    uvicorn.run(app, host="127.0.0.1", port=8000, access_log=False)
