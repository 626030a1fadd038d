/** The {@code purenet} command. It needs picocli, an optional dependency. */
package io.github.purenet.cli;
