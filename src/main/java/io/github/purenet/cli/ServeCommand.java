package io.github.purenet.cli;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.nn.Network;
import io.github.purenet.serve.NetworkApi;
import io.github.purenet.serve.PageApi;
import io.github.purenet.serve.Route;
import io.github.purenet.serve.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code purenet serve}, which shows a network as a page and answers over HTTP. */
@Command(
    name = "serve",
    description = {
      "Serves a page that shows what a network sees, and an HTTP API, until it is ended, as by"
          + " Ctrl-C.",
      "It listens to this machine alone unless --host says otherwise, and whatever it is asked,"
          + " nothing is written. Requests must name it by localhost, its address or one of"
          + " --allow-host, and those of a browser must come from its own page."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  purenet serve --model digits.safetensors",
      "  purenet serve --model digits.safetensors --port 8080",
      "  purenet serve --model clothes.safetensors --data fashion",
      "  purenet serve -m photos.safetensors --host 0.0.0.0 --allow-host lab.example",
      ""
    })
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      required = true,
      description = "The file of a trained network.")
  private Path model;

  @Mixin private DataOptions data;
  @Mixin private ServerOptions options;
  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    Network network = Network.load(model);
    List<Route> routes = new ArrayList<>(new NetworkApi(() -> network).routes());
    routes.addAll(new PageApi(() -> network, samples(network), null).routes());
    try (Server server = options.builder().routes(routes).start()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("url", server.uri().toString());
      document.put("model", model.toString());
      output.result(server.uri().toString(), document);
      output.note("Ctrl-C ends it");
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      server.await();
    }
    return Main.DONE;
  }

  /** Returns the images to choose from on the page, or null for none. */
  private Dataset samples(Network network) throws IOException {
    if (data.isGiven()) {
      return data.load(output, network.inputShape(), false).sized(network).test();
    }
    try {
      return ImageData.ofDigits(Mnist.sample()).sized(network).test();
    } catch (IllegalArgumentException e) { // it reads something else
      return null;
    }
  }
}
