"""Reads params.yaml and sets up logging, the same way for every stage."""

import logging
import sys

import yaml

DEFAULTS = {"seed": 42, "prepare": {"test_share": 0.25}, "train": {"epochs": 150, "rate": 0.5}}


def load(stage):
    """The seed and the parameters of one stage; those that always worked where there is no params.yaml."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        with open("params.yaml", encoding="utf-8") as file:
            params = yaml.safe_load(file)
        return params["seed"], params[stage]
    except FileNotFoundError:
        return DEFAULTS["seed"], DEFAULTS[stage]
    except KeyError as missing:
        sys.exit(f"params.yaml has no {missing}")
