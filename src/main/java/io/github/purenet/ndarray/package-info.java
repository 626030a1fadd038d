/**
 * Float32 arrays of any rank with NumPy's rules: {@link io.github.purenet.ndarray.Shape} says how
 * long each axis is, {@link io.github.purenet.ndarray.NDArray} holds the numbers.
 *
 * <p>Arrays are row-major and always contiguous, so a kernel needs only a {@code float[]} and an
 * offset. Slices of the first axis and reshapes are views; everything else is a copy.
 */
package io.github.purenet.ndarray;
