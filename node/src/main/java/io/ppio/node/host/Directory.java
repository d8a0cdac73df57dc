package io.ppio.node.host;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Env;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.Endpoint;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.Peers;
import io.ppio.network.wire.Method;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who the service nodes of the network are and where they answer.
///
/// Genesis names them and so decides whom to believe; the bootstrap nodes tell where they are now.
/// One task refreshes, any number may ask. A node that no bootstrap node answers still finds its
/// way by the addresses in genesis and by those it has met.
public final class Directory {
  private static final Duration REFRESH = Duration.ofSeconds(10);

  /// While nobody is known yet a node asks more often: its start waits for it.
  private static final Duration REFRESH_EMPTY = Duration.ofMillis(200);

  private final Env env;
  private final Genesis genesis;
  private final Peers peers;
  private final List<Contact> entries;
  private final HostLog log;

  Directory(Env env, HostConfig config, Peers peers) {
    this.env = env;
    this.genesis = config.genesis();
    this.peers = peers;
    this.log = new HostLog(env.log());
    this.entries = entries(config);
    entries.forEach(peers.addressBook()::give);
    for (GenesisNode node : genesis.nodes()) {
      peers.addressBook().give(new Contact(node.peer(), genesisEndpoints(genesis, node.peer())));
    }
  }

  private static List<Contact> entries(HostConfig config) {
    List<PeerId> named = config.genesis().peers(NodeRole.BOOTSTRAP);
    List<Contact> entries = new ArrayList<>();
    for (HostConfig.Entry entry : config.bootstrap()) {
      Optional<PeerId> peer =
          entry.peer().isPresent() || named.size() != 1
              ? entry.peer()
              : Optional.of(named.getFirst());
      peer.ifPresent(id -> entries.add(Contact.of(id, entry.address())));
    }
    for (PeerId peer : named) {
      if (entries.stream().noneMatch(entry -> entry.id().equals(peer))) {
        entries.add(new Contact(peer, genesisEndpoints(config.genesis(), peer)));
      }
    }
    return List.copyOf(entries);
  }

  private static List<Endpoint> genesisEndpoints(Genesis genesis, PeerId peer) {
    return genesis.nodes().stream()
        .filter(node -> node.peer().equals(peer))
        .flatMap(node -> node.addresses().stream())
        .map(Directory::address)
        .map(address -> Endpoint.tcp(Endpoint.Kind.DIRECT_LOCAL, address))
        .toList();
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  /// Asks the bootstrap nodes again and again, for ever.
  void refresh() throws InterruptedException {
    while (true) {
      boolean known = false;
      for (Contact entry : entries) {
        if (!entry.id().equals(peers.id())) {
          boolean indexers = ask(entry, NodeRole.INDEXER);
          boolean verifiers = ask(entry, NodeRole.VERIFIER);
          known |= indexers && verifiers;
        }
      }
      env.clock().sleep(known ? REFRESH : REFRESH_EMPTY);
    }
  }

  private boolean ask(Contact entry, NodeRole role) throws InterruptedException {
    try {
      DirectoryAnswer answer =
          DirectoryAnswer.decode(
              peers
                  .call(
                      entry,
                      Method.SERVICE_DIRECTORY,
                      new DirectoryQuery(0, role.code(), 0).encode(),
                      CallOptions.DEFAULT)
                  .body());
      if (!answer.isBy(entry.id())) {
        throw new MalformedMessage("directory is not signed by the node that sent it");
      }
      for (PeerRecord record : answer.records()) {
        if (record.isSigned(genesis.networkId()) && record.isCurrent(env.clock().wallMillis())) {
          peers.addressBook().learn(record);
        }
      }
      log.directoryLearned(answer.records().size());
      return answer.records().stream().anyMatch(record -> role.in(record.roles()));
    } catch (CallFailed | MalformedMessage e) {
      log.directoryUnreachable(
          entry.endpoints().isEmpty()
              ? InetSocketAddress.createUnresolved("unknown", 0)
              : entry.endpoints().getFirst().tcpAddress().orElseThrow(),
          String.valueOf(e.getMessage()));
      return false;
    }
  }

  /// How to reach `peer`: what its newest record says, else what genesis says.
  public Contact contact(PeerId peer) {
    return peers
        .addressBook()
        .record(peer)
        .map(PeerRecord::contact)
        .filter(contact -> !contact.endpoints().isEmpty())
        .orElseGet(() -> new Contact(peer, genesisEndpoints(genesis, peer)));
  }

  /// The nodes that genesis names for `role`, in peer-id order, with where they answer.
  public List<Contact> named(NodeRole role) {
    return genesis.peers(role).stream().map(this::contact).toList();
  }

  /// The name genesis gives `peer`; empty text if none.
  public String name(PeerId peer) {
    return genesis.nodes().stream()
        .filter(node -> node.peer().equals(peer))
        .map(GenesisNode::name)
        .findFirst()
        .orElse("");
  }
}
