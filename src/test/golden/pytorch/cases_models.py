"""LeNet, DeepConvNet and AlexNet: logits and gradients of one batch, then ten losses of plain SGD.

Parameters and images come from a formula that Java computes too. Of AlexNet's gradients a file
holds every 100,003rd number, the sum and the sum of squares.
"""

import numpy as np
import torch
import torch.nn.functional as F

from golden import save

STRIDE = 100003


def formula(shape, salt, limit):
    """Uniform numbers in [-limit, limit): two steps of a linear congruential generator."""
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    bits = ((i + salt) * 1103515245 + 12345) % 2147483648
    bits = (bits * 1103515245 + 12345) % 2147483648
    values = ((bits / 2147483648.0 - 0.5) * (2 * limit)).astype(np.float32)
    return torch.from_numpy(values.astype(np.float64).reshape(shape))


def parameters(shapes):
    """Weights within sqrt(6 / fan in), biases within 0.1, one salt each."""
    made = {}
    for salt, (name, shape) in enumerate(shapes.items()):
        if name.startswith("affine") and len(shape) == 2:
            limit = np.sqrt(6 / shape[0])
        else:
            limit = np.sqrt(6 / np.prod(shape[1:])) if len(shape) > 1 else 0.1
        made[name] = formula(shape, 1000 * (salt + 1), limit).requires_grad_()
    return made


def conv_shapes(sizes):
    shapes = {}
    for i, shape in enumerate(sizes, 1):
        shapes[f"conv{i}.W"], shapes[f"conv{i}.b"] = shape, shape[:1]
    return shapes


def affine_shapes(sizes):
    shapes = {}
    for i, shape in enumerate(sizes, 1):
        shapes[f"affine{i}.W"], shapes[f"affine{i}.b"] = shape, shape[1:]
    return shapes


def conv(p, i, x, **settings):
    return F.relu(F.conv2d(x, p[f"conv{i}.W"], p[f"conv{i}.b"], **settings))


def affine(p, i, x):
    return x.reshape(len(x), -1) @ p[f"affine{i}.W"] + p[f"affine{i}.b"]


def lenet(p, x):
    x = F.max_pool2d(conv(p, 1, x, padding=2), 2)
    x = F.max_pool2d(conv(p, 2, x), 2)
    return affine(p, 3, F.relu(affine(p, 2, F.relu(affine(p, 1, x)))))


def deep(p, x):
    x = F.max_pool2d(conv(p, 2, conv(p, 1, x, padding=1), padding=1), 2)
    x = F.max_pool2d(conv(p, 4, conv(p, 3, x, padding=1), padding=2), 2)
    x = F.max_pool2d(conv(p, 6, conv(p, 5, x, padding=1), padding=1), 2)
    return affine(p, 2, F.relu(affine(p, 1, x)))


def lrn(x):
    return F.local_response_norm(x, 5, alpha=5e-4, beta=0.75, k=2)  # PyTorch divides alpha by 5


def alex(p, x):
    x = F.max_pool2d(lrn(conv(p, 1, x, stride=4)), 3, 2)
    x = F.max_pool2d(lrn(conv(p, 2, x, padding=2, groups=2)), 3, 2)
    x = conv(p, 4, conv(p, 3, x, padding=1), padding=1, groups=2)
    x = F.max_pool2d(conv(p, 5, x, padding=1, groups=2), 3, 2)
    return affine(p, 3, F.relu(affine(p, 2, F.relu(affine(p, 1, x)))))


def run(name, forward, shapes, image, batch, classes, rate, whole):
    p = parameters(shapes)
    x = formula((batch,) + image, 7, 1.0)
    t = torch.arange(batch) * 7 % classes
    arrays, losses = {}, []
    for step in range(10):
        logits = forward(p, x)
        loss = F.cross_entropy(logits, t)
        losses.append(loss.item())
        loss.backward()
        if step == 0:
            arrays["logits"] = logits
            for key, value in p.items():
                g = value.grad.reshape(-1)
                arrays["d" + key] = value.grad.clone() if whole else g[::STRIDE].clone()
                arrays["sums." + key] = torch.stack([g.sum(), (g * g).sum()])
        with torch.no_grad():
            for value in p.values():
                value -= rate * value.grad
                value.grad = None
    save(name, losses=np.array(losses), rate=np.array([rate]), **arrays)
    print(name, losses)


def make():
    run(
        "lenet",
        lenet,
        conv_shapes([(6, 1, 5, 5), (16, 6, 5, 5)])
        | affine_shapes([(400, 120), (120, 84), (84, 10)]),
        (1, 28, 28),
        5,
        10,
        0.003,
        True,
    )
    run(
        "deepconvnet",
        deep,
        conv_shapes(
            [(16, 1, 3, 3), (16, 16, 3, 3), (32, 16, 3, 3)]
            + [(32, 32, 3, 3), (64, 32, 3, 3), (64, 64, 3, 3)]
        )
        | affine_shapes([(1024, 50), (50, 10)]),
        (1, 28, 28),
        5,
        10,
        0.0002,
        True,
    )
    run(
        "alexnet",
        alex,
        conv_shapes(
            [(96, 3, 11, 11), (256, 48, 5, 5), (384, 256, 3, 3)]
            + [(384, 192, 3, 3), (256, 192, 3, 3)]
        )
        | affine_shapes([(9216, 4096), (4096, 4096), (4096, 1000)]),
        (3, 227, 227),
        2,
        1000,
        0.0003,
        False,
    )
