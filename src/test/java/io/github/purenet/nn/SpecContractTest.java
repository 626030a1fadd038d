package io.github.purenet.nn;

import static io.github.purenet.nn.LayerSteps.setValues;
import static io.github.purenet.nn.LayerSteps.train;
import static io.github.purenet.nn.LayerSteps.training;
import static io.github.purenet.nn.LayerSteps.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.LayerCases.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link LayerSpec} owes: a factory, a kind, and settings that make it again. */
class SpecContractTest {

  private static final JavaClasses LIBRARY =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(Layer.class.getPackageName());

  /** No layers of their own: both run layers that have a spec. */
  private static final Set<Class<?>> WITHOUT_SPEC = Set.of(Network.class, FusedConvolution.class);

  static Stream<Case> cases() {
    return LayerCases.all();
  }

  /** The one place that reads settings back. */
  private static LayerSpec read(String kind, Map<String, Object> settings) {
    return SpecReader.read(kind, settings);
  }

  @Test
  void every_layer_and_every_spec_is_made_by_a_factory_and_so_tested() {
    Set<Class<?>> made = new HashSet<>();
    cases().forEach(c -> made.addAll(List.of(c.spec().getClass(), c.layer().getClass())));
    assertThat(concreteClasses(LayerSpec.class))
        .as("specs, each of which a public method of Layers must give")
        .isSubsetOf(made);
    assertThat(concreteClasses(Layer.class))
        .as("layers, the spec of each of which a public method of Layers must give")
        .filteredOn(layer -> !WITHOUT_SPEC.contains(layer))
        .hasSizeGreaterThanOrEqualTo(21)
        .isSubsetOf(made);
    assertThat(cases()).as("factories, settings and inputs").hasSizeGreaterThanOrEqualTo(120);
  }

  private static List<Class<?>> concreteClasses(Class<?> type) {
    List<Class<?>> classes = new ArrayList<>();
    for (JavaClass found : LIBRARY) {
      if (found.isAssignableTo(type)
          && !found.isInterface()
          && !found.getModifiers().contains(JavaModifier.ABSTRACT)) {
        classes.add(found.reflect());
      }
    }
    return classes;
  }

  @Test
  void the_kind_is_the_name_of_the_factory() {
    Map<String, Set<Class<?>>> byFactory = new TreeMap<>();
    Map<String, Set<Class<?>>> byKind = new TreeMap<>();
    cases()
        .forEach(
            c -> {
              Class<?> layer = c.layer().getClass();
              String factory = c.text().substring(0, c.text().indexOf('('));
              byFactory.computeIfAbsent(factory, key -> new HashSet<>()).add(layer);
              byKind.computeIfAbsent(c.spec().kind(), key -> new HashSet<>()).add(layer);
            });
    assertThat(byKind).hasSizeGreaterThanOrEqualTo(21);
    assertThat(byFactory)
        .as("layers by factory, among which are those by kind")
        .containsAllEntriesOf(byKind);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_spec_prints_its_kind(Case c) {
    assertThat(c.spec().toString())
        .as("%s", c)
        .contains(c.spec().kind())
        .doesNotContain("@" + Integer.toHexString(System.identityHashCode(c.spec())))
        .doesNotContain("@" + Integer.toHexString(c.spec().hashCode()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void settings_make_an_equal_spec(Case c) {
    LayerSpec again = read(c.spec().kind(), c.spec().settings());
    assertThat(again).as("%s", c).hasSameClassAs(c.spec());
    assertThat(again.kind()).as("%s", c).isEqualTo(c.spec().kind());
    assertThat(again.settings()).as("%s", c).isEqualTo(c.spec().settings());
    assertThat(keys(again)).as("%s", c).isEqualTo(keys(c.spec()));

    Layer expected = c.layer();
    Layer layer = new Case(c.text(), again, c.sample()).layer();
    assertThat(texts(layer.parameters())).as("%s", c).isEqualTo(texts(expected.parameters()));
    setValues(layer.parameters(), values(expected.parameters())); // an initializer is no setting
    setValues(layer.buffers(), values(expected.buffers()));
    NDArray x = c.x(3);
    assertThat(layer.forward(x).toArray()).as("%s", c).isEqualTo(expected.forward(x).toArray());
    assertThat(train(layer, x, c.dy(3), training()))
        .as("%s", c)
        .isDeepEqualTo(train(expected, x, c.dy(3), training()));
  }

  private static List<String> keys(LayerSpec spec) {
    return List.copyOf(spec.settings().keySet());
  }

  private static List<String> texts(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::toString).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void settings_are_unmodifiable_and_of_the_documented_types(Case c) {
    assertSettings(c.spec().settings(), c);
  }

  private static void assertSettings(Map<?, ?> settings, Case c) {
    assertUnmodifiable(settings::clear, c);
    assertUnmodifiable(() -> settings.put(null, null), c);
    settings.forEach(
        (name, value) -> {
          assertThat(name).as("%s", c).isInstanceOf(String.class);
          if (value instanceof List<?> list) {
            assertUnmodifiable(() -> list.add(null), c);
            for (Object element : list) {
              if (element instanceof Map<?, ?> layer) {
                assertThat(layer.get("kind")).as("%s, %s", name, c).isInstanceOf(String.class);
                assertSettings(layer, c);
              } else {
                assertThat(element).as("%s, %s", name, c).isInstanceOf(Integer.class);
              }
            }
          } else {
            assertThat(value)
                .as("%s, %s", name, c)
                .isInstanceOfAny(Integer.class, Double.class, Boolean.class, String.class);
          }
        });
  }

  private static void assertUnmodifiable(Runnable change, Case c) {
    assertThatThrownBy(change::run, "change of settings, %s", c)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void an_unknown_a_missing_and_a_wrong_setting_are_refused_by_name(Case c) {
    Map<String, Object> settings = c.spec().settings();
    Map<String, Object> more = new HashMap<>(settings);
    more.put("surprise", 1);
    assertRefused(more, "surprise", c);
    for (String name : settings.keySet()) {
      Map<String, Object> fewer = new HashMap<>(settings);
      fewer.remove(name);
      assertRefused(fewer, name, c);
      for (Object wrong : wrong(settings.get(name))) {
        Map<String, Object> other = new HashMap<>(settings);
        other.put(name, wrong);
        assertRefused(other, name, c);
      }
    }
  }

  /** Values of other types, and lists of other elements or of another length. */
  private static List<Object> wrong(Object value) {
    List<Object> wrong = new ArrayList<>();
    wrong.add(value instanceof String ? 1 : "text");
    wrong.add(List.of("text"));
    wrong.add(value instanceof Boolean ? 1 : true);
    if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Integer) {
      wrong.add(List.of(1));
      wrong.add(List.of(1, 1, 1));
      wrong.add(Arrays.asList(1, null));
    }
    return wrong;
  }

  private static void assertRefused(Map<String, Object> settings, String name, Case c) {
    assertThatThrownBy(() -> read(c.spec().kind(), settings), "%s in %s, %s", name, settings, c)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(c.spec().kind() + ": expected ")
        .hasMessageContaining(name);
  }
}
