package io.ppio.node.miner;

import io.ppio.env.Counter;

/// What an operator sees of a miner.
public enum MinerCounter implements Counter {
  BEACON_EPOCH("epoch", "newest final one it knows now"),
  FREE_TILES("tiles", "it could take now"),
  CONTRACTS("copies", "it holds now"),
  UNPROVEN("copies", "whose first proof is outstanding now"),
  CHANNELS("channels", "of readers open now"),
  PLOT_BYTES("bytes", "of its capacity that the plot has now"),
  STAGING_BYTES("bytes", "of its capacity that staged copies have now"),
  METADATA_BYTES("bytes", "of its capacity set aside now for the plot's records"),
  DISK_READS("operations", "that read tiles of the plot"),
  DISK_WRITES("operations", "that wrote tiles of the plot"),
  DISK_FORCES("operations", "that forced the plot to its disk"),
  DISK_FORCE_MICROS("µs", "that forcing the plot takes now, averaged over about 16 times"),
  DISK_ERRORS("operations", "that the plot's disk failed; at 16 nothing more is taken"),
  PIECES_RECEIVED("pieces", "taken from users and other miners"),
  PIECES_SERVED("pieces", "sent to readers and other miners"),
  SEGMENTS_STAGED("copies", "durable in staging and acknowledged"),
  SEGMENTS_SEALED("copies", "sealed into the plot"),
  SEGMENTS_PROVEN("copies", "with a first certificate"),
  VOUCHERS("vouchers", "promises of payment taken"),
  REDEEMABLE("lanes", "that ended with a voucher to redeem");

  private final String unit;
  private final String meaning;

  MinerCounter(String unit, String meaning) {
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
