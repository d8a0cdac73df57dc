package io.ppio.incentive.market;

import io.ppio.env.Check;

/// From when to when something is stored, in whole seconds since 1970; fractions are cut.
public record Term(long beginSeconds, long expireSeconds) {
  public Term {
    Check.range(expireSeconds, beginSeconds, Long.MAX_VALUE, "expire");
  }
}
