"""What PyTorch computes for layers, whose settings are those of a spec in Java and its kind."""

import math

import numpy as np
import torch
import torch.nn.functional as F


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


# Functions of the settings, the name, x, the parameters, and whether in training.


def bias_of(s, name, p, size):
    return p.array(name + ".b", (size,), 0.5) if s["bias"] else None


def conv(s, name, x, p, training):
    channels = x.shape[1] // s["groups"]
    spread = 1 / math.sqrt(channels * math.prod(s["size"]))
    weight = p.array(name + ".W", (s["filters"], channels, *s["size"]), spread)
    bias = bias_of(s, name, p, s["filters"])
    if s["pad"] == "same" and s["stride"] == [1, 1]:
        return F.conv2d(x, weight, bias, 1, "same", s["dilation"], s["groups"])
    return F.conv2d(padded(s, x), weight, bias, s["stride"], 0, s["dilation"], s["groups"])


def affine(s, name, x, p, training):
    x = x.flatten(1)
    weight = p.array(name + ".W", (x.shape[1], s["outputs"]), 1 / math.sqrt(x.shape[1]))
    bias = bias_of(s, name, p, s["outputs"])
    return x @ weight if bias is None else x @ weight + bias


def same_pads(s, x):
    """Pads for ceil(size / stride) windows, of which the last gets the odd number."""
    for axis, dilation in enumerate(s.get("dilation", [1, 1])):
        size, stride = x.shape[2 + axis], s["stride"][axis]
        reach = (math.ceil(size / stride) - 1) * stride + dilation * (s["size"][axis] - 1) + 1
        total = max(0, reach - size)
        yield total // 2, total - total // 2


def padded(s, x, value=0.0):
    """x with its pads: the height and width, the top, left, bottom and right, or the same."""
    if s["pad"] == "same":
        (top, bottom), (left, right) = same_pads(s, x)
    else:
        top, left, bottom, right = s["pad"] if len(s["pad"]) == 4 else s["pad"] * 2
    return F.pad(x, (left, right, top, bottom), value=value)


def has_plain_pad(s):
    """Whether PyTorch's poolings take the pad, which is alike on both sides and not too large."""
    return len(s["pad"]) == 2 and all(2 * pad <= size for pad, size in zip(s["pad"], s["size"]))


def max_pool(s, name, x, p, training):
    if has_plain_pad(s):
        return F.max_pool2d(x, s["size"], s["stride"], s["pad"], ceil_mode=s["ceil"])
    return F.max_pool2d(padded(s, x, -math.inf), s["size"], s["stride"])


def avg_pool(s, name, x, p, training):
    if has_plain_pad(s):
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
