package io.ppio.network.peer;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// What a node says about itself, signed with its identity key (network specification 1.3).
///
/// The encoding is canonical, so the bytes a receiver forwards are the bytes it got. Decoding
/// checks the form only; [#isSigned] and [#isCurrent] are asked where the record comes in.
///
/// @param seq wall milliseconds when it was made, or one more than the last; larger wins
/// @param roles bits of [NodeRole]
/// @param zone shard of the service nodes, unsigned; 0 is everywhere
/// @param nat reachability over IPv4; `nat6` over IPv6
/// @param capabilities bits of network specification 1.6, unknown ones kept
/// @param bandwidthUp own claim in KiB/s, unsigned, a hint; so `bandwidthDown`
/// @param accountId textual ledger address, or empty
/// @param idProof 12 bytes of puzzle solution (4.3), or empty
/// @param expiresAt wall milliseconds, at most 48 h after `seq`
/// @param signature 64 bytes `r ‖ s`; empty while unsigned
public record PeerRecord(
    @Field(1) PeerId peerId,
    @Field(value = 2, unit = "ms") long seq,
    @Field(value = 3, unit = "bits: 1 << code of a role") int roles,
    @Field(value = 4, absent = "everywhere") int zone,
    @Field(value = 5, count = Contact.ENDPOINTS_MAX) List<Endpoint> endpoints,
    @Field(6) NatClass nat,
    @Field(value = 7, optional = true, absent = "unknown") P4pPlace place,
    @Field(value = 8, unit = "bits") long capabilities,
    @Field(value = 9, unit = "KiB/s") int bandwidthUp,
    @Field(value = 10, unit = "KiB/s") int bandwidthDown,
    @Field(value = 11, max = PeerRecord.ACCOUNT_MAX) String accountId,
    @Field(value = 12, size = PeerRecord.ID_PROOF_SIZE, optional = true) Bytes idProof,
    @Field(value = 13, unit = "ms") long expiresAt,
    @Field(14) NatClass nat6,
    @Field(value = 15, size = PeerRecord.SIGNATURE_SIZE, optional = true, unit = "r(32) ‖ s(32)")
        Bytes signature) {
  /// Longest encoding in bytes.
  public static final int ENCODED_MAX = 2048;

  /// How long a record may live.
  public static final Duration LIFE_MAX = Duration.ofDays(2);

  /// How far in the future the number of a record may lie: a node whose clock is wrong must not pin
  /// its record for ever.
  public static final Duration AHEAD_MAX = Duration.ofMinutes(30);

  static final int ACCOUNT_MAX = 100;
  static final int ID_PROOF_SIZE = 12;
  static final int SIGNATURE_SIZE = 64;
  private static final String DOMAIN = "ppio-peer-record:";

  public PeerRecord {
    endpoints = List.copyOf(endpoints);
    Check.range(endpoints.size(), 0, Contact.ENDPOINTS_MAX, "endpoints");
    Check.range(accountId.length(), 0, ACCOUNT_MAX, "account id");
    if (!idProof.isEmpty()) {
      Check.size(idProof, ID_PROOF_SIZE, "id proof");
    }
    if (!signature.isEmpty()) {
      Check.size(signature, SIGNATURE_SIZE, "signature");
    }
  }

  /// An unsigned record with these facts and nothing else known, valid for [#LIFE_MAX].
  public static PeerRecord of(PeerId peerId, long seq, int roles, List<Endpoint> endpoints) {
    return new PeerRecord(
        peerId,
        seq,
        roles,
        0,
        endpoints,
        NatClass.UNKNOWN,
        P4pPlace.UNKNOWN,
        0,
        0,
        0,
        "",
        Bytes.EMPTY,
        seq + LIFE_MAX.toMillis(),
        NatClass.UNKNOWN,
        Bytes.EMPTY);
  }

  /// The same facts signed by `identity`, whose record it must be.
  ///
  /// @throws IllegalStateException when the record is another's or too long
  public PeerRecord signed(NodeIdentity identity, NetworkId network) {
    Check.that(identity.peerId().equals(peerId), "record of another node");
    Bytes made = identity.privateKey().sign(digest(network)).compact();
    PeerRecord record = withSignature(made);
    Check.that(record.encode().size() <= ENCODED_MAX, "peer record too long");
    return record;
  }

  private PeerRecord withSignature(Bytes made) {
    return new PeerRecord(
        peerId,
        seq,
        roles,
        zone,
        endpoints,
        nat,
        place,
        capabilities,
        bandwidthUp,
        bandwidthDown,
        accountId,
        idProof,
        expiresAt,
        nat6,
        made);
  }

  /// The unsigned facts with the ledger address and the bandwidth that the node claims.
  public PeerRecord withOffer(String newAccountId, int newBandwidthUp, int newBandwidthDown) {
    return new PeerRecord(
        peerId,
        seq,
        roles,
        zone,
        endpoints,
        nat,
        place,
        capabilities,
        newBandwidthUp,
        newBandwidthDown,
        newAccountId,
        idProof,
        expiresAt,
        nat6,
        Bytes.EMPTY);
  }

  /// Whether the signature is that of the peer over the facts, in `network`.
  public boolean isSigned(NetworkId network) {
    return peerId.publicKey().verifyCompact(digest(network), signature);
  }

  /// Whether it has not expired at `wallMillis`, and claims no time it cannot have.
  public boolean isCurrent(long wallMillis) {
    return seq >= 0
        && seq <= wallMillis + AHEAD_MAX.toMillis()
        && expiresAt > wallMillis
        && expiresAt - seq <= LIFE_MAX.toMillis();
  }

  /// Whom to reach and where.
  public Contact contact() {
    return new Contact(peerId, endpoints);
  }

  private Hash digest(NetworkId network) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(DOMAIN.getBytes(StandardCharsets.US_ASCII));
    message.writeBytes(network.bytes().toArray());
    message.writeBytes(withSignature(Bytes.EMPTY).encode().toArray());
    return Hash.sha256(message.toByteArray());
  }

  /// Canonical protobuf.
  public Bytes encode() {
    return RecordCodec.bytes(this);
  }

  /// The record in `encoded`, of at most [#ENCODED_MAX] bytes; its signature is not checked.
  public static PeerRecord decode(Bytes encoded) throws MalformedMessage {
    if (encoded.size() > ENCODED_MAX) {
      throw new MalformedMessage("peer record too long");
    }
    return RecordCodec.decode(PeerRecord.class, encoded);
  }
}
