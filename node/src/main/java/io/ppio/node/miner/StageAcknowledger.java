package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.staging.StageResult;
import io.ppio.data.staging.Upload;
import io.ppio.env.Counters;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Match;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// Turns a complete upload into a staged copy: synced bytes first, then the synced record, then the
/// acknowledgement.
///
/// Safe for concurrent use; of two that finish one copy at once, both get the acknowledgement of
/// the first.
final class StageAcknowledger {
  private final NodeHost host;
  private final CopyStore copies;
  private final BeaconFollower beacon;
  private final Consumer<Hash> unfinished;
  private final Counters<MinerCounter> counters;
  private final MinerLog log;

  /// @param unfinished told each copy whose sealing and proof are to be done
  StageAcknowledger(
      NodeHost host,
      CopyStore copies,
      BeaconFollower beacon,
      Consumer<Hash> unfinished,
      Counters<MinerCounter> counters) {
    this.host = host;
    this.copies = copies;
    this.beacon = beacon;
    this.unfinished = unfinished;
    this.counters = counters;
    this.log = new MinerLog(host.env().log());
  }

  /// Makes `upload` durable and records the copy.
  ///
  /// @param from who sent it, for the log
  /// @throws Refused when pieces are missing or the bytes are others than contracted
  CopyRecord stage(SignedStatement<Match> match, Upload upload, String from)
      throws IOException, InterruptedException, Refused {
    Hash contract = match.body().contractId();
    Optional<CopyRecord> known = copies.find(contract);
    if (known.isPresent()) {
      return known.get();
    }
    Hash root = match.body().order().content().plainRoot();
    switch (upload.stage(root)) {
      case StageResult.Staged _ -> {}
      case StageResult.Incomplete(int tiles) ->
          throw new Refused(Status.UNAVAILABLE, tiles + " pieces are missing");
      case StageResult.OtherRoot _ -> {
        upload.remove();
        throw new Refused(Status.CORRUPT, "the pieces are not those of the contract");
      }
    }
    Ack.Staged ack =
        new Ack.Staged(
            host.chainId(),
            contract,
            match.body().order().content().segment(),
            root,
            beacon.tip().epoch());
    SignedStatement<Ack.Staged> signed = Statement.sign(ack, host.identity().privateKey());
    CopyRecord record = copies.add(CopyRecord.staged(match, upload.roots(), signed));
    counters.count(MinerCounter.SEGMENTS_STAGED);
    log.staged(contract, record.tiles(), from);
    unfinished.accept(contract);
    return record;
  }
}
