"""Writes ndarray_parts.txt: parts, joins, comparisons, choices and reductions over several axes.

See ndarray.py. The committed file is from NumPy 1.24.2. Where numbers are equal, 0 and -0 never meet
in a maximum or minimum: which one NumPy takes depends on the processor. Nor is a bound of clip NaN,
which NumPy 1 passes over and NumPy 2 does not.
"""

import itertools

import numpy as np

from numpy_cases import F, case, wide, write

rng = np.random.default_rng(18)
special = np.array([0, 1, -1, 2.5, np.inf, -np.inf, np.nan], F)


def normal(*shape):
    return rng.normal(size=shape).astype(F)


# Slices; each range is from, to, step, and a negative step is [from:to][::step]
def slices(shape, *ranges):
    a = normal(*shape)
    b = a
    for axis, (start, stop, step) in enumerate(ranges):
        b = b[(slice(None),) * axis + (slice(start, stop),)]
        b = b[(slice(None),) * axis + (slice(None, None, step),)]
    if all(step > 0 for _, _, step in ranges):
        assert np.array_equal(b, a[tuple(slice(*r) for r in ranges)])
    case("slice", np.ravel(ranges), [a], b)


for n, start, stop, step in [
    (5, 0, 5, 1), (5, 1, 4, 1), (5, 2, 2, 1), (5, 5, 5, 1), (5, 0, 5, 2), (5, 1, 5, 2), (5, 0, 5, 4),
    (5, 0, 5, 5), (5, 0, 5, 2**31 - 1), (5, 0, 5, -1), (5, 0, 5, -2), (5, 1, 4, -2), (5, 1, 5, -3),
    (5, 3, 3, -1), (5, 0, 5, -(2**31)), (0, 0, 0, 1), (0, 0, 0, -1), (1, 0, 1, -7),
]:
    slices((n,), (start, stop, step))
slices((4, 5), (1, 3, 1))
slices((4, 5), (1, 3, 1), (0, 5, 2))
slices((4, 5), (0, 4, 1), (2, 3, 1))
slices((4, 5), (0, 4, -1), (0, 5, -1))
slices((4, 5), (2, 2, 1), (0, 5, 1))
slices((2, 3, 4), (0, 2, 1), (1, 3, 1), (1, 4, 2))
slices((2, 3, 4), (0, 2, 1), (1, 2, 1))
slices((3, 2, 5, 6), (0, 3, 2), (1, 2, 1), (1, 5, 3), (0, 6, -2))
slices((3, 0, 2), (1, 3, 1), (0, 0, 1), (0, 2, -1))

# Joins
for axis, shapes in [
    (0, [(3,)]), (0, [(3,), (0,), (2,)]), (-1, [(2,), (2,)]), (0, [(2, 3), (1, 3)]),
    (1, [(2, 3), (2, 1), (2, 2)]), (-2, [(2, 3), (1, 3)]), (1, [(2, 1, 3), (2, 2, 3)]),
    (2, [(2, 2, 3), (2, 2, 1)]), (-1, [(2, 0, 3), (2, 0, 1)]), (0, [(0, 3), (0, 3)]),
    (1, [(2, 3, 4, 5), (2, 1, 4, 5), (2, 4, 4, 5)]),
]:
    arrays = [normal(*shape) for shape in shapes]
    case("concatenate", [axis], arrays, np.concatenate(arrays, axis))
for axis, shape, count in [
    (0, (), 3), (-1, (), 1), (0, (3,), 2), (1, (3,), 2), (-1, (2, 3), 2), (-2, (2, 3), 3),
    (-3, (2, 3), 2), (1, (2, 3), 4), (0, (0, 2), 3), (0, (1, 4, 4), 5),
]:
    arrays = [normal(*shape) for _ in range(count)]
    case("stack", [axis], arrays, np.stack(arrays, axis))
for shape, axes in [
    ((), (0,)), ((3,), (0,)), ((3,), (1,)), ((3,), (-1,)), ((2, 3), (1, 3)), ((2, 3), (-1, 0)),
    ((2, 3), (0, 1, 2)), ((2, 3), ()), ((0,), (1,)),
]:
    a = normal(*shape)
    case("expandDims", axes, [a], np.expand_dims(a, axes))

