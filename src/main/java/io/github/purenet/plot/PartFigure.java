package io.github.purenet.plot;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A figure made of parts, on a page with margins. */
class PartFigure extends Figure {
  private static final int MARGIN = 16;
  private static final int GAP = 10;

  private final Part content;
  private final Theme theme;
  private final String title;
  private final String description;

  /**
   * Creates a figure.
   *
   * @param builder what all figures have
   * @param kind what it is, for those who cannot see it, if it has no title
   * @param parts what it shows, from top to bottom, under the title
   * @param description what it shows, for those who cannot see it
   */
  PartFigure(Builder<?> builder, String kind, List<? extends Part> parts, String description) {
    this(builder.titled(parts), builder, kind, description);
  }

  private PartFigure(Part content, Builder<?> builder, String kind, String description) {
    super(content.width() + 2 * MARGIN, content.height() + 2 * MARGIN);
    this.content = content;
    this.theme = builder.theme;
    this.title = builder.title.isEmpty() ? kind : builder.title;
    this.description = description;
  }

  @Override
  protected final String title() {
    return title;
  }

  @Override
  protected final String description() {
    return description;
  }

  @Override
  protected final void draw(Graphics2D g) {
    g.setColor(theme.background());
    g.fillRect(0, 0, width(), height());
    content.draw(g, MARGIN, MARGIN, theme);
  }

  /** What all builders of figures have: a title and colors. */
  abstract static class Builder<B extends Builder<B>> {
    private String title = "";
    private Theme theme = Theme.LIGHT;

    abstract B self();

    /**
     * Sets the title, which stands above all.
     *
     * @param text the title; empty by default, for none
     * @return this builder
     */
    public B title(String text) {
      this.title = Objects.requireNonNull(text, "title");
      return self();
    }

    /**
     * Sets the colors.
     *
     * @param value the colors; {@link Theme#LIGHT} by default
     * @return this builder
     */
    public B theme(Theme value) {
      this.theme = Objects.requireNonNull(value, "theme");
      return self();
    }

    /** Returns parts below each other, under the title, which is no wider than they are. */
    private Part titled(List<? extends Part> parts) {
      List<Part> all = new ArrayList<>();
      if (!title.isEmpty()) {
        int width = parts.stream().mapToInt(Part::width).max().orElse(0);
        all.add(Text.of(title, Text.Style.TITLE, Math.max(width, 240)));
      }
      all.addAll(parts);
      return Stack.column(GAP, all);
    }
  }
}
