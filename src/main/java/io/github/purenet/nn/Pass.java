package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.IdentityHashMap;
import java.util.function.Supplier;

/**
 * The memory of one run through layers, which is a forward computation and, in training, the
 * backward computation after it: outputs, gradients, and what backward needs from forward. The next
 * run with the same pass reuses the memory.
 *
 * <p>A pass is for one thread at a time; any number of passes may run through the same layers at
 * once. All memory has an owner, the layer or loss that it was requested for, so a layer may occur
 * only once in a network, which checks it. To use weights twice, let two layers have the same
 * {@link Parameter}, or run one network twice, each time with a pass of its own: gradients add up.
 * Owners are compared by identity. An owner that requests memory again gets the same memory with
 * the same contents, unless it requests a larger size; new memory has arbitrary contents.
 */
public final class Pass {
  /** The number of consecutive oversized runs after which the memory is released. */
  private static final int PATIENCE = 8;

  /**
   * A run is oversized if the pass holds more floats than {@code OVERSIZE} times those that the run
   * used, plus {@code SMALL}.
   */
  private static final int OVERSIZE = 4;

  /** A number of floats, 1 MiB, that is too small to be worth releasing. */
  private static final int SMALL = 1 << 18;

  private final boolean training;

  /** What is written down of a run in inference that backward may follow, or null. */
  private final Trace trace;

  private final IdentityHashMap<Object, Slot> slots = new IdentityHashMap<>();
  private int oversized;
  private long step;

  /** Whether a network watches over this run: each owner may keep one array. */
  private boolean watched;

  private Pass(boolean training, Trace trace) {
    this.training = training;
    this.trace = trace;
  }

  /**
   * Returns a pass for training, which keeps what backward needs.
   *
   * @return a new pass
   */
  public static Pass training() {
    return new Pass(true, null);
  }

  /**
   * Returns a pass for inference, in which only forward is computed.
   *
   * @return a new pass
   */
  public static Pass inference() {
    return new Pass(false, null);
  }

  /** Returns a pass for inference that backward may follow, of which everything is written down. */
  static Pass traced() {
    return new Pass(false, new Trace());
  }

  /** Returns what is written down of the run, or null if nothing is. */
  Trace trace() {
    return trace;
  }

  /**
   * Returns whether this is a pass for training, in which layers such as {@link Dropout} and {@link
   * BatchNormalization} compute otherwise than in inference, and backward follows forward and adds
   * to the gradients of the parameters. In the pass of {@link Network#activations}, backward may
   * follow forward, too, but leaves the parameters alone.
   *
   * @return true for a pass made by {@link #training}, else false
   */
  public boolean isTraining() {
    return training;
  }

  /**
   * Returns whether backward may follow, so that a layer keeps what it needs for that.
   *
   * @return true for a pass made by {@link #training} and for that of {@link Network#activations},
   *     false for one made by {@link #inference}
   */
  public boolean keeps() {
    return training || trace != null;
  }

  /**
   * Returns the number of the training step. What a layer draws at random, such as the mask of a
   * {@link Dropout}, is a function of the seed of the layer and this number, whatever thread
   * computes it.
   *
   * @return the number, 0 unless set
   */
  public long step() {
    return step;
  }

  /**
   * Sets the number of the training step, before forward.
   *
   * @param number the number, a different one for each step
   */
  public void step(long number) {
    step = number;
  }

  /**
   * Returns the memory for the output of a layer, as an array of the given shape.
   *
   * @param owner the layer whose output it is
   * @param shape the shape of the output
   * @return a view of memory of this pass
   */
  public NDArray output(Object owner, Shape shape) {
    return slot(owner).output.view(shape);
  }

  /**
   * Returns the memory for the output of a layer that reads its input while it writes the output.
   *
   * @throws IllegalStateException if the input lies in that memory, being the output of the same
   *     layer; the message names the layer
   */
  NDArray output(Layer owner, Shape shape, NDArray x) {
    NDArray y = output(owner, shape);
    if (y.data() == x.data()) {
      throw computedTwice(owner);
    }
    return y;
  }

  /**
   * Returns the memory for a gradient that a layer or loss computes, that of its input, as an array
   * of the given shape.
   *
   * @param owner the layer or loss that computes the gradient
   * @param shape the shape of the gradient
   * @return a view of memory of this pass
   */
  public NDArray gradient(Object owner, Shape shape) {
    return slot(owner).gradient.view(shape);
  }

  /**
   * Returns memory for numbers that a layer needs besides its output, such as the mask of a {@link
   * Dropout}.
   *
   * @param owner the layer that needs the numbers
   * @param size the number of floats, at least 0
   * @return an array of at least that length, memory of this pass
   */
  public float[] scratch(Object owner, int size) {
    return slot(owner).scratch.array(size);
  }

