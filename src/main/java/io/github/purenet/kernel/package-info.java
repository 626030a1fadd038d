/**
 * The hot loops on {@code float[]}, and nothing else: no checks beyond {@code assert}, no layers.
 *
 * <p>This package is not exported. What calls it has validated every shape and index.
 */
package io.github.purenet.kernel;
