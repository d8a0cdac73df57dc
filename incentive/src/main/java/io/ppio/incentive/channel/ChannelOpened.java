package io.ppio.incentive.channel;

import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;

/// An indexer's word that it opened a channel and when: what miners and key holders rely on before
/// a ledger (network specification 1.10, OPEN).
///
/// @param height newest final beacon when the channel was opened; key holders are drawn by it
public record ChannelOpened(@Field(1) SignedStatement<DownloadOpen> request, @Field(2) long height)
    implements Statement {
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
}
