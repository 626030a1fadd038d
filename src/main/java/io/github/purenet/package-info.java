/** Convolutional networks in pure Java. {@link PureNet} reports version, backend and threads. */
package io.github.purenet;
