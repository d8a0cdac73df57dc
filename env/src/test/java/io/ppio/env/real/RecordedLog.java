package io.ppio.env.real;

import io.ppio.env.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps the lines.
final class RecordedLog implements Log {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  List<String> lines() {
    return lines;
  }

  @Override
  public void info(String event, Object... pairs) {
    lines.add("INFO " + Slf4jLog.line(event, pairs));
  }

  @Override
  public void warn(String event, Object... pairs) {
    lines.add("WARN " + Slf4jLog.line(event, pairs));
  }

  @Override
  public void error(String event, Object... pairs) {
    lines.add("ERROR " + Slf4jLog.line(event, pairs));
  }

  @Override
  public void debug(String event, Object... pairs) {
    lines.add("DEBUG " + Slf4jLog.line(event, pairs));
  }
}
