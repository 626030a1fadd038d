package io.github.purenet.cli;

import io.github.purenet.data.Dataset;
import io.github.purenet.nn.Network;
import io.github.purenet.train.ClassificationReport;
import io.github.purenet.train.Evaluation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code purenet eval}, which tells how a network does on each class of a data set. */
@Command(
    name = "eval",
    description =
        "Prints accuracy, precision, recall and F1 of a network on a data set, and its confusion"
            + " matrix.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  purenet eval model.safetensors --data mnist",
      "  purenet eval model.safetensors --data photos --json",
      ""
    })
final class EvalCommand implements Callable<Integer> {
  @Mixin private ModelFile model;
  @Mixin private DataOptions data;

  @Mixin private PartOption part;

  @Mixin private BatchSizeOption batch;

  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    Network network = model.load();
    ImageData images = data.load(output, network.inputShape(), false).fitting(network);
    Dataset dataset = part.of(images);
    ClassificationReport report = Evaluation.report(network, dataset, batch.size());
    List<String> names = images.classNames();
    if (names.size() == report.classes()) {
      report = report.withClassNames(names);
    }
    output.result(report.toString(), document(report, names));
    return Main.DONE;
  }

  private static Map<String, Object> document(ClassificationReport report, List<String> names) {
    int classes = report.classes();
    long[][] confusion = report.confusionMatrix();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("samples", report.samples());
    document.put("accuracy", report.accuracy());
    if (classes > 5) {
      document.put("top5", report.topAccuracy(5));
    }
    document.put("macro", averages(report::macro, report));
    document.put("weighted", averages(report::weighted, report));
    List<Map<String, Object>> ofClasses = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      Map<String, Object> ofClass = new LinkedHashMap<>();
      ofClass.put("name", names.size() == classes ? names.get(k) : String.valueOf(k));
      ofClass.put("precision", report.precision(k));
      ofClass.put("recall", report.recall(k));
      ofClass.put("f1", report.f1(k));
      ofClass.put("samples", Arrays.stream(confusion[k]).sum());
      ofClasses.add(ofClass);
    }
    document.put("classes", ofClasses);
    document.put(
        "confusion",
        IntStream.range(0, classes)
            .mapToObj(k -> Arrays.stream(confusion[k]).boxed().toList())
            .toList());
    return document;
  }

  private static Map<String, Object> averages(Average average, ClassificationReport report) {
    Map<String, Object> averages = new LinkedHashMap<>();
    averages.put("precision", average.of(report::precision));
    averages.put("recall", average.of(report::recall));
    averages.put("f1", average.of(report::f1));
    return averages;
  }

  /** An average of a number over the classes. */
  @FunctionalInterface
  private interface Average {
    double of(IntToDoubleFunction ofClass);
  }
}
