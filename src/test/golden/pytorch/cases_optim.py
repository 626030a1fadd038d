"""Optimizers and schedules.

optim.npz: W, b, the gradients dW, db of five steps, and for each optimizer NAME the values after
each step, NAME.W and NAME.b. optim-schedules.npz: the learning rates of ten steps or more.
"""

import torch
from golden import numbers, save
from torch.nn.utils import clip_grad_norm_, clip_grad_value_
from torch.optim import lr_scheduler as schedulers

STEPS = 5


def optimizers():
    """Each by its name in the test: the optimizer on W and b, what happens before a step, after."""
    sgd, adagrad, rmsprop = torch.optim.SGD, torch.optim.Adagrad, torch.optim.RMSprop
    adam, adamw = torch.optim.Adam, torch.optim.AdamW

    def plain(make, **options):
        return lambda W, b: make([W, b], **options)

    def weights_only(make, weight_decay, **options):
        def build(W, b):
            weights = dict(params=[W], weight_decay=weight_decay)
            return make([weights, dict(params=[b], weight_decay=0)], **options)

        return build

    def norm(limit):
        return lambda parameters: clip_grad_norm_(parameters, limit)

    def value(limit):
        return lambda parameters: clip_grad_value_(parameters, limit)

    def both(parameters):
        clip_grad_value_(parameters, 0.5)
        clip_grad_norm_(parameters, 1.5)

    def halving(optimizer):
        return schedulers.StepLR(optimizer, 2, 0.5)

    nesterov = dict(momentum=0.8, nesterov=True)
    return {
        "sgd": (plain(sgd, lr=0.1), None, None),
        "sgd-decay": (plain(sgd, lr=0.1, weight_decay=0.3), None, None),
        "sgd-decay-weights": (weights_only(sgd, 0.3, lr=0.1), None, None),
        "sgd-norm": (plain(sgd, lr=0.1), norm(1.25), None),
        "sgd-norm-unreached": (plain(sgd, lr=0.1), norm(1e4), None),
        "sgd-value": (plain(sgd, lr=0.1), value(0.25), None),
        "sgd-every": (plain(sgd, lr=0.1, weight_decay=0.3), both, halving),
        "momentum": (plain(sgd, lr=0.1, momentum=0.9), None, None),
        "momentum-schedule": (plain(sgd, lr=0.1, momentum=0.9), None, halving),
        "momentum-every": (plain(sgd, lr=0.1, momentum=0.9, weight_decay=0.3), both, halving),
        "nesterov": (plain(sgd, lr=0.1, **nesterov), None, None),
        "nesterov-schedule": (plain(sgd, lr=0.1, **nesterov), None, halving),
        "nesterov-every": (plain(sgd, lr=0.1, weight_decay=0.3, **nesterov), both, halving),
        "adagrad": (plain(adagrad, lr=0.1), None, None),
        "adagrad-epsilon": (plain(adagrad, lr=0.1, eps=0.01), None, None),
        "adagrad-every": (plain(adagrad, lr=0.1, weight_decay=0.3), both, halving),
        "rmsprop": (plain(rmsprop, lr=0.01), None, None),
        "rmsprop-alpha": (plain(rmsprop, lr=0.01, alpha=0.7, eps=0.01), None, None),
        "rmsprop-every": (plain(rmsprop, lr=0.01, weight_decay=0.3), both, halving),
        "adam": (plain(adam), None, None),
        "adam-betas": (plain(adam, lr=0.1, betas=(0.7, 0.9), eps=0.01), None, None),
        "adam-every": (plain(adam, lr=0.1, weight_decay=0.3), both, halving),
        "adamw": (plain(adamw), None, None),
        "adamw-weights": (weights_only(adamw, 0.3, lr=0.1), None, None),
        "adamw-every": (plain(adamw, lr=0.1, weight_decay=0.3), both, halving),
    }


