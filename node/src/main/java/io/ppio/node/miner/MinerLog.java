package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Log;

/// Events of the miner.
final class MinerLog {
  private final Log log;

  MinerLog(Log log) {
    this.log = log;
  }

  void opened(int tiles, int data, int orphans) {
    log.info("plot-opened", "tiles", tiles, "data", data, "orphans", orphans);
  }

  void staged(Hash contract, int tiles, String from) {
    log.info("copy-staged", "contract", contract, "tiles", tiles, "from", from);
  }

  void sealed(Hash contract, Hash rid, long millis) {
    log.info("copy-sealed", "contract", contract, "rid", rid, "ms", millis);
  }

  void sealedAgain(Hash contract, Hash rid) {
    log.warn("copy-sealed-again", "contract", contract, "rid", rid);
  }

  void proven(Hash contract) {
    log.info("copy-proven", "contract", contract);
  }

  void stepFailed(Hash contract, String step, String reason) {
    log.debug("contract-step-failed", "contract", contract, "step", step, "reason", reason);
  }

  void stepBroken(Hash contract, String step, Exception reason) {
    log.error("contract-step-broken", "contract", contract, "step", step, "reason", reason);
  }

  void plotFailed(String reason) {
    log.error("plot-takes-no-changes", "reason", reason);
  }

  void stagingFailed(String reason) {
    log.error("staging-failed", "reason", reason);
  }

  void proofRefused(Hash contract, PeerId verifier, String reason) {
    log.warn("proof-refused", "contract", contract, "verifier", verifier, "reason", reason);
  }

  void corrupt(Hash contract, int tile) {
    log.error("tile-corrupt", "contract", contract, "tile", tile);
  }

  void dropped(Hash contract) {
    log.info("copy-dropped", "contract", contract);
  }

  void copyFailed(Hash contract, PeerId giver, String reason) {
    log.warn("copy-not-fetched", "contract", contract, "giver", giver, "reason", reason);
  }

  void eventFailed(PeerId indexer, String reason) {
    log.error("event-failed", "indexer", indexer, "reason", reason);
  }

  void indexerUnreachable(PeerId indexer, String what, String reason) {
    log.debug("indexer-unreachable", "indexer", indexer, "what", what, "reason", reason);
  }

  void laneOpened(Hash lane, int pieces, boolean direct) {
    log.info("lane-opened", "lane", lane, "pieces", pieces, "direct", direct);
  }

  void laneMessageFailed(Hash lane, String what, String reason) {
    log.debug("lane-message-failed", "lane", lane, "what", what, "reason", reason);
  }

  void laneRedeemable(Hash lane, long vouchers) {
    log.info("lane-redeemable", "lane", lane, "vouchers", vouchers);
  }

  void voucherRefused(Hash lane, String fault) {
    log.warn("voucher-refused", "lane", lane, "fault", fault);
  }
}
