package io.github.purenet.serve;

import java.time.Duration;

/**
 * How much a server takes at once.
 *
 * @param bodyBytes the largest body
 * @param heldBytes what all bodies together may take, with what is made of them
 * @param batch the most samples in one request
 * @param pixels the most pixels of a picture
 * @param computing how many requests compute at once
 * @param waiting how many more wait for that
 * @param streams how many streams of events are open at once
 * @param times how long things may take
 */
record Limits(
    int bodyBytes,
    long heldBytes,
    int batch,
    long pixels,
    int computing,
    int waiting,
    int streams,
    Times times) {

  /**
   * How long things may take.
   *
   * @param turn how long a request waits for its turn to compute
   * @param header how long a client may take to send the headers that it has begun
   * @param body how long a client may take to send its body
   * @param answer how long an answer may be computed, and how long a client may take to read it
   * @param linger how long a client is listened to whose request has been refused already
   * @param end how long requests may go on when the server ends
   */
  record Times(
      Duration turn,
      Duration header,
      Duration body,
      Duration answer,
      Duration linger,
      Duration end) {}

  /** What suits one person's machine. */
  static final Limits DEFAULT =
      new Limits(
          16 << 20,
          Math.max(96 << 20, Runtime.getRuntime().maxMemory() / 4),
          1024,
          16_000_000,
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          64,
          16,
          new Times(
              Duration.ofSeconds(5),
              Duration.ofSeconds(5),
              Duration.ofSeconds(10),
              Duration.ofSeconds(30),
              Duration.ofSeconds(2),
              Duration.ofSeconds(5)));
}
