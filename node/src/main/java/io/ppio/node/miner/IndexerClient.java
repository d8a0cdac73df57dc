package io.ppio.node.miner;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.Offer;
import io.ppio.incentive.contract.Tier;
import io.ppio.incentive.indexing.IndexAnswer.ContractList;
import io.ppio.incentive.indexing.IndexAnswer.Happened;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.ItemStream;
import io.ppio.network.transport.Reply;
import io.ppio.network.wire.Method;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What a miner says to the indexers and hears from them: offers, acknowledgements, certificates,
/// events.
///
/// Safe for concurrent use.
final class IndexerClient {
  private static final Duration OFFER_EVERY = Duration.ofSeconds(5);

  /// While no indexer has heard us yet.
  private static final Duration OFFER_AGAIN = Duration.ofMillis(300);

  private static final Duration WATCH_PAUSE = Duration.ofSeconds(1);
  private static final Duration WATCH_LIMIT = Duration.ofHours(1);
  private static final long AVAILABLE_SECONDS = 400L * 86_400;
  private static final int TERM_DAYS_MAX = 366;

  private final NodeHost host;
  private final MinerConfig config;
  private final CopyCapacity capacity;
  private final MinerLog log;

  IndexerClient(NodeHost host, MinerConfig config, CopyCapacity capacity) {
    this.host = host;
    this.config = config;
    this.capacity = capacity;
    this.log = new MinerLog(host.env().log());
  }

  /// Handles an event of the indexer.
  @FunctionalInterface
  interface Drops {
    void drop(Hash contract) throws IOException, InterruptedException;
  }

  private Bytes send(Contact indexer, IndexRequest request)
      throws CallFailed, InterruptedException {
    return host.peers()
        .call(indexer, Method.INDEX, IndexCodec.encode(request), CallOptions.DEFAULT)
        .body();
  }

  /// How contracts stand with the indexer that made them; those it does not know are left out.
  List<ContractList.Standing> standings(PeerId indexer, List<Hash> contracts)
      throws CallFailed, MalformedMessage, InterruptedException {
    Bytes answer = send(host.directory().contact(indexer), new IndexRequest.Contracts(contracts));
    return IndexCodec.answer(ContractList.class, answer).contracts();
  }

  /// Tells the indexer that made `match`.
  ///
  /// @throws CallFailed when it does not take it
  void tell(SignedStatement<Match> match, IndexRequest request)
      throws CallFailed, InterruptedException {
    PeerId indexer =
        match
            .signer()
            .map(key -> key.peerId())
            .orElseThrow(() -> new IllegalStateException("a match without its indexer"));
    send(host.directory().contact(indexer), request);
  }

  /// Offers the free space to every indexer, for ever.
  ///
  /// @param backlogMillis how long sealing what is staged will take
  void offer(LongSupplier backlogMillis) throws InterruptedException {
    while (true) {
      boolean heard = false;
      for (Contact indexer : host.directory().named(NodeRole.INDEXER)) {
        try {
          send(
              indexer,
              new IndexRequest.Offering(offer(), capacity.freeTiles(), backlogMillis.getAsLong()));
          heard = true;
        } catch (CallFailed e) {
          log.indexerUnreachable(indexer.id(), "offer", String.valueOf(e.getMessage()));
        }
      }
      host.env().clock().sleep(heard ? OFFER_EVERY : OFFER_AGAIN);
    }
  }

  private Offer offer() {
    long now = host.env().clock().wallMillis() / 1000;
    return new Offer(
        host.identity().account(),
        config.plotTiles(),
        now + AVAILABLE_SECONDS,
        config.asks(),
        TERM_DAYS_MAX,
        Tier.SSD,
        0,
        new Offer.Acceptance(true, false));
  }

  /// Listens to one indexer, for ever; goes on after the last event that was dealt with.
  void watch(PeerId indexer, Drops drops) throws InterruptedException {
    while (true) {
      try {
        listen(indexer, drops);
      } catch (CallFailed e) {
        log.indexerUnreachable(indexer, "watch", String.valueOf(e.getMessage()));
      } catch (MalformedMessage e) {
        log.indexerUnreachable(indexer, "watch", "malformed event");
      } catch (IOException e) {
        log.eventFailed(indexer, String.valueOf(e.getMessage()));
      }
      host.env().clock().sleep(WATCH_PAUSE);
    }
  }

  private void listen(PeerId indexer, Drops drops)
      throws CallFailed, MalformedMessage, IOException, InterruptedException {
    IndexRequest.Watch request = new IndexRequest.Watch(since(indexer));
    try (ItemStream events =
        host.peers().stream(
            host.directory().contact(indexer),
            Method.INDEX,
            IndexCodec.encode(request),
            CallOptions.DEFAULT.within(WATCH_LIMIT))) {
      for (Optional<Reply> next = events.next(); next.isPresent(); next = events.next()) {
        Happened event = IndexCodec.answer(Happened.class, next.get().body());
        drops.drop(event.contract());
        host.store()
            .commit(
                new StoreBatch()
                    .put(key(indexer), Bytes.of(new FixedWidth().u64(event.seq()).toArray())),
                Store.Durability.SYNCED);
      }
    }
  }

  private static Bytes key(PeerId indexer) {
    return Bytes.of(new FixedWidth().u8('W').bytes(indexer.bytes()).toArray());
  }

  private long since(PeerId indexer) throws IOException {
    return host.store()
        .get(key(indexer))
        .map(value -> ByteBuffer.wrap(value.toArray()).getLong())
        .orElse(0L);
  }
}
