package io.ppio.consensus.beacon;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Check;
import java.util.List;

/// What verifiers say to each other, and everyone to them, about the beacon. Bytes: [BeaconCodec].
///
/// | PROOF kind | message  | from, to              | when                  | answer                |
/// |------------|----------|-----------------------|-----------------------|-----------------------|
/// | 4          | Commit   | verifier to each other| during e − 1          | empty                 |
/// | 5          | Reveal   | verifier to each other| first half of e       | empty                 |
/// | 6          | Proposal | proposer to each other| its turn              | signature, or refused |
/// | 7          | Query    | anyone to a verifier  | any time              | final entries         |
///
/// Senders are those that the link proved; nothing here names them.
public sealed interface BeaconMessage {
  /// The number that the body of a PROOF message of this kind has.
  int kind();

  /// Its canonical protobuf.
  default byte[] encode() {
    return BeaconCodec.encode(this);
  }

  /// The message of `kind`.
  ///
  /// @param places verifiers of genesis
  static BeaconMessage decode(int kind, byte[] encoded, int places) throws MalformedMessage {
    return BeaconCodec.message(kind, encoded, places);
  }

  /// Binds its sender to a nonce of epoch `epoch` before anyone reveals.
  record Commit(long epoch, Hash commitment) implements BeaconMessage {
    public static final int KIND = 4;

    public Commit {
      Check.range(epoch, 1, Long.MAX_VALUE, "epoch");
    }

    @Override
    public int kind() {
      return KIND;
    }
  }

  /// The nonce of its sender for epoch `epoch`.
  record Reveal(long epoch, Hash reveal) implements BeaconMessage {
    public static final int KIND = 5;

    public Reveal {
      Check.range(epoch, 1, Long.MAX_VALUE, "epoch");
    }

    @Override
    public int kind() {
      return KIND;
    }
  }

  /// What B(`epoch`) shall be made of.
  ///
  /// @param previous e′, the newest final epoch its sender knows
  /// @param reveals one seat for each verifier
  record Proposal(long epoch, long previous, Seats reveals) implements BeaconMessage {
    public static final int KIND = 6;

    public Proposal {
      Check.range(epoch, 1, Long.MAX_VALUE, "epoch");
      Check.range(previous, 0, epoch - 1, "previous epoch");
    }

    @Override
    public int kind() {
      return KIND;
    }
  }

  /// Asks for final entries from epoch `from` on.
  record Query(long from) implements BeaconMessage {
    public static final int KIND = 7;

    public Query {
      Check.range(from, 0, Long.MAX_VALUE, "epoch");
    }

    @Override
    public int kind() {
      return KIND;
    }
  }

  /// The answer to a [Query].
  ///
  /// @param entries epochs ascend; at most 256
  record Entries(List<FinalBeacon> entries) {
    public static final int MAX = 256;

    public Entries {
      entries = List.copyOf(entries);
      Check.range(entries.size(), 0, MAX, "number of entries");
    }

    /// The answer in its canonical protobuf.
    ///
    /// @param places verifiers of genesis
    public static Entries decode(byte[] encoded, int places) throws MalformedMessage {
      return BeaconCodec.entries(encoded, places);
    }

    /// Its canonical protobuf.
    public byte[] encode() {
      return BeaconCodec.encode(this);
    }
  }
}
