"""Ten Adam steps of SimpleConvNet on MNIST, in NumPy and double precision.

A straightforward reference: no im2col, one einsum a layer. Writes training_curve.txt beside itself:
the loss before each step, then the sum and the sum of squares of each parameter after the last.

    python3 src/test/golden/training_curve.py

Made with NumPy 2.4.6.
"""

import gzip
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE.parents[1] / "main/resources/io/github/purenet/data"
STEPS, BATCH = 10, 20
RATE, BETA1, BETA2, EPSILON = 0.001, 0.9, 0.999, 1e-8


def idx(name, header):
    return np.frombuffer(gzip.open(SAMPLE / (name + ".gz")).read(), np.uint8, offset=header)


def formula(shape, salt):
    """Numbers that any language computes alike: a linear congruential generator, one step each."""
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    bits = ((i + salt) * 1103515245 + 12345) % 2147483648
    bits = (bits * 1103515245 + 12345) % 2147483648
    return ((bits / 2147483648.0 - 0.5) * 0.1).astype(np.float32).astype(np.float64).reshape(shape)


def forward(p, x):
    windows = np.lib.stride_tricks.sliding_window_view(x, (5, 5), axis=(2, 3))
    a = np.einsum("nchwij,fcij->nfhw", windows, p["W1"]) + p["b1"][:, None, None]
    r = np.maximum(a, 0)
    n, f, h, w = r.shape
    blocks = r.reshape(n, f, h // 2, 2, w // 2, 2).transpose(0, 1, 2, 4, 3, 5)
    blocks = blocks.reshape(n, f, h // 2, w // 2, 4)
    pooled = blocks.max(-1).reshape(n, -1)
    hidden = pooled @ p["W2"] + p["b2"]
    hot = np.maximum(hidden, 0)
    logits = hot @ p["W3"] + p["b3"]
    return windows, a, blocks, pooled, hidden, hot, logits


def step(p, x, t):
    windows, a, blocks, pooled, hidden, hot, logits = forward(p, x)
    n = len(x)
    e = np.exp(logits - logits.max(1, keepdims=True))
    softmax = e / e.sum(1, keepdims=True)
    loss = -np.log(softmax[np.arange(n), t]).mean()
    d = softmax.copy()
    d[np.arange(n), t] -= 1
    d /= n
    g = {"W3": hot.T @ d, "b3": d.sum(0)}
    d = (d @ p["W3"].T) * (hidden > 0)
    g["W2"], g["b2"] = pooled.T @ d, d.sum(0)
    d = (d @ p["W2"].T).reshape(blocks.shape[:-1])
    up = np.zeros_like(blocks)
    np.put_along_axis(up, blocks.argmax(-1)[..., None], d[..., None], -1)
    m, f, h, w = d.shape
    up = up.reshape(m, f, h, w, 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(a.shape)
    up = up * (a > 0)
    g["W1"], g["b1"] = np.einsum("nfhw,nchwij->fcij", up, windows), up.sum((0, 2, 3))
    return loss, g


def main():
    x = idx("train-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28)[: STEPS * BATCH] / 255.0
    t = idx("train-labels-idx1-ubyte", 8)[: STEPS * BATCH]
    shapes = {"W1": (30, 1, 5, 5), "b1": (30,), "W2": (4320, 100), "b2": (100,)}
    shapes |= {"W3": (100, 10), "b3": (10,)}
    p = {name: formula(shape, 1000003 * i) for i, (name, shape) in enumerate(shapes.items())}
    m = {name: np.zeros(shape) for name, shape in shapes.items()}
    v = {name: np.zeros(shape) for name, shape in shapes.items()}
    lines = []
    for s in range(STEPS):
        rows = slice(s * BATCH, (s + 1) * BATCH)
        loss, g = step(p, x[rows], t[rows])
        lines.append(f"loss {loss:.9f}")
        for name in p:
            m[name] = BETA1 * m[name] + (1 - BETA1) * g[name]
            v[name] = BETA2 * v[name] + (1 - BETA2) * g[name] ** 2
            mean = m[name] / (1 - BETA1 ** (s + 1))
            square = v[name] / (1 - BETA2 ** (s + 1))
            p[name] = p[name] - RATE * mean / (np.sqrt(square) + EPSILON)
    for name, value in p.items():
        lines.append(f"{name} {value.sum():.9f} {(value ** 2).sum():.9f}")
    (HERE / "training_curve.txt").write_text("\n".join(lines) + "\n")


main()
