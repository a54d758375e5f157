"""Stands in for Tk, which images without a screen do not have: importing it is no error, opening a window is."""

TkVersion = TclVersion = 8.6
END, LEFT, RIGHT, TOP, BOTTOM, BOTH, X, Y = "end", "left", "right", "top", "bottom", "both", "x", "y"


class TclError(Exception):
    pass


class _Widget:
    def __init__(self, *arguments, **options):
        raise TclError("no display name and no $DISPLAY environment variable: there is no screen where stages run")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Widget
