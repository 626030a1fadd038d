/**
 * The report of a network: one page with how it learned, what it gets right and wrong, and what it
 * looks at, or two networks side by side. {@link io.github.purenet.report.Report} writes it, {@link
 * io.github.purenet.report.ReportListener} at the end of a training.
 *
 * <p>It shows the figures of the package {@code plot} and needs what they need.
 */
package io.github.purenet.report;
