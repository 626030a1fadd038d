package io.github.purenet.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of the measurements, as lines and as JSON. */
final class Results {
  private final Map<Measurement, Map<Contender, double[]>> millis = new LinkedHashMap<>();
  private final Map<Measurement, Double> others = new LinkedHashMap<>();
  private final Map<Contender, String> descriptions = new EnumMap<>(Contender.class);
  private final Map<Contender, String> missing = new EnumMap<>(Contender.class);

  /** Records the description of an engine; returns whether it is the first. */
  boolean describe(Contender contender, String text) {
    return descriptions.put(contender, text) == null;
  }

  /** Records that an engine cannot take part. */
  void miss(Contender contender, String reason) {
    missing.put(contender, reason);
  }

  boolean isMissing(Contender contender) {
    return missing.containsKey(contender);
  }

  /** Records the milliseconds of a call, one number per block. */
  void add(Measurement measurement, Contender contender, double[] blocks) {
    millis
        .computeIfAbsent(measurement, m -> new EnumMap<>(Contender.class))
        .put(contender, blocks.clone());
  }

  /** Records how many processors were busy with something else, at worst. */
  void disturb(Measurement measurement, double processors) {
    others.merge(measurement, processors, Math::max);
  }

  /** Returns the lines of a measurement and a peer: {@code NAME ENGINE x ms PEER y ms ratio z}. */
  List<String> lines(Measurement measurement, Contender peer) {
    List<String> lines = new ArrayList<>();
    for (Ratio ratio : ratios(measurement, peer)) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s %s %s ms %s %s ms ratio %.3f",
              measurement.name(),
              ratio.contender().id(),
              number(ratio.ms()),
              peer.id(),
              number(ratio.peerMs()),
              ratio.value()));
    }
    return lines;
  }

  private record Ratio(Contender contender, double ms, double peerMs) {
    double value() {
      return ms / peerMs;
    }
  }

  private List<Ratio> ratios(Measurement measurement, Contender peer) {
    Map<Contender, double[]> all = millis.getOrDefault(measurement, Map.of());
    List<Ratio> ratios = new ArrayList<>();
    if (all.containsKey(peer)) {
      all.forEach(
          (contender, blocks) -> {
            if (!contender.isPeer()) {
              ratios.add(new Ratio(contender, median(blocks), median(all.get(peer))));
            }
          });
    }
    return ratios;
  }

  /** Returns a time with two decimals, or with four below 1 ms. */
  private static String number(double ms) {
    return String.format(Locale.ROOT, ms < 1 ? "%.4f" : "%.2f", ms);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Returns all results: the engines, each block, medians and ratios. */
  String json(Options options) {
    List<String> engines = new ArrayList<>();
    descriptions.forEach(
        (contender, text) -> engines.add(object("engine", contender.id(), "description", text)));
    missing.forEach(
        (contender, reason) -> engines.add(object("engine", contender.id(), "missing", reason)));
    List<String> times = new ArrayList<>();
    List<String> ratios = new ArrayList<>();
    millis.forEach(
        (measurement, all) -> {
          all.forEach(
              (contender, blocks) ->
                  times.add(
                      object(
                          "measurement",
                          measurement.name(),
                          "engine",
                          contender.id(),
                          "ms",
                          median(blocks),
                          "blocks",
                          blocks,
                          "othersBusy",
                          others.getOrDefault(measurement, 0.0))));
          for (Contender peer : Contender.values()) {
            for (Ratio ratio : peer.isPeer() ? ratios(measurement, peer) : List.<Ratio>of()) {
              ratios.add(
                  object(
                      "measurement",
                      measurement.name(),
                      "engine",
                      ratio.contender().id(),
                      "ms",
                      ratio.ms(),
                      "peer",
                      peer.id(),
                      "peerMs",
                      ratio.peerMs(),
                      "ratio",
                      ratio.value()));
            }
          }
        });
    return String.format(
        Locale.ROOT,
        "{\n\"threads\": %d,\n\"engines\": %s,\n\"times\": %s,\n\"ratios\": %s\n}\n",
        options.threads(),
        array(engines),
        array(times),
        array(ratios));
  }

  private static String array(List<String> items) {
    return items.isEmpty() ? "[]" : "[\n  " + String.join(",\n  ", items) + "\n]";
  }

  /** Returns a JSON object of the given names and values. */
  private static String object(Object... namesAndValues) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      pairs.add(value(namesAndValues[i]) + ": " + value(namesAndValues[i + 1]));
    }
    return "{" + String.join(", ", pairs) + "}";
  }

  private static String value(Object value) {
    if (value instanceof double[] numbers) {
      return Arrays.toString(numbers);
    } else if (value instanceof Number) {
      return value.toString();
    }
    StringBuilder text = new StringBuilder("\"");
    for (char c : value.toString().toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else {
        text.append(c < ' ' ? ' ' : c);
      }
    }
    return text.append('"').toString();
  }
}
