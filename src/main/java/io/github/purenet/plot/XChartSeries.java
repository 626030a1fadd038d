package io.github.purenet.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The series of a chart, drawn by XChart. Titles, ticks and legends are drawn by {@link Panel}:
 * XChart writes text as outlines, which nobody can search or read aloud in an SVG, and does not let
 * the ticks be chosen.
 */
final class XChartSeries {
  private static final Color NONE = new Color(0, true);

  /** Points that are nearer than that, in pixels, are joined by one path, which is a smooth one. */
  private static final double NEAR = 5;

  private XChartSeries() {}

  /** Draws series between axes that fill an area. */
  static void draw(Graphics2D g, Rectangle area, Axis x, Axis y, List<Series> all) {
    XYChart chart = new XYChart(area.width, area.height);
    style(chart.getStyler(), x, y);
    for (int i = 0; i < all.size(); i++) {
      add(chart, "series" + i, all.get(i), area.width);
    }
    Graphics2D inside = (Graphics2D) g.create();
    inside.translate(area.x, area.y);
    chart.paint(inside, area.width, area.height);
    inside.dispose();
  }

  private static void style(XYStyler styler, Axis x, Axis y) {
    styler.setXAxisMin(x.min()).setXAxisMax(x.max()).setXAxisLogarithmic(x.isLogarithmic());
    styler.setYAxisMin(y.min()).setYAxisMax(y.max()).setYAxisLogarithmic(y.isLogarithmic());
    styler.setAxisTicksVisible(false).setAxisTitlesVisible(false).setPlotMargin(0);
    styler.setPlotGridLinesVisible(false).setPlotTicksMarksVisible(false);
    styler.setPlotContentSize(1).setPlotBorderVisible(false).setPlotBackgroundColor(NONE);
    styler.setChartPadding(0).setChartTitleVisible(false).setLegendVisible(false);
    styler.setChartBackgroundColor(NONE);
  }

  private static void add(XYChart chart, String name, Series series, int width) {
    if (series.x().length == 0) {
      return;
    }
    XYSeries added = chart.addSeries(name, series.x(), series.y());
    added.setXYSeriesRenderStyle(
        series.area()
            ? XYSeriesRenderStyle.PolygonArea
            : series.stroke() == null ? XYSeriesRenderStyle.Scatter : XYSeriesRenderStyle.Line);
    BasicStroke stroke = series.stroke() == null ? SeriesLines.NONE : series.stroke();
    added.setLineStyle(stroke).setLineColor(series.color());
    added.setFillColor(series.color());
    added.setMarkerColor(series.color());
    added.setMarker(series.mark() == null ? SeriesMarkers.NONE : marker(series));
    added.setSmooth(!series.area() && series.x().length > width / NEAR);
  }

  private static Marker marker(Series series) {
    return new Marker() {
      @Override
      public void paint(Graphics2D g, double x, double y, int size) {
        series.mark().draw(g, x, y, series.size());
      }
    };
  }
}
