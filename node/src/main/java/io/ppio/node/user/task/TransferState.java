package io.ppio.node.user.task;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.node.user.api.UserApi.TaskState;
import io.ppio.node.user.api.UserFailure.Code;
import java.util.List;

/// The life of a transfer.
///
/// | in | on | to | effects |
/// |---|---|---|---|
/// | Queued | Admit | Queued | Enqueue |
/// | Queued | Crowd | Failed (`job queue full`) | Save |
/// | Queued | Start | Running | Save, StartJob |
/// | Queued | Pause | Paused | Dequeue, Save |
/// | Queued | Cancel | Cancelled | Dequeue, Save |
/// | Running | Pause, Cancel | Stopping | StopJob |
/// | Running | Done, Break | Finished, Failed | Save, FreeSlot |
/// | Stopping, for good | Cancel; Done, Break, Stop | Stopping; Cancelled | -; Save, FreeSlot |
/// | Stopping | Cancel | Stopping, for good | |
/// | Stopping | Done, Break, Stop | Finished, Failed, Paused | Save, FreeSlot |
/// | Paused, Failed | Admit | Queued | Save, Enqueue |
/// | Paused, Failed | Crowd | Failed (`job queue full`) | Save |
/// | Paused, Failed | Cancel | Cancelled | Save |
/// | Queued, Running, Stopping | Restart | Paused | Save |
/// | all but Running, Stopping | Delete | the same | Dequeue, Forget |
/// | all others | Admit, Crowd, Pause, Delete | the same | Refuse |
///
/// Every other pair changes nothing. A job that stops unasked does so because the node stops: the
/// transfer stays Running in the store, and the next start finds it at work. A cancelled transfer
/// stays so, since its object goes. Pure: [TaskRunner] runs the effects.
public sealed interface TransferState {
  /// Waits for a slot.
  record Queued() implements TransferState {}

  /// Its job is at work.
  record Running() implements TransferState {}

  /// Its job was told to stop and has not yet; clients see it running.
  ///
  /// @param forGood whether it may never run again
  record Stopping(boolean forGood) implements TransferState {}

  /// Rests until a client resumes it.
  record Paused() implements TransferState {}

  /// All is done.
  record Finished() implements TransferState {}

  /// Ended with an error; may be resumed.
  record Failed(String reason) implements TransferState {}

  /// Ended for good, because its object was deleted.
  record Cancelled() implements TransferState {}

  /// What happens to a transfer.
  sealed interface Event {
    /// It was accepted or resumed, and there is room.
    record Admit() implements Event {}

    /// It was accepted or resumed, and there is no room.
    record Crowd() implements Event {}

    /// A slot is free for it.
    record Start() implements Event {}

    /// A client pauses it.
    record Pause() implements Event {}

    /// Its object is being deleted.
    record Cancel() implements Event {}

    /// A client removes it.
    record Delete() implements Event {}

    /// Its job did all its work.
    record Done() implements Event {}

    /// Its job failed.
    record Break(String reason) implements Event {}

    /// Its job was interrupted.
    record Stop() implements Event {}

    /// The node was started again.
    record Restart() implements Event {}
  }

  /// What the runner does after a step.
  sealed interface Effect {
    /// Make the new state durable, then show it.
    record Save() implements Effect {}

    /// Let it wait for a slot, behind the others.
    record Enqueue() implements Effect {}

    /// Let it wait no more.
    record Dequeue() implements Effect {}

    /// Start its job in a slot.
    record StartJob() implements Effect {}

    /// Interrupt its job.
    record StopJob() implements Effect {}

    /// Its slot is free.
    record FreeSlot() implements Effect {}

    /// Remove it with its progress.
    record Forget() implements Effect {}

    /// Tell the client that this may not be done now.
    record Refuse(String reason) implements Effect {}
  }

