package io.github.purenet.kernel;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes daemon threads that have nothing of the thread that makes them: neither its priority, its
 * group, its context class loader, its inheritable thread-locals nor its access control context. A
 * server's application can then be unloaded while they live.
 */
final class Daemon {

  private Daemon() {}

  /** Returns a new thread, which has not been started. */
  @SuppressWarnings("removal") // used on JDKs that have it
  static Thread create(Runnable task, String name) {
    if (Runtime.version().feature() < 24) {
      // There a thread holds the class loader of every class on its maker's stack, which ends here.
      return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> bare(task, name));
    }
    return bare(task, name);
  }

  @SuppressWarnings("ThreadPriorityCheck") // makes it that of any other thread
  private static Thread bare(Runnable task, String name) {
    Thread thread = new Thread(root(), task, name, 0, false);
    thread.setDaemon(true);
    thread.setPriority(Thread.NORM_PRIORITY);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }

  /** Returns the group of the JVM's own threads; others are an application's or end with one. */
  private static ThreadGroup root() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
