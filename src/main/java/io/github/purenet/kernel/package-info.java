/**
 * The hot loops on {@code float[]}, and nothing of layers. The loops check nothing beyond {@code
 * assert}; {@code Window} and {@code ConvGeometry} check sizes for the layers that ask.
 *
 * <p>{@link io.github.purenet.kernel.Kernels} is the surface: one flat interface, with two
 * implementations that {@code Backend} chooses between at the first call. {@code VectorKernels} is
 * written with the Vector API, {@code ScalarKernels} in loops that C2 turns into vectors. What both
 * have in common is above them: {@code ElementKernels} visits each number once, {@code PoolKernels}
 * pools, {@code BlockedKernels} multiplies and convolves in blocks that fit the cache. Statistics
 * and loops that are the same for both are classes of their own ({@link
 * io.github.purenet.kernel.ChannelStatistics}, {@link io.github.purenet.kernel.RowStatistics},
 * {@link io.github.purenet.kernel.LocalResponse}).
 *
 * <p>{@link io.github.purenet.kernel.Tasks} cuts work, by its size alone, and {@code Workers} runs
 * the tasks; what a task of a product or convolution is follows from the blocks of {@code
 * BlockedKernels}. Sizes come in records: {@link io.github.purenet.kernel.Matrix} is an operand of
 * a product, {@link io.github.purenet.kernel.ConvGeometry} a window on its way over images, {@link
 * io.github.purenet.kernel.Epilogue} what follows a convolution.
 *
 * <p>The error of a sum does not grow with its length beyond a bound. With {@code m}, the sum of
 * the magnitudes of all that is summed (of products, if it is a sum of products):
 *
 * <ul>
 *   <li>No sum is off by more than {@code 10,000 * 2^-24 m}, 6e-4 of m.
 *   <li>A sum over an inner dimension, a plane or a column of more than 9,216 numbers is not off by
 *       more than {@code 1,000 * 2^-24 m}, 6e-5 of m, since such a sum is cut into runs ({@code
 *       Sums}). Only the gradient of images behind a pool is excepted.
 *   <li>Statistics, and the sums of softmax and of large windows of average pooling, are computed
 *       in double or with compensation, and are off by a few roundings.
 * </ul>
 *
 * <p>Equal numbers come nearest to these bounds: 2^25 times 0.1 is off by 4e-6, and 9,216 times 0.1
 * by 9e-5 with the scalar kernels. The roundings of random numbers cancel out.
 *
 * <p>Arrays begin at 0: C2 makes vectors of loops that read and write arrays at one index from
 * there, and of few others. This package is not exported.
 */
package io.github.purenet.kernel;
