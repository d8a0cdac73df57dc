package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Mailbox;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.fixtures.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void itemsComeOutInTheOrderTheyWentIn() {
    SimWorld.run(
        1,
        env -> {
          Mailbox<Integer> mailbox = new Mailbox<>(env.clock(), 3);
          assertTrue(mailbox.put(1));
          assertTrue(mailbox.offer(2));
          assertTrue(mailbox.put(3));
          assertEquals(Optional.of(1), mailbox.take());
          assertEquals(Optional.of(2), mailbox.take(env.clock().in(SECOND)));
          assertEquals(Optional.of(3), mailbox.take());
        });
  }

  @Test
  void aFullMailboxRefusesAnOfferAndHoldsUpAPut() {
    SimWorld.run(
        1,
        env -> {
          Mailbox<Integer> mailbox = new Mailbox<>(env.clock(), 1);
          assertTrue(mailbox.put(1));
          assertFalse(mailbox.offer(2));
          try (Tasks tasks = env.tasks("put")) {
            Task putting = tasks.fork("put", () -> assertTrue(mailbox.put(2)));
            env.clock().sleep(SECOND);
            assertFalse(putting.ended());
            assertEquals(Optional.of(1), mailbox.take());
            putting.join();
          }
          assertEquals(Optional.of(2), mailbox.take());
        });
  }

  @Test
  void aTakeWithDeadlineEndsEmpty() {
    SimWorld.run(
        1,
        env -> {
          Mailbox<Integer> mailbox = new Mailbox<>(env.clock(), 1);
          long before = env.clock().nanos();
          assertEquals(Optional.empty(), mailbox.take(env.clock().in(SECOND)));
          assertEquals(SECOND.toNanos(), env.clock().nanos() - before);
          mailbox.put(1);
          assertEquals(Optional.of(1), mailbox.take(env.clock().in(Duration.ZERO)));
        });
  }

  @Test
  void aClosedMailboxIsDrainedThenEnds() {
    SimWorld.run(
        1,
        env -> {
          Mailbox<Integer> mailbox = new Mailbox<>(env.clock(), 2);
          mailbox.put(1);
          mailbox.close();
          mailbox.close();
          assertFalse(mailbox.put(2));
          assertFalse(mailbox.offer(2));
          assertEquals(Optional.of(1), mailbox.take());
          assertEquals(Optional.empty(), mailbox.take());
          assertEquals(Optional.empty(), mailbox.take(env.clock().in(SECOND)));
        });
  }

  @Test
  void closingWakesReadersAndWriters() {
    SimWorld.run(
        1,
        env -> {
          Mailbox<Integer> full = new Mailbox<>(env.clock(), 1);
          Mailbox<Integer> empty = new Mailbox<>(env.clock(), 1);
          full.put(1);
          try (Tasks tasks = env.tasks("wait")) {
            tasks.fork("put", () -> assertFalse(full.put(2)));
            tasks.fork("take", () -> assertEquals(Optional.empty(), empty.take()));
            env.clock().sleep(SECOND);
            full.close();
            empty.close();
            tasks.join();
          }
        });
  }

  @Seeds(20)
  void nothingIsLostOrDoubledAmongManyTasks(long seed) {
    SimWorld.run(
        seed,
        env -> {
          Mailbox<Integer> mailbox = new Mailbox<>(env.clock(), 3);
          List<Integer> taken = new ArrayList<>();
          try (Tasks readers = env.tasks("readers");
              Tasks writers = env.tasks("writers")) {
            for (int i = 0; i < 4; i++) {
              int first = i * 100;
              writers.fork(
                  "writer-" + i,
                  () -> {
                    for (int item = first; item < first + 100; item++) {
                      mailbox.put(item);
                    }
                  });
              readers.fork(
                  "reader-" + i,
                  () -> {
                    for (var item = mailbox.take(); item.isPresent(); item = mailbox.take()) {
                      taken.add(item.get());
                    }
                  });
            }
            writers.join();
            mailbox.close();
            readers.join();
          }
          assertEquals(400, taken.size());
          assertEquals(400, taken.stream().distinct().count());
        });
  }

  @Test
  void thereIsRoomForOneAtLeast() {
    SimWorld.run(
        1,
        env ->
            assertThrows(
                IllegalArgumentException.class, () -> new Mailbox<Integer>(env.clock(), 0)));
  }
}
