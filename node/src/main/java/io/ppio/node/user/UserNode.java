package io.ppio.node.user;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.StoreBatch;
import io.ppio.env.Tasks;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.wire.Method;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.account.AccountTools;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.account.OwnerKeys;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserApi;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.get.DrawnHolders;
import io.ppio.node.user.get.GetJob;
import io.ppio.node.user.get.GetSettings;
import io.ppio.node.user.get.LaneOffers;
import io.ppio.node.user.get.PartFile;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.Names;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.put.PutJob;
import io.ppio.node.user.put.PutSettings;
import io.ppio.node.user.put.SegmentBuffers;
import io.ppio.node.user.task.Job;
import io.ppio.node.user.task.TaskRecord;
import io.ppio.node.user.task.TaskRunner;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A user node: one account with its buckets, objects and transfers.
///
/// Everything that a call accepted is durable when it returns, and goes on after a restart. Safe
/// for use by any number of tasks.
public final class UserNode implements UserApi, AutoCloseable {
  /// Segments in memory at once, over all uploads.
  private static final int SEGMENTS_IN_MEMORY = 4;

  /// How objects are sealed: the profile that needs no trusted hardware and is served everywhere.
  private static final int SEAL_PROFILE = io.ppio.data.seal.SealProfile.FAST.code();

  private final Env env;
  private final NodeHost host;
  private final OwnerKeys owner;
  private final ObjectIndex index;
  private final AccountTools tools;
  private final Tasks jobs;
  private final TaskRunner runner;
  private final PutRules rules;
  private final ObjectStates states;
  private final StateSync sync;
  private final PeerViews views;
  private final Counters<UserCounter> counters = new Counters<>(UserCounter.class);

  private UserNode(NodeHost host, UserConfig config) throws IOException {
    this.env = host.env();
    this.host = host;
    this.owner = new OwnerKeys(config.wallet());
    this.index = new ObjectIndex(host.store());
    UserLog log = new UserLog(env.log());
    this.tools =
        new AccountTools(
            host,
            owner,
            new IndexerClient(host, owner, log),
            index,
            new SegmentBuffers(
                env.clock(), host.genesis().parameters().segmentBytes(), SEGMENTS_IN_MEMORY),
            config.timing().progress(),
            log);
    this.rules = new PutRules(config.defaultCopies(), config.minCopies());
    this.states = new ObjectStates(tools, config.timing().pendingEnd());
    this.sync = new StateSync(tools, states, config.timing().sync());
    this.views = new PeerViews(host);
    LaneOffers offers = new LaneOffers(env.clock());
    host.services().add(Method.LANE, offers);
    DrawnHolders holders = new DrawnHolders(host, BeaconFollower.start(host));
    this.jobs = env.tasks("jobs");
    this.runner =
        new TaskRunner(
            env,
            host.store(),
            jobs,
            config.limits(),
            task ->
                switch (task.kind()) {
                  case PUT -> watched(task, new PutJob(tools, task));
                  case GET -> watched(task, new GetJob(tools, task, offers, holders));
                });
  }

