"""Pooling: the maximum, the mean with all its flags, and the mean of whole channels."""

import itertools

import torch.nn.functional as F

from golden import layer, numbers

# N, C, H, W, then height and width of window, stride and pad.
MAX = {
    "plain": [
        (1, 1, 5, 4, (2, 2), (2, 2), (0, 0)),
        (2, 3, 7, 9, (3, 2), (3, 2), (0, 0)),
        (3, 1, 6, 5, (1, 4), (1, 4), (0, 0)),
    ],
    "overlapping": [
        (1, 2, 9, 7, (3, 3), (2, 2), (0, 0)),
        (2, 3, 8, 13, (2, 5), (1, 3), (0, 0)),
        (3, 1, 6, 6, (4, 3), (1, 1), (0, 0)),
    ],
    "padded": [
        (1, 1, 4, 5, (3, 3), (1, 1), (1, 1)),
        (2, 2, 7, 6, (3, 4), (2, 3), (1, 2)),
        (3, 2, 5, 9, (5, 3), (4, 2), (2, 0)),
    ],
    "ceil": [
        (1, 2, 6, 8, (3, 3), (2, 2), (0, 0)),
        (2, 3, 7, 10, (2, 3), (3, 4), (0, 1)),
        (3, 1, 5, 4, (2, 3), (3, 4), (1, 1)),  # a last window would begin in the padding
    ],
}
AVERAGE = [
    (1, 2, 8, 6, (3, 3), (2, 2), (1, 1)),
    (2, 3, 7, 10, (2, 5), (3, 4), (1, 2)),
    (3, 1, 5, 4, (2, 3), (3, 4), (1, 1)),
]
GLOBAL = [(1, 1, 1, 1), (2, 3, 7, 5), (3, 5, 13, 4)]


def pool(name, function, seed, n, c, h, w, size, stride, pad, **flags):
    layer(
        name,
        lambda x: function(x, size, stride, pad, **flags),
        numbers((n, c, h, w), seed),
        10 + seed,
        extra=dict(size=size, stride=stride, pad=pad),
    )


def make():
    for kind, cases in MAX.items():
        for i, case in enumerate(cases):
            pool(f"maxpool-{kind}-{i}", F.max_pool2d, i, *case, ceil_mode=kind == "ceil")
    for i, case in enumerate(AVERAGE):
        for ceil, include in itertools.product((False, True), repeat=2):
            name = "-".join(
                ["avgpool", "ceil" if ceil else "floor", "include" if include else "exclude", str(i)]
            )
            pool(name, F.avg_pool2d, i, *case, ceil_mode=ceil, count_include_pad=include)
    for i, shape in enumerate(GLOBAL):
        layer(
            f"globalavgpool-{i}",
            lambda x: F.adaptive_avg_pool2d(x, 1).flatten(1),
            numbers(shape, i),
            10 + i,
        )
