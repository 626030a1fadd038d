/** Well-known convolutional networks. */
package io.github.purenet.model;
