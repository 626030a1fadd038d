/** PureNet: convolutional networks in pure Java. {@link PureNet} tells version and backend. */
package io.github.purenet;
