"""Writes ndarray.txt, what NumPy makes of the operations of NDArray, for NDArrayGoldenTest.

The committed file is from NumPy 2.4.6; up to 2.2 float32 printed as scientific from 1e8 on, not from
1e6, so such a version writes another file.
"""

import numpy as np

from numpy_cases import F, case, wide, write

rng = np.random.default_rng(7)


def normal(*shape):
    return rng.normal(size=shape).astype(F)


def quarters(*shape):
    """Multiples of 1/4 from -4 to 4: sums of their products are exact in any order."""
    return (rng.integers(-16, 17, size=shape) / 4).astype(F)


# Broadcasting
for left, right in [
    ((), ()), ((3,), ()), ((), (2, 3)), ((2, 3), (2, 3)), ((2, 3), (3,)), ((2, 3), (2, 1)),
    ((2, 1), (1, 3)), ((4,), (3, 1)), ((2, 3, 4, 5), (3, 1, 1)), ((2, 3, 4, 5), (1, 3, 1, 1)),
    ((2, 1, 4, 1), (3, 1, 5)), ((1, 1), (1,)), ((0, 3), (3,)), ((0, 3), (1, 1)), ((2, 0), (2, 1)),
    ((1,), (0,)), ((1, 6, 1), (5, 1, 7)),
]:
    a, b = normal(*left), normal(*right)
    case("add", [], [a, b], a + b)
    case("subtract", [], [a, b], a - b)
    case("multiply", [], [a, b], a * b)
    case("divide", [], [a, b], a / b)
special = np.array([0, -0.0, 1, np.inf, -np.inf, np.nan], F)
with np.errstate(all="ignore"):
    case("add", [], [special, special[:, None]], special + special[:, None])
    case("divide", [], [special, special[:, None]], special / special[:, None])
for left, right in [((3,), ()), ((2, 3), (3,)), ((2, 3), (2, 1)), ((2, 3, 4), (1, 3, 1)),
                    ((0, 3), (3,)), ((2, 3), (2, 3)), ((), ())]:
    a, b = normal(*left), normal(*right)
    c = a.copy()
    c += b
    case("addInPlace", [], [a, b], c)

# Elementwise
positive = np.concatenate([np.abs(normal(20)), np.array([0, 1e-30, 1e30, np.inf], F)]).astype(F)
signed = np.concatenate([normal(20), special])
with np.errstate(all="ignore"):
    case("log", [], [positive], np.log(wide(positive)).astype(F))
    case("sqrt", [], [positive], np.sqrt(positive))
    case("exp", [], [signed], np.exp(wide(signed)).astype(F))
    case("abs", [], [signed], np.abs(signed))
    case("negate", [], [signed], -signed)

# Reductions
for shape in [(5,), (2, 3), (3, 1), (2, 3, 4), (2, 3, 4, 5), (1, 1, 1), (2, 0, 3), (0,)]:
    a = normal(*shape)
    case("sum", [], [a], wide(a).sum().astype(F))
    if a.size:
        case("mean", [], [a], wide(a).mean().astype(F))
        case("max", [], [a], a.max())
        case("argmax", [], [a], np.asarray(a.argmax(), F))
    for axis in range(-len(shape), len(shape)):
        case("sum", [axis], [a], wide(a).sum(axis).astype(F))
        if shape[axis]:
            case("mean", [axis], [a], wide(a).mean(axis).astype(F))
            case("max", [axis], [a], a.max(axis))
            case("argmax", [axis], [a], a.argmax(axis).astype(F))
ties = np.array([[1, 3, 3], [np.nan, 3, np.nan], [-np.inf, -np.inf, -np.inf]], F)
case("argmax", [], [ties], np.asarray(ties.argmax(), F))
case("max", [], [ties], ties.max())
for axis in 0, 1:
    case("argmax", [axis], [ties], ties.argmax(axis).astype(F))
    case("max", [axis], [ties], ties.max(axis))

# Layout
for shape, axes in [
    ((), ()), ((3,), (0,)), ((2, 3), (1, 0)), ((2, 3), (0, 1)), ((2, 3, 4), (2, 0, 1)),
    ((2, 3, 4), (-1, 0, -2)), ((2, 3, 4, 5), (0, 2, 3, 1)), ((2, 3, 4, 5), (0, 3, 1, 2)),
    ((2, 1, 3, 2, 2), (4, 2, 0, 3, 1)), ((2, 0, 3), (2, 1, 0)),
]:
    a = normal(*shape)
    case("transpose", axes, [a], a.transpose(axes))
    case("reverse", [], [a], a.T)