  /// The state after an event, and what is to be done.
  record Step(TransferState next, List<Effect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /// What `event` leads to.
  default Step on(Event event) {
    return switch (this) {
      case Queued _ ->
          switch (event) {
            case Event.Admit _ -> to(this, new Effect.Enqueue());
            case Event.Crowd _ -> to(full(), new Effect.Save());
            case Event.Start _ -> to(new Running(), new Effect.Save(), new Effect.StartJob());
            case Event.Pause _ -> to(new Paused(), new Effect.Dequeue(), new Effect.Save());
            case Event.Cancel _ -> to(new Cancelled(), new Effect.Dequeue(), new Effect.Save());
            case Event.Restart _ -> to(new Paused(), new Effect.Save());
            case Event.Delete _ -> forget();
            case Event.Done _, Event.Break _, Event.Stop _ -> to(this);
          };
      case Running _ ->
          switch (event) {
            case Event.Pause _ -> to(new Stopping(false), new Effect.StopJob());
            case Event.Cancel _ -> to(new Stopping(true), new Effect.StopJob());
            case Event.Done _ -> end(new Finished());
            case Event.Break(var reason) -> end(new Failed(reason));
            case Event.Restart _ -> to(new Paused(), new Effect.Save());
            case Event.Admit _, Event.Crowd _, Event.Delete _ -> refuse(event);
            case Event.Start _, Event.Stop _ -> to(this);
          };
      case Stopping(boolean forGood) ->
          switch (event) {
            case Event.Cancel _ -> to(new Stopping(true));
            case Event.Done _ -> end(forGood ? new Cancelled() : new Finished());
            case Event.Break(var reason) -> end(forGood ? new Cancelled() : new Failed(reason));
            case Event.Stop _ -> end(forGood ? new Cancelled() : new Paused());
            case Event.Restart _ -> to(new Paused(), new Effect.Save());
            case Event.Admit _, Event.Crowd _, Event.Delete _ -> refuse(event);
            case Event.Pause _, Event.Start _ -> to(this);
          };
      case Paused _, Failed _ ->
          switch (event) {
            case Event.Admit _ -> to(new Queued(), new Effect.Save(), new Effect.Enqueue());
            case Event.Crowd _ -> to(full(), new Effect.Save());
            case Event.Cancel _ -> to(new Cancelled(), new Effect.Save());
            case Event.Delete _ -> forget();
            case Event.Pause _ -> refuse(event);
            case Event.Start _, Event.Done _, Event.Break _ -> to(this);
            case Event.Stop _, Event.Restart _ -> to(this);
          };
      case Finished _, Cancelled _ ->
          switch (event) {
            case Event.Delete _ -> forget();
            case Event.Admit _, Event.Crowd _, Event.Pause _ -> refuse(event);
            case Event.Start _, Event.Cancel _, Event.Done _ -> to(this);
            case Event.Break _, Event.Stop _, Event.Restart _ -> to(this);
          };
    };
  }

  private static Failed full() {
    return new Failed(Code.JOB_QUEUE_FULL.message());
  }

  private static Step end(TransferState next) {
    return to(next, new Effect.Save(), new Effect.FreeSlot());
  }

  private Step forget() {
    return to(this, new Effect.Dequeue(), new Effect.Forget());
  }

  private Step refuse(Event event) {
    return to(
        this,
        new Effect.Refuse(
            switch (event) {
              case Event.Pause _ -> "task not running";
              case Event.Delete _ -> "task is running";
              default -> "task not paused";
            }));
  }

  private static Step to(TransferState next, Effect... effects) {
    return new Step(next, List.of(effects));
  }

  /// As clients see it.
  default TaskState shown() {
    return switch (this) {
      case Queued _ -> TaskState.PENDING;
      case Running _, Stopping _ -> TaskState.RUNNING;
      case Paused _ -> TaskState.PAUSED;
      case Finished _ -> TaskState.FINISHED;
      case Failed _, Cancelled _ -> TaskState.ERROR;
    };
  }

  /// What clients see beside it; empty if nothing went wrong.
  default String error() {
    return switch (this) {
      case Paused _, Cancelled _ -> "job is aborted";
      case Failed(var reason) -> reason;
      case Queued _, Running _, Stopping _, Finished _ -> "";
    };
  }

  /// The number of the state in the store.
  default int code() {
    return this instanceof Cancelled ? 5 : shown().code();
  }

  /// The stored state with number `code`.
  static TransferState of(int code, String error) throws MalformedMessage {
    return switch (code) {
      case 0 -> new Queued();
      case 1 -> new Running();
      case 2 -> new Paused();
      case 3 -> new Finished();
      case 4 -> new Failed(error);
      case 5 -> new Cancelled();
      default -> throw new MalformedMessage("unknown state of a task " + code);
    };
  }
}
