/**
 * Pictures to arrays: single ones for a network to classify, and folders of them as data sets.
 *
 * <p>This package and {@code plot} are the only ones that need the module {@code java.desktop} of
 * the JDK, this one for its ImageIO. The library does not ask for that module: an application on
 * the module path that uses this package declares {@code requires java.desktop} itself, and on the
 * class path the module is there anyway. All else runs in a runtime image without it.
 */
package io.github.purenet.image;
