package io.github.purenet.plot;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The filters of a convolution as a grid of tiles, in rows from the first filter to the last; or
 * several grids beside each other, such as the filters before and after training. Each weight is a
 * square of one color.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 7.6.1.
 */
public final class FilterGrid extends PartFigure {

  /** Which weights share one scale from black to white. */
  public enum Scaling {
    /** Those of a filter: shows the structure of each one, however small its weights are. */
    FILTER,
    /** Those of a grid: filters of large weights stand out. */
    GRID,
    /** All of the figure: shows how weights have grown. */
    FIGURE
  }

  /** How filters of more than one channel are drawn. */
  public enum Channels {
    /** Red, green and blue; only for three channels. */
    RGB,
    /** The mean over the channels, in one tile. */
    MEAN,
    /** A tile for each channel, those of a filter close together. */
    EACH
  }

  private FilterGrid(Builder builder, List<Part> parts, String description) {
    super(builder, "Filters", parts, description);
  }

  /**
   * Returns a builder of a figure of filters.
   *
   * @return a new builder, without filters
   */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder of a {@link FilterGrid}. */
  public static final class Builder extends PartFigure.Builder<Builder> {
    private static final int GRID_WIDTH = 360;
    private static final int MAX_ENLARGEMENT = 28;

    private final List<Grid> grids = new ArrayList<>();
    private Scaling scaling = Scaling.FILTER;
    private Channels channels; // null: what fits the filters
    private ColorMap colors = ColorMap.GRAY;
    private boolean symmetric;
    private int columns; // 0: as many as rows
    private int limit = 128;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Adds a grid, to the right of those before.
     *
     * @param caption what stands above it, for example {@code after 20 epochs}
     * @param filters the weight of a convolution (FN, C, FH, FW), not empty; copied
     * @return this builder
     * @throws IllegalArgumentException if they are of another shape
     */
    public Builder filters(String caption, NDArray filters) {
      Objects.requireNonNull(caption, "caption");
      if (filters.rank() != 4 || filters.size() == 0) {
        throw new IllegalArgumentException(
            "filters: expected a weight (FN, C, FH, FW), got " + filters.shape());
      }
      grids.add(new Grid(caption, filters.copy()));
      return this;
    }

    /**
     * Sets which weights share one scale.
     *
     * @param value the weights; {@link Scaling#FILTER} by default, each filter on its own
     * @return this builder
     */
    public Builder scaling(Scaling value) {
      this.scaling = Objects.requireNonNull(value, "scaling");
      return this;
    }

    /**
     * Makes scales symmetric, so that the middle color is 0. By default, they go from the least
     * weight to the greatest.
     *
     * @return this builder
     */
    public Builder symmetric() {
      this.symmetric = true;
      return this;
    }

    /**
     * Sets how filters of more than one channel are drawn.
     *
     * @param value how; by default {@link Channels#RGB} for three channels, and {@link
     *     Channels#MEAN} for others
     * @return this builder
     */
    public Builder channels(Channels value) {
      this.channels = Objects.requireNonNull(value, "channels");
      return this;
    }

    /**
     * Sets the colors of filters that are not drawn in red, green and blue.
     *
     * @param map the colors; {@link ColorMap#GRAY} by default
     * @return this builder
     */
    public Builder colors(ColorMap map) {
      this.colors = Objects.requireNonNull(map, "colors");
      return this;
    }

    /**
     * Sets the number of filters in a row.
     *
     * @param count the number, at least 1; by default, there are about as many rows as columns
     * @return this builder
     * @throws IllegalArgumentException if the number is out of range
     */
    public Builder columns(int count) {
      this.columns = Pixels.requireAtLeastOne("columns", count);
      return this;
    }

    /**
     * Sets how many filters of a layer are drawn, the first ones; a line says how many more there
     * are.
     *
     * @param count the number, at least 1; 128 by default
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
     * @throws IllegalArgumentException if there are no filters, if they are to be drawn in red,
     *     green and blue and have other than three channels, or if the figure would be too large
     */
    public FilterGrid build() {
      if (grids.isEmpty()) {
        throw new IllegalArgumentException("filters: expected at least one grid, got none");
      }
      List<NDArray> drawn = grids.stream().map(this::drawn).toList();
      Span all = span(drawn);
      List<Part> beside = new ArrayList<>();
      for (int i = 0; i < grids.size(); i++) {
        beside.add(draw(grids.get(i), drawn.get(i), all));
      }
      Part row = Stack.row(28, beside);
      List<Part> parts = new ArrayList<>(List.of(row));
      if (scaling == Scaling.FIGURE) {
        parts.add(bar(all));
      }
      String explanation = explanation(drawn);
      parts.add(Text.of(explanation, Text.Style.NOTE, Math.max(row.width(), 240)));
      String shapes =
          grids.stream()
              .map(grid -> grid.caption() + ": weight " + grid.filters().shape() + ". ")
              .collect(Collectors.joining());
      return new FilterGrid(this, parts, shapes + explanation);
    }

