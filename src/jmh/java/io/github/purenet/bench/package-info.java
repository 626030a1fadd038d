/**
 * Benchmarks of whole networks beside their peers ({@link io.github.purenet.bench.Peers}), and of
 * kernels beside the machine's peak ({@link io.github.purenet.bench.KernelTable}).
 */
package io.github.purenet.bench;
