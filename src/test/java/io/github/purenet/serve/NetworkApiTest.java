package io.github.purenet.serve;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.image.Images;
import io.github.purenet.json.JsonReader;
import io.github.purenet.json.JsonWriter;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.MeanSquaredError;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import io.github.purenet.nn.Probabilities;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30) // a server may wait for a client that waits for it
class NetworkApiTest {
  private static final long SEED = 20261125;
  private static final Path SEVEN = Path.of("src/site/markdown/images/seven.png");

  private final Random random = new Random(SEED);
  private final Network digits =
      Network.of(Shape.of(1, 28, 28), SEED, conv(3, 5), relu(), maxPool(4), affine(10));
  private Network served = digits;
  private Server server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    digits.setClassNames(IntStream.range(0, 10).mapToObj(Integer::toString).toList());
    PageApi page = new PageApi(() -> served, null, new TrainingFeed(served));
    server =
        Server.builder()
            .routes(new NetworkApi(() -> served).routes())
            .routes(page.routes())
            .start();
    client = new Client(server);
  }

  @AfterEach
  void end() {
    server.close();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> predictions(HttpResponse<String> answer)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    Map<String, Object> document = JsonReader.readObject(answer.body());
    assertThat(document).containsOnlyKeys("predictions");
    return (List<Map<String, Object>>) document.get("predictions");
  }

  private static void assertPredicts(Map<String, Object> prediction, NDArray logits) {
    NDArray expected = new Probabilities(digitsLike()).of(logits);
    assertThat(prediction).containsOnlyKeys("class", "label", "probabilities");
    assertThat(prediction.get("class")).isEqualTo(expected.argmax());
    assertThat(prediction.get("label")).isEqualTo(String.valueOf(expected.argmax()));
    List<?> probabilities = (List<?>) prediction.get("probabilities");
    for (int k = 0; k < 10; k++) {
      double probability = ((Number) probabilities.get(k)).doubleValue();
      assertThat((float) probability).isEqualTo(expected.data()[k]);
    }
  }

  /** Any network whose loss is that of a classifier. */
  private static Network digitsLike() {
    return Network.of(Shape.of(1), 0, affine(2));
  }

  /** Every number in a text that is enough to tell a float. */
  private static List<Double> list(NDArray numbers) {
    List<Double> list = new ArrayList<>();
    for (float number : numbers.toArray()) {
      list.add(Double.valueOf(Float.toString(number)));
    }
    return list;
  }

  private NDArray images(int count) {
    return NDArray.uniform(Shape.of(count, 1, 28, 28), 0, 1, random);
  }

  @Test
  void pixels_are_classified_as_a_list_or_nested() throws Exception {
    NDArray x = images(1);
    NDArray logits = digits.predict(x);
    String flat = JsonWriter.write(Map.of("pixels", list(x)));
    assertPredicts(predictions(client.post("/api/predict", flat)).get(0), logits);
    List<List<Double>> rows =
        IntStream.range(0, 28).mapToObj(h -> list(x.at(0).at(0).at(h))).toList();
    String nested = JsonWriter.write(Map.of("pixels", List.of(rows)));
    assertPredicts(predictions(client.post("/api/predict", nested)).get(0), logits);
  }

  /** More than are computed at once. */
  @Test
  void a_batch_is_answered_in_its_order_and_counted() throws Exception {
    NDArray x = images(70);
    List<List<Double>> batch = IntStream.range(0, 70).mapToObj(i -> list(x.at(i))).toList();
    List<Map<String, Object>> predictions =
        predictions(client.post("/api/predict", JsonWriter.write(Map.of("batch", batch))));
    assertThat(predictions).hasSize(70);
    for (int i : new int[] {0, 31, 32, 69}) {
      int from = i / 32 * 32;
      NDArray logits = digits.predict(x.slice(from, Math.min(70, from + 32)));
      assertPredicts(predictions.get(i), logits.slice(i - from, i - from + 1));
    }
    assertThat(client.get("/api/metrics").body()).contains("purenet_images_predicted_total 70\n");
  }

  @Test
  void a_picture_is_prepared_as_the_network_or_the_query_tells() throws Exception {
    byte[] seven = Files.readAllBytes(SEVEN);
    NDArray asDigit = digits.predict(Images.of(digits).asMnist().read(SEVEN));
    NDArray asPicture = digits.predict(Images.of(digits).read(SEVEN));
    String path = "/api/predict";
    assertPredicts(predictions(client.post(path, "image/png", seven)).get(0), asDigit);
    assertPredicts(
        predictions(client.post(path + "?asMnist=true", "image/png", seven)).get(0), asDigit);
    assertPredicts(
        predictions(client.post(path + "?asMnist=false", "image/png", seven)).get(0), asPicture);
    digits.setClassNames(List.of());
    assertPredicts(predictions(client.post(path, "image/png", seven)).get(0), asPicture);
    assertThat(Client.problem(client.post(path + "?asMnist=1", "image/png", seven), 400))
        .contains("asMnist=true or false");
    assertThat(Client.problem(client.post(path + "?a=%25zz&a=1&a", "image/png", seven), 400))
        .contains("a again");
  }

  @Test
  void samples_are_normalized_as_the_training_images_were() throws Exception {
    digits.setNormalization(new Normalization(List.of(0.5), List.of(0.25)));
    NDArray x = images(1);
    NDArray logits = digits.predict(x.map(v -> (v - 0.5) / 0.25));
    String json = JsonWriter.write(Map.of("pixels", list(x)));
    List<?> probabilities =
        (List<?>) predictions(client.post("/api/predict", json)).get(0).get("probabilities");
    NDArray expected = new Probabilities(digitsLike()).of(logits);
    assertThat(((Number) probabilities.get(3)).floatValue())
        .isCloseTo(expected.data()[3], within(1e-5f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | body: expected the name pixels, or batch, alone, got none",
        "{\"pixels\":[],\"batch\":[]} | alone, got pixels, batch",
        "{\"pixles\":[]} | alone, got pixles",
        "{\"pixels\":null} | pixels: expected a list of numbers",
        "{\"pixels\":1} | pixels: expected a list of numbers",
        "{\"pixels\":[]} | pixels: expected [784] numbers, got a list of 0",
        "{\"pixels\":[1,2]} | pixels: expected [784] numbers, got a list of 2 where 784 belong",
        "{\"pixels\":[[1]]} | pixels: expected [1, 28, 28] numbers, got a list of 1 where 28",
        "{\"pixels\":[[[0,0]]]} | got a list of 1 where 28 belong",
        "{\"batch\":[]} | batch: expected 1 to 1024 samples, got 0",
        "{\"batch\":{}} | batch: expected a list of samples",
        "{\"batch\":null} | batch: expected a list of samples",
        "{\"batch\":[7]} | batch[0]: expected a list of numbers",
        "{\"pixels\":[ZEROS,255]} | pixels: expected numbers from 0 to 1, got 255 at 783",
        "{\"pixels\":[ZEROS,-0.5]} | pixels: expected numbers from 0 to 1, got -0.5 at 783",
        "{\"pixels\":[ZEROS,true]} | pixels: expected numbers, got something else at 783",
        "{\"pixels\":[ZEROS,null]} | pixels: expected numbers, got something else at 783",
        "{\"batch\":[[ZEROS,0],[ZEROS]]} | batch[1]: expected [784] numbers, got a list of 783",
      })
  void what_are_no_samples_is_said(String json, String detail) throws Exception {
    String zeros = "0,".repeat(782) + "0";
    assertThat(Client.problem(client.post("/api/predict", json.replace("ZEROS", zeros)), 422))
        .contains(detail);
  }

  @Test
  void a_batch_has_a_limit() throws Exception {
    String batch = "{\"batch\":[" + "[],".repeat(1024) + "[]]}";
    assertThat(Client.problem(client.post("/api/predict", batch), 422))
        .isEqualTo("batch: expected 1 to 1024 samples, got 1025");
    assertThat(Client.problem(client.post("/api/predict", "[".repeat(100_000)), 400))
        .contains("64 nested");
  }

  /** The header tells a size; what it would take is not tried. */
  @Test
  void a_picture_that_unpacks_to_gigabytes_is_refused() throws Exception {
    byte[] seven = Files.readAllBytes(SEVEN);
    byte[] large = seven.clone();
    for (int side : new int[] {16, 20}) { // width and height of a PNG
      large[side] = 0;
      large[side + 1] = 1;
    }
    assertThat(Client.problem(client.post("/api/predict", "image/png", large), 422))
        .startsWith("picture: cannot be read as PNG: ");
    byte[] rubbish = new byte[1000];
    random.nextBytes(rubbish);
    assertThat(Client.problem(client.post("/api/predict", "image/png", rubbish), 422))
        .contains("expected a file of PNG");
    byte[] half = Arrays.copyOf(seven, seven.length / 2);
    assertThat(Client.problem(client.post("/api/predict", "image/png", half), 422))
        .contains("picture: ");
  }

  @Test
  void a_network_of_other_inputs_and_outputs_answers_numbers() throws Exception {
    served = Network.of(Shape.of(3), SEED, affine(2)).withLoss(new MeanSquaredError());
    NDArray y = served.predict(NDArray.of(Shape.of(1, 3), 7, -8, 9.5f));
    Map<String, Object> prediction =
        predictions(client.post("/api/predict", "{\"pixels\":[7,-8,9.5]}")).get(0);
    assertThat(prediction).isEqualTo(Map.of("outputs", list(y)));
    assertThat(
            Client.problem(
                client.post("/api/predict", "image/png", Files.readAllBytes(SEVEN)), 415))
        .contains("expected numbers (3,)");
    assertThat(Client.problem(client.post("/api/predict", "{\"pixels\":[7,-8,1e300]}"), 422))
        .contains("numbers that a float can hold");
  }

  @Test
  void the_model_is_described() throws Exception {
    Map<String, Object> model = JsonReader.readObject(client.get("/api/model").body());
    assertThat(model)
        .containsEntry("input", List.of(1, 28, 28))
        .containsEntry("parameters", 3 * 25 + 3 + 3 * 36 * 10 + 10)
        .containsEntry("classes", digits.classNames())
        .containsEntry("normalization", null)
        .containsEntry("digits", true);
    assertThat(((List<?>) model.get("layers")))
        .first()
        .isEqualTo(
            Map.of(
                "name",
                "conv1",
                "output",
                List.of(3, 24, 24),
                "parameters",
                78,
                "multiplyAdds",
                3 * 24 * 24 * 25));
  }

  @Test
  @SuppressWarnings("unchecked")
  void the_description_has_every_route_and_each_thing_that_it_names() throws Exception {
    String text = client.get("/api/openapi.json").body();
    Map<String, Object> description = JsonReader.readObject(text);
    assertThat(description.get("openapi")).isEqualTo("3.1.0");
    Set<String> described = new TreeSet<>();
    ((Map<String, Map<String, Object>>) description.get("paths"))
        .forEach((path, methods) -> methods.keySet().forEach(m -> described.add(m + " " + path)));
    Set<String> routes = new TreeSet<>();
    for (Route route : server.routes()) {
      if (route.path().startsWith("/api/")) {
        routes.add(route.method().toLowerCase(Locale.ROOT) + " " + route.path());
      }
    }
    assertThat(described).isEqualTo(routes);
    Map<String, Object> components = (Map<String, Object>) description.get("components");
    Pattern.compile("\"#/components/(\\w+)/(\\w+)\"")
        .matcher(text)
        .results()
        .forEach(
            reference ->
                assertThat((Map<String, Object>) components.get(reference.group(1)))
                    .containsKey(reference.group(2)));
  }

  /** The answer of each client must be its own: {@code ManyClients} does this for a minute. */
  @Test
  void eight_clients_at_once_get_right_answers() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        NDArray x = images(1 + i % 3);
        List<List<Double>> batch =
            IntStream.range(0, x.dimension(0)).mapToObj(k -> list(x.at(k))).toList();
        String json = JsonWriter.write(Map.of("batch", batch));
        NDArray logits = digits.predict(x);
        clients.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 10; round++) {
                    List<Map<String, Object>> predictions =
                        predictions(client.post("/api/predict", json));
                    assertThat(predictions).hasSize(x.dimension(0));
                    for (int k = 0; k < predictions.size(); k++) {
                      assertPredicts(predictions.get(k), logits.slice(k, k + 1));
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> future : clients) {
        future.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