  /// The states of an object change while it is transferred, so they are refreshed afterwards.
  private Job watched(TaskRecord task, Job job) {
    return progress -> {
      try {
        job.run(progress);
      } finally {
        sync.watch(task.bucket(), task.key());
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
      host.vital("states", node.sync::run);
      return node;
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  /// What an operator sees.
  public Counters<UserCounter> status() {
    for (TaskState state : TaskState.values()) {
      counters.set(
          UserCounter.of(state), tasks().stream().filter(task -> task.state() == state).count());
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
    index.createBucket(bucket);
  }

  @Override
  public void deleteBucket(String bucket) throws UserFailure {
    index.deleteBucket(bucket);
  }

  @Override
  public List<String> listBuckets() throws UserFailure {
    return index.buckets();
  }

  @Override
  public void headBucket(String bucket) throws UserFailure {
    index.requireBucket(bucket);
  }

  // Objects

  @Override
  public Optional<String> put(PutRequest request) throws UserFailure {
    Names.checkBucket(request.bucket());
    index.requireBucket(request.bucket());
    Names.checkKey(request.key());
    Names.checkMetadata(request.metadata());
    Instant now = now();
    if (request.body().isEmpty()) {
      index.add(entry(request, now, Optional.empty()), new StoreBatch());
      return Optional.empty();
    }
    Path source = request.body().get();
    Source found = source(source);
    rules.checkSize(found.length());
    int copies = rules.copies(request.copies());
    rules.checkEncrypt(request.encrypt());
    Instant expires = rules.expires(request.expires(), now);
    BigInteger chiprice = PutRules.chiprice(request.chiprice());
    Bytes objectId = random(StoredObject.ID_SIZE);
    PutSettings settings =
        new PutSettings(
            objectId,
            found.length(),
            found.modifiedMillis(),
            copies,
            chiprice,
            now.getEpochSecond(),
            expires.getEpochSecond());
    return Optional.of(accept(request, now, settings, expires));
  }

  private String accept(PutRequest request, Instant now, PutSettings settings, Instant expires)
      throws UserFailure {
    String path = request.body().orElseThrow().toString();
    TaskRecord task =
        runner.fresh(
            TaskRecord.of(
                TaskRecord.Kind.PUT,
                new TaskRecord.Place(request.bucket(), request.key(), path),
                path,
                request.bucket() + "/" + request.key(),
                settings.encode()));
    StoreBatch batch = new StoreBatch();
    TaskRunner.put(batch, task);
    ObjectIndex.put(
        batch,
        new StoredObject(
            settings.objectId(),
            owner.freshKey(env),
            new Hash(random(Hash.SIZE)),
            SEAL_PROFILE,
            List.of()));
    Stored stored = new Stored(settings, expires);
    index.add(entry(request, now, Optional.of(stored)), batch);
    tools.log().objectAccepted(settings.objectId(), settings.length(), settings.copies());
    runner.accept(task);
    return task.idText();
  }

  /// The parts of an index entry that empty objects lack.
  private record Stored(PutSettings settings, Instant expires) {}

  private static IndexEntry entry(PutRequest request, Instant now, Optional<Stored> stored) {
    return new IndexEntry(
        request.bucket(),
        request.key(),
        stored.map(each -> each.settings().objectId()),
        stored.map(each -> each.settings().length()).orElse(0L),
        now,
        now,
        now,
        stored.map(Stored::expires),
        stored.map(each -> each.settings().copies()).orElse(0),
        stored.map(each -> each.settings().chiprice().toString()).orElse(""),
        request.metadata());
  }

  /// What a local file is like.
  private record Source(long length, long modifiedMillis) {}

  private Source source(Path path) throws UserFailure {
    try (DiskFile file = env.disk().open(path, Disk.Mode.READ)) {
      return new Source(file.size(), env.disk().modifiedMillis(path));
    } catch (IOException e) {
      throw UserFailure.illegalOption("body", "cannot be read: " + e.getMessage());
    }
  }

  @Override
  public String get(GetRequest request) throws UserFailure {
    if (request.bucket().isEmpty() && request.key().isEmpty()) {
      throw UserFailure.illegalOption(
          "sharecode",
          request.shareCode().isEmpty() ? "required" : "share codes are not served yet");
    }
    IndexEntry entry = index.get(request.bucket(), request.key());
    if (entry.empty()) {
      throw new UserFailure(Code.OBJECT_NOT_FOUND);
    }
    BigInteger chiprice = PutRules.chiprice(request.chiprice());
    String path = request.outfile().toString();
    GetSettings settings =
        new GetSettings(entry.objectId().orElseThrow(), entry.length(), chiprice);
    TaskRecord task =
        runner.fresh(
            TaskRecord.of(
                TaskRecord.Kind.GET,
                new TaskRecord.Place(request.bucket(), request.key(), path),
                request.bucket() + "/" + request.key(),
                path,
                settings.encode()));
    runner.store(task);
    runner.accept(task);
    return task.idText();
  }

  @Override
  public ObjectView head(String bucket, String key) throws UserFailure {
    return states.view(index.get(bucket, key));
  }

  @Override
  public void list(String bucket, String prefix, String after, int limit, Consumer<ObjectView> each)
      throws UserFailure {
    List<IndexEntry> page = new ArrayList<>();
    String from = after;
    int left = limit == 0 ? Integer.MAX_VALUE : limit;
    do {
      // Page by page, so that a long list takes little memory and the store is free in between.
      page.clear();
      int size = Math.min(left, 1000);
      index.scan(
          bucket,
          prefix,
          from,
          entry -> {
            page.add(entry);
            return page.size() < size;
          });
      for (IndexEntry entry : page) {
        each.accept(states.view(entry));
      }
      left -= page.size();
      from = page.isEmpty() ? from : page.getLast().key();
      if (page.size() < size) {
        return;
      }
    } while (left > 0);
  }

  @Override
  public String delete(String bucket, String key) throws UserFailure {
    index.get(bucket, key);
    return runner.temporary(
        "delete",
        progress -> {
          deleteNow(bucket, key, progress);
          return Optional.empty();
        });
  }

  private void deleteNow(String bucket, String key, Job.Progress progress)
      throws UserFailure, InterruptedException {
    while (true) {
      IndexEntry entry = index.get(bucket, key);
      if (!entry.empty()) {
        endContracts(entry, progress);
      }
      if (index.remove(entry, states.segments(entry))) {
        return;
      }
    }
  }

  /// Ends what was ordered for an object, segment by segment.
  private void endContracts(IndexEntry entry, Job.Progress progress)
      throws UserFailure, InterruptedException {
    Bytes objectId = entry.objectId().orElseThrow();
    runner.abortUploads(task -> objectId(task).equals(objectId));
    List<List<Hash>> contracts = states.contracts(entry);
    int ended = 0;
    progress.total(contracts.size(), contracts.size());
    for (int segment = 0; segment < contracts.size(); segment++) {
      // The last one counts when the object is gone from the index, too.
      progress.finished(segment, segment);
      tools.indexer().terminate(contracts.get(segment), tools.patience());
      ended += contracts.get(segment).size();
    }
    tools.log().objectDeleted(objectId, ended);
  }

  private static Bytes objectId(TaskRecord upload) {
    try {
      return PutSettings.decode(upload.settings()).objectId();
    } catch (MalformedMessage e) {
      throw new IllegalStateException("damaged settings of an upload", e);
    }
  }

  @Override
  public void move(String bucket, String key, String source) throws UserFailure {
    int slash = source.indexOf('/');
    if (slash < 1 || slash == source.length() - 1) {
      throw UserFailure.illegalOption("source", "bucket/key");
    }
    Names.checkKey(key);
    index.requireBucket(bucket);
    while (true) {
      IndexEntry before = index.get(source.substring(0, slash), source.substring(slash + 1));
      if (index.find(bucket, key).isPresent()) {
        throw new UserFailure(Code.OBJECT_KEY_EXIST);
      }
      if (index.replace(before, before.renamed(bucket, key, now()))) {
        sync.watch(bucket, key);
        return;
      }
    }
  }

  @Override
  public ObjectStatus status(String bucket, String key) throws UserFailure {
    return states.status(index.get(bucket, key));
  }

  @Override
  public String refreshStatus(String bucket, String key) throws UserFailure {
    index.get(bucket, key);
    return runner.temporary(
        "getstatus",
        _ -> Optional.of(states.status(states.refresh(index.get(bucket, key), tools.patience()))));
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
    try {
      runner.pause(task);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UserFailure(Code.FAIL, "interrupted");
    }
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
          deleteTaskNow(task);
          return Optional.empty();
        });
  }

  @Override
  public void deleteTaskNow(String task) throws UserFailure {
    Optional<TaskRecord> deleted = runner.delete(task);
    if (deleted.filter(each -> each.kind() == TaskRecord.Kind.GET).isPresent()) {
      try {
        env.disk().delete(PartFile.path(Path.of(deleted.get().path()), task));
      } catch (IOException e) {
        throw new UserFailure(Code.FAIL, "the part of the download stays: " + e.getMessage());
      }
    }
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

  private Bytes random(int size) {
    byte[] bytes = new byte[size];
    env.secret(bytes);
    return Bytes.of(bytes);
  }

  /// What the index keeps: microseconds.
  private Instant now() {
    return env.clock().wall().truncatedTo(ChronoUnit.MICROS);
  }

  /// Stops the transfers, which go on after the next start, then everything else. Idempotent.
  @Override
  public void close() {
    jobs.close();
    host.close();
  }
}
