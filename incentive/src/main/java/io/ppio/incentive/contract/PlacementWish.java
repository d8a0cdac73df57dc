package io.ppio.incentive.contract;

import io.ppio.crypto.identity.Account;
import io.ppio.crypto.message.Field;
import io.ppio.env.Check;
import java.util.List;

/// Where a user wants its copies.
///
/// @param region the place asked for; [Region#ANY] for none
/// @param ispsMin distinct providers at least, 0 to 10; 0 asks for nothing
/// @param exclude miners that must not hold a copy, at most [#EXCLUDED_MAX]
public record PlacementWish(
    @Field(value = 1, optional = true, absent = "anywhere") Region region,
    @Field(value = 2, max = Terms.COPIES_MAX) int ispsMin,
    @Field(value = 3, count = PlacementWish.EXCLUDED_MAX) List<Account> exclude) {
  /// Miners that an order can exclude at most.
  public static final int EXCLUDED_MAX = 64;

  /// Nothing in particular.
  public static final PlacementWish ANY = new PlacementWish(Region.ANY, 0, List.of());

  public PlacementWish {
    Check.range(ispsMin, 0, Terms.COPIES_MAX, "distinct providers");
    exclude = List.copyOf(exclude);
    Check.range(exclude.size(), 0, EXCLUDED_MAX, "excluded miners");
  }
}
