"""Optimizers and schedules for random_cases.py: what PyTorch computes, and settings at random."""

import numpy as np
import torch
from random_settings import any_of
from torch.nn.utils import clip_grad_norm_, clip_grad_value_
from torch.optim import lr_scheduler as schedulers


def optimizer_of(s, groups):
    rate = s["learningRate"]
    if s["kind"] in ("sgd", "momentum", "nesterov"):
        nesterov = s["kind"] == "nesterov"
        return torch.optim.SGD(groups, rate, momentum=s.get("momentum", 0.0), nesterov=nesterov)
    if s["kind"] == "adaGrad":
        return torch.optim.Adagrad(groups, rate, eps=s["epsilon"])
    if s["kind"] == "rmsProp":
        return torch.optim.RMSprop(groups, rate, alpha=s["alpha"], eps=s["epsilon"])
    kind = torch.optim.Adam if s["kind"] == "adam" else torch.optim.AdamW
    return kind(groups, rate, betas=(s["beta1"], s["beta2"]), eps=s["epsilon"])


def scheduler_of(s, optimizer):
    kind, rate = s["kind"], optimizer.param_groups[0]["lr"]
    if kind == "oneCycle":
        shape = dict(
            pct_start=s["rising"], div_factor=s["startDivisor"], final_div_factor=s["endDivisor"]
        )
        return schedulers.OneCycleLR(optimizer, rate, s["steps"], cycle_momentum=False, **shape)
    make = {
        "constant": lambda: schedulers.ConstantLR(optimizer, 1.0),
        "step": lambda: schedulers.StepLR(optimizer, s["every"], s["factor"]),
        "exponential": lambda: schedulers.ExponentialLR(optimizer, s["factor"]),
        "polynomial": lambda: schedulers.PolynomialLR(optimizer, s["steps"], s["power"]),
        "linear": lambda: schedulers.LinearLR(optimizer, 1.0, s["endShare"], s["steps"]),
        "cosine": lambda: schedulers.CosineAnnealingLR(optimizer, s["steps"], s["endShare"] * rate),
    }[kind]
    if not s["warmup"]:
        return make()
    first = schedulers.LinearLR(optimizer, 1 / (s["warmup"] + 1), total_iters=s["warmup"])
    return schedulers.SequentialLR(optimizer, [first, make()], [s["warmup"]])


def compute(case, arrays):
    s = case["optimizer"]
    parameters = {name: arrays[name].clone().requires_grad_() for name in case["parameters"]}
    moving = {name: p for name, p in parameters.items() if name not in case["frozen"]}
    groups = [
        dict(params=[p], weight_decay=s["weightDecay"] if s["decayAll"] or p.dim() > 1 else 0.0)
        for p in moving.values()
    ]
    optimizer = optimizer_of(s, groups)
    scheduler = scheduler_of(s["schedule"], optimizer)
    values = {name: [] for name in parameters}
    for step in range(case["steps"]):
        for name, p in moving.items():
            p.grad = arrays["d" + name][step].clone()
        if s["clipValue"]:
            clip_grad_value_(moving.values(), s["clipValue"])
        if s["clipNorm"]:
            clip_grad_norm_(moving.values(), s["clipNorm"])
        optimizer.step()
        if step + 1 < case["steps"]:  # a cycle fails after its last step
            scheduler.step()
        for name, p in parameters.items():
            values[name].append(p.detach().clone())
    return {name: torch.stack(steps) for name, steps in values.items()}


