package io.ppio.node.verifier;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.channel.KeyLane;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.channel.VoucherTrail;
import io.ppio.incentive.contract.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Lanes on disk: what a verifier needs to go on giving keys after a restart.
///
/// Keys: `L/r/` channel ‖ miner's account: the request; `L/d/` lane: the deposit, its secret
/// included, so the folder is closed to others; `L/v/` lane ‖ u64 seq: each voucher that counted;
/// `L/m/` u32 slot: {number, lane, contract, miner, result} of a report about a miner, of which the
/// newest [#REPORTS_MAX] are kept. Safe for use by any number of tasks.
final class LaneStore {
  private static final RecordCodec<LaneRequest> REQUEST = RecordCodec.of(LaneRequest.class);
  private static final RecordCodec<LaneDeposit> DEPOSIT = RecordCodec.of(LaneDeposit.class);

  private static final Bytes REQUESTS = ascii("L/r/");
  private static final Bytes DEPOSITS = ascii("L/d/");
  private static final Bytes VOUCHERS = ascii("L/v/");

  private static final Bytes REPORTS = ascii("L/m/");

  /// Reports kept: what an operator can look through.
  static final int REPORTS_MAX = 4096;

  private final Store store;
  private final AtomicLong reports;

  LaneStore(Store store) throws IOException {
    this.store = store;
    this.reports = new AtomicLong(countReports());
  }

  private static Bytes ascii(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Bytes key(ChannelRequest.Key key) {
    return Bytes.of(
        new FixedWidth().bytes(REQUESTS).hash(key.channel()).bytes(key.miner().bytes()).toArray());
  }

  private static Bytes key(Bytes prefix, Hash lane) {
    return Bytes.of(new FixedWidth().bytes(prefix).hash(lane).toArray());
  }

  /// Keeps what must not be forgotten once `effect` is done, before it is.
  void keep(HeldLane lane, KeyLane.Effect effect) throws IOException {
    Optional<StoreBatch> kept =
        switch (effect) {
          case KeyLane.Effect.ConfirmOffer _ ->
              Optional.of(
                  new StoreBatch()
                      .put(key(lane.request().key()), REQUEST.encode(lane.request().request()))
                      .put(key(DEPOSITS, lane.id()), DEPOSIT.encode(lane.deposit())));
          case KeyLane.Effect.LogVoucher(var voucher) -> {
            byte[] key =
                new FixedWidth()
                    .bytes(VOUCHERS)
                    .hash(lane.id())
                    .u64(voucher.body().seq())
                    .toArray();
            yield Optional.of(new StoreBatch().put(Bytes.of(key), Bytes.of(voucher.encode())));
          }
          case KeyLane.Effect.ReportMiner(var result) -> Optional.of(report(lane, result));
          case KeyLane.Effect.AskMiner _,
              KeyLane.Effect.RevealKey _,
              KeyLane.Effect.RefuseVoucher _ ->
              Optional.empty();
        };
    if (kept.isPresent()) {
      store.commit(kept.get(), Store.Durability.SYNCED);
    }
  }

  private StoreBatch report(HeldLane lane, Finding.Result result) {
    long number = reports.incrementAndGet();
    byte[] report =
        new CanonicalWriter()
            .u64(1, number)
            .hash(2, lane.id())
            .hash(3, lane.deposit().match().body().contractId())
            .bytes(4, lane.miner().account().bytes())
            .u32(5, result.code())
            .toBytes();
    int slot = (int) (number % REPORTS_MAX);
    Bytes key = Bytes.of(new FixedWidth().bytes(REPORTS).u32(slot).toArray());
    return new StoreBatch().put(key, Bytes.of(report));
  }

  private long countReports() throws IOException {
    long[] newest = {0};
    read(
        REPORTS,
        value -> {
          CanonicalReader in = new CanonicalReader(value);
          newest[0] = Math.max(newest[0], in.u64(1));
          in.skipRest();
        });
    return newest[0];
  }

  /// Miners reported, by earlier runs too.
  long reports() {
    return reports.get();
  }

  /// The requests with lanes.
  List<ChannelRequest> requests() throws IOException {
    List<ChannelRequest> found = new ArrayList<>();
    read(REQUESTS, value -> found.add(new ChannelRequest(REQUEST.decode(value))));
    return found;
  }

  /// The deposits of all lanes.
  List<LaneDeposit> deposits() throws IOException {
    List<LaneDeposit> found = new ArrayList<>();
    read(DEPOSITS, value -> found.add(DEPOSIT.decode(value)));
    return found;
  }

  /// The vouchers of a lane that counted.
  VoucherTrail trail(Hash lane) throws IOException {
    List<VoucherTrail.Entry> found = new ArrayList<>();
    read(
        key(VOUCHERS, lane),
        value -> {
          Voucher voucher = Voucher.decode(value.toArray()).body();
          found.add(
              new VoucherTrail.Entry(
                  voucher.seq(),
                  voucher.signedDigest(),
                  voucher.window().index(),
                  voucher.locked(),
                  0));
        });
    return new VoucherTrail(found);
  }

  @FunctionalInterface
  private interface Reader {
    void read(Bytes value) throws MalformedMessage;
  }

  private void read(Bytes prefix, Reader reader) throws IOException {
    store.scanPrefix(
        prefix,
        (_, value) -> {
          try {
            reader.read(value);
            return true;
          } catch (MalformedMessage e) {
            throw new IOException("damaged record of a lane", e);
          }
        });
  }

  /// Removes a request and its lanes.
  void remove(ChannelRequest.Key request, List<Hash> lanes) throws IOException {
    StoreBatch batch = new StoreBatch().delete(key(request));
    for (Hash lane : lanes) {
      batch.delete(key(DEPOSITS, lane));
      Bytes vouchers = key(VOUCHERS, lane);
      store.scanPrefix(
          vouchers,
          (key, _) -> {
            batch.delete(key);
            return true;
          });
    }
    store.commit(batch, Store.Durability.UNSYNCED);
  }
}
