"""Losses. Arrays: y, t, loss, dy; for softmax also smoothing and, where there are any, weights."""

import torch
import torch.nn.functional as F
from golden import numbers, save


def case(name, loss, y, t, **settings):
    y = y.clone().requires_grad_()
    value = loss(y)
    value.backward()
    save(name, y=y, t=t, loss=value, dy=y.grad, **settings)


def softmax(name, y, t, smoothing=0.0, weights=None):
    def loss(y):
        return F.cross_entropy(y, t, weight=weights, label_smoothing=smoothing)

    settings = {} if weights is None else {"weights": weights}
    case(name, loss, y, t, smoothing=torch.tensor(smoothing), **settings)


def make():
    shapes = [(1, 1), (3, 7), (13, 5)]
    for i, (n, k) in enumerate(shapes):
        scale = [1.0, 30.0, 3.0][i]
        y = numbers((n, k), i, scale)
        indices = torch.arange(n) * 3 % k
        one_hot = F.one_hot(indices, k).double()
        soft = torch.softmax(numbers((n, k), 10 + i), 1).float().double()
        weights = numbers((k,), 20 + i).abs()
        weights[k // 2] = 0.0 if k > 1 else 2.0
        for kind, t in [("indices", indices), ("one-hot", one_hot), ("soft", soft)]:
            softmax(f"softmax-loss-{kind}-{i}", y, t)
            softmax(f"softmax-loss-{kind}-smoothing-{i}", y, t, smoothing=0.125 * (i + 1))
            softmax(f"softmax-loss-{kind}-weights-{i}", y, t, weights=weights)
            softmax(f"softmax-loss-{kind}-both-{i}", y, t, smoothing=0.25, weights=weights)
    for i, shape in enumerate([(1,), (3, 5), (2, 3, 1, 7)]):
        y = numbers(shape, 30 + i, [1.0, 40.0, 3.0][i])
        t = torch.from_numpy(abs(numbers(shape, 40 + i).numpy()) % 1).float().double()
        t.view(-1)[0] = float(i % 2)
        case(f"sigmoid-loss-{i}", lambda y: F.binary_cross_entropy_with_logits(y, t), y, t)
        case(f"mean-squared-error-{i}", lambda y: F.mse_loss(y, t), y, t)
