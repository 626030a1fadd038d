package io.github.purenet.train;

/** How a training run ended. */
public enum Ending {
  /** After the last epoch. */
  COMPLETE("complete"),

  /** By {@link Trainer#stop} or {@link Training#stop}, for example by {@link EarlyStopping}. */
  STOPPED("stopped"),

  /** By an interrupt of the thread, which stays interrupted. */
  INTERRUPTED("interrupted");

  private final String word;

  Ending(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
