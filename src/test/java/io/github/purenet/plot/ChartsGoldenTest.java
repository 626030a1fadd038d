package io.github.purenet.plot;

import io.github.purenet.testing.GoldenPicture;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is inside of the frames of charts, which are cut out and brought to one size: where a frame
 * is depends on the width of the text beside it.
 */
class ChartsGoldenTest {
  private static final int WIDTH = 240;
  private static final int HEIGHT = 160;

  @ParameterizedTest
  @EnumSource
  void charts_look_as_they_did(Theme theme) throws Exception {
    Map<String, Figure> charts = Charts.all(theme);
    if (theme == Theme.DARK) {
      charts.keySet().retainAll(Set.of("accuracy", "confusion", "reliability"));
    }
    for (Map.Entry<String, Figure> chart : charts.entrySet()) {
      String name = chart.getKey() + "-" + theme.name().toLowerCase(Locale.ROOT);
      GoldenPicture.assertIsCloseTo(inside(chart.getValue()), name, legend(chart.getKey()));
    }
  }

  /** Returns where the legend of a chart is, in any font. */
  private static Rectangle legend(String chart) {
    return switch (chart) {
      case "accuracy" -> new Rectangle(160, 112, 80, 48);
      case "loss", "seeds-loss" -> new Rectangle(104, 0, 136, 44);
      case "seeds-accuracy" -> new Rectangle(104, 80, 136, 80);
      case "reliability" -> new Rectangle(0, 0, 144, 48);
      default -> new Rectangle();
    };
  }

  private static BufferedImage inside(Figure figure) {
    Rectangle frame =
        figure instanceof Chart chart ? chart.frames().get(0) : ((ConfusionFigure) figure).cells();
    Image cut =
        figure
            .image()
            .getSubimage(frame.x, frame.y, frame.width, frame.height)
            .getScaledInstance(WIDTH, HEIGHT, Image.SCALE_AREA_AVERAGING);
    BufferedImage inside = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = inside.createGraphics();
    g.drawImage(cut, 0, 0, null);
    g.dispose();
    return inside;
  }
}
