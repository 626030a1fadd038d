/**
 * JSON, for the headers of files. Values are Maps from Strings, Lists, Strings, Integers, Longs,
 * Doubles, Booleans and null. This package is not exported.
 */
package io.github.purenet.json;
