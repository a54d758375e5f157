"""Trains one tree on one split and prints how good it is. Track it with MLflow."""

import pandas as pd
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

beans = pd.read_csv("data/beans.csv")
train, test = train_test_split(beans, test_size=0.25)
tree = DecisionTreeClassifier(max_depth=4)
tree.fit(train.drop(columns="kind"), train["kind"])
print("macro F1", f1_score(test["kind"], tree.predict(test.drop(columns="kind")), average="macro"))
