"""Chains of layers for random_cases.py: what PyTorch computes, and cases at random."""

import torch
from random_layers import Parameters, forward, normal
from random_losses import draw_loss, draw_targets, loss
from random_settings import (
    ACTIVATIONS,
    IMAGES_ONLY,
    any_of,
    batch,
    dimension,
    draw_fitting,
    draw_network,
    image,
    magnitude,
    output,
)

BUFFERS = (".mean", ".variance")


def compute(case, arrays):
    """Computes what is expected of a chain of layers: see random_cases.py for the names."""
    p = Parameters({name: a.clone() for name, a in arrays.items() if "." in name})
    buffers = [name for name in p if name.endswith(BUFFERS)]
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


def draw_layers(kind, rng):
    """Settings of a layer, a network, or one with a loss, and the shapes before and after it."""
    if kind not in ("network", "trained"):
        while True:
            shape = image(rng)
            if kind not in IMAGES_ONLY and rng.rand() < 0.5:
                rank = 1 if kind in ("batchNorm", "residual", "concat") else rng.randint(1, 4)
                shape = tuple(dimension(rng, 65 if rank < 3 else 8) for _ in range(rank))
                if rank == 1 and rng.rand() < 0.25:
                    shape = (any_of(rng, [127, 255, 256, 257, 513]),)
            layer, out = draw_fitting(kind, rng, shape)
            if layer:
                return dict(layers=[layer]), shape, out
    shape = image(rng, channels=dimension(rng, 8))
    layers, out = draw_network(rng, shape)
    if kind == "network":
        return dict(layers=layers), shape, out
    loss, last = draw_loss(rng, out)
    return dict(layers=layers + last, loss=loss), shape, output(layers + last, shape)


def spread_of(kind, rng):
    """The standard deviation of x and its distance from 0."""
    if "Norm" in kind:
        spread = float(10 ** rng.uniform(-1, 2))
        return spread, spread * any_of(rng, [0, 0, 1, 10])
    if kind in (*ACTIVATIONS, "softmax"):
        return float(10 ** rng.uniform(-2, 1.5)), 0.0
    return magnitude(rng, 1 if kind in ("network", "trained", "residual", "concat") else 3), 0.0


def draw_frozen(rng, parameters):
    """The parameters of one layer, if there are any."""
    layers = sorted({name.rpartition(".")[0] for name in parameters})
    layer = any_of(rng, layers) if layers else None
    names = [name for name in parameters if name.rpartition(".")[0] == layer]
    return [name for name in names if not name.endswith(BUFFERS)]


def draw(kind, rng):
    """Settings of a chain, and its input arrays. A kind is that of a layer, network or trained."""
    case, shape, out = draw_layers(kind, rng)
    many = "Norm" in kind or kind in ("network", "trained") and rng.rand() < 0.5
    case.update(steps=rng.randint(1, 4) if many else 1, frozen=[])
    if kind == "dropout" and rng.rand() < 0.5:  # what training drops is no matter of agreement
        case["layers"][0]["probability"] = any_of(rng, [0.1, 0.5, 0.9])
        case["steps"] = 0
    spread, center = spread_of(kind, rng)
    gradient = magnitude(rng)
    arrays = {}
    for step in range(1, max(1, case["steps"]) + 1):
        n = batch(rng, shape)
        arrays[f"x{step}"] = normal(rng, (n, *shape), spread, center)
        if "loss" in case:
            arrays[f"t{step}"] = draw_targets(rng, case["loss"], (n, *out))
        elif case["steps"]:
            arrays[f"dy{step}"] = normal(rng, (n, *out), gradient)
    scale = 1.0 if kind in ("network", "trained") else magnitude(rng, 1)
    p = Parameters(rng=rng, scale=scale)
    with torch.no_grad():
        forward(case["layers"], arrays["x1"], p, training=False)
    arrays.update(p)
    if kind in ("maxPool", "relu", "conv") and rng.rand() < 0.2:  # ties, and exact sums
        arrays = {name: torch.round(a * 4 / a.abs().max()) for name, a in arrays.items()}
    if kind in ("network", "trained", "batchNorm", "residual") and rng.rand() < 0.25:
        case["frozen"] = draw_frozen(rng, p)
    return case, arrays
