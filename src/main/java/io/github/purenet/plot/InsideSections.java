package io.github.purenet.plot;

/** Sections about the inside of a network: its layers, filters and activations. */
final class InsideSections {
  private InsideSections() {}

  static void network(Html html, Run run) {}

  static void filters(Html html, Run run) {}

  static void featureMaps(Html html, Run run) {}

  static void evidence(Html html, Run run) {}

  static void embedding(Html html, Run run) {}
}
