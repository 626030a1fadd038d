package io.github.purenet.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of a layer's spec or of a loss, to be stored or to be read back. {@link #with} adds
 * a setting; {@link #integer} and similar methods read one.
 */
public final class Settings {
  private static final String KIND = "kind";

  private final String kind;
  private final SpecReader reader;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> taken = new TreeSet<>();

  /**
   * Creates empty settings.
   *
   * @param kind the kind of layer or the name of the loss, with which error messages begin
   */
  public Settings(String kind) {
    this(kind, Map.of(), SpecReader.WITHOUT_PROVIDERS);
  }

  /** Creates settings from a map, to read them. */
  Settings(String kind, Map<String, Object> values, SpecReader reader) {
    this.kind = kind;
    this.reader = reader;
    this.values.putAll(values);
  }

  /** Returns the settings in a map that also holds the kind. */
  static Settings ofMap(Map<?, ?> map, String what, SpecReader reader) {
    if (!(map.get(KIND) instanceof String kind)) {
      throw new IllegalArgumentException(what + ": expected a kind, got " + map);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    map.forEach((key, value) -> values.put(key.toString(), value));
    values.remove(KIND);
    return new Settings(kind, values, reader);
  }

  /** Returns a map of the kind and the settings. */
  static Map<String, Object> toMap(String kind, Map<String, Object> settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(KIND, kind);
    map.putAll(settings);
    return Collections.unmodifiableMap(map);
  }

  /**
   * Returns the kind of layer, or the name of the loss.
   *
   * @return the kind
   */
  public String kind() {
    return kind;
  }

  /**
   * Adds a setting.
   *
   * @param name its name, other than {@code kind}
   * @param value an Integer, a Long, a finite Double, a Boolean, a String, or a List of these
   * @return this
   */
  public Settings with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** Adds a setting of two integers, height and width. */
  Settings with(String name, int first, int second) {
    return with(name, List.of(first, second));
  }

  /**
   * Adds a setting that holds the specs of inner layers.
   *
   * @param name its name, other than {@code kind}
   * @param specs the specs in order
   * @return this
   */
  public Settings withLayers(String name, List<LayerSpec> specs) {
    return with(name, specs.stream().map(spec -> toMap(spec.kind(), spec.settings())).toList());
  }

  /**
   * Returns the settings as {@link LayerSpec#settings} and {@link Loss#settings} do.
   *
   * @return an unmodifiable view, in the order in which the settings were added
   */
  public Map<String, Object> toMap() {
    return Collections.unmodifiableMap(values);
  }

  /**
   * Reads an integer.
   *
   * @param name the name of the setting
   * @return its value
   * @throws IllegalArgumentException if it is missing or no integer; the message names it
   */
  public int integer(String name) {
    return take(name, Integer.class, "an integer");
  }

  /**
   * Reads a number.
   *
   * @param name the name of the setting
   * @return its value
   * @throws IllegalArgumentException if it is missing or no number; the message names it
   */
  public double number(String name) {
    return take(name, Number.class, "a number").doubleValue();
  }

  /**
   * Reads a list of numbers.
   *
   * @param name the name of the setting
   * @return its values
   * @throws IllegalArgumentException if it is missing or no list of numbers; the message names it
   */
  public double[] numbers(String name) {
    List<?> list = take(name, List.class, "numbers");
    if (!list.stream().allMatch(Number.class::isInstance)) {
      throw wrong(name, "numbers", list);
    }
    return list.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }

  /**
   * Reads a flag.
   *
   * @param name the name of the setting
   * @return its value
   * @throws IllegalArgumentException if it is missing or neither true nor false; the message names
   *     it
   */
  public boolean flag(String name) {
    return take(name, Boolean.class, "true or false");
  }

  /**
   * Reads a text.
   *
   * @param name the name of the setting
   * @return its value
   * @throws IllegalArgumentException if it is missing or no text; the message names it
   */
  public String text(String name) {
    return take(name, String.class, "a text");
  }

  /** Returns a setting of texts. */
  List<String> texts(String name) {
    List<?> list = take(name, List.class, "texts");
    if (!list.stream().allMatch(String.class::isInstance)) {
      throw wrong(name, "texts", list);
    }
    return list.stream().map(String.class::cast).toList();
  }

  /** Returns a setting that holds settings. */
  Map<?, ?> map(String name) {
    return take(name, Map.class, "an object");
  }

  /** Returns a setting of any number of integers. */
  int[] integers(String name) {
    return integers(name, "integers", Set.of());
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
    boolean fits = sizes.isEmpty() || sizes.contains(list.size());
    if (!fits || !list.stream().allMatch(Integer.class::isInstance)) {
      throw wrong(name, expected, list);
    }
    return list.stream().mapToInt(Integer.class::cast).toArray();
  }

  /** Returns whether a setting is the given text. */
  boolean is(String name, String text) {
    taken.add(name);
    return text.equals(values.get(name));
  }

  /**
   * Reads the specs of inner layers.
   *
   * @param name the name of the setting
   * @return the specs in order
   * @throws IllegalArgumentException if it is missing or holds something else; the message names it
   */
  public List<LayerSpec> specs(String name) {
    List<LayerSpec> specs = new ArrayList<>();
    for (Object entry : take(name, List.class, "a list of layers")) {
      if (!(entry instanceof Map<?, ?> map)) {
        throw wrong(name, "layers with a kind", entry);
      }
      specs.add(reader.layer(ofMap(map, kind + ": " + name, reader)));
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
