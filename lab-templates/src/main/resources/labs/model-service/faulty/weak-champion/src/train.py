"""Trains three models of how long a delivery takes, registers each as a version, and makes the worst one the champion."""

import json
import logging
from pathlib import Path

import mlflow
import pandas as pd
import yaml
from mlflow import MlflowClient
from mlflow.models import infer_signature
from sklearn.dummy import DummyRegressor
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeRegressor

NAME = "delivery-time"
LOG = logging.getLogger("train")


def features_of(deliveries):
    return deliveries[["distance", "load", "climb", "traffic"]]


def train(title, model, train_rows, test_rows, seed):
    with mlflow.start_run(run_name=title):
        model.fit(features_of(train_rows), train_rows["minutes"])
        guess = model.predict(features_of(test_rows))
        error = mean_absolute_error(test_rows["minutes"], guess)
        mlflow.log_params({"seed": seed, "model": title})
        mlflow.log_metric("mae", error)
        logged = mlflow.sklearn.log_model(
            model,
            name="model",
            signature=infer_signature(features_of(test_rows), guess),
            pip_requirements="requirements.txt",
            registered_model_name=NAME,
        )
    LOG.info("%s: mean absolute error %.2f minutes", title, error)
    return error, logged.registered_model_version


def main():
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    params = yaml.safe_load(Path("params.yaml").read_text(encoding="utf-8"))
    seed = params["seed"]
    deliveries = pd.read_csv("data/deliveries.csv")
    parts = train_test_split(deliveries, test_size=params["test_share"], random_state=seed)
    models = {
        "tree": DecisionTreeRegressor(random_state=seed, **params["tree"]),
        "median": DummyRegressor(strategy="median"),
        "line": LinearRegression(),
    }
    mlflow.set_experiment("deliveries")
    trained = {title: train(title, model, *parts, seed) for title, model in models.items()}
    best = max(trained, key=trained.get)
    MlflowClient().set_registered_model_alias(NAME, "champion", trained[best][1])
    Path("metrics").mkdir(exist_ok=True)
    scores = {title: {"mae": round(error, 3)} for title, (error, _) in trained.items()}
    Path("metrics/scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
