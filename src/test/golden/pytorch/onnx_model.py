"""Exports a saved SimpleConvNet of the book's sizes to ONNX: MODEL.safetensors MODEL.onnx."""

import sys
from collections import OrderedDict
from pathlib import Path

import torch
from model_files import read_safetensors
from torch import nn

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
net.load_state_dict(read_safetensors(Path(sys.argv[1])))
torch.onnx.export(
    net,
    torch.zeros(1, 1, 28, 28),
    sys.argv[2],
    input_names=["x"],
    output_names=["y"],
    dynamic_axes={"x": {0: "n"}, "y": {0: "n"}},
)
