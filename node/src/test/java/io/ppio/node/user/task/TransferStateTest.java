package io.ppio.node.user.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.node.user.task.TransferState.Cancelled;
import io.ppio.node.user.task.TransferState.Effect;
import io.ppio.node.user.task.TransferState.Event;
import io.ppio.node.user.task.TransferState.Failed;
import io.ppio.node.user.task.TransferState.Finished;
import io.ppio.node.user.task.TransferState.Paused;
import io.ppio.node.user.task.TransferState.Queued;
import io.ppio.node.user.task.TransferState.Running;
import io.ppio.node.user.task.TransferState.Step;
import io.ppio.node.user.task.TransferState.Stopping;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rows of the table in [TransferState].
class TransferStateTest {
  private static final Effect SAVE = new Effect.Save();
  private static final Failed FULL = new Failed("job queue full");

  private static void leads(TransferState from, Event event, TransferState to, Effect... effects) {
    assertEquals(new Step(to, List.of(effects)), from.on(event));
  }

  @Test
  void aQueuedOneStartsWhenASlotIsFree() {
    leads(new Queued(), new Event.Admit(), new Queued(), new Effect.Enqueue());
    leads(new Queued(), new Event.Crowd(), FULL, SAVE);
    leads(new Queued(), new Event.Start(), new Running(), SAVE, new Effect.StartJob());
    leads(new Queued(), new Event.Pause(), new Paused(), new Effect.Dequeue(), SAVE);
    leads(new Queued(), new Event.Cancel(), new Cancelled(), new Effect.Dequeue(), SAVE);
  }

  @Test
  void aRunningOneEndsAsItsJobDoes() {
    Effect free = new Effect.FreeSlot();
    leads(new Running(), new Event.Done(), new Finished(), SAVE, free);
    leads(new Running(), new Event.Break("why"), new Failed("why"), SAVE, free);
    leads(new Running(), new Event.Stop(), new Running());
    leads(new Running(), new Event.Delete(), new Running(), new Effect.Refuse("task is running"));
  }

  @Test
  void onePausedOrCancelledWaitsForItsJobToStop() {
    Effect free = new Effect.FreeSlot();
    leads(new Running(), new Event.Pause(), new Stopping(false), new Effect.StopJob());
    leads(new Stopping(false), new Event.Stop(), new Paused(), SAVE, free);
    leads(new Stopping(false), new Event.Done(), new Finished(), SAVE, free);
    leads(new Stopping(false), new Event.Break("why"), new Failed("why"), SAVE, free);
    leads(new Running(), new Event.Cancel(), new Stopping(true), new Effect.StopJob());
    leads(new Stopping(false), new Event.Cancel(), new Stopping(true));
    for (Event end : List.of(new Event.Stop(), new Event.Done(), new Event.Break("why"))) {
      leads(new Stopping(true), end, new Cancelled(), SAVE, free);
    }
  }

  @Test
  void oneThatRestsGoesOnWhereThereIsRoom() {
    for (TransferState rests : List.of(new Paused(), new Failed("why"))) {
      leads(rests, new Event.Admit(), new Queued(), SAVE, new Effect.Enqueue());
      leads(rests, new Event.Crowd(), FULL, SAVE);
      leads(rests, new Event.Cancel(), new Cancelled(), SAVE);
      leads(rests, new Event.Pause(), rests, new Effect.Refuse("task not running"));
    }
  }

  @Test
  void oneThatIsOverIsOnlyDeleted() {
    for (TransferState over : List.of(new Finished(), new Cancelled())) {
      leads(over, new Event.Admit(), over, new Effect.Refuse("task not paused"));
      leads(over, new Event.Cancel(), over);
      leads(over, new Event.Delete(), over, new Effect.Dequeue(), new Effect.Forget());
    }
  }

  @Test
  void whatWasAtWorkRestsAfterARestart() {
    for (TransferState atWork :
        List.of(new Queued(), new Running(), new Stopping(false), new Stopping(true))) {
      leads(atWork, new Event.Restart(), new Paused(), SAVE);
    }
    for (TransferState rests : List.of(new Paused(), new Failed("why"), new Cancelled())) {
      leads(rests, new Event.Restart(), rests);
    }
  }

  @Test
  void storedStatesComeBack() throws Exception {
    for (TransferState state :
        List.of(
            new Queued(),
            new Running(),
            new Paused(),
            new Finished(),
            new Failed("why"),
            new Cancelled())) {
      assertEquals(state, TransferState.of(state.code(), state.error()));
    }
    assertEquals(new Running(), TransferState.of(new Stopping(true).code(), ""));
  }
}
