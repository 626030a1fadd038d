package io.github.purenet.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/**
 * Writes a page of HTML that is well-formed XML, too. Texts and the values of attributes are
 * escaped; elements are closed in the order in which they were opened.
 */
public final class Html {
  private static final Set<String> VOID =
      Set.of("br", "img", "meta", "source", "link", "hr", "col");

  private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param name the name of the element
   * @param attributes names and values in turn; one whose value is null is left out
   */
  public Html open(String name, String... attributes) {
    tag(name, attributes).append('>');
    open.push(name);
    return this;
  }

  private StringBuilder tag(String name, String... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i + 1] != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(attributes[i + 1]);
        out.append('"');
      }
    }
    return out;
  }

  /** Closes the element that was opened last, which must have this name. */
  public Html close(String name) {
    String last = open.isEmpty() ? "nothing" : open.pop();
    if (!last.equals(name)) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "html: expected to close %s, got %s", last, name));
    }
    out.append("</").append(name).append(">");
    return this;
  }

  /** Writes an element without content, such as {@code img}. */
  public Html empty(String name, String... attributes) {
    if (!VOID.contains(name)) {
      throw new IllegalArgumentException("html: expected one of " + VOID + ", got " + name);
    }
    tag(name, attributes).append("/>");
    return this;
  }

  /** Writes an element that holds a text. */
  public Html element(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close(name);
  }

  /** Writes a text. */
  public Html text(String text) {
    escape(text);
    return this;
  }

  /** Begins a new line of the source, for those who read it. */
  public Html line() {
    out.append('\n');
    return this;
  }

  /** Writes a style sheet, which must do without what XML would take for markup. */
  public Html style(String css) {
    if (css.contains("<") || css.contains("&")) {
      throw new IllegalArgumentException("html: expected a style sheet without < and &");
    }
    open("style");
    out.append('\n').append(css);
    return close("style");
  }

  /** Escapes markup; what XML does not allow at all, such as most control characters, becomes ?. */
  private void escape(String text) {
    text.codePoints().forEach(this::escape);
  }

  private void escape(int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      default -> out.appendCodePoint(isAllowed(c) ? c : '?');
    }
  }

  private static boolean isAllowed(int c) {
    return c >= 0x20
        ? !(c >= 0x7f && c <= 0x9f) && !(c >= 0xd800 && c <= 0xdfff) && (c & 0xfffe) != 0xfffe
        : c == '\t' || c == '\n';
  }

  /** Returns the page, whose elements must all be closed. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("html: expected all elements closed, got open " + open);
    }
    return out.append('\n').toString();
  }
}
