package io.github.purenet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.Collection;

/** What only the garbage collector can prove: that nobody holds an object any more. */
public final class Garbage {

  private Garbage() {}

  /** Collects until all references are cleared, and fails if some are not within ten seconds. */
  public static void awaitCleared(Collection<? extends Reference<?>> references)
      throws InterruptedException {
    for (int i = 0; i < 100 && !cleared(references); i++) {
      System.gc();
      Thread.sleep(100);
    }
    assertThat(references.stream().filter(r -> !r.refersTo(null)))
        .as("references, of %d, that are not cleared", references.size())
        .isEmpty();
  }

  private static boolean cleared(Collection<? extends Reference<?>> references) {
    return references.stream().allMatch(r -> r.refersTo(null));
  }
}
