"""Chooses the test rows of every split, stratified by kind, and writes their numbers."""

import csv
import json
import random
from collections import defaultdict

import yaml


def main():
    with open("params.yaml", encoding="utf-8") as file:
        params = yaml.safe_load(file)
    with open("data/beans.csv", newline="", encoding="utf-8") as file:
        kinds = [row["kind"] for row in csv.DictReader(file)]
    by_kind = defaultdict(list)
    for number, kind in enumerate(kinds):
        by_kind[kind].append(number)
    splits = {}
    for share in params["prepare"]["test_shares"]:
        chance = random.Random(params["seed"])
        splits[str(share)] = sorted(
            number for kind in sorted(by_kind) for number in chance.sample(by_kind[kind], round(len(by_kind[kind]) * share))
        )
    with open("data/splits.json", "w", encoding="utf-8") as file:
        json.dump(splits, file)


if __name__ == "__main__":
    main()
