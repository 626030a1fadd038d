/** HTML as the library writes it, for its own pages; not exported. */
package io.github.purenet.html;
