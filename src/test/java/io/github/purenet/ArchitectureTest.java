package io.github.purenet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import io.github.purenet.kernel.Kernels;
import java.io.File;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The package table: imports point down only, and each package names what it may use. */
class ArchitectureTest {
  private static final String ROOT = "io.github.purenet";

  /**
   * One line of the table; the packages are relative to the root package, "" is the root itself.
   */
  record Row(String name, List<String> mayImport, List<String> mayUse) {
    static Row of(String name, String... mayImport) {
      return new Row(name, List.of(mayImport), List.of());
    }

    Row using(String... libraries) {
      return new Row(name, mayImport, List.of(libraries));
    }

    @Override
    public String toString() {
      return name.isEmpty() ? "root" : name;
    }
  }

  private static JavaClasses library;

  @BeforeAll
  static void read_the_library() {
    library =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  static Stream<Row> table() {
    return Stream.of(
        Row.of(
                "cli", "serve", "report", "plot", "html", "explain", "train", "image", "model",
                "optim", "data", "nn", "io", "json", "ndarray", "", "kernel")
            .using("picocli.."),
        Row.of(
                "serve", "explain", "train", "image", "model", "data", "nn", "io", "json",
                "ndarray", "")
            .using("com.sun.net.httpserver.."),
        Row.of(
            "report", "plot", "html", "explain", "train", "data", "optim", "nn", "io", "ndarray",
            ""),
        Row.of(
                "plot", "html", "explain", "train", "image", "model", "data", "nn", "io", "ndarray",
                "")
            .using(
                "javax.imageio..",
                "javax.xml..",
                "org.apache.batik..",
                "org.knowm.xchart..",
                "org.w3c.dom.."),
        Row.of("explain", "data", "nn", "ndarray"),
        Row.of("train", "optim", "data", "nn", "io", "json", "ndarray"),
        Row.of("image", "data", "nn", "ndarray").using("javax.imageio.."),
        Row.of("model", "nn", "ndarray"),
        Row.of("optim", "nn", "ndarray", "kernel"),
        Row.of("data", "io", "ndarray"),
        Row.of("nn", "io", "json", "ndarray", "", "kernel"),
        Row.of("io", "json", "ndarray"),
        Row.of("html"),
        Row.of("json"),
        Row.of("ndarray", "kernel"),
        Row.of("", "kernel"),
        Row.of("kernel").using("jdk.incubator.vector.."));
  }

  @ParameterizedTest
  @MethodSource("table")
  void a_package_imports_only_what_its_row_allows(Row row) {
    List<String> allowed = new ArrayList<>(List.of("java..", inRoot(row.name())));
    row.mayImport().forEach(name -> allowed.add(inRoot(name)));
    allowed.addAll(row.mayUse());

    classes()
        .that()
        .resideInAPackage(inRoot(row.name()))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
        .allowEmptyShould(true) // a row may be there before its package
        .check(library);
  }

  @Test
  void every_class_is_in_a_package_of_the_table() {
    String[] known = table().map(row -> inRoot(row.name())).toArray(String[]::new);

    classes().should().resideInAnyPackage(known).check(library);
  }

  @Test
  void rows_import_only_from_rows_below_them() {
    List<String> names = table().map(Row::name).toList();

    assertThat(table())
        .allSatisfy(
            row ->
                assertThat(names.subList(names.indexOf(row.name()) + 1, names.size()))
                    .containsAll(row.mayImport()));
  }

  @Test
  void packages_have_no_cycles() {
    slices()
        .matching("(" + ROOT + "..)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(library);
  }

  @Test
  void only_the_command_line_prints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inRoot("cli"))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .allowEmptyShould(true)
        .check(library);
  }

  /** Some locales have digits of their own, which %d and %f write where no locale is named. */
  @Test
  void no_text_depends_on_the_locale_of_the_machine() {
    noClasses()
        .should()
        .callMethod(String.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(String.class, "formatted", Object[].class)
        .orShould()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .orShould()
        .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
        .orShould()
        .callMethod(PrintWriter.class, "format", String.class, Object[].class)
        .check(library);
  }

  @Test
  void only_the_kernels_know_the_incubator() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inRoot("kernel"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator..")
        .allowEmptyShould(true)
        .check(library);
  }

  @Test
  void no_method_or_constructor_has_more_than_eight_parameters() {
    codeUnits()
        .that(describe("are outside of kernel, or in Kernels", ArchitectureTest::canBeShort))
        .should(haveAtMostEightParameters())
        .check(library);
  }

  /** The inside of the package kernel is free, and what a convolution needs of its interface. */
  private static boolean canBeShort(JavaCodeUnit unit) {
    JavaClass owner = unit.getOwner();
    if (unit.getModifiers().contains(JavaModifier.SYNTHETIC)
        || (unit.isConstructor() && (owner.isAnonymousClass() || owner.isLocalClass()))) {
      return false; // written by javac, with a parameter for each captured variable
    }
    if (owner.isEquivalentTo(Kernels.class)) {
      return !Set.of("convolve", "convolveBackward").contains(unit.getName());
    }
    return !owner.getPackageName().equals(ROOT + ".kernel");
  }

  private static ArchCondition<JavaCodeUnit> haveAtMostEightParameters() {
    return new ArchCondition<>("have at most 8 parameters") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        int count = unit.getRawParameterTypes().size();
        if (count > 8) {
          events.add(violated(unit, unit.getFullName() + " has " + count + " parameters"));
        }
      }
    };
  }

  @Test
  void every_dependency_is_optional_or_for_tests() throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("pom.xml"));
    NodeList dependencies = pom.getElementsByTagName("dependency");

    assertThat(IntStream.range(0, dependencies.getLength()))
        .isNotEmpty()
        .allSatisfy(
            i -> {
              String dependency = dependencies.item(i).getTextContent().replaceAll("\\s+", " ");
              assertThat(dependency).matches(".* (true|test) ");
            });
  }

  /** The root is a package of its own; every other name includes what is below it. */
  private static String inRoot(String name) {
    return name.isEmpty() ? ROOT : ROOT + "." + name + "..";
  }
}
