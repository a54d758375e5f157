"""How many pears the limit sorts wrongly, as a share of all."""

import csv
import json

import yaml

with open("params.yaml") as file:
    limit = yaml.safe_load(file)["limit"]
with open("data/pears.csv") as file:
    pears = list(csv.DictReader(file))
wrong = sum((float(pear["weight"]) > limit) != (pear["kind"] == "dessert") for pear in pears)
with open("metrics.json", "w") as file:
    json.dump({"error": round(wrong / len(pears), 4), "pears": len(pears)}, file)
