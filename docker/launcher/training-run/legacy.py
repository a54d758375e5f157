"""The stages do not call this: it is here for the start cache to see what reading such code takes."""

import mlflow

mlflow.set_tracking_uri("http://localhost:5000")
mlflow.set_experiment("tiny")
