"""What the cases share. All arithmetic is in double precision; files hold float32."""

import pathlib

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve().parent
torch.set_default_dtype(torch.float64)


def numbers(shape, seed, scale=1.0):
    """Normal numbers that are exact in float32."""
    values = np.random.RandomState(seed).standard_normal(shape) * scale
    return torch.from_numpy(values.astype(np.float32).astype(np.float64))


def save(name, **arrays):
    """Writes a case; keys are Java's names: x, y, dy, dx, W, dW, b, db ..."""
    plain = {}
    for key, value in arrays.items():
        value = value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
        plain[key] = np.ascontiguousarray(value, dtype=np.float32)
    np.savez(HERE / (name + ".npz"), **plain)


def layer(name, forward, x, seed, extra=None, **parameters):
    """Saves y = forward(x, **parameters) and the gradients of sum(y dy) for a random dy.

    What is in extra, such as settings, is saved with them.
    """
    x = x.clone().requires_grad_()
    parameters = {key: value.clone().requires_grad_() for key, value in parameters.items()}
    y = forward(x, **parameters)
    dy = numbers(tuple(y.shape), seed)
    y.backward(dy)
    arrays = dict(x=x, y=y, dy=dy, dx=x.grad)
    for key, value in parameters.items():
        arrays[key] = value
        arrays["d" + key] = value.grad
    save(name, **arrays, **(extra or {}))
