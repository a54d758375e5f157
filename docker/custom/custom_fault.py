"""Whose doing it is that a test did not pass: the submission's, or the lab's own, for which nobody loses a point.

A test that stops in a submission's file stops in a reader: those and their errors are known. Where the same error may as well come of a slip
in the test (it runs out of memory over small files, its own function calls itself without an end) it counts as the lab's.
"""

import collections
import configparser
import csv
import errno
import http.client
import lzma
import os
import pickle
import py_compile
import re
import shutil
import sqlite3
import struct
import subprocess
import tarfile
import tokenize
import urllib.error
import xml.dom
import xml.etree.ElementTree
import xml.parsers.expat
import xml.sax
import zipfile
import zlib
from pathlib import Path

import pytest
import yaml
from custom_watch import SUITE, TREE, shown

MOST_STATEMENT, MOST_ERROR, MOST_PROGRAM = 200, 400, 200
# Bytes of a file that is large for a test, which has half a GiB of memory and 64 MiB of room for files.
LARGE = 32 << 20
# What a test meets that takes a submission's files for what they are not. Anything else that is raised is a mistake in the test.
MET_IN_FILES = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    StopIteration,
    configparser.Error,
    csv.Error,
    lzma.LZMAError,
    pickle.PickleError,
    py_compile.PyCompileError,
    struct.error,
    subprocess.SubprocessError,
    tarfile.TarError,
    tokenize.TokenError,
    xml.dom.DOMException,
    xml.etree.ElementTree.ParseError,
    xml.parsers.expat.ExpatError,
    xml.sax.SAXException,
    yaml.YAMLError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
)
# What a program of the submission does to a test that talks to it.
MET_IN_PROGRAMS = (ConnectionError, TimeoutError, urllib.error.URLError, http.client.HTTPException)
# Modules that read a file or a text for a test.
READERS = set(
    "_compression ast bz2 codecs configparser csv gzip html json lzma pathlib pickle plistlib shutil sqlite3 tarfile tokenize tomllib"
    " xml yaml zipfile".split()
)
DEEP = re.compile(r"(?:during|while) (?:ast|compil|decod)")


class TimeUp(BaseException):
    """The time of all tests is over; program says which of the submission's has taken it, or is empty."""

    def __init__(self, message, program):
        super().__init__(message)
        self.program = program


def short(text, most):
    """One line of what can be printed, of so many bytes at most."""
    words = " ".join(str(text).split())
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in words)
    return plain.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")


def of_suite(entry):
    return str(entry.path).startswith(f"{SUITE}/")


def place(excinfo):
    """The last line of the lab's own files that led to it, and what stands there; 0 where there is none."""
    entries = [entry for entry in excinfo.traceback if of_suite(entry)]
    return (entries[-1].lineno + 1, short(entries[-1].statement, MOST_STATEMENT)) if entries else (0, "")


def judged(excinfo, watch):
    """Whose doing it is that a test did not pass ("failed" or "broken"), and the words for it."""
    error = excinfo.value
    if isinstance(error, AssertionError):
        # What the author wrote stands before what pytest says of the values; of that the first line says it.
        written, _, explained = f"\n{error}".partition("\nassert ")
        first = f"assert {explained.splitlines()[0]}" if explained else "an assertion does not hold"
        return "failed", written.strip() or first
    if isinstance(error, pytest.fail.Exception):
        return "failed", error.msg or "it failed"
    if isinstance(error, TimeUp):
        return ("failed" if error.program else "broken"), str(error)
    if isinstance(error, pytest.FixtureLookupError):
        return "broken", f"there is no fixture '{error.argname}'"
    known = of_file(error, watch) or of_size(excinfo, watch)
    if known:
        return "failed", known
    said = short(f"{type(error).__name__}: {error}", MOST_ERROR).removesuffix(":")
    if not of_submission(excinfo, watch):
        return "broken", said
    line, statement = place(excinfo)
    last = watch.last()
    return "failed", (
        f"the test stopped at {said}"
        + (f", having opened {short(last, MOST_STATEMENT)} last" if last else "")
        + (f" (its line {line}: {statement})" if line else "")
    )


def sqlite_code(error):
    """Without what a longer code adds to it; 0 where the library had no part in it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def of_file(error, watch):
    """What is wrong with the file that the error names; empty where it names none of the submission's."""
    if isinstance(error, sqlite3.Error) and sqlite_code(error) == sqlite3.SQLITE_CANTOPEN:
        last = watch.last()
        return f"there is no {last}" if last and not Path(TREE, last).exists() else ""
    name = shown(error.filename) if isinstance(error, OSError) and error.errno != errno.ENOSPC else None
    if name is None:
        return ""
    return f"there is no {name}" if isinstance(error, FileNotFoundError) else f"{name} cannot be read: {error.strerror}"


def of_size(excinfo, watch):
    """Which file is too large for the test; empty where none is, and where it is the test that needs so much."""
    error = excinfo.value
    full = isinstance(error, OSError) and (
        error.errno == errno.ENOSPC or (isinstance(error, shutil.Error) and os.strerror(errno.ENOSPC) in str(error))
    )
    if not full and not isinstance(error, MemoryError):
        return ""
    whole = sum(watch.read.values())
    name = max(watch.read, key=watch.read.__getitem__, default="")
    if whole >= LARGE:
        more = f" with the {len(watch.read) - 1} others that were opened" if watch.read[name] < LARGE else ""
        return f"{name} has {watch.read[name] >> 20} MiB{more}, which is more than the test has room for"
    if not full and name and in_reader(excinfo):
        return f"{watch.last()} is too large or too deep once it is read: there is no memory for it"
    return ""


def in_reader(excinfo):
    entries = list(excinfo.traceback)
    return bool(entries) and entries[-1].frame.f_globals.get("__name__", "").partition(".")[0] in READERS


def calls_itself(excinfo):
    """Whether functions of the lab's own make up the depth."""
    codes = collections.Counter(entry.frame.code.raw for entry in excinfo.traceback if of_suite(entry))
    return any(count > 2 for count in codes.values())


def of_submission(excinfo, watch):
    error = excinfo.value
    if isinstance(error, sqlite3.Error):
        # How the library is called, and that nothing can be written, is the lab's business.
        misused = isinstance(error, (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.NotSupportedError))
        return not misused and sqlite_code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
    if isinstance(error, SyntaxError) and not isinstance(error, xml.etree.ElementTree.ParseError):
        return not str(error.filename).startswith(f"{SUITE}/")
    if isinstance(error, RecursionError):
        return (in_reader(excinfo) or bool(DEEP.search(str(error)))) and not calls_itself(excinfo)
    if isinstance(error, RuntimeError):
        # A password, a method of compression that nobody knows.
        return in_reader(excinfo) and "zipfile" in str(excinfo.traceback[-1].path)
    if isinstance(error, MET_IN_PROGRAMS) or (isinstance(error, OSError) and error.errno == errno.EAGAIN):
        # The second where no process can be started any more.
        return bool(watch.program)
    if isinstance(error, OSError):
        # Those of the system carry a number; readers raise them without one.
        return error.errno is None
    return isinstance(error, MET_IN_FILES)


def waited(program, seconds):
    return f"{short(program, MOST_PROGRAM)}, which the tests had started, had not ended after {seconds:.0f} s, when the time of all tests was over"
