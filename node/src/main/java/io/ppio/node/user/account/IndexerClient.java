package io.ppio.node.user.account;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Backoff;
import io.ppio.env.Bytes;
import io.ppio.env.Deadline;
import io.ppio.incentive.contract.Termination;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.ItemStream;
import io.ppio.network.transport.Reply;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks the indexers that genesis names, whichever answers.
///
/// Every request may be repeated (network specification 1.10), so one that was lost is sent again,
/// to the next indexer. Safe for concurrent use.
public final class IndexerClient {
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

  private final NodeHost host;
  private final OwnerKeys owner;
  private final Duration patience;
  private final UserLog log;
  private volatile int preferred;

  /// @param owner signs what has to be signed
  /// @param patience how long indexers may be silent
  public IndexerClient(NodeHost host, OwnerKeys owner, Duration patience) {
    this.host = host;
    this.owner = owner;
    this.patience = patience;
    this.log = new UserLog(host.env().log());
  }

  /// The same with another patience.
  public IndexerClient within(Duration other) {
    IndexerClient client = new IndexerClient(host, owner, other);
    client.preferred = preferred;
    return client;
  }

  /// The contact of a miner, by the record that an indexer sent along where that is its own.
  ///
  /// @param record an encoded signed record, or nothing
  public Contact miner(PublicKey miner, Bytes record) {
    try {
      if (!record.isEmpty()) {
        PeerRecord decoded = PeerRecord.decode(record);
        if (decoded.peerId().equals(miner.peerId())
            && decoded.isSigned(host.genesis().networkId())) {
          host.peers().addressBook().learn(decoded);
        }
      }
    } catch (MalformedMessage e) {
      log.recordRefused(miner.peerId(), String.valueOf(e.getMessage()));
    }
    return host.directory().contact(miner.peerId());
  }

  /// Orders copies: one answer a segment.
  public List<IndexAnswer.Matched> order(IndexRequest.Order order)
      throws UserFailure, InterruptedException {
    return ask(order, to -> items(to, order, order.orders().size(), IndexAnswer.Matched.class));
  }

  /// Where segments are: one answer a segment.
  public List<IndexAnswer.Located> locate(List<Hash> segments)
      throws UserFailure, InterruptedException {
    IndexRequest.Locate locate = new IndexRequest.Locate(segments);
    return ask(locate, to -> items(to, locate, segments.size(), IndexAnswer.Located.class));
  }

  /// How contracts stand, at most [IndexRequest#CONTRACTS_MAX].
  public IndexAnswer.ContractList contracts(List<Hash> contracts)
      throws UserFailure, InterruptedException {
    return single(new IndexRequest.Contracts(contracts), IndexAnswer.ContractList.class);
  }

  /// Opens a channel.
  ///
  /// @return the answer and the signed opening of the indexer that gave it
  public IndexAnswer.Opened open(IndexRequest.Open open) throws UserFailure, InterruptedException {
    return single(open, IndexAnswer.Opened.class);
  }

  /// Ends contracts.
  public void terminate(List<Hash> contracts) throws UserFailure, InterruptedException {
    for (int from = 0; from < contracts.size(); from += Termination.CONTRACTS_MAX) {
      int to = Math.min(contracts.size(), from + Termination.CONTRACTS_MAX);
      Termination termination = new Termination(host.chainId(), contracts.subList(from, to));
      single(
          new IndexRequest.Terminate(Statement.sign(termination, owner.wallet())),
          IndexAnswer.Done.class);
    }
  }

  /// Tells that a copy could not be read or written. A report that does not arrive costs nobody
  /// anything, so it is tried once.
  public void report(Hash contract, Trouble trouble) throws InterruptedException {
    try {
      within(Duration.ZERO)
          .single(new IndexRequest.Report(contract, trouble, Bytes.EMPTY), IndexAnswer.Done.class);
    } catch (UserFailure e) {
      log.reportLost(contract, String.valueOf(e.getMessage()));
    }
  }

  @FunctionalInterface
  private interface Asking<T> {
    T ask(Contact to) throws CallFailed, MalformedMessage, InterruptedException;
  }

  private <T extends IndexAnswer> T single(IndexRequest request, Class<T> type)
      throws UserFailure, InterruptedException {
    return ask(
        request,
        to -> {
          Reply reply =
              host.peers().call(to, Method.INDEX, IndexCodec.encode(request), CallOptions.DEFAULT);
          return IndexCodec.answer(type, reply.body());
        });
  }

  private <T extends IndexAnswer> List<T> items(
      Contact to, IndexRequest request, int count, Class<T> type)
      throws CallFailed, MalformedMessage, InterruptedException {
    List<T> items = new ArrayList<>(count);
    try (ItemStream stream =
        host.peers().stream(to, Method.INDEX, IndexCodec.encode(request), CallOptions.DEFAULT)) {
      for (Optional<Reply> item = stream.next(); item.isPresent(); item = stream.next()) {
        if (items.size() == count) {
          throw new MalformedMessage("more answers than segments");
        }
        items.add(IndexCodec.answer(type, item.get().body()));
      }
    }
    if (items.size() < count) {
      throw new MalformedMessage("fewer answers than segments");
    }
    return items;
  }

  private <T> T ask(IndexRequest request, Asking<T> asking)
      throws UserFailure, InterruptedException {
    Deadline deadline = host.env().clock().in(patience);
    Backoff retry = RETRY;
    while (true) {
      List<Contact> indexers = host.directory().named(NodeRole.INDEXER);
      String reason = "no indexer is known";
      for (int i = 0; i < indexers.size(); i++) {
        int at = (preferred + i) % indexers.size();
        try {
          T answer = asking.ask(indexers.get(at));
          preferred = at;
          return answer;
        } catch (CallFailed e) {
          reason = String.valueOf(e.getMessage());
          if (isFinal(e.status())) {
            throw new UserFailure(Code.FAIL, "refused by the indexer: " + reason);
          }
        } catch (MalformedMessage e) {
          reason = String.valueOf(e.getMessage());
        }
        log.indexerFailed(request, indexers.get(at).id(), reason);
      }
      if (deadline.passed()) {
        throw new UserFailure(Code.TIMEOUT, "no indexer answers: " + reason);
      }
      host.env().clock().sleep(retry.pause());
      retry = retry.next();
    }
  }

  private static boolean isFinal(Status status) {
    return switch (status) {
      case BAD_REQUEST, UNAUTHENTICATED, FORBIDDEN, CONTRACT_INVALID, PAYMENT_REQUIRED -> true;
      default -> false;
    };
  }
}
