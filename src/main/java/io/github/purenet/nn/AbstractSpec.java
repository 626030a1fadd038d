package io.github.purenet.nn;

/** A spec with a kind, which is compared and printed by what it holds. */
abstract class AbstractSpec implements LayerSpec {
  private final String kind;

  AbstractSpec(String kind) {
    this.kind = kind;
  }

  @Override
  public final String kind() {
    return kind;
  }

  /** Returns what equal specs share: the settings, and what these may leave out. */
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

  /** Returns, for example, {@code conv {filters=30, size=[5, 5], ...}}. */
  @Override
  public final String toString() {
    return settings().isEmpty() ? kind : kind + " " + settings();
  }
}
