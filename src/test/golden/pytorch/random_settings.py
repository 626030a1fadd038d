"""Settings of layers at random, for random_cases.py. A shape is that of one sample."""

import math

import numpy as np
import torch
from random_layers import LAYERS, Parameters, forward, has_plain_pad

EDGES = [7, 8, 9, 11, 13, 15, 16, 17, 19, 23, 31, 32, 33, 47, 63, 64, 65]


def any_of(rng, choices):
    """One of some numbers or texts, as it is in the list."""
    return choices[rng.randint(len(choices))]


def dimension(rng, limit=65):
    """A small number, a prime, or one beside the length of a vector."""
    numbers = [n for n in EDGES if n <= limit]
    if numbers and rng.rand() < 0.5:
        return any_of(rng, numbers)
    return int(rng.randint(1, min(limit, 6) + 1))


def pair(rng, low, high):
    """Two numbers, height and width, which are alike half of the time."""
    a, b = (int(n) for n in rng.randint(low, high + 1, 2))
    return [a, a if rng.rand() < 0.5 else b]


def image(rng, channels=None):
    """The shape of an image, small enough that a case has some kilobytes; one in six is larger."""
    large = rng.rand() < 1 / 6
    while True:
        shape = tuple(any_of(rng, EDGES) if large else dimension(rng) for _ in range(3))
        shape = (channels or shape[0], *shape[1:])
        if math.prod(shape) <= (40_000 if large else 800):
            return shape


