"""`python -m pip` of stages, for environments have no pip of their own: the same as the command `pip`."""
import runpy
import sys

__version__ = "25.3"


def main(arguments=None):
    program = runpy.run_path("/opt/lab/last/pip", run_name="pip of stages")
    return program["main"](sys.argv[1:] if arguments is None else list(arguments))
