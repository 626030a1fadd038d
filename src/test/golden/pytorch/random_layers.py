"""Layers for random_cases.py: what PyTorch computes for settings, and settings at random.

The settings of a layer are those that its spec in Java has, with the kind beside them.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F
from random_losses import draw_loss, draw_targets, loss


class Parameters(dict):
    """Parameters and buffers by name. With a generator, a layer that asks for one gets it drawn."""

    def __init__(self, values=(), rng=None, scale=1.0):
        super().__init__(values)
        self.rng = rng
        self.scale = scale

    def array(self, name, shape, spread=1.0, center=0.0):
        if name not in self and self.rng:
            self[name] = normal(self.rng, shape, spread * self.scale, center)
        return self[name]

    def positive(self, name, shape):
        if name not in self and self.rng:
            self[name] = normal(self.rng, shape).abs() + 0.125
        return self[name]


def normal(rng, shape, spread=1.0, center=0.0):
    """Normal numbers that are exact in single precision."""
    values = rng.standard_normal(shape) * spread + center
    return torch.from_numpy(np.asarray(values, np.float32).astype(np.float64))


# What each kind computes: functions of the settings, the name, x, the parameters, and whether training.


def conv(s, name, x, p, training):
    channels = x.shape[1] // s["groups"]
    spread = 1 / math.sqrt(channels * math.prod(s["size"]))
    weight = p.array(name + ".W", (s["filters"], channels, *s["size"]), spread)
    bias = p.array(name + ".b", (s["filters"],), 0.5)
    return F.conv2d(x, weight, bias, s["stride"], s["pad"], s["dilation"], s["groups"])


def affine(s, name, x, p, training):
    x = x.flatten(1)
    weight = p.array(name + ".W", (x.shape[1], s["outputs"]), 1 / math.sqrt(x.shape[1]))
    return x @ weight + p.array(name + ".b", (s["outputs"],), 0.5)


def padded(s, x, value=0.0):
    """x with its pads: F's poolings take none above half of the window."""
    (h, w) = s["pad"]
    return F.pad(x, (w, w, h, h), value=value)


def has_large_pad(s):
    return any(2 * pad > size for pad, size in zip(s["pad"], s["size"]))


def max_pool(s, name, x, p, training):
    if has_large_pad(s):
        return F.max_pool2d(padded(s, x, -math.inf), s["size"], s["stride"])
    return F.max_pool2d(x, s["size"], s["stride"], s["pad"], ceil_mode=s["ceil"])


def avg_pool(s, name, x, p, training):
    if not has_large_pad(s):
        flags = dict(ceil_mode=s["ceil"], count_include_pad=s["countIncludePad"])
        return F.avg_pool2d(x, s["size"], s["stride"], s["pad"], **flags)
    mean = F.avg_pool2d(padded(s, x), s["size"], s["stride"])
    if s["countIncludePad"]:
        return mean
    return mean / F.avg_pool2d(padded(s, torch.ones_like(x)), s["size"], s["stride"])


def batch_norm(s, name, x, p, training):
    channels = (x.shape[1],)
    gamma = p.array(name + ".gamma", channels)
    beta = p.array(name + ".beta", channels)
    mean = p.array(name + ".mean", channels)
    variance = p.positive(name + ".variance", channels)
    training = training and (gamma.requires_grad or beta.requires_grad)
    return F.batch_norm(x, mean, variance, gamma, beta, training, s["momentum"], s["epsilon"])


def layer_norm(s, name, x, p, training):
    sample = tuple(x.shape[1:])
    gamma = p.array(name + ".gamma", sample)
    return F.layer_norm(x, sample, gamma, p.array(name + ".beta", sample), s["epsilon"])


def local_response_norm(s, name, x, p, training):
    alpha = s["alpha"] * s["size"]  # PyTorch divides by the size
    return F.local_response_norm(x, s["size"], alpha, s["beta"], s["k"])


def dropout(s, name, x, p, training):
    return F.dropout(x, s["probability"], training)


def residual(s, name, x, p, training):
    inner = forward(s["branch"], x, p, training, name + ".")
    return inner + forward(s["projection"], x, p, training, name + ".projection.")


def concat(s, name, x, p, training):
    numbers = range(1, s["branches"] + 1)
    parts = [forward(s[f"branch{i}"], x, p, training, f"{name}.branch{i}.") for i in numbers]
    return torch.cat(parts, 1)


def plain(function):
    return lambda s, name, x, p, training: function(x)


