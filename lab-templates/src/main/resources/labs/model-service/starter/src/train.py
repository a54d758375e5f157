"""Trains one model on one split and prints how good it is. Make it a pipeline, and serve what it registers."""

import pandas as pd
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeRegressor

deliveries = pd.read_csv("data/deliveries.csv")
train, test = train_test_split(deliveries, test_size=0.25)
tree = DecisionTreeRegressor(max_depth=3)
tree.fit(train.drop(columns="minutes"), train["minutes"])
print("mean absolute error", mean_absolute_error(test["minutes"], tree.predict(test.drop(columns="minutes"))))
