package io.ppio.env.real;

import io.ppio.env.Log;
import io.ppio.env.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps the lines.
final class RecordedLog implements Log {
  private static final int LINES_MAX = 10_000;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Mailbox<String> fresh = new Mailbox<>(RealClock.INSTANCE, LINES_MAX);

  List<String> lines() {
    return lines;
  }

  /// The next line nobody has waited for yet.
  String next() throws InterruptedException {
    return fresh.take(RealClock.INSTANCE.in(Duration.ofSeconds(30))).orElse("no line came");
  }

  private void add(String level, String event, Object... pairs) {
    String line = level + " " + Slf4jLog.line(event, pairs);
    lines.add(line);
    fresh.offer(line);
  }

  @Override
  public void info(String event, Object... pairs) {
    add("INFO", event, pairs);
  }

  @Override
  public void warn(String event, Object... pairs) {
    add("WARN", event, pairs);
  }

  @Override
  public void error(String event, Object... pairs) {
    add("ERROR", event, pairs);
  }

  @Override
  public void debug(String event, Object... pairs) {
    add("DEBUG", event, pairs);
  }
}