    private Channels channels(NDArray filters) {
      Channels byDefault = filters.dimension(1) == 3 ? Channels.RGB : Channels.MEAN;
      return channels == null ? byDefault : channels;
    }

    /** Returns the numbers that are drawn: the first filters, or their means over the channels. */
    private NDArray drawn(Grid grid) {
      NDArray first = grid.filters().slice(0, Math.min(limit, grid.filters().dimension(0)));
      Shape shape = first.shape();
      return switch (channels(grid.filters())) {
        case EACH -> first;
        case MEAN ->
            first.mean(1).reshape(shape.dimension(0), 1, shape.dimension(2), shape.dimension(3));
        case RGB -> {
          if (shape.dimension(1) != 3) {
            throw new IllegalArgumentException(
                "filters: expected 3 channels for red, green and blue, got "
                    + grid.filters().shape());
          }
          yield first;
        }
      };
    }

    private Span span(List<NDArray> numbers) {
      Span span = Span.of(numbers);
      return symmetric ? span.symmetric() : span;
    }

    private Part draw(Grid grid, NDArray drawn, Span all) {
      int n = drawn.dimension(0);
      int across = columns > 0 ? Math.min(columns, n) : (int) Math.ceil(Math.sqrt(n));
      boolean each = channels(grid.filters()) == Channels.EACH;
      int tilesAcross = each ? (int) Math.ceil(Math.sqrt(drawn.dimension(1))) : 1;
      int weightsAcross = across * tilesAcross * drawn.dimension(3);
      int enlargement = Math.min(MAX_ENLARGEMENT, Math.max(1, GRID_WIDTH / weightsAcross));

      Span own = span(List.of(drawn));
      List<BufferedImage> tiles = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        NDArray filter = drawn.at(i);
        Span span =
            switch (scaling) {
              case FILTER -> span(List.of(filter));
              case GRID -> own;
              case FIGURE -> all;
            };
        tiles.add(tile(filter, span, each ? tilesAcross : 0, enlargement));
      }
      Part picture = new Picture(Pixels.mosaic(tiles, across, each ? 8 : 5));
      int width = Math.max(picture.width(), 140);
      List<Part> parts = new ArrayList<>();
      parts.add(Text.of(grid.caption(), Text.Style.HEADING, width));
      parts.add(picture);
      int more = grid.filters().dimension(0) - n;
      if (more > 0) {
        String text = String.format(Locale.ROOT, "and %,d more", more);
        parts.add(Text.of(text, Text.Style.NOTE, width));
      }
      if (scaling == Scaling.GRID) {
        parts.add(bar(own));
      }
      return Stack.column(6, parts);
    }

    /** Returns a filter (C, FH, FW) in one tile, or in a tile for each channel if those are set. */
    private BufferedImage tile(NDArray filter, Span span, int tilesAcross, int enlargement) {
      if (tilesAcross == 0 && filter.dimension(0) == 3) {
        return Pixels.enlarge(Pixels.image(filter, span), enlargement);
      }
      List<BufferedImage> tiles =
          IntStream.range(0, filter.dimension(0))
              .mapToObj(c -> Pixels.enlarge(Pixels.map(filter.at(c), span, colors), enlargement))
              .toList();
      return Pixels.mosaic(tiles, Math.max(1, tilesAcross), 1);
    }

    private Part bar(Span span) {
      return new ColorBar(colors, span, "weight", 120);
    }

    private String explanation(List<NDArray> drawn) {
      StringBuilder text = new StringBuilder();
      text.append(
          switch (scaling) {
            case FILTER -> "Each filter has a scale of its own";
            case GRID -> "The filters of a grid have one scale";
            case FIGURE -> "All filters have one scale";
          });
      text.append(
          symmetric
              ? ", whose middle is 0 and whose ends are the largest weight and its opposite"
              : ", from its least weight to its greatest");
      text.append(colors == ColorMap.GRAY ? ", black to white." : ".");
      if (grids.stream().anyMatch(grid -> channels(grid.filters()) == Channels.RGB)) {
        text.append(" Red, green and blue are scaled alike.");
      }
      if (grids.stream().anyMatch(grid -> isMean(grid.filters()))) {
        text.append(" A weight is the mean over the channels.");
      }
      if (drawn.stream().anyMatch(Pixels::hasNan)) {
        text.append(" ").append(Pixels.NAN_NOTE);
      }
      return text.toString();
    }

    private boolean isMean(NDArray filters) {
      return filters.dimension(1) > 1 && channels(filters) == Channels.MEAN;
    }
  }

  /** Filters (FN, C, FH, FW) and what stands above them. */
  private record Grid(String caption, NDArray filters) {}
}
