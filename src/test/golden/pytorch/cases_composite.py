"""Residual and Concat. Keys are the names of inner parameters: conv1.W, projection.conv1.W ..."""

import torch
import torch.nn.functional as F
from golden import layer, numbers


def conv(p, name, x, **options):
    return F.conv2d(x, p[name + ".W"], p[name + ".b"], **options)


def parameters(seed, **shapes):
    """Weights and biases for convolutions of given weight shapes."""
    made = {}
    for i, (name, shape) in enumerate(shapes.items()):
        name = name.replace("__", ".")
        made[name + ".W"] = numbers(shape, seed + 2 * i, scale=0.5)
        made[name + ".b"] = numbers(shape[:1], seed + 2 * i + 1, scale=0.5)
    return made


def make():
    def identity(x, **p):
        return conv(p, "conv2", F.relu(conv(p, "conv1", x, padding=1)), padding=1) + x

    layer(
        "residual-0",
        identity,
        numbers((2, 3, 5, 7), 1),
        2,
        **parameters(3, conv1=(5, 3, 3, 3), conv2=(3, 5, 3, 3)),
    )

    def projection(x, **p):
        inner = F.max_pool2d(F.relu(conv(p, "conv1", x, padding=1)), 3, stride=1, padding=1)
        return inner + conv(p, "projection.conv1", x)

    layer(
        "residual-1",
        projection,
        numbers((1, 2, 6, 5), 11),
        12,
        **parameters(13, conv1=(4, 2, 3, 3), projection__conv1=(4, 2, 1, 1)),
    )

    def stride(x, **p):
        inner = conv(p, "conv2", F.relu(conv(p, "conv1", x, stride=2, padding=1)), padding=(0, 1))
        return inner + conv(p, "projection.conv1", x, stride=2)

    layer(
        "residual-2",
        stride,
        numbers((3, 3, 9, 7), 21),
        22,
        **parameters(23, conv1=(4, 3, 3, 3), conv2=(6, 4, 1, 3), projection__conv1=(6, 3, 1, 1)),
    )

    def inception(x, **p):
        return torch.cat(
            [
                conv(p, "branch1.conv1", x),
                F.relu(conv(p, "branch2.conv2", F.relu(conv(p, "branch2.conv1", x)), padding=1)),
                conv(p, "branch3.conv1", F.max_pool2d(x, 3, stride=1, padding=1)),
            ],
            1,
        )

    layer(
        "concat-0",
        inception,
        numbers((2, 3, 5, 6), 31),
        32,
        **parameters(
            33,
            branch1__conv1=(2, 3, 1, 1),
            branch2__conv1=(4, 3, 1, 1),
            branch2__conv2=(5, 4, 3, 3),
            branch3__conv1=(1, 3, 1, 1),
        ),
    )

    def dense(x, **p):
        return torch.cat([x, conv(p, "branch2.conv1", F.relu(x), padding=(1, 0))], 1)

    layer(
        "concat-1", dense, numbers((1, 1, 7, 4), 41), 42, **parameters(43, branch2__conv1=(3, 1, 3, 1))
    )

    def rows(x, **p):
        def affine(name):
            return x @ p[name + ".W"] + p[name + ".b"]

        return torch.cat([F.relu(affine("branch1.affine1")), x, affine("branch3.affine1")], 1)

    layer(
        "concat-2",
        rows,
        numbers((5, 7), 51),
        52,
        **{
            "branch1.affine1.W": numbers((7, 3), 53),
            "branch1.affine1.b": numbers((3,), 54),
            "branch3.affine1.W": numbers((7, 1), 55),
            "branch3.affine1.b": numbers((1,), 56),
        },
    )

    def nested(x, **p):
        block = "branch1.residual1."
        inner = conv(p, block + "conv1", x, padding=1)
        joined = block + "concat1.branch1."
        inner = torch.cat([F.relu(conv(p, joined + "conv1", inner)), inner], 1)
        return torch.cat([inner + conv(p, block + "projection.conv1", x), x], 1)

    layer(
        "concat-3",
        nested,
        numbers((2, 2, 4, 3), 61),
        62,
        **parameters(
            63,
            branch1__residual1__conv1=(3, 2, 3, 3),
            branch1__residual1__concat1__branch1__conv1=(2, 3, 1, 1),
            branch1__residual1__projection__conv1=(5, 2, 1, 1),
        ),
    )
