package io.github.purenet.cli;

import io.github.purenet.serve.Server;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say where a server listens, and to whom. */
final class ServerOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The port to listen at; 0 for one that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen at, by default one that no other machine reaches"
              + " (${DEFAULT-VALUE}); 0.0.0.0 for all of this machine. There is neither a password"
              + " nor encryption.")
  private String host;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      split = ",",
      description =
          "Names by which others reach this server, besides localhost and --host; requests by other"
              + " names are refused.")
  private final List<String> allowedHosts = new ArrayList<>();

  /** Returns a builder of a server that listens so. */
  Server.Builder builder() {
    return WrongUse.unless(() -> Server.builder().host(host).port(port).allowHosts(allowedHosts));
  }
}
