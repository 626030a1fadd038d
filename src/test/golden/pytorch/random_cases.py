"""Random configurations of every layer, loss and optimizer, and what PyTorch computes for them.

    apt-get install python3-torch
    /usr/bin/python3 src/test/golden/pytorch/random_cases.py --count 900 --seed 1 DIRECTORY

writes three files: the settings of a case on each line of cases.jsonl, its arrays in inputs.npz,
and what is expected in expected.npz, named NUMBER/ARRAY. A case depends on the seed and its number
only. Without a DIRECTORY, the first 100 cases of seed 1 go to random/ beside this file.

A case is a chain of layers, alone or with a loss at its end, a loss, or an optimizer. Arrays of a
chain: x1, dy1 (or targets t1), y1, dx1 (or loss1) of the first step, x2 and so on of the next;
parameters and buffers by name, as W in conv1.W; afterwards, the gradients, as dconv1.W, the
buffers, and the output for x1 in inference. Of a loss: y, t, loss, dy. Of an optimizer: values p1,
p2 ..., gradients dp1 ... of each step, and the values after each step.

All arithmetic is in double precision; files hold float32. A case is drawn anew where PyTorch
refuses a batch of one, and where it differs itself by more than 1e-5 of the largest number in
single precision, since nearly all digits cancel, as in the gradient of a bias before a batch
normalization, or a kink is too near. The script prints how many of each kind. The first hundred
are smaller than the others, since they are stored with the code.
"""

import argparse
import collections
import json
import pathlib

import numpy as np
import torch

import random_chains
import random_losses
import random_optimizers
from random_settings import ACTIVATIONS

HERE = pathlib.Path(__file__).resolve().parent
SINGLE = 1e-5

# How many of a hundred cases are of each kind.
KINDS = {
    random_chains: dict(
        [("conv", 14), ("affine", 6), ("maxPool", 6), ("avgPool", 6), ("globalAvgPool", 2)]
        + [("batchNorm", 6), ("layerNorm", 4), ("localResponseNorm", 4), ("softmax", 2)]
        + [(kind, 1) for kind in [*ACTIVATIONS, "flatten", "dropout"]]
        + [("residual", 3), ("concat", 3), ("network", 8), ("trained", 6)]
    ),
    random_losses: dict(softmaxWithLoss=5, sigmoidWithLoss=2, meanSquaredError=2),
    random_optimizers: dict(sgd=1, momentum=1, nesterov=1, adaGrad=1, rmsProp=2, adam=2, adamW=2),
}
DECK = [(m, kind) for m, kinds in KINDS.items() for kind, n in kinds.items() for _ in range(n)]
assert len(DECK) == 100


def differ(a, b):
    """Returns whether an array differs from what is expected by more than SINGLE of the largest."""
    largest = max(1e-6, float(b.abs().max()) if b.numel() else 0)
    return not bool((a.double() - b).abs().le(SINGLE * largest).all())


def make(seed, number, anew):
    """Returns the settings, inputs and expected arrays of a case; counts those that do not do."""
    module, kind = DECK[number % len(DECK)]
    limit = 1_500 if number < len(DECK) else 300_000
    for draw in range(1000):
        settings, inputs = module.draw(kind, np.random.RandomState([seed, number, draw]))
        if sum(a.numel() for a in inputs.values()) > limit:
            continue
        try:
            expected = module.compute(settings, inputs)
            single = module.compute(settings, {name: a.float() for name, a in inputs.items()})
        except ValueError:  # one number a channel to normalize
            anew[kind + ", refused"] += 1
            continue
        if not any(differ(single[name], expected[name]) for name in expected):
            return dict(case=number, kind=kind, **settings), inputs, expected
        anew[kind] += 1
    raise RuntimeError(f"case {number}: no {kind} that does")


def plain(value):
    """Makes NumPy's numbers and truth values JSON's."""
    return value.item()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("directory", type=pathlib.Path, nargs="?", default=HERE / "random")
    arguments = parser.parse_args()
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    directory = arguments.directory
    directory.mkdir(parents=True, exist_ok=True)
    cases, inputs, expected = [], {}, {}
    anew = collections.Counter()
    for number in range(arguments.count):
        settings, given, computed = make(arguments.seed, number, anew)
        cases.append(json.dumps(settings, default=plain))
        for arrays, values in ((inputs, given), (expected, computed)):
            for name, value in values.items():
                arrays[f"{number}/{name}"] = value.detach().numpy().astype(np.float32)
    (directory / "cases.jsonl").write_text("\n".join(cases) + "\n")
    np.savez_compressed(directory / "inputs.npz", **inputs)
    np.savez_compressed(directory / "expected.npz", **expected)
    print(f"{len(cases)} cases; drawn anew: {dict(anew)}")


main()
