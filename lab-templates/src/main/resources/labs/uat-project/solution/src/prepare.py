"""Cleans the measured beds and splits them into rows to learn from and rows to test with."""

import logging
import time
from pathlib import Path

import pandas as pd
import yaml
from sklearn.model_selection import train_test_split

from beds import LABEL, cleaned

LOG = logging.getLogger("prepare")


def main():
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    params = yaml.safe_load(Path("params.yaml").read_text(encoding="utf-8"))
    begin = time.perf_counter()
    measured = pd.read_csv("data/beds.csv")
    kept = cleaned(measured)
    parts = train_test_split(kept, test_size=params["test_share"], random_state=params["seed"], stratify=kept[LABEL])
    Path("parts").mkdir(exist_ok=True)
    for name, part in zip(("train", "test"), parts):
        part.to_csv(f"parts/{name}.csv", index=False)
    speed = len(measured) / (time.perf_counter() - begin)
    LOG.info("%d of %d beds kept, %.0f rows a second", len(kept), len(measured), speed)


if __name__ == "__main__":
    main()
