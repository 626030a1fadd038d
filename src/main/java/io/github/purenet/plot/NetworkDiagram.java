package io.github.purenet.plot;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Concat;
import io.github.purenet.nn.Layer;
import io.github.purenet.nn.LayerSpec;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import io.github.purenet.nn.Residual;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network as a diagram: a box for each layer, with its name, settings, the shape of its output
 * for one sample and the number of its parameters; a layer made of branches, such as {@link
 * Residual} or {@link Concat}, as a frame in which they split and join. Settings that are as they
 * are unless somebody changes them are left out. Below are the sums.
 */
public final class NetworkDiagram extends PartFigure {
  private NetworkDiagram(Builder builder, List<Part> parts, String description) {
    super(builder, "Network", parts, description);
  }

  /**
   * Returns a builder of the diagram of a network.
   *
   * @param network the network
   * @return a new builder
   */
  public static Builder builder(Network network) {
    return new Builder(network);
  }

  /** A builder of a {@link NetworkDiagram}. */
  public static final class Builder extends PartFigure.Builder<Builder> {
    /** The height at which a diagram gets another column, if nobody says how many. */
    private static final int MAX_HEIGHT = 860;

    /** The width that a diagram has at most, if that can be and nobody says how many columns. */
    private static final int MAX_WIDTH = 1400;

    private final Network network;
    private int columns; // 0: as many as fit

    private Builder(Network network) {
      this.network = Objects.requireNonNull(network, "network");
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the number of columns in which the layers stand, from top to bottom and then from left
     * to right.
     *
     * @param count the number, at least 1; by default, more columns than one if there are many
     *     layers
     * @return this builder
     * @throws IllegalArgumentException if the number is out of range
     */
    public Builder columns(int count) {
      this.columns = Pixels.requireAtLeastOne("columns", count);
      return this;
    }

    /**
     * Builds the figure.
     *
     * @return a new figure
     */
    public NetworkDiagram build() {
      List<Part> parts = new ArrayList<>();
      parts.add(Diagram.Sized.of(new Diagram.Pill("input " + network.inputShape())));
      Shape batch = network.inputShape().prepend(1);
      List<Described> layers = describe(network.layers(), specs(network));
      parts.addAll(parts(layers, "", batch, 0));
      Part diagram = columns > 0 ? Diagram.Columns.of(parts, columns) : arrange(parts);
      String totals = totals(batch);
      Part note = Text.of(totals, Text.Style.BODY, Math.max(320, diagram.width()));
      return new NetworkDiagram(this, List.of(diagram, note), network.summary());
    }

    private static Part arrange(List<Part> parts) {
      Part diagram = Diagram.Columns.of(parts, 1);
      for (int count = 2; diagram.height() > MAX_HEIGHT && count <= parts.size(); count++) {
        Part wider = Diagram.Columns.of(parts, count);
        if (wider.width() > MAX_WIDTH) {
          break;
        }
        diagram = wider;
      }
      return diagram;
    }

    private String totals(Shape batch) {
      long all = count(network.parameters());
      long frozen = count(network.parameters().stream().filter(Parameter::isFrozen).toList());
      return String.format(
          Locale.ROOT,
          "%,d parameters%s · %,d multiply-adds for one sample · loss: %s",
          all,
          frozen == 0 ? "" : String.format(Locale.ROOT, " (%,d frozen)", frozen),
          network.multiplyAdds(batch),
          network.loss().name());
    }

    /** Returns a part for each layer of a chain, all plain ones as wide as the widest of them. */
    private static List<Part> parts(List<Described> layers, String prefix, Shape input, int depth) {
      Shape shape = input;
      List<Part> parts = new ArrayList<>();
      for (Described described : layers) {
        Layer layer = described.layer();
        parts.add(part(described, prefix, shape, depth));
        shape = layer.outputShape(shape);
      }
      int widest =
          parts.stream()
              .filter(Diagram.LayerBox.class::isInstance)
              .mapToInt(Part::width)
              .max()
              .orElse(0);
      return parts.stream()
          .map(part -> part instanceof Diagram.LayerBox box ? box.withWidth(widest) : part)
          .map(part -> (Part) Diagram.Sized.of(part))
          .toList();
    }

    private static Part part(Described described, String prefix, Shape input, int depth) {
      Layer layer = described.layer();
      String name = layer.name();
      String shown = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
      String shape = layer.outputShape(input).dropFirst().toString();
      long count = count(layer.parameters());
      String parameters = count == 0 ? "" : String.format(Locale.ROOT, "%,d parameters", count);
      List<List<Described>> branches = described.branches();
      if (branches.isEmpty()) {
        return Diagram.LayerBox.of(shown, shape, described.text(), parameters);
      }
      List<Diagram.Chain> chains =
          branches.stream()
              .map(branch -> parts(branch, name + ".", input, depth + 1))
              .map(parts -> new Diagram.Chain(parts, "identity"))
              .toList();
      String note = described.text() + ", " + shape + (count == 0 ? "" : ", " + parameters);
      Diagram.Pill join = new Diagram.Pill(layer instanceof Residual ? "+" : "concat");
      return new Diagram.Branches(shown, note, chains, join, depth % 2 == 0);
    }
  }

