"""What the package explain computes, of two networks trained on the embedded sample of MNIST.

A file holds the network's parameters and buffers by Java's names; for the first IMAGES test images,
maps and gradients of the classes CLASSES; for the first one alone, the output of every layer by
name ("y.conv1") and the gradient of the score by it ("g.conv1", "g.x"), inner layers included.
"""

import gzip
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

from cases_models import formula
from golden import HERE, numbers

SAMPLE = HERE.parents[2] / "main/resources/io/github/purenet/data"
IMAGES = 2
CLASSES = [7, 3]  # the second image is a 2
COPIES, NOISE = 4, 0.2


def idx(name, header):
    return np.frombuffer(gzip.open(SAMPLE / (name + ".gz")).read(), np.uint8, offset=header)


def images(name):
    return torch.from_numpy(idx(name, 16).reshape(-1, 1, 28, 28) / 255.0)


class Recorder:
    """Layers by the names that Java gives them; keeps their outputs and the gradients of those."""

    def __init__(self, p, training):
        self.p, self.training, self.outputs = p, training, {}

    def keep(self, name, y):
        if y.requires_grad:
            y.retain_grad()
        self.outputs[name] = y
        return y

    def conv(self, name, x, **settings):
        return self.keep(name, F.conv2d(x, self.p[name + ".W"], self.p[name + ".b"], **settings))

    def norm(self, name, x):
        p = self.p
        return self.keep(
            name,
            F.batch_norm(
                x,
                p[name + ".mean"],
                p[name + ".variance"],
                p[name + ".gamma"],
                p[name + ".beta"],
                training=self.training,
            ),
        )

    def relu(self, name, x):
        return self.keep(name, F.relu(x))

    def pool(self, name, x):
        return self.keep(name, F.max_pool2d(x, 2))

    def affine(self, name, x):
        return self.keep(name, x.reshape(len(x), -1) @ self.p[name + ".W"] + self.p[name + ".b"])


def chain(r, x):
    x = r.pool("maxPool1", r.relu("relu1", r.conv("conv1", x)))
    x = r.pool("maxPool2", r.relu("relu2", r.conv("conv2", x)))
    return r.affine("affine2", r.relu("relu3", r.affine("affine1", x)))


CHAIN = {
    "conv1": (4, 1, 5, 5),
    "conv2": (8, 4, 5, 5),
    "affine1": (128, 16),
    "affine2": (16, 10),
}


def composite(r, x):
    x = r.relu("relu1", r.norm("batchNorm1", r.conv("conv1", x, stride=2, padding=1)))
    a = r.norm("residual1.batchNorm1", r.conv("residual1.conv1", x, padding=1))
    a = r.conv("residual1.conv2", r.relu("residual1.relu1", a), padding=1)
    b = r.conv("residual1.projection.conv1", x)
    x = r.pool("maxPool1", r.relu("relu2", r.keep("residual1", a + b)))
    a = r.conv("concat1.branch1.conv1", x)
    b = r.relu("concat1.branch2.relu1", r.conv("concat1.branch2.conv1", x, padding=1))
    x = r.keep("concat1", torch.cat([a, b], 1))
    return r.affine("affine1", x)


COMPOSITE = {
    "conv1": (4, 1, 3, 3),
    "batchNorm1": (4,),
    "residual1.conv1": (4, 4, 3, 3),
    "residual1.batchNorm1": (4,),
    "residual1.conv2": (6, 4, 3, 3),
    "residual1.projection.conv1": (6, 4, 1, 1),
    "concat1.branch1.conv1": (2, 6, 1, 1),
    "concat1.branch2.conv1": (4, 6, 3, 3),
    "affine1": (294, 10),
}


def initial(shapes):
    p = {}
    for i, (name, shape) in enumerate(shapes.items()):
        if len(shape) == 1:
            p[name + ".gamma"], p[name + ".beta"] = torch.ones(shape), torch.zeros(shape)
            p[name + ".mean"], p[name + ".variance"] = torch.zeros(shape), torch.ones(shape)
        else:
            fan_in = np.prod(shape[1:]) if len(shape) == 4 else shape[0]
            p[name + ".W"] = numbers(shape, i, scale=np.sqrt(2 / fan_in))
            p[name + ".b"] = torch.zeros(shape[0] if len(shape) == 4 else shape[1])
    return p


def learned(p):
    return [value for name, value in p.items() if not name.endswith((".mean", ".variance"))]


def trained(forward, shapes):
    """Parameters after six epochs of Adam, rounded to what the file holds."""
    p = initial(shapes)
    for value in learned(p):
        value.requires_grad_()
    optimizer = torch.optim.Adam(learned(p), lr=0.003)
    x = images("train-images-idx3-ubyte")
    t = torch.from_numpy(idx("train-labels-idx1-ubyte", 8).astype(np.int64))
    for epoch in range(6):
        order = np.random.RandomState(epoch).permutation(len(x))
        for batch in torch.from_numpy(order).split(100):
            optimizer.zero_grad()
            F.cross_entropy(forward(Recorder(p, True), x[batch]), t[batch]).backward()
            optimizer.step()
    p = {name: value.detach().float().double() for name, value in p.items()}
    test = forward(Recorder(p, False), images("t10k-images-idx3-ubyte")).argmax(1).numpy()
    print("test accuracy", (test == idx("t10k-labels-idx1-ubyte", 8)).mean())
    return p


