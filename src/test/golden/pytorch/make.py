"""Golden numbers from PyTorch, on the CPU and in double precision.

Each module cases_*.py beside this file has a function make(); it saves cases as NAME.npz here.

    apt-get install python3-torch
    /usr/bin/python3 src/test/golden/pytorch/make.py [module ...]

Made with Debian's python3-torch 1.13.1 and NumPy 1.24.2.
"""

import importlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
names = sys.argv[1:] or sorted(p.stem for p in pathlib.Path(__file__).parent.glob("cases_*.py"))
for name in names:
    importlib.import_module(name).make()
    print(name)
