/**
 * Float32 arrays of any rank with NumPy's rules: a {@link io.github.purenet.ndarray.Shape} gives
 * the length of each axis, an {@link io.github.purenet.ndarray.NDArray} holds the numbers.
 *
 * <p>Arrays are row-major and contiguous, from the first number of their {@code float[]} on.
 * Reshapes are views; everything else is a copy.
 */
package io.github.purenet.ndarray;
