#!/usr/bin/env python3
"""Every name of the office that the component uses is one the office knows: the called members,
the types, and each member of each class. Needs the office's type library and our own, but no
office.

  test_members.py PROBE TYPES PROGRAM
"""
import ctypes
import os
import pathlib
import sys

probe, types, program = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
os.environ["URE_MORE_TYPES"] = f"<{program.as_uri()}/types>* {types.as_uri()}"
try:
    import uno  # from here on this process knows both
except ImportError:
    sys.exit(77)

uno.getComponentContext()
ask = ctypes.CDLL(str(probe)).tb_probe_names
ask.restype = ctypes.c_char_p
wrong = ask().decode()
if wrong:
    sys.exit(wrong)
