package io.github.purenet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PureNetTest {

  @Test
  void tells_its_version_and_how_it_computes() {
    assertThat(PureNet.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    assertThat(PureNet.backend()).isEqualTo(System.getProperty("purenet.test.backend"));
    assertThat(PureNet.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }
}
