/** HTML as the library writes it, for its own pages, and where to; not exported. */
package io.github.purenet.html;
