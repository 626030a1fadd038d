package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link Concat}. */
record ConcatSpec(List<List<LayerSpec>> branches) implements LayerSpec {

  ConcatSpec {
    branches = branches.stream().map(List::copyOf).toList();
    Concat.requireBranch("concat", branches);
  }

  @Override
  public String kind() {
    return "concat";
  }

  /** The number of branches, and each as a setting of its own. */
  @Override
  public Map<String, Object> settings() {
    Settings settings = new Settings(kind()).with("branches", branches.size());
    for (int i = 0; i < branches.size(); i++) {
      settings.with(key(i), Settings.ofSpecs(branches.get(i)));
    }
    return settings.toMap();
  }

  static ConcatSpec of(Settings s) {
    List<List<LayerSpec>> branches = new ArrayList<>();
    int count = s.integer("branches");
    for (int i = 0; i < count; i++) {
      branches.add(s.specs(key(i)));
    }
    return new ConcatSpec(branches);
  }

  private static String key(int i) {
    return "branch" + (i + 1);
  }

  /** The layers are named {@code name.branch1.conv1}. */
  @Override
  public Concat build(String name, Shape input, RandomGenerator random) {
    List<Chain> chains = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      chains.add(Chain.build(name + "." + key(i) + ".", input, random, branches.get(i)));
    }
    Concat concat = new Concat(name, chains);
    concat.outputShape(input.prepend(1));
    return concat;
  }
}
