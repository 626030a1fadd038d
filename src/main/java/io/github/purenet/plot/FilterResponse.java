package io.github.purenet.plot;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Convolution;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What filters do to a picture: the picture, the filter and the response beside each other, a row
 * for each filter. The filters may be made by hand, such as {@link #horizontalEdge} and {@link
 * #verticalEdge}, or learned.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 7.6.1, where two learned filters
 * answer to horizontal and to vertical edges.
 */
public final class FilterResponse extends PartFigure {
  private FilterResponse(Builder builder, List<Part> parts, String description) {
    super(builder, "Filters applied to a picture", parts, description);
  }

  /**
   * Returns a filter that answers to horizontal edges: positively where it is bright below dark,
   * and negatively where it is dark below bright.
   *
   * @return (3, 3), a new array: three rows of -1, of 0 and of 1
   */
  public static NDArray horizontalEdge() {
    return NDArray.of(Shape.of(3, 3), -1, -1, -1, 0, 0, 0, 1, 1, 1);
  }

  /**
   * Returns a filter that answers to vertical edges: positively where it is bright to the right of
   * dark, and negatively where it is dark to the right of bright.
   *
   * @return (3, 3), a new array: three columns of -1, of 0 and of 1
   */
  public static NDArray verticalEdge() {
    return NDArray.of(Shape.of(3, 3), -1, 0, 1, -1, 0, 1, -1, 0, 1);
  }

  /**
   * Returns a builder of a figure of filters that are applied to a picture.
   *
   * @param picture (H, W), (1, H, W) or (3, H, W), numbers from 0 to 1; copied
   * @return a new builder, without filters
   * @throws IllegalArgumentException if the picture is of another shape
   */
  public static Builder builder(NDArray picture) {
    return new Builder(Pixels.requireImage("picture", picture).copy());
  }

  /** A builder of a {@link FilterResponse}. */
  public static final class Builder extends PartFigure.Builder<Builder> {
    private static final int PICTURE_SIZE = 180;
    private static final int FILTER_SIZE = 132;

    private final NDArray picture;
    private final List<String> names = new ArrayList<>();
    private final List<NDArray> filters = new ArrayList<>();

    private Builder(NDArray picture) {
      this.picture = picture;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Adds a filter, which is applied with stride 1 and without padding.
     *
     * @param name what stands above it, for example {@code horizontal edge}
     * @param filter (FH, FW), or (C, FH, FW) with as many channels as the picture, which it must
     *     not exceed in height or width; copied
     * @return this builder
     * @throws IllegalArgumentException if the filter is of another shape
     */
    public Builder filter(String name, NDArray filter) {
      NDArray image = Pixels.requireImage("filter", filter);
      Shape shape = image.shape();
      if (shape.dimension(0) != picture.dimension(0)
          || shape.dimension(1) > picture.dimension(1)
          || shape.dimension(2) > picture.dimension(2)) {
        throw new IllegalArgumentException(
            "filter: expected the channels and at most the size of the picture "
                + picture.shape()
                + ", got "
                + filter.shape());
      }
      names.add(Objects.requireNonNull(name, "name"));
      filters.add(image.copy());
      return this;
    }

    /**
     * Builds the figure.
     *
     * @return a new figure
     * @throws IllegalArgumentException if there is no filter
     */
    public FilterResponse build() {
      if (filters.isEmpty()) {
        throw new IllegalArgumentException("filter: expected at least one filter, got none");
      }
      List<Part> rows = new ArrayList<>();
      for (int i = 0; i < filters.size(); i++) {
        rows.add(row(names.get(i), filters.get(i)));
      }
      rows.add(
          Text.of(
              "In the response, gray is 0, white what looks like the filter, black the opposite.",
              Text.Style.NOTE,
              rows.get(0).width()));
      return new FilterResponse(this, rows, "Filters: " + String.join(", ", names));
    }

    private Part row(String name, NDArray filter) {
      NDArray response =
          new Convolution(filter.reshape(filter.shape().prepend(1)), NDArray.zeros(1), 1, 0)
              .forward(picture.reshape(picture.shape().prepend(1)))
              .at(0);
      Span answer = Span.of(List.of(response)).symmetric();
      BufferedImage image = Pixels.image(picture, Span.ofPixels(List.of(picture)));
      Part before = picture(image, PICTURE_SIZE);
      // As many units for a pixel as in the picture.
      double share = longer(response) / (double) longer(picture);
      Part after =
          picture(
              Pixels.map(response.at(0), answer, ColorMap.GRAY),
              (int) Math.round(share * PICTURE_SIZE));
      return Stack.row(
          14,
          captioned("picture", before, size(picture)),
          new Sign("\u2217"),
          captioned(name, weights(filter), size(filter)),
          new Sign("="),
          captioned(
              "response",
              Stack.column(8, after, new ColorBar(ColorMap.GRAY, answer, "", 80)),
              size(response)));
    }

    private static Part weights(NDArray filter) {
      Span span = Span.of(List.of(filter)).symmetric();
      Weights weights = new Weights(filter, span, Math.max(1, FILTER_SIZE / longer(filter)));
      return weights.showNumbers()
          ? weights
          : Stack.column(8, weights, new ColorBar(ColorMap.GRAY, span, "", 80));
    }

    private static String size(NDArray image) {
      int[] d = image.shape().toArray();
      String channels = d[0] == 1 ? "" : d[0] + " channels, ";
      return String.format(Locale.ROOT, "%s%d × %d", channels, d[1], d[2]);
    }

    private static Part captioned(String caption, Part part, String size) {
      int width = Math.max(part.width(), 90);
      return Stack.column(
          6,
          Text.of(caption, Text.Style.HEADING, width),
          part,
          Text.of(size, Text.Style.NOTE, width));
    }

    private static int longer(NDArray image) {
      return Math.max(image.dimension(1), image.dimension(2));
    }

    private static Part picture(BufferedImage image, int size) {
      return new Picture(Pixels.lined(Pixels.fitted(image, size)));
    }
  }

  /** A sign between pictures, at the height of their middle. */
  private record Sign(String text) implements Part {
    @Override
    public int width() {
      return 16;
    }

    @Override
    public int height() {
      return Builder.PICTURE_SIZE / 2;
    }

    @Override
    public void draw(Graphics2D g, int x, int y, Theme theme) {
      Text.Style.TITLE.draw(g, text, x, y + Builder.PICTURE_SIZE / 2, theme);
    }
  }

  /** A filter whose weights stand in their squares, if there is room for them. */
  private record Weights(NDArray filter, Span span, int side) implements Part {
    private static final Text.Style STYLE = Text.Style.NOTE;

    boolean showNumbers() {
      if (filter.dimension(0) > 1) {
        return false;
      }
      for (int i = 0; i < filter.size(); i++) {
        if (STYLE.width(Span.number(filter.data()[i])) > side) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int width() {
      return side * filter.dimension(2) + 2;
    }

    @Override
    public int height() {
      return side * filter.dimension(1) + 2;
    }

    @Override
    public void draw(Graphics2D g, int x, int y, Theme theme) {
      new Picture(Pixels.lined(Pixels.enlarge(Pixels.image(filter, span), side)))
          .draw(g, x, y, theme);
      if (!showNumbers()) {
        return;
      }
      for (int i = 0; i < filter.dimension(1); i++) {
        for (int j = 0; j < filter.dimension(2); j++) {
          number(g, filter.get(0, i, j), x + j * side + 1, y + i * side + 1);
        }
      }
    }

    private void number(Graphics2D g, double weight, int x, int y) {
      String text = Span.number(weight);
      int left = x + (side - STYLE.width(text)) / 2;
      int top = y + (side - STYLE.lineHeight()) / 2;
      STYLE.draw(g, text, left, top, span.place(weight) < 0.45 ? Color.WHITE : Color.BLACK);
    }
  }
}
