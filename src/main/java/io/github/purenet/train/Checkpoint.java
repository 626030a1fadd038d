package io.github.purenet.train;

import io.github.purenet.io.Safetensors;
import io.github.purenet.json.JsonException;
import io.github.purenet.json.JsonReader;
import io.github.purenet.json.JsonWriter;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a training run stands, as a file: a model file, with what else is needed in arrays whose
 * names begin with {@code training.}, and in JSON under {@code purenet.training} in its metadata.
 */
final class Checkpoint {
  private static final String METADATA = "purenet.training";
  private static final String DESCRIBED = "described";
  private static final String LOSSES = "training.losses";
  private static final String EPOCHS = "training.epochs";
  private static final String ORDER = "training.order";
  private static final String OPTIMIZER = "training.optimizer.";

  /** The numbers of an epoch: loss, metrics, learning rate, seconds. */
  private static final int NUMBERS = 5;

  private final Path file;
  private final Safetensors content;
  private final Map<String, Object> json;

  private Checkpoint(Path file, Safetensors content, Map<String, Object> json) {
    this.file = file;
    this.content = content;
    this.json = json;
  }

  /** Where a run stands, beside its trainer. */
  record Position(
      List<Double> losses, List<Epoch> epochs, int step, double sum, long epochsBefore) {}

  static void write(Path file, Trainer trainer, Position position) throws IOException {
    Safetensors model = ModelFile.of(trainer.network);
    Map<String, NDArray> arrays = new LinkedHashMap<>(model.arrays());
    arrays.put(
        LOSSES, Doubles.split(position.losses.stream().mapToDouble(Double::doubleValue).toArray()));
    arrays.put(EPOCHS, Doubles.split(numbers(position.epochs)));
    arrays.put(
        ORDER, Doubles.split(Arrays.stream(trainer.order.indices()).asDoubleStream().toArray()));
    trainer.optimizer.state().forEach((name, array) -> arrays.put(OPTIMIZER + name, array));
    for (int i = 0; i < trainer.listeners.size(); i++) {
      String prefix = ofListener(i);
      trainer.listeners.get(i).state().forEach((name, array) -> arrays.put(prefix + name, array));
    }
    Map<String, Object> json = new LinkedHashMap<>(trainer.settings());
    json.put("generator", trainer.order.generator());
    json.put("networkStep", trainer.network.step());
    json.put("epochsBefore", position.epochsBefore);
    json.put("step", position.step);
    json.put("sum", position.sum);
    json.put(DESCRIBED, trainer.described());
    Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
    metadata.put(METADATA, JsonWriter.write(json));
    new Safetensors(arrays, metadata).write(file);
  }

  private static String ofListener(int index) {
    return "training.listener" + index + ".";
  }

  private static double[] numbers(List<Epoch> epochs) {
    return epochs.stream()
        .flatMapToDouble(
            e ->
                Arrays.stream(
                    new double[] {
                      e.loss(), e.trainMetric(), e.testMetric(), e.learningRate(), e.seconds()
                    }))
        .toArray();
  }

  /** Reads a file; nothing is checked yet but that it is a checkpoint. */
  static Checkpoint read(Path file) throws IOException {
    Safetensors content = Safetensors.read(file);
    String text = content.metadata().get(METADATA);
    if (text == null) {
      throw new IOException(
          file + ": expected a checkpoint, got a file without metadata " + METADATA);
    }
    try {
      return new Checkpoint(file, content, JsonReader.readObject(text));
    } catch (JsonException e) {
      throw new IOException(file + ": " + METADATA + ": " + e.getMessage(), e);
    }
  }

  /**
   * Gives a trainer, with its network and its optimizer, the state in the file.
   *
   * @param samples the number of training samples
   * @param steps the number of steps of an epoch
   * @return where the run goes on
   * @throws IOException if the checkpoint is not one of such a run; the message names the file and
   *     what differs, and nothing is changed
   */
  Position restore(Trainer trainer, int samples, int steps) throws IOException {
    for (Map.Entry<String, Object> setting : trainer.settings().entrySet()) {
      Object stored = json.get(setting.getKey());
      if (!setting.getValue().equals(stored)) {
        throw differs(setting.getKey() + " " + setting.getValue(), stored);
      }
    }
    int[] order = order(samples);
    long networkStep = whole("networkStep", Long.MAX_VALUE);
    long generator = whole("generator", Long.MAX_VALUE);
    Position position =
        new Position(
            Arrays.stream(doubles(LOSSES)).boxed().toList(),
            epochs(trainer.epochs, trainer.metric),
            (int) whole("step", steps),
            number("sum"),
            whole("epochsBefore", Long.MAX_VALUE));
    long stepsBefore = (long) steps * position.epochs.size() + position.step;
    if (position.losses.size() != stepsBefore) {
      throw differs("losses of " + stepsBefore + " steps", position.losses.size());
    }
    restoreNetwork(trainer);
    trainer.network.step(networkStep);
    trainer.order.restore(order, generator);
    return position;
  }