  private static long count(List<Parameter> parameters) {
    return parameters.stream().mapToLong(parameter -> parameter.value().size()).sum();
  }

  private static List<Map<String, Object>> specs(Network network) {
    return network.specs().stream().map(LayerSpec::settings).toList();
  }

  private static List<Described> describe(List<Layer> layers, List<Map<String, Object>> settings) {
    List<Described> described = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      boolean known = layers.size() == settings.size();
      described.add(new Described(layers.get(i), known ? settings.get(i) : Map.of()));
    }
    return described;
  }

  /** A layer and its settings, empty if they are not known. */
  private record Described(Layer layer, Map<String, Object> settings) {
    /** Settings that nobody has changed. */
    private static final Map<String, Object> DEFAULTS =
        Map.of(
            "stride",
            List.of(1, 1),
            "pad",
            List.of(0, 0),
            "dilation",
            List.of(1, 1),
            "groups",
            1,
            "bias",
            true,
            "ceil",
            false);

    /** Returns the layers of each branch; nothing for a layer that has none. */
    List<List<Described>> branches() {
      if (layer instanceof Network inner) {
        return List.of(describe(inner.layers(), specs(inner)));
      }
      List<List<Layer>> branches = List.of();
      if (layer instanceof Residual residual) {
        branches = residual.branches();
      } else if (layer instanceof Concat concat) {
        branches = concat.branches();
      }
      List<List<Map<String, Object>>> inner =
          settings.values().stream().filter(Described::isLayers).map(Described::layers).toList();
      List<List<Described>> described = new ArrayList<>();
      for (int i = 0; i < branches.size(); i++) {
        boolean known = inner.size() == branches.size();
        described.add(describe(branches.get(i), known ? inner.get(i) : List.of()));
      }
      return described;
    }

    /** Returns whether a setting is the layers of a branch, as {@link LayerSpec#settings} says. */
    private static boolean isLayers(Object setting) {
      return setting instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
    }

    /** Returns whether a setting says what the picture shows. */
    private boolean isNumberOfBranches(Map.Entry<String, Object> setting) {
      return layer instanceof Concat && setting.getKey().equals("branches");
    }

    private static List<Map<String, Object>> layers(Object setting) {
      List<Map<String, Object>> layers = new ArrayList<>();
      for (Object layer : (List<?>) setting) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) layer).forEach((key, value) -> copy.put(key.toString(), value));
        copy.remove("kind");
        layers.add(copy);
      }
      return layers;
    }

    /** Returns what the layer is and its settings: {@code Convolution, filters 30, 5 × 5}. */
    String text() {
      String kind = layer.getClass().getSimpleName();
      String others =
          settings.entrySet().stream()
              .filter(setting -> !isLayers(setting.getValue()) && !isNumberOfBranches(setting))
              .filter(setting -> !setting.getValue().equals(DEFAULTS.get(setting.getKey())))
              .map(setting -> text(setting.getKey(), setting.getValue()))
              .collect(Collectors.joining(", "));
      return kind + (kind.isEmpty() || others.isEmpty() ? "" : ", ") + others;
    }

    /** Returns a setting, without a space at which a line could be broken. */
    private static String text(String name, Object value) {
      String text = name + " " + value;
      if (value instanceof Boolean flag) {
        text = (flag ? "" : "no ") + name;
      } else if (value instanceof Double number) {
        text = name + " " + new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
      } else if (value instanceof List<?> list) {
        Stream<String> numbers = list.stream().map(Object::toString);
        boolean equal = list.stream().distinct().count() == 1;
        if (name.equals("size")) {
          text = numbers.collect(Collectors.joining(" × "));
        } else if (equal) {
          text = name + " " + list.get(0);
        } else {
          text = name + numbers.collect(Collectors.joining(", ", " (", ")"));
        }
      }
      return text.replace(' ', '\u00a0');
    }
  }
}
