/**
 * The live page of a network and its HTTP API, on the HTTP server of the JDK.
 *
 * <p>{@link io.github.purenet.serve.Server} listens, checks where requests come from and how large
 * they are, and hands them to {@link io.github.purenet.serve.Route routes}; what a network answers
 * is in {@link io.github.purenet.serve.NetworkApi}. The package needs the module {@code
 * jdk.httpserver}, which nothing else does. It is not exported.
 */
package io.github.purenet.serve;
