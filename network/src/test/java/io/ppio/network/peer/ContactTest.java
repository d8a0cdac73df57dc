package io.ppio.network.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.fixtures.Codec;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.SimWorld;
import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.network.fixtures.TestNodes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Contacts, their compact form, and the book that remembers where peers are.
class ContactTest {
  private static final NodeIdentity ALICE = TestNodes.identity("alice");
  private static final Codec<Contact> COMPACT =
      new Codec<>(
          c -> CompactContact.encode(c).orElseThrow(), b -> CompactContact.decode(b.toArray()));

  private static Endpoint at(String ip, int port) {
    return Endpoint.tcp(Endpoint.Kind.DIRECT_LOCAL, new InetSocketAddress(ip, port));
  }

  @Test
  void aCompactContactIsKeyFlagsAddressAndPort() throws Exception {
    Contact contact =
        CompactContact.decode(
            Bytes.fromHex(
                    ALICE.peerId().publicKey().compressed().hex() + "00" + "7f000001" + "1f72")
                .toArray());
    assertEquals(ALICE.peerId(), contact.id());
    assertEquals(
        Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8050)),
        contact.endpoints().getFirst().tcpAddress());
    COMPACT.roundTrip(contact);
    assertEquals(
        52, COMPACT.encoder().encode(new Contact(ALICE.peerId(), List.of(at("::1", 1)))).size());
    assertEquals(Optional.empty(), CompactContact.encode(new Contact(ALICE.peerId(), List.of())));
  }

  @Test
  void aCompactContactOfAnotherLengthOrWithoutPortIsRefused() {
    for (int size : new int[] {0, 39, 41, 51, 53}) {
      assertThrows(MalformedMessage.class, () -> CompactContact.decode(new byte[size]));
    }
    String key = ALICE.peerId().publicKey().compressed().hex();
    for (String rest : List.of("00" + "7f0000010000", "01" + "7f0000011f72")) {
      assertThrows(
          MalformedMessage.class, () -> CompactContact.decode(Bytes.fromHex(key + rest).toArray()));
    }
  }

  @Seeds(1)
  void damagedContactsAreRefused(RandomGenerator random) throws Exception {
    COMPACT.surviveDamage(
        CompactContact.decode(
            CompactContact.encode(new Contact(ALICE.peerId(), List.of(at("10.0.0.1", 5))))
                .orElseThrow()
                .toArray()),
        20_000,
        random);
  }

  @Test
  void theBookPutsFirstWhereAPeerLastAnsweredAndKeepsTheNewestRecord() {
    SimWorld.run(
        1,
        env -> {
          AddressTable book = new AddressTable(env.clock(), 2, true);
          PeerRecord first = PeerRecord.of(ALICE.peerId(), 1, 0, List.of(at("10.0.0.1", 1)));
          PeerRecord second = PeerRecord.of(ALICE.peerId(), 2, 0, List.of(at("10.0.0.2", 1)));
          assertTrue(book.learn(second));
          assertFalse(book.learn(first));
          book.answered(ALICE.peerId(), at("10.0.0.3", 1));
          Contact told = new Contact(ALICE.peerId(), List.of(at("10.0.0.4", 1), at("10.0.0.3", 1)));
          assertEquals(
              List.of(at("10.0.0.3", 1), at("10.0.0.4", 1), at("10.0.0.2", 1)),
              book.endpoints(told));
          book.learn(PeerRecord.of(TestNodes.identity("b").peerId(), 1, 0, List.of()));
          book.learn(PeerRecord.of(TestNodes.identity("c").peerId(), 1, 0, List.of()));
          assertEquals(Optional.empty(), book.record(ALICE.peerId()));
        });
  }

  @Test
  void privateAddressesThatPeersNameCountOnlyInALocalNetwork() {
    SimWorld.run(
        1,
        env -> {
          AddressTable book = new AddressTable(env.clock(), 2, false);
          book.learn(
              PeerRecord.of(
                  ALICE.peerId(),
                  1,
                  0,
                  List.of(
                      at("10.0.0.1", 1),
                      at("127.0.0.1", 1),
                      at("192.0.2.1", 1),
                      at("fd00::1", 1))));
          Contact told =
              new Contact(ALICE.peerId(), List.of(at("10.0.0.2", 1), at("192.0.2.2", 1)));
          assertEquals(List.of(at("192.0.2.2", 1), at("192.0.2.1", 1)), book.endpoints(told));
          book.give(new Contact(ALICE.peerId(), List.of(at("10.0.0.3", 1))));
          assertEquals(
              List.of(at("10.0.0.3", 1), at("192.0.2.2", 1), at("192.0.2.1", 1)),
              book.endpoints(told));
        });
  }
}
