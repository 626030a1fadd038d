"""Losses for random_cases.py: what PyTorch computes for settings, and settings at random."""

import numpy as np
import torch
import torch.nn.functional as F
from random_settings import any_of


def loss(s, y, t):
    if s["kind"] == "softmaxWithLoss":
        weights = torch.tensor(s["weights"], dtype=y.dtype) if s["weights"] else None
        t = t.long() if t.dim() == 1 else t
        return F.cross_entropy(y, t, weight=weights, label_smoothing=s["smoothing"])
    if s["kind"] == "sigmoidWithLoss":
        return F.binary_cross_entropy_with_logits(y, t)
    return F.mse_loss(y, t)


def compute(case, arrays):
    y = arrays["y"].clone().requires_grad_()
    value = loss(case["loss"], y, arrays["t"])
    value.backward()
    return dict(loss=value, dy=y.grad)


def draw_settings(rng, kind, classes):
    s = dict(kind=kind)
    if kind == "softmaxWithLoss":
        weights = [float(w) for w in rng.uniform(0.1, 4, classes)]
        if classes > 1 and rng.rand() < 0.3:
            weights[rng.randint(classes)] = 0.0
        s["targets"] = any_of(rng, ["indices", "one-hot", "soft"])
        s["smoothing"] = any_of(rng, [0.0, 0.0, 0.1, rng.uniform(0, 1)])
        s["weights"] = weights if rng.rand() < 0.4 else []
    return s


def draw_loss(rng, shape):
    """A loss for outputs of a shape, and the layers before it that it needs."""
    kinds = ["softmaxWithLoss", "softmaxWithLoss", "sigmoidWithLoss", "meanSquaredError"]
    kind = any_of(rng, kinds)
    last = []
    if kind == "softmaxWithLoss" and len(shape) != 1:
        shape = (int(rng.randint(1, 12)),)
        last = [dict(kind="affine", outputs=shape[0], bias=True)]
    return draw_settings(rng, kind, shape[0]), last


def draw_targets(rng, s, shape):
    if s["kind"] == "meanSquaredError":
        t = rng.standard_normal(shape)
    elif s["kind"] == "sigmoidWithLoss":
        t = rng.uniform(0, 1, shape)
        t = np.round(t) if rng.rand() < 0.5 else t
    elif s["targets"] == "soft":
        t = rng.exponential(size=shape)
        t /= t.sum(1, keepdims=True)
    else:
        t = rng.randint(0, shape[1], shape[0])
        t = np.eye(shape[1])[t] if s["targets"] == "one-hot" else t
    return torch.from_numpy(t.astype(np.float32).astype(np.float64))


def draw(kind, rng):
    rank = 2 if kind == "softmaxWithLoss" else rng.randint(1, 6)
    limit = [0, 300, 33, 12, 6, 4][rank]
    shape = tuple(int(n) for n in rng.randint(1, limit + 1, rank))
    if kind == "softmaxWithLoss" and rng.rand() < 0.1:
        shape = (shape[0] % 5 + 1, any_of(rng, [127, 256, 257, 1000]))
    s = draw_settings(rng, kind, shape[-1])
    y = rng.standard_normal(shape) * 10 ** rng.uniform(-2, 1.5)
    y = torch.from_numpy(y.astype(np.float32).astype(np.float64))
    return dict(loss=s), dict(y=y, t=draw_targets(rng, s, shape))
