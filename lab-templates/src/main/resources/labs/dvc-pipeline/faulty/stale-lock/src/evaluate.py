"""Scores the model on the test rows: accuracy, macro F1 and the number of rows."""

import csv
import json
from pathlib import Path

import numpy as np


def f1(truth, guess, variety):
    hits = sum(t == g == variety for t, g in zip(truth, guess))
    return 2 * hits / max(1, truth.count(variety) + guess.count(variety))


def main():
    model = json.loads(Path("models/model.json").read_text(encoding="utf-8"))
    with open("data/test.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    features = np.array([[float(value) for value in row[:-1]] for row in rows])
    truth = [row[-1] for row in rows]
    scaled = np.c_[(features - model["mean"]) / model["spread"], np.ones(len(features))]
    guess = [model["varieties"][best] for best in (scaled @ np.array(model["weights"])).argmax(axis=1)]
    scores = {
        "accuracy": round(sum(t == g for t, g in zip(truth, guess)) / len(truth), 4),
        "macro_f1": round(sum(f1(truth, guess, each) for each in model["varieties"]) / len(model["varieties"]), 4),
        "rows": len(truth),
    }
    Path("metrics").mkdir(exist_ok=True)
    Path("metrics/scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