LAYERS = {
    "conv": conv,
    "affine": affine,
    "maxPool": max_pool,
    "avgPool": avg_pool,
    "globalAvgPool": plain(lambda x: F.adaptive_avg_pool2d(x, 1).flatten(1)),
    "flatten": plain(lambda x: x.flatten(1)),
    "relu": plain(F.relu),
    "leakyRelu": lambda s, name, x, p, training: F.leaky_relu(x, s["slope"]),
    "elu": lambda s, name, x, p, training: F.elu(x, s["alpha"]),
    "gelu": plain(F.gelu),
    "geluTanh": plain(lambda x: F.gelu(x, approximate="tanh")),
    "sigmoid": plain(torch.sigmoid),
    "tanh": plain(torch.tanh),
    "swish": plain(F.silu),
    "hardSwish": plain(F.hardswish),
    "softmax": plain(lambda x: F.softmax(x, -1)),
    "batchNorm": batch_norm,
    "layerNorm": layer_norm,
    "localResponseNorm": local_response_norm,
    "dropout": dropout,
    "residual": residual,
    "concat": concat,
}


def forward(specs, x, p, training=True, prefix=""):
    """Computes a chain of layers, which are named as a network in Java names them."""
    counts = {}
    for s in specs:
        kind = s["kind"]
        counts[kind] = counts.get(kind, 0) + 1
        x = LAYERS[kind](s, f"{prefix}{kind}{counts[kind]}", x, p, training)
    return x


def compute(case, arrays):
    """Computes what is expected of a chain of layers: see random_cases.py for the names."""
    p = Parameters({name: a.clone() for name, a in arrays.items() if "." in name})
    buffers = [name for name in p if name.endswith((".mean", ".variance"))]
    learned = [name for name in p if name not in buffers and name not in case["frozen"]]
    for name in learned:
        p[name].requires_grad_()
    expected = {}
    for step in range(1, case["steps"] + 1):
        x = arrays[f"x{step}"].clone().requires_grad_()
        y = forward(case["layers"], x, p)
        if "loss" in case:
            for name in learned:
                p[name].grad = None
            value = loss(case["loss"], y, arrays[f"t{step}"])
            value.backward()
            expected[f"loss{step}"] = value
        else:
            y.backward(arrays[f"dy{step}"])
            expected[f"y{step}"] = y
            expected[f"dx{step}"] = x.grad
    for name in learned if case["steps"] else []:
        expected["d" + name] = p[name].grad
    with torch.no_grad():
        expected.update({name: p[name] for name in buffers})
        expected["inference"] = forward(case["layers"], arrays["x1"], p, training=False)
    return expected


# Settings at random. A shape is that of one sample.

EDGES = [7, 8, 9, 11, 13, 15, 16, 17, 19, 23, 31, 32, 33, 47, 63, 64, 65]


def dimension(rng, limit=65):
    """A small number, a prime, or one beside the length of a vector."""
    numbers = [n for n in EDGES if n <= limit]
    if numbers and rng.rand() < 0.5:
        return int(rng.choice(numbers))
    return int(rng.randint(1, min(limit, 6) + 1))


def pair(rng, low, high):
    """Two numbers, height and width, which are alike half of the time."""
    a, b = (int(n) for n in rng.randint(low, high + 1, 2))
    return [a, a if rng.rand() < 0.5 else b]


def image(rng, channels=None):
    """The shape of an image, small enough that a case has some kilobytes; one in six is larger."""
    large = rng.rand() < 1 / 6
    while True:
        shape = tuple(int(rng.choice(EDGES)) if large else dimension(rng) for _ in range(3))
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