  /**
   * Returns the results of the run up to this checkpoint.
   *
   * @throws IOException if it was evaluated by another metric; the message names the file
   */
  History history(Metric metric) throws IOException {
    if (!metric.name().equals(json.get("metric"))) {
      throw differs("the metric " + metric.name(), json.get("metric"));
    }
    Map<String, String> described = new LinkedHashMap<>();
    if (json.get(DESCRIBED) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> described.put(name.toString(), String.valueOf(value)));
    }
    int count = doubles(EPOCHS).length / NUMBERS;
    return new History(
        doubles(LOSSES), epochs(count, metric), metric, Double.NaN, Ending.COMPLETE, described);
  }

  /** Restores the network and the optimizer, or neither. */
  private void restoreNetwork(Trainer trainer) throws IOException {
    Map<String, NDArray> before = trainer.network.copyParameters();
    ModelFile.restore(trainer.network, content, file.toString());
    try {
      trainer.optimizer.restore(trainer.network.parameters(), part(OPTIMIZER));
    } catch (IllegalArgumentException e) {
      trainer.network.setParameters(before);
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Restores the listeners, which have been told of the run. */
  void restoreListeners(List<Listener> listeners) throws IOException {
    for (int i = 0; i < listeners.size(); i++) {
      try {
        listeners.get(i).restore(part(ofListener(i)));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
  }

  /** Returns the arrays whose names begin with a prefix, without it. */
  private Map<String, NDArray> part(String prefix) {
    Map<String, NDArray> part = new LinkedHashMap<>();
    content
        .arrays()
        .forEach(
            (name, array) -> {
              if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), array);
              }
            });
    return part;
  }

  private int[] order(int samples) throws IOException {
    double[] numbers = doubles(ORDER);
    if (numbers.length != samples) {
      throw differs(samples + " training samples", numbers.length);
    }
    int[] order = new int[samples];
    boolean[] seen = new boolean[samples];
    for (int i = 0; i < samples; i++) {
      order[i] = (int) numbers[i];
      if (!(numbers[i] == order[i] && order[i] >= 0 && order[i] < samples) || seen[order[i]]) {
        throw differs("an order of " + samples + " samples", numbers[i]);
      }
      seen[order[i]] = true;
    }
    return order;
  }

  private List<Epoch> epochs(int count, Metric metric) throws IOException {
    double[] numbers = doubles(EPOCHS);
    if (numbers.length % NUMBERS != 0 || numbers.length / NUMBERS > count) {
      throw differs("at most " + count + " epochs", numbers.length / (double) NUMBERS);
    }
    Epoch[] epochs = new Epoch[numbers.length / NUMBERS];
    for (int i = 0; i < epochs.length; i++) {
      double[] n = Arrays.copyOfRange(numbers, NUMBERS * i, NUMBERS * (i + 1));
      epochs[i] = new Epoch(i + 1, count, n[0], metric, n[1], n[2], n[3], n[4]);
    }
    return List.of(epochs);
  }

  private double[] doubles(String name) throws IOException {
    NDArray array = content.arrays().get(name);
    if (array == null) {
      throw differs("an array " + name, null);
    }
    try {
      return Doubles.join(array);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + name + ": " + e.getMessage(), e);
    }
  }

  private long whole(String name, long most) throws IOException {
    Object value = json.get(name);
    boolean whole = value instanceof Integer || value instanceof Long;
    long number = whole ? ((Number) value).longValue() : -1;
    if (number < 0 || number > most) {
      throw differs(name + " from 0 to " + most, value);
    }
    return number;
  }

  private double number(String name) throws IOException {
    if (json.get(name) instanceof Double number) {
      return number;
    }
    throw differs("a number " + name, json.get(name));
  }

  private IOException differs(String expected, Object got) {
    return new IOException(
        String.format(Locale.ROOT, "%s: expected %s, got %s", file, expected, got));
  }
}