def draw_schedule(rng, steps):
    kinds = ["step", "exponential", "polynomial", "linear", "cosine", "oneCycle"]
    s = dict(kind="constant" if rng.rand() < 0.4 else str(rng.choice(kinds)), warmup=0)
    if s["kind"] == "step":
        s.update(every=int(rng.randint(1, 6)), factor=any_of(rng, [0.1, 0.5, 1.5]))
    elif s["kind"] == "exponential":
        s.update(factor=any_of(rng, [0.5, 0.9, 0.99, 1.1]))
    elif s["kind"] == "polynomial":
        s.update(steps=int(rng.randint(1, 21)), power=any_of(rng, [0.5, 1, 2, 2.5]))
    elif s["kind"] == "linear":
        s.update(steps=int(rng.randint(1, 21)), endShare=any_of(rng, [0, 0.1, 0.5]))
    elif s["kind"] == "cosine":  # PyTorch's rises again after its end
        s.update(steps=steps + int(rng.randint(0, 5)), endShare=any_of(rng, [0, 0.1]))
    elif s["kind"] == "oneCycle":
        s.update(steps=steps + int(rng.randint(0, 5)), rising=any_of(rng, [0.3, 0.5]))
        s.update(startDivisor=any_of(rng, [4, 25]), endDivisor=any_of(rng, [100, 1e4]))
    if s["kind"] != "oneCycle" and rng.rand() < 0.3:
        s["warmup"] = int(rng.randint(1, 5))
    return s


def draw(kind, rng):
    steps = int(rng.randint(5, 21))
    spread = 10 ** rng.uniform(-2, 2)  # of the gradients
    adaptive = kind not in ("sgd", "momentum", "nesterov")
    start = 10 ** rng.uniform(-2, 2)  # of the values, which a step changes visibly
    s = dict(
        kind=kind,
        learningRate=float(start * 10 ** rng.uniform(-2, -0.5) / (1 if adaptive else spread)),
        weightDecay=float(10 ** rng.uniform(-3, -1)) if rng.rand() < 0.5 else 0.0,
        decayAll=rng.rand() < 0.5,
        clipValue=float(spread * rng.uniform(0.3, 2)) if rng.rand() < 0.3 else 0.0,
        clipNorm=float(spread * rng.uniform(0.5, 20)) if rng.rand() < 0.3 else 0.0,
        schedule=draw_schedule(rng, steps),
    )
    if kind in ("momentum", "nesterov"):
        s["momentum"] = any_of(rng, [0.5, 0.9, 0.95, rng.uniform(0.01, 0.99)])
    if adaptive:
        s["epsilon"] = any_of(rng, [1e-10, 1e-8, 1e-8, 1e-5, 1e-2, 1.0])
    if kind == "rmsProp":
        s["alpha"] = any_of(rng, [0.99, 0.9, rng.uniform(0, 1), 1 - 10 ** rng.uniform(-7, -2)])
    if kind in ("adam", "adamW"):
        s["beta1"] = any_of(rng, [0.9, 0.9, 0.0, rng.uniform(0, 1), 1 - 10 ** rng.uniform(-4, -2)])
        s["beta2"] = any_of(rng, [0.999, 0.999, rng.uniform(0, 1), 1 - 10 ** rng.uniform(-7, -3)])
    case = dict(optimizer=s, steps=steps, parameters=[], frozen=[])
    arrays = {}
    for i in range(rng.randint(1, 5)):
        shape = tuple(int(n) for n in rng.choice([1, 2, 3, 5, 7], rng.randint(1, 4)))
        if rng.rand() < 0.1:
            shape = (any_of(rng, [15, 16, 17, 31, 33, 65, 127, 4099]),)
        if i == 0 and steps < 8 and rng.rand() < 0.2:
            shape = (33_000,)  # for more than one thread
        values = rng.standard_normal(shape) * start * (rng.rand() < 0.9)
        gradients = rng.standard_normal((steps, *shape)) * spread * 10 ** rng.uniform(-1, 1)
        gradients[rng.rand(*gradients.shape) < 0.1] = 0  # as behind a Relu
        gradients[:, rng.rand(*shape) < 0.1] = 0
        name = f"p{i + 1}"
        case["parameters"].append(name)
        for key, value in ((name, values), ("d" + name, gradients)):
            arrays[key] = torch.from_numpy(np.asarray(value, np.float32).astype(np.float64))
    if len(case["parameters"]) > 1 and rng.rand() < 0.2:
        case["frozen"] = [case["parameters"][rng.randint(len(case["parameters"]))]]
    return case, arrays
