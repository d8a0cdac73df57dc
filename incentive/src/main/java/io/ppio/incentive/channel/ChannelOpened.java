package io.ppio.incentive.channel;

import io.ppio.data.cp.CpReader;
import io.ppio.data.cp.CpWriter;
import io.ppio.data.cp.MalformedMessage;
import io.ppio.incentive.statement.Signed;
import io.ppio.incentive.statement.Stated;

/// An indexer's word that it opened a channel and when: what miners and key holders rely on before
/// a ledger (network specification 1.10, OPEN).
///
/// @param height newest final beacon when the channel was opened; key holders are drawn by it
public record ChannelOpened(Signed<DownloadOpen> request, long height) implements Stated {
  /// Longest encoded signed form.
  public static final int ENCODED_MAX = DownloadOpen.ENCODED_MAX + 96;

  /// The request itself.
  public DownloadOpen open() {
    return request.body();
  }

  @Override
  public String statement() {
    return "ChannelOpened";
  }

  @Override
  public int signatureField() {
    return 3;
  }

  @Override
  public CpWriter write() {
    return new CpWriter().message(1, request.encode()).u64(2, height);
  }

  /// Decodes the signed form.
  public static Signed<ChannelOpened> decode(byte[] encoded) throws MalformedMessage {
    return Signed.decode(encoded, ChannelOpened::read);
  }

  private static ChannelOpened read(CpReader in) throws MalformedMessage {
    return new ChannelOpened(
        in.message(1, DownloadOpen.ENCODED_MAX, DownloadOpen::decode), in.u64(2));
  }
}
