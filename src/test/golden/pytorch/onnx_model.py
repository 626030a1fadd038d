"""Exports a saved SimpleConvNet of the book's sizes to ONNX: MODEL.safetensors MODEL.onnx."""

import json
import struct
import sys
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
from torch import nn

raw = Path(sys.argv[1]).read_bytes()
(length,) = struct.unpack("<Q", raw[:8])
tensors = {}
for name, entry in json.loads(raw[8 : 8 + length]).items():
    if name != "__metadata__":
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        array = np.frombuffer(raw[begin:end], "<f4").reshape(entry["shape"])
        tensors[name] = torch.from_numpy(array.copy())

net = nn.Sequential(
    OrderedDict(
        conv1=nn.Conv2d(1, 30, 5),
        relu1=nn.ReLU(),
        maxPool1=nn.MaxPool2d(2),
        flatten1=nn.Flatten(),
        affine1=nn.Linear(30 * 12 * 12, 100),
        relu2=nn.ReLU(),
        affine2=nn.Linear(100, 10),
    )
).eval()
net.load_state_dict(tensors)
torch.onnx.export(
    net,
    torch.zeros(1, 1, 28, 28),
    sys.argv[2],
    input_names=["x"],
    output_names=["y"],
    dynamic_axes={"x": {0: "n"}, "y": {0: "n"}},
)
