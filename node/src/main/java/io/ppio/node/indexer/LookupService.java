package io.ppio.node.indexer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexAnswer.ContractList;
import io.ppio.incentive.indexing.IndexAnswer.Located;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.network.transport.Exchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// LOCATE, CONTRACTS and WATCH: what the indexer knows, for whoever asks. Stateless.
final class LookupService {
  private final ContractStore contracts;
  private final EventStore events;
  private final OfferTable offers;
  private final PeerAccounts accounts;

  LookupService(
      ContractStore contracts, EventStore events, OfferTable offers, PeerAccounts accounts) {
    this.contracts = contracts;
    this.events = events;
    this.offers = offers;
    this.accounts = accounts;
  }

  void locate(Exchange exchange, IndexRequest.Locate request) throws Exception {
    Optional<Account> asking = accounts.account(exchange.peer());
    for (Hash segment : request.segments()) {
      exchange.item(IndexCodec.encode(located(segment, asking)));
    }
    exchange.end();
  }

  private Located located(Hash segment, Optional<Account> asking) throws IOException {
    List<ContractEntry> held =
        contracts.ofSegment(segment).stream().filter(ContractEntry::holds).toList();
    return new Located(
        HolderSelector.of(held, asking).stream()
            .map(entry ->
                new Located.Copy(entry.row(), entry.state(), offers.recordBytes(entry.miner())))
            .toList());
  }

  IndexAnswer contracts(IndexRequest.Contracts request) throws IOException {
    List<ContractList.Standing> standings = new ArrayList<>();
    for (Hash id : request.contracts()) {
      contracts
          .contract(id)
          .ifPresent(entry ->
              standings.add(
                  ContractList.Standing.of(id, entry.state(), entry.evidence(), entry.ask())));
    }
    return new ContractList(standings);
  }

  void watch(Exchange exchange, IndexRequest.Watch request) throws Exception {
    Account miner = exchange.peer().account();
    long newest = request.since();
    while (true) {
      for (IndexAnswer.Happened event : events.after(miner, newest)) {
        exchange.item(IndexCodec.encode(event));
        newest = event.seq();
      }
    }
  }
}
