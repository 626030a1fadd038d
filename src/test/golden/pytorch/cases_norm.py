"""Normalizations. Our alpha of the local response is PyTorch's divided by the size, as in the paper."""

import torch.nn.functional as F
from golden import layer, numbers, save

# Shape, epsilon, momentum, mean and standard deviation of x.
BATCH = [
    ((3, 1), 1e-5, 0.1, 0.0, 1.0),
    ((7, 33), 1e-3, 0.25, 3.0, 0.5),
    ((80, 67), 1e-5, 0.1, -20.0, 1.0),
    ((1, 3, 1, 3), 1e-5, 0.1, 0.0, 1.0),
    ((3, 5, 7, 3), 1e-2, 1.0, 10.0, 2.0),
    ((5, 70, 1, 1), 1e-5, 0.01, 1.0, 3.0),
]

# Shape and epsilon.
LAYER = [((1, 3), 1e-5), ((3, 7), 1e-2), ((5, 3, 7, 5), 1e-5), ((70, 2, 41), 1e-5)]

# Shape, size, alpha, beta, k, standard deviation of x.
LOCAL = [
    ((1, 1, 1, 1), 5, 1e-4, 0.75, 2.0, 50.0),
    ((2, 7, 5, 3), 5, 1e-2, 0.75, 2.0, 10.0),
    ((3, 4, 1, 9), 3, 0.5, 0.5, 1.0, 2.0),
    ((1, 9, 23, 27), 7, 1e-1, 0.75, 0.5, 3.0),
    ((2, 3, 4, 2), 9, 1.0, 1.25, 3.0, 1.0),
    ((2, 3, 2, 5), 1, 2.0, 0.75, 1.0, 1.0),
]


def running(x, mean, variance, momentum):
    """The running statistics after a batch."""
    mean, variance = mean.clone(), variance.clone()
    F.batch_norm(x, mean, variance, training=True, momentum=momentum)
    return mean, variance


def batch_norm(i, shape, eps, momentum, center, spread):
    c = shape[1]
    x = (numbers(shape, i, spread) + center).float().double()
    gamma, beta = numbers((c,), 100 + i), numbers((c,), 200 + i)
    mean = numbers((c,), 300 + i)
    variance = (numbers((c,), 400 + i) ** 2 + 0.1).float().double()
    parameters = dict(gamma=gamma, beta=beta)
    layer(
        f"batchNorm-{i}",
        lambda x, gamma, beta: F.batch_norm(x, None, None, gamma, beta, True, momentum, eps),
        x,
        500 + i,
        **parameters,
    )
    layer(
        f"batchNorm-running-{i}",
        lambda x, gamma, beta: F.batch_norm(x, mean, variance, gamma, beta, False, momentum, eps),
        x,
        600 + i,
        **parameters,
    )
    second = numbers(shape, 700 + i)
    mean1, variance1 = running(x, mean, variance, momentum)
    mean2, variance2 = running(second, mean1, variance1, momentum)
    save(
        f"batchNorm-statistics-{i}",
        second=second,
        mean=mean,
        variance=variance,
        mean1=mean1,
        variance1=variance1,
        mean2=mean2,
        variance2=variance2,
        settings=[eps, momentum],
    )


def make():
    for i, case in enumerate(BATCH):
        batch_norm(i, *case)
    for i, (shape, eps) in enumerate(LAYER):
        sample = shape[1:]
        layer(
            f"layerNorm-{i}",
            lambda x, gamma, beta: F.layer_norm(x, sample, gamma, beta, eps),
            numbers(shape, 800 + i, 3.0),
            810 + i,
            gamma=numbers(sample, 820 + i),
            beta=numbers(sample, 830 + i),
        )
    for i, (shape, size, alpha, beta, k, spread) in enumerate(LOCAL):
        layer(
            f"localResponseNorm-{i}",
            lambda x: F.local_response_norm(x, size, alpha * size, beta, k),
            numbers(shape, 900 + i, spread),
            910 + i,
        )
