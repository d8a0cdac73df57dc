package io.ppio.node.indexer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Log;

/// Events of the indexer.
final class IndexerLog {
  private final Log log;

  IndexerLog(Log log) {
    this.log = log;
  }

  void matched(Hash segment, int copies, String shortfall) {
    log.info("segment-matched", "segment", segment, "copies", copies, "shortfall", shortfall);
  }

  void rematched(Hash contract, PeerId miner) {
    log.warn("copy-matched-again", "contract", contract, "unreachable", miner);
  }

  void acknowledged(Hash contract, String what) {
    log.info("copy-acknowledged", "contract", contract, "ack", what);
  }

  void activated(Hash contract, PeerId miner) {
    log.info("copy-proven", "contract", contract, "miner", miner);
  }

  void ended(Hash contract) {
    log.info("contract-ended", "contract", contract);
  }

  void reported(Hash contract, String trouble, PeerId by, boolean counts) {
    log.warn("copy-reported", "contract", contract, "trouble", trouble, "by", by, "counts", counts);
  }

  void unproven(Hash contract) {
    log.warn("copy-never-proven", "contract", contract);
  }

  void provingTakesLonger(Hash contract) {
    log.warn("copy-not-proven-yet", "contract", contract, "kept", "nothing replaces it");
  }

  void expired(Hash contract) {
    log.info("contract-expired", "contract", contract);
  }

  void answersAgain(Hash contract, PeerId miner) {
    log.info("copy-counts-again", "contract", contract, "miner", miner);
  }

  void copying(Hash contract, PeerId taker, PeerId giver) {
    log.info("copy-ordered", "contract", contract, "taker", taker, "giver", giver);
  }

  void copyFailed(Hash contract, PeerId taker, String reason) {
    log.debug("copy-not-taken", "contract", contract, "taker", taker, "reason", reason);
  }
}
