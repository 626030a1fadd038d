package io.github.purenet.optim;

import java.math.BigDecimal;
import java.util.Locale;

/** A schedule that says in words what it does. */
record DescribedSchedule(Schedule schedule, String words) implements Schedule {

  /** Describes a schedule; numbers among the arguments, for %s, are written without an exponent. */
  static Schedule of(Schedule schedule, String words, Object... arguments) {
    Object[] texts = new Object[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i] instanceof Double number ? plain(number) : arguments[i];
    }
    return new DescribedSchedule(schedule, String.format(Locale.ROOT, words, texts));
  }

  /** Returns a finite number without an exponent and without zeros at its end. */
  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** Returns the words of a schedule, also of one that somebody else wrote as a lambda. */
  static String words(Schedule schedule) {
    return schedule.getClass().isHidden() ? "by a schedule of its own" : schedule.toString();
  }

  @Override
  public double learningRate(long step) {
    return schedule.learningRate(step);
  }

  @Override
  public String toString() {
    return words;
  }
}
