package io.github.purenet.report;

import io.github.purenet.html.Html;
import java.util.ArrayList;
import java.util.List;

/** A table of a report: a row of headers, and rows that begin with a header each. */
final class Table {
  private final String caption;
  private final List<String> columns;
  private final List<Row> rows = new ArrayList<>();
  private boolean numbers = true;

  private record Row(String header, List<Cell> cells, boolean total) {}

  /** A cell, which may be told from the others by a class of the style sheet, or null. */
  record Cell(String text, String look) {}

  Table(String caption, String... columns) {
    this.caption = caption;
    this.columns = List.of(columns);
  }

  /** Sets that cells hold texts, which are aligned left, and not numbers. */
  Table ofTexts() {
    numbers = false;
    return this;
  }

  /** Adds a row. */
  Table row(String header, String... cells) {
    return row(header, List.of(cells).stream().map(text -> new Cell(text, null)).toList());
  }

  /** Adds a row. */
  Table row(String header, List<Cell> cells) {
    rows.add(new Row(header, cells, false));
    return this;
  }

  /** Adds a row that sums up the others. */
  Table total(String header, String... cells) {
    row(header, cells);
    Row last = rows.remove(rows.size() - 1);
    rows.add(new Row(last.header, last.cells, true));
    return this;
  }

  void write(Html html) {
    html.open("div", "class", "scroll").open("table").element("caption", caption);
    html.open("thead").open("tr");
    for (int i = 0; i < columns.size(); i++) {
      String look = i > 0 && numbers ? "n" : null;
      html.element("th", columns.get(i), "scope", "col", "class", look);
    }
    html.close("tr").close("thead").open("tbody").line();
    for (Row row : rows) {
      html.open("tr", "class", row.total ? "total" : null);
      html.element("th", row.header, "scope", "row");
      for (Cell cell : row.cells) {
        String look = (numbers ? "n" : "t") + (cell.look == null ? "" : " " + cell.look);
        html.element("td", cell.text, "class", look);
      }
      html.close("tr").line();
    }
    html.close("tbody").close("table").close("div").line();
  }
}
