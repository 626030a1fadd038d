package io.github.purenet.report;

import io.github.purenet.PureNet;
import io.github.purenet.html.Html;
import io.github.purenet.train.History;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The page of a report: its head, its table of contents and its sections. */
final class ReportPage {
  /** What a browser may load: nothing but what is in the page. */
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

  /** A section with the name by which links find it. */
  record Section(String id, String title, Consumer<Html> content) {}

  private final List<ReportedRun> runs;
  private final Map<String, History> histories;
  private final String title;

  /**
   * Creates a page.
   *
   * @param runs one run, or two to be compared
   * @param histories the histories that there are, by the names of the runs
   */
  ReportPage(List<ReportedRun> runs, Map<String, History> histories) {
    this.runs = runs;
    this.histories = histories;
    this.title = runs.stream().map(run -> run.name).collect(Collectors.joining(" and "));
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("summary", "Summary", new SummarySection(runs)::write));
    if (runs.size() == 2) {
      DifferenceSection differences = new DifferenceSection(runs.get(0), runs.get(1));
      sections.add(new Section("differences", "Where they differ", differences::write));
    }
    sections.add(new Section("training", "Training", new TrainingSection(histories)::write));
    sections.add(section("network", "Network", InsideSections::network));
    sections.add(section("filters", "Filters", InsideSections::filters));
    sections.add(section("maps", "Feature maps", InsideSections::featureMaps));
    sections.add(new Section("classes", "Classes", new ClassSection(runs)::write));
    sections.add(section("calibration", "Calibration", OutcomeSections::calibration));
    sections.add(section("mistakes", "Worst mistakes", OutcomeSections::mistakes));
    sections.add(section("evidence", "What it looks at", InsideSections::evidence));
    sections.add(section("embedding", "Last hidden layer", OutcomeSections::embedding));
    sections.add(new Section("settings", "Settings", new SettingsSection(runs)::write));
    return sections;
  }

  /** Writes something about a run. */
  interface OfRun {
    void write(Html html, ReportedRun run);
  }

  /** Returns a section that says something of each run. */
  private Section section(String id, String heading, OfRun content) {
    return new Section(id, heading, html -> ofEach(html, runs, content));
  }

  /** Writes something about each run: below its name and side by side, if there are two. */
  static void ofEach(Html html, List<ReportedRun> runs, OfRun content) {
    if (runs.size() == 1) {
      content.write(html, runs.get(0));
      return;
    }
    html.open("div", "class", "runs").line();
    for (ReportedRun run : runs) {
      html.open("div").element("h3", run.name);
      content.write(html, run);
      html.close("div").line();
    }
    html.close("div").line();
  }

  String html() {
    List<Section> sections = sections();
    Html html = new Html().open("html", "lang", "en").line();
    head(html);
    html.open("body").open("div", "class", runs.size() == 1 ? "page" : "page wide").line();
    html.open("header").element("h1", title).element("p", subtitle(), "class", "lead");
    html.close("header").line();
    html.open("nav", "aria-label", "Contents").open("ul").line();
    for (Section section : sections) {
      html.open("li").element("a", section.title, "href", "#" + section.id).close("li").line();
    }
    html.close("ul").close("nav").line().open("main").line();
    for (Section section : sections) {
      String heading = section.id + "-title";
      html.open("section", "id", section.id, "aria-labelledby", heading).line();
      html.element("h2", section.title, "id", heading).line();
      section.content.accept(html);
      html.close("section").line();
    }
    html.close("main").line();
    html.element("footer", "Made by PureNet " + PureNet.version() + ".").line();
    return html.close("div").close("body").close("html").toString();
  }

  private void head(Html html) {
    html.open("head").empty("meta", "charset", "utf-8").line();
    html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY).line();
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    html.empty("meta", "name", "color-scheme", "content", "light dark").line();
    html.empty("meta", "name", "generator", "content", "PureNet " + PureNet.version()).line();
    html.element("title", title + ": report").line().style(styleSheet()).close("head").line();
  }

  private String subtitle() {
    DateTimeFormatter format = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);
    List<String> judged =
        runs.stream()
            .map(
                run ->
                    Words.format(
                        "%s, judged by %s samples", run.kind(), Words.count(run.dataset.size())))
            .distinct()
            .toList();
    return String.join("; ", judged)
        + ". "
        + LocalDateTime.now(ZoneId.systemDefault()).format(format)
        + ".";
  }

  private static String styleSheet() {
    try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css: missing beside ReportPage.class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
