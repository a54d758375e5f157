"""Fits the share of rain that reaches the cistern."""

import csv
import json
from pathlib import Path

import yaml


def main():
    params = yaml.safe_load(Path("params.yaml").read_text(encoding="utf-8"))["fit"]
    with open("data/days.csv", newline="", encoding="utf-8") as file:
        days = [(float(day["rain"]), float(day["inflow"])) for day in csv.DictReader(file)]
    share = 0.0
    for _ in range(params["steps"]):
        slope = sum(2 * rain * (share * rain - inflow) for rain, inflow in days) / len(days)
        share -= params["rate"] * slope
    error = sum((share * rain - inflow) ** 2 for rain, inflow in days) / len(days)
    print(f"share {share:.4f}, mean squared error {error:.4f}")
    Path("models").mkdir(exist_ok=True)
    Path("models/cistern.json").write_text(json.dumps({"share": round(share, 4)}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
