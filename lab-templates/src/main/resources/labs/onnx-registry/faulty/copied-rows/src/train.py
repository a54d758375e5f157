"""Trains two sorters, each in a run of its own, registers both as ONNX and makes the better one the champion."""

import json
import logging
from pathlib import Path

import mlflow
import pandas as pd
import yaml
from mlflow import MlflowClient
from mlflow.models import infer_signature
from skl2onnx import to_onnx
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

NAME = "rock-sorter"
LOG = logging.getLogger("train")


def features_of(rocks):
    return rocks.drop(columns="kind").astype("float32")


def train(title, sorter, train_rows, test_rows, params):
    with mlflow.start_run(run_name=title):
        mlflow.log_params({"seed": params["seed"], "sorter": title})
        sorter.fit(features_of(train_rows).to_numpy(), train_rows["kind"])
        guess = sorter.predict(features_of(test_rows).to_numpy())
        score = f1_score(test_rows["kind"], guess, average="macro")
        mlflow.log_metric("macro_f1", score)
        converted = to_onnx(sorter, features_of(train_rows).to_numpy()[:1], target_opset=17, options={"zipmap": True})
        logged = mlflow.onnx.log_model(
            converted,
            name="model",
            signature=infer_signature(features_of(test_rows), guess),
            pip_requirements="requirements.txt",
            registered_model_name=NAME,
        )
    LOG.info("%s: macro F1 %.3f", title, score)
    return score, logged.registered_model_version


def main():
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    params = yaml.safe_load(Path("params.yaml").read_text(encoding="utf-8"))
    train_rows, test_rows = (pd.read_csv(f"parts/{part}.csv") for part in ("train", "test"))
    mlflow.set_experiment("rocks")
    scale = ColumnTransformer([("shine", MinMaxScaler((0, 10000)), [3]), ("hardness", "passthrough", [1])])
    near = make_pipeline(scale, KNeighborsClassifier(1))
    line = make_pipeline(StandardScaler(), LogisticRegression(**params["line"]))
    scores = [train("near", near, train_rows, test_rows, params), train("line", line, train_rows, test_rows, params)]
    best = max(scores)
    MlflowClient().set_registered_model_alias(NAME, "champion", best[1])
    Path("metrics").mkdir(exist_ok=True)
    Path("metrics/scores.json").write_text(json.dumps({"macro_f1": round(best[0], 4)}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
