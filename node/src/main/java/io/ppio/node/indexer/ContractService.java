package io.ppio.node.indexer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.ContractState.Event;
import io.ppio.incentive.contract.Termination;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexAnswer.Evidence;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import io.ppio.node.indexer.ContractEntry.Change;
import java.io.IOException;
import java.util.Optional;

/// ACK, ACTIVATE, TERMINATE and REPORT: what miners, users and readers say about contracts.
/// Stateless.
final class ContractService {
  private final NodeHost host;
  private final ContractStore contracts;
  private final OpenChannels channels;
  private final ActivationCheck activation;
  private final Replicator copies;
  private final IndexerLog log;

  ContractService(
      NodeHost host,
      ContractStore contracts,
      OpenChannels channels,
      ActivationCheck activation,
      Replicator copies) {
    this.host = host;
    this.contracts = contracts;
    this.channels = channels;
    this.activation = activation;
    this.copies = copies;
    this.log = new IndexerLog(host.env().log());
  }

  IndexAnswer acknowledge(IndexRequest.Acknowledge request) throws IOException, Refused {
    SignedStatement<? extends Ack> ack = request.ack();
    Ack body = ack.body();
    ContractEntry known = known(body.contract());
    boolean staged = body instanceof Ack.Staged;
    boolean fits =
        body.chainId().equals(host.chainId())
            && body.segment().equals(known.content().segment())
            && (!staged || body.root().equals(known.content().plainRoot()));
    Refused.unless(fits, Status.CONTRACT_INVALID, "acknowledgement of another copy");
    Refused.unless(
        ack.isBy(known.match().body().miner()),
        Status.UNAUTHENTICATED,
        "acknowledgement by another miner");
    contracts.update(
        known.id(),
        entry ->
            Change.to(
                entry.showing(new Evidence.Acked(ack), staged ? entry.sealedRoot() : body.root())));
    log.acknowledged(known.id(), body.statement());
    if (staged) {
      copies.staged(body.segment());
    }
    return new IndexAnswer.Done();
  }

  IndexAnswer activate(IndexRequest.Activate request) throws IOException, Refused {
    ContractEntry known = known(request.contract());
    Optional<String> fault = activation.fault(known.match().body(), request.certificate());
    Refused.unless(fault.isEmpty(), Status.CONTRACT_INVALID, fault.orElse(""));
    Optional<ContractEntry> proven =
        contracts.update(
            known.id(),
            entry ->
                entry
                    .showing(new Evidence.Certified(request.certificate()), request.sealedRoot())
                    .on(new Event.Activated()));
    if (proven.isPresent()) {
      contracts.filled(proven.get());
    }
    log.activated(known.id(), known.miner());
    return new IndexAnswer.Done();
  }

  IndexAnswer terminate(IndexRequest.Terminate request) throws IOException, Refused {
    SignedStatement<Termination> termination = request.termination();
    Refused.unless(
        termination.body().chainId().equals(host.chainId()),
        Status.CONTRACT_INVALID,
        "termination in another network");
    for (Hash id : termination.body().contracts()) {
      Optional<ContractEntry> known = contracts.contract(id);
      if (known.isPresent()) {
        Refused.unless(
            termination.isBy(known.get().order().user()),
            Status.UNAUTHENTICATED,
            "only its user may end a contract");
        contracts.update(id, entry -> entry.on(new Event.EndedByUser(entry.sealed())));
        log.ended(id);
      }
    }
    return new IndexAnswer.Done();
  }

  /// A miner reports about itself, the reader of an open channel about what it reads, anyone about
  /// a copy that nobody acknowledged; what others say changes nothing.
  ///
  /// @param by who reports
  IndexAnswer report(PeerId by, IndexRequest.Report report) throws IOException, Refused {
    ContractEntry known = known(report.contract());
    boolean self = known.miner().equals(by);
    boolean reader = channels.mayReport(by, report.contract());
    boolean unanswered = known.unacknowledged();
    log.reported(report.contract(), report.trouble().name(), by, self || reader || unanswered);
    if (self) {
      contracts.update(report.contract(), entry -> entry.on(new Event.Lost()));
    } else if (unanswered) {
      // Without effect by itself: the copy is matched again only when its user orders again.
      contracts.update(
          report.contract(),
          entry -> Change.to(entry.unacknowledged() ? entry.doubted(true) : entry));
    } else if (reader) {
      long now = host.env().clock().wallMillis() / 1000;
      contracts.update(report.contract(), entry -> missed(entry, report.trouble(), now));
    }
    return new IndexAnswer.Done();
  }

  /// Several readers of the same copy miss it once: a second event would mean a second period.
  private static Change missed(ContractEntry entry, Trouble trouble, long nowSeconds) {
    return switch (entry.state()) {
      case AVAILABLE -> entry.troubled(trouble, nowSeconds).on(new Event.Missed());
      case SUSPECT -> Change.to(entry.troubled(trouble, nowSeconds));
      default -> Change.to(entry);
    };
  }

  private ContractEntry known(Hash contract) throws IOException, Refused {
    return contracts
        .contract(contract)
        .orElseThrow(
            () -> new Refused(Status.NOT_FOUND, "this account has not put this chunk yet"));
  }
}
