package io.github.purenet.data;

/**
 * A file that mirrors hold, compressed by gzip.
 *
 * @param name its name, on every mirror and here
 * @param size the size of its content, unpacked
 * @param sha256 the SHA-256 of its content, unpacked: mirrors compress each in their own way
 */
record RemoteFile(String name, long size, String sha256) {}
