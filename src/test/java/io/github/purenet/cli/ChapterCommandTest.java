package io.github.purenet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChapterCommandTest {
  @Test
  void what_cannot_be_is_said_before_the_training(@TempDir Path directory) throws IOException {
    Run.isWrong("purenet chapter: Missing required option: '--out=DIR'", "chapter");
    Run.isWrong(
        "purenet chapter: chapter: expected at least one epoch of each network, got 20 and 0",
        "chapter",
        "--out",
        directory,
        "--deep-epochs",
        0);
    Path file = Files.writeString(directory.resolve("file"), "kept");
    Run.fails(
        "purenet chapter: " + file + ": expected a directory for the chapter, got a file",
        "chapter",
        "--out",
        file);
  }
}
