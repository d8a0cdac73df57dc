package io.ppio.node.host;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.NamedNodes;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.FolderLock;
import io.ppio.env.Monitor;
import io.ppio.env.Promise;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.env.Tasks;
import io.ppio.network.peer.Endpoint;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.transport.Peers;
import io.ppio.network.transport.PeersConfig;
import io.ppio.network.transport.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A node without its role: folder, identity, store, tunnels, directory.
///
/// A role opens it, adds its services, then calls [#serve]. Closing it ends the role's tasks first
/// and gives the folder back last. Safe for use by any number of tasks.
public final class NodeHost implements AutoCloseable {
  private static final Bytes RECORD_SEQ =
      Bytes.of("H/record-seq".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

  /// A quarter of its life: a neighbour that misses one renewal, and one that was greeted just
  /// before it, still have a record that counts when the next one comes.
  private static final Duration RENEW_AFTER = PeerRecord.LIFE_MAX.dividedBy(4);

  /// How often its age is looked at: the wall clock may jump, above all while the machine sleeps.
  private static final Duration RENEW_CHECK = Duration.ofMinutes(1);

  private final Env env;
  private final HostConfig config;
  private final FolderLock lock;
  private final NamedNodes named;
  private final NodeIdentity identity;
  private final Store store;
  private final Services services = new Services();
  private final Peers peers;
  private final Directory directory;
  private final Tasks tasks;
  private final Monitor monitor;
  private final Promise<String> broken;
  private volatile PeerRecord record;
  private Optional<InetSocketAddress> bound = Optional.empty();

  /// Opens the node's folder.
  ///
  /// @throws io.ppio.env.FolderInUse when another process has it
  /// @throws IOException when the disk fails or what is on it is damaged
  public static NodeHost open(Env env, HostConfig config) throws IOException {
    env.disk().createFolders(config.folder());
    FolderLock lock = env.disk().lock(config.folder());
    try {
      if (env.disk().restrict(config.folder())) {
        new HostLog(env.log()).rightsTightened(config.folder());
      }
      return new NodeHost(env, config, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private NodeHost(Env env, HostConfig config, FolderLock lock) throws IOException {
    this.env = env;
    this.config = config;
    this.lock = lock;
    this.named = new NamedNodes(config.genesis());
    Path folder = config.folder();
    this.identity = NodeIdentity.loadOrCreate(env, folder.resolve("net").resolve("peer.key"));
    this.store = env.disk().openStore(folder.resolve(storeFolder(config.role())));
    this.monitor = new Monitor(env.clock());
    this.broken = new Promise<>(env.clock());
    this.record = makeRecord(List.of());
    this.peers = new Peers(env, identity, peersConfig(config), services, () -> record);
    this.directory = new Directory(env, config, peers);
    this.tasks = env.tasks(config.name());
  }

  /// The user's index is its store; clients look for the folder by this name (interface
  /// specification 5.4).
  private static String storeFolder(NodeRole role) {
    return role == NodeRole.USER ? "index" : "store";
  }

  private static PeersConfig peersConfig(HostConfig config) {
    PeersConfig peers =
        switch (config.role()) {
          case MINER -> PeersConfig.miner(config.genesis().networkId());
          case USER, SOURCE -> PeersConfig.user(config.genesis().networkId());
          default -> PeersConfig.service(config.genesis().networkId());
        };
    return config.genesis().parameters().lan() ? peers.inLan() : peers;
  }

  /// Listens, and looks for the other service nodes from now on.
  ///
  /// @return the bound address
  /// @throws java.net.BindException when the address is taken or not ours
  public InetSocketAddress serve() throws IOException {
    InetSocketAddress address = peers.listen(config.listen());
    bound = Optional.of(address);
    boolean reachable = !address.getAddress().isAnyLocalAddress();
    record =
        makeRecord(
            reachable ? List.of(Endpoint.tcp(Endpoint.Kind.DIRECT_LOCAL, address)) : List.of());
    vital("directory", directory::refresh);
    vital("record", this::renew);
    new HostLog(env.log())
        .started(config.role().name().toLowerCase(Locale.ROOT), identity.peerId().hex(), address);
    return address;
  }

  /// Renews the own record long before it ends, and hands it to the neighbours.
  private void renew() throws IOException, InterruptedException {
    while (true) {
      env.clock().sleep(RENEW_CHECK);
      Duration age = Duration.ofMillis(env.clock().wallMillis() - record.seq());
      if (age.compareTo(RENEW_AFTER) >= 0) {
        record = makeRecord(record.endpoints());
        peers.greetAgain();
      }
    }
  }

  private PeerRecord makeRecord(List<Endpoint> endpoints) throws IOException {
    try (var _ = monitor.hold()) {
      long last =
          store.get(RECORD_SEQ).map(value -> ByteBuffer.wrap(value.toArray()).getLong()).orElse(0L);
      long seq = Math.max(env.clock().wallMillis(), last + 1);
      store.commit(
          new StoreBatch().put(RECORD_SEQ, Bytes.of(new FixedWidth().u64(seq).toArray())),
          Store.Durability.SYNCED);
      return PeerRecord.of(identity.peerId(), seq, config.role().bit(), endpoints)
          .withOffer(identity.account().address(), 0, 0)
          .signed(identity, config.genesis().networkId());
    }
  }

  /// The environment it was opened with.
  public Env env() {
    return env;
  }

  /// The network's genesis.
  public Genesis genesis() {
    return config.genesis();
  }

  /// The service nodes that the genesis names.
  public NamedNodes named() {
    return named;
  }

  /// `chain_id` of the network.
  public Hash chainId() {
    return config.genesis().chainId();
  }

  /// The node's key.
  public NodeIdentity identity() {
    return identity;
  }

  /// The node's peer id.
  public PeerId id() {
    return identity.peerId();
  }

  /// The node's store; each role and part has its own first bytes of keys, `H` is the host's.
  public Store store() {
    return store;
  }

  /// Where a role adds what it answers, before [#serve].
  public Services services() {
    return services;
  }

  /// The node's tunnels.
  public Peers peers() {
    return peers;
  }

  /// Who the service nodes are.
  public Directory directory() {
    return directory;
  }

  /// Where the role's long-lived tasks run.
  public Tasks tasks() {
    return tasks;
  }

  /// Starts a task that the node cannot do without. When it fails the node is broken: it goes on
  /// answering, but whoever runs it has to end it, see [#awaitBroken].
  public void vital(String name, Tasks.Body body) {
    tasks.serve(
        name,
        () -> {
          try {
            body.run();
          } catch (IOException | RuntimeException e) {
            new HostLog(env.log()).broken(name, e);
            broken.complete(name + ": " + e.getMessage());
            throw e;
          }
        });
  }

  /// Waits until a vital task has failed.
  ///
  /// @return which one, and why
  public String awaitBroken() throws InterruptedException {
    try {
      return broken.await();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("nobody fails this promise", e);
    }
  }

  /// Whether a vital task has failed.
  public boolean isBroken() {
    return broken.isDone();
  }

  /// Where it listens; empty before [#serve].
  public Optional<InetSocketAddress> address() {
    return bound;
  }

  /// Ends tasks and tunnels, closes the store, gives the folder back. Idempotent.
  @Override
  public void close() {
    tasks.close();
    peers.close();
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the store", e);
    } finally {
      lock.close();
    }
  }
}
