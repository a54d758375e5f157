"""All in one: reads the apples, splits them, trains, prints the accuracy. Cut it into stages."""

import csv
import random

import numpy as np

with open("data/raw.csv", newline="", encoding="utf-8") as file:
    rows = [row for row in list(csv.reader(file))[1:] if all(row)]
random.shuffle(rows)
train, test = rows[60:], rows[:60]


def arrays(part):
    return np.array([[float(value) for value in row[:-1]] for row in part]), np.array([row[-1] for row in part])


features, labels = arrays(train)
centres = {variety: features[labels == variety].mean(axis=0) for variety in sorted(set(labels))}
features, labels = arrays(test)
guess = [min(centres, key=lambda variety: np.linalg.norm(apple - centres[variety])) for apple in features]
print("accuracy", np.mean(labels == guess))
