"""Simulates rain, use and inflow, day by day."""

import csv
import random
from pathlib import Path

import yaml


def main():
    params = yaml.safe_load(Path("params.yaml").read_text(encoding="utf-8"))
    chance = random.Random(params["seed"])
    Path("data").mkdir(exist_ok=True)
    with open("data/days.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["rain", "use", "inflow"])
        for _ in range(params["simulate"]["days"]):
            rain = chance.choice([0, 0, 0, 2, 5, 11])
            use = chance.randint(1, 4)
            writer.writerow([rain, use, f"{0.83 * rain + chance.gauss(0, 0.3):.2f}"])


if __name__ == "__main__":
    main()
