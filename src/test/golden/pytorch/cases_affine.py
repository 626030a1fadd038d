"""Fully connected layers. Our weight is (D, K), PyTorch's (K, D)."""

from golden import layer, numbers


def make():
    for i, (n, d, k) in enumerate([(1, 1, 1), (3, 7, 5), (13, 31, 33)]):
        layer(
            f"affine-{i}",
            lambda x, W, b: x @ W + b,
            numbers((n, d), i),
            10 + i,
            W=numbers((d, k), 20 + i),
            b=numbers((k,), 30 + i),
        )
