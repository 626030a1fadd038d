package io.github.purenet.cli;

import java.util.function.Supplier;

/** What a user asks for that cannot be: the command ends with {@link Main#WRONG_USE}. */
final class WrongUse extends RuntimeException {
  private static final long serialVersionUID = 1;

  WrongUse(String message) {
    super(message);
  }

  /**
   * Returns what is made of the values of options, of which the library tells that they are out of
   * range.
   */
  static <T> T unless(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      WrongUse wrong = new WrongUse(e.getMessage());
      wrong.initCause(e);
      throw wrong;
    }
  }
}
