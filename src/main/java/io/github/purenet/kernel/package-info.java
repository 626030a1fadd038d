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
 * <p>Arrays begin at 0: C2 makes vectors of loops that read and write arrays at one index from
 * there, and of few others. This package is not exported.
 */
package io.github.purenet.kernel;
