package io.ppio.node.host;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.network.peer.PeerRecord;
import java.util.List;

/// The answer to a [DirectoryQuery], signed by the bootstrap node.
///
/// @param version of the directory; larger is newer
/// @param records at most 256, none where the caller has this version
/// @param signature over everything before it
public record DirectoryAnswer(long version, List<PeerRecord> records, Signature signature) {
  /// Records in one answer.
  public static final int RECORDS_MAX = 256;

  private static final String STATEMENT = "ServiceDirectory";

  public DirectoryAnswer {
    records = List.copyOf(records);
  }

  /// An answer signed by `key`.
  public static DirectoryAnswer signed(long version, List<PeerRecord> records, PrivateKey key) {
    return new DirectoryAnswer(
        version, records, key.sign(Statement.digest(STATEMENT, body(version, records).toBytes())));
  }

  /// Whether `peer` signed it.
  public boolean isBy(PeerId peer) {
    return signature.isBy(peer, Statement.digest(STATEMENT, body(version, records).toBytes()));
  }

  private static CanonicalWriter body(long version, List<PeerRecord> records) {
    return new CanonicalWriter()
        .u64(1, version)
        .list(
            2,
            records,
            record -> new CanonicalWriter().message(1, record.encode()).u32(2, 1).toBytes());
  }

  /// The encoded answer; every entry has weight 1.
  public Bytes encode() {
    return Bytes.of(body(version, records).bytes(3, signature.bytes()).toBytes());
  }

  /// Reads an encoded answer; the signatures of answer and records are not checked.
  public static DirectoryAnswer decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    DirectoryAnswer answer =
        new DirectoryAnswer(
            in.u64(1),
            in.list(2, RECORDS_MAX, PeerRecord.ENCODED_MAX + 16, DirectoryAnswer::entry),
            in.message(3, Signature.SIZE, Signature::decode));
    in.end();
    return answer;
  }

  private static PeerRecord entry(byte[] encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    PeerRecord record = in.message(1, PeerRecord.ENCODED_MAX, PeerRecord::decode);
    in.u32(2);
    in.end();
    return record;
  }
}
