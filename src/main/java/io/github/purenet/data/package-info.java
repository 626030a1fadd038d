/** Data sets, and batches made of them. */
package io.github.purenet.data;
