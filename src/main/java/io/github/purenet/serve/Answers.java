package io.github.purenet.serve;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Probabilities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outputs of a network as JSON: classes with their probabilities, or numbers. */
final class Answers {
  private final Probabilities probabilities; // null if the outputs are no classes
  private final List<String> names;

  Answers(Network network) {
    probabilities = Probabilities.hasClasses(network) ? new Probabilities(network) : null;
    names = network.classNames();
  }

  /** Returns a document for each sample of a batch of outputs (N, ...). */
  List<Map<String, Object>> of(NDArray outputs) {
    NDArray numbers = probabilities == null ? outputs : probabilities.of(outputs);
    List<Map<String, Object>> documents = new ArrayList<>();
    for (int i = 0; i < numbers.dimension(0); i++) {
      documents.add(document(numbers.at(i)));
    }
    return documents;
  }

  private Map<String, Object> document(NDArray numbers) {
    Map<String, Object> document = new LinkedHashMap<>();
    if (probabilities == null) {
      document.put("outputs", list(numbers));
      return document;
    }
    int k = numbers.argmax();
    boolean known = !Float.isNaN(numbers.get(k)); // of diverged networks, no class is
    document.put("class", known ? k : null);
    document.put("label", known ? label(k) : null);
    document.put("probabilities", list(numbers));
    return document;
  }

  private String label(int k) {
    return names.isEmpty() ? String.valueOf(k) : names.get(k);
  }

  /** Returns numbers with the digits that floats have; what JSON has no number for is null. */
  static List<Double> list(NDArray numbers) {
    List<Double> list = new ArrayList<>(numbers.size());
    for (float number : numbers.toArray()) {
      list.add(Float.isFinite(number) ? Double.valueOf(Float.toString(number)) : null);
    }
    return list;
  }
}
