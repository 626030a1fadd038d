/** Data sets, and batches of their samples. */
package io.github.purenet.data;
