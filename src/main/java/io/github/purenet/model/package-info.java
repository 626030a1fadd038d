/** Networks with a name. */
package io.github.purenet.model;
