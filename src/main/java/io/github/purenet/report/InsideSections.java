package io.github.purenet.report;

import io.github.purenet.explain.GradCam;
import io.github.purenet.explain.Saliency;
import io.github.purenet.html.Html;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Activations;
import io.github.purenet.nn.Layer;
import io.github.purenet.plot.FeatureMaps;
import io.github.purenet.plot.FilterGrid;
import io.github.purenet.plot.HeatMap;
import io.github.purenet.plot.NetworkDiagram;
import java.util.List;
import java.util.stream.Collectors;

/** Sections about the inside of a network: its layers, filters and activations. */
final class InsideSections {
  private InsideSections() {}

  static void network(Html html, ReportedRun run) {
    Pictures.attempt(
        html,
        "The diagram of the network",
        () ->
            Pictures.figure(
                html,
                theme -> NetworkDiagram.builder(run.network).theme(theme).build(),
                "Diagram of the layers from input to output: " + layers(run),
                "Each layer with the shape of its output for one sample, and its parameters."));
    html.open("details").element("summary", "Every layer");
    Table table =
        new Table(
            "Layers, in the order in which they compute",
            "Layer",
            "Output",
            "Parameters",
            "Multiply-adds");
    Shape shape = run.network.inputShape().prepend(1);
    for (Layer layer : run.network.layers()) {
      long adds = layer.multiplyAdds(shape);
      shape = layer.outputShape(shape);
      long count = layer.parameters().stream().mapToLong(p -> p.value().size()).sum();
      table.row(layer.name(), shape.dropFirst().toString(), Words.count(count), Words.count(adds));
    }
    table
        .total("All", "", Words.count(run.parameters()), Words.count(run.multiplyAdds()))
        .write(html);
    html.close("details").line();
  }

  private static String layers(ReportedRun run) {
    return run.network.layers().stream().map(Layer::name).collect(Collectors.joining(", "));
  }

  static void filters(Html html, ReportedRun run) {
    FirstFilters filters = FirstFilters.of(run.network).orElse(null);
    if (filters == null) {
      Pictures.missing(html, "This network has no convolution, and so no filters.");
      return;
    }
    NDArray before = filters.among(run.before).orElse(null);
    Pictures.attempt(html, "The filters", () -> filters(html, filters, before));
    if (before == null) {
      Pictures.missing(
          html, "The filters before the training are not known, so only those after it are shown.");
    }
  }

  private static void filters(Html html, FirstFilters filters, NDArray before) {
    Pictures.figure(
        html,
        theme -> {
          FilterGrid.Builder grid = FilterGrid.builder().theme(theme);
          if (before != null) {
            grid.filters("before training", before);
          }
          return grid.filters("after training", filters.value()).build();
        },
        Words.format(
            "The %s filters of %s as small pictures%s.",
            Words.count(filters.value().dimension(0)),
            filters.name(),
            before == null ? "" : ", before the training beside after it"),
        Words.format(
            "The filters of the first convolution, %s %s.",
            filters.name(), filters.value().shape()));
  }

  static void featureMaps(Html html, ReportedRun run) {
    if (!run.samples.areImages()) {
      run.samples.sayNoImages(html);
      return;
    }
    Pictures.attempt(
        html,
        "What the layers compute",
        () -> {
          Activations activations = run.network.activations(run.samples.inputs(List.of(0)));
          Pictures.figure(
              html,
              theme -> {
                FeatureMaps.Builder maps = FeatureMaps.builder().theme(theme);
                maps.layer("input", run.samples.image(0));
                for (String name : activations.names()) {
                  maps.layer(name, activations.get(name).at(0));
                }
                return maps.build();
              },
              "What each layer computes for one image, from the input to the output: "
                  + layers(run),
              "What the layers make of the first sample: the first channels of each.");
        });
  }

  /**
   * Writes what the network looks at in some images that it gets right, and some that it does not.
   */
  static void evidence(Html html, ReportedRun run) {
    if (!run.isClassifier()) {
      OutcomeSections.noClassifier(html);
      return;
    }
    if (!run.samples.areImages()) {
      run.samples.sayNoImages(html);
      return;
    }
    List<Integer> chosen = run.typical();
    int[] said = chosen.stream().mapToInt(run.answers::predicted).toArray();
    NDArray x = run.samples.inputs(chosen);
    html.element(
        "p",
        "Where in an image is what speaks for the class that the network says: some images that it"
            + " gets right, and some that it does not.");
    Pictures.attempt(
        html,
        "Grad-CAM",
        () -> {
          NDArray maps = GradCam.map(run.network, x, said);
          heat(
              html,
              run,
              chosen,
              maps,
              "Grad-CAM",
              "the last layer whose output is an image saw what speaks for the class");
        });
    Pictures.attempt(
        html,
        "Saliency",
        () -> {
          NDArray maps = Saliency.map(run.network, x, said);
          heat(
              html,
              run,
              chosen,
              maps,
              "Saliency",
              "a small change of a pixel changes the score of the class most");
        });
  }

  private static void heat(
      Html html,
      ReportedRun run,
      List<Integer> chosen,
      NDArray maps,
      String method,
      String meaning) {
    List<String> captions = chosen.stream().map(run::caption).toList();
    Pictures.figure(
        html,
        theme -> {
          HeatMap.Builder heat = HeatMap.builder().theme(theme);
          for (int i = 0; i < captions.size(); i++) {
            NDArray map = maps.at(i);
            float most = map.max();
            heat.map(
                captions.get(i),
                run.samples.image(chosen.get(i)),
                most > 0 ? map.divide(most) : map);
          }
          return heat.build();
        },
        method + " of images: " + String.join("; ", captions),
        method
            + ": bright where "
            + meaning
            + ". Each map is scaled on its own; one that is dark all over has"
            + " found nothing.");
  }
}
