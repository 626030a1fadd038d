package io.github.purenet.optim;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Parameter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the state of an optimizer as named arrays and reads it back: the number of {@code steps};
 * for a parameter {@code conv1.W} the number of its updates, {@code conv1.W.steps}; and, once it
 * was updated, its slots in its shape, for example {@code conv1.W.m}. A count is two numbers,
 * {@code count / 2^24} and {@code count % 2^24}, since a float cannot tell 2^24 + 1 from 2^24.
 */
final class StateFormat {
  private static final String STEPS = "steps";
  private static final long BASE = 1 << 24;
  private static final Shape PAIR = Shape.of(2);

  private final String kind;
  private final List<String> slotNames;

  StateFormat(String kind, List<String> slotNames) {
    this.kind = kind;
    this.slotNames = slotNames;
  }

  /** Returns the state as copies, in the order of the parameters. */
  Map<String, NDArray> write(
      long steps, List<Parameter> parameters, IdentityHashMap<Parameter, Slots> slotsOf) {
    Map<String, NDArray> state = new LinkedHashMap<>();
    state.put(STEPS, count(steps));
    for (Parameter parameter : slotNames.isEmpty() ? List.<Parameter>of() : parameters) {
      Slots slots = slotsOf.get(parameter);
      NDArray updates = count(slots == null ? 0 : slots.updates);
      if (state.put(name(parameter, STEPS), updates) != null) {
        throw new IllegalStateException(
            kind + ": expected parameters of different names, got two of " + parameter.name());
      }
      for (int i = 0; slots != null && i < slotNames.size(); i++) {
        NDArray copy = NDArray.of(parameter.value().shape(), slots.arrays[i]);
        state.put(name(parameter, slotNames.get(i)), copy);
      }
    }
    return Collections.unmodifiableMap(state);
  }

  /** Reads the number of steps. */
  long steps(Map<String, NDArray> state) {
    return count(state, STEPS, Double.POSITIVE_INFINITY);
  }

  /** Reads the slots of every parameter that was ever updated. */
  IdentityHashMap<Parameter, Slots> slots(List<Parameter> parameters, Map<String, NDArray> state) {
    long steps = steps(state);
    Set<String> unknown = new TreeSet<>(state.keySet());
    unknown.remove(STEPS);
    IdentityHashMap<Parameter, Slots> slotsOf = new IdentityHashMap<>();
    for (Parameter parameter : slotNames.isEmpty() ? List.<Parameter>of() : parameters) {
      long updates = count(state, name(parameter, STEPS), (double) steps);
      unknown.remove(name(parameter, STEPS));
      if (updates > 0) {
        Slots slots = new Slots(slotNames.size(), parameter.value().size());
        slots.updates = updates;
        for (int i = 0; i < slotNames.size(); i++) {
          String name = name(parameter, slotNames.get(i));
          NDArray from = array(state, name, parameter.value().shape());
          System.arraycopy(from.data(), 0, slots.arrays[i], 0, from.size());
          unknown.remove(name);
        }
        slotsOf.put(parameter, slots);
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          kind + ": expected a state of " + parameters + ", got also " + unknown);
    }
    return slotsOf;
  }

  private static String name(Parameter parameter, String slot) {
    return parameter.name() + "." + slot;
  }

  private static NDArray count(long value) {
    long high = value / BASE;
    long low = value % BASE;
    return NDArray.of((float) high, (float) low);
  }

  private long count(Map<String, NDArray> state, String name, double max) {
    NDArray pair = array(state, name, PAIR);
    float high = pair.get(0);
    float low = pair.get(1);
    double count = (double) high * BASE + low;
    if (isDigit(high) && isDigit(low) && count <= max) {
      return (long) count;
    }
    throw new IllegalArgumentException(
        kind + ": expected a count of steps in " + name + ", got (" + high + ", " + low + ")");
  }

  private static boolean isDigit(float number) {
    return number >= 0 && number < BASE && number == Math.rint(number);
  }

  private NDArray array(Map<String, NDArray> state, String name, Shape shape) {
    NDArray array = state.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          kind + ": expected " + name + " in the state, got " + new TreeSet<>(state.keySet()));
    }
    if (!array.shape().equals(shape)) {
      throw new IllegalArgumentException(
          kind + ": expected " + name + " of " + shape + ", got " + array.shape());
    }
    return array;
  }
}
