#!/usr/bin/env python3
"""Every name of the office that the component uses is one the office knows: the called members,
the types, and each member of each class. Needs the office's type library, but no office.

  test_members.py PROBE
"""
import ctypes
import sys

try:
    import uno
except ImportError:
    sys.exit(77)

uno.getComponentContext()  # from here on this process knows the office's types
probe = ctypes.CDLL(sys.argv[1]).tb_probe_names
probe.restype = ctypes.c_char_p
wrong = probe().decode()
if wrong:
    sys.exit(wrong)
