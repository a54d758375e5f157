"""Chooses the test rows of every split, stratified by kind, and writes their numbers; those of the last split as a table too."""

import csv
import json
import random
from collections import defaultdict

import yaml


def main():
    with open("params.yaml", encoding="utf-8") as file:
        params = yaml.safe_load(file)
    with open("data/beans.csv", newline="", encoding="utf-8") as file:
        beans = list(csv.DictReader(file))
    kinds = [bean["kind"] for bean in beans]
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
    with open("data/test.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(beans[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(beans[number] for number in splits[str(params["prepare"]["test_shares"][-1])])


if __name__ == "__main__":
    main()
