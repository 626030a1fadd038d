package io.github.purenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.purenet.data.Dataset;
import io.github.purenet.io.Idx;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Layers;
import io.github.purenet.nn.Network;
import io.github.purenet.train.Trainer;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages and tables have the same digits in every locale. */
class LocaleTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR", "hi-IN-u-nu-deva", "tr-TR", "de-DE"})
  void texts_do_not_depend_on_the_locale(String tag) {
    Locale.setDefault(Locale.ROOT);
    List<String> expected = texts();

    Locale.setDefault(Locale.forLanguageTag(tag));

    assertThat(texts()).isEqualTo(expected);
  }

  /** The test tests something: this locale has other digits. */
  @Test
  void a_locale_has_digits_of_its_own() {
    assertThat(String.format(Locale.forLanguageTag("ar-EG-u-nu-arab"), "%d", 10)).isEqualTo("١٠");
  }

  private static List<String> texts() {
    SimpleConvNet network = SimpleConvNet.builder().build();
    NDArray x = NDArray.zeros(Shape.of(2, 1, 28, 28));
    List<String> texts = new ArrayList<>(List.of(network.summary(), network.toString()));
    texts.add(NDArray.of(0.25f, 1e30f, -3f).toString());
    texts.add(message(() -> network.predict(NDArray.zeros(Shape.of(2, 3, 28, 28)))));
    texts.add(message(() -> network.gradient(x, NDArray.of(0f, 12f))));
    texts.add(message(() -> network.gradient(x, NDArray.full(Shape.of(2, 10), 0.5f))));
    texts.add(message(() -> Network.of(Shape.of(1, 4, 4), 0, Layers.conv(12, 15))));
    texts.add(message(() -> Network.of(Shape.of(1, 4, 4), 0, Layers.maxPool(2).pad(12))));
    texts.add(message(() -> x.reshape(1234, 5)));
    texts.add(message(() -> x.get(12, 0, 0, 0)));
    texts.add(message(() -> Dataset.of(x, NDArray.of(1f, 2f, 3f))));
    texts.add(message(() -> Dataset.of(x, x).enlarge(-12)));
    texts.add(message(() -> Dataset.of(x, x).head(-12)));
    texts.add(message(() -> Idx.read(new ByteArrayInputStream(new byte[12]), "twelve")));
    texts.add(message(() -> Trainer.builder(network).batchSize(-12)));
    return texts;
  }

  private static String message(ThrowingCallable call) {
    return String.valueOf(catchThrowable(call));
  }
}
