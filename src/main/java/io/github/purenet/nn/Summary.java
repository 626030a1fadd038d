package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that {@link Network#summary} returns. */
final class Summary {
  private static final List<String> HEADER =
      List.of("layer", "output shape", "parameters", "multiply-adds");

  private Summary() {}

  static String of(Network network) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    rows.add(List.of("input", network.inputShape().toString(), "", ""));
    addRows("", network.layers(), network.inputShape().prepend(1), rows);
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append(line(row, widths)).append('\n');
      if (row == HEADER) {
        text.append("-".repeat(line(row, widths).length())).append('\n');
      }
    }
    text.append("-".repeat(line(HEADER, widths).length())).append('\n');
    long all = count(network.parameters());
    long frozen = count(network.parameters().stream().filter(Parameter::isFrozen).toList());
    text.append("parameters: ").append(number(all)).append('\n');
    text.append("  trained: ").append(number(all - frozen)).append('\n');
    text.append("  frozen: ").append(number(frozen)).append('\n');
    text.append("multiply-adds of one sample: ")
        .append(number(network.multiplyAdds(network.inputShape().prepend(1))))
        .append('\n');
    return text.toString();
  }

  /** Adds a row for each layer, followed by the rows of its inner layers, indented. */
  private static void addRows(
      String indent, List<Layer> layers, Shape input, List<List<String>> rows) {
    Shape shape = input;
    for (Layer layer : layers) {
      Shape output = layer.outputShape(shape);
      rows.add(
          List.of(
              indent + layer.name(),
              output.dropFirst().toString(),
              number(count(layer.parameters())),
              number(layer.multiplyAdds(shape))));
      if (layer instanceof Composite composite) {
        for (Chain chain : composite.chains()) {
          addRows(indent + "  ", chain.layers(), shape, rows);
        }
      }
      shape = output;
    }
  }

  private static long count(List<Parameter> parameters) {
    return parameters.stream().mapToLong(parameter -> parameter.value().size()).sum();
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Returns a line of the table, with texts aligned left and numbers aligned right. */
  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String space = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(i < 2 ? cells.get(i) + space : space + cells.get(i));
    }
    return line.toString();
  }
}
