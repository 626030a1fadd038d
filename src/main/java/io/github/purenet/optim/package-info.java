/** What turns gradients into better parameters. */
package io.github.purenet.optim;
