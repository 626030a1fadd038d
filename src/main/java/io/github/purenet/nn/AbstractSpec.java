package io.github.purenet.nn;

/** A spec that is compared by its kind, settings and initializers, and printed without the last. */
abstract class AbstractSpec implements LayerSpec {
  private final String kind;

  AbstractSpec(String kind) {
    this.kind = kind;
  }

  @Override
  public final String kind() {
    return kind;
  }

  /** Returns what must be equal in equal specs of one kind: the settings and the initializers. */
  Object content() {
    return settings();
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof AbstractSpec that
        && kind.equals(that.kind)
        && content().equals(that.content());
  }

  @Override
  public final int hashCode() {
    return 31 * kind.hashCode() + content().hashCode();
  }

  /** Returns the kind and the settings, for example {@code conv {filters=30, size=[5, 5], ...}}. */
  @Override
  public final String toString() {
    return settings().isEmpty() ? kind : kind + " " + settings();
  }
}
