"""Reads params.yaml and sets up logging, the same way for every stage."""

import logging
import sys

import yaml


def load(stage):
    """The seed and the parameters of one stage."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        with open("params.yaml", encoding="utf-8") as file:
            params = yaml.safe_load(file)
        return params["seed"], params[stage]
    except FileNotFoundError:
        sys.exit("params.yaml is not there: run this from the root of the repository")
    except KeyError as missing:
        sys.exit(f"params.yaml has no {missing}")
