package io.ppio.consensus.chain;

import io.ppio.crypto.canonical.MalformedMessage;
import java.util.Locale;

/// What a network is for; some rules hold on some classes only.
public enum NetworkClass {
  /// The public network, with coins of value.
  MAIN(1),
  /// A public network for trials.
  TEST(2),
  /// A network on one machine or in one laboratory.
  DEV(3);

  private final int code;

  NetworkClass(int code) {
    this.code = code;
  }

  /// The number in the genesis.
  public int code() {
    return code;
  }

  /// The name in JSON, lower case.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static NetworkClass ofText(String text) throws MalformedMessage {
    for (NetworkClass candidate : values()) {
      if (candidate.text().equals(text)) {
        return candidate;
      }
    }
    throw new MalformedMessage("network_class must be main, test or dev");
  }
}
