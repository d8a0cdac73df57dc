package io.ppio.consensus.committee;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A public order of weighted members: producers of a height, verifiers of a subject (consensus
/// specification 9.4).
///
/// Draw r takes `TH(tag, input, u32 r)` modulo the weight left and removes the first member whose
/// cumulative weight exceeds it, members sorted by account; when all are drawn, all come back. So
/// P(first = i) is the share of i's weight, and everyone appears within as many draws as there are
/// members.
public final class WeightedDraw {
  /// One member.
  ///
  /// @param weight at least 1
  public record Member(Account account, long weight) {
    public Member {
      Check.range(weight, 1, Long.MAX_VALUE, "weight");
    }
  }

  private final String tag;
  private final Bytes input;
  private final List<Member> members;

  private WeightedDraw(String tag, Bytes input, List<Member> members) {
    this.tag = tag;
    this.input = input;
    this.members = members.stream().sorted(Comparator.comparing(Member::account)).toList();
    Check.positive(members.size(), "number of members");
  }

  /// The order in which `members` are asked to verify `subject` in `period`.
  ///
  /// @param randomness the beacon that decides
  public static WeightedDraw verifiers(
      Hash randomness, Bytes subject, long period, List<Member> members) {
    byte[] input = new FixedWidth().hash(randomness).bytes(subject).u64(period).toArray();
    return new WeightedDraw("ppio/verifier", Bytes.of(input), members);
  }

  /// The first `count` draws.
  public List<Account> order(int count) {
    List<Account> order = new ArrayList<>();
    List<Member> pool = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      if (pool.isEmpty()) {
        pool.addAll(members);
      }
      order.add(draw(pool, r));
    }
    return List.copyOf(order);
  }

  private Account draw(List<Member> pool, int r) {
    BigInteger total =
        pool.stream()
            .map(m -> BigInteger.valueOf(m.weight()))
            .reduce(BigInteger::add)
            .orElseThrow();
    Hash hash = Hash.tagged(tag, new FixedWidth().bytes(input).u32(r));
    BigInteger left = new BigInteger(1, hash.toArray()).mod(total);
    for (int i = 0; i < pool.size(); i++) {
      left = left.subtract(BigInteger.valueOf(pool.get(i).weight()));
      if (left.signum() < 0) {
        return pool.remove(i).account();
      }
    }
    throw new IllegalStateException("a draw below the total weight has a member");
  }
}
