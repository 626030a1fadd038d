/**
 * Readers of array files: {@link io.github.purenet.io.Idx IDX}, the format of MNIST, and NumPy's
 * {@link io.github.purenet.io.Npy npy} and {@link io.github.purenet.io.Npz npz}.
 *
 * <p>A damaged file causes a {@link java.io.IOException} whose message names the file and the byte,
 * never a wrong number and never a huge allocation: no reader trusts a size in a header before the
 * bytes have been read. So does a number that a float cannot hold (an integer with more than 24
 * significant bits, a double beyond the range).
 */
package io.github.purenet.io;
