package io.ppio.node.user.api;

import io.ppio.incentive.contract.ClientStatus;
import io.ppio.incentive.contract.ObjectState;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What the interfaces ask of a user node. Safe for any number of callers; every method may block.
///
/// Parameters arrive decoded but unchecked: names, ranges and states are checked here, so that each
/// interface refuses the same things with the same words. There is one implementation; the
/// interface exists because a second one, the client of a remote daemon, belongs to the Java SDK.
public interface UserApi {
  // Buckets (1.5)

  /// Makes a bucket.
  void createBucket(String bucket) throws UserFailure;

  /// Removes an empty bucket.
  void deleteBucket(String bucket) throws UserFailure;

  /// Names in creation order.
  List<String> listBuckets() throws UserFailure;

  /// Fails with [UserFailure.Code#BUCKET_NOT_EXIST] unless it exists.
  void headBucket(String bucket) throws UserFailure;

  // Objects (1.5, 3)

  /// What PutObject was asked to do.
  ///
  /// @param body the local file; empty makes an empty object, whose other settings are ignored
  /// @param metadata at most 4096 bytes of UTF-8
  /// @param chiprice wei per chi; empty asks the oracle
  /// @param copies 1 to 10; empty takes the configured default
  /// @param expires 1 to 365 days ahead, clamped as 1.5 says; required for non-empty objects
  /// @param encrypt must be true
  record PutRequest(
      String bucket,
      String key,
      Optional<Path> body,
      String metadata,
      Optional<BigInteger> chiprice,
      Optional<Integer> copies,
      Optional<Instant> expires,
      boolean encrypt) {}

  /// What GetObject was asked to do.
  ///
  /// @param outfile where the object goes, replaced atomically when complete
  /// @param shareCode used when bucket and key are both empty
  record GetRequest(
      String bucket, String key, String shareCode, Path outfile, Optional<BigInteger> chiprice) {}

  /// Accepts an upload: the key is listed and the task is durable when this returns.
  ///
  /// @return the permanent task; empty for an empty object
  Optional<String> put(PutRequest request) throws UserFailure;

  /// Accepts a download; the task is durable when this returns.
  String get(GetRequest request) throws UserFailure;

  /// One object as HeadObject and ListObjects show it.
  ///
  /// @param state empty for an empty object
  /// @param length plaintext bytes
  /// @param expires empty for an empty object
  record ObjectView(
      String bucket,
      String key,
      Optional<ObjectState> state,
      long length,
      boolean empty,
      Instant created,
      Instant modified,
      Instant synchronizedAt,
      Optional<Instant> expires,
      String metadata) {}

  /// One object.
  ObjectView head(String bucket, String key) throws UserFailure;

  /// Passes the objects of a bucket to `each` in byte order of their keys.
  ///
  /// @param prefix only keys that begin with it
  /// @param after only keys greater than it
  /// @param limit at most so many; 0 is no limit
  void list(String bucket, String prefix, String after, int limit, Consumer<ObjectView> each)
      throws UserFailure;

  /// Starts to delete; the task is temporary.
  String delete(String bucket, String key) throws UserFailure;

  /// Renames `source` (`bucket/key`) to the given bucket and key, without moving data.
  void move(String bucket, String key, String source) throws UserFailure;

  /// One copy of one segment (3.3).
  ///
  /// @param id 32 bytes in hexadecimal
  /// @param miner the address derived from the miner's peer key
  /// @param chunkSize bytes of the segment
  /// @param funds wei locked for the term
  /// @param note what happened last, for people; empty when nothing did
  record ContractView(
      String id,
      ClientStatus status,
      String miner,
      BigInteger userChiPrice,
      BigInteger minerChiPrice,
      int chunkSize,
      BigInteger funds,
      Instant begin,
      Instant expire,
      String note) {}

  /// One segment with its copies.
  record SegmentView(String chunkHash, List<ContractView> contracts) {}

  /// The state of an object with its contracts, from local state.
  record ObjectStatus(ObjectView object, List<SegmentView> segments) {}

  /// The status now.
  ObjectStatus status(String bucket, String key) throws UserFailure;

  /// Starts a task whose result is the status after asking the indexer; temporary.
  String refreshStatus(String bucket, String key) throws UserFailure;

  // Tasks (2)

  /// The states of a task; [#text] is the wire form.
  enum TaskState {
    PENDING(0, "Pending"),
    RUNNING(1, "Running"),
    PAUSED(2, "Paused"),
    FINISHED(3, "Finished"),
    ERROR(4, "Error");

    private final int code;
    private final String text;

    TaskState(int code, String text) {
      this.code = code;
      this.text = text;
    }

    /// The stable number of the state.
    public int code() {
      return code;
    }

    /// The name clients see.
    public String text() {
      return text;
    }
  }

  /// Progress of a job (2.3).
  ///
  /// @param action `put`, `get`, `delete`, `getstatus`, `delete-task`…
  /// @param totalBytes never 0
  /// @param error empty if none
  /// @param result the object's status where the action is `getstatus` and the job is finished
  record JobProgress(
      String action,
      int totalSubJobs,
      int finishedSubJobs,
      long totalBytes,
      long finishedBytes,
      TaskState state,
      String error,
      Optional<ObjectStatus> result) {}

  /// Progress of a permanent or temporary task.
  JobProgress progress(String task) throws UserFailure;

  /// One permanent task as ListTasks shows it (2.4).
  ///
  /// @param type `Put`, `Get` or `Copy`
  record TaskView(
      String id,
      String type,
      TaskState state,
      String from,
      String to,
      long total,
      long finished,
      Instant created,
      String error) {}

  /// Permanent tasks, oldest first.
  List<TaskView> tasks() throws UserFailure;

  /// Stops a pending or running task; returns after its job has stopped.
  void pause(String task) throws UserFailure;

  /// Lets a paused or failed task run again.
  void resume(String task) throws UserFailure;

  /// Starts to remove a task; the returned one is temporary.
  String deleteTask(String task) throws UserFailure;

  /// Removes a task.
  void deleteTaskNow(String task) throws UserFailure;

  // Network and wallet

  /// This node's peer id in hexadecimal.
  String peerId();

  /// A service node or peer as NetPeers and NetServers show it.
  ///
  /// @param role the role number of the network specification 1.2
  /// @param rttMillis empty if never measured
  /// @param account the address that follows from the peer key; empty for users
  record PeerView(
      String name,
      String peerId,
      int role,
      int zone,
      String ip,
      int tcpPort,
      int udpPort,
      int httpPort,
      Optional<Long> rttMillis,
      Optional<Instant> lastSample,
      Optional<Instant> lastProbe,
      String account) {}

  /// Peers with a tunnel now.
  List<PeerView> peers();

  /// Known indexers.
  List<PeerView> indexers();

  /// Known verifiers.
  List<PeerView> verifiers();

  /// The account's address.
  String walletAddress();
}
