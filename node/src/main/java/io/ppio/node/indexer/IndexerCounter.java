package io.ppio.node.indexer;

import io.ppio.env.Counter;

/// What an operator sees of an indexer.
public enum IndexerCounter implements Counter {
  BEACON_EPOCH("epoch", "newest final one it knows now"),
  MINERS("miners", "whose offer is current now"),
  WAITING("copies", "matched and not yet proven now"),
  CHANNELS_COVER("contracts", "of channels open now, each channel counted"),
  PREPAID_RETURNED("contracts", "ended unproven: their price would go back to the user"),
  SERVICE_TO_MINER("contracts", "ended unproven and sealed: the miner would get the service fee"),
  SERVICE_TO_USER("contracts", "ended before they were sealed: the service fee would go back"),
  SETTLED("contracts", "ended after their proof: to be settled by a ledger");

  private final String unit;
  private final String meaning;

  IndexerCounter(String unit, String meaning) {
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
