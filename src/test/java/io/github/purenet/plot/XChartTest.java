package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class XChartTest {

  @Test
  void says_what_to_add_where_xchart_is_missing() throws Exception {
    try (URLClassLoader alone = libraryAlone()) {
      Class<?> theme = alone.loadClass(Theme.class.getName());
      Class<?> curves = alone.loadClass(LearningCurves.class.getName());
      Object light = theme.getField("LIGHT").get(null);
      Object empty = curves.getConstructor(theme).newInstance(light);

      assertThatThrownBy(() -> curves.getMethod("metric").invoke(empty))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "plot: expected XChart for charts, got none; add org.knowm.xchart:xchart:%s to the"
                  + " dependencies",
              version("xchart"));
    }
  }

  @Test
  void says_what_to_add_where_batik_is_missing() throws Exception {
    try (URLClassLoader alone = libraryAlone()) {
      Class<?> figure = alone.loadClass(Figure.class.getName());
      Class<?> network = alone.loadClass(SimpleConvNet.class.getName());
      Class<?> diagram = alone.loadClass(NetworkDiagram.class.getName());
      Class<?> builder = alone.loadClass(NetworkDiagram.Builder.class.getName());
      Object simple = network.getMethod("of", long.class).invoke(null, 1);
      Object made = diagram.getMethod("builder", network.getSuperclass()).invoke(null, simple);
      Object drawn = builder.getMethod("build").invoke(made);

      assertThat((byte[]) figure.getMethod("png").invoke(drawn)).isNotEmpty();
      assertThatThrownBy(() -> figure.getMethod("svg").invoke(drawn))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "plot: expected Batik for SVG, got none; add org.apache.xmlgraphics:batik-svggen:%s to"
                  + " the dependencies, or write PNG",
              version("batik"));
    }
  }

  /** The classes of the library, without any other jar. */
  private static URLClassLoader libraryAlone() {
    URL classes = Figure.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
  }

  private static String version(String library) throws IOException {
    Matcher version =
        Pattern.compile("<" + library + ".version>(.*)</" + library + ".version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  @Test
  void the_confusion_matrix_does_without() {
    assertThat(ConfusionMatrix.of(Charts.report(2, 10, 1), Theme.LIGHT))
        .isNotInstanceOf(Chart.class);
  }

  @Test
  void points_and_labels_must_fit() {
    List<String> names = List.of("a", "b");
    NDArray points = NDArray.zeros(3, 2);
    assertThatThrownBy(
            () -> Scatter.of("", NDArray.zeros(3, 3), NDArray.zeros(3), names, Theme.LIGHT))
        .hasMessage("points: expected (N, 2), got (3, 3)");
    assertThatThrownBy(() -> Scatter.of("", points, NDArray.zeros(2), names, Theme.LIGHT))
        .hasMessage("labels: expected (3,) for points (3, 2), got (2,)");
    assertThatThrownBy(() -> Scatter.of("", points, NDArray.of(0, 2, 0), names, Theme.LIGHT))
        .hasMessage("labels: expected a class from 0 to 1, got 2.0 at [1] in (3,)");
    NDArray broken = NDArray.of(Shape.of(2, 2), Float.NaN, 1, 1, Float.POSITIVE_INFINITY);
    assertThat(Scatter.of("", broken, NDArray.zeros(2), names, Theme.LIGHT).image()).isNotNull();
    assertThat(Scatter.of("", NDArray.zeros(0, 2), NDArray.zeros(0), names, Theme.DARK).image())
        .isNotNull();
  }
}
