package io.ppio.env.real;

import io.ppio.env.Log;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events as one line `event key=value key=value` each to SLF4J.
///
/// A value with a blank, a quote or an equals sign is quoted; control characters, line ends
/// included, and those that reorder or hide text are escaped, so that what a peer sent can neither
/// forge a line nor drive a terminal. A failure becomes its type and message with its causes, one
/// of our own bugs its innermost frames too.
public final class Slf4jLog implements Log {
  private static final int FRAMES_MAX = 8;
  private static final int CAUSES_MAX = 4;
  private static final int VALUE_CHARS_MAX = 2000;

  private final Logger logger;

  /// @param name of the logger, by which an operator selects levels
  public Slf4jLog(String name) {
    this.logger = LoggerFactory.getLogger(name);
  }

  @Override
  public void info(String event, Object... pairs) {
    if (logger.isInfoEnabled()) {
      logger.info(line(event, pairs));
    }
  }

  @Override
  public void warn(String event, Object... pairs) {
    if (logger.isWarnEnabled()) {
      logger.warn(line(event, pairs));
    }
  }

  @Override
  public void error(String event, Object... pairs) {
    if (logger.isErrorEnabled()) {
      logger.error(line(event, pairs));
    }
  }

  @Override
  public void debug(String event, Object... pairs) {
    if (logger.isDebugEnabled()) {
      logger.debug(line(event, pairs));
    }
  }

  /// The line for an event.
  static String line(String event, Object... pairs) {
    StringBuilder line = new StringBuilder(64);
    escape(event, line);
    for (int i = 0; i < pairs.length; i += 2) {
      line.append(' ');
      escape(String.valueOf(pairs[i]), line);
      line.append('=');
      if (i + 1 < pairs.length) {
        value(text(pairs[i + 1]), line);
      }
    }
    return line.toString();
  }

  private static String text(Object value) {
    if (!(value instanceof Throwable failure)) {
      return String.valueOf(value);
    }
    StringBuilder text = new StringBuilder();
    Throwable link = failure;
    for (int depth = 0; link != null && depth < CAUSES_MAX; depth++, link = link.getCause()) {
      text.append(depth == 0 ? "" : "; cause ").append(link.getClass().getSimpleName());
      if (link.getMessage() != null) {
        text.append(": ").append(link.getMessage());
      }
      if (link instanceof RuntimeException || link instanceof Error) {
        frames(link, text);
      }
    }
    return text.toString();
  }

  private static void frames(Throwable failure, StringBuilder text) {
    StackTraceElement[] frames = failure.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, FRAMES_MAX); i++) {
      text.append(i == 0 ? " at " : " < ")
          .append(frames[i].getClassName())
          .append('.')
          .append(frames[i].getMethodName())
          .append(':')
          .append(frames[i].getLineNumber());
    }
  }

  private static void value(String text, StringBuilder line) {
    String shown =
        text.length() <= VALUE_CHARS_MAX ? text : text.substring(0, VALUE_CHARS_MAX) + "…";
    boolean quoted =
        shown.isEmpty() || shown.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '=');
    if (!quoted) {
      escape(shown, line);
      return;
    }
    line.append('"');
    escape(shown, line);
    line.append('"');
  }

  private static void escape(String text, StringBuilder line) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        default -> {
          if (isInvisible(c)) {
            line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
  }

  private static boolean isInvisible(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
