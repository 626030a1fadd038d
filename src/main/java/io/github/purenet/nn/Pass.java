package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.IdentityHashMap;
import java.util.function.Supplier;

/**
 * Everything that one journey through layers leaves behind: outputs, gradients, and what backward
 * needs of forward. The next journey with the same pass reuses the memory.
 *
 * <p>A pass is for one thread at a time; a layer or network serves as many passes as there are.
 * Buffers are told apart by their owner, the layer (or loss) that asks for them, so that a layer
 * stands once in a network.
 */
public final class Pass {
  /** Journeys in a row after which memory that they did not need is let go. */
  private static final int PATIENCE = 8;

  /** What is held in vain: more than so many times what is needed, and 1 MiB of floats. */
  private static final int OVERSIZE = 4;

  private static final int SMALL = 1 << 18;

  private final boolean training;
  private final IdentityHashMap<Object, Slot> slots = new IdentityHashMap<>();
  private int oversized;
  private long step;

  private Pass(boolean training) {
    this.training = training;
  }

  /**
   * A pass that keeps what backward needs.
   *
   * @return a new pass
   */
  public static Pass training() {
    return new Pass(true);
  }

  /**
   * A pass for forward only.
   *
   * @return a new pass
   */
  public static Pass inference() {
    return new Pass(false);
  }

  /**
   * Whether backward will follow.
   *
   * @return true for a training pass
   */
  public boolean isTraining() {
    return training;
  }

  /**
   * The number of this journey. What is drawn at random in training, such as the mask of a dropout,
   * is a function of the layer's seed and this number, whatever thread computes it.
   *
   * @return 0 unless set
   */
  public long step() {
    return step;
  }

  /**
   * Sets the number of the journey that begins.
   *
   * @param number another one for each training step
   */
  public void step(long number) {
    step = number;
  }

  /**
   * The owner's output buffer.
   *
   * @param owner who asks
   * @param shape wanted shape
   * @return a view on the pass's memory with arbitrary content; the owner's next call returns the
   *     same memory
   */
  public NDArray output(Object owner, Shape shape) {
    return slot(owner).output.view(shape);
  }

  /**
   * The owner's buffer for the gradient of its input.
   *
   * @param owner who asks
   * @param shape wanted shape
   * @return a view on the pass's memory with arbitrary content; the owner's next call returns the
   *     same memory
   */
  public NDArray gradient(Object owner, Shape shape) {
    return slot(owner).gradient.view(shape);
  }

  /**
   * The owner's working memory.
   *
   * @param owner who asks
   * @param size wanted count of numbers
   * @return an array of at least that size with arbitrary content; the owner's next call may return
   *     the same array
   */
  public float[] scratch(Object owner, int size) {
    return slot(owner).scratch.array(size);
  }

  /**
   * Returns what the owner keeps in a form of its own from one call to the next, such as the
   * statistics of a batch.
   *
   * @param <T> its type, always the same for one owner
   * @param owner who asks
   * @param first makes it, on the first call
   * @return what {@code first} has made; the owner's next call returns the same
   */
  @SuppressWarnings("unchecked") // an owner asks for one type
  public <T> T state(Object owner, Supplier<T> first) {
    Slot slot = slot(owner);
    if (slot.state == null) {
      slot.state = first.get();
    }
    return (T) slot.state;
  }

  /**
   * The owner's indices, such as the places of maxima.
   *
   * @param owner who asks
   * @param size wanted count
   * @return an array of at least that size; content stays from one call to the next with no larger
   *     size
   */
  public int[] indices(Object owner, int size) {
    Slot slot = slot(owner);
    if (slot.indices.length < size) {
      slot.indices = new int[size];
    }
    return slot.indices;
  }

  /**
   * Keeps an array for backward. Does nothing in inference.
   *
   * @param owner who will need it
   * @param x what it will need; kept, not copied
   */
  public void keep(Object owner, NDArray x) {
    if (training) {
      slot(owner).kept = x;
    }
  }

  /**
   * Returns what a layer kept.
   *
   * @param owner the layer that kept it
   * @return the array that was kept
   * @throws IllegalStateException if nothing was kept, naming the layer
   */
  public NDArray kept(Layer owner) {
    return kept(owner, owner.name());
  }

  /**
   * Returns what a loss kept.
   *
   * @param owner the loss that kept it
   * @return the array that was kept
   * @throws IllegalStateException if nothing was kept, naming the loss
   */
  public NDArray kept(Loss owner) {
    return kept(owner, owner.name());
  }

  /** Returns what a part of the named layer kept. */
  NDArray kept(Object owner, String name) {
    Slot slot = slots.get(owner);
    if (slot == null || slot.kept == null) {
      throw new IllegalStateException(
          name + ": expected forward with this training pass before backward, got none");
    }
    return slot.kept;
  }

  /** Lets go of what was kept, and of the memory if the last journeys needed only a small part. */
  void endJourney() {
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
    Slot slot = slots.get(owner);
    if (slot == null) {
      slot = new Slot();
      slots.put(owner, slot);
    }
    return slot;
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

  /** Memory that grows to the largest size asked for, and the last view on it. */
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
