package io.github.purenet.plot;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Activations;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the layers of a network compute for one image, a group for each layer: the channels of
 * images as tiles, a few numbers as bars, and many numbers as a strip of squares. Only the first
 * channels of a layer are drawn; a line says how many more there are.
 */
public final class FeatureMaps extends PartFigure {

  /** Which numbers share one scale. */
  public enum Scaling {
    /** Those of a channel: shows the structure of each map, however weak it is. */
    MAP,
    /** Those of a layer: shows which channels answer most. */
    LAYER
  }

  private FeatureMaps(Builder builder, List<Part> parts, String description) {
    super(builder, "Feature maps", parts, description);
  }

  /**
   * Returns a builder of a figure of what layers compute.
   *
   * @return a new builder, without layers
   */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder of a {@link FeatureMaps}. */
  public static final class Builder extends PartFigure.Builder<Builder> {
    private static final int WIDTH = 640;
    private static final int MIN_LABEL_WIDTH = 150;
    private static final int MAX_LABEL_WIDTH = 260;
    private static final int TILE_SIZE = 56;
    private static final int MAX_ENLARGEMENT = 14;
    private static final int MOST_BARS = 20;

    private final Map<String, NDArray> layers = new LinkedHashMap<>();
    private Scaling scaling = Scaling.LAYER;
    private ColorMap colors = ColorMap.GRAY;
    private int limit = 32;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Adds a layer, below those before.
     *
     * @param name the name of the layer
     * @param output what it computes for one image, (C, H, W) or (D), or of any other shape, which
     *     is drawn as (D); not empty, copied
     * @return this builder
     * @throws IllegalArgumentException if the output is empty
     */
    public Builder layer(String name, NDArray output) {
      if (output.size() == 0) {
        throw new IllegalArgumentException(
            name + ": expected an output that is not empty, got " + output.shape());
      }
      layers.put(Objects.requireNonNull(name, "name"), output.copy());
      return this;
    }

    /**
     * Adds the input of a network and the outputs of all of its layers for one sample.
     *
     * @param activations what {@link io.github.purenet.nn.Network#activations} returns
     * @param sample the index of the sample, from 0
     * @return this builder
     * @throws IllegalArgumentException if there is no such sample
     */
    public Builder layers(Activations activations, int sample) {
      layer("input", activations.input().at(sample));
      for (String name : activations.names()) {
        layer(name, activations.get(name).at(sample));
      }
      return this;
    }

    /**
     * Sets which numbers share one scale, from the least to the greatest.
     *
     * @param value the numbers; {@link Scaling#LAYER} by default
     * @return this builder
     */
    public Builder scaling(Scaling value) {
      this.scaling = Objects.requireNonNull(value, "scaling");
      return this;
    }

    /**
     * Sets the colors of maps and strips.
     *
     * @param map the colors; {@link ColorMap#GRAY} by default
     * @return this builder
     */
    public Builder colors(ColorMap map) {
      this.colors = Objects.requireNonNull(map, "colors");
      return this;
    }

    /**
     * Sets how many channels of a layer are drawn, the first ones. Of numbers that are no maps,
     * eight times as many are drawn.
     *
     * @param count the number, at least 1; 32 by default
     * @return this builder
     * @throws IllegalArgumentException if the number is out of range
     */
    public Builder limit(int count) {
      this.limit = Pixels.requireAtLeastOne("limit", count);
      return this;
    }

    /**
     * Builds the figure.
     *
     * @return a new figure
     * @throws IllegalArgumentException if there is no layer
     */
    public FeatureMaps build() {
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("layer: expected at least one layer, got none");
      }
      int longest = layers.keySet().stream().mapToInt(Text.Style.HEADING::width).max().orElse(0);
      int labelWidth = Math.max(MIN_LABEL_WIDTH, Math.min(MAX_LABEL_WIDTH, longest));
      List<Part> rows = new ArrayList<>();
      layers.forEach((name, output) -> rows.add(row(name, output, labelWidth)));
      String explanation = explanation(layers.values());
      rows.add(Text.of(explanation, Text.Style.NOTE, labelWidth + WIDTH));
      String names =
          layers.entrySet().stream()
              .map(layer -> layer.getKey() + " " + layer.getValue().shape())
              .collect(Collectors.joining(", "));
      return new FeatureMaps(this, rows, names + ". " + explanation);
    }

