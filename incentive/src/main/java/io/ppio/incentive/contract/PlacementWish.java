package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.Account;
import io.ppio.env.Check;
import java.util.List;

/// Where a user wants its copies.
///
/// @param region the place asked for; [Region#ANY] for none
/// @param ispsMin distinct providers at least, 0 to 10; 0 asks for nothing
/// @param exclude miners that must not hold a copy, at most [#EXCLUDED_MAX]
public record PlacementWish(Region region, int ispsMin, List<Account> exclude) {
  /// Miners that an order can exclude at most.
  public static final int EXCLUDED_MAX = 64;

  /// Nothing in particular.
  public static final PlacementWish ANY = new PlacementWish(Region.ANY, 0, List.of());

  static final int ENCODED_MAX = 2048;

  public PlacementWish {
    Check.range(ispsMin, 0, Terms.COPIES_MAX, "distinct providers");
    exclude = List.copyOf(exclude);
    Check.range(exclude.size(), 0, EXCLUDED_MAX, "excluded miners");
  }

  byte[] encode() {
    return new CanonicalWriter()
        .bytes(1, region.encode())
        .u32(2, ispsMin)
        .list(3, exclude, account -> account.bytes().toArray())
        .toBytes();
  }

  static PlacementWish decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in ->
            new PlacementWish(
                Region.decode(in.bytes(1, Region.ENCODED_MAX).toArray()),
                in.u32(2, Terms.COPIES_MAX),
                in.list(3, EXCLUDED_MAX, Account.SIZE, Account::decode)));
  }
}
