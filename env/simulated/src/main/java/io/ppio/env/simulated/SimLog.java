package io.ppio.env.simulated;

import io.ppio.env.Log;

/// Writes a node's events into the trace of the world.
final class SimLog implements Log {
  private final Incarnation incarnation;

  SimLog(Incarnation incarnation) {
    this.incarnation = incarnation;
  }

  @Override
  public void info(String event, Object... pairs) {
    line("INFO ", event, pairs);
  }

  @Override
  public void warn(String event, Object... pairs) {
    line("WARN ", event, pairs);
  }

  @Override
  public void error(String event, Object... pairs) {
    line("ERROR", event, pairs);
  }

  @Override
  public void debug(String event, Object... pairs) {
    line("DEBUG", event, pairs);
  }

  private void line(String level, String event, Object... pairs) {
    StringBuilder text = new StringBuilder(level).append(' ').append(event);
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      text.append(' ').append(pairs[i]).append('=').append(pairs[i + 1]);
    }
    incarnation.world().logged(incarnation.node(), text.toString());
  }
}
