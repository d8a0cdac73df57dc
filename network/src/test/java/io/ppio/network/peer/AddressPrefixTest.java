package io.ppio.network.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.env.Bytes;
import org.junit.jupiter.api.Test;

class AddressPrefixTest {
  @Test
  void addressesCountByTheirNetworkExceptOnALan() {
    Bytes loopback = Bytes.of(new byte[] {127, 0, 0, 1});
    Bytes lan = Bytes.of(new byte[] {10, 1, 2, 3});
    Bytes mapped = Bytes.fromHex("00000000000000000000ffff08080404");
    assertEquals(Bytes.EMPTY, AddressPrefix.of(loopback, false));
    assertEquals(Bytes.EMPTY, AddressPrefix.of(lan, true));
    assertEquals(Bytes.of(new byte[] {10, 1, 2}), AddressPrefix.of(lan, false));
    assertEquals(Bytes.of(new byte[] {8, 8, 4}), AddressPrefix.of(mapped, true));
    assertEquals(
        Bytes.fromHex("20010db80001"),
        AddressPrefix.of(Bytes.fromHex("20010db8000100020000000000000001"), true));
    assertEquals(
        Bytes.EMPTY, AddressPrefix.of(Bytes.fromHex("fd000000000000000000000000000001"), true));
  }
}
