"""Cuts the MNIST sample that ships in the jar: python3 src/test/golden/mnist_sample.py FOLDER

FOLDER holds the four files of MNIST, gzipped. The output is the same on every run.
"""

import gzip
import math
import pathlib
import struct
import sys

TARGET = pathlib.Path(__file__).parents[2] / "main/resources/io/github/purenet/data"

COUNTS = {
    "train-images-idx3-ubyte.gz": 5000,
    "train-labels-idx1-ubyte.gz": 5000,
    "t10k-images-idx3-ubyte.gz": 1000,
    "t10k-labels-idx1-ubyte.gz": 1000,
}


def head(idx, count):
    """The first count elements of the first axis of an IDX file of bytes."""
    zero, kind, rank = struct.unpack_from(">HBB", idx)
    shape = struct.unpack_from(f">{rank}I", idx, 4)
    if zero != 0 or kind != 0x08 or shape[0] < count:
        raise SystemExit(f"not what MNIST holds: type {kind}, shape {shape}")
    start = 4 + 4 * rank
    return (
        idx[:4]
        + struct.pack(f">{rank}I", count, *shape[1:])
        + idx[start : start + count * math.prod(shape[1:])]
    )


def main(folder):
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, count in COUNTS.items():
        with gzip.open(pathlib.Path(folder) / name) as file:
            sample = head(file.read(), count)
        with open(TARGET / name, "wb") as file:
            # No name and no time, so that the bytes depend on the data alone.
            with gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
                packed.write(sample)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
