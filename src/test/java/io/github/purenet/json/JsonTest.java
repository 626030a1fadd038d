package io.github.purenet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  @Test
  void reads_every_kind_of_value() throws JsonException {
    Object read =
        JsonReader.read(
            " {\"a\" : [1, -0, 2147483648, 1.5, -2e-3, 1E2] ,\t\"b\":{}, \"c\":[],\r\n"
                + "\"d\":true,\"e\":false,\"f\":null, \"\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9é\\ud83d\\ude00\"} ");
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("a", List.of(1, 0, 2147483648L, 1.5, -2e-3, 100.0));
    expected.put("b", Map.of());
    expected.put("c", List.of());
    expected.put("d", true);
    expected.put("e", false);
    expected.put("f", null);
    expected.put("", "\"\\/\b\f\n\r\téé😀");
    assertThat(read).isEqualTo(expected);
    assertThat(((Map<?, ?>) read).keySet())
        .map(Object::toString)
        .containsExactlyElementsOf(expected.keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | character 0: expected a value, got the end",
        "nul | character 0: expected a value, got n",
        "{\"a\":1,} | character 7: expected a name, got }",
        "{\"a\" 1} | character 5: expected a colon, got 1",
        "{\"a\":1 \"b\":2} | character 7: expected a comma or a closing brace, got \"",
        "{\"a\":1, \"a\":2} | character 8: expected each name once, got a again",
        "{a:1} | character 1: expected a name, got a",
        "[1 2] | character 3: expected a comma or a closing bracket, got 2",
        "[1,] | character 3: expected a value, got ]",
        "[1 | character 2: expected a comma or a closing bracket, got the end",
        "1 2 | character 2: expected the end, got 2",
        "01 | character 1: expected the end, got 1",
        "- | character 1: expected a digit, got the end",
        "1. | character 2: expected a digit, got the end",
        "1e+ | character 3: expected a digit, got the end",
        ".5 | character 0: expected a value, got .",
        "NaN | character 0: expected a value, got N",
        "'a' | character 0: expected a value, got '",
        "\"a | character 2: expected the end of a string, got the end",
        "\"\\x\" | character 2: expected an escape, got x",
        "\"\\u00g0\" | character 5: expected a hexadecimal digit, got g",
        "\"\\u00 | character 5: expected a hexadecimal digit, got the end",
        "1e999 | `character 0: expected a number in the range of Long or Double, got 1e999`",
        "9223372036854775808 | `character 0: expected a number in the range of Long or Double, got 9223372036854775808`",
      })
  void refuses_what_is_no_json(String text, String message) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(JsonException.class)
        .hasMessage(message);
  }

  @Test
  void refuses_control_characters_in_strings() {
    assertThatThrownBy(() -> JsonReader.read("\"a\nb\""))
        .hasMessage("character 2: expected a control character as an escape, got U+000A");
  }

  @Test
  void depth_is_limited_before_the_stack_is() {
    assertThatCode(() -> JsonReader.read("[".repeat(64) + "]".repeat(64)))
        .doesNotThrowAnyException();
    for (String opening : new String[] {"[", "{\"a\":"}) {
      assertThatThrownBy(() -> JsonReader.read(opening.repeat(1_000_000)))
          .isInstanceOf(JsonException.class)
          .hasMessageEndingWith(": expected at most 64 nested arrays and objects");
    }
  }

  /** A stranger would otherwise get megabytes back. */
  @Test
  void messages_stay_short() {
    String name = "a".repeat(1000);
    assertThatThrownBy(() -> JsonReader.read("{\"" + name + "\":1,\"" + name + "\":1}"))
        .isInstanceOf(JsonException.class)
        .hasMessageEndingWith("got " + "a".repeat(30) + "... again");
  }

  /** Counts what takes memory: the values, not the letters. */
  @Test
  void values_are_limited_for_strangers() throws JsonException {
    String text = "{\"a\":[1,{\"b\":null}], \"c\":\"text\"}"; // two objects, a list, three others
    assertThat(JsonReader.readObject(text, 6)).isEqualTo(JsonReader.readObject(text));
    assertThatThrownBy(() -> JsonReader.readObject(text, 5))
        .isInstanceOf(JsonException.class)
        .hasMessage("character 25: expected at most 5 values, got more");
  }

  @Test
  void reads_back_what_it_writes() throws JsonException {
    long seed = 20261125;
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      Object value = value(random, 4);
      String text = JsonWriter.write(value);
      assertThat(text.lines()).hasSizeLessThanOrEqualTo(1);
      assertThat(JsonReader.read(text)).as("seed %d, case %d: %s", seed, i, text).isEqualTo(value);
    }
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextLong() | 1L << 40;
      case 2 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62)) + 0.5;
      case 3 -> random.nextBoolean();
      case 4 -> null;
      case 5, 6 -> text(random);
      case 7 -> {
        List<Object> list = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int n = random.nextInt(5); n > 0; n--) {
          map.put(text(random), value(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    char[] text = new char[random.nextInt(8)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) random.nextInt(random.nextBoolean() ? 128 : 65536);
    }
    return new String(text);
  }

  @Test
  void writes_only_what_json_can_hold() {
    assertThat(JsonWriter.write(Arrays.asList(1, "a\u0001", null, true, 0.1, Map.of(), List.of())))
        .isEqualTo("[1,\"a\\u0001\",null,true,0.1,{},[]]");
    assertThatThrownBy(() -> JsonWriter.write(List.of(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "JSON: expected maps, lists, texts, finite numbers, true, false or null, got NaN of"
                + " Double");
    assertThatThrownBy(() -> JsonWriter.write(new int[0]))
        .hasMessageStartingWith("JSON: expected maps");
  }
}
