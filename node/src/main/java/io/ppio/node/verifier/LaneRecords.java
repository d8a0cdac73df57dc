package io.ppio.node.verifier;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.channel.VoucherTrail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Lanes on disk: what a verifier needs to go on giving keys after a restart.
///
/// Keys: `L/r/` channel ‖ miner's account: the request; `L/d/` lane: the deposit, its secret
/// included, so the folder is closed to others; `L/v/` lane ‖ u64 seq: each voucher that counted.
/// Safe for use by any number of tasks.
final class LaneRecords {
  private static final Bytes REQUESTS = ascii("L/r/");
  private static final Bytes DEPOSITS = ascii("L/d/");
  private static final Bytes VOUCHERS = ascii("L/v/");

  private final Store store;

  LaneRecords(Store store) {
    this.store = store;
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

  /// Keeps a lane before its offer is confirmed.
  void keep(HeldLane lane) throws IOException {
    store.commit(
        new StoreBatch()
            .put(key(lane.request().key()), Bytes.of(lane.request().request().encode()))
            .put(key(DEPOSITS, lane.id()), Bytes.of(lane.deposit().encode())),
        Store.Durability.SYNCED);
  }

  /// Keeps a voucher before its key is given.
  void keep(Hash lane, SignedStatement<Voucher> voucher) throws IOException {
    Bytes key =
        Bytes.of(new FixedWidth().bytes(VOUCHERS).hash(lane).u64(voucher.body().seq()).toArray());
    store.commit(new StoreBatch().put(key, Bytes.of(voucher.encode())), Store.Durability.SYNCED);
  }

  /// The requests with lanes.
  List<ChannelRequest> requests() throws IOException {
    List<ChannelRequest> found = new ArrayList<>();
    read(REQUESTS, value -> found.add(new ChannelRequest(LaneRequest.decode(value.toArray()))));
    return found;
  }

  /// The deposits of all lanes.
  List<LaneDeposit> deposits() throws IOException {
    List<LaneDeposit> found = new ArrayList<>();
    read(DEPOSITS, value -> found.add(LaneDeposit.decode(value.toArray())));
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
