"""Says how many minutes a delivery takes, by the version of delivery-time that is the champion when the service starts."""

import logging

import mlflow
import pandas as pd
import uvicorn
from fastapi import FastAPI
from mlflow import MlflowClient
from prometheus_client import Counter, Histogram, make_asgi_app
from pydantic import BaseModel

NAME = "delivery-time"
LOG = logging.getLogger("service")
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
app.mount("/metrics", make_asgi_app())


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


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    LOG.info("serving version %s of %s", VERSION, NAME)
    uvicorn.run(app, host="127.0.0.1", port=8000, access_log=False)