def batch(rng, shape):
    """A batch size that suits the size of a sample; one in six may be larger."""
    limit = 60_000 if rng.rand() < 1 / 6 else 3_000
    return dimension(rng, max(1, min(65, limit // math.prod(shape))))


def magnitude(rng, decades=3):
    """A scale, 1 half of the time."""
    return 1.0 if rng.rand() < 0.5 else float(10 ** rng.uniform(-decades, decades))


def draw_pad(rng, limits):
    """A pad of at most limits along the axes: none, alike on both sides, for each side, or same."""
    draw = rng.rand()
    if draw < 0.15:
        return "same"
    if draw < 0.5:
        return [0, 0]
    return [int(rng.randint(0, n + 1)) for n in limits * (2 if draw < 0.7 else 1)]


def draw_conv(rng, shape, groups=None):
    if not groups:
        divisors = [g for g in range(1, shape[0] + 1) if shape[0] % g == 0]
        groups = any_of(rng, divisors) if rng.rand() < 0.4 else 1
    dilation = pair(rng, 1, 3) if rng.rand() < 0.3 else [1, 1]
    size = pair(rng, 1, 5)
    extent = [d * (n - 1) + 1 for d, n in zip(dilation, size)]
    beyond = 2 if rng.rand() < 0.2 else -1  # a whole window in the padding
    return dict(
        kind="conv",
        filters=groups * dimension(rng, max(1, 65 // groups)),
        size=size,
        stride=pair(rng, 1, 3) if rng.rand() < 0.5 else [1, 1],
        pad=draw_pad(rng, [n + beyond for n in extent]),
        dilation=dilation,
        groups=groups,
        bias=rng.rand() < 0.8,
    )


def draw_pool(kind, rng, shape):
    size = pair(rng, 1, 5)
    s = dict(
        kind=kind,
        size=size,
        stride=size if rng.rand() < 0.3 else pair(rng, 1, 4),
        pad=draw_pad(rng, [n - 1 for n in size]),
    )
    s["ceil"] = has_plain_pad(s) and rng.rand() < 0.5
    if s["ceil"]:  # PyTorch takes windows that are larger than the padded image, PureNet does not
        s["ceil"] = all(n <= d + 2 * pad for n, d, pad in zip(size, shape[1:], s["pad"]))
    if kind == "avgPool":
        s["countIncludePad"] = rng.rand() < 0.5
    return s


def epsilon(rng):
    return any_of(rng, [1e-5, 1e-5, 1e-3, 1e-2, 1.0])


def draw_local_response_norm(rng, shape):
    return dict(
        kind="localResponseNorm",
        size=any_of(rng, [1, 3, 5, 7, 9]),
        alpha=float(10 ** rng.uniform(-4, 0)),
        beta=any_of(rng, [0.75, 0.75, 0.5, 1.0, rng.uniform(0.2, 1.5)]),
        k=any_of(rng, [1.0, 2.0, rng.uniform(0.5, 3)]),
    )


def keeping(s, size, stride=1):
    """The same layer with a window, 1 or 3, that keeps the size of an image but for the stride."""
    s = {**s, "size": [size] * 2, "stride": [stride] * 2, "pad": [size // 2] * 2}
    return {**s, "dilation": [1, 1]} if s["kind"] == "conv" else s


def add(specs, s):
    """Adds a layer. A bias before batch normalization goes: its gradient is 0 but for rounding."""
    if s["kind"] == "batchNorm" and specs and "bias" in specs[-1]:
        specs[-1]["bias"] = False
    specs.append(s)


def draw_branch(rng, shape, depth):
    """A chain that keeps height and width, and the shape of its output."""
    specs = []
    for _ in range(rng.randint(0, 4)):
        draw = rng.rand()
        if draw < 0.4 and len(shape) == 3:
            add(specs, keeping(draw_conv(rng, shape, groups=1), any_of(rng, [1, 3])))
        elif draw < 0.4:
            add(specs, DRAWS["affine"](rng, shape))
        elif draw < 0.5 and depth < 2:
            add(specs, draw_composite(any_of(rng, ["residual", "concat"]), rng, shape, depth + 1))
        elif draw < 0.6 and len(shape) == 3:
            pool = draw_pool(any_of(rng, ["maxPool", "avgPool"]), rng, shape)
            add(specs, {**keeping(pool, 3), "ceil": False})
        elif draw < 0.7:
            add(specs, DRAWS[any_of(rng, ["batchNorm", "layerNorm"])](rng, shape))
        else:
            add(specs, DRAWS[any_of(rng, ACTIVATIONS)](rng, shape))
        shape = output(specs[-1:], shape)
    return specs, shape


def draw_composite(kind, rng, shape, depth=0):
    if kind == "concat":
        branches = [draw_branch(rng, shape, depth)[0] for _ in range(rng.randint(1, 5))]
        named = {f"branch{i}": branch for i, branch in enumerate(branches, 1)}
        return dict(kind=kind, branches=len(branches), **named)
    branch, out = draw_branch(rng, shape, depth)
    projection = []
    if len(shape) == 3 and depth == 0 and rng.rand() < 0.4:  # both halve the image
        last = draw_conv(rng, out, groups=1)
        branch.append(keeping(last, 3, stride=2))
        projection.append(keeping(last, 1, stride=2))
    elif out != shape and len(shape) == 3:
        projection.append({**keeping(draw_conv(rng, shape, groups=1), 1), "filters": out[0]})
    elif out != shape:
        projection.append({**DRAWS["affine"](rng, shape), "outputs": out[0]})
    return dict(kind=kind, branch=branch, projection=projection)


ACTIVATIONS = ["relu", "leakyRelu", "elu", "gelu", "geluTanh", "sigmoid", "tanh", "swish"]
ACTIVATIONS += ["hardSwish"]

DRAWS = {
    "conv": draw_conv,
    "affine": lambda rng, shape: dict(
        kind="affine", outputs=dimension(rng), bias=rng.rand() < 0.8
    ),
    "maxPool": lambda rng, shape: draw_pool("maxPool", rng, shape),
    "avgPool": lambda rng, shape: draw_pool("avgPool", rng, shape),
    "leakyRelu": lambda rng, shape: dict(
        kind="leakyRelu", slope=any_of(rng, [0.0, 0.01, 0.2, 1.0, 2.0])
    ),
    "elu": lambda rng, shape: dict(kind="elu", alpha=any_of(rng, [0.0, 0.5, 1.0, 1.5])),
    "batchNorm": lambda rng, shape: dict(
        kind="batchNorm",
        epsilon=epsilon(rng),
        momentum=any_of(rng, [0.1, 0.1, 0.0, 0.01, 0.5, 1.0]),
    ),
    "layerNorm": lambda rng, shape: dict(kind="layerNorm", epsilon=epsilon(rng)),
    "localResponseNorm": draw_local_response_norm,
    "dropout": lambda rng, shape: dict(kind="dropout", probability=0.0),
    "residual": lambda rng, shape: draw_composite("residual", rng, shape),
    "concat": lambda rng, shape: draw_composite("concat", rng, shape),
}
for plain_kind in LAYERS.keys() - DRAWS.keys():
    DRAWS[plain_kind] = lambda rng, shape, kind=plain_kind: dict(kind=kind)

IMAGES_ONLY = {"conv", "maxPool", "avgPool", "globalAvgPool", "localResponseNorm"}


def output(specs, shape):
    """The shape of the output of a chain; a RuntimeError says that a layer does not fit."""
    with torch.no_grad():
        x = torch.zeros(2, *shape)
        y = forward(specs, x, Parameters(rng=np.random.RandomState(0)), training=False)
    return tuple(y.shape[1:])


def draw_fitting(kind, rng, shape):
    """A layer that takes the shape, and the shape of its output; (None, None) after many trials."""
    for _ in range(100):
        s = DRAWS[kind](rng, shape)
        try:
            return s, output([s], shape)
        except RuntimeError:
            continue
    return None, None


def draw_network(rng, shape):
    """A chain of 3 to 8 layers, and the shape of its output."""
    specs = []
    length = rng.randint(3, 9)
    while len(specs) < length:
        kinds = ["affine", "batchNorm", "layerNorm", "dropout", "residual", "concat", *ACTIVATIONS]
        if len(shape) == 3:
            kinds += [*sorted(IMAGES_ONLY), "flatten", *["conv"] * 8]
        kind = any_of(rng, kinds)
        s, out = draw_fitting(kind, rng, shape)
        if not s:
            continue
        add(specs, s)
        shape = out
        if kind == "conv" and rng.rand() < 0.6:  # what one kernel computes with it
            if rng.rand() < 0.7:
                specs.append(dict(kind="relu"))
            size = pair(rng, 1, 3)
            if size[0] <= shape[1] and size[1] <= shape[2] and rng.rand() < 0.7:
                specs.append(dict(kind="maxPool", size=size, stride=size, pad=[0, 0], ceil=False))
                shape = output(specs[-1:], shape)
    return specs, shape
