/**
 * Pictures of what a network has learned: each is a {@link io.github.purenet.plot.Figure}, which
 * becomes PNG or SVG, in the colors of a {@link io.github.purenet.plot.Theme}.
 *
 * <p>This package needs the module {@code java.desktop} of the JDK and no display. Charts need
 * XChart, and SVG needs Batik's {@code batik-svggen}; both are optional dependencies, which an
 * application adds to its pom if it wants them.
 */
package io.github.purenet.plot;
