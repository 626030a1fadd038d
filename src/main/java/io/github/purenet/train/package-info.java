/** Training and evaluation of networks. */
package io.github.purenet.train;