def draw_conv(rng, shape, groups=None):
    c = shape[0]
    groups = groups or (int(rng.choice([g for g in range(1, c + 1) if c % g == 0])) if rng.rand() < 0.4 else 1)
    dilation = pair(rng, 1, 3) if rng.rand() < 0.3 else [1, 1]
    size = pair(rng, 1, 5)
    extent = [d * (n - 1) + 1 for d, n in zip(dilation, size)]
    pad = [int(rng.randint(0, e)) if rng.rand() < 0.6 else 0 for e in extent]
    return dict(
        kind="conv",
        filters=groups * dimension(rng, max(1, 65 // groups)),
        size=size,
        stride=pair(rng, 1, 3) if rng.rand() < 0.5 else [1, 1],
        pad=pad,
        dilation=dilation,
        groups=groups,
    )


def draw_pool(kind, rng, shape):
    size = pair(rng, 1, 5)
    s = dict(
        kind=kind,
        size=size,
        stride=size if rng.rand() < 0.3 else pair(rng, 1, 4),
        pad=[int(rng.randint(0, n)) if rng.rand() < 0.5 else 0 for n in size],
    )
    fits = all(n <= d + 2 * pad for n, d, pad in zip(size, shape[1:], s["pad"]))  # PureNet wants that
    s["ceil"] = fits and not has_large_pad(s) and rng.rand() < 0.5
    if kind == "avgPool":
        s["countIncludePad"] = rng.rand() < 0.5
    return s


def epsilon(rng):
    return float(rng.choice([1e-5, 1e-5, 1e-3, 1e-2, 1.0]))


def draw_local_response_norm(rng, shape):
    return dict(
        kind="localResponseNorm",
        size=int(rng.choice([1, 3, 5, 7, 9])),
        alpha=float(10 ** rng.uniform(-4, 0)),
        beta=float(rng.choice([0.75, 0.75, 0.5, 1.0, rng.uniform(0.2, 1.5)])),
        k=float(rng.choice([1.0, 2.0, rng.uniform(0.5, 3)])),
    )


def draw_branch(rng, shape, depth):
    """A chain that keeps height and width, and the last channels of the branch."""
    specs = []
    for _ in range(rng.randint(0, 4)):
        draw = rng.rand()
        if draw < 0.4 and len(shape) == 3:
            h, w = (int(n) for n in rng.choice([1, 3], 2))
            size, pad = [h, w], [h // 2, w // 2]
            s = draw_conv(rng, shape, groups=1)
            specs.append({**s, "size": size, "pad": pad, "stride": [1, 1], "dilation": [1, 1]})
        elif draw < 0.4:
            specs.append(DRAWS["affine"](rng, shape))
        elif draw < 0.5 and depth < 2:
            specs.append(draw_composite(str(rng.choice(["residual", "concat"])), rng, shape, depth + 1))
        elif draw < 0.6 and len(shape) == 3:
            pool = draw_pool(str(rng.choice(["maxPool", "avgPool"])), rng, shape)
            specs.append({**pool, "size": [3, 3], "stride": [1, 1], "pad": [1, 1], "ceil": False})
        elif draw < 0.7:
            specs.append(DRAWS[str(rng.choice(["batchNorm", "layerNorm"]))](rng, shape))
        else:
            specs.append(draw_activation(rng, shape))
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
        halving = dict(draw_conv(rng, out, groups=1), dilation=[1, 1], stride=[2, 2])
        branch.append({**halving, "size": [3, 3], "pad": [1, 1]})
        projection.append({**halving, "size": [1, 1], "pad": [0, 0]})
    elif out != shape and len(shape) == 3:
        s = dict(draw_conv(rng, shape, groups=1), filters=out[0], dilation=[1, 1], stride=[1, 1])
        projection.append({**s, "size": [1, 1], "pad": [0, 0]})
    elif out != shape:
        projection.append(dict(kind="affine", outputs=out[0]))
    return dict(kind=kind, branch=branch, projection=projection)


def draw_activation(rng, shape):
    return DRAWS[str(rng.choice(ACTIVATIONS))](rng, shape)


ACTIVATIONS = ["relu", "leakyRelu", "elu", "gelu", "geluTanh", "sigmoid", "tanh", "swish", "hardSwish"]

DRAWS = {
    "conv": draw_conv,
    "affine": lambda rng, shape: dict(kind="affine", outputs=dimension(rng)),
    "maxPool": lambda rng, shape: draw_pool("maxPool", rng, shape),
    "avgPool": lambda rng, shape: draw_pool("avgPool", rng, shape),
    "leakyRelu": lambda rng, shape: dict(kind="leakyRelu", slope=float(rng.choice([0, 0.01, 0.2, 1, 2]))),
    "elu": lambda rng, shape: dict(kind="elu", alpha=float(rng.choice([0, 0.5, 1, 1.5]))),
    "batchNorm": lambda rng, shape: dict(
        kind="batchNorm",
        epsilon=epsilon(rng),
        momentum=float(rng.choice([0.1, 0.1, 0, 0.01, 0.5, 1])),
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
    """A layer of a kind that takes the shape, and the shape of its output; None after many trials."""
    for _ in range(100):
        s = DRAWS[kind](rng, shape)
        try:
            return s, output([s], shape)
        except RuntimeError:
            continue
    return None


def draw_network(rng, shape):
    """A chain of 3 to 8 layers, and the shape of its output."""
    specs = []
    length = rng.randint(3, 9)
    while len(specs) < length:
        kinds = ["affine", "batchNorm", "layerNorm", "dropout", "residual", "concat", *ACTIVATIONS]
        if len(shape) == 3:
            kinds += [*sorted(IMAGES_ONLY), "flatten", *["conv"] * 8]
        kind = str(rng.choice(kinds))
        fitting = draw_fitting(kind, rng, shape)
        if not fitting:
            continue
        specs.append(fitting[0])
        shape = fitting[1]
        if kind == "conv" and rng.rand() < 0.6:  # what one kernel computes with it
            if rng.rand() < 0.7:
                specs.append(dict(kind="relu"))
            size = pair(rng, 1, 3)
            if size[0] <= shape[1] and size[1] <= shape[2] and rng.rand() < 0.7:
                specs.append(dict(kind="maxPool", size=size, stride=size, pad=[0, 0], ceil=False))
                shape = output(specs[-1:], shape)
    return specs, shape


def names_of(arrays):
    return sorted({name.rpartition(".")[0] for name in arrays if "." in name})


def draw(kind, rng):
    """Settings of a chain, and its input arrays. A kind is that of a layer, network or trained."""
    case = dict(frozen=[], steps=1)
    arrays = {}
    integers = kind in ("maxPool", "relu", "conv") and rng.rand() < 0.2  # ties, and exact sums
    spread = magnitude(rng, 1 if kind in ("network", "trained", "residual", "concat") else 3)
    if kind in ("network", "trained"):
        shape = image(rng, channels=dimension(rng, 8))
        case["layers"], out = draw_network(rng, shape)
        if kind == "trained":
            case["loss"], last = draw_loss(rng, out)
            case["layers"] += last
            out = output(case["layers"], shape)
    else:
        fitting = None
        while not fitting:
            shape = image(rng)
            if kind not in IMAGES_ONLY and rng.rand() < 0.5:
                rank = 1 if kind in ("batchNorm", "residual", "concat") else rng.randint(1, 4)
                shape = tuple(dimension(rng, 65 if rank < 3 else 8) for _ in range(rank))
                if rank == 1 and rng.rand() < 0.25:
                    shape = (int(rng.choice([63, 64, 65, 127, 255, 257, 513])),)
            fitting = draw_fitting(kind, rng, shape)
        case["layers"], out = [fitting[0]], fitting[1]
    if kind == "dropout" and rng.rand() < 0.5:  # what is dropped is no matter of agreement
        case["layers"][0]["probability"] = float(rng.choice([0.1, 0.5, 0.9]))
        case["steps"] = 0
    elif "Norm" in kind or kind in ("network", "trained") and rng.rand() < 0.5:
        case["steps"] = rng.randint(1, 4)
    if "Norm" in kind:
        spread = float(10 ** rng.uniform(-1, 2))
    if kind in (*ACTIVATIONS, "softmax"):
        spread = float(10 ** rng.uniform(-2, 1.5))
    center = spread * float(rng.choice([0, 0, 1, 10])) if "Norm" in kind else 0.0
    gradient = magnitude(rng)
    for step in range(1, max(1, case["steps"]) + 1):
        n = batch(rng, shape)
        x = normal(rng, (n, *shape), spread, center)
        arrays[f"x{step}"] = x = torch.round(2 * x / spread) if integers else x
        if "loss" in case:
            arrays[f"t{step}"] = draw_targets(rng, case["loss"], (n, *out))
        elif case["steps"]:
            arrays[f"dy{step}"] = normal(rng, (n, *out), gradient)
    p = Parameters(rng=rng, scale=1.0 if kind in ("network", "trained") else magnitude(rng, 1))
    with torch.no_grad():
        forward(case["layers"], arrays["x1"], p, training=False)
    arrays.update(p)
    if kind == "conv" and integers:
        arrays.update({name: torch.round(4 * a) for name, a in p.items()})
    layers = names_of(arrays)
    if layers and kind in ("network", "trained", "batchNorm", "residual") and rng.rand() < 0.25:
        frozen = layers[rng.randint(len(layers))]
        case["frozen"] = [name for name in p if name.rpartition(".")[0] == frozen]
        case["frozen"] = [n for n in case["frozen"] if not n.endswith((".mean", ".variance"))]
    return case, arrays
