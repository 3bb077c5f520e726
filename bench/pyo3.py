"""
Times the functions of a Python module made with PyO3, as a program of bench/pyo3.mjs: it reads lines with the name of a work and
how often to do it, and answers each with the nanoseconds that took.

    python3 bench/pyo3.py <the module's file>
"""

import importlib.machinery
import importlib.util
import sys
import time

loader = importlib.machinery.ExtensionFileLoader("bench_pyo3", sys.argv[1])
module = importlib.util.module_from_spec(importlib.util.spec_from_loader("bench_pyo3", loader))
loader.exec_module(module)

text = "a string of forty-one ASCII characters..."
texts = [f"text number {k}" for k in range(1000)]
floats = [k + 0.5 for k in range(1000)]
points = [{"x": k + 0.5, "y": -0.5, "label": f"label {k}"} for k in range(1000)]
lists = [[10 * i + k for k in range(10)] for i in range(1000)]

WORKS = {
    "add": (module.add_floats, (1.5, 2.5)),
    "string": (module.shout, (text,)),
    "floats": (module.increase, (floats,)),
    "strings out": (module.names, (1000,)),
    "strings": (module.shout_all, (texts,)),
    "records in": (module.measure, (points,)),
    "records": (module.moved, (points,)),
    "lists in": (module.total_of_lists, (lists,)),
}


def run(call, arguments, times):
    start = time.perf_counter_ns()
    for _ in range(times):
        call(*arguments)
    return time.perf_counter_ns() - start


for line in sys.stdin:
    name, times = line.rsplit(" ", 1)
    call, arguments = WORKS[name]
    print(run(call, arguments, int(times)), flush=True)
