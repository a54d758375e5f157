"""Trains one model on one split and prints how good it is. Make it a pipeline, and register what it trains."""

import pandas as pd
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

rocks = pd.read_csv("data/rocks.csv")
train, test = train_test_split(rocks, test_size=0.3)
tree = DecisionTreeClassifier(max_depth=3)
tree.fit(train.drop(columns="kind"), train["kind"])
print("macro F1", f1_score(test["kind"], tree.predict(test.drop(columns="kind")), average="macro"))
