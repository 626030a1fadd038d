package io.github.purenet.serve;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What programs ask a network: {@code /api/predict} and {@code /api/model}. */
public final class NetworkApi {
  /** Samples that are computed at once; the time that is left is looked at between. */
  private static final int AT_ONCE = 32;

  private final Supplier<Network> network;
  private final Limits limits;

  /**
   * Creates an API.
   *
   * @param network gives the network, which may be another one from time to time
   */
  public NetworkApi(Supplier<Network> network) {
    this(network, Limits.DEFAULT);
  }

  NetworkApi(Supplier<Network> network, Limits limits) {
    this.network = network;
    this.limits = limits;
  }

  /**
   * Returns the routes.
   *
   * @return those of {@code /api/predict}, {@code /api/model} and {@code /api/openapi.json}
   */
  public List<Route> routes() {
    List<String> types = new ArrayList<>(List.of("application/json"));
    types.addAll(Inputs.PICTURES);
    Response description = StaticFiles.response("openapi.json");
    return List.of(
        Route.post("/api/predict", types, this::predict),
        Route.get("/api/model", "application/json", request -> model()),
        Route.get("/api/openapi.json", description.type(), request -> description));
  }

  private Response predict(Request request) {
    Network current = network.get();
    boolean asMnist = request.flag("asMnist").orElseGet(() -> Inputs.isOfDigits(current));
    NDArray x =
        Inputs.PICTURES.contains(request.type())
            ? Inputs.picture(request, current, asMnist, limits.pixels())
            : Inputs.samples(request.json(), current, limits.batch());
    Answers answers = new Answers(current);
    List<Map<String, Object>> predictions = new ArrayList<>();
    for (int from = 0; from < x.dimension(0); from += AT_ONCE) {
      request.checkTime();
      int to = Math.min(x.dimension(0), from + AT_ONCE);
      predictions.addAll(answers.of(current.predict(x.slice(from, to))));
    }
    return Response.json(Map.of("predictions", predictions)).predictions(predictions.size());
  }

  private Response model() {
    Network current = network.get();
    Map<String, Object> document = ModelDocument.of(current);
    document.put("classes", current.classNames());
    document.put(
        "normalization", current.normalization().map(NetworkApi::normalization).orElse(null));
    document.put("digits", Inputs.isOfDigits(current));
    return Response.json(document);
  }

  private static Map<String, Object> normalization(Normalization normalization) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("mean", normalization.mean());
    document.put("deviation", normalization.deviation());
    return document;
  }
}