  /**
   * Returns an object in which a layer keeps what does not fit in arrays, such as the statistics of
   * a batch. It lasts from forward to backward; later runs reuse it.
   *
   * @param <T> the type of the object, always the same for one owner
   * @param owner the layer that needs the object
   * @param first a supplier of the object, called if this pass has none for the owner yet
   * @return the object that the supplier returned, the same on every call for this owner until the
   *     pass releases its memory between runs
   */
  @SuppressWarnings("unchecked") // each owner has one type of state
  public <T> T state(Object owner, Supplier<T> first) {
    Slot slot = slot(owner);
    if (slot.state == null) {
      slot.state = first.get();
    }
    return (T) slot.state;
  }

  /**
   * Returns memory for indices that a layer needs, such as the positions of maxima.
   *
   * @param owner the layer that needs the indices
   * @param size the number of indices, at least 0
   * @return an array of at least that length, memory of this pass
   */
  public int[] indices(Object owner, int size) {
    Slot slot = slot(owner);
    if (slot.indices.length < size) {
      slot.indices = new int[size];
    }
    return slot.indices;
  }

  /**
   * Keeps an array for backward, in place of the one kept before for the same owner. Does nothing
   * unless this pass {@link #keeps}.
   *
   * @param owner the layer or loss whose backward needs the array
   * @param x the array; kept, not copied
   * @throws IllegalStateException if the owner has kept an array in this run of {@link
   *     Network#gradient} already, as a layer does that is computed twice; the message names it
   */
  public void keep(Object owner, NDArray x) {
    keep(owner, owner, x);
  }

  /** Keeps an array for a part of a layer; error messages name the layer. */
  void keep(Object part, Object owner, NDArray x) {
    if (keeps()) {
      Slot slot = slot(part);
      if (watched && slot.kept != null) {
        throw computedTwice(owner);
      }
      slot.kept = x;
    }
  }

  private static IllegalStateException computedTwice(Object owner) {
    return new IllegalStateException(
        (owner instanceof Layer layer ? layer.name() : owner.toString())
            + ": expected to be computed once in a run, got a second time"
            + LayerTree.ADVICE);
  }

  /** Begins a run of a network, in which no layer may be computed twice. */
  void beginRun() {
    watched = true;
  }

  /**
   * Returns the array that a layer kept for backward in this run.
   *
   * @param owner the layer
   * @return the array last passed to {@link #keep} for this layer, not a copy
   * @throws IllegalStateException if the layer kept none, because forward was not called or this is
   *     not a training pass; the message names the layer
   */
  public NDArray kept(Layer owner) {
    return kept(owner, owner.name());
  }

  /**
   * Returns the array that a loss kept for backward in this run.
   *
   * @param owner the loss
   * @return the array last passed to {@link #keep} for this loss, not a copy
   * @throws IllegalStateException if the loss kept none, because forward was not called or this is
   *     not a training pass; the message names the loss
   */
  public NDArray kept(Loss owner) {
    return kept(owner, owner.name());
  }

  /** Returns the array kept for a part of a layer; error messages begin with the name. */
  NDArray kept(Object owner, String name) {
    Slot slot = slots.get(owner);
    if (slot == null || slot.kept == null) {
      throw new IllegalStateException(
          name + ": expected forward with this training pass before backward, got none");
    }
    return slot.kept;
  }

  /**
   * Ends a run: releases the arrays that were kept, and all memory if the last runs were oversized.
   */
  void endRun() {
    watched = false;
    long needed = 0;
    long held = 0;
    for (Slot slot : slots.values()) {
      slot.kept = null;
      for (Buffer buffer : slot.buffers) {
        needed += buffer.needed;
        held += buffer.array.length;
        buffer.needed = 0;
      }
    }
    oversized = held > OVERSIZE * needed + SMALL ? oversized + 1 : 0;
    if (oversized == PATIENCE) {
      slots.clear();
      oversized = 0;
    }
  }

  private Slot slot(Object owner) {
    return slots.computeIfAbsent(owner, key -> new Slot());
  }

  private static final class Slot {
    final Buffer output = new Buffer();
    final Buffer gradient = new Buffer();
    final Buffer scratch = new Buffer();
    final Buffer[] buffers = {output, gradient, scratch};
    int[] indices = new int[0];
    NDArray kept;
    Object state;
  }

  /** Memory that grows to the largest size requested, and the last view of it. */
  private static final class Buffer {
    private float[] array = new float[0];
    private NDArray view;
    private int needed;

    float[] array(int size) {
      needed = Math.max(needed, size);
      if (array.length < size) {
        array = new float[size];
        view = null;
      }
      return array;
    }

    NDArray view(Shape shape) {
      array(shape.size());
      if (view == null || !view.shape().equals(shape)) {
        view = NDArray.wrapFirst(shape, array);
      }
      return view;
    }
  }
}
