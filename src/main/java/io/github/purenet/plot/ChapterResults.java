package io.github.purenet.plot;

import io.github.purenet.data.Dataset;
import io.github.purenet.explain.ActivationMaximization;
import io.github.purenet.explain.Exciting;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Activations;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.ReceptiveField;
import io.github.purenet.train.History;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The figures of the chapter that show what networks have learned.
 *
 * @param simple the trained network of the book
 * @param before its filters (FN, C, FH, FW) before it was trained
 * @param history its training
 * @param deep the trained network with deeper layers
 * @param digits images that were not trained on
 */
record ChapterResults(
    Network simple, NDArray before, History history, Network deep, Dataset digits) {
  private static final int CHANNELS = 6;

  List<ChapterFigure> figures() {
    Activations activations = simple.activations(digits.head(1).all().x());
    List<Framed> exciting = exciting();
    List<NDArray> ideals =
        IntStream.range(0, 10)
            .mapToObj(k -> new ActivationMaximization().ofClass(deep, k))
            .toList();
    return List.of(
        new ChapterFigure(
            "accuracy",
            "7.5",
            "Accuracy of training and test digits",
            String.format(
                Locale.ROOT,
                "After each epoch, judged by 1,000 digits. The last test accuracy is %.3f.",
                history.testMetric()),
            theme -> new LearningCurves(theme).add("SimpleConvNet", Run.of(history)).metric()),
        new ChapterFigure(
            "filters",
            "7.6.1",
            "Filters before and after learning",
            "The 30 filters of the first layer: noise has become edges and blobs.",
            theme ->
                FilterGrid.builder()
                    .theme(theme)
                    .filters("before", before)
                    .filters("after", simple.parameter("W1").value())
                    .build()),
        new ChapterFigure(
            "edges",
            "7.6.1",
            "Filters that answer to edges",
            "One answers where it is bright below dark, the other where it is bright right of dark.",
            theme ->
                FilterResponse.builder(digit())
                    .theme(theme)
                    .filter("horizontal edge", FilterResponse.horizontalEdge())
                    .filter("vertical edge", FilterResponse.verticalEdge())
                    .build()),
        new ChapterFigure(
            "feature-maps",
            "7.6.1",
            "What each layer makes of a digit",
            "The outputs of SimpleConvNet, layer by layer.",
            theme -> featureMaps(activations, theme)),
        new ChapterFigure(
            "deeper-layers",
            "7.6.2",
            "Deeper layers answer to larger things",
            "For channels of three layers of DeepConvNet, the test digit that excites each most,"
                + " with a frame around the part that does: an edge first, then a corner or a bow,"
                + " then a large piece of a digit.",
            theme -> draw(exciting, theme)),
        new ChapterFigure(
            "ideal-inputs",
            "7.6.2",
            "What the classes look like to the network",
            "For each class of DeepConvNet, an image that excites it, found by gradient ascent"
                + " (Yosinski et al. 2015).",
            theme -> ideals(ideals, theme)));
  }

  private NDArray digit() {
    return digits.head(1).all().x().at(0);
  }

  private static Figure featureMaps(Activations activations, Theme theme) {
    FeatureMaps.Builder figure = FeatureMaps.builder().theme(theme);
    for (String layer : activations.names()) {
      figure.layer(layer, activations.get(layer).at(0));
    }
    return figure.build();
  }

  /** An image and the part of it that excites a channel. */
  private record Framed(String caption, NDArray image, Rectangle part) {}

  private List<Framed> exciting() {
    List<Framed> images = new ArrayList<>();
    for (String layer : List.of("relu1", "relu3", "relu6")) {
      List<List<Exciting>> channels = Exciting.ofAll(deep, layer, digits, 1);
      for (int c = 0; c < CHANNELS; c++) {
        Exciting most = channels.get(c).get(0);
        ReceptiveField part = most.part();
        images.add(
            new Framed(
                layer + ", channel " + c,
                digits.skip(most.index()).head(1).all().x().at(0),
                new Rectangle(part.left(), part.top(), part.width(), part.height())));
      }
    }
    return images;
  }

  private static Figure draw(List<Framed> images, Theme theme) {
    ImageGrid.Builder figure = ImageGrid.builder().theme(theme).columns(CHANNELS);
    images.forEach(one -> figure.image(one.caption, one.image, one.part));
    return figure.build();
  }

  private static Figure ideals(List<NDArray> images, Theme theme) {
    ImageGrid.Builder figure = ImageGrid.builder().theme(theme).columns(images.size() / 2);
    for (int k = 0; k < images.size(); k++) {
      figure.image("class " + k, images.get(k));
    }
    return figure.build();
  }
}
