package io.github.purenet.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lists options below the names of their mixins, for a command that has many. Groups of picocli
 * would be listed so without help, but lose what was said before when an option is said twice.
 */
final class Sections implements IHelpSectionRenderer {

  @Override
  public String render(Help help) {
    return help.commandSpec().mixins().entrySet().stream()
        .map(mixin -> section(help, mixin.getKey(), mixin.getValue()))
        .collect(Collectors.joining());
  }

  private static String section(Help help, String name, CommandSpec mixin) {
    Help.Layout layout =
        help.createDefaultLayout(help.commandSpec().options(), List.of(), help.colorScheme());
    layout.addAllOptions(mixin.options(), help.createDefaultParamLabelRenderer());
    return String.format(Locale.ROOT, "%n%s:%n%s", name, layout);
  }
}
