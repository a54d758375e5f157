"""Trains a softmax regression by gradient descent and writes it as JSON."""

import csv
import json
import logging
from pathlib import Path

import numpy as np
import settings

LOG = logging.getLogger("train")


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return np.array([[float(value) for value in row[:-1]] for row in rows]), [row[-1] for row in rows]


def main():
    seed, params = settings.load("train")
    features, labels = read("data/train.csv")
    varieties = sorted(set(labels))
    target = np.eye(len(varieties))[[varieties.index(label) for label in labels]]
    mean, spread = features.mean(axis=0), features.std(axis=0)
    scaled = np.c_[(features - mean) / spread, np.ones(len(features))]
    weights = np.random.default_rng(seed).normal(0, 0.01, (scaled.shape[1], len(varieties)))
    for _ in range(params["epochs"]):
        scores = np.exp(scaled @ weights)
        chance = scores / scores.sum(axis=1, keepdims=True)
        weights -= params["rate"] * scaled.T @ (chance - target) / len(scaled)
    if params["verbose"]:
        print(f"{len(features)} rows, {params['epochs']} epochs")
    LOG.info("trained on %d rows for %d epochs", len(features), params["epochs"])
    Path("models").mkdir(exist_ok=True)
    model = {
        "varieties": varieties,
        "mean": mean.round(6).tolist(),
        "spread": spread.round(6).tolist(),
        "weights": weights.round(6).tolist(),
    }
    Path("models/model.json").write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
