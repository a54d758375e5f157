"""Asks about beds that nobody has seen: python3 beds.py SEED ROWS OUT."""

import csv
import random
import sys


def bed(chance):
    moisture = chance.triangular(5, 60, 28)
    warmth = chance.uniform(6, 36)
    rain = min(30, chance.expovariate(0.3))
    wind = chance.betavariate(2, 4) * 45
    need = 0.9 * (32 - moisture) + 1.1 * (warmth - 20) - 1.8 * rain + 0.3 * wind + chance.gauss(0, 1.8)
    water = "wait" if need < -4 else "little" if need < 10 else "much"
    return [f"{moisture:.2f}", f"{warmth:.2f}", f"{rain:.2f}", f"{wind:.2f}", water]


def main(seed, rows, out):
    chance = random.Random(int(seed))
    with open(out, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["moisture", "warmth", "rain", "wind", "water"])
        for _ in range(int(rows)):
            table.writerow(bed(chance))


if __name__ == "__main__":
    main(*sys.argv[1:])
