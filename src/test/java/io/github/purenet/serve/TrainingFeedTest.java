package io.github.purenet.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.json.JsonReader;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.nn.Network;
import io.github.purenet.train.Ending;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.History;
import io.github.purenet.train.Listener;
import io.github.purenet.train.Trainer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingFeedTest {
  private final Network network = SimpleConvNet.builder().filters(2).hidden(5).build();
  private final TrainingFeed feed = new TrainingFeed(network);
  private final Dataset images = Mnist.sample().train().head(40);
  private final HttpClient http = HttpClient.newHttpClient();
  private Server server;

  @BeforeEach
  void start() throws Exception {
    server = Server.builder().routes(new PageApi(feed::network, images, feed).routes()).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Trainer trainer(int epochs, Listener more) {
    return Trainer.builder(network)
        .epochs(epochs)
        .batchSize(20)
        .listener(feed)
        .listener(more)
        .build();
  }

  /** The events of a stream, as they come. */
  private final class Events {
    private final Iterator<String> lines;

    Events() throws Exception {
      URI uri = server.uri().resolve("api/training");
      lines =
          http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines()).body().iterator();
    }

    /** Returns the next event as a name and its data. */
    Map.Entry<String, Map<String, Object>> next() throws Exception {
      String event = lines.next();
      String data = lines.next();
      assertThat(lines.next()).isEmpty();
      assertThat(event).startsWith("event: ");
      assertThat(data).startsWith("data: ");
      return Map.entry(event.substring(7), JsonReader.readObject(data.substring(6)));
    }

    boolean isOver() {
      return !lines.hasNext();
    }
  }

  private HttpResponse<String> postStop() throws Exception {
    return new Client(server).post("api/training/stop", "{}");
  }

  @Test
  void who_comes_late_gets_all_that_has_been() throws Exception {
    History history = trainer(3, epoch -> {}).fit(images, images);
    feed.end("COMPLETE", history.testMetric(), "model.safetensors");
    Events events = new Events();
    var state = events.next();
    assertThat(state.getKey()).isEqualTo("state");
    assertThat(state.getValue())
        .containsEntry("epochs", 3)
        .containsEntry("steps", 2)
        .containsEntry("metric", "accuracy")
        .containsEntry("epoch", 3)
        .containsEntry("step", 2)
        .containsEntry("secondsLeft", 0.0);
    assertThat((List<?>) state.getValue().get("history")).hasSize(3);
    Map<?, ?> loss = (Map<?, ?>) state.getValue().get("loss");
    List<Double> losses = new ArrayList<>();
    for (double value : history.trainLosses()) {
      losses.add(value);
    }
    assertThat(loss.get("values")).isEqualTo(losses);
    var end = events.next();
    assertThat(end.getKey()).isEqualTo("end");
    assertThat(end.getValue())
        .containsEntry("ending", "complete")
        .containsEntry("saved", "model.safetensors")
        .containsEntry("testMetric", history.testMetric());
    assertThat(events.isOver()).isTrue();
  }

  @Test
  void who_watches_sees_steps_and_epochs_and_the_network_as_it_becomes() throws Exception {
    CountDownLatch watched = new CountDownLatch(1);
    float before = feed.network().parameters().get(0).value().data()[0];
    Listener waits =
        epoch -> {
          if (epoch.number() == 1) {
            waitFor(watched);
          }
        };
    CompletableFuture<History> run =
        CompletableFuture.supplyAsync(() -> trainer(2, waits).fit(images, images));
    Events events = new Events();
    List<?> known = (List<?>) events.next().getValue().get("history");
    watched.countDown();
    History history = run.get();
    assertThat(feed.network()).isNotSameAs(network);
    assertThat(feed.network().parameters().get(0).value().data()[0])
        .isEqualTo(network.parameters().get(0).value().data()[0])
        .isNotEqualTo(before);
    feed.end("COMPLETE", Double.NaN, "");

    int epochs = known.size();
    Map.Entry<String, Map<String, Object>> event = events.next();
    while (!event.getKey().equals("end")) {
      if (event.getKey().equals("epoch")) {
        Epoch expected = history.epochs().get(epochs++);
        assertThat(event.getValue())
            .containsEntry("epoch", expected.number())
            .containsEntry("loss", expected.loss())
            .containsEntry("test", expected.testMetric());
      }
      event = events.next();
    }
    assertThat(epochs).isEqualTo(2);
    assertThat(event.getValue()).containsEntry("testMetric", null);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void stops_a_training_that_runs_and_no_other() throws Exception {
    assertThat(postStop().statusCode()).isEqualTo(409);
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<History> run =
        CompletableFuture.supplyAsync(
            () -> trainer(1_000_000, epoch -> begun.countDown()).fit(images, images));
    begun.await();
    assertThat(postStop().body()).isEqualTo("{\"stopping\":true}\n");
    assertThat(run.get().ending()).isEqualTo(Ending.STOPPED);
    feed.end("STOPPED", Double.NaN, "model.safetensors");
    assertThat(postStop().statusCode()).isEqualTo(409);
  }

  @Test
  void a_server_that_ends_says_how_the_training_ended() throws Exception {
    trainer(1, epoch -> {}).fit(images, images);
    Events events = new Events();
    assertThat(events.next().getKey()).isEqualTo("state");
    feed.end("FAILED", Double.NaN, "");
    feed.end("COMPLETE", 1, "too late");
    server.close();
    var end = events.next();
    assertThat(end.getKey()).isEqualTo("end");
    assertThat(end.getValue()).containsEntry("ending", "failed").containsEntry("saved", "");
  }
}