# Two operands
comparisons = {
    "greater": np.greater, "greaterEqual": np.greater_equal, "less": np.less,
    "lessEqual": np.less_equal, "equal": np.equal, "notEqual": np.not_equal,
}
signed_zeros = np.append(special, F(-0.0))
for name, function in comparisons.items():
    case(name, [], [signed_zeros, signed_zeros[:, None]],
         function(signed_zeros, signed_zeros[:, None]).astype(F))
    for left, right in [((2, 3), (2, 3)), ((2, 3), ()), ((4,), (3, 1)), ((0, 3), (3,))]:
        a, b = rng.integers(0, 3, left).astype(F), rng.integers(0, 3, right).astype(F)
        case(name, [], [a, b], np.asarray(function(a, b)).astype(F))
with np.errstate(all="ignore"):
    for name, function in {"maximum": np.maximum, "minimum": np.minimum}.items():
        case(name, [], [special, special[:, None]], function(special, special[:, None]))
        for left, right in [((2, 3), (2, 3)), ((2, 3), ()), ((2, 1), (3,)), ((0,), (1,))]:
            a, b = normal(*left), normal(*right)
            case(name, [], [a, b], function(a, b))
    bases = np.append(special, [F(-0.0), F(-2), F(0.5), F(-0.5)]).astype(F)
    exponents = np.append(bases, [F(2), F(3), F(-2), F(-3), F(127), F(-150)]).astype(F)[:, None]
    case("power", [], [bases, exponents], np.power(wide(bases), wide(exponents)).astype(F))
    a, b = np.abs(normal(3, 4)), normal(4)
    case("power", [], [a, b], np.power(wide(a), wide(b)).astype(F))

# Choices
for shapes in [
    ((2, 3), (2, 3), (2, 3)), ((2, 3), (), ()), ((2, 1), (3,), (2, 3)), ((3,), (2, 1), ()),
    ((), (2, 3), (3,)), ((2, 3, 1), (3, 4), (2, 1, 1)), ((0, 3), (3,), ()), ((), (), ()),
]:
    condition, a, b = rng.integers(-1, 2, shapes[0]).astype(F), normal(*shapes[1]), normal(*shapes[2])
    case("where", [], [condition, a, b], np.where(condition, a, b).astype(F))
case("where", [], [signed_zeros, np.array(1, F), np.array(2, F)], np.where(signed_zeros, F(1), F(2)))
case("where", [], [np.array([0, 1, 0], F), special[:3], special[4:]],
     np.where(np.array([0, 1, 0], F), special[:3], special[4:]))
for low, high in [(-0.5, 1.5), (1, -1), (-np.inf, 0.5), (-3, np.inf), (2, 2)]:
    a = np.concatenate([special, normal(5)])
    case("clip", [], [a, np.array(low, F), np.array(high, F)], np.clip(a, F(low), F(high)))
case("clip", [], [normal(0, 2), np.array(0, F), np.array(1, F)], np.zeros((0, 2), F))

# Reductions
with np.errstate(all="ignore"):
    for shape in [(5,), (3, 1), (2, 3, 4), (2, 3, 2, 4), (1, 1, 1), (2, 0, 3), (2, 2, 1, 2, 3), (0, 0)]:
        a = normal(*shape)
        if a.size:
            case("min", [], [a], a.min())
            case("argmin", [], [a], np.asarray(a.argmin(), F))
        for axis in range(-len(shape), len(shape)):
            if shape[axis]:
                case("min", [axis], [a], a.min(axis))
                case("argmin", [axis], [a], a.argmin(axis).astype(F))
        for count in range(2, len(shape) + 1):
            for axes in itertools.permutations(range(len(shape)), count):
                if list(axes) != sorted(axes) and rng.integers(8):
                    continue
                axes = tuple(axis - len(shape) * int(rng.integers(2)) for axis in axes)
                n = np.prod([shape[axis] for axis in axes])
                case("sumOver", axes, [a], np.asarray(wide(a).sum(axes)).astype(F))
                case("meanOver", axes, [a], np.asarray(wide(a).sum(axes) / F(n)).astype(F))
                if n:
                    case("maxOver", axes, [a], np.asarray(a.max(axes)))
                    case("minOver", axes, [a], np.asarray(a.min(axes)))
        if a.size:
            case("sumOver", [], [a], a.sum(()))
            case("maxOver", [], [a], a.max(()))
    ties = np.array([[3, 1, 1], [np.nan, 1, np.nan], [np.inf, np.inf, np.inf]], F)
    case("argmin", [], [ties], np.asarray(ties.argmin(), F))
    case("min", [], [ties], ties.min())
    for axis in 0, 1:
        case("argmin", [axis], [ties], ties.argmin(axis).astype(F))
        case("min", [axis], [ties], ties.min(axis))
    case("maxOver", [1, 0], [ties], np.asarray(ties.max((1, 0))))
    case("minOver", [0, -1], [ties], np.asarray(ties.min((0, -1))))

write(__file__)