def gradients(forward, p, x, classes):
    """The outputs of all layers for x, with their gradients, and that of x."""
    r = Recorder(p, False)
    x = x.clone().requires_grad_()
    y = forward(r, x)
    y[torch.arange(len(x)), torch.tensor(classes)].sum().backward()
    return r, x.grad


def smooth(forward, p, x, label):
    """The mean gradient at noisy copies of one image; the noise is that of a formula."""
    noise = formula((COPIES,) + tuple(x.shape), 5, 1.0)
    noisy = (x + NOISE * (x.max() - x.min()) * noise).float().double()
    return gradients(forward, p, noisy, [label] * COPIES)[1].mean(0)


def grad_cam(r, layer):
    a = r.outputs[layer]
    weights = a.grad.mean((2, 3), keepdim=True)
    maps = F.relu((weights * a).sum(1, keepdim=True))
    return F.interpolate(maps, (28, 28), mode="bilinear", align_corners=False)[:, 0]


def occlusion(forward, p, x, label, size, stride, gray, score):
    """The mean drop over the squares that hide a pixel, of one image."""
    whole = score(forward(Recorder(p, False), x[None]))[0, label]
    starts = sorted(set(range(0, 28 - size, stride)) | {28 - size})
    total, count = torch.zeros(28, 28), torch.zeros(28, 28)
    for top in starts:
        for left in starts:
            hidden = x.clone()
            hidden[:, top : top + size, left : left + size] = gray
            drop = whole - score(forward(Recorder(p, False), hidden[None]))[0, label]
            total[top : top + size, left : left + size] += drop
            count[top : top + size, left : left + size] += 1
    return total / count


def blurred(x, deviation):
    """A Gaussian blur with the edge mirrored, as scipy.ndimage.gaussian_filter does by default."""
    radius = int(4 * deviation + 0.5)
    at = torch.arange(-radius, radius + 1)
    kernel = torch.exp(-0.5 * at**2 / deviation**2)
    kernel = kernel / kernel.sum()
    mirror = [(radius - 1 - i if i < radius else i - radius) for i in range(28 + radius)]
    mirror += [27 - i for i in range(radius)]
    x = x[:, :, mirror][:, :, :, mirror]
    x = F.conv2d(x, kernel.reshape(1, 1, -1, 1))
    return F.conv2d(x, kernel.reshape(1, 1, 1, -1))


def maximized(forward, p, activation):
    """Four steps with every regularization, from a start by a formula."""
    x = (formula((1, 1, 28, 28), 3, 0.5) + 0.5).clip(0.0, 0.9)
    for step in range(1, 5):
        r = Recorder(p, False)
        x = x.clone().requires_grad_()
        y = forward(r, x)
        g = torch.autograd.grad(activation(r, y), x)[0]
        x = x.detach()
        x = (1 - 0.01) * (x + 0.1 * g / (g * g).mean().sqrt())
        if step % 2 == 0:
            x = blurred(x, 0.6)
        norm = (x * x).sum(1, keepdim=True).sqrt()
        x = torch.where(norm < np.percentile(norm.numpy(), 15), 0.0, x)
        contribution = (x * g).sum(1, keepdim=True).abs()
        x = torch.where(contribution < np.percentile(contribution.numpy(), 30), 0.0, x)
        x = x.clip(0.0, 0.9)
    return x[0]


def middle(a):
    return a[a.shape[0] // 2, a.shape[1] // 2]


def case(name, forward, shapes, layer, inner):
    p = trained(forward, shapes)
    x = images("t10k-images-idx3-ubyte")[:IMAGES].float().double()
    r, saliency = gradients(forward, p, x, CLASSES)
    arrays = dict(p)
    arrays["saliency"] = saliency
    arrays["smoothGrad"] = torch.stack(
        [smooth(forward, p, x[i], CLASSES[i]) for i in range(IMAGES)]
    )
    arrays["gradCam." + layer] = grad_cam(r, layer)
    arrays["gradCam." + inner] = grad_cam(r, inner)
    softmax = lambda y: F.softmax(y, 1)
    arrays["occlusion"] = occlusion(forward, p, x[1], CLASSES[1], 6, 4, 0.5, softmax)
    arrays["occlusion.logits"] = occlusion(forward, p, x[1], CLASSES[1], 5, 1, 0.0, lambda y: y)
    arrays["maximized.class"] = maximized(forward, p, lambda r, y: y[0, 3])
    arrays["maximized.channel"] = maximized(
        forward, p, lambda r, y: middle(r.outputs[inner][0, 1])
    )
    arrays["maximized.unit"] = maximized(forward, p, lambda r, y: r.outputs[inner][0, 2, 3, 4])
    one, gradient = gradients(forward, p, x[:1], CLASSES[:1])
    arrays["g.x"] = gradient
    for key, value in one.outputs.items():
        arrays["y." + key], arrays["g." + key] = value, value.grad
    plain = {key: np.float32(value.detach().numpy()) for key, value in arrays.items()}
    np.savez_compressed(HERE / (name + ".npz"), **plain)


def make():
    case("explain-chain", chain, CHAIN, "maxPool2", "conv2")
    case("explain-composite", composite, COMPOSITE, "concat1", "residual1.conv2")
