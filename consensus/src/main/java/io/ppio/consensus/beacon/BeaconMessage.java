package io.ppio.consensus.beacon;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.crypto.statement.SignatureAnswer;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;

/// What verifiers say to each other, and everyone to them, about the beacon, by PROOF. Bytes:
/// [BeaconCodec].
///
/// | message  | from, to              | when                  | answer                |
/// |----------|-----------------------|-----------------------|-----------------------|
/// | Commit   | verifier to each other| during e − 1          | empty                 |
/// | Reveal   | verifier to each other| first half of e       | empty                 |
/// | Proposal | proposer to each other| its turn              | signature, or refused |
/// | Query    | anyone to a verifier  | any time              | final entries         |
///
/// Senders are those that the link proved; nothing here names them.
public sealed interface BeaconMessage {
  /// Binds its sender to a nonce of epoch `epoch` before anyone reveals.
  @Sent(from = "verifier", to = "verifier")
  record Commit(@Field(1) long epoch, @Field(2) Hash commitment) implements BeaconMessage {
    public Commit {
      Check.range(epoch, 1, Long.MAX_VALUE, "epoch");
    }
  }

  /// The nonce of its sender for epoch `epoch`.
  @Sent(from = "verifier", to = "verifier")
  record Reveal(@Field(1) long epoch, @Field(2) Hash reveal) implements BeaconMessage {
    public Reveal {
      Check.range(epoch, 1, Long.MAX_VALUE, "epoch");
    }
  }

  /// What B(`epoch`) shall be made of.
  ///
  /// @param previous e′, the newest final epoch its sender knows
  /// @param reveals one seat for each verifier
  @Sent(
      from = "verifier",
      to = "verifier",
      answer = SignatureAnswer.class,
      form = BeaconCodec.ProposalForm.class)
  record Proposal(long epoch, long previous, Seats reveals) implements BeaconMessage {
    public Proposal {
      Check.range(epoch, 1, Long.MAX_VALUE, "epoch");
      Check.range(previous, 0, epoch - 1, "previous epoch");
    }
  }

  /// Asks for final entries from epoch `from` on.
  @Sent(from = "anyone", to = "verifier", answer = Entries.class)
  record Query(@Field(1) long from) implements BeaconMessage {
    public Query {
      Check.range(from, 0, Long.MAX_VALUE, "epoch");
    }
  }

  /// The answer to a [Query].
  ///
  /// @param entries epochs ascend; at most 256
  @Sent(from = "verifier", to = "anyone", form = BeaconCodec.EntriesForm.class)
  record Entries(List<FinalBeacon> entries) {
    public static final int MAX = 256;

    public Entries {
      entries = List.copyOf(entries);
      Check.range(entries.size(), 0, MAX, "number of entries");
    }

    /// The answer in its canonical protobuf.
    ///
    /// @param places verifiers of genesis
    public static Entries decode(Bytes encoded, int places) throws MalformedMessage {
      return BeaconCodec.entries(encoded.toArray(), places);
    }

    /// Its canonical protobuf.
    public Bytes encode() {
      return BeaconCodec.encode(this);
    }
  }
}
