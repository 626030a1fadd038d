package io.github.purenet.serve;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The live page: its files, and what it asks the server for besides the public API. */
public final class PageApi {
  private static final String JSON = "application/json";

  /** How many samples one request may ask for. */
  private static final int MOST_SAMPLES = 100;

  private static final String[] FILES = {
    "index.html",
    "page.css",
    "page.js",
    "answer.js",
    "chart.js",
    "filters.js",
    "layers.js",
    "pad.js",
    "server.js",
    "training.js",
    "favicon.svg"
  };

  private final Supplier<Network> source;
  private final Dataset samples;
  private final TrainingFeed feed;
  private final Inspector inspector;

  /**
   * Creates what the page of a network needs.
   *
   * @param source gives the network, which may be another one from time to time
   * @param samples images (C, H, W) from 0 to 1 and their classes to choose from, or null
   * @param feed the training that the page shows, or null
   */
  public PageApi(Supplier<Network> source, Dataset samples, TrainingFeed feed) {
    this.source = source;
    this.samples = samples;
    this.feed = feed;
    this.inspector = new Inspector(source, samples, Limits.DEFAULT.pixels());
  }

  /**
   * Returns the routes of the page.
   *
   * @return a list for {@link Server.Builder#routes}
   */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(StaticFiles.routes(FILES));
    routes.add(Route.get("/api/page", JSON, request -> page()));
    routes.add(
        new Route("GET", "/api/samples", List.of(), JSON, Route.Weight.HEAVY, this::samples));
    routes.add(Route.get("/api/filters", JSON, this::filter));
    routes.add(Route.post("/api/inspect", List.of(JSON), inspector::inspect));
    if (feed != null) {
      routes.add(Route.get("/api/training", EventStream.TYPE, feed::events));
      routes.add(
          new Route(
              "POST", "/api/training/stop", List.of(JSON), JSON, Route.Weight.LIGHT, feed::stop));
    }
    return routes;
  }

  /** Returns what the page must know to begin. */
  private Response page() {
    Network network = source.get();
    Map<String, Object> model = ModelDocument.of(network);
    String kind = network.getClass().getSimpleName();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", kind.isEmpty() ? "Network" : kind);
    json.put("input", model.get("input"));
    json.put("classes", classes(network));
    json.put("parameters", model.get("parameters"));
    json.put("pictures", Inspector.canShow(network));
    json.put("asMnist", isLikeMnist(network));
    json.put("filters", FilterChange.layers(network));
    json.put("samples", samples == null ? 0 : samples.size());
    json.put("training", feed != null);
    return Response.json(json);
  }

  /** Returns whether drawings are to be prepared as MNIST's were, for all that is known. */
  private static boolean isLikeMnist(Network network) {
    return Inputs.isOfDigits(network)
        || (network.classNames().isEmpty() && network.inputShape().equals(Shape.of(1, 28, 28)));
  }

  private static List<String> classes(Network network) {
    if (!network.classNames().isEmpty()) {
      return network.classNames();
    }
    int count = network.outputShape(network.inputShape().prepend(1)).dropFirst().size();
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private Response samples(Request request) {
    int count = samples == null ? 0 : samples.size();
    int from = number(request, "from", 0, Integer.MAX_VALUE);
    int most = number(request, "count", 16, MOST_SAMPLES);
    List<Map<String, Object>> list = new ArrayList<>();
    for (int i = from; i < count && i - from < most; i++) {
      request.checkTime();
      Batch one = inspector.sample(i);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("index", i);
      json.put("class", one.t().size() == 1 ? (int) one.t().data()[0] : one.t().argmax());
      json.put("input", Inspector.picture(one.x()));
      list.add(json);
    }
    return Response.json(Map.of("count", count, "samples", list));
  }

  private Response filter(Request request) {
    String layer = request.query().getOrDefault("layer", "");
    int index = number(request, "index", 0, Integer.MAX_VALUE);
    return Response.json(FilterChange.read(source.get(), layer, index));
  }

  private static int number(Request request, String name, int otherwise, int most) {
    String text = request.query().get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Problem(
        400,
        "query: expected " + name + " to be a whole number from 0 to " + most + ", got another");
  }
}
