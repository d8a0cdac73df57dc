package io.ppio.node.miner;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.Match;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;

/// Whether a token is a contract to believe: a match under the signature of an indexer that genesis
/// names, over an order under the signature of its user. Stateless.
final class MatchCheck {
  private static final int PROFILE_FAST = 1;

  private final NodeHost host;

  MatchCheck(NodeHost host) {
    this.host = host;
  }

  /// The match in `token`, for whatever miner.
  SignedStatement<Match> believe(Bytes token) throws MalformedMessage, Refused {
    SignedStatement<Match> match = Match.decode(token.toArray());
    require(match.body().order().chainId().equals(host.chainId()), "contract of another network");
    require(
        host.named().isByIndexer(match), "contract is not signed by an indexer of this network");
    require(match.body().isOrdered(), "order is not signed by its user");
    return match;
  }

  /// The match in `token`, which must be for this miner and still run.
  SignedStatement<Match> own(Bytes token) throws MalformedMessage, Refused {
    SignedStatement<Match> match = believe(token);
    require(match.body().miner().peerId().equals(host.id()), "contract of another miner");
    require(
        match.body().order().sealing().profile() == PROFILE_FAST,
        "this miner seals with profile FAST only");
    require(
        match.body().order().terms().expireSeconds() > host.env().clock().wallMillis() / 1000,
        "contract has expired");
    return match;
  }

  private static void require(boolean holds, String otherwise) throws Refused {
    if (!holds) {
      throw new Refused(Status.CONTRACT_INVALID, otherwise);
    }
  }
}
