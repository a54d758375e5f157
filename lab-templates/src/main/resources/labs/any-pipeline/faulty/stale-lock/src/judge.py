"""Counts the days of the year on which the cistern would be dry."""

import csv
import json
from pathlib import Path

import yaml


def main():
    capacity = yaml.safe_load(Path("params.yaml").read_text(encoding="utf-8"))["judge"]["capacity"]
    share = json.loads(Path("models/cistern.json").read_text(encoding="utf-8"))["share"]
    level, dry = capacity / 2, 0
    with open("data/days.csv", newline="", encoding="utf-8") as file:
        for day in csv.DictReader(file):
            level = min(capacity, level + share * float(day["rain"]) - float(day["use"]))
            dry += level <= 0
            level = max(0, level)
    Path("metrics").mkdir(exist_ok=True)
    Path("metrics/dry.json").write_text(json.dumps({"dry_days": dry, "share": share}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
