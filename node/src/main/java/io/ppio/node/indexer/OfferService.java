package io.ppio.node.indexer;

import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import java.io.IOException;

/// OFFER: hears what miners offer. Stateless.
final class OfferService {
  private final OfferTable offers;
  private final ContractExpiry expiry;

  OfferService(OfferTable offers, ContractExpiry expiry) {
    this.offers = offers;
    this.expiry = expiry;
  }

  /// @param by who offers
  IndexAnswer offer(PeerRecord by, IndexRequest.Offering request) throws IOException, Refused {
    Refused.unless(
        request.offer().miner().equals(by.peerId().account()),
        Status.FORBIDDEN,
        "offer of another miner");
    Refused.unless(
        NodeRole.MINER.in(by.roles()) && !by.endpoints().isEmpty(),
        Status.FORBIDDEN,
        "only a miner that can be reached may offer");
    offers.hear(by, request);
    expiry.heard(request.offer().miner());
    return new IndexAnswer.Done();
  }
}
