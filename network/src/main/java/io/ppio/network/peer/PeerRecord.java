package io.ppio.network.peer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
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
/// @param seq network time in milliseconds when it was made, or one more than the last; larger wins
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
    PeerId peerId,
    long seq,
    int roles,
    int zone,
    List<Endpoint> endpoints,
    NatClass nat,
    P4pPlace place,
    long capabilities,
    int bandwidthUp,
    int bandwidthDown,
    String accountId,
    Bytes idProof,
    long expiresAt,
    NatClass nat6,
    Bytes signature) {
  /// Longest encoding in bytes.
  public static final int ENCODED_MAX = 2048;

  /// How long a record may live.
  public static final Duration LIFE_MAX = Duration.ofDays(2);

  /// How far in the future the number of a record may lie: a node whose clock is wrong must not pin
  /// its record for ever.
  public static final Duration AHEAD_MAX = Duration.ofMinutes(30);

  private static final int ACCOUNT_MAX = 100;
  private static final int ID_PROOF_SIZE = 12;
  private static final int SIGNATURE_SIZE = 64;
  private static final String DOMAIN = "ppio-peer-record:";
  private static final NatClass[] NAT_CLASSES = NatClass.values();

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
    Check.that(record.encode().length <= ENCODED_MAX, "peer record too long");
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
    message.writeBytes(facts().toBytes());
    return Hash.sha256(message.toByteArray());
  }

  private CanonicalWriter facts() {
    return new CanonicalWriter()
        .bytes(1, peerId.bytes())
        .u64(2, seq)
        .u32(3, roles)
        .u32(4, zone)
        .list(5, endpoints, Endpoint::encode)
        .u32(6, nat.code())
        .bytes(7, place.encode())
        .u64(8, capabilities)
        .u32(9, bandwidthUp)
        .u32(10, bandwidthDown)
        .string(11, accountId)
        .bytes(12, idProof)
        .u64(13, expiresAt)
        .u32(14, nat6.code());
  }

  /// Canonical protobuf, fields 1 to 15 in the order of the components.
  public byte[] encode() {
    return facts().bytes(15, signature).toBytes();
  }

  /// The record in `encoded`, of at most [#ENCODED_MAX] bytes; its signature is not checked.
  public static PeerRecord decode(byte[] encoded) throws MalformedMessage {
    if (encoded.length > ENCODED_MAX) {
      throw new MalformedMessage("peer record too long");
    }
    CanonicalReader in = new CanonicalReader(encoded);
    PeerId id = in.message(1, PeerId.SIZE, PeerId::decode);
    long seq = in.u64(2);
    int roles = in.u32(3);
    int zone = in.u32(4);
    List<Endpoint> endpoints =
        in.list(5, Contact.ENDPOINTS_MAX, Endpoint.ENCODED_MAX, Endpoint::decode);
    NatClass nat = Coded.of(NAT_CLASSES, in.u32(6));
    P4pPlace place = place(in);
    long capabilities = in.u64(8);
    int up = in.u32(9);
    int down = in.u32(10);
    String account = in.string(11, ACCOUNT_MAX);
    Bytes idProof = in.optionalFixedBytes(12, ID_PROOF_SIZE);
    long expiresAt = in.u64(13);
    NatClass nat6 = Coded.of(NAT_CLASSES, in.u32(14));
    Bytes signature = in.optionalFixedBytes(15, SIGNATURE_SIZE);
    in.end();
    return new PeerRecord(
        id,
        seq,
        roles,
        zone,
        endpoints,
        nat,
        place,
        capabilities,
        up,
        down,
        account,
        idProof,
        expiresAt,
        nat6,
        signature);
  }

  private static P4pPlace place(CanonicalReader in) throws MalformedMessage {
    byte[] encoded = in.bytes(7, P4pPlace.ENCODED_MAX).toArray();
    return encoded.length == 0 ? P4pPlace.UNKNOWN : P4pPlace.decode(encoded);
  }
}
