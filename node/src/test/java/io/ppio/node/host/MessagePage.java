package io.ppio.node.host;

import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.crypto.message.FieldNote;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.crypto.message.Sent;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Check;
import io.ppio.incentive.channel.Reveal;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transfer.TransferMessage;
import io.ppio.network.wire.Envelope;
import io.ppio.network.wire.Hello;
import io.ppio.network.wire.Method;
import io.ppio.node.host.MessageSamples.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
      "absent" are not written, unknown fields are refused, except behind those of HELLO. `u32` and `u64` are
      varints, `s32` is a zigzag varint, `amount` a big-endian number without leading zeros, `text` is UTF-8. A
      type with `*` is repeated. *Signed* means the fields of the named statement and, after them, a signature. The
      other types have a table under [Parts](#parts) or a line under [Forms](#forms); so has what the unit of a
      field of bytes names. Many messages check more than the limits here, each in the constructor of its record.

      Every message is the body of an [Envelope](#envelope) that names its method. LANE, INDEX and PROOF wrap a
      request as {1 kind, 2 body}; an answer is the bare message. What the exchanges are for:
      [network.md](network.md), [incentive.md](incentive.md), [proof.md](proof.md), [beacon.md](beacon.md).
      """;

  private static final Set<String> PLAIN =
      Set.of("amount", "bool", "bytes", "hash", "s32", "text", "u32", "u32 *, packed", "u64");

  private final StringBuilder page = new StringBuilder(HEAD);
  private final List<Sample> samples;
  private final Map<Class<?>, List<String>> asked;
  private final Map<String, RecordCodec<?>> parts = new LinkedHashMap<>();
  private final Map<String, String> forms = new TreeMap<>();

  private MessagePage(List<Sample> samples) {
    this.samples = samples;
    this.asked =
        samples.stream()
            .map(sample -> sample.part().getClass())
            .filter(type -> answer(type) != void.class)
            .collect(
                Collectors.groupingBy(
                    MessagePage::answer,
                    Collectors.mapping(MessagePage::name, Collectors.toList())));
  }

  static String text(List<Sample> samples) {
    return new MessagePage(samples).write();
  }

  private static Class<?> answer(Class<?> type) {
    Sent sent = type.getAnnotation(Sent.class);
    return sent == null ? void.class : sent.answer();
  }

  /// The name of a record, with that of the message that it answers.
  static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    boolean within =
        outer == BeaconMessage.class
            || (outer != null && List.of("Answer", "Item").contains(type.getSimpleName()));
    return (within ? outer.getSimpleName() + "." : "") + type.getSimpleName();
  }

  private String write() {
    page.append("\n## Every message\n");
    message(Envelope.class, "");
    page.append("\n## ").append(method(Method.HELLO)).append('\n');
    message(Hello.class, "");
    samples.stream()
        .collect(
            Collectors.groupingBy(MessagePage::section, LinkedHashMap::new, Collectors.toList()))
        .forEach((section, messages) -> {
          page.append("\n## ").append(section).append('\n');
          messages.forEach(this::message);
        });
    page.append("\n## Parts\n");
    Deque<String> open = new ArrayDeque<>(parts.keySet());
    while (!open.isEmpty()) {
      String name = open.removeFirst();
      page.append("\n### ").append(name).append('\n');
      int known = parts.size();
      table(FieldNote.of(Objects.requireNonNull(parts.get(name))));
      parts.keySet().stream().skip(known).forEach(open::addLast);
    }
    forms.put("code of a role", roles());
    page.append("\n## Forms\n\n| Type | Bytes |\n|---|---|\n");
    forms.forEach((name, form) -> page.append("| %s | %s |\n".formatted(name, form)));
    return page.toString();
  }

  private static String roles() {
    return Stream.of(NodeRole.values())
        .map(role -> role.code() + " " + role)
        .collect(Collectors.joining(", "));
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

  private void message(Sample sample) {
    Class<?> type = sample.part().getClass();
    String section = section(sample);
    String suffix = "";
    if (sample.message() instanceof TransferMessage && type.isAnnotationPresent(Sent.class)) {
      String method = type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_");
      suffix = " (method " + Method.valueOf(method.toUpperCase(Locale.ROOT)).code() + ")";
    } else if (section.contains("(method ") && !section.contains("DIRECTORY")) {
      suffix = " (kind " + sample.codec().encoder().encode(sample.message()).at(1) + ")";
    }
    message(type, suffix);
  }

  private void message(Class<?> type, String suffix) {
    page.append("\n### ").append(name(type)).append(suffix).append('\n');
    List<String> said = new ArrayList<>();
    Sent sent = type.getAnnotation(Sent.class);
    if (sent != null) {
      said.add("From " + sent.from() + " to " + sent.to() + ".");
    }
    List<String> requests = asked.getOrDefault(type, List.of());
    if (!requests.isEmpty()) {
      said.add("Answers " + String.join(", ", requests) + ".");
    } else if (sent != null) {
      String answer = sent.answer() == void.class ? "an empty body" : name(sent.answer());
      String items = sent.items().isEmpty() ? "" : ", " + sent.items();
      said.add("Answered by " + answer + items + ".");
    }
    if (samples.stream().anyMatch(sample -> isSigned(sample, type))) {
      said.add("Signed.");
    }
    if (!said.isEmpty()) {
      page.append('\n').append(String.join(" ", said)).append('\n');
    }
    boolean other = sent != null && sent.form() != void.class;
    Class<?> fields = other ? sent.form() : type;
    table(FieldNote.of(RecordCodec.of(fields.asSubclass(Record.class))));
  }

  private static boolean isSigned(Sample sample, Class<?> type) {
    return sample.message() instanceof SignedStatement<?> && sample.part().getClass() == type;
  }

  private void table(List<FieldNote> notes) {
    if (notes.isEmpty()) {
      page.append("\nNo fields.\n");
      return;
    }
    page.append(
        "\n| # | Field | Type | Unit | Limit | Absent means |\n|---|---|---|---|---|---|\n");
    for (FieldNote note : notes) {
      explained(note);
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

  /// The type of a field is told here too; two types of one name would hide each other.
  private void explained(FieldNote note) {
    String name = note.type().replaceAll(" \\*$", "");
    if (note.part().isPresent()) {
      RecordCodec<?> part = note.part().get();
      Check.that(parts.getOrDefault(name, part) == part, "two parts are called " + name);
      parts.put(name, part);
    } else if (!PLAIN.contains(name)) {
      forms.put(
          name, note.form().orElseThrow(() -> new IllegalStateException(name + " has no @Form")));
    }
  }
}
