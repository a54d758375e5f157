"""Trains one model on one split and prints how good it is. Make an application of it."""

import pandas as pd
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

beds = pd.read_csv("data/beds.csv")
train, test = train_test_split(beds, test_size=0.25)
tree = DecisionTreeClassifier(max_depth=2)
tree.fit(train.drop(columns="water"), train["water"])
print("accuracy", accuracy_score(test["water"], tree.predict(test.drop(columns="water"))))
