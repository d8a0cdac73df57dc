package io.ppio.node.host;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.network.peer.PeerRecord;
import java.util.List;

/// The answer to a [DirectoryQuery], signed by the bootstrap node.
///
/// @param directory under the node's signature
public record DirectoryAnswer(SignedStatement<ServiceDirectory> directory) {
  /// Records in one answer.
  public static final int RECORDS_MAX = 256;

  /// The service nodes.
  ///
  /// @param version of the directory; larger is newer
  /// @param entries none where the caller has this version
  public record ServiceDirectory(
      @Field(1) long version, @Field(value = 2, count = RECORDS_MAX) List<Entry> entries)
      implements Statement {
    public ServiceDirectory {
      entries = List.copyOf(entries);
    }

    @Override
    public String statement() {
      return "ServiceDirectory";
    }
  }

  /// One node.
  ///
  /// @param weight 1, until there is another rule
  public record Entry(
      @Field(value = 1, max = PeerRecord.ENCODED_MAX) PeerRecord record, @Field(2) int weight) {}

  /// An answer signed by `key`.
  public static DirectoryAnswer signed(long version, List<PeerRecord> records, PrivateKey key) {
    List<Entry> entries = records.stream().map(record -> new Entry(record, 1)).toList();
    return new DirectoryAnswer(Statement.sign(new ServiceDirectory(version, entries), key));
  }

  /// Whether `peer` signed it.
  public boolean isBy(PeerId peer) {
    return directory.signature().isBy(peer, directory.body().signedDigest());
  }

  /// The nodes; at most [#RECORDS_MAX].
  public List<PeerRecord> records() {
    return directory.body().entries().stream().map(Entry::record).toList();
  }

  /// The encoded answer.
  public Bytes encode() {
    return RecordCodec.bytes(this);
  }

  /// Reads an encoded answer; the signatures of answer and records are not checked.
  public static DirectoryAnswer decode(Bytes encoded) throws MalformedMessage {
    return RecordCodec.decode(DirectoryAnswer.class, encoded);
  }
}
