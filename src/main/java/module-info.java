/**
 * Deep learning for convolutional networks in pure Java.
 *
 * <p>Start with the packages {@code nn} (networks and layers), {@code optim} and {@code train}. The
 * package {@code data} provides the images, {@code image} reads pictures from files, {@code model}
 * has ready-made networks, {@code explain} computes and {@code plot} draws what they have learned,
 * {@code report} makes a page of it, {@code io} has the file formats, and {@code ndarray} the
 * arrays that pass between them. The core depends on nothing but the JDK, and of that on {@code
 * java.base}; picocli is used only by the command line, which is not exported, XChart and Batik
 * only by {@code plot}.
 */
@SuppressWarnings("requires-automatic") // Batik and XChart are no modules yet
module io.github.purenet {
  requires static info.picocli;
  requires static java.management;
  // Only the packages image and plot use these, and only who uses them needs them.
  requires static java.desktop;
  requires static java.xml;
  requires static org.apache.xmlgraphics.batik.svggen;
  requires static xchart;
  // Only the package serve, which is not exported.
  requires static jdk.httpserver;

  exports io.github.purenet;
  exports io.github.purenet.data;
  exports io.github.purenet.explain;
  exports io.github.purenet.image;
  exports io.github.purenet.io;
  exports io.github.purenet.model;
  exports io.github.purenet.ndarray;
  exports io.github.purenet.nn;
  exports io.github.purenet.optim;
  exports io.github.purenet.plot;
  exports io.github.purenet.report;
  exports io.github.purenet.train;

  uses io.github.purenet.nn.ModelProvider;

  provides io.github.purenet.nn.ModelProvider with
      io.github.purenet.model.Models;

  // picocli fills in the fields of the commands.
  opens io.github.purenet.cli to
      info.picocli;
}