for shape, pairs in [
    ((3,), [(1, 2)]), ((2, 3), [(0, 0), (0, 0)]), ((2, 3), [(1, 0), (0, 2)]),
    ((2, 1, 3, 3), [(0, 0), (0, 0), (1, 1), (2, 2)]), ((0, 2), [(1, 1), (0, 1)]), ((1, 1), [(2, 2)] * 2),
]:
    a = normal(*shape)
    case("pad", np.ravel(pairs), [a], np.pad(a, pairs))

# Dot
for left, right in [
    ((4,), (4,)), ((2, 3), (3, 4)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3, 4), (4, 5)),
    ((2, 3, 4), (4,)), ((2, 1, 3, 4), (4, 1)), ((1, 1), (1, 1)), ((0, 3), (3, 2)),
    ((2, 0), (0, 3)), ((0,), (0,)), ((2, 3), (3, 0)), ((17, 70), (70, 33)),
]:
    a, b = quarters(*left), quarters(*right)
    case("dot", [], [a, b], np.asarray(a.dot(b), F))


# Printing
def show(a):
    a = np.asarray(a, F)
    case("print", [], [a], str(a))


for number in [0, -0.0, 1, 3.5, -2, 0.1, 1 / 3, 1e-4, 9.9e-5, 1e-45, 3.4028235e38, 1e15, 1e16, 123456789,
               16777216, 2**-44, 1e23, np.nan, np.inf, -np.inf]:
    show(number)
for numbers in [
    [], [1, 2, 3], [1.5, 2, -3.25], [0.1, 0.2, 0.3], [1 / 3, 2 / 3], [0, 0], [-0.0, 0], [1e-4, 0.05],
    [9.9e-5, 1], [999999, 1000], [1e6], [1e6, 5e5], [123456.7, 999], [1, 1000], [1, 1001], [0, 1001],
    [1e8], [1e10, 1.1e10], [1.1e10, 1.2345678e10], [1e-10, 1], [1e-45, 3.4028235e38], [2**-44],
    [np.nan], [np.inf], [-np.inf], [np.nan, np.inf, -np.inf], [1, np.nan], [-1, np.inf],
    [100.5, np.nan, -np.inf], [1e10, np.nan, -np.inf, -1], [-1e-7, 2e-5], [1e-7], [12, 0.12345678],
    [0.00012345678], [0.123456789, 0.000123456789], [0.5, 0.25, 0.125], [0.99999999], [9.9999995],
    [1.00000001, 99.999999], [1 + 2**-23, 8.5], [16777216], [33554432, 1],
]:
    show(numbers)
show(np.arange(6).reshape(2, 3) + 1)
show(np.arange(24).reshape(2, 3, 4))
show(np.arange(24).reshape(2, 1, 3, 1, 4))
show(np.zeros((2, 0, 3)))
show(np.full((1, 1, 1), -7))
show(normal(3, 4))
show(normal(4, 3) * F(1e-3))
show(normal(2, 2, 3) * F(1e4))
show(normal(40))  # breaks lines
show(normal(2, 40))
show(normal(2, 1, 30))
show(quarters(3, 60))
show(np.arange(1000))  # the last one in full
show(np.arange(1001))
show(np.arange(26 * 40).reshape(26, 40))
show(np.arange(1200).reshape(200, 6))
show(np.arange(1200).reshape(6, 200))
show(np.arange(1200).reshape(2, 3, 4, 5, 10))
show(np.arange(1050).reshape(7, 10, 15) / 8)
show(normal(11, 10, 10))
hidden = np.ones(1100)
hidden[500] = 1e30  # what is not shown does not widen the columns
show(hidden)
for _ in range(60):  # digits: floats of every magnitude, alone and in company
    bits = rng.integers(0, 0x7F800000, size=1, dtype=np.uint32)
    show(bits.view(F)[0])
for _ in range(40):
    sign = rng.choice([-1, 1], size=5)
    show(sign * rng.uniform(1, 10, size=5) * 10.0 ** rng.integers(-5, 6) * rng.choice([1, 0, 3], size=5))
for exponent in range(-149, 128, 9):  # powers of two, whose neighbors are unequally far
    show(2.0**exponent)
    show([2.0**exponent, 3 * 2.0 ** (exponent - 1)] if exponent > -149 else [2.0**exponent])

write(__file__)
