package io.ppio.node.user.index;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.ContractState;
import java.time.Instant;
import java.util.List;

/// The contracts of one segment, one a copy, as last heard from the indexer.
public record SegmentCopies(List<Copy> copies) {
  private static final int COPIES_MAX = 64;
  private static final int NOTE_MAX = 200;

  /// One copy.
  ///
  /// @param miner 33-byte public key
  /// @param ask the miner's own price in wei per chi as decimal text
  /// @param note what happened last, for people; empty if nothing did
  public record Copy(
      Hash contract,
      int number,
      int generation,
      Bytes miner,
      String ask,
      Instant begin,
      ContractState state,
      String note) {
    /// The same in another state.
    public Copy with(ContractState newState, String newNote) {
      return new Copy(contract, number, generation, miner, ask, begin, newState, newNote);
    }

    private byte[] encode() {
      return new CanonicalWriter()
          .hash(1, contract)
          .u32(2, number)
          .u32(3, generation)
          .bytes(4, miner)
          .string(5, ask)
          .u64(6, IndexEntry.micros(begin))
          .u32(7, state.code())
          .string(8, note)
          .toBytes();
    }

    private static Copy decode(byte[] encoded) throws MalformedMessage {
      CanonicalReader in = new CanonicalReader(encoded);
      Copy copy =
          new Copy(
              in.hash(1),
              in.u32(2, COPIES_MAX),
              in.u32(3),
              in.fixedBytes(4, 33),
              in.string(5, 60),
              IndexEntry.instant(in.u64(6)),
              Coded.of(ContractState.values(), in.u32(7)),
              in.string(8, NOTE_MAX));
      in.end();
      return copy;
    }
  }

  public SegmentCopies {
    copies = List.copyOf(copies);
  }

  Bytes encode() {
    return Bytes.of(new CanonicalWriter().list(1, copies, Copy::encode).toBytes());
  }

  static SegmentCopies decode(Bytes value) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(value);
    SegmentCopies copies = new SegmentCopies(in.list(1, COPIES_MAX, 1024, Copy::decode));
    in.end();
    return copies;
  }
}
