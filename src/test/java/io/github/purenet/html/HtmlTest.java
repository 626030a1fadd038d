package io.github.purenet.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HtmlTest {

  private static String text(String text) {
    String page = new Html().element("p", text).toString();
    return page.replace("<!DOCTYPE html>\n<p>", "").replace("</p>\n", "");
  }

  @Test
  void texts_and_attributes_are_escaped() {
    assertThat(text("<script>&\"'")).isEqualTo("&lt;script&gt;&amp;&quot;'");
    Html html = new Html().empty("img", "alt", "\" onerror=\"x", "src", null);
    assertThat(html.toString()).contains("<img alt=\"&quot; onerror=&quot;x\"/>");
  }

  @Test
  void what_xml_does_not_allow_becomes_a_question_mark() {
    assertThat(text("a\u0000b\u001fc\u007f\u0085\ud800\uffff\r")).isEqualTo("a?b?c?????");
    assertThat(text("\t\n\u00e9\u6f22\ud83d\ude00")).isEqualTo("\t\n\u00e9\u6f22\ud83d\ude00");
  }

  @Test
  void elements_are_closed_in_their_order() {
    Html html = new Html().open("ul").open("li");
    assertThatThrownBy(() -> html.close("ul"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("html: expected to close li, got ul");
    assertThatThrownBy(new Html().open("p")::toString)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("html: expected all elements closed, got open [p]");
    assertThatThrownBy(() -> new Html().empty("p")).hasMessageContaining("got p");
    assertThatThrownBy(() -> new Html().style("a::before { content: '<' }"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
