package io.github.purenet.nn;

import io.github.purenet.io.Safetensors;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A chain of layers and the loss that it is trained with, which is {@link SoftmaxWithLoss} unless
 * {@link #withLoss} sets another.
 *
 * <p>Shapes: x (N, input shape), y (N, output shape); the output of a classifier is (N, K) logits.
 *
 * <p>Any number of threads may call {@link #predict} at once. While one thread trains the network,
 * which changes the parameters, no other thread may use it.
 */
public class Network implements Layer {
  /** The kind under which a network that is of no class of its own is stored. */
  static final String KIND = "Network";

  private final Shape inputShape;
  private final List<LayerSpec> specs;
  private final Chain chain;
  private final Loss loss;
  private final PassPool inferencePasses = new PassPool(false);
  private final PassPool trainingPasses = new PassPool(true);
  private final AtomicLong steps = new AtomicLong();
  private volatile List<String> classNames = List.of();
  private volatile Optional<Normalization> normalization = Optional.empty();

  /**
   * Creates a network, building each layer for the output of the one before. The name of a layer is
   * its kind and its number among the layers of that kind: {@code conv1, relu1, maxPool1, affine1}.
   *
   * @param inputShape the shape of one sample, for example (C, H, W)
   * @param seed the seed of the initial parameters; the same seed gives the same bits on every
   *     machine
   * @param specs the layers in order, at least one
   * @throws IllegalArgumentException if a layer does not fit; the message names the layer and the
   *     shapes. Also if one layer object occurs twice, or two parameters or buffers have one name
   */
  protected Network(Shape inputShape, long seed, LayerSpec... specs) {
    this(
        inputShape,
        new SoftmaxWithLoss(),
        List.of(specs),
        Chain.build("", inputShape, random(seed), requireLayers(List.of(specs))));
  }

  /**
   * Creates a network as a file holds it; what a subclass that is to be loaded needs for its {@link
   * ModelProvider}.
   *
   * @param stored the network in the file
   * @throws IllegalArgumentException if a layer does not fit; the message names it
   */
  protected Network(Stored stored) {
    this(
        stored.inputShape,
        stored.loss,
        stored.specs,
        Chain.build("", stored.inputShape, stored.parameters, requireLayers(stored.specs)));
  }

  private Network(Shape inputShape, Loss loss, List<LayerSpec> specs, Chain chain) {
    this.inputShape = inputShape;
    this.specs = specs;
    this.loss = loss;
    this.chain = chain;
    LayerTree.requireDistinct(name(), List.of(chain));
    LayerTree.requireDistinctNames(name(), parameters(), buffers());
  }

  private static List<LayerSpec> requireLayers(List<LayerSpec> specs) {
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("network: expected at least one layer, got none");
    }
    return specs;
  }

  /**
   * Returns a Random, whose nextGaussian and nextInt, alone among Java's generators, are specified.
   */
  private static RandomGenerator random(long seed) {
    return new Random(seed);
  }

  /**
   * Returns a network of the given layers: {@code Network.of(Shape.of(1, 28, 28), seed, conv(30,
   * 5), relu(), ...)} with a static import of {@link Layers}. Each layer is built for the output of
   * the one before. The name of a layer is its kind and its number among the layers of that kind:
   * {@code conv1, relu1, maxPool1, affine1}.
   *
   * @param inputShape the shape of one sample, for example (C, H, W)
   * @param seed the seed of the initial parameters; the same seed gives the same bits on every
   *     machine
   * @param specs the layers in order, at least one
   * @return a new network
   * @throws IllegalArgumentException if a layer does not fit; the message names the layer and the
   *     shapes. Also if one layer object occurs twice, or two parameters or buffers have one name
   */
  public static Network of(Shape inputShape, long seed, LayerSpec... specs) {
    return new Network(inputShape, seed, specs);
  }

  /** A network as a file holds it, for the constructor of a subclass. */
  public static final class Stored {
    private final Shape inputShape;
    private final List<LayerSpec> specs;
    private final Loss loss;
    private final StoredParameters parameters;

    Stored(Shape inputShape, List<LayerSpec> specs, Loss loss, StoredParameters parameters) {
      this.inputShape = inputShape;
      this.specs = List.copyOf(specs);
      this.loss = loss;
      this.parameters = parameters;
    }
  }

  /**
   * Loads a network from a file that {@link #save} wrote: with its layers, loss, parameters and
   * buffers, class names and normalization, and as what it was, for example a {@code
   * SimpleConvNet}.
   *
   * @param file the file
   * @param providers the makers of layers, losses and networks that are not of this library, before
   *     those that {@link java.util.ServiceLoader} finds
   * @return a new network
   * @throws IOException if the file cannot be read, is not such a file, or names a kind that nobody
   *     provides; the message names the file and the place
   */
  public static Network load(Path file, ModelProvider... providers) throws IOException {
    return ModelFile.read(Safetensors.read(file), file.toString(), providers);
  }

  /**
   * Loads a network from a stream, for example a resource on the class path, as {@link #load(Path,
   * ModelProvider...)} does from a file.
   *
   * @param in the stream, which is read to its end and not closed
   * @param name the name that messages begin with
   * @param providers the makers of layers, losses and networks that are not of this library
   * @return a new network
   * @throws IOException as for a file
   */
  public static Network load(InputStream in, String name, ModelProvider... providers)
      throws IOException {
    return ModelFile.read(Safetensors.read(in, name), name, providers);
  }

  /**
   * Saves this network in a safetensors file: the parameters and buffers, and in the metadata all
   * else that {@link #load} needs. Names and layouts are PyTorch's, whose {@code load_state_dict}
   * takes the arrays as they are: {@code conv1.weight}, {@code conv1.bias}, {@code
   * batchNorm1.running_mean}, and the weight of an affine layer as (K, D).
   *
   * <p>The file is replaced as a whole: whoever opens it sees the old content or the new one, even
   * after a crash.
   *
   * @param file the file, which is created or replaced
   * @throws IOException if it cannot be written, which leaves an old one as it was; the message
   *     names the file
   * @throws IllegalArgumentException if two parameters would have one name in the file, or a
   *     setting of a layer or loss cannot be stored; the message names it
   */
  public final void save(Path file) throws IOException {
    ModelFile.of(this).write(file);
  }

  /**
   * Sets all parameters and buffers from a safetensors or npz file, for example one that PyTorch or
   * NumPy wrote. A name is PyTorch's, such as {@code conv1.weight}, with PyTorch's layout, or that
   * of {@link #parameter}, such as {@code conv1.W}, with the layout that it has here. PyTorch's
   * {@code num_batches_tracked} is ignored.
   *
   * @param file the file
   * @throws IOException if the file cannot be read, or if arrays are missing, superfluous or of
   *     another shape; the message names all of them, and nothing is changed
   */
  public final void loadParameters(Path file) throws IOException {
    loadParameters(file, UnaryOperator.identity());
  }

  /**
   * Sets all parameters and buffers from a file whose names differ, as {@link
   * #loadParameters(Path)} does.
   *
   * @param file the file
   * @param names gives for a name in the file one that {@link #loadParameters(Path)} knows, or null
   *     for an array to ignore
   * @throws IOException if the file cannot be read, or if arrays are missing, superfluous or of
   *     another shape; the message names all of them, and nothing is changed
   */
  public final void loadParameters(Path file, UnaryOperator<String> names) throws IOException {
    ParameterFile.load(this, file, names);
  }

  /** Returns the kind under which this network is stored. */
  final String kind() {
    String kind = getClass().getSimpleName();
    return kind.isEmpty() ? KIND : kind;
  }

  /**
   * Returns the specs of the layers, which have their kinds and settings.
   *
   * @return an unmodifiable list, in the order of {@link #layers}
   */
  public final List<LayerSpec> specs() {
    return specs;
  }

  /**
   * Returns the names of the classes.
   *
   * @return an unmodifiable list of K names, empty unless they have been set
   */
  public final List<String> classNames() {
    return classNames;
  }

  /**
   * Sets the names of the classes, which are saved with the network.
   *
   * @param names a name for each of the K numbers of an output; copied. Or none
   * @throws IllegalArgumentException if there are not K of them
   */
  public final void setClassNames(List<String> names) {
    Shape output = outputShape(inputShape.prepend(1)).dropFirst();
    if (!names.isEmpty() && names.size() != output.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: expected as many names of classes as outputs %s, got %d",
              output,
              names.size()));
    }
    classNames = List.copyOf(names);
  }

  /**
   * Returns how the images were normalized that this network has learned from.
   *
   * @return the normalization; empty for pixels from 0 to 1
   */
  public final Optional<Normalization> normalization() {
    return normalization;
  }

  /**
   * Sets how the images were normalized that this network learns from, which is saved with the
   * network. The network does not normalize its input itself.
   *
   * @param value the normalization
   * @throws IllegalArgumentException if the inputs of the network are no images of as many channels
   */
  public final void setNormalization(Normalization value) {
    value.check(inputShape);
    normalization = Optional.of(value);
  }

  @Override
  public final String name() {
    return "network";
  }

  /**
   * Returns the shape of one sample.
   *
   * @return the shape, for example (C, H, W)
   */
  public final Shape inputShape() {
    return inputShape;
  }

  /**
   * Returns the layers.
   *
   * @return an unmodifiable list of the layers in order
   */
  public final List<Layer> layers() {
    return chain.layers();
  }

  @Override
  public final List<Parameter> parameters() {
    return chain.parameters();
  }

  @Override
  public final List<Parameter> buffers() {
    return chain.buffers();
  }

  /**
   * Returns the loss.
   *
   * @return the loss that training minimizes
   */
  public final Loss loss() {
    return loss;
  }

  /**
   * Returns a network of the same layers with another loss. Both networks share the layers and
   * their parameters.
   *
   * @param other the loss that {@link #loss} and {@link #gradient} of the new network compute
   * @return a new network
   * @throws IllegalArgumentException if the loss cannot take the output of the network; the message
   *     names the loss and the shape
   */
  public final Network withLoss(Loss other) {
    Objects.requireNonNull(other, "loss").check(outputShape(inputShape.prepend(1)));
    Network network = new Network(inputShape, other, specs, chain);
    network.normalization = normalization;
    network.classNames = classNames;
    return network;
  }

  /**
   * Returns a network with another last layer, for fine-tuning. Both networks share all other
   * layers and their parameters.
   *
   * @param spec the spec of the new last layer
   * @param seed the seed of its initial parameters
   * @return a new network, whose last layer has the name of the old one if it is of the same kind
   * @throws IllegalArgumentException if the layer does not fit; the message names the layer and the
   *     shapes. Also if it is one of the other layers, or a parameter has the name of another one
   */
  public final Network replaceLast(LayerSpec spec, long seed) {
    List<LayerSpec> all = new ArrayList<>(specs.subList(0, specs.size() - 1));
    all.add(spec);
    Chain replaced = chain.replaceLast("", inputShape, random(seed), spec);
    Network network = new Network(inputShape, loss, List.copyOf(all), replaced);
    network.normalization = normalization;
    return network;
  }

  /**
   * Returns a table with a row for each layer, inner layers included: its name, the shape of its
   * output for one sample, and its numbers of parameters and of multiply-adds for one sample. The
   * totals follow.
   *
   * @return the table, lines of text that each end with {@code \n}
   */
  public final String summary() {
    return Summary.of(this);
  }

  @Override
  public final long multiplyAdds(Shape input) {
    return chain.multiplyAdds(input);
  }

  @Override
  public final int smallestBatch(Shape input) {
    return chain.smallestBatch(input);
  }

  /**
   * Returns the parameter of the given name.
   *
   * @param name the name, for example {@code conv1.W}, or {@code residual1.conv1.W} for a layer
   *     inside another one
   * @return the parameter
   * @throws IllegalArgumentException if there is no such parameter; the message lists the names
   *     that there are
   */
  public final Parameter parameter(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "network: expected one of the parameters %s, got %s",
                        parameters().stream().map(Parameter::name).toList(),
                        name)));
  }

  /**
   * Returns the parameter of the given name, if there is one. A subclass may know further names.
   *
   * @param name the name
   * @return the parameter, or empty
   */
  protected Optional<Parameter> find(String name) {
    return parameters().stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /**
   * Sets the values of all parameters and buffers, such as running means, so that the network
   * computes what the one does that they are from. If anything does not fit, nothing is changed.
   *
   * @param values the value of each parameter and buffer by its name; copied
   * @throws IllegalArgumentException if a name is unknown or missing or a shape differs
   */
  public final void setParameters(Map<String, NDArray> values) {
    Map<String, Parameter> buffers = new LinkedHashMap<>();
    buffers().forEach(buffer -> buffers.put(buffer.name(), buffer));
    Map<Parameter, NDArray> assignments = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          Parameter to = buffers.containsKey(name) ? buffers.get(name) : parameter(name);
          Objects.requireNonNull(
              value, () -> "network: expected a value for " + name + ", got null");
          Check.sameShape("network", name, to.value().shape(), value.shape());
          assignments.put(to, value);
        });
    for (Parameter to : parametersAndBuffers()) {
      if (!assignments.containsKey(to)) {
        throw new IllegalArgumentException(
            "network: expected a value for " + to.name() + ", got " + values.keySet());
      }
    }
    assignments.forEach(Parameter::assign);
  }

  /**
   * Returns the values of all parameters and buffers, which {@link #setParameters} takes.
   *
   * @return copies by name, in a new map
   */
  public final Map<String, NDArray> copyParameters() {
    Map<String, NDArray> values = new LinkedHashMap<>();
    parametersAndBuffers().forEach(p -> values.put(p.name(), p.value().copy()));
    return values;
  }

  private List<Parameter> parametersAndBuffers() {
    return Stream.concat(parameters().stream(), buffers().stream()).toList();
  }

  /**
   * Returns the number of calls of {@link #gradient}, which is the position of the random numbers
   * of {@link Dropout}. {@link #withLoss} and {@link #replaceLast} return networks that begin at 0.
   *
   * @return the number, at least 0
   */
  public final long step() {
    return steps.get();
  }

  /**
   * Sets the number of the next step, so that an interrupted training goes on with the random
   * numbers that it would have had.
   *
   * @param number what {@link #step()} returned, at least 0
   * @throws IllegalArgumentException if the number is negative
   */
  public final void step(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("network: expected a step of at least 0, got " + number);
    }
    steps.set(number);
  }

  @Override
  public final Shape outputShape(Shape input) {
    check(input);
    return chain.outputShape(input);
  }

  @Override
  public final NDArray forward(NDArray x, Pass pass) {
    check(x.shape());
    return chain.forward(x, pass);
  }

  @Override
  public final NDArray backward(NDArray dy, Pass pass) {
    return chain.backward(dy, pass);
  }

  @Override
  public final void backwardParameters(NDArray dy, Pass pass) {
    chain.backwardParameters(dy, pass);
  }

  /**
   * Computes the output for a batch in inference.
   *
   * @param x the samples (N, input shape). Not modified.
   * @return the output y (N, output shape), for a classifier the logits (N, K); a copy
   * @throws IllegalArgumentException if x does not fit; the message names the shapes
   */
  public final NDArray predict(NDArray x) {
    Pass pass = inferencePasses.take();
    NDArray y = forward(x, pass).copy();
    inferencePasses.giveBack(pass);
    return y;
  }

  /**
   * Computes the output of every layer for a batch in inference, and what gradients by them need.
   *
   * @param x the samples (N, input shape). Not modified.
   * @return the outputs by the names of the layers, those inside of others included; copies
   * @throws IllegalArgumentException if x does not fit; the message names the shapes
   */
  public final Activations activations(NDArray x) {
    check(x.shape());
    return new Activations(chain, x);
  }

  /**
   * Computes the loss for a batch in inference.
   *
   * @param x the samples (N, input shape). Not modified.
   * @param t the targets as the loss takes them: for {@link SoftmaxWithLoss}, class indices (N) or
   *     a row of probabilities for each sample (N, K). Not modified.
   * @return the loss, a mean over the batch
   * @throws IllegalArgumentException if x or t does not fit; the message names the shapes
   */
  public final double loss(NDArray x, NDArray t) {
    Pass pass = inferencePasses.take();
    double value = loss.forward(forward(x, pass), t, pass);
    inferencePasses.giveBack(pass);
    return value;
  }

  /**
   * Computes the gradient of the loss with respect to every parameter that is not frozen. {@link
   * Parameter#gradient} then holds this gradient instead of the previous one.
   *
   * @param x the samples (N, input shape). Not modified.
   * @param t the targets as the loss takes them: for {@link SoftmaxWithLoss}, class indices (N) or
   *     a row of probabilities for each sample (N, K). Not modified.
   * @return the loss, a mean over the batch
   * @throws IllegalArgumentException if x or t does not fit; the message names the shapes. Also if
   *     the loss is not finite and x or t holds a number that is not
   * @throws ArithmeticException if the loss is not finite although all of x and t is, since
   *     training has diverged
   */
  public final double gradient(NDArray x, NDArray t) {
    return gradient(x, t, 1, true);
  }

  /**
   * Adds the gradient of a weighted loss to the gradients of the parameters, for a batch that is
   * computed in parts. {@link Parameter#clearGradient} comes before the first part, and the weight
   * of a part is usually its share of the samples.
   *
   * @param x the samples (N, input shape). Not modified.
   * @param t the targets as the loss takes them. Not modified.
   * @param weight what the gradient is multiplied by, finite
   * @return the loss, a mean over this part, not weighted
   * @throws IllegalArgumentException as {@link #gradient}
   * @throws ArithmeticException as {@link #gradient}
   */
  public final double addGradient(NDArray x, NDArray t, double weight) {
    return gradient(x, t, weight, false);
  }

  private double gradient(NDArray x, NDArray t, double weight, boolean clear) {
    Pass pass = trainingPasses.take();
    pass.beginRun();
    pass.step(steps.getAndIncrement());
    double value = loss.forward(forward(x, pass), t, pass);
    if (!Double.isFinite(value)) {
      throw notFinite(value, x, t);
    }
    if (clear) {
      parameters().forEach(Parameter::clearGradient);
    }
    NDArray dy = loss.backward(pass);
    backwardParameters(weight == 1 ? dy : dy.multiply((float) weight), pass);
    trainingPasses.giveBack(pass);
    return value;
  }

  private void check(Shape x) {
    Objects.requireNonNull(x, "x");
    if (x.rank() != inputShape.rank() + 1 || !x.dropFirst().equals(inputShape)) {
      String letters = inputShape.toString().substring(1).replace(",)", ")");
      throw new IllegalArgumentException("network: expected x of (N, " + letters + ", got " + x);
    }
  }

  private static RuntimeException notFinite(double loss, NDArray x, NDArray t) {
    return notFinite("x", x)
        .or(() -> notFinite("t", t))
        .orElseGet(
            () ->
                new ArithmeticException(
                    String.format(
                        Locale.ROOT,
                        "network: expected a finite loss, got %s although x is finite: the"
                            + " parameters have diverged, try a smaller learning rate",
                        loss)));
  }

  private static Optional<RuntimeException> notFinite(String what, NDArray array) {
    for (int i = 0; i < array.size(); i++) {
      float value = array.data()[i];
      if (!Float.isFinite(value)) {
        int sample = i / (array.size() / array.dimension(0));
        return Optional.of(
            new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "network: expected finite numbers in %s, got %s in sample %s of %s",
                    what,
                    value,
                    sample,
                    array.shape())));
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + " " + inputShape + " " + chain;
  }
}
