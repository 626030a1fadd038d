"""Writes the npy and npz files of NpyTest and NpzTest: python3 src/test/golden/npy.py

NumPy 2; the output is the same on every run. What the files hold is repeated in the tests.
"""

import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parent / "npy"

NUMBERS = {
    "f2": [[1.5, -0.0, np.nan], [np.inf, -(2.0**-24), 65504]],
    "f4": [[1.5, -0.0, np.nan], [np.inf, -1e-45, 3.4028235e38]],
    "f8": [[0.1, -0.0, np.nan], [-np.inf, 1e-46, 3.4028235e38]],
    "i1": [[-128, -1, 0], [1, 2, 127]],
    "u1": [[0, 1, 2], [127, 128, 255]],
    "i2": [[-32768, -1, 0], [1, 258, 32767]],
    "u2": [[0, 1, 258], [32767, 32768, 65535]],
    "i4": [[-(2**31), -1, 0], [1, 2**24, 2**31 - 128]],
    "u4": [[0, 1, 2**24], [2**31, 2**31 + 256, 2**32 - 256]],
    "i8": [[-(2**63), -1, 0], [1, 2**24, 2**63 - 2**39]],
    "u8": [[0, 1, 2**24], [2**63, 2**63 + 2**40, 2**64 - 2**40]],
    "b1": [[False, True, False], [True, True, False]],
}

UNREADABLE = {
    "object": np.array([1, "two", None], dtype=object),
    "structured": np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f4")]),
    "strings": np.array(["abc", "de"]),
    "byte_strings": np.array([b"abc", b"de"]),
    "raw_bytes": np.zeros(2, dtype="V3"),
    "complex": np.arange(3, dtype="<c8"),
    "dates": np.array(["2026-01-01"], dtype="<M8[D]"),
    "int32_inexact": np.array([[0, 1], [2, 2**24 + 1]], dtype="<i4"),
    "int64_inexact": np.array([-(2**53) - 1], dtype=">i8"),
    "uint64_inexact": np.array([0, 2**64 - 1], dtype="<u8"),
    "float64_overflow": np.array([1.0, -1e300], dtype="<f8"),
}


def write(name, array, version=(1, 0)):
    with open(FOLDER / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, array, version)


def main():
    FOLDER.mkdir(exist_ok=True)
    for dtype, values in NUMBERS.items():
        for order, name in ("<", "little"), (">", "big"):
            if np.dtype(dtype).itemsize > 1:
                write(f"{dtype}_{name}", np.array(values, dtype=order + dtype))
        if np.dtype(dtype).itemsize == 1:
            write(dtype, np.array(values, dtype=dtype))
    for name, array in UNREADABLE.items():
        write(name, array)

    matrix = np.arange(6, dtype="<f4").reshape(2, 3)
    for version in (1, 0), (2, 0), (3, 0):
        write(f"version_{version[0]}", matrix, version)
    write("rank_0", np.array(2.5, dtype="<f4"))
    write("rank_1", np.array([2.5, 3.5], dtype="<f4"))
    write("rank_5", np.arange(8, dtype="<i2").reshape(2, 1, 2, 1, 2))
    write("empty", np.zeros((0, 3), dtype="<f8"))
    write("float16", np.arange(3, dtype="<f2"))
    write("fortran_vector", np.asfortranarray(np.arange(3, dtype="<f4")))
    write("fortran_matrix", np.asfortranarray(np.arange(6, dtype="<f4").reshape(2, 3)))
    write("fortran_rank_4", np.asfortranarray(np.arange(24, dtype=">i2").reshape(2, 3, 1, 4)))
    write("fortran_empty", np.asfortranarray(np.zeros((2, 0, 3), dtype="<f8")))

    arrays = {
        "W1": matrix,
        "b1": np.array([7, 8], dtype=">i4"),
        "a/b": np.array(True),
        "A": np.zeros(0),
    }
    np.savez(FOLDER / "stored.npz", **arrays)
    np.savez_compressed(FOLDER / "deflated.npz", **arrays)
    np.savez(FOLDER / "object.npz", good=matrix, bad=UNREADABLE["object"])


if __name__ == "__main__":
    main()
