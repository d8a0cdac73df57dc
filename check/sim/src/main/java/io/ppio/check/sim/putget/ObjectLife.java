package io.ppio.check.sim.putget;

import io.ppio.env.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One object: what the script wants to happen to it, how far that has come, and what the network
/// owes it.
///
/// Lives outside the simulated user, so it outlives that one's deaths: what a call of the user's
/// node has acknowledged is noted in the moment in which it returns.
final class ObjectLife {
  static final String BUCKET = "world";

  /// What the user does with a stored object.
  enum Act {
    GET,
    MOVE,
    STOP_AND_RESUME,
    DELETE
  }

  /// One act and the pause before it.
  record Step(Act act, Duration pause) {}

  /// What is stored.
  ///
  /// @param begin when, since the start of the world
  record Plan(String name, Bytes content, int copies, Duration begin, List<Step> steps) {}

  private final Plan plan;
  private String key;
  private boolean putAttempted;
  private boolean accepted;
  private Optional<String> task = Optional.empty();
  private boolean acknowledged;
  private boolean deleteAttempted;
  private boolean deleted;
  private int stepsDone;
  private int outputs;

  ObjectLife(Plan plan) {
    this.plan = plan;
    this.key = plan.name();
  }

  Plan plan() {
    return plan;
  }

  String key() {
    return key;
  }

  Path source() {
    return Path.of("/files", plan.name());
  }

  /// The name a moved object gets.
  String otherKey() {
    return plan.name() + "-moved";
  }

  void moved() {
    key = otherKey();
  }

  Path nextOutput() {
    return Path.of("/fetched", plan.name() + "-" + outputs++);
  }

  List<Path> outputs() {
    return java.util.stream.IntStream.range(0, outputs)
        .mapToObj(i -> Path.of("/fetched", plan.name() + "-" + i))
        .toList();
  }

  boolean isContent(byte[] bytes) {
    return plan.content().equals(Bytes.of(bytes));
  }

  void attemptPut() {
    putAttempted = true;
  }

  boolean putAttempted() {
    return putAttempted;
  }

  /// The put's call came back.
  ///
  /// @param byTask empty where there is nothing to transfer
  void accept(Optional<String> byTask) {
    accepted = true;
    task = byTask;
    acknowledged = byTask.isEmpty();
  }

  boolean accepted() {
    return accepted;
  }

  /// Whether it is a name without content.
  boolean isEmpty() {
    return plan.content().isEmpty();
  }

  Optional<String> task() {
    return task;
  }

  /// The put's task said Finished.
  void acknowledge() {
    acknowledged = true;
  }

  boolean acknowledged() {
    return acknowledged;
  }

  void attemptDelete() {
    deleteAttempted = true;
  }

  void delete() {
    deleted = true;
  }

  boolean deleted() {
    return deleted;
  }

  /// Whether the network must give it back: acknowledged, and nobody has begun to delete it.
  boolean isOwed() {
    return acknowledged && !deleteAttempted;
  }

  Optional<Step> nextStep() {
    return stepsDone < plan.steps().size()
        ? Optional.of(plan.steps().get(stepsDone))
        : Optional.empty();
  }

  void stepDone() {
    stepsDone++;
  }

  /// Whether everything that was planned has happened.
  boolean isOver() {
    return acknowledged && stepsDone == plan.steps().size();
  }

  @Override
  public String toString() {
    return plan.name()
        + " of "
        + plan.content().size()
        + " bytes in "
        + plan.copies()
        + " copies, acknowledged "
        + acknowledged
        + ", steps "
        + stepsDone
        + " of "
        + plan.steps();
  }
}
