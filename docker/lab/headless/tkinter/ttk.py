from tkinter import TclError, __getattr__  # noqa: F401
