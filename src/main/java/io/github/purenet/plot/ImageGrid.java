package io.github.purenet.plot;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.explain.Exciting;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.ReceptiveField;
import io.github.purenet.train.Mistake;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Images in rows, each with a caption below it and perhaps a frame around a part of it: the
 * mistakes of a classifier, say, or the images that excite a channel most.
 */
public final class ImageGrid extends PartFigure {
  private ImageGrid(Builder builder, List<Part> parts, String description) {
    super(builder, "Images", parts, description);
  }

  /**
   * Returns a builder of a figure of images.
   *
   * @return a new builder, without images
   */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder of an {@link ImageGrid}. */
  public static final class Builder extends PartFigure.Builder<Builder> {
    private static final int SIZE = 112;
    private static final int MAX_COLUMNS = 8;

    private final List<Tile> tiles = new ArrayList<>();
    private Span span; // null: that of the numbers, or from 0 to 1
    private int columns; // 0: all in a row, or MAX_COLUMNS

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Adds an image.
     *
     * @param caption what stands below it; lines are broken where they are too long
     * @param image (H, W), (1, H, W) or (3, H, W), of any size; copied
     * @return this builder
     * @throws IllegalArgumentException if the image is of another shape
     */
    public Builder image(String caption, NDArray image) {
      return image(caption, image, null);
    }

    /**
     * Adds an image with a frame around a part of it.
     *
     * @param caption what stands below it; lines are broken where they are too long
     * @param image (H, W), (1, H, W) or (3, H, W), of any size; copied
     * @param part the part in pixels of the image; what is outside of the image is left out
     * @return this builder
     * @throws IllegalArgumentException if the image is of another shape, or the part lies outside
     */
    @SuppressWarnings("exports") // who has a Rectangle reads java.desktop
    public Builder image(String caption, NDArray image, Rectangle part) {
      NDArray pixels = Pixels.requireImage("image", image).copy();
      Rectangle frame = null;
      if (part != null) {
        Rectangle all = new Rectangle(pixels.dimension(2), pixels.dimension(1));
        frame = part.intersection(all);
        if (frame.isEmpty()) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "image: expected a part of it, got %d by %d pixels at (%d, %d) in %s",
                  part.width,
                  part.height,
                  part.x,
                  part.y,
                  image.shape()));
        }
      }
      tiles.add(new Tile(Objects.requireNonNull(caption, "caption"), pixels, frame));
      return this;
    }

    /**
     * Adds images that a classifier got wrong, each with what it said, how sure it was, and what
     * was right.
     *
     * @param mistakes what {@link io.github.purenet.train.Mistakes} returns, or the first of it
     * @param dataset the data set that the mistakes are of, whose samples are images
     * @param classNames the names of the classes; empty for their numbers
     * @return this builder
     * @throws IllegalArgumentException if the samples are no images, or an index or a class is out
     *     of range
     */
    public Builder mistakes(List<Mistake> mistakes, Dataset dataset, List<String> classNames) {
      for (Mistake mistake : mistakes) {
        image(caption(mistake, classNames), sample(dataset, mistake.index()));
      }
      return this;
    }

    /**
     * Adds images that excite a channel, each with a frame around the part that does, its index and
     * the activation.
     *
     * @param samples what {@link Exciting#of} returns, or the first of it
     * @param dataset the data set that the samples are of, which are images
     * @return this builder
     * @throws IllegalArgumentException if the samples are no images, or an index is out of range
     */
    public Builder exciting(List<Exciting> samples, Dataset dataset) {
      for (Exciting sample : samples) {
        ReceptiveField part = sample.part();
        Rectangle frame = new Rectangle(part.left(), part.top(), part.width(), part.height());
        String caption =
            String.format(
                Locale.ROOT, "image %d\n%s", sample.index(), Span.number(sample.activation()));
        // A position in the padding sees nothing of the image.
        image(caption, sample(dataset, sample.index()), frame.isEmpty() ? null : frame);
      }
      return this;
    }

    private static NDArray sample(Dataset dataset, int index) {
      Batch batch = Batch.allocate(dataset, 1);
      batch.fill(dataset, index, index + 1);
      return batch.x().at(0);
    }

    private static String caption(Mistake mistake, List<String> names) {
      String right = name(mistake.right(), names);
      if (mistake.said() < 0) {
        return "said NaN\nright " + right;
      }
      return String.format(
          Locale.ROOT,
          "said %s (%s)\nright %s (%s)",
          name(mistake.said(), names),
          percent(mistake.probability()),
          right,
          percent(mistake.rightProbability()));
    }

    private static String name(int i, List<String> names) {
      if (!names.isEmpty() && i >= names.size()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "classNames: expected a name of class %d, got %d names",
                i,
                names.size()));
      }
      return names.isEmpty() ? Integer.toString(i) : names.get(i);
    }

    /** Returns a probability as a person reads it: 0 and 100 % only for 0 and 1. */
    private static String percent(double probability) {
      double percent = 100 * probability;
      if (percent > 99.9 && percent < 100) {
        return "> 99.9 %";
      }
      if (percent > 0 && percent < 0.1) {
        return "< 0.1 %";
      }
      return String.format(Locale.ROOT, "%.1f %%", percent);
    }

    /**
     * Sets the numbers that are drawn black and white, or without and with all of a color.
     *
     * @param low black; by default 0, or the least number if one is not from 0 to 1
     * @param high white, larger than low; by default 1, or the greatest number if one is not from 0
     *     to 1
     * @return this builder
     * @throws IllegalArgumentException if the numbers are not finite or not in order
     */
    public Builder range(double low, double high) {
      this.span = new Span(low, high);
      return this;
    }

    /**
     * Sets the number of images in a row.
     *
     * @param count the number, at least 1; at most 8 by default
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
     * @return a new figure; without images, a line that says so
     */
    public ImageGrid build() {
      if (tiles.isEmpty()) {
        return new ImageGrid(this, List.of(Text.of("no images", Text.Style.BODY)), "no images");
      }
      Span scale = span == null ? Span.ofPixels(tiles.stream().map(Tile::image).toList()) : span;
      int across = columns > 0 ? columns : MAX_COLUMNS;
      List<Part> rows = new ArrayList<>();
      for (int i = 0; i < tiles.size(); i += across) {
        List<Tile> row = tiles.subList(i, Math.min(tiles.size(), i + across));
        rows.add(Stack.row(12, row.stream().map(tile -> draw(tile, scale)).toList()));
      }
      String captions = tiles.stream().map(Tile::caption).collect(Collectors.joining("; "));
      return new ImageGrid(this, rows, captions);
    }

    private static Part draw(Tile tile, Span span) {
      BufferedImage image = Pixels.fitted(Pixels.image(tile.image(), span), SIZE);
      double factor = image.getWidth() / (double) tile.image().dimension(2);
      Part picture = new Picture(Pixels.lined(image), scaled(tile.frame(), factor));
      int width = Math.max(picture.width(), SIZE);
      return Stack.column(
          4, new Box(picture, width), Text.of(tile.caption(), Text.Style.NOTE, width));
    }

    /** Returns the frame in an enlarged image with a line around it. */
    private static Rectangle scaled(Rectangle frame, double factor) {
      return frame == null
          ? null
          : new Rectangle(
              (int) Math.round(frame.x * factor) + 1,
              (int) Math.round(frame.y * factor) + 1,
              (int) Math.round(frame.width * factor),
              (int) Math.round(frame.height * factor));
    }
  }

  /** An image (C, H, W), what stands below it, and the frame around a part of it, null for none. */
  private record Tile(String caption, NDArray image, Rectangle frame) {}
}
