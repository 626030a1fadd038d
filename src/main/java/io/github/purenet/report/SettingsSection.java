package io.github.purenet.report;

import io.github.purenet.PureNet;
import io.github.purenet.html.Html;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a network was trained, and what has computed. */
final class SettingsSection {
  private final List<ReportedRun> runs;

  SettingsSection(List<ReportedRun> runs) {
    this.runs = runs;
  }

  void write(Html html) {
    for (ReportedRun run : runs) {
      Map<String, String> lines = new LinkedHashMap<>();
      lines.put("network", run.kind());
      lines.put("loss", run.network.loss().name());
      if (run.history != null) {
        lines.putAll(run.history.settings());
      }
      lines.putAll(run.settings);
      table("Settings of " + run.name, lines).write(html);
      if (run.history == null || run.history.settings().isEmpty()) {
        Pictures.missing(
            html,
            "Optimizer, batch size and seed of "
                + run.name
                + " are not known: a model file and a CSV log do not have them, a checkpoint has.");
      }
    }
    table("Where this report was made", machine()).write(html);
  }

  private static Table table(String caption, Map<String, String> lines) {
    Table table = new Table(caption, "Setting", "Value").ofTexts();
    lines.forEach((name, value) -> table.row(capital(name), value));
    return table;
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static Map<String, String> machine() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("PureNet", PureNet.version());
    lines.put("backend", PureNet.backend() + ", threads: " + PureNet.threads());
    lines.put("JVM", property("java.vm.name") + " " + property("java.runtime.version"));
    lines.put(
        "system", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
    return lines;
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
