package io.ppio.node.indexer;

import io.ppio.consensus.chain.Parameters;
import io.ppio.env.Clock;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.market.Tariff;
import io.ppio.network.transport.Exchange;
import io.ppio.network.wire.Method;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.HostConfig;
import io.ppio.node.host.NodeHost;
import io.ppio.node.indexer.SettlementStore.Settlement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The indexer: answers INDEX (network specification 1.10).
///
/// | kind | from | answered by | what is durable before the answer |
/// |---|---|---|---|
/// | 1 ORDER | user | [OrderMatching] | the matches |
/// | 2 LOCATE, 3 CONTRACTS, 5 WATCH | anyone; 5 a miner | [LookupService] | - |
/// | 4 OFFER | miner | [OfferService] | - |
/// | 6 ACK, 7 ACTIVATE | anyone who has them; they are signed | [ContractService] | state, effects |
/// | 8 TERMINATE | user | [ContractService] | state, effects |
/// | 9 OPEN | user | [ChannelService] | - (a channel binds nobody before a ledger) |
/// | 10 REPORT | see [ContractService] | [ContractService] | state, effects |
///
/// Safe for use by any number of tasks.
public final class IndexerNode implements AutoCloseable {
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);

  private final NodeHost host;
  private final Counters<IndexerCounter> counters = new Counters<>(IndexerCounter.class);
  private final BeaconFollower beacon;
  private final OfferTable offers;
  private final OpenChannels channels;
  private final SettlementStore settlements;
  private final ContractStore contracts;
  private final ContractExpiry expiry;
  private final Replicator copies;
  private final OrderMatching orders;
  private final LookupService lookups;
  private final OfferService offering;
  private final ContractService contractService;
  private final ChannelService channelService;

  private IndexerNode(NodeHost host) throws IOException {
    this.host = host;
    Clock clock = host.env().clock();
    Parameters parameters = host.genesis().parameters();
    this.beacon = BeaconFollower.start(host);
    this.offers = new OfferTable(clock, parameters.lan());
    this.channels = new OpenChannels(clock, OpenChannels.Limits.STANDARD);
    PeerAccounts accounts = new PeerAccounts(clock);
    EventStore events = new EventStore(host.store(), clock);
    this.settlements =
        new SettlementStore(
            host.store(),
            clock,
            new Tariff(parameters.segmentBytes(), parameters.billingHourSeconds()),
            counters);
    this.contracts = new ContractStore(host.store(), clock, events, settlements, offers::changed);
    this.expiry =
        new ContractExpiry(
            contracts,
            clock,
            parameters.sealing().pendingSeconds(),
            new IndexerLog(host.env().log()));
    this.copies = new Replicator(host, contracts, offers);
    this.orders = new OrderMatching(host, contracts, offers, accounts, beacon::tip);
    this.lookups = new LookupService(contracts, events, offers, accounts);
    this.offering = new OfferService(offers, expiry);
    this.contractService =
        new ContractService(
            host, contracts, channels, new ActivationCheck(host.genesis(), beacon.chain()), copies);
    this.channelService = new ChannelService(host, contracts, channels, accounts, beacon);
  }

  /// Starts the node; it serves when this returns.
  public static IndexerNode start(Env env, HostConfig config) throws IOException {
    NodeHost host = NodeHost.open(env, config);
    try {
      IndexerNode node = new IndexerNode(host);
      node.orders.reserveAgain();
      host.services().add(Method.INDEX, node::serve);
      host.serve();
      host.vital("copies", node.copies::run);
      host.vital("housekeeping", node::keepHouse);
      return node;
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private void serve(Exchange exchange) throws Exception {
    switch (IndexCodec.decode(exchange.body())) {
      case IndexRequest.Order order -> orders.order(exchange, order);
      case IndexRequest.Locate locate -> lookups.locate(exchange, locate);
      case IndexRequest.Watch watch -> lookups.watch(exchange, watch);
      case IndexRequest.Contracts asked -> reply(exchange, lookups.contracts(asked));
      case IndexRequest.Offering offer -> reply(exchange, offering.offer(exchange.record(), offer));
      case IndexRequest.Acknowledge ack -> reply(exchange, contractService.acknowledge(ack));
      case IndexRequest.Activate proven -> reply(exchange, contractService.activate(proven));
      case IndexRequest.Terminate end -> reply(exchange, contractService.terminate(end));
      case IndexRequest.Open open -> reply(exchange, channelService.open(exchange.peer(), open));
      case IndexRequest.Report report ->
          reply(exchange, contractService.report(exchange.peer(), report));
    }
  }

  private static void reply(Exchange exchange, IndexAnswer answer) throws Exception {
    exchange.reply(IndexCodec.encode(answer));
  }

  private void keepHouse() throws InterruptedException, IOException {
    while (true) {
      host.env().clock().sleep(HOUSEKEEPING);
      expiry.round();
      channels.expire();
      settlements.trim();
    }
  }

  /// What an operator sees.
  public Counters<IndexerCounter> status() throws IOException {
    counters.set(IndexerCounter.BEACON_EPOCH, beacon.tip().epoch());
    counters.set(IndexerCounter.MINERS, offers.size());
    counters.set(IndexerCounter.WAITING, contracts.waiting().size());
    counters.set(IndexerCounter.CHANNELS_COVER, channels.size());
    return counters;
  }

  /// The newest settlements that a ledger would be told, the oldest of them first.
  public List<String> settlements() {
    return settlements.newest().stream().map(Settlement::toString).toList();
  }

  /// The node beneath the role.
  public NodeHost host() {
    return host;
  }

  @Override
  public void close() {
    host.close();
  }
}
