"""Runs at the start of every Python of a stage: where nobody has a screen, plots go to files.

Code that asks Matplotlib for a window (`matplotlib.use("TkAgg")`) works on its author's machine and would fail here for want of a display.
It gets the backend Agg instead, with which `plt.show()` does nothing.
"""
import importlib.abc
import importlib.machinery
import sys

WINDOWS = ("tk", "qt", "gtk", "wx", "macosx", "nbagg", "webagg")


def headless(use):
    def use_without_window(backend, *arguments, **options):
        wants_window = isinstance(backend, str) and backend.lower().startswith(WINDOWS)
        return use("agg" if wants_window else backend, *arguments, **options)

    return use_without_window


class Matplotlib(importlib.abc.MetaPathFinder):
    """Lets Matplotlib be found as ever, and changes one function of it when it has been imported."""

    def find_spec(self, name, path=None, target=None):
        if name != "matplotlib":
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def execute_then_change(module):
            execute(module)
            module.use = headless(module.use)

        spec.loader.exec_module = execute_then_change
        return spec


sys.meta_path.insert(0, Matplotlib())
