package io.ppio.node.bootstrap;

import io.ppio.env.Counter;

/// What an operator sees of a bootstrap node.
public enum BootstrapCounter implements Counter {
  KNOWN_INDEXER("nodes", "indexers in its directory now"),
  KNOWN_VERIFIER("nodes", "verifiers in its directory now");

  private final String unit;
  private final String meaning;

  BootstrapCounter(String unit, String meaning) {
    this.unit = unit;
    this.meaning = meaning;
  }

  @Override
  public String unit() {
    return unit;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
