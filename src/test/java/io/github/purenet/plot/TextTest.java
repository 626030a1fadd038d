package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
  private static final Text.Style STYLE = Text.Style.BODY;

  @Test
  void lines_are_broken_at_spaces_where_they_are_too_long() {
    int width = STYLE.width("one two");

    Text text = Text.of("one two three four\nfive", STYLE, width);
    assertThat(text.lines()).containsExactly("one two", "three", "four", "five");
    assertThat(text.width()).isLessThanOrEqualTo(width);
    assertThat(text.height()).isEqualTo(4 * STYLE.lineHeight());
  }

  @Test
  void a_word_that_is_too_long_is_broken_too() {
    Text text = Text.of("abcdefghij", STYLE, STYLE.width("abcd"));

    assertThat(String.join("", text.lines())).isEqualTo("abcdefghij");
    assertThat(text.lines()).hasSizeBetween(3, 4);
    assertThat(Text.of("ab", STYLE, 0).lines()).containsExactly("a", "b");
    assertThat(Text.of("\ud83d\ude00\ud83d\ude00", STYLE, 0).lines())
        .containsExactly("\ud83d\ude00", "\ud83d\ude00");
    assertThat(Text.of("", STYLE, 0).lines()).containsExactly("");
  }

  @Test
  void control_characters_do_not_get_into_a_document() {
    assertThat(Text.of("a\u0000b\tc", STYLE).lines()).containsExactly("a b c");
  }
}
