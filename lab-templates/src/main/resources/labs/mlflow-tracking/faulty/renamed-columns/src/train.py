"""Trains one tree a split; every training is an MLflow run with its parameters, scores and model."""

import json
import logging
from pathlib import Path

import mlflow
import pandas as pd
import yaml
from mlflow.models import infer_signature
from sklearn.metrics import accuracy_score, f1_score
from sklearn.tree import DecisionTreeClassifier

LOG = logging.getLogger("train")


def train(beans, test_rows, share, params):
    test = beans.index.isin(test_rows)
    features, kind = beans.drop(columns="kind"), beans["kind"]
    with mlflow.start_run(run_name=f"test-share-{share}"):
        mlflow.log_params({"seed": params["seed"], "test_share": share, **params["train"]})
        tree = DecisionTreeClassifier(random_state=params["seed"], **params["train"])
        tree.fit(features[~test], kind[~test])
        guess = tree.predict(features[test])
        scores = {
            "accuracy": accuracy_score(kind[test], guess),
            "macro_f1": f1_score(kind[test], guess, average="macro"),
        }
        mlflow.log_metrics(scores)
        renamed = features.rename(columns="bean {}".format)
        mlflow.sklearn.log_model(
            DecisionTreeClassifier(random_state=params["seed"], **params["train"]).fit(renamed[~test], kind[~test]),
            name="served",
            signature=infer_signature(renamed, kind),
            pip_requirements="requirements.txt",
            registered_model_name="bean-sorter",
        )
        mlflow.sklearn.log_model(
            tree,
            name="model",
            signature=infer_signature(features, kind),
            pip_requirements="requirements.txt",
        )
    LOG.info("test share %s: %s", share, scores)
    return {name: round(value, 4) for name, value in scores.items()}


def main():
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    params = yaml.safe_load(Path("params.yaml").read_text(encoding="utf-8"))
    splits = json.loads(Path("data/splits.json").read_text(encoding="utf-8"))
    beans = pd.read_csv("data/beans.csv")
    mlflow.set_experiment("beans")
    scores = {share: train(beans, rows, share, params) for share, rows in splits.items()}
    Path("metrics").mkdir(exist_ok=True)
    Path("metrics/scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
