"""Cases of what NumPy computes and prints, as NDArrayGoldenTest reads them.

A case is a line "case <operation> <integers>", then "in" and "out" lines with an array each, as
"<dimensions> : <numbers>", or for print a "text" line with the line breaks written as \\n. Whatever
rounds on its way (sums, exp, ...) is to be computed in float64 and rounded to float32 once.
"""

import numpy as np

F = np.float32
lines = []


def java(number):
    special = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
    return special.get(str(number), str(number))


def array(a):
    a = np.asarray(a)
    assert a.dtype == F, a.dtype
    return ",".join(map(str, a.shape)) + " : " + " ".join(java(x) for x in a.ravel())


def case(operation, arguments, inputs, result):
    lines.append(" ".join(["case", operation, *map(str, arguments)]))
    lines.extend("in " + array(a) for a in inputs)
    if isinstance(result, str):
        lines.append("text " + result.replace("\n", "\\n"))
    else:
        lines.append("out " + array(result))


def wide(a):
    return a.astype(np.float64)


def write(script):
    """Writes the cases beside the script, with the ending txt."""
    name = script.removesuffix(".py")
    with open(name + ".txt", "w", encoding="ascii") as file:
        file.write("# NumPy " + np.__version__ + ", written by " + name.split("/")[-1] + ".py\n")
        file.write("\n".join(lines) + "\n")