def make_optimizers():
    start = dict(W=numbers((3, 5), 1), b=numbers((4,), 2))
    dW = numbers((STEPS, 3, 5), 3)
    db = numbers((STEPS, 4), 4)
    dW[:, 0, 0] = 0  # never moves without decay
    dW[1:, 0, 1] = 0  # once, then never again
    dW[:, 1] *= 2.0**-20  # of the order of epsilon
    dW[2] *= 2.0**6  # one far larger
    db[4] = 0
    arrays = dict(start, dW=dW, db=db)
    for name, (make, clip, schedule) in optimizers().items():
        W, b = (value.clone().requires_grad_() for value in start.values())
        optimizer = make(W, b)
        scheduler = schedule(optimizer) if schedule else None
        values = []
        for i in range(STEPS):
            W.grad, b.grad = dW[i].clone(), db[i].clone()
            if clip:
                clip([W, b])
            optimizer.step()
            if scheduler:
                scheduler.step()
            values.append((W.detach().clone(), b.detach().clone()))
        arrays[name + ".W"] = torch.stack([W for W, b in values])
        arrays[name + ".b"] = torch.stack([b for W, b in values])
    save("optim", **arrays)


def learning_rate_of(optimizer):
    return optimizer.param_groups[0]["lr"]


def rates(learning_rate, steps, make):
    """The learning rates of so many steps."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=learning_rate)
    scheduler = make(optimizer)
    got = [learning_rate_of(optimizer)]
    while len(got) < steps:  # a cycle fails after its last step
        optimizer.step()
        scheduler.step()
        got.append(learning_rate_of(optimizer))
    return torch.tensor(got)


def warm(steps, make):
    """A warm-up of so many steps before a schedule."""

    def both(optimizer):
        first = schedulers.LinearLR(optimizer, start_factor=1 / (steps + 1), total_iters=steps)
        return schedulers.SequentialLR(optimizer, [first, make(optimizer)], milestones=[steps])

    return both


def make_schedules():
    step = lambda optimizer: schedulers.StepLR(optimizer, 3, 0.1)
    exponential = lambda optimizer: schedulers.ExponentialLR(optimizer, 0.8)
    cosine = lambda optimizer: schedulers.CosineAnnealingLR(optimizer, 7, 0.01)
    polynomial = lambda power: lambda optimizer: schedulers.PolynomialLR(optimizer, 7, power)
    linear = lambda optimizer: schedulers.LinearLR(optimizer, 1.0, 0.2, 7)
    one_cycle = schedulers.OneCycleLR
    save(
        "optim-schedules",
        constant=rates(0.3, 10, lambda optimizer: schedulers.ConstantLR(optimizer, 1.0)),
        step=rates(0.3, 10, step),
        exponential=rates(0.3, 10, exponential),
        polynomial=rates(0.3, 10, polynomial(2.5)),
        polynomial_end=rates(0.3 - 0.02, 10, polynomial(0.5)) + 0.02,
        linear=rates(0.3, 10, linear),
        cosine=rates(0.3, 8, cosine),  # rises again afterwards
        warm_constant=rates(0.3, 10, warm(4, lambda o: schedulers.ConstantLR(o, 1.0))),
        warm_step=rates(0.3, 14, warm(4, step)),
        warm_exponential=rates(0.3, 14, warm(1, exponential)),
        warm_polynomial=rates(0.3, 14, warm(3, polynomial(2.0))),
        warm_cosine=rates(0.3, 5 + 8, warm(5, cosine)),
        one_cycle=rates(0.3, 10, lambda o: one_cycle(o, 0.3, 10)),
        one_cycle_long=rates(0.3, 100, lambda o: one_cycle(o, 0.3, 100)),
        one_cycle_short=rates(0.3, 3, lambda o: one_cycle(o, 0.3, 3)),
        one_cycle_other=rates(
            0.3,
            10,
            lambda o: one_cycle(o, 0.3, 10, pct_start=0.6, div_factor=4, final_div_factor=100),
        ),
    )


def make():
    make_optimizers()
    make_schedules()
