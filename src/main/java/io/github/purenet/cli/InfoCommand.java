package io.github.purenet.cli;

import io.github.purenet.PureNet;
import io.github.purenet.data.Mnist;
import io.github.purenet.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code purenet info}, which tells what computes, and how fast it can. */
@Command(
    name = "info",
    description = "Prints the version, the JVM, what computes and why, and the number of threads.",
    footerHeading = "%nExamples:%n",
    footer = {"  purenet info", "  purenet info --json", ""})
final class InfoCommand implements Callable<Integer> {
  private static final double GIBI = 1 << 30;

  @Mixin private Output output;

  @Override
  public Integer call() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", PureNet.version());
    facts.put("java", System.getProperty("java.version"));
    facts.put("vm", System.getProperty("java.vm.name") + ", " + System.getProperty("java.vendor"));
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("backend", PureNet.backend());
    facts.put("reason", Kernels.reason());
    facts.put("threads", PureNet.threads());
    facts.put("processors", Runtime.getRuntime().availableProcessors());
    facts.put("heap", Runtime.getRuntime().maxMemory());
    facts.put("downloads", Mnist.cacheDirectory().toAbsolutePath().getParent().toString());
    String text =
        facts.entrySet().stream()
            .map(fact -> line(fact.getKey(), fact.getValue()))
            .collect(Collectors.joining(System.lineSeparator()));
    output.result(text, facts);
    return Main.DONE;
  }

  private static String line(String name, Object value) {
    Object shown =
        name.equals("heap") ? String.format(Locale.ROOT, "%.1f GiB", (long) value / GIBI) : value;
    return String.format(Locale.ROOT, "%-12s%s", name, shown);
  }
}
