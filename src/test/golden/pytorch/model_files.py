"""Parameters in files, both ways: every kind of layer that has some, in the names of PyTorch.

Without arguments, writes model/*.safetensors and model/parameters.npz, which ModelFilesGoldenTest
reads. With a directory, checks what that test has written there with -Dpurenet.golden.models=DIR.
"""

import json
import struct
import sys
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
from torch import nn

HERE = Path(__file__).parent / "model"

TYPES = {"F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64}


class Residual(nn.Module):
    def __init__(self, branch, projection):
        super().__init__()
        for name, layer in branch.items():
            self.add_module(name, layer)
        self.projection = nn.Sequential(projection)
        self.branch = list(branch)

    def forward(self, x):
        y = x
        for name in self.branch:
            y = getattr(self, name)(y)
        return y + self.projection(x)


class Concat(nn.Module):
    def __init__(self, **branches):
        super().__init__()
        for name, layers in branches.items():
            self.add_module(name, nn.Sequential(layers))

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.children()], 1)


def network():
    """The network of ModelFilesGoldenTest."""
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(2, 6, 3, padding=1, bias=False),
            batchNorm1=nn.BatchNorm2d(6),
            relu1=nn.ReLU(),
            conv2=nn.Conv2d(6, 4, (2, 3), stride=(1, 2), groups=2),
            residual1=Residual(
                OrderedDict(
                    conv1=nn.Conv2d(4, 5, 3, padding=1),
                    layerNorm1=nn.LayerNorm([5, 5, 2]),
                    tanh1=nn.Tanh(),
                ),
                OrderedDict(conv1=nn.Conv2d(4, 5, 1)),
            ),
            concat1=Concat(
                branch1=OrderedDict(conv1=nn.Conv2d(5, 2, 1)),
                branch2=OrderedDict(batchNorm1=nn.BatchNorm2d(5)),
            ),
            flatten1=nn.Flatten(),
            affine1=nn.Linear(70, 8),
            batchNorm2=nn.BatchNorm1d(8),
            sigmoid1=nn.Sigmoid(),
            affine2=nn.Linear(8, 3, bias=False),
        )
    ).eval()


def random_network(seed):
    torch.manual_seed(seed)
    net = network()
    state = net.state_dict()
    for name, value in state.items():
        if name.endswith("num_batches_tracked"):
            value.fill_(17)
        else:
            value.copy_(torch.rand(value.shape) + (0.5 if name.endswith("var") else -0.5))
    return net


def write_safetensors(file, tensors, dtype):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, value in tensors.items():
        kind = "I64" if value.dtype == torch.int64 else dtype
        value = value if kind == "I64" else value.to(TYPES[dtype])
        bits = value.view(torch.int16) if dtype == "BF16" and kind != "I64" else value
        raw = bits.numpy().tobytes()
        header[name] = {
            "dtype": kind,
            "shape": list(value.shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header).encode()
    file.write_bytes(struct.pack("<Q", len(text)) + text + data)


def read_safetensors(file):
    raw = file.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            assert entry["dtype"] == "F32", entry
            array = np.frombuffer(raw[begin:end], "<f4").reshape(entry["shape"])
            tensors[name] = torch.from_numpy(array.copy())
    return tensors


def make():
    HERE.mkdir(exist_ok=True)
    net = random_network(1)
    x = torch.rand(3, 2, 6, 5) - 0.5
    arrays = {"x": x}
    state = {name: value.clone() for name, value in net.state_dict().items()}
    for dtype, torch_type in TYPES.items():
        write_safetensors(HERE / (dtype.lower() + ".safetensors"), state, dtype)
        rounded = {
            name: value.to(torch_type).float() if value.is_floating_point() else value
            for name, value in state.items()
        }
        net.load_state_dict(rounded)
        arrays["y" + dtype] = net(x).detach()
    np.savez(HERE / "values.npz", **{name: value.numpy() for name, value in arrays.items()})
    np.savez(HERE / "parameters.npz", **{name: value.numpy() for name, value in state.items()})


def check(directory):
    net = network()
    net.load_state_dict(read_safetensors(directory / "model.safetensors"))
    x, y = (torch.from_numpy(np.load(directory / (name + ".npy"))) for name in "xy")
    difference = (net(x) - y).abs().max().item()
    print("largest difference of outputs: %.2e" % difference)
    assert difference < 1e-5

    book = nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(1, 30, 5),
            relu1=nn.ReLU(),
            maxPool1=nn.MaxPool2d(2),
            flatten=nn.Flatten(),
            affine1=nn.Linear(30 * 12 * 12, 100),
            relu2=nn.ReLU(),
            affine2=nn.Linear(100, 10),
        )
    ).eval()
    book.load_state_dict(read_safetensors(directory / "book.safetensors"))
    x, y = (torch.from_numpy(np.load(directory / ("book_" + name + ".npy"))) for name in "xy")
    difference = (book(x) - y).abs().max().item()
    print("largest difference of SimpleConvNet's logits: %.2e" % difference)
    assert difference < 1e-5


if __name__ == "__main__":
    if len(sys.argv) > 1:
        check(Path(sys.argv[1]))
    else:
        make()
