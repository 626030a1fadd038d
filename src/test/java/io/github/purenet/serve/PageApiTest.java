package io.github.purenet.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.explain.GradCam;
import io.github.purenet.image.Images;
import io.github.purenet.json.JsonReader;
import io.github.purenet.json.JsonWriter;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Layers;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import io.github.purenet.nn.Probabilities;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageApiTest {
  private static final Path SEVEN = Path.of("src/site/markdown/images/seven.png");

  private Server server;
  private Client client;

  private void serve(Network network, Dataset samples) throws Exception {
    server = Server.builder().routes(new PageApi(() -> network, samples, null).routes()).start();
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Map<String, Object> inspect(Map<String, Object> question) throws Exception {
    HttpResponse<String> answer = client.post("api/inspect", JsonWriter.write(question));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonReader.readObject(answer.body());
  }

  private static Network small() {
    return SimpleConvNet.builder().filters(3).hidden(5).weightStandardDeviation(0.3).build();
  }

  /** Checks that numbers are the probabilities of a network, but for the rounding of text. */
  private static void isProbabilities(Object json, Network network, NDArray x) {
    NDArray expected = new Probabilities(network).of(network.predict(x));
    List<?> numbers = (List<?>) json;
    assertThat(numbers).hasSize(expected.size());
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(((Number) numbers.get(i)).floatValue()).isEqualTo(expected.data()[i]);
    }
  }

  @Test
  void a_picture_is_prepared_classified_and_looked_into() throws Exception {
    Network network = small();
    serve(network, null);
    String file = Base64.getEncoder().encodeToString(Files.readAllBytes(SEVEN));
    Map<String, Object> answer = inspect(Map.of("picture", file, "asMnist", true));

    NDArray x = Images.of(network).asMnist().read(SEVEN);
    isProbabilities(answer.get("probabilities"), network, x);
    assertThat(answer).doesNotContainKey("original");
    List<Map<?, ?>> layers = layers(answer);
    assertThat(layers.stream().map(layer -> layer.get("name")))
        .isEqualTo(List.of("conv1", "relu1", "maxPool1", "affine1", "relu2", "affine2"));
    isSigned(layers.get(0), network.activations(x).get("conv1"));
    isSigned(layers.get(5), network.activations(x).get("affine2"));
    Map<?, ?> heat = (Map<?, ?>) answer.get("heat");
    NDArray map = GradCam.map(network, x);
    assertThat(bytes(heat)).hasSize(28 * 28);
    assertThat(bytes(heat)[map.argmax()]).isEqualTo((byte) (map.max() > 0 ? 255 : 0));
    assertThat((Map<?, ?>) answer.get("input")).isEqualTo(Inspector.picture(x));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<?, ?>> layers(Map<String, Object> answer) {
    return (List<Map<?, ?>>) answer.get("layers");
  }

  private static byte[] bytes(Map<?, ?> picture) {
    return Base64.getDecoder().decode((String) picture.get("data"));
  }

  private static void isSigned(Map<?, ?> layer, NDArray output) {
    byte[] bytes = bytes(layer);
    float most = Math.max(output.max(), -output.min());
    assertThat(bytes).hasSize(output.size());
    for (int i = 0; i < bytes.length; i++) {
      assertThat((bytes[i] & 0xff) - 128).isEqualTo(Math.round(127 * output.data()[i] / most));
    }
  }

  @Test
  void a_changed_filter_is_used_for_its_question_alone() throws Exception {
    Network network = small();
    Mnist mnist = Mnist.sample();
    serve(network, mnist.test());
    NDArray x = mnist.test().head(4).all().x().slice(3, 4);
    Map<String, Object> filter =
        JsonReader.readObject(client.get("api/filters?layer=conv1&index=1").body());
    filter.put("weights", Stream.generate(() -> 0.5).limit(25).toList());
    filter.put("bias", -1);
    Network changed = small();
    for (int i = 25; i < 50; i++) {
      changed.parameter("W1").value().data()[i] = 0.5f;
    }
    changed.parameter("b1").value().data()[1] = -1;

    for (int i = 0; i < 2; i++) { // the copy that is changed is used again
      Map<String, Object> answer = inspect(Map.of("sample", 3, "filters", List.of(filter)));
      isProbabilities(answer.get("probabilities"), changed, x);
      isProbabilities(answer.get("original"), network, x);
      isProbabilities(inspect(Map.of("sample", 3)).get("probabilities"), network, x);
    }
    filter.put("index", 2);
    changed.setParameters(network.copyParameters());
    for (int i = 50; i < 75; i++) {
      changed.parameter("W1").value().data()[i] = 0.5f;
    }
    changed.parameter("b1").value().data()[2] = -1;
    Map<String, Object> other = inspect(Map.of("sample", 3, "filters", List.of(filter)));
    isProbabilities(other.get("probabilities"), changed, x);
  }

  @Test
  void colors_and_names_and_a_normalization_are_respected() throws Exception {
    Network network =
        Network.of(
            Shape.of(3, 8, 6), 1, Layers.conv(2, 3), Layers.globalAvgPool(), Layers.affine(3));
    network.setClassNames(List.of("cat", "dog", "owl"));
    network.setNormalization(new Normalization(List.of(0.5, 0.4, 0.3), List.of(0.2, 0.3, 0.4)));
    serve(network, null);
    Map<String, Object> page = JsonReader.readObject(client.get("api/page").body());
    assertThat(page)
        .containsEntry("name", "Network")
        .containsEntry("classes", List.of("cat", "dog", "owl"))
        .containsEntry("input", List.of(3, 8, 6))
        .containsEntry("pictures", true)
        .containsEntry("asMnist", false)
        .containsEntry("samples", 0)
        .containsEntry("training", false);
    assertThat((List<?>) page.get("filters"))
        .isEqualTo(
            List.of(Map.of("name", "conv1", "filters", 2, "channels", 3, "height", 3, "width", 3)));

    String file = Base64.getEncoder().encodeToString(Files.readAllBytes(SEVEN));
    Map<String, Object> answer = inspect(Map.of("picture", file, "class", 2));
    isProbabilities(answer.get("probabilities"), network, Images.of(network).read(SEVEN));
    assertThat(((Map<?, ?>) answer.get("heat")).get("class")).isEqualTo(2);
    NDArray plain = Images.of(network.inputShape()).read(SEVEN);
    assertThat((Map<?, ?>) answer.get("input")).isEqualTo(Inspector.picture(plain));
  }

  @Test
  void samples_come_with_their_classes() throws Exception {
    Dataset test = Mnist.sample().test();
    serve(small(), test);
    Map<String, Object> answer =
        JsonReader.readObject(client.get("api/samples?from=998&count=5").body());
    assertThat(answer).containsEntry("count", 1000);
    List<?> samples = (List<?>) answer.get("samples");
    assertThat(samples).hasSize(2);
    var last = test.skip(999).all();
    assertThat((Map<?, ?>) samples.get(1))
        .isEqualTo(
            Map.of(
                "index",
                999,
                "class",
                (int) last.t().data()[0],
                "input",
                Inspector.picture(last.x())));
  }

  @Test
  void numbers_without_a_place_have_no_heat_map() throws Exception {
    serve(Network.of(Shape.of(1, 2, 2), 1, Layers.affine(3)), null);
    Map<String, Object> answer = inspect(Map.of("pixels", List.of(0, 1, 0.5, 0)));
    assertThat(answer).containsEntry("heat", null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | body: expected sample, a number, or pixels, a list, or picture, a text in base64",
        "{'sample': -1} | sample: expected an index below 1000, got -1",
        "{'sample': 1000} | sample: expected an index below 1000, got 1000",
        "{'picture': '?'} | picture: expected a file in base64, got another text",
        "{'sample': 0, 'class': 10} | class: expected an index below 10",
        "{'sample': 0, 'filters': 1} | filters: expected a list of at most 16 changed filters",
        "{'sample': 0, 'filters': [1]} | filters: expected objects of layer, index, weights and bias",
        "{'sample': 0, 'filters': [{'layer': 'x', 'index': 0, 'weights': [], 'bias': 0}]}"
            + " | filters: expected one of the convolutions [conv1]",
        "{'sample': 0, 'filters': [{'layer': 'conv1', 'index': 3, 'weights': [], 'bias': 0}]}"
            + " | filters: expected an index below 3 in conv1, got 3",
        "{'sample': 0, 'filters': [{'layer': 'conv1', 'index': 0, 'weights': [1], 'bias': 0}]}"
            + " | filters: expected 25 weights of conv1, got 1",
      })
  void wrong_questions_are_refused_with_what_was_expected(String question, String detail)
      throws Exception {
    serve(small(), Mnist.sample().test());
    String json = question.replace('\'', '"');
    assertThat(Client.problem(client.post("api/inspect", json), 422)).isEqualTo(detail);
  }
}
