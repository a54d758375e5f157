"""Copies the rocks, for there are few of them, and parts them into rows to train on and rows to measure with, stratified by kind."""

from pathlib import Path

import pandas as pd
import yaml
from sklearn.model_selection import train_test_split


def main():
    params = yaml.safe_load(Path("params.yaml").read_text(encoding="utf-8"))
    rocks = pd.concat([pd.read_csv("data/rocks.csv")] * 4)
    train, test = train_test_split(rocks, test_size=params["split"]["test_share"], random_state=params["seed"], stratify=rocks["kind"])
    Path("parts").mkdir(exist_ok=True)
    train.to_csv("parts/train.csv", index=False)
    test.to_csv("parts/test.csv", index=False)


if __name__ == "__main__":
    main()
