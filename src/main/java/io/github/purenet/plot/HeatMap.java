package io.github.purenet.plot;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Maps over images, such as saliency, Grad-CAM and occlusion sensitivity: the image, the map, and
 * the map laid over the image, beside each other in a row for each map. The maps of a figure have
 * one scale. On the image, a map is the more opaque the farther its numbers are from 0.
 */
public final class HeatMap extends PartFigure {
  private HeatMap(Builder builder, List<Part> parts, String description) {
    super(builder, "Heat maps", parts, description);
  }

  /**
   * Returns a builder of a figure of maps.
   *
   * @return a new builder, without maps
   */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder of a {@link HeatMap}. */
  public static final class Builder extends PartFigure.Builder<Builder> {
    private static final int SIZE = 168;
    private static final int GAP = 12;

    private final List<Row> rows = new ArrayList<>();
    private ColorMap colors; // null: what fits the signs of the numbers
    private Span span; // null: that of the numbers
    private String label = "";

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Adds a map, below those before.
     *
     * @param caption what stands above it; empty for nothing
     * @param image (H, W), (1, H, W) or (3, H, W), numbers from 0 to 1; of others, the least is
     *     drawn black and the greatest white. Copied
     * @param map (H, W) or (1, H, W); copied
     * @return this builder
     * @throws IllegalArgumentException if image and map are of other shapes, or differ in height or
     *     width
     */
    public Builder map(String caption, NDArray image, NDArray map) {
      NDArray pixels = Pixels.requireImage("image", image);
      Shape size = pixels.shape().dropFirst();
      if (map.size() != size.size()
          || !(map.shape().equals(size) || map.shape().equals(size.prepend(1)))) {
        throw new IllegalArgumentException(
            "map: expected the height and width of the image " + size + ", got " + map.shape());
      }
      Objects.requireNonNull(caption, "caption");
      rows.add(new Row(caption, pixels.copy(), map.reshape(size).copy()));
      return this;
    }

    /**
     * Sets what the numbers are, with their unit, which stands at the color bar.
     *
     * @param text for example {@code drop of the probability}; empty by default
     * @return this builder
     */
    public Builder label(String text) {
      this.label = Objects.requireNonNull(text, "label");
      return this;
    }

    /**
     * Sets the colors.
     *
     * @param map the colors; by default {@link ColorMap#HEAT}, or {@link ColorMap#DIVERGING} if a
     *     number is negative
     * @return this builder
     */
    public Builder colors(ColorMap map) {
      this.colors = Objects.requireNonNull(map, "colors");
      return this;
    }

    /**
     * Sets the numbers that the first and the last color stand for.
     *
     * @param low the number of the first color; by default 0, or the opposite of the largest size
     *     of a number if one is negative
     * @param high the number of the last color, larger than low; by default the largest size of a
     *     number
     * @return this builder
     * @throws IllegalArgumentException if the numbers are not finite or not in order
     */
    public Builder range(double low, double high) {
      this.span = new Span(low, high);
      return this;
    }

    /**
     * Builds the figure.
     *
     * @return a new figure
     * @throws IllegalArgumentException if there is no map
     */
    public HeatMap build() {
      if (rows.isEmpty()) {
        throw new IllegalArgumentException("map: expected at least one map, got none");
      }
      List<NDArray> maps = rows.stream().map(Row::map).toList();
      Span scale = span == null ? scale(Span.of(maps)) : span;
      ColorMap map = scale.low() < 0 ? ColorMap.DIVERGING : ColorMap.HEAT;
      ColorMap chosen = colors == null ? map : colors;
      List<Part> parts = new ArrayList<>();
      for (Row row : rows) {
        parts.add(draw(row, scale, chosen));
      }
      parts.add(new ColorBar(chosen, scale, label, SIZE));
      if (maps.stream().anyMatch(Pixels::hasNan)) {
        parts.add(Text.of(Pixels.NAN_NOTE, Text.Style.NOTE));
      }
      String captions = rows.stream().map(Row::caption).collect(Collectors.joining(", "));
      String range = Span.number(scale.low()) + " to " + Span.number(scale.high());
      return new HeatMap(this, parts, captions + "; " + label + " from " + range);
    }

    /** Returns a scale that begins at 0, or has it in its middle. */
    private static Span scale(Span numbers) {
      if (numbers.low() < 0 && numbers.low() < -1e-6 * numbers.high()) {
        return numbers.symmetric();
      }
      return numbers.high() > 0 ? new Span(0, numbers.high()) : new Span(0, 1);
    }

    private static Part draw(Row row, Span scale, ColorMap colors) {
      NDArray pixels = row.image();
      BufferedImage image = Pixels.image(pixels, Span.ofPixels(List.of(pixels)));
      Part beside =
          Stack.row(
              GAP,
              picture(image, "image"),
              picture(Pixels.map(row.map(), scale, colors), "map"),
              picture(Pixels.overlay(image, row.map(), scale, colors), "both"));
      if (row.caption().isEmpty()) {
        return beside;
      }
      Part caption = Text.of(row.caption(), Text.Style.HEADING, Math.max(240, beside.width()));
      return Stack.column(6, caption, beside);
    }

    private static Part picture(BufferedImage image, String name) {
      return Stack.column(
          2, new Picture(Pixels.lined(Pixels.fitted(image, SIZE))), Text.of(name, Text.Style.NOTE));
    }
  }

  /** An image (C, H, W), a map (H, W), and what stands above them. */
  private record Row(String caption, NDArray image, NDArray map) {}
}
