package io.ppio.node.user.account;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Log;
import io.ppio.incentive.indexing.IndexRequest;
import java.time.Duration;

/// Events of the user role. No keys of objects, no share codes.
public final class UserLog {
  private final Log log;

  public UserLog(Log log) {
    this.log = log;
  }

  public void objectAccepted(Bytes object, long length, int copies) {
    log.info("object-accepted", "object", object, "bytes", length, "copies", copies);
  }

  public void segmentStaged(Bytes object, int segment, int copies) {
    log.debug("segment-staged", "object", object, "segment", segment, "copies", copies);
  }

  public void objectStaged(Bytes object, Duration took) {
    log.info("object-staged", "object", object, "ms", took.toMillis());
  }

  public void uploadFailed(Hash contract, PeerId miner, String reason) {
    log.warn("upload-failed", "contract", contract, "miner", miner, "reason", reason);
  }

  public void copiesMissing(Bytes object, int segment, String shortfall) {
    log.warn("copies-missing", "object", object, "segment", segment, "reason", shortfall);
  }

  public void matchRefused(Bytes object, int segment, String reason) {
    log.warn("match-refused", "object", object, "segment", segment, "reason", reason);
  }

  public void indexerFailed(IndexRequest request, PeerId indexer, String reason) {
    log.debug(
        "indexer-failed",
        "request",
        request.getClass().getSimpleName(),
        "indexer",
        indexer,
        "reason",
        reason);
  }

  public void recordRefused(PeerId miner, String reason) {
    log.debug("peer-record-refused", "miner", miner, "reason", reason);
  }

  public void reportLost(Hash contract, String reason) {
    log.warn("report-lost", "contract", contract, "reason", reason);
  }

  public void laneFailed(Hash contract, PeerId miner, int segment, String reason) {
    log.warn(
        "lane-failed", "contract", contract, "miner", miner, "segment", segment, "reason", reason);
  }

  public void laneDirect(PeerId miner, String reason) {
    log.warn("lane-direct", "miner", miner, "reason", reason);
  }

  public void segmentFetched(Bytes object, int segment, PeerId miner) {
    log.debug("segment-fetched", "object", object, "segment", segment, "miner", miner);
  }

  public void objectFetched(Bytes object, Duration took) {
    log.info("object-fetched", "object", object, "ms", took.toMillis());
  }

  public void objectDeleted(Bytes object, int contracts) {
    log.info("object-deleted", "object", object, "contracts", contracts);
  }

  public void receiptLost(PeerId miner, String reason) {
    log.debug("receipt-lost", "miner", miner, "reason", reason);
  }

  public void statesNotRefreshed(String bucket, String reason) {
    log.debug("states-not-refreshed", "bucket", bucket, "reason", reason);
  }
}
