"""Convolutions: plain, strided, padded, dilated, grouped, depth-wise; weight (FN, C / groups, FH, FW)."""

import torch.nn.functional as F

from golden import layer, numbers

# N, C, H, W, FN, FH, FW, and what differs from the default.
CASES = {
    "plain": [
        (1, 1, 5, 4, 1, 2, 3, {}),
        (3, 2, 7, 9, 5, 3, 2, {}),
        (2, 5, 11, 6, 9, 5, 6, {}),
    ],
    "strided": [
        (1, 2, 9, 8, 3, 3, 3, dict(stride=2)),
        (2, 3, 8, 13, 4, 2, 3, dict(stride=(1, 3))),
        (3, 1, 7, 7, 7, 2, 2, dict(stride=(3, 4))),
    ],
    "padded": [
        (1, 1, 3, 3, 2, 3, 3, dict(padding=2)),
        (2, 3, 6, 5, 4, 5, 2, dict(padding=(3, 1))),
        (3, 2, 7, 10, 3, 2, 5, dict(padding=(0, 4), stride=2)),
    ],
    "dilated": [
        (1, 2, 9, 10, 3, 3, 3, dict(dilation=2)),
        (2, 3, 11, 17, 4, 3, 2, dict(dilation=(2, 5), padding=(3, 4))),
        (3, 1, 12, 13, 5, 2, 4, dict(dilation=(3, 2), stride=(2, 3), padding=(1, 5))),
    ],
    "grouped": [
        (1, 4, 6, 5, 6, 3, 3, dict(groups=2)),
        (2, 6, 7, 8, 9, 2, 3, dict(groups=3, padding=(1, 2), stride=(2, 1))),
        (3, 4, 9, 11, 10, 3, 2, dict(groups=2, dilation=(2, 3), padding=(2, 1))),
    ],
    "depthwise": [
        (1, 3, 6, 7, 3, 3, 3, dict(groups=3, padding=1)),
        (2, 5, 9, 8, 5, 2, 5, dict(groups=5, stride=(2, 3), padding=(1, 2))),
        (3, 2, 11, 10, 6, 3, 2, dict(groups=2, dilation=(2, 3))),
    ],
}


def pair(value):
    return value if isinstance(value, tuple) else (value, value)


def make():
    for kind, cases in CASES.items():
        for i, (n, c, h, w, fn, fh, fw, settings) in enumerate(cases):
            layer(
                f"conv-{kind}-{i}",
                lambda x, W, b, settings=settings: F.conv2d(x, W, b, **settings),
                numbers((n, c, h, w), i),
                10 + i,
                extra=dict(
                    stride=pair(settings.get("stride", 1)),
                    pad=pair(settings.get("padding", 0)),
                    dilation=pair(settings.get("dilation", 1)),
                    groups=settings.get("groups", 1),
                ),
                W=numbers((fn, c // settings.get("groups", 1), fh, fw), 20 + i),
                b=numbers((fn,), 30 + i),
            )
