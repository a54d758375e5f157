"""Trains two models of how much water a bed needs, registers both, and makes the better one the champion."""

import json
import logging
from pathlib import Path

import mlflow
import pandas as pd
import yaml
from mlflow import MlflowClient
from mlflow.models import infer_signature
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from beds import ANSWERS, FEATURES, LABEL, md5

NAME = "watering"
LOG = logging.getLogger("train")


def train(title, model, train_rows, test_rows, params):
    with mlflow.start_run(run_name=title):
        mlflow.log_params({"seed": params["seed"], "data_md5": md5(Path("data/beds.csv")), **params[title]})
        model.fit(train_rows[FEATURES], train_rows[LABEL])
        guess = model.predict(test_rows[FEATURES])
        scores = {
            "test_accuracy": accuracy_score(test_rows[LABEL], guess),
            "test_f1_macro": f1_score(test_rows[LABEL], guess, average="macro"),
        }
        mlflow.log_metrics(scores)
        mlflow.log_dict(confusion_matrix(test_rows[LABEL], guess, labels=ANSWERS).tolist(), "confusion.json")
        logged = mlflow.sklearn.log_model(
            model,
            name="model",
            signature=infer_signature(test_rows[FEATURES], guess),
            pip_requirements="requirements.txt",
            registered_model_name=NAME,
        )
    LOG.info("%s: %s", title, scores)
    return scores, logged.registered_model_version


def main():
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    params = yaml.safe_load(Path("params.yaml").read_text(encoding="utf-8"))
    parts = [pd.read_csv(f"parts/{part}.csv") for part in ("train", "test")]
    models = {
        "line": make_pipeline(StandardScaler(), LogisticRegression(**params["line"])),
        "baseline": DummyClassifier(random_state=params["seed"], **params["baseline"]),
    }
    mlflow.set_experiment("watering")
    trained = {title: train(title, model, *parts, params) for title, model in models.items()}
    best = max(trained, key=lambda title: trained[title][0]["test_f1_macro"])
    MlflowClient().set_registered_model_alias(NAME, "champion", trained[best][1])
    Path("models").mkdir(exist_ok=True)
    scores = {title: scores for title, (scores, _) in trained.items()}
    Path("models/trained.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
