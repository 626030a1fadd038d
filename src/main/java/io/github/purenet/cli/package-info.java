/** The {@code purenet} command, which needs picocli, an optional dependency. */
package io.github.purenet.cli;
