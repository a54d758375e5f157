"""Measures rocks that nobody has seen: python3 rocks.py SEED ROWS OUT."""

import csv
import random
import sys

# Of each kind: density (g/cm3), hardness (Mohs), grain (mm), shine (0 to 1); mean and spread.
KINDS = {
    "basalt": ((2.95, 0.09), (6.0, 0.45), (0.9, 0.45), (0.32, 0.10)),
    "granite": ((2.68, 0.08), (6.6, 0.40), (3.1, 0.90), (0.52, 0.12)),
    "slate": ((2.76, 0.08), (4.9, 0.70), (0.5, 0.25), (0.24, 0.09)),
}


def main(seed, rows, out):
    chance = random.Random(int(seed))
    names = sorted(KINDS)
    with open(out, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["density", "hardness", "grain", "shine", "kind"])
        for number in range(int(rows)):
            kind = names[number % len(names)] if chance.random() < 0.5 else chance.choice(names)
            density, hardness, grain, shine = (chance.gauss(*feature) for feature in KINDS[kind])
            table.writerow([f"{density:.3f}", f"{hardness:.2f}", f"{max(0.05, grain):.2f}", f"{min(1, max(0, shine)):.3f}", kind])


if __name__ == "__main__":
    main(*sys.argv[1:])
