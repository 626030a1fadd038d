package io.github.purenet.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of a spec, to be written to a map or read from one. {@link #with} adds a setting;
 * {@link #integer} and similar methods read one, and throw an IllegalArgumentException if it is
 * missing or of the wrong type.
 */
final class SpecSettings {
  private final String kind;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> taken = new TreeSet<>();

  /** Creates empty settings. */
  SpecSettings(String kind) {
    this.kind = kind;
  }

  /** Creates settings from a map, to read them. */
  SpecSettings(String kind, Map<String, Object> values) {
    this(kind);
    this.values.putAll(values);
  }

  /** Adds a setting. */
  SpecSettings with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** Adds a setting of two integers, height and width. */
  SpecSettings with(String name, int first, int second) {
    return with(name, List.of(first, second));
  }

  /** Adds a setting that holds the specs of inner layers. */
  SpecSettings withLayers(String name, List<LayerSpec> specs) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (LayerSpec spec : specs) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("kind", spec.kind());
      map.putAll(spec.settings());
      list.add(Collections.unmodifiableMap(map));
    }
    return with(name, List.copyOf(list));
  }

  Map<String, Object> toMap() {
    return Collections.unmodifiableMap(values);
  }

  int integer(String name) {
    return take(name, Integer.class, "an integer");
  }

  double number(String name) {
    return take(name, Number.class, "a number").doubleValue();
  }

  boolean flag(String name) {
    return take(name, Boolean.class, "true or false");
  }

  /** Returns a setting of two integers, height and width. */
  int[] pair(String name) {
    return integers(name, "two integers", Set.of(2));
  }

  /** Returns a setting of two integers, height and width, or four, one for each side. */
  int[] pairOrFour(String name) {
    return integers(name, "two or four integers", Set.of(2, 4));
  }

  private int[] integers(String name, String expected, Set<Integer> sizes) {
    List<?> list = take(name, List.class, expected);
    if (!sizes.contains(list.size()) || !list.stream().allMatch(Integer.class::isInstance)) {
      throw wrong(name, expected, list);
    }
    return list.stream().mapToInt(Integer.class::cast).toArray();
  }

  /** Returns whether a setting is the given text. */
  boolean is(String name, String text) {
    taken.add(name);
    return text.equals(values.get(name));
  }

  /** Returns a setting that holds the specs of inner layers. */
  List<LayerSpec> specs(String name) {
    List<LayerSpec> specs = new ArrayList<>();
    for (Object entry : take(name, List.class, "a list of layers")) {
      if (!(entry instanceof Map<?, ?> map) || !(map.get("kind") instanceof String inner)) {
        throw wrong(name, "layers with a kind", entry);
      }
      Map<String, Object> settings = new LinkedHashMap<>();
      map.forEach((key, value) -> settings.put(key.toString(), value));
      settings.remove("kind");
      specs.add(SpecReader.read(inner, settings));
    }
    return specs;
  }

  void requireAllTaken() {
    if (!taken.containsAll(values.keySet())) {
      Set<String> unknown = new TreeSet<>(values.keySet());
      unknown.removeAll(taken);
      throw new IllegalArgumentException(
          kind + ": expected the settings " + taken + ", got also " + unknown);
    }
  }

  private <T> T take(String name, Class<T> type, String expected) {
    Object value = values.get(name);
    taken.add(name);
    if (!type.isInstance(value)) {
      throw wrong(name, expected, value);
    }
    return type.cast(value);
  }

  private IllegalArgumentException wrong(String name, String expected, Object got) {
    return new IllegalArgumentException(
        kind + ": expected " + expected + " in setting " + name + ", got " + got);
  }
}
