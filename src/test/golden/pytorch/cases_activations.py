"""Activations, softmax, flattening and dropout. The last shape of each holds extreme numbers."""

import torch
import torch.nn.functional as F

from golden import layer, numbers

# Kinks and their neighbors, numbers that overflow or vanish in exp, cubes or squares.
EXTREMES = [
    -1e4, -1e3, -104.0, -88.75, -20.0, -8.5, -5.75, -4.0, -3.0, -2.99, -1.0, -1e-3, -9e-4, -1e-30, -0.0,
    0.0, 1e-30, 9e-4, 1e-3, 0.6, 0.7, 1.0, 2.99, 3.0, 4.0, 5.5, 5.75, 8.5, 20.0, 88.75, 104.0, 1e3, 1e4,
]  # fmt: skip

ACTIVATIONS = {
    "leaky-relu": [lambda x, slope=slope: F.leaky_relu(x, slope) for slope in (0.01, 0.2, 0.3)],
    "elu": [lambda x, alpha=alpha: F.elu(x, alpha) for alpha in (1.0, 0.5, 1.5)],
    "gelu": [F.gelu] * 3,
    "gelu-tanh": [lambda x: F.gelu(x, approximate="tanh")] * 3,
    "sigmoid": [torch.sigmoid] * 3,
    "tanh": [torch.tanh] * 3,
    "swish": [F.silu] * 3,
    "hard-swish": [F.hardswish] * 3,
}


def make():
    for name, functions in ACTIVATIONS.items():
        inputs = [
            numbers((1, 1, 3, 5), 1),
            numbers((3, 7), 2, 4.0),
            torch.tensor(EXTREMES).reshape(3, 1, 11).float().double(),
        ]
        for i, (function, x) in enumerate(zip(functions, inputs)):
            layer(f"{name}-{i}", function, x, 10 + i)

    rows = numbers((3, 2, 5), 3)
    rows[0, 0] = torch.tensor([1e4, -1e4, 1e4, 0.0, 9999.0])
    rows[0, 1] = torch.tensor([-1e4, -1e4, -1e4, -1e4, -1e4])
    rows[1, 0, 2] = 1e4
    for i, x in enumerate([numbers((1, 1), 4), numbers((3, 7), 5, 4.0), rows]):
        layer(f"softmax-{i}", lambda x: F.softmax(x, dim=-1), x, 20 + i)

    for i, shape in enumerate([(1, 1), (2, 3, 1, 5), (3, 7, 2)]):
        layer(f"flatten-{i}", torch.nn.Flatten(), numbers(shape, 6), 30 + i)

    for i, (shape, p) in enumerate([((1, 37), 0.5), ((3, 5, 7), 0.1), ((2, 3, 5, 3), 0.75)]):
        torch.manual_seed(i)
        layer(f"dropout-{i}", lambda x: F.dropout(x, p), numbers(shape, 7), 40 + i)
