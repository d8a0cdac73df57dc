package io.ppio.node.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.message.Sent;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.network.transfer.TransferMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every message between nodes has exact bytes, survives the way there and back, and damage; and
/// its fields are in the page of messages.
///
/// With `-Dppio.write=true` page and bytes are written anew.
class MessageRegistryTest {
  private static final Path ROOT = root();
  private static final Path PAGE = ROOT.resolve("docs/protocol/messages.md");
  private static final Path BYTES = ROOT.resolve("node/src/test/resources/messages.hex");

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = Objects.requireNonNull(folder.getParent(), "not inside the checkout");
    }
    return folder;
  }

  private static Stream<Class<?>> records(Class<?> family) {
    return family.isSealed()
        ? Stream.of(family.getPermittedSubclasses()).flatMap(MessageRegistryTest::records)
        : Stream.of(family);
  }

  @Test
  void everyMessageHasASample() {
    Set<String> wanted = new TreeSet<>();
    Stream.of(
            LaneMessage.class,
            IndexRequest.class,
            IndexAnswer.class,
            ProofMessage.class,
            BeaconMessage.class,
            TransferMessage.class,
            DirectoryQuery.class)
        .flatMap(MessageRegistryTest::records)
        .filter(type -> type != ProofMessage.MakeBeacon.class)
        .forEach(type -> {
          wanted.add(MessagePage.name(type));
          Sent sent = type.getAnnotation(Sent.class);
          if (sent != null && sent.answer() != void.class) {
            wanted.add(MessagePage.name(sent.answer()));
          }
        });
    assertEquals(
        String.join("\n", wanted),
        new MessageSamples(0)
            .all().stream()
                .map(MessageSamples.Sample::name)
                .sorted()
                .collect(Collectors.joining("\n")));
  }

  /// A change here changes the wire.
  @Test
  void everyMessageHasTheseBytes() throws Exception {
    String bytes =
        new MessageSamples(0)
            .all().stream()
                .map(sample ->
                    sample.name()
                        + " "
                        + sample.codec().encoder().encode(sample.message()).hex()
                        + "\n")
                .collect(Collectors.joining());
    same(BYTES, bytes);
  }

  @Test
  void everyMessageSurvivesARoundTrip() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      for (MessageSamples.Sample sample : new MessageSamples(seed).all()) {
        sample.codec().roundTrip(sample.message());
      }
    }
  }

  @Test
  void damageIsRefusedOrIsAnotherCanonicalMessage() throws Exception {
    Random random = new Random(1);
    for (int seed = 0; seed < 5; seed++) {
      for (MessageSamples.Sample sample : new MessageSamples(seed).all()) {
        if (!sample.codec().encoder().encode(sample.message()).equals(Bytes.EMPTY)) {
          sample.codec().surviveDamage(sample.message(), 100, random);
        }
      }
    }
  }

  @Test
  void thePageListsTheFields() throws Exception {
    same(PAGE, MessagePage.text(new MessageSamples(0).all()));
  }

  private static void same(Path file, String wanted) throws Exception {
    if (Boolean.getBoolean("ppio.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, wanted);
    }
    assertEquals(Files.readString(file), wanted, file + " is stale: run with -Dppio.write=true");
  }
}
