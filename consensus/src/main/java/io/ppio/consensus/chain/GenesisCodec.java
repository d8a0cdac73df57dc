package io.ppio.consensus.chain;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.env.Bytes;
import java.nio.charset.StandardCharsets;

/// The genesis in canonical protobuf, which its ids are hashes of; people and nodes exchange its
/// JSON.
///
/// `Genesis`: 1 network_class u32 · 2 name string · 3 time u64 (ms since 1970) · 4 parameters · 5
/// nodes*1024. `Parameters`: 1 segment_bytes u32 · 2 epoch_ms u32 · 3 billing_hour_seconds u32 · 4
/// lan bool · 5 sealing. `Sealing`: 1 w_seal_fast u32 · 2 seed_delay u32 · 3 challenge_delay u32 ·
/// 4 pending_seconds u32. `GenesisNode`: 1 roles u32 · 2 peer b39 · 3 name string · 4 address*8
/// string · 5 payout b20, absent where it is the own account. Nodes ascend by peer id.
final class GenesisCodec {
  private GenesisCodec() {}

  static byte[] encode(Genesis genesis) {
    return new CanonicalWriter()
        .u32(1, genesis.networkClass().code())
        .string(2, genesis.name())
        .u64(3, genesis.time().toEpochMilli())
        .message(4, encode(genesis.parameters()))
        .list(5, genesis.nodes(), GenesisCodec::encode)
        .toBytes();
  }

  private static byte[] encode(Parameters parameters) {
    return new CanonicalWriter()
        .u32(1, parameters.segmentBytes())
        .u32(2, (int) parameters.epoch().toMillis())
        .u32(3, parameters.billingHourSeconds())
        .bool(4, parameters.lan())
        .message(5, encode(parameters.sealing()))
        .toBytes();
  }

  private static byte[] encode(Sealing sealing) {
    return new CanonicalWriter()
        .u32(1, sealing.fastWeight())
        .u32(2, sealing.seedDelay())
        .u32(3, sealing.challengeDelay())
        .u32(4, sealing.pendingSeconds())
        .toBytes();
  }

  private static byte[] encode(GenesisNode node) {
    return new CanonicalWriter()
        .u32(1, node.roles())
        .bytes(2, node.peer().bytes())
        .string(3, node.name())
        .list(4, node.addresses(), address -> address.getBytes(StandardCharsets.US_ASCII))
        .bytes(5, node.isPaidItself() ? Bytes.EMPTY : node.payout().bytes())
        .toBytes();
  }
}
