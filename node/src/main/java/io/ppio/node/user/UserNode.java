package io.ppio.node.user;

import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.account.OwnerKeys;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserApi;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.get.GetJob;
import io.ppio.node.user.index.BucketTable;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.put.PutJob;
import io.ppio.node.user.task.Job;
import io.ppio.node.user.task.TaskRecord;
import io.ppio.node.user.task.TaskRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A user node: one account with its buckets, objects and transfers. It wires them and passes each
/// question to the one that can answer it.
///
/// Everything that a call accepted is durable when it returns, and goes on after a restart. Safe
/// for use by any number of tasks.
public final class UserNode implements UserApi, AutoCloseable {
  private final NodeHost host;
  private final OwnerKeys owner;
  private final ObjectIndex index;
  private final BucketTable buckets;
  private final ObjectStates states;
  private final RefreshJob refresh;
  private final StateSync sync;
  private final Objects objects;
  private final TaskRunner runner;
  private final DeleteJob deletion;
  private final Transfers transfers;
  private final PeerViews views;
  private final Counters<UserCounter> counters = new Counters<>(UserCounter.class);

  private UserNode(NodeHost host, UserConfig config) throws IOException {
    Env env = host.env();
    UserConfig.Timing timing = config.timing();
    this.host = host;
    this.owner = new OwnerKeys(config.wallet());
    this.index = new ObjectIndex(host.store());
    this.buckets = index.buckets();
    this.states = new ObjectStates(host, index, timing.pendingEnd());
    Duration patience = timing.progress();
    IndexerClient indexer = new IndexerClient(host, owner, patience);
    OwnContracts own = new OwnContracts(host.chainId(), owner.account(), index, states);
    this.refresh = new RefreshJob(env.clock(), index, indexer, states, own);
    RefreshJob hasty =
        new RefreshJob(env.clock(), index, indexer.within(StateSync.PATIENCE), states, own);
    this.sync = new StateSync(env, index, states, hasty, timing.sync());
    this.objects = new Objects(env.clock(), index, states, sync);
    PutJob put = new PutJob(host, index, owner, indexer, patience);
    GetJob get = new GetJob(host, index, owner, indexer, patience);
    this.runner =
        new TaskRunner(
            env,
            host.store(),
            config.limits(),
            task ->
                switch (task.kind()) {
                  case PUT -> watched(task, progress -> put.run(task, progress));
                  case GET -> watched(task, progress -> get.run(task, progress));
                });
    this.deletion = new DeleteJob(index, own, indexer, runner, new UserLog(env.log()));
    PutRules rules = new PutRules(config.defaultCopies(), config.minCopies());
    this.transfers = new Transfers(env, owner, index, rules, runner);
    this.views = new PeerViews(host);
  }

  /// The states of an object change while it is transferred, so they are refreshed afterwards.
  private Job watched(TaskRecord task, Job job) {
    return progress -> {
      try {
        return job.run(progress);
      } finally {
        sync.watch(task.place().bucket(), task.place().key());
      }
    };
  }

  /// Starts the node; it works when this returns.
  ///
  /// @throws IOException when the folder is in use or damaged, or the address is taken
  public static UserNode start(Env env, UserConfig config) throws IOException {
    NodeHost host = NodeHost.open(env, config.host());
    try {
      UserNode node = new UserNode(host, config);
      host.serve();
      node.runner.load(config.autoResume());
      host.vital("transfers", node.runner::run);
      host.vital("states", node.sync::run);
      return node;
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  /// What an operator sees.
  public Counters<UserCounter> status() {
    List<TaskView> tasks = tasks();
    for (TaskState state : TaskState.values()) {
      counters.set(
          UserCounter.of(state), tasks.stream().filter(task -> task.state() == state).count());
    }
    counters.set(UserCounter.PEERS, peers().size());
    return counters;
  }

  /// The node without its role, for whoever shows its tunnels and counters.
  public NodeHost host() {
    return host;
  }

  // Buckets

  @Override
  public void createBucket(String bucket) throws UserFailure {
    buckets.create(bucket);
  }

  @Override
  public void deleteBucket(String bucket) throws UserFailure {
    buckets.delete(bucket);
  }

  @Override
  public List<String> listBuckets() throws UserFailure {
    return buckets.names();
  }

  @Override
  public void headBucket(String bucket) throws UserFailure {
    buckets.require(bucket);
  }

  // Objects

  @Override
  public Optional<String> put(PutRequest request) throws UserFailure {
    return transfers.put(request);
  }

  @Override
  public String get(GetRequest request) throws UserFailure {
    return transfers.get(request);
  }

  @Override
  public ObjectView head(String bucket, String key) throws UserFailure {
    return objects.head(bucket, key);
  }

  @Override
  public void list(String bucket, String prefix, String after, int limit, Consumer<ObjectView> each)
      throws UserFailure {
    objects.list(bucket, prefix, after, limit, each);
  }

  @Override
  public String delete(String bucket, String key) throws UserFailure {
    IndexEntry entry = index.get(bucket, key);
    return runner.temporary("delete", progress -> deletion.run(entry, progress));
  }

  @Override
  public void move(String bucket, String key, String source) throws UserFailure {
    objects.move(bucket, key, source);
  }

  @Override
  public ObjectStatus status(String bucket, String key) throws UserFailure {
    return objects.status(bucket, key);
  }

  @Override
  public String refreshStatus(String bucket, String key) throws UserFailure {
    index.get(bucket, key);
    return runner.temporary(
        "getstatus", _ -> Job.Outcome.shown(states.status(refresh.run(index.get(bucket, key)))));
  }

  // Tasks

  @Override
  public JobProgress progress(String task) throws UserFailure {
    return runner.progress(task);
  }

  @Override
  public List<TaskView> tasks() {
    return runner.list();
  }

  @Override
  public void pause(String task) throws UserFailure {
    runner.pause(task);
  }

  @Override
  public void resume(String task) throws UserFailure {
    runner.resume(task);
  }

  @Override
  public String deleteTask(String task) throws UserFailure {
    runner.requireDeletable(task);
    return runner.temporary(
        "delete-task",
        _ -> {
          transfers.delete(task);
          return Job.Outcome.done();
        });
  }

  @Override
  public void deleteTaskNow(String task) throws UserFailure {
    transfers.delete(task);
  }

  // Network and wallet

  @Override
  public String peerId() {
    return host.id().hex();
  }

  @Override
  public List<PeerView> peers() {
    return views.connected();
  }

  @Override
  public List<PeerView> indexers() {
    return views.named(NodeRole.INDEXER);
  }

  @Override
  public List<PeerView> verifiers() {
    return views.named(NodeRole.VERIFIER);
  }

  @Override
  public String walletAddress() {
    return owner.account().address();
  }

  /// Stops the transfers, which go on after the next start, and everything else. Idempotent.
  @Override
  public void close() {
    host.close();
  }
}
