package io.github.purenet.serve;

import io.github.purenet.json.JsonWriter;
import io.github.purenet.nn.Network;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.History;
import io.github.purenet.train.Listener;
import io.github.purenet.train.Step;
import io.github.purenet.train.Training;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A training as it runs, for the browsers that look at it: a listener of the training, which any
 * number of streams of events read. Whoever comes late gets what has been so far.
 *
 * <p>The events, each with a JSON object: {@code state}, once, with the history; {@code step},
 * several times a second, with the losses since the last one; {@code epoch}; and {@code end}, the
 * last one. The streams ask this object from time to time, so that training never waits for them.
 */
public final class TrainingFeed implements Listener {
  private static final Duration INTERVAL = Duration.ofMillis(250);

  /** After so many intervals without news, a stream makes sure that its client is still there. */
  private static final int SILENCE = 20;

  private final LossCurve losses = new LossCurve();
  private final List<Map<String, Object>> epochs = new ArrayList<>();
  private Training training;
  private volatile Network snapshot;
  private int epoch = 1;
  private int step;
  private long stepsDone;
  private long samples;
  private long start;
  private double seconds;
  private Map<String, Object> end;

  /**
   * Creates the feed of a training that has not started yet.
   *
   * @param network the network that is to be trained
   */
  public TrainingFeed(Network network) {
    snapshot = Copies.copy(network);
  }

  @Override
  public void trainingStarted(Training run) {
    snapshot = Copies.copy(run.network());
    synchronized (this) {
      training = run;
      for (double loss : run.history().trainLosses()) {
        losses.add(loss);
      }
      run.history().epochs().forEach(done -> epochs.add(document(done)));
      epoch = Math.min(epochs.size() + 1, run.epochs());
      start = System.nanoTime();
    }
  }

  @Override
  public synchronized void stepEnded(Step done) {
    losses.add(done.loss());
    epoch = done.epoch();
    step = done.number();
    stepsDone++;
    samples += done.samples();
    seconds = (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void epochEnded(Epoch done) {
    snapshot = Copies.copy(training.network());
    synchronized (this) {
      epochs.add(document(done));
    }
  }

  /** Leaves the end to {@link #end}, since something may have to be saved before. */
  @Override
  public void trainingEnded(History history) {
    snapshot = Copies.copy(training.network());
  }

  /**
   * Tells that the training has ended and its network is saved. Only the first call counts.
   *
   * @param ending how, for example {@code complete}
   * @param testMetric the metric of the test samples; NaN for none
   * @param saved the name of the file of the network; empty for none
   */
  public synchronized void end(String ending, double testMetric, String saved) {
    if (end == null) {
      end = new LinkedHashMap<>();
      end.put("ending", ending.toLowerCase(Locale.ROOT));
      end.put("testMetric", number(testMetric));
      end.put("saved", saved);
    }
  }

  /**
   * Returns the network as it was after the last epoch, which nobody changes.
   *
   * @return a copy of the network that is trained
   */
  public Network network() {
    return snapshot;
  }

  /** Ends the training after the step at hand. */
  Response stop(Request request) {
    synchronized (this) {
      if (training == null || end != null) {
        throw new Problem(409, "training: expected one that runs, got none");
      }
      training.stop();
    }
    return Response.json(Map.of("stopping", true));
  }

  /** Answers with the events. */
  Response events(Request request) {
    return Response.events(this::write);
  }

  private void write(EventStream stream) throws IOException, InterruptedException {
    while (!hasStarted()) {
      if (!stream.await(INTERVAL)) {
        return;
      }
    }
    Position position = new Position();
    int silence = 0;
    boolean open = true;
    while (true) {
      List<Event> news = news(position);
      for (Event event : news) {
        stream.send(event.name, JsonWriter.write(event.data));
        if (event.name.equals("end")) {
          return;
        }
      }
      silence = news.isEmpty() ? silence + 1 : 0;
      if (silence == SILENCE) {
        stream.ping();
        silence = 0;
      }
      if (!open) {
        return;
      }
      open = stream.await(INTERVAL); // if the server ends, there may be a last event
    }
  }

  private synchronized boolean hasStarted() {
    return training != null;
  }

  private record Event(String name, Map<String, Object> data) {}

  /** How much a stream has sent. */
  private static final class Position {
    private boolean begun;
    private int every;
    private int losses;
    private long steps;
    private int epochs;
  }

  /** Returns the events since a position, which then is at the end. */
  private synchronized List<Event> news(Position position) {
    List<Event> news = new ArrayList<>();
    if (!position.begun) {
      news.add(new Event("state", soFar()));
    } else {
      if (position.steps < stepsDone) {
        int from = position.every == losses.every() ? position.losses : 0;
        news.add(new Event("step", pace(from)));
      }
      epochs.subList(position.epochs, epochs.size()).forEach(e -> news.add(new Event("epoch", e)));
    }
    if (end != null) {
      news.add(new Event("end", end));
    }
    position.begun = true;
    position.every = losses.every();
    position.losses = losses.count();
    position.steps = stepsDone;
    position.epochs = epochs.size();
    return news;
  }

  private Map<String, Object> soFar() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("epochs", training.epochs());
    state.put("steps", training.steps());
    state.put("metric", training.metric().name());
    state.put("history", List.copyOf(epochs));
    state.putAll(pace(0));
    return state;
  }

  private Map<String, Object> pace(int from) {
    long all = (long) training.epochs() * training.steps();
    long left = all - ((epoch - 1L) * training.steps() + step);
    Map<String, Object> pace = new LinkedHashMap<>();
    pace.put("epoch", epoch);
    pace.put("step", step);
    pace.put("secondsLeft", stepsDone == 0 ? null : number(left * seconds / stepsDone));
    pace.put("samplesPerSecond", stepsDone == 0 ? null : number(samples / seconds));
    pace.put("loss", Map.of("every", losses.every(), "from", from, "values", losses.from(from)));
    return pace;
  }

  private static Map<String, Object> document(Epoch done) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("epoch", done.number());
    document.put("loss", number(done.loss()));
    document.put("train", number(done.trainMetric()));
    document.put("test", number(done.testMetric()));
    document.put("learningRate", number(done.learningRate()));
    document.put("seconds", number(done.seconds()));
    return document;
  }

  /** Returns a number for JSON, which has neither NaN nor infinities: they become null. */
  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
