package io.ppio.node.verifier;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Log;
import io.ppio.incentive.channel.VoucherFault;
import io.ppio.incentive.contract.Finding;

/// Events of a verifier; none names a secret or a key of a lane.
final class VerifierLog {
  private final Log log;

  VerifierLog(Log log) {
    this.log = log;
  }

  void beaconStopped(String reason) {
    log.error("beacon-stopped", "reason", reason);
  }

  void verifierUnreachable(PeerId peer, String reason) {
    log.debug("verifier-unreachable", "peer", peer, "reason", reason);
  }

  void verifierAnsweredWrongly(PeerId peer, String reason) {
    log.warn("verifier-answered-wrongly", "peer", peer, "reason", reason);
  }

  void commitmentRecorded(Hash contract, PeerId miner, long height) {
    log.info("commitment-recorded", "contract", contract, "miner", miner, "height", height);
  }

  void commitmentRefused(PeerId miner, String reason) {
    log.warn("commitment-refused", "miner", miner, "reason", reason);
  }

  void findingSigned(Hash contract, PeerId miner, long height, Finding.Result result) {
    log.info(
        "finding-signed", "contract", contract, "miner", miner, "height", height, "result", result);
  }

  void proofWrong(Hash contract, PeerId miner, int check, String reason) {
    log.warn("proof-wrong", "contract", contract, "miner", miner, "check", check, "reason", reason);
  }

  void proofRefused(PeerId miner, String reason) {
    log.warn("proof-refused", "miner", miner, "reason", reason);
  }

  void laneConfirmed(Hash lane, PeerId miner, int windows) {
    log.info("lane-confirmed", "lane", lane, "miner", miner, "windows", windows);
  }

  void laneRefused(Hash lane, PeerId miner, String reason) {
    log.warn("lane-refused", "lane", lane, "miner", miner, "reason", reason);
  }

  void spotCheckUnanswered(Hash lane, PeerId miner, String reason) {
    log.debug("spot-check-unanswered", "lane", lane, "miner", miner, "reason", reason);
  }

  void reportNotTaken(Hash lane, PeerId indexer, String reason) {
    log.debug("report-not-taken", "lane", lane, "indexer", indexer, "reason", reason);
  }

  void offerNotDelivered(Hash lane, PeerId reader, String reason) {
    log.debug("offer-not-delivered", "lane", lane, "reader", reader, "reason", reason);
  }

  void voucherNotCopied(Hash lane, PeerId miner, String reason) {
    log.debug("voucher-not-copied", "lane", lane, "miner", miner, "reason", reason);
  }

  void voucherRefused(Hash lane, PeerId reader, VoucherFault fault) {
    log.warn("voucher-refused", "lane", lane, "reader", reader, "fault", fault);
  }

  void keyRevealed(Hash lane, int window) {
    log.debug("key-revealed", "lane", lane, "window", window);
  }

  void expiredRemoved(int channels, int contracts) {
    log.info("expired-removed", "channels", channels, "contracts", contracts);
  }
}
