package io.github.purenet.cli;

import io.github.purenet.data.Dataset;
import io.github.purenet.nn.Network;
import io.github.purenet.serve.NetworkApi;
import io.github.purenet.serve.PageApi;
import io.github.purenet.serve.Route;
import io.github.purenet.serve.Server;
import io.github.purenet.serve.TrainingFeed;
import io.github.purenet.train.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that shows a training as a page while it runs, and that page. */
final class TrainingPage {
  @Option(
      names = "--serve",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "0",
      description =
          "Shows the training as a page of this machine while it runs, with a button that ends it,"
              + " at this port or one that is free.")
  private Integer port;

  private TrainingFeed feed;
  private Server.Builder builder;
  private Server server;

  /**
   * Returns what tells the page how the training of a network goes, if one is wanted.
   *
   * @throws IllegalArgumentException if there is no such port
   */
  List<Listener> listeners(Network network) {
    if (port == null) {
      return List.of();
    }
    builder = Server.builder().port(port);
    feed = new TrainingFeed(network);
    return List.of(feed);
  }

  /**
   * Opens the page if it is wanted.
   *
   * @param samples the images to choose from, not normalized
   */
  void open(Dataset samples, Output output) throws IOException {
    if (feed != null) {
      List<Route> routes = new ArrayList<>(new NetworkApi(feed::network).routes());
      routes.addAll(new PageApi(feed::network, samples, feed).routes());
      server = builder.routes(routes).start();
      output.note("watch it at " + server.uri());
    }
  }

  /**
   * Tells those who look how the training has ended, and closes the page. Only the first call
   * counts.
   *
   * @param testMetric the metric of the test images; NaN for none
   * @param saved the file of the network; null for none
   */
  void close(String ending, double testMetric, Path saved) {
    if (server != null) {
      feed.end(ending, testMetric, saved == null ? "" : saved.toString());
      server.close();
    }
  }
}