    private Part row(String name, NDArray output, int labelWidth) {
      Span span = Span.of(List.of(output));
      boolean maps = output.rank() == 3;
      Part label =
          Stack.column(
              2,
              Text.of(name, Text.Style.HEADING, labelWidth),
              Text.of(output.shape().toString(), Text.Style.NOTE, labelWidth),
              Text.of(
                  Span.number(span.low()) + " to " + Span.number(span.high()),
                  Text.Style.NOTE,
                  labelWidth));
      int count = maps ? output.dimension(0) : output.size();
      int shown = Math.min(count, maps ? limit : 8 * limit);
      List<Part> parts = new ArrayList<>();
      if (maps) {
        parts.add(maps(output, shown, span));
      } else if (shown <= MOST_BARS) {
        parts.add(new Bars(output.reshape(count).slice(0, shown), span));
      } else {
        parts.add(strip(output.reshape(count).slice(0, shown), span));
      }
      if (shown < count) {
        String more = String.format(Locale.ROOT, "and %,d more", count - shown);
        parts.add(Text.of(more, Text.Style.NOTE));
      }
      return Stack.row(10, new Box(label, labelWidth), Stack.column(2, parts));
    }

    private Part maps(NDArray output, int shown, Span span) {
      List<BufferedImage> tiles =
          IntStream.range(0, shown).mapToObj(c -> tile(output.at(c), span)).toList();
      int across = Math.max(1, WIDTH / (tiles.get(0).getWidth() + 2));
      return new Picture(Pixels.mosaic(tiles, across, 2));
    }

    private BufferedImage tile(NDArray map, Span ofLayer) {
      Span span = scaling == Scaling.MAP ? Span.of(List.of(map)) : ofLayer;
      int longer = Math.max(map.dimension(0), map.dimension(1));
      int size = Math.min(TILE_SIZE, MAX_ENLARGEMENT * longer);
      return Pixels.fitted(Pixels.map(map, span, colors), size);
    }

    private Part strip(NDArray numbers, Span span) {
      List<BufferedImage> tiles =
          IntStream.range(0, numbers.size())
              .mapToObj(i -> NDArray.full(Shape.of(1, 1), numbers.get(i)))
              .map(number -> Pixels.enlarge(Pixels.map(number, span, colors), 11))
              .toList();
      return new Picture(Pixels.mosaic(tiles, 50, 1));
    }

    private String explanation(Collection<NDArray> outputs) {
      String text =
          scaling == Scaling.LAYER
              ? "The maps of a layer have one scale, from the least number of the layer to the"
                  + " greatest"
              : "Each map has a scale of its own, from its least number to its greatest";
      return text
          + (colors == ColorMap.GRAY ? ", black to white." : ".")
          + (outputs.stream().anyMatch(Pixels::hasNan) ? " " + Pixels.NAN_NOTE : "");
    }
  }

  /** A few numbers as bars from 0, upwards or downwards, with their indices below. */
  private record Bars(NDArray numbers, Span span) implements Part {
    private static final int STEP = 31;
    private static final int BAR = 19;
    private static final int HEIGHT = 56;
    private static final Text.Style STYLE = Text.Style.NOTE;

    @Override
    public int width() {
      return STEP * numbers.size();
    }

    @Override
    public int height() {
      return HEIGHT + STYLE.lineHeight();
    }

    @Override
    public void draw(Graphics2D g, int x, int y, Theme theme) {
      Span reach = new Span(Math.min(0, span.low()), Math.max(0, span.high()));
      int zero = y + (int) Math.round(HEIGHT * (1 - reach.place(0)));
      for (int i = 0; i < numbers.size(); i++) {
        double number = numbers.get(i);
        int left = x + i * STEP + (STEP - BAR) / 2;
        int end =
            y + (int) Math.round(HEIGHT * (1 - Math.min(1, Math.max(0, reach.place(number)))));
        g.setColor(i == numbers.argmax() ? theme.accent() : theme.faint());
        if (!Double.isNaN(number)) {
          g.fillRect(left, Math.min(zero, end), BAR, Math.abs(end - zero));
        }
        String index = Double.isNaN(number) ? "NaN" : Integer.toString(i);
        int shift = (STEP - STYLE.width(index)) / 2;
        STYLE.draw(g, index, x + i * STEP + shift, y + HEIGHT, theme);
      }
      g.setColor(theme.line());
      g.setStroke(new BasicStroke(1));
      g.drawLine(x, zero, x + width(), zero);
    }
  }
}
