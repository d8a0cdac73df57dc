package io.ppio.api.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// Where a process writes its events: a rotated file, and stderr where asked. Nothing ever goes to
/// stdout.
final class LogFile {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{0} %msg%n";
  private static final String THIRD_PARTY_LEVEL = "WARN";

  /// Settings of the log file (interface specification 5.1).
  ///
  /// @param folder where `<program>.log` and its rotated forms are
  /// @param level `DEBUG`, `INFO`, `WARN`, `ERROR` or `OFF`
  /// @param keep rotated files kept
  /// @param size bytes after which the file is rotated
  record FileSettings(Path folder, String program, String level, int keep, long size) {
    /// Of a program that has no settings for it.
    static FileSettings ofService(Path folder, String program, String level) {
      return new FileSettings(folder, program, level, 3, 50L << 20);
    }
  }

  private LogFile() {}

  /// Sends nothing anywhere: for commands that only print.
  static void off() {
    context().reset();
    root().setLevel(Level.OFF);
  }

  /// Begins to write events.
  static void start(FileSettings settings, String consoleLevel) {
    context().reset();
    for (String noisy : new String[] {"org.eclipse.jetty", "io.netty"}) {
      context().getLogger(noisy).setLevel(Level.toLevel(THIRD_PARTY_LEVEL));
    }
    root().setLevel(finer(Level.toLevel(settings.level()), Level.toLevel(consoleLevel)));
    if (!settings.level().equals("OFF")) {
      root().addAppender(file(settings));
    }
    if (!consoleLevel.equals("OFF")) {
      root().addAppender(console(consoleLevel));
    }
  }

  private static Level finer(Level a, Level b) {
    return a.isGreaterOrEqual(b) ? b : a;
  }

  private static RollingFileAppender<ILoggingEvent> file(FileSettings settings) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context());
    appender.setFile(settings.folder().resolve(settings.program() + ".log").toString());
    FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
    window.setContext(context());
    window.setParent(appender);
    window.setFileNamePattern(settings.folder().resolve(settings.program() + ".%i.log").toString());
    window.setMinIndex(1);
    window.setMaxIndex(Math.max(1, settings.keep()));
    window.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context());
    size.setMaxFileSize(new FileSize(settings.size()));
    size.start();
    appender.setRollingPolicy(window);
    appender.setTriggeringPolicy(size);
    appender.setEncoder(encoder());
    appender.addFilter(threshold(settings.level()));
    appender.start();
    return appender;
  }

  private static ConsoleAppender<ILoggingEvent> console(String level) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context());
    appender.setTarget("System.err");
    appender.setEncoder(encoder());
    appender.addFilter(threshold(level));
    appender.start();
    return appender;
  }

  private static ch.qos.logback.classic.filter.ThresholdFilter threshold(String level) {
    var filter = new ch.qos.logback.classic.filter.ThresholdFilter();
    filter.setLevel(level);
    filter.start();
    return filter;
  }

  private static PatternLayoutEncoder encoder() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context());
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static Logger root() {
    return context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
