/**
 * Files of numbers: {@link io.github.purenet.io.Idx IDX}, the format of MNIST, and NumPy's {@link
 * io.github.purenet.io.Npy npy} and {@link io.github.purenet.io.Npz npz}.
 *
 * <p>A file that is not what it says is a {@link java.io.IOException} whose message names the file
 * and the byte, never a wrong number and never a huge allocation: no reader believes a size in a
 * header before the bytes have come. Whatever a float cannot hold (an integer with more than 24
 * significant bits, a double beyond the range) is such an error, too.
 */
package io.github.purenet.io;
