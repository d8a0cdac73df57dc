package io.ppio.node.host;

import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.crypto.message.FieldNote;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.crypto.message.Sent;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.incentive.channel.Reveal;
import io.ppio.network.wire.Method;
import io.ppio.node.host.MessageSamples.Sample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes docs/protocol/messages.md: the fields of every message, from the marks that the codec
/// itself reads.
final class MessagePage {
  private static final String HEAD =
      """
      # Messages

      Every message between nodes with its fields. This page is written by `MessageRegistryTest` from the records
      themselves: the numbers and limits are those by which the codec reads and writes. Do not edit it; run the
      test with `-Dppio.write=true`.

      Messages are canonical protobuf ([data.md](data.md)): fields in the order of their numbers, values that mean
      "absent" are not written, unknown fields are refused. A type with `*` is repeated. *Signed* means the fields
      of the named statement and, after them, a signature of 65 bytes. A type without a table below has a codec of
      its own. LANE, INDEX and PROOF wrap a request as {1 kind, 2 body}; an answer is the bare message. What the
      exchanges are for: [network.md](network.md), [incentive.md](incentive.md), [proof.md](proof.md),
      [beacon.md](beacon.md).
      """;

  private final StringBuilder page = new StringBuilder(HEAD);
  private final Map<String, RecordCodec<?>> parts = new LinkedHashMap<>();

  private MessagePage() {}

  static String text(List<Sample> samples) {
    return new MessagePage().write(samples);
  }

  /// The name of a record, with that of the message that it answers.
  static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    boolean within =
        outer == BeaconMessage.class
            || (outer != null && List.of("Answer", "Item").contains(type.getSimpleName()));
    return (within ? outer.getSimpleName() + "." : "") + type.getSimpleName();
  }

  private String write(List<Sample> samples) {
    Map<String, List<Sample>> sections =
        samples.stream()
            .collect(
                Collectors.groupingBy(
                    sample -> section(sample), LinkedHashMap::new, Collectors.toList()));
    sections.forEach((section, messages) -> {
      page.append("\n## ").append(section).append('\n');
      messages.forEach(this::write);
    });
    page.append("\n## Parts\n");
    Deque<String> open = new ArrayDeque<>(parts.keySet());
    while (!open.isEmpty()) {
      String name = open.removeFirst();
      page.append("\n### ").append(name).append('\n');
      int known = parts.size();
      table(Objects.requireNonNull(parts.get(name)).notes());
      parts.keySet().stream().skip(known).forEach(open::addLast);
    }
    return page.toString();
  }

  private static String section(Sample sample) {
    String type = sample.message().getClass().getName();
    if (type.contains(".transfer.")) {
      return "Pieces of segments";
    }
    if (type.contains("LaneMessage") || type.contains(".channel.")) {
      return method(Method.LANE);
    }
    if (type.contains("IndexRequest")) {
      return method(Method.INDEX);
    }
    if (type.contains("IndexAnswer")) {
      return "Answers to INDEX";
    }
    if (type.contains("ProofMessage")) {
      return method(Method.PROOF);
    }
    if (sample.part() instanceof Reveal) {
      return "Answers to LANE";
    }
    return type.contains("Directory") ? method(Method.SERVICE_DIRECTORY) : "Answers to PROOF";
  }

  private static String method(Method method) {
    return method + " (method " + method.code() + ")";
  }

  private void write(Sample sample) {
    Class<?> type = sample.part().getClass();
    page.append("\n### ").append(name(type));
    Optional.of(sample.codec().encoder().encode(sample.message()))
        .filter(_ -> section(sample).contains("(method ") && !section(sample).contains("DIRECTORY"))
        .ifPresent(bytes -> page.append(" (kind ").append(bytes.at(1)).append(')'));
    page.append("\n\n");
    Sent sent = type.getAnnotation(Sent.class);
    if (sent != null) {
      page.append("From ").append(sent.from()).append(" to ").append(sent.to()).append(". ");
      page.append("Answered by ")
          .append(sent.answer() == void.class ? "an empty body" : name(sent.answer()));
      page.append(sent.items().isEmpty() ? ".\n" : ", " + sent.items() + ".\n");
    }
    if (sample.message() instanceof SignedStatement<?>) {
      page.append("Signed.\n");
    }
    boolean other = sent != null && sent.form() != void.class;
    table(RecordCodec.of((other ? sent.form() : type).asSubclass(Record.class)).notes());
  }

  private void table(List<FieldNote> notes) {
    if (notes.isEmpty()) {
      page.append("\nNo fields.\n");
      return;
    }
    page.append(
        "\n| # | Field | Type | Unit | Limit | Absent means |\n|---|---|---|---|---|---|\n");
    for (FieldNote note : notes) {
      note.part().ifPresent(part -> parts.putIfAbsent(partName(note), part));
      page.append(
          "| %d | %s | %s | %s | %s | %s |\n"
              .formatted(
                  note.number(),
                  note.name(),
                  note.type(),
                  note.unit(),
                  note.limit(),
                  note.absent()));
    }
  }

  private static String partName(FieldNote note) {
    return note.type().replace(" *", "");
  }
}
