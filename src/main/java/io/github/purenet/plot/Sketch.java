package io.github.purenet.plot;

import io.github.purenet.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/** A calculation as it is written on paper: rows of matrices or blocks, with signs between them. */
final class Sketch extends PartFigure {
  private static final int GAP = 14;

  private Sketch(Builder builder, List<Part> parts, String description) {
    super(builder, "A calculation", parts, description);
  }

  /** Writes a calculation down, part by part. */
  static final class Builder extends PartFigure.Builder<Builder> {
    private final List<List<Part>> rows = new ArrayList<>(List.of(new ArrayList<>()));
    private final StringBuilder description = new StringBuilder();

    @Override
    Builder self() {
      return this;
    }

    Builder matrix(String caption, NDArray matrix) {
      return matrix(caption, matrix, Cells.Marks.NONE);
    }

    Builder matrix(String caption, NDArray matrix, Cells.Marks marks) {
      return part(caption, new Cells(matrix, marks));
    }

    /** Adds the channels of an array (C, H, W), one below the other. */
    Builder channels(String caption, NDArray array) {
      List<Part> channels = new ArrayList<>();
      for (int c = 0; c < array.dimension(0); c++) {
        channels.add(new Cells(array.at(c)));
      }
      return part(caption, Stack.column(8, channels));
    }

    /** Adds something with a caption below it. */
    Builder part(String caption, Part part) {
      description.append(caption).append(' ');
      Text text = Text.of(caption, Text.Style.NOTE);
      rows.get(rows.size() - 1).add(Stack.column(4, part, text).center());
      return this;
    }

    Builder sign(String sign) {
      description.append(sign).append(' ');
      rows.get(rows.size() - 1).add(Text.of(sign, Text.Style.TITLE));
      return this;
    }

    Builder nextRow() {
      rows.add(new ArrayList<>());
      return this;
    }

    Sketch build() {
      List<Part> drawn = new ArrayList<>();
      rows.forEach(row -> drawn.add(Stack.row(GAP, row).center()));
      return new Sketch(this, drawn, description.toString().strip());
    }
  }
}
